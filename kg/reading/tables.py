"""The tables of a document: in web pages as marked up, in plain text as parted by tabs or upright bars.

In a web page the grid is laid out by the algorithm of HTML §4.9.12; in plain text every line is a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple

from yaodian.model import Cell, Table, span_of
from yaodian.patterns import compiled
from yaodian.reading import limits
from yaodian.reading.table_headers import HEADER_ROWS, column_kind, lists_work

if TYPE_CHECKING:
    from yaodian.reading.html_layout import Element

MOST_COLUMNS = 12
FEWEST_COLUMNS = 3
LONGEST_NUMBER = 4

_RULE = compiled(r"[\s|:+=─—-]+")
_BARS = str.maketrans("｜│", "||")


def tables_in_text(text: str) -> tuple[Table, ...]:
    """The tables of a plain text that list work: all others read as well as lines.

    Rows are lines with tabs or with upright bars (Markdown); or, as copied from a word processor, each cell is a line
    of its own.
    """
    return tuple(sorted([*_tables_of_lines(text), *_tables_of_cells(text)], key=lambda table: table.start))


class _Line(NamedTuple):
    """A line that shows anything, without the blanks around it, and where it begins."""

    start: int
    words: str


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            yield _Line(at + len(line) - len(line.lstrip()), words)
        at += len(line) + 1


def _tables_of_lines(text: str) -> Iterator[Table]:
    """Runs of rows under a header that names work."""
    for is_row, run in groupby(_lines(text), key=_is_of_cells):
        if not is_row:
            continue
        rows = [_cells_of(line) for line in run if not _RULE.fullmatch(line.words)]
        if len(rows) > 1 and any(lists_work([cell.words for cell in row]) for row in rows[:HEADER_ROWS]):
            yield _table(text, rows)


def _is_of_cells(line: _Line) -> bool:
    return "\t" in line.words or line.words.translate(_BARS).count("|") > 1


def _cells_of(line: _Line) -> list[_Line]:
    """The cells of a row, blank ones too."""
    words = line.words if "\t" in line.words else line.words.translate(_BARS)
    separator = "\t" if "\t" in words else "|"
    start = line.start
    if separator == "|":
        start += words.startswith("|")
        words = words.removeprefix("|").removesuffix("|")
    cells = []
    for cell in words.split(separator):
        cells.append(_Line(start + len(cell) - len(cell.lstrip()), cell.strip()))
        start += len(cell) + 1
    return cells


def _tables_of_cells(text: str) -> Iterator[Table]:
    """Tables whose cells stand on lines of their own: the names of the columns, then rows that count up."""
    lines = list(_lines(text))
    at = 0
    while at < len(lines):
        width = _header_width(lines, at)
        if not width:
            at += 1
            continue
        # A table that goes on with another's numbers may begin with 11.
        number = _number(lines[at + width]) if at + width < len(lines) else 0
        rows, at = [lines[at : at + width]], at + width
        while row := _numbered_row(text, lines[at : at + 2 * width], width, number):
            rows.append(row.cells)
            at, number = at + row.lines, number + 1
        if len(rows) > 2:
            yield _table(text, rows)


class _Row(NamedTuple):
    """The cells of a row, and how many lines they take."""

    cells: list[_Line]
    lines: int


def _numbered_row(text: str, lines: Sequence[_Line], width: int, number: int) -> _Row | None:
    """The row of that number at the beginning of the lines, up to the next number; None where there is none.

    A cell that ends with a 、 goes on with the next line.
    """
    if not lines or _number(lines[0]) != number or not number:
        return None
    end = next((i for i, line in enumerate(lines) if _number(line) == number + 1), width)
    cells: list[_Line] = []
    for line in lines[:end]:
        goes_on = bool(cells) and cells[-1].words.endswith("、")
        start = cells.pop().start if goes_on else line.start
        cells.append(_Line(start, text[start : line.start + len(line.words)]))
    return _Row(cells, end) if len(cells) == width and end <= len(lines) else None


def _header_width(lines: Sequence[_Line], at: int) -> int:
    """How many columns the names that begin here name; 0 where they head no table that lists work."""
    if column_kind(lines[at].words) != "ordinal":
        return 0
    following = (line.words for line in lines[at + 1 : at + MOST_COLUMNS])
    names = [lines[at].words, *takewhile(lambda name: column_kind(name) not in (None, "ordinal"), following)]
    return len(names) if len(names) >= FEWEST_COLUMNS and lists_work(names) else 0


def _number(line: _Line) -> int:
    """The number that a line says; 0 where it says anything else."""
    words = line.words.rstrip(".．、")
    return int(words) if words.isdecimal() and len(words) <= LONGEST_NUMBER else 0


def _table(text: str, rows: Sequence[Sequence[_Line]]) -> Table:
    return Table(
        tuple(
            Cell(span_of(text, cell.start, cell.start + len(cell.words)), row, column)
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells)
            if cell.words
        )
    )


def tables_in_page(text: str, elements: Sequence[Element]) -> tuple[Table, ...]:
    """The tables of a web page that lie in no other and hold no other, of two rows and columns at least.

    Tables that lay out a page hold others or have one column; they are no tables of the document.
    """
    rows = defaultdict[int, list[int]](list)
    cells: defaultdict[int, list[Element]] = defaultdict(list)
    owners: list[int] = []
    holding: set[int] = set()
    for index, element in enumerate(elements):
        above = owners[element.parent] if element.parent >= 0 else -1
        owners.append(index if element.tag == "table" else above)
        if element.tag == "table" and above >= 0:
            holding.add(above)
        elif element.tag == "tr" and above >= 0:
            rows[above].append(index)
        elif element.tag in ("td", "th"):
            cells[element.parent].append(element)
    found = [_grid(text, [cells[row] for row in trs]) for table, trs in rows.items() if table not in holding]
    return tuple(sorted((Table(c) for c in found if _is_grid(c)), key=lambda table: table.start))


def _is_grid(cells: Sequence[Cell]) -> bool:
    return len({cell.row for cell in cells}) > 1 and len({cell.column for cell in cells}) > 1


def _grid(text: str, rows: Iterable[Sequence[Element]]) -> tuple[Cell, ...]:
    taken_until: dict[int, int] = {}
    found: list[Cell] = []
    for row, elements in enumerate(rows):
        column = 0
        for element in elements:
            while taken_until.get(column, 0) > row:
                column += 1
            if column + element.columns > limits.TABLE_MOST_COLUMNS:
                return ()
            taken_until.update((column + right, row + element.rows) for right in range(element.columns))
            if element.end > element.start:
                span = span_of(text, element.start, element.end)
                found.append(Cell(span, row, column, element.rows, element.columns))
            column += element.columns
    return tuple(found)
