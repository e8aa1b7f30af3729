"""The columns of a page: where its text is set in two or more, each is read to its end before the next.

A gutter is an upright band that hardly any run crosses. Between headings that do cross it, the text is set in columns
where both sides are filled with lines of prose; cells of a table leave most of their columns empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from yaodian.reading.pdf.lines import Line, lines_of
from yaodian.reading.pdf.page import Run

BINS = 96
"""So many upright bands are looked at."""
INNER = (0.25, 0.75)
"""The part of the text's width in which a gutter may lie."""
CROSSING = 0.4
"""The share of the lines that may cross a gutter: headings, and paragraphs over the whole width."""
FEWEST_LINES = 3
NARROWEST_COLUMN = 7.0
"""The ems that a column of prose is wide at least."""
FILLED = 0.7
"""The part of a column's width that its usual line fills."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are read one after the other; ``column`` numbers the columns of a page, 0 for its whole width."""

    lines: tuple[Line, ...]
    column: int = 0


def blocks_of(page: int, runs: Sequence[Run]) -> list[Block]:
    """The blocks of a page in reading order."""
    rows = lines_of(page, runs)
    gutter = _gutter(rows)
    if gutter is None:
        return [Block(tuple(rows))] if rows else []
    found: list[Block] = []
    waiting: list[Line] = []
    for zone in _zones(rows, gutter):
        columns = _columns(page, zone, gutter)
        if columns:
            found += [Block(tuple(waiting))] if waiting else []
            found += columns
            waiting = []
        else:
            waiting += zone
    return [*found, Block(tuple(waiting))] if waiting else found


def _gutter(rows: Sequence[Line]) -> float | None:
    """Where a band lies that few lines cross and many stand beside; None where there is none."""
    if len(rows) < 2 * FEWEST_LINES:
        return None
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    scale = BINS / max(1.0, right - left)
    crossing = [0] * (BINS + 2)
    for row in rows:
        for run in row.runs:
            crossing[int((run.x0 - left) * scale)] += 1
            crossing[min(BINS, int((run.x1 - left) * scale)) + 1] -= 1
    counts = list(accumulate(crossing))
    first, last = (int(BINS * share) for share in INNER)
    fewest = min(counts[first:last])
    if fewest > CROSSING * len(rows):
        return None
    # The widest of the bands that fewest runs cross, and of equal ones the nearest to the middle.
    bands = _bands(counts, fewest, first, last)
    start, end = max(bands, key=lambda band: (band[1] - band[0], -abs(band[0] + band[1] - BINS)))
    return left + (start + end) / 2 / scale


def _bands(counts: Sequence[int], fewest: int, first: int, last: int) -> list[tuple[int, int]]:
    bands: list[tuple[int, int]] = []
    for i in range(first, last):
        if counts[i] > fewest:
            continue
        if bands and bands[-1][1] == i:
            bands[-1] = (bands[-1][0], i + 1)
        else:
            bands.append((i, i + 1))
    return bands


def _zones(rows: Sequence[Line], gutter: float) -> list[list[Line]]:
    """The rows in stretches: those that cross the gutter, and those that do not."""
    zones: list[list[Line]] = []
    before: bool | None = None
    for row in rows:
        crosses = any(run.x0 < gutter < run.x1 for run in row.runs)
        if crosses == before:
            zones[-1].append(row)
        else:
            zones.append([row])
        before = crosses
    return zones


def _columns(page: int, zone: Sequence[Line], gutter: float) -> list[Block]:
    """The columns that a stretch is set in, none where it is not."""
    runs = [run for row in zone for run in row.runs]
    if any(run.x0 < gutter < run.x1 for run in runs):
        return []
    sides = [run for run in runs if run.x1 <= gutter], [run for run in runs if run.x0 >= gutter]
    if not all(map(_is_prose, (lines_of(page, side) for side in sides))):
        return []
    found: list[Block] = []
    for side in sides:
        for block in blocks_of(page, side):
            found.append(Block(block.lines, len(found) + 1))
    return found


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether lines fill a column of their own."""
    if len(lines) < FEWEST_LINES:
        return False
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    size = median(line.size for line in lines)
    usual = median(line.x1 - line.x0 for line in lines)
    return width >= NARROWEST_COLUMN * size and usual >= FILLED * width
