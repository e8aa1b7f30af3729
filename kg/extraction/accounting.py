"""Whole-document accounting: what each character of a body belongs to, and what is left over.

Nothing that a plan says may get lost in silence: what the outline gives no place is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.lines import ends_in_leader
from yaodian.extraction.tables import task_tables
from yaodian.model import Part, Plan, Span
from yaodian.reading.body import closes_document, is_furniture
from yaodian.reading.regular import regular

_WORDS_OF_LINE = re.compile(r"\S[^\n]*")
_BLANKS = re.compile(r"\s+")
Role = Literal["title", "heading", "item", "table", "introduction", "furniture", "contents", "closing", "unaccounted"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the body and what it is."""

    role: Role
    span: Span


@dataclass(frozen=True, slots=True)
class Accounting:
    """The segments of a body in order, and the share of its visible characters that have a place."""

    segments: tuple[Segment, ...]
    share: float

    @property
    def unaccounted(self) -> tuple[Span, ...]:
        """What has no place."""
        return tuple(segment.span for segment in self.segments if segment.role == "unaccounted")


def account(plan: Plan) -> Accounting:
    """Say of each line of the body, and each part of one, what it belongs to."""
    body = plan.document.body
    # What no item takes of a table that lists work heads its columns.
    tables = Intervals((table.start, table.end) for table in task_tables(plan.document))
    ground = _Ground(plan, regular(plan.text), tables)
    segments: list[Segment] = []
    position, above = body.start, _Above(None, None)
    for segment, part in sorted(_known(plan), key=lambda known: known[0].span):
        segments += _between(ground, position, segment.span.start, above, part)
        segments.append(segment)
        position, above = max(position, segment.span.end), _Above(segment.role, part)
    segments += _between(ground, position, body.end, above, None)
    visible = sum(_visible(segment.span) for segment in segments)
    lost = sum(_visible(segment.span) for segment in segments if segment.role == "unaccounted")
    return Accounting(tuple(segments), 1 - lost / visible if visible else 1.0)


def _visible(span: Span) -> int:
    return len(_BLANKS.sub("", span.quote))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is accounted for: the plan, its text with regular line ends, and its tables that list work."""

    plan: Plan
    text: str
    tables: Intervals


@dataclass(frozen=True, slots=True)
class _Above:
    """What stands above a gap: its role, and the part it is in."""

    role: Role | None
    part: Part | None


def _known(plan: Plan) -> Iterator[tuple[Segment, Part | None]]:
    body, title = plan.document.body, plan.document.title
    if title and body.start <= title.start < body.end:
        yield Segment("title", title), None
    for section in plan.sections:
        yield Segment("heading", section.span), section.part
    for item in plan.items:
        yield Segment("item", item.span), item.part


def _between(ground: _Ground, start: int, end: int, above: _Above, part_below: Part | None) -> Iterator[Segment]:
    """The lines of a gap: furniture, contents, a table's header, an introduction to what is near, or a closing."""
    plan = ground.plan
    after_items = bool(plan.items) and start >= plan.items[-1].span.end
    introduces = above.role != "item" or above.part != part_below
    for match in _WORDS_OF_LINE.finditer(ground.text, start, end):
        line = match[0].strip(" \t\r\u3000\xa0。：:；;|｜│")
        if line:
            begin = match.start() + match[0].index(line)
            role: Role = "table" if begin in ground.tables else _role(line, introduces, after_items)
            yield Segment(role, plan.document.span(begin, begin + len(line)))


def _role(line: str, introduces: bool, after_items: bool) -> Role:
    if is_furniture(line) or not re.search(r"\w", line):
        return "furniture"
    if ends_in_leader(line):
        return "contents"
    if after_items or closes_document(line):
        return "closing"
    return "introduction" if introduces else "unaccounted"
