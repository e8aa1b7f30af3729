"""Tables for a terminal: columns aligned by the width that characters have on screen, two cells for 汉字."""

from __future__ import annotations

import math
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from wcwidth import wcswidth, wcwidth

# Escape sequences first, whole; then every other control, and the characters that reorder or hide text.
_UNPRINTABLE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-_]"
    r"|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_READABLE, _LEAST = 12, 4
"""Cells of a column: to that it is cut before another one loses more, and to that at most."""


Painter: TypeAlias = Callable[[int, int, str], str]
"""Colours a cell, given its row and column (from 0) and its text as it is shown; the text's width stays."""


def printable(text: str) -> str:
    """``text`` on one line, without anything that a terminal would act on."""
    return _UNPRINTABLE.sub("", re.sub(r"[ \t\r\n\x0b\x0c\x85\u2028\u2029]+", " ", text))


def width(text: str) -> int:
    """The cells that printable text takes on the screen."""
    return max(0, wcswidth(text)) or sum(max(0, wcwidth(c)) for c in text)


def cut(text: str, room: int) -> str:
    """``text`` in at most ``room`` cells, with … where words are missing."""
    if width(text) <= room:
        return text
    kept, used = [], 1
    for char in text:
        used += max(0, wcwidth(char))
        if used > room:
            break
        kept.append(char)
    return "".join(kept) + "…"


def pad(text: str, room: int, *, right: bool = False) -> str:
    """``text`` with spaces up to ``room`` cells, after it or (``right``) before it."""
    spaces = " " * (room - width(text))
    return spaces + text if right else text + spaces


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Iterable[int] = (),
    room: int | None = None,
    paint: Painter | None = None,
) -> str:
    """The lines of a table. Columns numbered in ``right`` are aligned right; ``room`` is the width of the screen."""
    cells = [[printable(cell) for cell in row] for row in (header, *rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(header))]
    aligned_right = frozenset(right)
    if room is not None:
        widths = _fitted(widths, room, aligned_right)
    shown = [
        [
            pad(cut(cell, cells_), cells_, right=n in aligned_right)
            for n, (cell, cells_) in enumerate(zip(row, widths, strict=True))
        ]
        for row in cells
    ]
    lines = ["  ".join(row).rstrip() for row in shown]
    lines.insert(1, "  ".join("─" * cells_ for cells_ in widths))
    if room is not None:
        lines = [cut(line, room) for line in lines]
    if paint and sum(widths) + 2 * (len(widths) - 1) <= (room or math.inf):
        lines[2:] = [_painted(number, row, paint) for number, row in enumerate(shown[1:])]
    return "".join(f"{line}\n" for line in lines)


def _painted(number: int, row: Sequence[str], paint: Painter) -> str:
    return "  ".join(paint(number, column, cell) for column, cell in enumerate(row)).rstrip()


def screen() -> int | None:
    """The width of the screen, None where the output is no screen: then nothing is cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _fitted(widths: list[int], room: int, numbers: frozenset[int]) -> list[int]:
    """The widths with the widest columns made narrower until all fit: words first, numbers where nothing else helps.

    Below the least widths the lines are cut instead.
    """
    fitted = [min(cells, room) for cells in widths]
    spare = room - 2 * (len(fitted) - 1)
    words = [column for column in range(len(fitted)) if column not in numbers]
    for columns, least in ((words, _READABLE), (words, _LEAST), (range(len(fitted)), _LEAST)):
        while sum(fitted) > spare and columns:
            widest = max(columns, key=fitted.__getitem__)
            if fitted[widest] <= least:
                break
            fitted[widest] -= 1
    return fitted
