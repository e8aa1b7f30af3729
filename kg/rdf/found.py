"""What was found in the text: targets and results, policy references, places, responsible units, marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from yaodian.model import Comparator, PlaceMention, Plan, PolicyReference, Responsibility, Span, Target, TextMark
from yaodian.rdf import names
from yaodian.rdf.iris import concept_iri, org_iri, place_iri, policy_iri, span_iri
from yaodian.rdf.outline import item_iri
from yaodian.rdf.terms import Literal, Triple, boolean, decimal, integer, zh
from yaodian.rdf.units import unit_iri

_BOUNDS: dict[Comparator, tuple[str, ...]] = {
    "eq": (names.VALUE,),
    "approx": (names.VALUE,),
    "ge": (names.VALUE, names.MIN_VALUE),
    "gt": (names.VALUE, names.MIN_VALUE),
    "le": (names.VALUE, names.MAX_VALUE),
    "lt": (names.VALUE, names.MAX_VALUE),
    "range": (names.MIN_VALUE,),
}


class Found(Protocol):
    """A thing that rests on a stretch of text, in an item or outside all of them."""

    @property
    def span(self) -> Span: ...
    @property
    def item(self) -> str | None: ...


def describe_found(plan: Plan, iri: str, text: str) -> Iterator[Triple]:
    """Everything found, each thing hanging from its item or, outside all items, from the plan."""
    yield from _describe_targets(plan, iri, text)
    for n, reference in enumerate(plan.policies, 1):
        own = f"{iri}/reference/{n}"
        yield from _hang(reference, own, names.HAS_REFERENCE, iri, text)
        yield from _describe_reference(reference, own)
    for n, mention in enumerate(plan.places, 1):
        own = f"{iri}/mention/{n}"
        yield from _hang(mention, own, names.HAS_PLACE_MENTION, iri, text)
        yield from _describe_mention(mention, own)
    for n, responsibility in enumerate(plan.responsible, 1):
        own = f"{iri}/responsibility/{n}"
        yield from _hang(responsibility, own, names.HAS_RESPONSIBILITY, iri, text)
        yield from _describe_responsibility(responsibility, own, plan.facts.home)
    for n, mark in enumerate(plan.marks, 1):
        own = f"{iri}/mark/{n}"
        yield from _hang(mark, own, names.HAS_MARK, iri, text)
        yield from _describe_mark(mark, own)
    yield from _places_of_items(plan, iri)


def _hang(thing: Found, iri: str, predicate: str, plan: str, text: str) -> Iterator[Triple]:
    owner = plan if thing.item is None else item_iri(plan, thing.item)
    yield owner, predicate, iri
    yield iri, names.PART_OF, owner
    yield iri, names.QUOTED_FROM, span_iri(text, thing.span)


def _describe_targets(plan: Plan, iri: str, text: str) -> Iterator[Triple]:
    iris = {target.id: f"{iri}/target/{n}" for n, target in enumerate(plan.targets, 1)}
    for target in plan.targets:
        planned = target.status == "planned"
        year = plan.facts.plan_year if planned else plan.facts.summary_year
        own = iris[target.id]
        yield from _hang(target, own, names.HAS_TARGET if planned else names.HAS_RESULT, iri, text)
        yield own, names.TYPE, names.TARGET if planned else names.RESULT
        yield from _describe_quantity(target, own)
        if year is not None:
            yield own, names.YEAR, integer(year)
        if target.part_of is not None:
            yield own, names.PART_OF_TOTAL, iris[target.part_of]


def _describe_quantity(target: Target, iri: str) -> Iterator[Triple]:
    yield iri, names.LABEL, zh(f"{target.indicator} {target.span.quote}".strip())
    yield iri, names.COMPARATOR, concept_iri("comparator", target.comparator)
    for predicate in _BOUNDS[target.comparator]:
        yield iri, predicate, decimal(target.value)
    if target.comparator == "range" and target.value_max is not None:
        yield iri, names.MAX_VALUE, decimal(target.value_max)
    if target.indicator:
        yield iri, names.INDICATOR_TEXT, zh(target.indicator)
    if target.unit:
        yield iri, names.UNIT_TEXT, Literal(target.unit)
    unit = unit_iri(target.unit)
    if unit is not None:
        yield iri, names.UNIT_CODE, unit


def _describe_reference(reference: PolicyReference, iri: str) -> Iterator[Triple]:
    yield iri, names.TYPE, names.POLICY_REFERENCE
    yield iri, names.NAMES_POLICY, policy_iri(reference.policy)
    yield iri, names.ACTION, concept_iri("action", reference.action)
    yield iri, names.PRINTED_TITLE, zh(reference.title)
    yield iri, names.MARKED, boolean(reference.marked)
    yield iri, names.NESTED, boolean(reference.nested)
    if reference.doc_number:
        yield iri, names.IDENTIFIER, Literal(reference.doc_number)


def _describe_mention(mention: PlaceMention, iri: str) -> Iterator[Triple]:
    yield iri, names.TYPE, names.PLACE_MENTION
    for code in dict.fromkeys(mention.codes):
        yield iri, names.NAMES_PLACE, place_iri(code)


def _places_of_items(plan: Plan, iri: str) -> Iterator[Triple]:
    """``dcterms:spatial`` from each item to the divisions that it names, once each."""
    pairs = ((mention.item, code) for mention in plan.places for code in mention.codes)
    for item, code in dict.fromkeys(pairs):
        if item is not None:
            yield item_iri(iri, item), names.SPATIAL, place_iri(code)


def _describe_responsibility(responsibility: Responsibility, iri: str, place: str | None) -> Iterator[Triple]:
    yield iri, names.TYPE, names.RESPONSIBILITY
    yield iri, names.ORGANISATION, org_iri(printed_name(responsibility), place)
    yield iri, names.ROLE, concept_iri("role", responsibility.role)


def printed_name(responsibility: Responsibility) -> str:
    """The unit's name as printed, without the spaces and line ends inside it."""
    return "".join(responsibility.span.quote.split())


def _describe_mark(mark: TextMark, iri: str) -> Iterator[Triple]:
    yield iri, names.TYPE, names.TEXT_MARK
    yield iri, names.MARK_KIND, concept_iri("mark", mark.kind)
    if mark.expected:
        yield iri, names.EXPECTED, Literal(mark.expected)
    if mark.detail:
        yield iri, names.COMMENT, Literal(mark.detail)
