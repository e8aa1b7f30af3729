"""Tables of a word processor's document, while its text is put together: cells that hold lines and other tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from yaodian.model import Cell, Table, span_of
from yaodian.reading.column_names import HEADER_ROWS
from yaodian.reading.docx_text import Line
from yaodian.reading.tables import is_told


@dataclass(slots=True)
class GridCell:
    """A cell of a table: its place from 0, how far it is merged, its lines, and whether a table is in it."""

    row: int
    column: int
    columns: int
    rows: int = 1
    lines: list[Line] = field(default_factory=list)
    holds: bool = False


@dataclass(slots=True)
class Grid:
    """A table: its cells in reading order, and the tables in its cells."""

    number: int
    cells: list[GridCell] = field(default_factory=list)
    inner: list[Grid] = field(default_factory=list)


def tables_of(text: str, grids: Iterable[Grid]) -> tuple[Table, ...]:
    """The tables of two rows and columns at least. One with others in it lays out a page, or is told."""
    return tuple(sorted(_tables(text, grids), key=lambda table: table.start))


def _tables(text: str, grids: Iterable[Grid]) -> Iterator[Table]:
    for grid in grids:
        if grid.inner and not _is_told(text, grid):
            yield from _tables(text, grid.inner)
        else:
            cells = _cells(text, grid.cells)
            if len({cell.row for cell in cells}) > 1 and len({cell.column for cell in cells}) > 1:
                yield Table(cells)


def _is_told(text: str, grid: Grid) -> bool:
    top = [cell for cell in grid.cells if cell.row < HEADER_ROWS]
    cells = () if any(cell.holds for cell in top) else _cells(text, top)
    return bool(cells) and is_told(Table(cells))


def _cells(text: str, cells: Iterable[GridCell]) -> tuple[Cell, ...]:
    return tuple(
        Cell(span_of(text, cell.lines[0].start, cell.lines[-1].end), cell.row, cell.column, cell.rows, cell.columns)
        for cell in cells
        if cell.lines
    )


def set_apart(previous: list[Line], lines: list[Line]) -> None:
    """Part a cell from the one before it: by a tab where both are one line, else by a line's end."""
    if len(previous) == len(lines) == 1 and "\n" not in previous[0].text + lines[0].text:
        lines[0].before = "\t"
