"""Why a plan says what it says: for each thing found, the rule and the words that made it, in Chinese or English.

Numbers that are no targets are told too, with the reason. The words stand in ``ontology/lexicons/derivations.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any, Literal, get_args

from yaodian.extraction.policies.authority import entry
from yaodian.extraction.targets.concepts import normalised
from yaodian.extraction.themes import scheme
from yaodian.model import (
    Deliverable,
    Document,
    InstitutionMention,
    Item,
    LeftAside,
    PlaceMention,
    Plan,
    PolicyReference,
    Responsibility,
    Span,
    Target,
    ThemeAssignment,
)
from yaodian.ontology import lexicon, resource
from yaodian.rdf import names
from yaodian.rdf.iris import concept_iri

Language = Literal["zh", "en"]
Kind = Literal["target", "result", "deliverable", "policy", "place", "institution", "unit", "theme", "aside"]
Reasons = Iterator[tuple[str, str]]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Derivation:
    """One thing found: where, what, how it was read, and why, as pairs of a label and words in one language."""

    span: Span
    kind: Kind
    quote: str
    reading: str
    reasons: tuple[tuple[str, str], ...] = ()


def derivations(plan: Plan, language: Language) -> list[Derivation]:
    """How each thing of the plan came about, in text order."""
    words = lexicon("derivations")[language]
    targets = {target.id: target for target in plan.targets}
    told = _Teller(plan.document, targets, {mention.id: mention for mention in plan.places}, language, words)
    found = [
        *(told.theme(item, theme) for item in plan.items for theme in item.themes),
        *map(told.target, plan.targets),
        *map(told.deliverable, plan.deliverables),
        *map(told.policy, plan.policies),
        *map(told.place, plan.places),
        *map(told.institution, plan.institutions),
        *map(told.unit, plan.responsible),
        *map(told.aside, plan.left_aside),
    ]
    return sorted(found, key=lambda derivation: derivation.span.start)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Who tells how the things of one document came about, in one language."""

    document: Document
    targets: Mapping[str, Target]
    places: Mapping[str, PlaceMention]
    language: Language
    words: Mapping[str, Any]

    def target(self, target: Target) -> Derivation:
        kind: Kind = "target" if target.status == "planned" else "result"
        return self._derivation(target.span, kind, self._amount(target), self._reasons_of_target(target))

    def deliverable(self, deliverable: Deliverable) -> Derivation:
        action = deliverable.action if deliverable.policy is None else self._name("action", deliverable.action)
        reading = f"{self._name('delivery', deliverable.status)} · {action} · {deliverable.object}"
        return self._derivation(deliverable.span, "deliverable", reading, self._decided(deliverable))

    def policy(self, reference: PolicyReference) -> Derivation:
        known = self.words["known" if entry(reference.policy) else "unknown"]
        policy = known.format(title=reference.canonical, id=reference.policy)
        reasons = (*self._decided(reference), ("policy", policy))
        return self._derivation(reference.span, "policy", self._name("action", reference.action), reasons)

    def place(self, mention: PlaceMention) -> Derivation:
        places = (f"{name} {code}".rstrip() for name, code in zip_longest(mention.names, mention.codes, fillvalue=""))
        reading = self.words["between"].join(places)
        return self._derivation(mention.span, "place", reading, [("rule", self._rule(mention.rule))])

    def institution(self, mention: InstitutionMention) -> Derivation:
        reading = f"{self._name('institution-kind', mention.kind)} · {mention.name}"
        return self._derivation(mention.span, "institution", reading, [("rule", self._rule(mention.rule))])

    def unit(self, unit: Responsibility) -> Derivation:
        return self._derivation(unit.span, "unit", self._name("role", unit.role), self._decided(unit))

    def theme(self, item: Item, theme: ThemeAssignment) -> Derivation:
        known = theme.concept or scheme().get(theme.code)
        name = (getattr(known, self.language) or known.zh) if known else theme.code
        reasons = [("item", item.id), ("rule", self._rule(_rule_of_theme(item, theme)))]
        if theme.evidence:
            reasons.append(("evidence", self._quoted(theme.evidence)))
        return self._derivation(item.heading_span, "theme", f"{name} ({theme.code})", reasons)

    def aside(self, number: LeftAside) -> Derivation:
        return self._derivation(number.span, "aside", self.words["reasons"].get(number.reason, number.reason), ())

    def _derivation(self, span: Span, kind: Kind, reading: str, reasons: Iterable[tuple[str, str]]) -> Derivation:
        labelled = tuple((self.words["labels"][label], words) for label, words in reasons)
        return Derivation(span, kind, span.quote, reading, labelled)

    def _decided(self, thing: Deliverable | PolicyReference | Responsibility) -> Reasons:
        yield "rule", self._rule(thing.rule)
        if thing.evidence:
            yield "evidence", self._quoted(thing.evidence)

    def _reasons_of_target(self, target: Target) -> Reasons:
        yield "rule", self._rule(target.rule)
        if target.indicator:
            yield "indicator", self._indicator(target.indicator)
        if target.measurement == "change":
            yield "measurement", self._name("measurement", target.measurement)
        if target.bindingness_span:
            firmness = self._name("bindingness", target.bindingness)
            yield "bindingness", f"{firmness} {self._quoted([target.bindingness_span])}"
        if target.deadline:
            yield "deadline", self._deadline(target.deadline, target.deadline_span)
        if target.per:
            yield "per", target.per
        if target.places:
            yield "where", self._quoted([self.places[place].span for place in target.places])
        if target.beneficiary:
            yield "beneficiary", target.beneficiary
        for label, other in (("baseline", target.baseline), ("total", target.part_of)):
            if other is not None:
                yield label, self._quoted([self.targets[other].span])

    def _indicator(self, words: str) -> str:
        label = normalised(words)
        return words if label == words else str(self.words["same"].format(words=words, label=label))

    def _deadline(self, deadline: str, span: Span | None) -> str:
        if span is None:
            return str(self.words["by_default"].format(deadline=deadline))
        return f"{deadline} {self._quoted([span])}"

    def _amount(self, target: Target) -> str:
        """Comparator, number and unit: 不少于 25000 个."""
        number = f"{target.value:f}"
        if target.value_max is not None:
            number = self.words["range"].format(low=number, high=f"{target.value_max:f}")
        elif target.comparator != "eq":
            number = f"{self._name('comparator', target.comparator)} {number}"
        return f"{number} {target.unit}".strip()

    def _quoted(self, spans: Sequence[Span]) -> str:
        """The words with their places; words that occur often once, with how often."""
        first: dict[str, Span] = {}
        for span in spans:
            first.setdefault(span.quote, span)
        told = []
        for words, span in first.items():
            times = sum(other.quote == words for other in spans)
            form = self.words["words" if times == 1 else "words_often"]
            told.append(form.format(words=words, place=self.document.place(span.start), times=times))
        return str(self.words["between"].join(told))

    def _rule(self, rule: str) -> str:
        return str(self.words["rules"].get(rule, rule))

    def _name(self, scheme_: str, code: str) -> str:
        return _names(self.language)[concept_iri(scheme_, code)]


def _rule_of_theme(item: Item, theme: ThemeAssignment) -> str:
    if not theme.evidence:
        return "heading of the section"
    if theme.evidence[0].start < item.span.start:
        return "title of the document"
    is_in_heading = any(span.start in item.heading_span for span in theme.evidence)
    return "terms in the heading" if is_in_heading else "terms in the text"


@cache
def _names(language: Language) -> dict[str, str]:
    """What the members of the code lists are called."""
    import pyoxigraph as ox

    parsed = ox.parse(resource("schemes.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    return {
        triple.subject.value: triple.object.value
        for triple in parsed
        if isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
        and triple.predicate.value == names.PREF_LABEL
        and triple.object.language == language
    }
