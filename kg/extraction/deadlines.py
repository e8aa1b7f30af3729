"""By when a whole work item is to be done: from the column of a table (完成时限), or behind a label in the text.

An item without targets of its own has the last day that its sentences promise something by (6月底前完成改造).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from yaodian.extraction.numerals import parse
from yaodian.extraction.tables import TaskTable
from yaodian.model import Document, Facts, Item, Span, Target
from yaodian.ontology import lexicon
from yaodian.patterns import compiled

_YEAR = r"(?:(?P<year>(?:19|20)\d{2})\s*年?\s*[-—./]?\s*)?"
_MONTH = compiled(
    rf"{_YEAR}(?P<month>1[0-2]|0?[1-9])\s*(?:月(?:份)?\s*(?:(?P<day>[12]\d|3[01]|0?[1-9])\s*[日号]|(?P<third>[上中下])旬)?"
    r"|[-./](?P<iso>[12]\d|3[01]|0?[1-9])(?!\d))"
)
_QUARTER = compiled(rf"{_YEAR}第?(?P<quarter>[一二三四1-4])季度")
_HALF = compiled(rf"{_YEAR}(?P<half>[上下])半年")
_ALL_YEAR = compiled(
    r"(?:(?P<year>(?:19|20)\d{2})\s*年(?:年?(?:底|末|内|终)(?:前|以前)?|之?前|度|全年)?)|年(?:底|末|内|终|度)|全年"
)
_BY_DAY = compiled(
    r"\d{1,4}(?:年\s*\d{1,2})?月(?:份)?\s*(?:\d{1,2}[日号]|[上中下]旬)?(?:底|末)?(?:之前|以前|前)"
    r"|\d{1,4}(?:年\s*\d{1,2})?月(?:底|末)(?!考|测)"
)
_COLON = compiled("[:：]")
_THIRDS = {"上": 10, "中": 20}


def with_deadlines(
    document: Document, items: Sequence[Item], tables: Sequence[TaskTable], facts: Facts
) -> tuple[Item, ...]:
    """The items, each with the deadline that its row or a label in its text states, the last where it has several."""
    cells = {row.start: [cell.span for cell in row.deadlines] for table in tables for row in table.rows}
    return tuple(_with_deadline(document, item, cells.get(item.span.start), facts) for item in items)


def _with_deadline(document: Document, item: Item, cells: Sequence[Span] | None, facts: Facts) -> Item:
    year = facts.plan_year if item.part == "plan" else facts.summary_year
    stretches = [(cell.start, cell.end) for cell in cells or ()] or list(_labelled(document.text, item.span))
    found = [deadline_in(document.text, start, end, year) for start, end in stretches]
    stated = [deadline for deadline in found if deadline]
    if not stated:
        return item
    value, start, end = max(stated)
    return replace(item, deadline=value, deadline_span=document.span(start, end))


def _labelled(text: str, span: Span) -> Iterator[tuple[int, int]]:
    if not _COLON.search(text, span.start, span.end):
        return
    for match in _label().finditer(text, span.start, span.end):
        yield match.span("words")


@cache
def _label() -> re.Pattern[str]:
    return compiled(
        rf"(?:{lexicon('commitments')['item_deadline']['label']})\s*[:：]\s*(?P<words>[^。；;）)\]】\n]{{2,40}})"
    )


def deadline_in(text: str, start: int, end: int, year: int | None) -> tuple[str, int, int] | None:
    """The last date that ``text[start:end]`` names, as ISO 8601, and where; None where it names none (长期坚持).

    ``year`` is that of dates without one; ``None`` makes such dates say nothing.
    """
    found = []
    for pattern in (_MONTH, _QUARTER, _HALF, _ALL_YEAR):
        for match in pattern.finditer(text, start, end):
            printed = match.groupdict().get("year")
            chosen = int(printed) if printed else year
            if chosen and (value := _value(match, chosen)):
                found.append((match.end(), -match.start(), value))
    if not found:
        return None
    last, first, value = max(found)
    return value, -first, last


def _value(match: re.Match[str], year: int) -> str | None:
    said = match.groupdict()
    if said.get("quarter"):
        quarter = int(parse(said["quarter"]) or 4)
        return _end_of(year, 3 * quarter)
    if said.get("half"):
        return _end_of(year, 6 if said["half"] == "上" else 12)
    if not said.get("month"):
        return str(year) if re.search(r"\d年?$|度|全年", match[0]) else f"{year}-12-31"
    month, day = int(said["month"]), said["day"] or said["iso"]
    if day or said["third"] in _THIRDS:
        number = int(day) if day else _THIRDS[said["third"]]
        return f"{year}-{month:02d}-{number:02d}" if number <= calendar.monthrange(year, month)[1] else None
    return _end_of(year, month)


def _end_of(year: int, month: int) -> str:
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"


def with_promised(
    document: Document, items: Sequence[Item], targets: Sequence[Target], facts: Facts
) -> tuple[Item, ...]:
    """The items; a planned one with neither a stated deadline nor targets has the last day promised in its text."""
    counted = {target.item for target in targets}
    return tuple(
        _with_last_day(document, item, facts.plan_year)
        if item.deadline is None and item.part == "plan" and item.id not in counted
        else item
        for item in items
    )


def _with_last_day(document: Document, item: Item, year: int | None) -> Item:
    days = [match.span() for match in _BY_DAY.finditer(document.text, item.heading_span.end, item.span.end)]
    found = [(said[0], *day) for day in days if (said := deadline_in(document.text, *day, year))]
    if not found:
        return item
    value, start, end = max(found)
    return replace(item, deadline=value, deadline_span=document.span(start, end))


def with_stated(
    document: Document,
    targets: Sequence[Target],
    items: Sequence[Item],
    tables: Sequence[TaskTable],
    facts: Facts,
) -> tuple[Target, ...]:
    """The targets; one that says no deadline of its own takes that of its row, or of its item."""
    owners = {item.id: item for item in items if item.deadline}
    cells = {row.start: row.deadlines for table in tables for row in table.rows if len(row.deadlines) > 1}
    found = []
    for target in targets:
        item = owners.get(target.item or "")
        # What is there already when a plan begins is due on no day of it.
        is_reached = target.status == "achieved" and item is not None and item.part == "plan"
        if item is None or target.deadline_span is not None or is_reached:
            found.append(target)
            continue
        year = facts.plan_year if item.part == "plan" else facts.summary_year
        # Rows are printed one after the other: the next deadline behind a target is that of its row.
        cell = next((c.span for c in cells.get(item.span.start, ()) if c.span.start > target.span.start), None)
        stated = deadline_in(document.text, cell.start, cell.end, year) if cell else None
        if stated:
            value, start, end = stated
            found.append(replace(target, deadline=value, deadline_span=document.span(start, end)))
        else:
            found.append(replace(target, deadline=item.deadline, deadline_span=item.deadline_span))
    return tuple(found)
