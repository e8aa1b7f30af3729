"""The tables of a document: in web pages as marked up, in plain text as parted by tabs or upright bars.

In a web page the grid is laid out by the algorithm of HTML §4.9.12; in plain text every line is a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from yaodian.model import Cell, Table, span_of
from yaodian.patterns import compiled
from yaodian.reading import limits
from yaodian.reading.cells_in_lines import Line, is_of_cells, lines_in, table_of, tables_of_cells
from yaodian.reading.column_names import HEADER_ROWS
from yaodian.reading.indicator_headers import breakdown_header_of, indicator_header_of
from yaodian.reading.indicators_in_lines import tables_of_indicators, tables_parted_by_blanks
from yaodian.reading.table_headers import header_of, tells

if TYPE_CHECKING:
    from yaodian.reading.html_layout import Element

LONGEST_CATEGORY = 40
"""How many characters a line among rows may have that heads those below it."""
_STOP = compiled("[。；;！？!?]")
_RULE = compiled(r"[\s|:+=─—-]+")
_BARS = str.maketrans("｜│", "||")


def is_told(table: Table) -> bool:
    """Whether its header tells what the table says: it lists work, or figures by indicator or place."""
    return any(header(table) is not None for header in (header_of, indicator_header_of, breakdown_header_of))


def tables_in_text(text: str) -> tuple[Table, ...]:
    """The tables of a plain text that list work or figures: all others read as well as lines.

    Rows are lines with tabs or with upright bars (Markdown); or, as copied from a word processor, each cell is a line
    of its own; or, of indicators, there are but blanks between them.
    """
    lines = list(lines_in(text))
    found = [*_tables_of_lines(text, lines), *tables_of_cells(text, lines)]
    found += [*tables_of_indicators(text, lines), *tables_parted_by_blanks(text, lines)]
    return tuple(sorted(found, key=lambda table: table.start))


def _tables_of_lines(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Runs of rows under a header that tells what they say."""
    for run in _runs(text, lines):
        if len(run) > 1 and any(tells([cell.words for cell in row]) for row in run[:HEADER_ROWS]):
            yield table_of(text, run)


def _runs(text: str, lines: Sequence[Line]) -> Iterator[list[list[Line]]]:
    """Rows one after the other, and the lines among them that head those below."""
    run: list[list[Line]] = []
    for line, below in zip_longest(lines, lines[1:]):
        if _RULE.fullmatch(line.words) and is_of_cells(line):
            continue
        if is_of_cells(line):
            run.append(_cells_of(text, line))
        elif run and _heads_rows(line) and below and _goes_on(run, _cells_of(text, below)):
            run.append([line])
        elif run:
            yield run
            run = []
    if run:
        yield run


def _heads_rows(line: Line) -> bool:
    return len(line.words) <= LONGEST_CATEGORY and not _STOP.search(line.words)


def _goes_on(run: Sequence[Sequence[Line]], row: Sequence[Line]) -> bool:
    """Whether a row has the columns of those above it, and is no header of its own."""
    widest = max(map(len, run))
    return len(row) == widest > 1 and not tells([cell.words for cell in row])


def _cells_of(text: str, line: Line) -> list[Line]:
    """The cells of a row, blank ones too: tabs before its first words part such."""
    words = line.words if "\t" in line.words else line.words.translate(_BARS)
    separator = "\t" if "\t" in words else "|"
    start = line.start
    if separator == "|":
        start += words.startswith("|")
        words = words.removeprefix("|").removesuffix("|")
    indent = text[text.rfind("\n", 0, line.start) + 1 : line.start]
    cells = [Line(line.start, "")] * indent.count("\t") if separator == "\t" else []
    for cell in words.split(separator):
        cells.append(Line(start + len(cell) - len(cell.lstrip()), cell.strip()))
        start += len(cell) + 1
    return cells


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
