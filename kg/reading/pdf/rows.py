"""The rows of tables: cells as lines of text, and tables that go on from page to page as one.

A table's head that is printed anew on each page is left out there; a row that a page's end breaks is made whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from yaodian.reading.pdf.grids import Grid, GridCell
from yaodian.reading.pdf.lines import Line, between_lines, lines_of
from yaodian.reading.pdf.paragraphs import first_width

SAME_WIDTH = 4.0
"""The points by which the columns of a table may differ from page to page."""
MOST_HEAD_ROWS = 3
WIDEST_PADDING = 9.0
"""The points that a cell's words may keep from its sides."""


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell with words: its column, the rows and columns it covers, its lines with what stands before each.

    ``room`` is how wide a line in it may be.
    """

    column: int
    rows: int
    columns: int
    lines: tuple[tuple[str, Line], ...]
    room: float

    @property
    def text(self) -> str:
        """The cell's words."""
        return "".join(separator + line.text for separator, line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells with words, from left to right."""

    cells: tuple[RowCell, ...]


@dataclass(frozen=True, slots=True)
class Tabular:
    """A table over one or several pages: its rows with words, and the lines of heads that were not repeated."""

    rows: tuple[Row, ...]
    repeated: tuple[Line, ...] = ()


def tabular(grids: Sequence[Grid]) -> Iterator[Tabular]:
    """The tables that grids without text between them make."""
    before: Grid | None = None
    table: Tabular | None = None
    for grid in grids:
        rows = _rows(grid)
        if not rows:
            continue
        if table and before and _goes_on(before, grid):
            table = _continued(table, rows)
        else:
            if table:
                yield table
            table = Tabular(tuple(rows))
        before = grid
    if table:
        yield table


def _goes_on(one: Grid, other: Grid) -> bool:
    if other.page != one.page + 1 or len(one.edges) != len(other.edges):
        return False
    shift = other.edges[0] - one.edges[0]
    return all(abs(b - a - shift) <= SAME_WIDTH for a, b in zip(one.edges, other.edges, strict=True))


def _rows(grid: Grid) -> list[Row]:
    """The rows that have words; a merged cell covers those of them that it reaches."""
    lines = {cell: lines_of(grid.page, cell.runs) for cell in grid.cells if cell.runs}
    kept = sorted({cell.row for cell in lines})
    padding = _padding(lines)
    found: defaultdict[int, list[RowCell]] = defaultdict(list)
    for cell, own in lines.items():
        height = sum(cell.row <= row < cell.row + cell.rows for row in kept)
        room = cell.x1 - cell.x0 - 2 * padding
        found[cell.row].append(RowCell(cell.column, height, cell.columns, tuple(_wrapped(own, room)), room))
    return [Row(tuple(sorted(found[row], key=lambda cell: cell.column))) for row in kept]


def _padding(lines: dict[GridCell, list[Line]]) -> float:
    """How far words keep from the sides of their cells: as far as the widest ones do."""
    kept = [min(line.x0 for line in own) - cell.x0 for cell, own in lines.items() if len(own) > 1]
    return min(WIDEST_PADDING, max(0.0, min(kept, default=0.0)))


def _wrapped(lines: Sequence[Line], room: float) -> Iterator[tuple[str, Line]]:
    """The lines of a cell, each with what stands before it: a blank where the line above was ended on purpose."""
    yield "", lines[0]
    for one, other in pairwise(lines):
        yield between_lines(one.text, other.text) if _is_full(one, other, room) else " ", other


def _is_full(line: Line, following: Line, room: float) -> bool:
    return line.x1 - line.x0 + first_width(following) > room - 0.2 * line.size


def _continued(table: Tabular, rows: Sequence[Row]) -> Tabular:
    """The table with the rows of the next page."""
    repeated = 0
    while repeated < min(MOST_HEAD_ROWS, len(rows), len(table.rows)) and _says_same(table, rows, repeated):
        repeated += 1
    if repeated == len(table.rows):
        repeated = 0
    heads = tuple(line for row in rows[:repeated] for cell in row.cells for _, line in cell.lines)
    rest = list(rows[repeated:])
    whole = list(table.rows)
    if rest and _is_broken(whole[-1], rest[0]):
        whole[-1] = _joined(whole[-1], rest.pop(0))
    return Tabular((*whole, *rest), (*table.repeated, *heads))


def _says_same(table: Tabular, rows: Sequence[Row], number: int) -> bool:
    return _said(table.rows[number]) == _said(rows[number])


def _said(row: Row) -> list[tuple[int, str]]:
    return [(cell.column, re.sub(r"\s", "", cell.text)) for cell in row.cells]


def _is_broken(above: Row, below: Row) -> bool:
    """Whether a row goes on with the one above it.

    It begins with an empty cell; and few of its cells have words, or all of them go on from full lines.
    """
    columns = {cell.column: cell for cell in above.cells}
    going_on = [cell.column for cell in below.cells]
    if min(columns) in going_on or not columns.keys() >= set(going_on) or any(cell.rows > 1 for cell in above.cells):
        return False
    if 2 * len(going_on) <= len(columns):
        return True
    pairs = [(columns[cell.column], cell) for cell in below.cells]
    return all(_is_full(one.lines[-1][1], other.lines[0][1], one.room) for one, other in pairs)


def _joined(above: Row, below: Row) -> Row:
    more = {cell.column: cell.lines for cell in below.cells}
    return Row(tuple(_longer(cell, more.get(cell.column, ())) for cell in above.cells))


def _longer(cell: RowCell, lines: Sequence[tuple[str, Line]]) -> RowCell:
    if not lines:
        return cell
    first = between_lines(cell.lines[-1][1].text, lines[0][1].text), lines[0][1]
    return replace(cell, lines=(*cell.lines, first, *lines[1:]))
