"""The plan as a whole: its facts, its text (NIF 2.0 context) and the stretches of text that things rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yaodian.filenames import readable
from yaodian.model import Facts, Plan, Span
from yaodian.rdf import names
from yaodian.rdf.iris import assigned_iri, concept_iri, org_iri, place_iri, policy_iri, span_iri
from yaodian.rdf.shared import place_name
from yaodian.rdf.terms import Literal, Triple, date, integer, zh


def describe_plan(plan: Plan, iri: str, text: str) -> Iterator[Triple]:
    """The plan's own facts."""
    document, facts = plan.document, plan.facts
    yield iri, names.TYPE, names.PLAN
    yield iri, names.TEXT, text
    yield iri, names.SOURCE_NAME, Literal(readable(document.name))
    yield iri, names.SOURCE_DIGEST, Literal(f"sha256:{document.sha256}")
    yield iri, names.QUOTED_FROM, span_iri(text, document.body)
    yield iri, names.KIND, concept_iri("kind", facts.kind)
    yield iri, names.DRAFT_STATUS, concept_iri("status", facts.status)
    yield from _stated_facts(facts, iri)
    yield from _listing(plan, iri)
    for predicate, span in _fact_spans(facts):
        yield iri, predicate, span_iri(text, span)
    yield from _plain_triples(plan, iri)


def _stated_facts(facts: Facts, iri: str) -> Iterator[Triple]:
    place = facts.home
    if facts.title:
        yield iri, names.TITLE, zh(facts.title)
    for name in dict.fromkeys(facts.issuers):
        yield iri, names.CREATOR, org_iri(name, place)
    if facts.published:
        yield iri, names.ISSUED, date(facts.published)
    if facts.doc_number:
        yield iri, names.IDENTIFIER, Literal(facts.doc_number)
    if place:
        yield iri, names.SPATIAL, place_iri(place)
    if facts.plan_year is not None:
        yield iri, names.PLAN_YEAR, integer(facts.plan_year)
    if facts.summary_year is not None:
        yield iri, names.SUMMARY_YEAR, integer(facts.summary_year)


def _listing(plan: Plan, iri: str) -> Iterator[Triple]:
    """What lists of plans show: each one statement, where a query would have to try several or to count."""
    facts = plan.facts
    name = (facts.home and place_name(facts.home)) or facts.title
    yield iri, names.LISTED_AS, zh(name) if name else Literal(readable(plan.document.name))
    year = facts.summary_year if facts.plan_year is None else facts.plan_year
    if year is not None:
        yield iri, names.LISTED_YEAR, integer(year)
    planned = sum(item.part == "plan" for item in plan.items)
    if planned:
        yield iri, names.PLANNED_ITEMS, integer(planned)


def _fact_spans(facts: Facts) -> Iterator[tuple[str, Span]]:
    if facts.title_span:
        yield names.TITLE_SPAN, facts.title_span
    for span in dict.fromkeys(facts.issuer_spans):
        yield names.CREATOR_SPAN, span
    if facts.published_span:
        yield names.ISSUED_SPAN, facts.published_span
    if facts.doc_number_span:
        yield names.IDENTIFIER_SPAN, facts.doc_number_span


def _plain_triples(plan: Plan, iri: str) -> Iterator[Triple]:
    """What the whole plan is about and names, so that simple questions stay one-liners."""
    for theme in dict.fromkeys(assigned_iri(theme) for item in plan.items for theme in item.themes):
        yield iri, names.SUBJECT, theme
    for policy in dict.fromkeys(reference.policy for reference in plan.policies):
        yield iri, names.REFERENCES, policy_iri(policy)


def describe_text(plan: Plan, text: str, pointed_at: Iterable[Span]) -> Iterator[Triple]:
    """The document's text, and each distinct stretch of it that something rests on or points at."""
    yield text, names.TYPE, names.CONTEXT
    yield text, names.IS_STRING, Literal(plan.text)
    yield text, names.BEGIN, integer(0)
    yield text, names.END, integer(len(plan.text))
    for span in dict.fromkeys((*_quoted(plan), *pointed_at)):
        yield from _describe_span(span, text)


def _quoted(plan: Plan) -> Iterable[Span]:
    yield plan.document.body
    yield from (span for _, span in _fact_spans(plan.facts))
    yield from (section.span for section in plan.sections)
    for item in plan.items:
        yield item.span
        yield from (measure.span for measure in item.measures)
    for things in (plan.targets, plan.deliverables, plan.policies, plan.places, plan.responsible, plan.marks):
        yield from (thing.span for thing in things)
    yield from (institution.span for institution in plan.institutions)
    yield from (target.deadline_span for target in plan.targets if target.deadline_span)


def _describe_span(span: Span, text: str) -> Iterator[Triple]:
    iri = span_iri(text, span)
    yield iri, names.TYPE, names.OFFSET_STRING
    yield iri, names.BEGIN, integer(span.start)
    yield iri, names.END, integer(span.end)
    yield iri, names.ANCHOR, Literal(span.quote)
    yield iri, names.IN_CONTEXT, text
