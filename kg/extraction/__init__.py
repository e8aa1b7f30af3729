"""Extraction: a :class:`~yaodian.model.Document` becomes a :class:`~yaodian.model.Plan`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol, TypeVar

from yaodian.extraction.accounting import lost_text
from yaodian.extraction.deadlines import with_deadlines, with_promised, with_stated
from yaodian.extraction.deliverables import find_deliverables
from yaodian.extraction.facts import find_facts
from yaodian.extraction.indicator_tables import indicator_tables
from yaodian.extraction.institutions import find_institutions
from yaodian.extraction.marks import find_marks, foreign_spans
from yaodian.extraction.organisations import find_responsibilities
from yaodian.extraction.outline import outline
from yaodian.extraction.outline.purpose import tells_what_there_is
from yaodian.extraction.outline.structure import structure
from yaodian.extraction.places import find_places
from yaodian.extraction.policies import find_policies
from yaodian.extraction.tables import task_tables
from yaodian.extraction.targets import Years, find_targets
from yaodian.extraction.targets.scope import with_places, with_places_of_rows
from yaodian.extraction.themes import assign_themes
from yaodian.model import Document, Item, LeftAside, Plan, Section, Span
from yaodian.reading.regular import as_printed, regularised, unmarked

__all__ = ["extract"]


class _Found(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def item(self) -> str | None: ...


FoundT = TypeVar("FoundT", bound=_Found)


def extract(document: Document, *, themes: Path | None = None, marks: bool = True) -> Plan:
    """Everything that is found in a document. The same document gives the same plan, always.

    ``themes`` is a Turtle file with a SKOS scheme that replaces the built-in one; ``VocabularyError`` where it is none.
    Without ``marks`` the oddities of the text are not looked for, which only the checker's rules ask for: a third of
    the time.
    """
    plan = _extract(regularised(document), unmarked(document) if marks else None, themes)
    return as_printed(replace(plan, problems=(*document.problems, *lost_text(plan))), document)


def _extract(document: Document, printed: Document | None, themes: Path | None) -> Plan:
    """What is found in the regular text of a document; oddities are those of the ``printed`` one, where it is given."""
    tables = task_tables(document)
    headings = outline(document, tables, indicator_tables(document))
    facts, parts = find_facts(document, headings.nodes)
    found = structure(document, headings, parts)
    items = with_deadlines(document, found.items, tables, facts)
    above = [section.span for section in found.sections]
    policies = _numbered(find_policies(document, facts, parts.at, above), items)
    titles = [policy.span for policy in policies]
    units = find_responsibilities(document, tables, items)
    years = Years(facts.plan_year, facts.summary_year)
    reviews = [(node.start, node.end) for node in headings.nodes if tells_what_there_is(document.text, node)]
    quantities = find_targets(document, parts, years, [*titles, *(unit.span for unit in units)], reviews)
    targets = _numbered(quantities.targets, items, keep_ids=True)
    targets = with_stated(document, targets, items, tables, facts)
    items = with_promised(document, items, targets, facts)
    foreign = foreign_spans(printed or document, facts)
    marks = _numbered(find_marks(printed, facts, found.sections, items, policies, foreign) if printed else (), items)
    places = _numbered(find_places(document, facts, [*titles, *foreign]), items)
    targets = with_places_of_rows(with_places(document.text, targets, places), places, quantities.rows)
    institutions = _numbered(find_institutions(document, [*titles, *foreign]), items)
    responsible = _numbered(units, items)
    deliverables = _numbered(find_deliverables(document, policies, targets, above, parts.at), items)
    items = _filled(
        document, items, found.sections, themes,
        targets=targets, policies=policies, places=places, responsible=responsible, deliverables=deliverables,
        institutions=institutions,
    )  # fmt: skip
    return Plan(
        document=document,
        facts=facts,
        sections=found.sections,
        items=items,
        targets=targets,
        policies=policies,
        places=places,
        responsible=responsible,
        marks=marks,
        deliverables=deliverables,
        left_aside=tuple(LeftAside(document.span(a.start, a.end), a.reason) for a in quantities.left_aside),
        institutions=institutions,
    )


def _filled(
    document: Document,
    items: Sequence[Item],
    sections: Sequence[Section],
    themes: Path | None,
    **found: Sequence[_Found],
) -> tuple[Item, ...]:
    """The items with their themes, and of the things found of each kind those that are theirs."""
    headings = {section.id: section.heading for section in sections}
    groups: dict[str, Mapping[str | None, Any]] = {kind: _by_item(things) for kind, things in found.items()}
    return tuple(
        replace(
            item,
            themes=assign_themes(document, item.heading_span, item.span, headings.get(item.section or ""), themes),
            **{kind: things.get(item.id, ()) for kind, things in groups.items()},
        )
        for item in items
    )


def _numbered(found: Iterable[FoundT], items: Sequence[Item], keep_ids: bool = False) -> tuple[FoundT, ...]:
    """The things found, in text order, each with its number as id and the item that it stands in or says it is of."""
    starts = [item.span.start for item in items]
    ordered = sorted(found, key=lambda thing: (thing.span.start, -thing.span.end))
    return tuple(
        _with(thing, thing.id if keep_ids else str(i), thing.item or _item_at(thing.span, items, starts))
        for i, thing in enumerate(ordered, start=1)
    )


def _with(thing: FoundT, number: str, item: str | None) -> FoundT:
    """The thing with its id and item: ``dataclasses.replace``, which asks each field anew, takes twice the time."""
    values_of, id_at, item_at = _fields(type(thing))
    values = list(values_of(thing))
    values[id_at], values[item_at] = number, item
    return type(thing)(*values)


@cache
def _fields(kind: type) -> tuple[Callable[[object], tuple[object, ...]], int, int]:
    """What reads the values of all fields in order, and which of them are the id and the item."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), names.index("id"), names.index("item")


def _item_at(span: Span, items: Sequence[Item], starts: Sequence[int]) -> str | None:
    i = bisect_right(starts, span.start) - 1
    return items[i].id if i >= 0 and span.start < items[i].span.end else None


def _by_item(found: Iterable[FoundT]) -> dict[str | None, tuple[FoundT, ...]]:
    """The things found, by the id of the item that they stand in."""
    groups: dict[str | None, list[FoundT]] = {}
    for thing in found:
        groups.setdefault(thing.item, []).append(thing)
    return {item: tuple(things) for item, things in groups.items()}
