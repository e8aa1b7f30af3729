"""The plan's outline: sections, work items and their measures, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias, TypeVar

from yaodian.model import Item, Measure, Plan, Section
from yaodian.rdf import names
from yaodian.rdf.iris import assigned_iri, concept_iri, policy_iri, segment, span_iri
from yaodian.rdf.terms import Literal, Triple, date, integer, zh

Heading: TypeAlias = Section | Item
_Member = TypeVar("_Member")


def section_iri(plan: str, section_id: str) -> str:
    """A section of the plan."""
    return f"{plan}/section/{segment(section_id)}"


def item_iri(plan: str, item_id: str) -> str:
    """A work item of the plan."""
    return f"{plan}/item/{segment(item_id)}"


def heading_iri(plan: str, heading: Heading) -> str:
    """A section or work item of the plan."""
    return section_iri(plan, heading.id) if isinstance(heading, Section) else item_iri(plan, heading.id)


def measure_iri(item: str, number: int) -> str:
    """The measure of that number, counted from 1, of an item."""
    return f"{item}/measure/{number}"


def adjacent(plan: Plan) -> Iterator[tuple[Heading, Heading]]:
    """Each section with the next one of its level, parent and part; each item with the next one of its part."""
    yield from _pairs(((section.parent, section.level, section.part), section) for section in plan.sections)
    yield from _pairs((item.part, item) for item in plan.items)


def _pairs(members: Iterable[tuple[object, _Member]]) -> Iterator[tuple[_Member, _Member]]:
    """Each member with the following one of the same group."""
    last: dict[object, _Member] = {}
    for group, member in members:
        if group in last:
            yield last[group], member
        last[group] = member


def describe_outline(plan: Plan, iri: str, text: str) -> Iterator[Triple]:
    """Sections and items with their order."""
    for position, section in enumerate(plan.sections, 1):
        yield from _describe_section(section, position, iri, text)
    for position, item in enumerate(plan.items, 1):
        yield from _describe_item(item, position, iri, text)
    for before, after in adjacent(plan):
        yield heading_iri(iri, before), names.NEXT, heading_iri(iri, after)


def _describe_section(section: Section, position: int, plan: str, text: str) -> Iterator[Triple]:
    iri = section_iri(plan, section.id)
    yield iri, names.TYPE, names.SECTION
    yield iri, names.PART_OF, plan
    yield iri, names.PRINTED_LABEL, Literal(section.printed_label)
    yield iri, names.LEVEL, integer(section.level)
    if section.parent is not None:
        yield iri, names.IN_SECTION, section_iri(plan, section.parent)
    yield from _heading(section, iri, position)
    yield iri, names.QUOTED_FROM, span_iri(text, section.span)


def _heading(thing: Section | Item, iri: str, position: int) -> Iterator[Triple]:
    yield iri, names.ITEM_LABEL, Literal(thing.label)
    yield iri, names.POSITION, integer(position)
    yield iri, names.PART, concept_iri("part", thing.part)
    if thing.ordinal is not None:
        yield iri, names.ORDINAL, integer(thing.ordinal)
    if thing.heading:
        yield iri, names.TITLE, zh(thing.heading)


def _describe_item(item: Item, position: int, plan: str, text: str) -> Iterator[Triple]:
    iri = item_iri(plan, item.id)
    yield iri, names.TYPE, names.PLAN_ITEM
    yield iri, names.PART_OF, plan
    yield iri, names.IDENTIFIER, Literal(item.id)
    if item.section is not None:
        yield iri, names.IN_SECTION, section_iri(plan, item.section)
    yield from _heading(item, iri, position)
    yield iri, names.QUOTED_FROM, span_iri(text, item.span)
    if item.deadline is not None and item.deadline_span is not None:
        yield iri, names.DEADLINE, date(item.deadline)
        yield iri, names.DEADLINE_SPAN, span_iri(text, item.deadline_span)
    for theme in dict.fromkeys(map(assigned_iri, item.themes)):
        yield iri, names.SUBJECT, theme
    for policy in dict.fromkeys(reference.policy for reference in item.policies):
        yield iri, names.REFERENCES, policy_iri(policy)
    for number, measure in enumerate(item.measures, 1):
        yield from _describe_measure(measure, measure_iri(iri, number), iri, text)


def _describe_measure(measure: Measure, iri: str, item: str, text: str) -> Iterator[Triple]:
    yield item, names.HAS_MEASURE, iri
    yield iri, names.TYPE, names.MEASURE
    yield iri, names.PART_OF, item
    yield iri, names.ITEM_LABEL, Literal(measure.label)
    if measure.ordinal is not None:
        yield iri, names.ORDINAL, integer(measure.ordinal)
    yield iri, names.QUOTED_FROM, span_iri(text, measure.span)
