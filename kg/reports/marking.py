"""A document's text as numbered lines of pieces, each knowing what was found in it.

Marks may nest and overlap: the text is cut at every border, so that each piece lies in the same marks from its
first character to its last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yaodian.lines import line_starts


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that a row of the report rests on. ``name`` is the row's anchor, None where there is none."""

    start: int
    end: int
    kind: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch within one line. ``begins`` are the marks that start here, ``within`` all that cover it."""

    words: str
    within: tuple[Mark, ...]
    begins: tuple[Mark, ...]

    @property
    def kinds(self) -> str:
        """The kinds of marks on it, once each, as class names."""
        return " ".join(dict.fromkeys(mark.kind for mark in self.within))

    @property
    def target(self) -> str | None:
        """The row to go to: that of the innermost mark that has one."""
        named = [mark for mark in self.within if mark.name]
        return min(named, key=lambda mark: mark.end - mark.start).name if named else None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text by its number; ``within_body`` unless it lies before or after the document proper."""

    number: int
    within_body: bool
    pieces: tuple[Piece, ...]


def lines(text: str, marks: Sequence[Mark], body: tuple[int, int] | None = None) -> Iterator[Line]:
    """The lines of the text that hold anything but space; ``body`` is where the document proper lies."""
    first, last = body or (0, len(text))
    pending = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.kind))
    for number, (start, following) in enumerate(pairwise([*line_starts(text), len(text)]), 1):
        end = start + len(text[start:following].rstrip("\r\n\x85\u2028\u2029"))
        if text[start:end].strip():
            own = [mark for mark in pending if mark.start < end and mark.end > start]
            yield Line(number, start < last and end > first, tuple(_pieces(text, start, end, own)))


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    borders = {start, end, *(place for mark in marks for place in (mark.start, mark.end) if start < place < end)}
    for left, right in pairwise(sorted(borders)):
        within = tuple(mark for mark in marks if mark.start <= left and mark.end >= right)
        begins = tuple(mark for mark in within if max(mark.start, start) == left and mark.start >= start)
        yield Piece(text[left:right], within, begins)
