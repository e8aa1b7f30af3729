"""Ruled tables: lines that cross make a grid, and the runs inside it stand in its cells.

A cell reaches as far as no line ends it. Where a table is open at a side, its lines' ends close it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from yaodian.reading import limits
from yaodian.reading.pdf.page import Rule, Run

SNAP = 2.5
"""The points within which two lines are one, and a line's end touches another line."""
COVERED = 0.6
"""The share of a cell's side that has to be drawn for it to end there."""
OPEN_SIDE = 8.0
"""The points by which level lines reach beyond the outermost upright one where a side is open."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its place in the grid, how many rows and columns it covers, its extent, and the runs in it."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    x1: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as drawn: its extent, the edges of its columns, and its cells in reading order."""

    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: int
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class _Bar:
    """Level or upright line: its height (or place), and where it begins and ends."""

    at: float
    start: float
    end: float


def grids_of(page: int, rules: Sequence[Rule], runs: Sequence[Run]) -> tuple[list[Grid], list[Run]]:
    """The tables of a page from top to bottom, and the runs that stand in none."""
    levels = _merged(_Bar((r.y0 + r.y1) / 2, r.x0, r.x1) for r in rules if r.x1 - r.x0 >= r.y1 - r.y0)
    uprights = _merged(_Bar((r.x0 + r.x1) / 2, r.y0, r.y1) for r in rules if r.x1 - r.x0 < r.y1 - r.y0)
    if len(levels) * len(uprights) > limits.PDF_MOST_CROSSINGS:
        return [], list(runs)
    grids: list[Grid] = []
    rest = list(runs)
    for group in _crossing(levels, uprights):
        frame = _frame(*group)
        if frame is None:
            continue
        inside, rest = _parted(rest, frame)
        if inside:
            grids.append(_grid(page, *group, frame, inside))
    return sorted(grids, key=lambda grid: grid.top), rest


def _merged(bars: Iterable[_Bar]) -> list[_Bar]:
    """The lines with those made one that run on in, beside or over one another."""
    levels: list[list[_Bar]] = []
    for bar in sorted(bars, key=lambda bar: bar.at):
        if levels and bar.at - levels[-1][0].at <= SNAP:
            levels[-1].append(bar)
        else:
            levels.append([bar])
    return [bar for level in levels for bar in _connected(level)]


def _connected(level: list[_Bar]) -> list[_Bar]:
    """The lines at one place, those made one that touch."""
    found: list[_Bar] = []
    for bar in sorted(level, key=lambda bar: bar.start):
        if found and bar.start <= found[-1].end + SNAP:
            found[-1] = _Bar(level[0].at, found[-1].start, max(found[-1].end, bar.end))
        else:
            found.append(_Bar(level[0].at, bar.start, bar.end))
    return found


def _crossing(levels: Sequence[_Bar], uprights: Sequence[_Bar]) -> Iterator[tuple[list[_Bar], list[_Bar]]]:
    """The groups of lines that touch one another, two of each kind at least."""
    group = list(range(len(levels) + len(uprights)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, level in enumerate(levels):
        for j, upright in enumerate(uprights, len(levels)):
            if (
                level.start - SNAP <= upright.at <= level.end + SNAP
                and upright.start - SNAP <= level.at <= upright.end + SNAP
            ):
                group[root(i)] = root(j)
    members: defaultdict[int, tuple[list[_Bar], list[_Bar]]] = defaultdict(lambda: ([], []))
    for i, bar in enumerate((*levels, *uprights)):
        members[root(i)][i >= len(levels)].append(bar)
    yield from (found for found in members.values() if len(found[0]) > 1 and found[1])


@dataclass(frozen=True, slots=True)
class _Frame:
    """The edges of a grid's columns and rows."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]


def _frame(levels: Sequence[_Bar], uprights: Sequence[_Bar]) -> _Frame | None:
    """The edges of the grid that lines make; None where they make no two columns and two rows, or too many."""
    xs = _places(bar.at for bar in uprights)
    ys = _places(bar.at for bar in levels)
    left, right = min(bar.start for bar in levels), max(bar.end for bar in levels)
    top, bottom = min(bar.start for bar in uprights), max(bar.end for bar in uprights)
    xs = ([left] if left < xs[0] - OPEN_SIDE else []) + xs + ([right] if right > xs[-1] + OPEN_SIDE else [])
    ys = ([top] if top < ys[0] - OPEN_SIDE else []) + ys + ([bottom] if bottom > ys[-1] + OPEN_SIDE else [])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or columns * rows > limits.PDF_MOST_CELLS:
        return None
    return _Frame(tuple(xs), tuple(ys))


def _places(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > SNAP:
            found.append(value)
    return found


def _parted(runs: Sequence[Run], frame: _Frame) -> tuple[list[Run], list[Run]]:
    """The runs inside the frame, and the others."""
    inside: list[Run] = []
    outside: list[Run] = []
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, run.y - run.size / 3
        is_inside = frame.xs[0] < x < frame.xs[-1] and frame.ys[0] < y < frame.ys[-1]
        (inside if is_inside else outside).append(run)
    return inside, outside


def _grid(page: int, levels: list[_Bar], uprights: list[_Bar], frame: _Frame, runs: Sequence[Run]) -> Grid:
    columns, rows = len(frame.xs) - 1, len(frame.ys) - 1
    owners = _owners(levels, uprights, frame)
    held: defaultdict[int, list[Run]] = defaultdict(list)
    for run in runs:
        column = min(columns, bisect_right(frame.xs, (run.x0 + run.x1) / 2)) - 1
        row = min(rows, bisect_right(frame.ys, run.y - run.size / 3)) - 1
        held[owners[row * columns + column]].append(run)
    areas: defaultdict[int, list[int]] = defaultdict(list)
    for place, owner in enumerate(owners):
        areas[owner].append(place)
    cells = [_cell(areas[owner], columns, frame, tuple(held[owner])) for owner in areas]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(page, frame.ys[0], frame.ys[-1], frame.xs, rows, tuple(cells))


def _cell(places: Sequence[int], columns: int, frame: _Frame, runs: tuple[Run, ...]) -> GridCell:
    row, column = min(p // columns for p in places), min(p % columns for p in places)
    below, right = max(p // columns for p in places) + 1, max(p % columns for p in places) + 1
    return GridCell(row, column, below - row, right - column, frame.xs[column], frame.xs[right], runs)


def _owners(levels: Sequence[_Bar], uprights: Sequence[_Bar], frame: _Frame) -> list[int]:
    """For each place of the grid, row by row, the first place of the cell that it belongs to."""
    columns, rows = len(frame.xs) - 1, len(frame.ys) - 1
    owner = list(range(columns * rows))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    def join(one: int, other: int) -> None:
        first, second = sorted((root(one), root(other)))
        owner[second] = first

    beside, below = _by_place(uprights, frame.xs), _by_place(levels, frame.ys)
    for row in range(rows):
        for column in range(columns):
            place = row * columns + column
            if column + 1 < columns and not _covers(beside[column + 1], frame.ys[row], frame.ys[row + 1]):
                join(place, place + 1)
            if row + 1 < rows and not _covers(below[row + 1], frame.xs[column], frame.xs[column + 1]):
                join(place, place + columns)
    return [root(place) for place in range(columns * rows)]


def _by_place(bars: Iterable[_Bar], edges: Sequence[float]) -> defaultdict[int, list[_Bar]]:
    """The lines by the edge of the grid that they draw."""
    found: defaultdict[int, list[_Bar]] = defaultdict(list)
    for bar in bars:
        found[max(0, bisect_right(edges, bar.at + SNAP / 100) - 1)].append(bar)
    return found


def _covers(bars: Iterable[_Bar], start: float, end: float) -> bool:
    """Whether lines cover most of a stretch."""
    covered = sum(max(0.0, min(bar.end, end) - max(bar.start, start)) for bar in bars)
    return covered >= COVERED * (end - start)
