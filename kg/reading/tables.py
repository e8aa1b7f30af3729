"""The tables of a document: in web pages as marked up, in plain text as parted by tabs or upright bars.

In a web page the grid is laid out by the algorithm of HTML §4.9.12; in plain text every line is a row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from yaodian.model import Cell, Table, span_of
from yaodian.reading.table_headers import column_kind, lists_work

if TYPE_CHECKING:
    from yaodian.reading.html_layout import Element

MOST_COLUMNS = 12
FEWEST_COLUMNS = 3

_RULE = re.compile(r"[\s|:+=─—-]+")
_TABBED = re.compile(r"[^\t\n]+")
_BARRED = re.compile(r"[^|｜│\n]+")
_LINE = re.compile(r"[^\n]*")


def tables_in_text(text: str) -> tuple[Table, ...]:
    """The tables of a plain text, two rows at least.

    Rows are lines with tabs or with upright bars (Markdown); or, as copied from a word processor, each cell of a task
    table is a line of its own.
    """
    return tuple(sorted([*_tables_of_lines(text), *_tables_of_cells(text)], key=lambda table: table.start))


def _tables_of_lines(text: str) -> Iterator[Table]:
    runs: list[list[list[tuple[int, int]]]] = [[]]
    for line in _LINE.finditer(text):
        if not line[0].strip():
            continue
        cells = _cells_of(line[0], line.start())
        if cells is None:
            runs.append([])
        else:
            runs[-1].append(cells)
    return (_table(text, rows) for rows in runs if sum(map(bool, rows)) > 1)


def _tables_of_cells(text: str) -> Iterator[Table]:
    """Task tables whose cells stand on lines of their own: the names of the columns, then rows that count up."""
    lines = [(m.start(1), m.end(1)) for m in re.finditer(r"[^\S\n]*(\S(?:[^\n]*\S)?)", text)]
    at = 0
    while at < len(lines):
        names = list(takewhile(column_kind, (text[slice(*line)] for line in lines[at : at + MOST_COLUMNS])))
        width = len(names)
        if width < FEWEST_COLUMNS or column_kind(names[0]) != "ordinal" or not lists_work(names):
            at += 1
            continue
        height = 1
        while _is_row(text, lines[at + height * width : at + (height + 1) * width + 1], width, height):
            height += 1
        if height > 2:
            yield _table(text, [lines[at + row * width : at + (row + 1) * width] for row in range(height)])
        at += height * width


def _is_row(text: str, lines: Sequence[tuple[int, int]], width: int, number: int) -> bool:
    """Whether the lines are a row of that number and what follows it is the next row, or no more of this one."""
    words = [text[slice(*line)].rstrip(".．、") for line in lines]
    return (
        len(words) >= width and words[0] == str(number) and not any(word == str(number + 1) for word in words[1:width])
    )


def _cells_of(line: str, offset: int) -> list[tuple[int, int]] | None:
    """Where the cells of a line begin and end, blank ones too; None where the line is no row of a table."""
    pattern = _TABBED if "\t" in line.strip() else _BARRED if len(re.findall("[|｜│]", line)) > 1 else None
    if pattern is None:
        return None
    if _RULE.fullmatch(line):
        return []
    separator, bounds = ("\t", line) if pattern is _TABBED else ("|", re.sub("[｜│]", "|", line))
    at = 0
    if separator == "|":
        inner = bounds.strip().removesuffix("|")
        at = bounds.index(inner) + inner.startswith("|")
        bounds = inner.removeprefix("|")
    cells = []
    for cell in bounds.split(separator):
        cells.append((offset + at, offset + at + len(cell)))
        at += len(cell) + 1
    return cells


def _table(text: str, rows: Sequence[Sequence[tuple[int, int]]]) -> Table:
    cells = []
    for row, bounds in enumerate(rows for rows in rows if rows):
        for column, (start, end) in enumerate(bounds):
            words = text[start:end].strip()
            if words:
                begin = start + text[start:end].index(words)
                cells.append(Cell(span_of(text, begin, begin + len(words)), row, column))
    return Table(tuple(cells))


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
            taken_until.update((column + right, row + element.rows) for right in range(element.columns))
            if element.end > element.start:
                span = span_of(text, element.start, element.end)
                found.append(Cell(span, row, column, element.rows, element.columns))
            column += element.columns
    return tuple(found)
