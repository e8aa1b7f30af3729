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
HANGING = 0.7
"""The part of an em by which a sign at a line's end may hang into the gutter."""
NARROWEST_COLUMN = 7.0
"""The ems that a column of prose is wide at least."""
FILLED = 0.7
"""The part of a column's width that its usual line fills."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are read one after the other; ``column`` numbers the columns of a page, 0 for its whole width."""

    lines: tuple[Line, ...]
    column: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """The blocks of a page in reading order, and where its gutter lies, None where it has none."""

    blocks: tuple[Block, ...]
    gutter: float | None = None


def columns_of(rows: Sequence[Line], known: float | None = None) -> Columns:
    """The columns of a page with these rows; ``known`` is the gutter of the page before, which short columns share."""
    gutter = _gutter(rows)
    zones = _zones(rows, gutter) if gutter is not None else []
    prose = [gutter is not None and _are_columns(zone, gutter) for zone in zones]
    if not any(prose):
        gutter, zones = known, _zones(rows, known) if known is not None else []
        prose = [False] * len(zones)
    if gutter is None:
        return Columns((Block(tuple(rows)),) if rows else ())
    found: list[Block] = []
    waiting: list[Line] = []
    for zone, is_prose in zip(zones, prose, strict=True):
        if is_prose or all(_sides(zone, gutter)):
            found += [Block(tuple(waiting))] if waiting else []
            found += _columns(zone, gutter)
            waiting = []
        else:
            waiting += zone
    found += [Block(tuple(waiting))] if waiting else []
    return Columns(tuple(found), gutter if any(block.column for block in found) else None)


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
        crosses = any(_crosses(run, gutter) for run in row.runs)
        if crosses == before:
            zones[-1].append(row)
        else:
            zones.append([row])
        before = crosses
    return zones


def _crosses(run: Run, gutter: float) -> bool:
    """Whether a run reaches over a gutter, by more than a sign that hangs into it."""
    return run.x0 < gutter - HANGING * run.size and run.x1 > gutter + HANGING * run.size


def _sides(zone: Sequence[Line], gutter: float) -> tuple[list[Run], list[Run]]:
    """The runs on either side of a gutter; none where any crosses it."""
    runs = [run for row in zone for run in row.runs]
    if any(_crosses(run, gutter) for run in runs):
        return [], []
    left = [run for run in runs if run.x0 + run.x1 < 2 * gutter]
    return left, [run for run in runs if run.x0 + run.x1 >= 2 * gutter]


def _are_columns(zone: Sequence[Line], gutter: float) -> bool:
    return all(_is_prose(lines_of(zone[0].page, side)) for side in _sides(zone, gutter))


def _columns(zone: Sequence[Line], gutter: float) -> list[Block]:
    """The columns on either side, which may be set in columns themselves."""
    found: list[Block] = []
    for side in _sides(zone, gutter):
        for block in columns_of(lines_of(zone[0].page, side)).blocks:
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
