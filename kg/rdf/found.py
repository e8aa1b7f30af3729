"""What was found in the text besides targets: policy references, places, institutions, responsible units, marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from yaodian.model import InstitutionMention, PlaceMention, Plan, PolicyReference, Responsibility, Span, TextMark
from yaodian.rdf import names
from yaodian.rdf.iris import concept_iri, org_iri, place_iri, policy_iri, span_iri
from yaodian.rdf.outline import item_iri
from yaodian.rdf.terms import Literal, Triple, boolean, zh


class Found(Protocol):
    """A thing that rests on a stretch of text, in an item or outside all of them."""

    @property
    def span(self) -> Span: ...
    @property
    def item(self) -> str | None: ...


def describe_found(plan: Plan, iri: str, text: str) -> Iterator[Triple]:
    """Everything found, each thing hanging from its item or, outside all items, from the plan."""
    for n, reference in enumerate(plan.policies, 1):
        own = f"{iri}/reference/{n}"
        yield from hang(reference, own, names.HAS_REFERENCE, iri, text)
        yield from _describe_reference(reference, own)
    for n, mention in enumerate(plan.places, 1):
        own = f"{iri}/mention/{n}"
        yield from hang(mention, own, names.HAS_PLACE_MENTION, iri, text)
        yield from _describe_mention(mention, own)
    for n, institution in enumerate(plan.institutions, 1):
        own = f"{iri}/institution/{n}"
        yield from hang(institution, own, names.HAS_INSTITUTION_MENTION, iri, text)
        yield from _describe_institution(institution, own, plan.facts.home)
    for n, responsibility in enumerate(plan.responsible, 1):
        own = f"{iri}/responsibility/{n}"
        yield from hang(responsibility, own, names.HAS_RESPONSIBILITY, iri, text)
        yield from _describe_responsibility(responsibility, own, plan.facts.home)
    for n, mark in enumerate(plan.marks, 1):
        own = f"{iri}/mark/{n}"
        yield from hang(mark, own, names.HAS_MARK, iri, text)
        yield from _describe_mark(mark, own)
    for m, n in _overlapping(plan.marks, plan.policies):
        yield f"{iri}/mark/{m}", names.OVERLAPS, f"{iri}/reference/{n}"
    yield from _places_of_items(plan, iri)


def hang(thing: Found, iri: str, predicate: str, plan: str, text: str) -> Iterator[Triple]:
    """The thing ``iri`` with its item, or with the plan where it stands outside all items, and with its quote."""
    owner = plan if thing.item is None else item_iri(plan, thing.item)
    yield owner, predicate, iri
    yield iri, names.PART_OF, owner
    yield iri, names.QUOTED_FROM, span_iri(text, thing.span)


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
    for key in dict.fromkeys(mention.keys):
        yield iri, names.NAMES_PLACE, place_iri(key)


def _places_of_items(plan: Plan, iri: str) -> Iterator[Triple]:
    """``dcterms:spatial`` from each item to the divisions that it names, once each."""
    pairs = ((mention.item, key) for mention in plan.places for key in mention.keys)
    for item, key in dict.fromkeys(pairs):
        if item is not None:
            yield item_iri(iri, item), names.SPATIAL, place_iri(key)


def _describe_institution(institution: InstitutionMention, iri: str, place: str | None) -> Iterator[Triple]:
    yield iri, names.TYPE, names.INSTITUTION_MENTION
    yield iri, names.ORGANISATION, org_iri(institution.name, place)
    yield iri, names.INSTITUTION_KIND, concept_iri("institution-kind", institution.kind)


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


def _overlapping(marks: Sequence[TextMark], references: Sequence[PolicyReference]) -> Iterator[tuple[int, int]]:
    """The numbers of each mark and each reference whose title shares characters with it."""
    waiting = sorted(enumerate(references, 1), key=lambda pair: pair[1].span.start, reverse=True)
    near: list[tuple[int, PolicyReference]] = []
    for m, mark in sorted(enumerate(marks, 1), key=lambda pair: pair[1].span.start):
        while waiting and waiting[-1][1].span.start < mark.span.end:
            near.append(waiting.pop())
        near = [(n, reference) for n, reference in near if reference.span.end > mark.span.start]
        yield from ((m, n) for n, reference in near if reference.span.start < mark.span.end)
