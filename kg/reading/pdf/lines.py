"""Runs of glyphs become lines: what stands on one height, from left to right, with a blank for each visible gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yaodian.patterns import compiled
from yaodian.reading.pdf.page import Run

NARROW_GAP = 0.15
"""The part of an em from which on a gap between words in letters is a blank."""
WIDE_GAP = 0.5
"""The part of an em from which on a gap beside an ideograph is a blank."""
LAYOUT_GAP = 1.4
"""The ems from which on a gap sets apart: it becomes two blanks."""
TERMINAL = compiled(r"[。！？；：!?;:][”’）)》]?$")
"""What a paragraph ends with."""
LABEL = compiled(
    r"(?:第[一二三四五六七八九十百\d]{1,4}[章节条编篇]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,3}[、．]|\d{1,3}\.(?!\d)|[①-⑳]|附\s?件|[一二三四五六七八九十]是)"
)
"""What a numbered paragraph begins with."""

_WIDE = (
    "[\u1100-\u11ff\u2014\u2018-\u201d\u2026\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60"
    "\uffe0-\uffe6\U00020000-\U0003ffff]"
)
_ENDS_WIDE = compiled(f"{_WIDE}$")
_STARTS_WIDE = compiled(_WIDE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its runs from left to right, its text, and the extent and size of its main run."""

    page: int
    runs: tuple[Run, ...]
    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def top(self) -> float:
        """The upper edge of its ideographs."""
        return self.y - 0.88 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its ideographs."""
        return self.y + 0.12 * self.size


def lines_of(page: int, runs: Iterable[Run]) -> list[Line]:
    """The lines that runs make, from top to bottom."""
    rows = _rows(runs)
    return [_line(page, row) for row in sorted(rows, key=lambda row: (_main(row).y, row[0].x0))]


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs that stand on one height; raised and lowered ones stand on that of the words beside them."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x0)):
        for row in reversed(rows[-4:]):
            if _are_level(_main(row), run):
                row.append(run)
                break
        else:
            rows.append([run])
    return rows


def _main(row: Sequence[Run]) -> Run:
    return row[0] if len(row) == 1 else max(row, key=lambda run: (run.size, run.x1 - run.x0))


def _are_level(one: Run, other: Run) -> bool:
    """Whether most of the lower of two runs stands beside the other."""
    apart = abs(one.y - other.y)
    if one.size == other.size:
        return apart < 0.4 * one.size
    return min(one.bottom, other.bottom) - max(one.top, other.top) > 0.6 * min(one.size, other.size)


def _line(page: int, row: list[Run]) -> Line:
    if len(row) == 1:
        (run,) = row
        return Line(page, (run,), run.text, run.x0, run.x1, run.y, run.size)
    row.sort(key=lambda run: run.x0)
    runs = list(_without_doubles(row))
    main = _main(runs)
    return Line(page, tuple(runs), joined(runs), runs[0].x0, max(run.x1 for run in runs), main.y, main.size)


def _without_doubles(row: Sequence[Run]) -> Iterator[Run]:
    """The runs but those printed a second time over themselves, as bold type is made by some programs."""
    before: Run | None = None
    for run in row:
        if before is None or run.text != before.text or abs(run.x0 - before.x0) > 0.2 * run.size:
            before = run
            yield run


def joined(runs: Sequence[Run]) -> str:
    """The text of runs side by side."""
    parts = [runs[0].text]
    for one, other in pairwise(runs):
        parts += separator(one, other), other.text
    return "".join(parts)


def separator(one: Run, other: Run) -> str:
    """What stands for the gap between two runs: nothing, a blank, or two where it sets them apart."""
    gap, size = other.x0 - one.x1, max(one.size, other.size)
    if gap >= LAYOUT_GAP * size:
        return "  "
    wide = _ENDS_WIDE.search(one.text) or _STARTS_WIDE.match(other.text)
    return " " if gap >= (WIDE_GAP if wide else NARROW_GAP) * size else ""


def between_lines(one: str, other: str) -> str:
    """What stands for the line's end between two lines of a paragraph: a blank between words in letters."""
    last, first = one[-1:], other[:1]
    if (last == "-" and one[-2:-1].isalpha() and first.islower()) or (last.isdigit() and first.isdigit()):
        return ""
    return "" if _ENDS_WIDE.search(one) or _STARTS_WIDE.match(other) or not (one and other) else " "
