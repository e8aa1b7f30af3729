"""The lines of a text: found once, so that where the line around an offset begins and ends is a matter of bisection."""

from __future__ import annotations

from bisect import bisect_left

from yaodian.patterns import compiled
from yaodian.reading.body import is_contents_entry, is_furniture

_NEWLINE = compiled("\n")
_LONGEST_LEADER = 300


class Lines:
    """The line ends of a text."""

    __slots__ = ("_ends",)

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in _NEWLINE.finditer(text)]
        self._ends.append(len(text))

    def start(self, offset: int) -> int:
        """Where the line around ``offset`` begins."""
        before = bisect_left(self._ends, offset)
        return self._ends[before - 1] + 1 if before else 0

    def end(self, offset: int) -> int:
        """Where the line around ``offset`` ends, before its line feed."""
        return self._ends[bisect_left(self._ends, offset)]


def shown_end(text: str, offset: int) -> int:
    """Where the text before ``offset`` ends, but for the blanks and line ends right before that."""
    while offset and text[offset - 1].isspace():
        offset -= 1
    return offset


def is_no_statement(line: str) -> bool:
    """Whether a stripped line is page furniture or an entry of a table of contents."""
    return is_furniture(line) or ends_in_leader(line)


def ends_in_leader(line: str) -> bool:
    """Whether a stripped line is an entry of a table of contents: a look at its end is enough."""
    return is_contents_entry(line[-_LONGEST_LEADER:])
