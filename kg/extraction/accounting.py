"""Whole-document accounting: what each line of a document is, and what is left over.

Nothing that a plan says may get lost in silence: what the outline gives no place, inside the body or around it, is
reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise

from yaodian.extraction.indicator_tables import indicator_tables
from yaodian.extraction.intervals import Intervals
from yaodian.extraction.lines import ends_in_leader
from yaodian.extraction.outline.attachments import heads_attachment
from yaodian.extraction.outline.purpose import names_guidance
from yaodian.extraction.tables import task_tables
from yaodian.model import Document, Part, Plan, Problem, Section, Segment, Span, TextRole
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.body import closes_document, is_furniture
from yaodian.reading.furniture import heads_contents, heads_numbered, is_row, without_number
from yaodian.reading.regular import regular

SHOWN_OF_LOST = 30
_WORDS_OF_LINE = compiled(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Accounting:
    """The segments of a document in order, and the share of its visible characters that have a place."""

    segments: tuple[Segment, ...]
    share: float

    @property
    def unaccounted(self) -> tuple[Span, ...]:
        """What has no place."""
        return tuple(segment.span for segment in self.segments if segment.role == "unaccounted")


def account(plan: Plan) -> Accounting:
    """Say of each line of the document, and each part of one, what it belongs to."""
    body, around = plan.document.body, plan.document.around
    before = [segment for segment in around if segment.span.end <= body.start]
    after = [segment for segment in around if segment.span.start >= body.end]
    segments = [*before, *_within(plan), *after]
    visible = sum(_visible(segment.span) for segment in segments)
    lost = sum(_visible(segment.span) for segment in segments if segment.role == "unaccounted")
    return Accounting(tuple(segments), 1 - lost / visible if visible else 1.0)


def lost_text(plan: Plan) -> Iterator[Problem]:
    """A problem for each run of lines that have no place."""
    segments = account(plan).segments
    for is_lost, run in groupby(segments, key=lambda segment: segment.role == "unaccounted"):
        if is_lost:
            spans = [segment.span for segment in run]
            length = sum(_visible(span) for span in spans)
            shown = " ".join(spans[0].quote.split())
            words = shown if len(shown) <= SHOWN_OF_LOST else shown[:SHOWN_OF_LOST] + "…"
            message = f"{length} characters have no place in the plan and were read as none of its items: “{words}”"
            yield Problem("unaccounted-text", message, spans[0].start, spans[-1].end)


def _visible(span: Span) -> int:
    return sum(map(len, span.quote.split()))


@dataclass(frozen=True, slots=True)
class _Known:
    """A stretch whose place is known; at the borders of the body an empty one. ``guides``: it announces no work."""

    role: TextRole | None
    start: int
    end: int
    ordinal: int | None = None
    part: Part | None = None
    guides: bool = False


def _within(plan: Plan) -> Iterator[Segment]:
    """The segments of the body: what the outline knows, and the lines of the gaps between."""
    body = plan.document.body
    known = [_Known(None, body.start, body.start), *_known(plan), _Known(None, body.end, body.end)]
    text, reach = regular(plan.text), body.start
    # What no item takes of a table that lists work heads its columns; a table of indicators is one all through.
    tables = Intervals(_extents(plan.document))
    for above, below in pairwise(known):
        reach = max(reach, above.end)
        for role, begin, end in _gap(text, reach, above, below):
            yield Segment("table" if begin in tables else role, plan.document.span(begin, end))
        if below.role:
            yield Segment(below.role, plan.document.span(below.start, below.end))


def _extents(document: Document) -> Iterator[tuple[int, int]]:
    yield from ((table.start, table.end) for table in task_tables(document))
    yield from ((table.start, table.end) for table in indicator_tables(document))


def _known(plan: Plan) -> Sequence[_Known]:
    body, title = plan.document.body, plan.document.title
    titled = [_Known("title", title.start, title.end)] if title and title.start in body else []
    guiding = _guiding(plan.sections)
    sections = [_Known("heading", s.span.start, s.span.end, s.ordinal, s.part, s.id in guiding) for s in plan.sections]
    items = [_Known("item", i.span.start, i.span.end, i.ordinal, i.part) for i in plan.items]
    return sorted([*titled, *sections, *items], key=lambda known: (known.start, known.end))


def _guiding(sections: Sequence[Section]) -> set[str]:
    """The sections that state aims or principles, and those below them."""
    found: set[str] = set()
    for section in sections:
        if section.parent in found or names_guidance(section.heading):
            found.add(section.id)
    return found


def _gap(text: str, start: int, above: _Known, below: _Known) -> Iterator[tuple[TextRole, int, int]]:
    """The lines between two known stretches, and what each is."""
    gap = _Gap(above, below, guided=above.guides)
    for begin, line in _lines(text, start, below.start):
        gap = _with_heading(gap, line)
        yield _role(line, gap), begin, begin + len(line)


def _with_heading(gap: _Gap, line: str) -> _Gap:
    """The gap as it is from this line on."""
    if heads_attachment(line) or _appendix().fullmatch(line):
        return replace(gap, attached=True)
    if heads_numbered(line):
        aims = names_guidance(re.split("[。：:]", without_number(line), maxsplit=1)[0])
        return replace(gap, guided=gap.guided or aims, numbered=True)
    return gap


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The lines of a stretch without the blanks and punctuation around them, and where each begins."""
    for match in _WORDS_OF_LINE.finditer(text, start, end):
        line = match[0].strip(" \t\r\u3000\xa0。：:；;|｜│")
        if line:
            yield match.start() + match[0].index(line), line


@cache
def _appendix() -> re.Pattern[str]:
    return compiled(lexicon("outline")["appendix"])


@dataclass(frozen=True, slots=True)
class _Gap:
    """Where a line stands: between what, and below the heading of an attachment, of aims, or one with a number."""

    above: _Known
    below: _Known
    attached: bool = False
    guided: bool = False
    numbered: bool = False

    @property
    def at_margin(self) -> bool:
        """Whether a signature, date or number may stand here: at the ends of the document and of its parts."""
        return self.above.role in (None, "title") or self.below.role is None or self.above.part != self.below.part

    @property
    def follows_items(self) -> bool:
        """Whether items stand above and nothing new begins below."""
        begins = self.above.part != self.below.part or self.below.ordinal == 1
        return self.above.role == "item" and not (begins and self.below.role)


def _role(line: str, gap: _Gap) -> TextRole:
    """What a line of a gap is: it introduces what stands below it, or closes the document, or has no place."""
    if is_furniture(line) or not re.search(r"\w", line):
        return "furniture"
    if ends_in_leader(line) or heads_contents(line):
        return "contents"
    if is_row(line):
        return "table"
    if gap.attached:
        return "attachment"
    if gap.at_margin and closes_document(line):
        return "closing"
    if gap.guided:
        return "introduction"
    if gap.numbered:
        return "unaccounted"
    if gap.follows_items:
        return "unaccounted" if gap.below.role else "closing"
    return "introduction"
