"""The line that a finding is in, with carets under its words, aligned for characters of double width."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

from yaodian.model import Document, Span
from yaodian.terminal import visible

_CUT = "…"


def snippet(document: Document, span: Span, width: int) -> tuple[str, str]:
    """The cropped line and the carets below it; neither is wider than ``width`` columns."""
    place = document.place(span.start)
    line = document.line(place.line)
    start = place.column - 1
    end = max(start + 1, min(len(line), start + len(span.quote)))
    left, shown_end = _window(line, start, end, width - 2 * columns(_CUT))
    before = (_CUT if left > 0 else "") + visible(line[left:start])
    words = visible(line[start : min(end, shown_end)]) or " "
    after = visible(line[min(end, shown_end) : shown_end]) + (_CUT if shown_end < len(line) else "")
    shown = (before + words + after).rstrip()
    return shown.lstrip(), " " * columns(before[len(shown) - len(shown.lstrip()) :]) + "^" * max(1, columns(words))


def cropped(text: str, width: int) -> str:
    """``text``, or as much of its beginning as fits ``width`` columns with a mark that it goes on."""
    if columns(text) <= width:
        return text
    end, used = 0, columns(_CUT)
    while used + columns(text[end]) <= width:
        used += columns(text[end])
        end += 1
    return text[:end] + _CUT


def columns(text: str) -> int:
    """How many terminal columns ``text`` takes; East Asian wide characters take two, combining ones none."""
    return sum(0 if combining(c) else 1 + (east_asian_width(c) in "WF") for c in text)


def _window(line: str, start: int, end: int, width: int) -> tuple[int, int]:
    """The stretch of the line that fits ``width``: the words at fault, then as much as fits on both sides."""
    left, right, used = start, start, 0
    while right < end and used + columns(line[right]) <= width:
        used += columns(line[right])
        right += 1
    grown = True
    while grown:
        grown = False
        for at, step in ((left - 1, "left"), (right, "right")):
            inside = 0 <= at < len(line) and (step == "left" or right >= end)
            if inside and used + columns(line[at]) <= width:
                used += columns(line[at])
                left, right = (at, right) if step == "left" else (left, at + 1)
                grown = True
    return left, right
