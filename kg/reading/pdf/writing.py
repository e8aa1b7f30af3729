"""Paragraphs and tables become the text, with its tables and where each stretch of it stands on the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from yaodian.model import Cell, Origin, Table, span_of
from yaodian.reading.pdf.grids import Grid
from yaodian.reading.pdf.lines import Line, between_lines
from yaodian.reading.pdf.rows import Row, RowCell, Tabular, tabular


class _Placed(NamedTuple):
    """A cell, its row's number, and where its words stand in the text."""

    start: int
    end: int
    row: int
    cell: RowCell


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a document, its tables, where its stretches stand, and the table heads that were not repeated."""

    text: str
    tables: tuple[Table, ...]
    origins: tuple[Origin, ...]
    repeated: tuple[Line, ...]


class _Stand(NamedTuple):
    """Where a line begins in the text, and where it stands in the file."""

    start: int
    page: int
    line: int
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(slots=True)
class _Writer:
    """Text being written, its origins, and how many lines of each page it has."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    origins: list[_Stand] = field(default_factory=list)
    numbers: Counter[int] = field(default_factory=Counter)

    def say(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def print(self, line: Line, number: int, place: tuple[int, ...] = ()) -> None:
        """Write a line, which has this number on its page; ``place`` is its table, row and column."""
        self.origins.append(_Stand(self.length, line.page, number, *place))
        self.say(line.text)


def write(parts: Sequence[list[Line] | Grid]) -> Written:
    """The text: a line for each paragraph, and for each row of a table with tabs between its cells."""
    writer = _Writer()
    tables: list[list[_Placed]] = []
    repeated: list[Line] = []
    for part in _together(parts):
        if writer.length:
            writer.say("\n")
        if isinstance(part, Tabular):
            repeated += part.repeated
            tables += _write_table(writer, part, len(tables) + 1)
        else:
            _write_paragraph(writer, part)
    text = "".join(writer.parts)
    found = tuple(Table(tuple(_cell(text, cell) for cell in table)) for table in tables)
    return Written(text, found, tuple(_reaching(writer.origins, len(text))), tuple(repeated))


def _together(parts: Sequence[list[Line] | Grid]) -> Iterator[list[Line] | Tabular]:
    """The paragraphs, and the grids that follow one another as one table where it goes on from page to page."""
    grids: list[Grid] = []
    for part in parts:
        if isinstance(part, Grid):
            grids.append(part)
            continue
        yield from tabular(grids)
        grids = []
        yield part
    yield from tabular(grids)


def _write_paragraph(writer: _Writer, lines: Sequence[Line]) -> None:
    for before, line in zip((None, *lines), lines, strict=False):
        if before:
            writer.say(between_lines(before.text, line.text))
        writer.numbers[line.page] += 1
        writer.print(line, writer.numbers[line.page])


def _cell(text: str, placed: _Placed) -> Cell:
    start, end, row, cell = placed
    return Cell(span_of(text, start, end), row, cell.column, cell.rows, cell.columns)


def _write_table(writer: _Writer, table: Tabular, number: int) -> Iterator[list[_Placed]]:
    """Write the rows; the cells of what is a table, of two rows and columns at least."""
    cells: list[_Placed] = []
    for index, row in enumerate(table.rows):
        if index:
            writer.say("\n")
        cells += _write_row(writer, row, number, index)
    if len(table.rows) > 1 and len({cell.cell.column for cell in cells}) > 1:
        yield cells


def _write_row(writer: _Writer, row: Row, table: int, index: int) -> Iterator[_Placed]:
    first = dict(writer.numbers)
    for position, cell in enumerate(row.cells):
        if position:
            writer.say("\t")
        start = writer.length
        seen: Counter[int] = Counter()
        for separator, line in cell.lines:
            writer.say(separator)
            seen[line.page] += 1
            number = first.get(line.page, 0) + seen[line.page]
            writer.numbers[line.page] = max(writer.numbers[line.page], number)
            writer.print(line, number, (table, index + 1, cell.column + 1))
        yield _Placed(start, writer.length, index, cell)


def _reaching(stands: Sequence[_Stand], end: int) -> Iterator[Origin]:
    """The origins, each reaching to the next: line ends and tabs belong to what is before them."""
    ends = (*(stand.start for stand in stands[1:]), end)
    for (start, page, line, table, row, column), stop in zip(stands, ends, strict=False):
        yield Origin(start, stop, page, line, None, table, row, column)
