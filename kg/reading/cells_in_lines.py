"""Tables in plain text whose cells stand on lines of their own, as copied from a word processor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from yaodian.model import ROLES, Cell, Table, span_of
from yaodian.patterns import compiled
from yaodian.reading.column_names import may_name_column
from yaodian.reading.table_headers import Column, column_kind, lists_work

MOST_COLUMNS = 12
FEWEST_COLUMNS = 3
LONGEST_NUMBER = 4
_STATES = compiled(r"[。；;]|^[（(]?[\d①-⑳一二三四五六七八九十]+(?:[)）、.．]|[①-⑳]|[是要])")


class Line(NamedTuple):
    """A line that shows anything, without the blanks around it, and where it begins."""

    start: int
    words: str


def is_of_cells(line: Line) -> bool:
    """Whether tabs or upright bars part the line into the cells of a row."""
    return "\t" in line.words or sum(map(line.words.count, "|｜│")) > 1


def lines_in(text: str) -> Iterator[Line]:
    at = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            yield Line(at + len(line) - len(line.lstrip()), words)
        at += len(line) + 1


def table_of(text: str, rows: Sequence[Sequence[Line]]) -> Table:
    return Table(
        tuple(
            Cell(span_of(text, cell.start, cell.start + len(cell.words)), row, column)
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells)
            if cell.words
        )
    )


def tables_of_cells(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables that list work: the names of the columns, then rows that count up."""
    at = 0
    while at < len(lines):
        width = _header_width(lines, at)
        if not width:
            at += 1
            continue
        kinds = [column_kind(line.words) for line in lines[at : at + width]]
        # A table that goes on with another's numbers may begin with 11.
        number = number_of(lines[at + width]) if at + width < len(lines) else 0
        rows, at = [lines[at : at + width]], at + width
        while row := _numbered_row(text, lines[at : at + 2 * width], kinds, number):
            rows.append(row.cells)
            at, number = at + row.lines, number + 1
        if len(rows) > 2:
            yield table_of(text, rows)


class _Row(NamedTuple):
    """The cells of a row, and how many lines they take."""

    cells: list[Line]
    lines: int


def _numbered_row(text: str, lines: Sequence[Line], kinds: Sequence[Column | None], number: int) -> _Row | None:
    """The row of that number at the beginning of the lines, up to the next number; None where there is none.

    A cell that ends with a 、 goes on with the next line.
    """
    if not lines or number_of(lines[0]) != number or not number:
        return None
    end = next((i for i, line in enumerate(lines) if number_of(line) == number + 1), len(kinds))
    cells: list[Line] = []
    for line in lines[:end]:
        goes_on = bool(cells) and cells[-1].words.endswith("、")
        start = cells.pop().start if goes_on else line.start
        cells.append(Line(start, text[start : line.start + len(line.words)]))
    cells = _of_several_lines(text, cells, kinds)
    return _Row(cells, end) if len(cells) == len(kinds) and end <= len(lines) else None


def _of_several_lines(text: str, cells: list[Line], kinds: Sequence[Column | None]) -> list[Line]:
    """The cells of a row, where those of the units and of what stands before them take several lines.

    Lines without a sentence's end and without a number are units'.
    """
    units = [n for n, kind in enumerate(kinds) if kind in ROLES]
    if len(cells) <= len(kinds) or len(units) != 1 or units[0] < 2:
        return cells
    left, right = units[0] - 1, len(cells) - (len(kinds) - units[0] - 1)
    first = next((i for i in range(right, left + 1, -1) if _STATES.search(cells[i - 1].words)), left + 1)
    if first == right:
        return cells
    joined = [_joined(text, cells[left:first]), _joined(text, cells[first:right])]
    return [*cells[:left], *joined, *cells[right:]]


def _joined(text: str, lines: Sequence[Line]) -> Line:
    end = lines[-1].start + len(lines[-1].words)
    return Line(lines[0].start, text[lines[0].start : end])


def _header_width(lines: Sequence[Line], at: int) -> int:
    """How many columns the names that begin here name; 0 where they head no table that lists work."""
    if not may_name_column(lines[at].words) or column_kind(lines[at].words) != "ordinal":
        return 0
    following = (line.words for line in lines[at + 1 : at + MOST_COLUMNS])
    names = [lines[at].words, *takewhile(lambda name: column_kind(name) not in (None, "ordinal"), following)]
    return len(names) if len(names) >= FEWEST_COLUMNS and lists_work(names) else 0


def number_of(line: Line) -> int:
    """The number that a line says; 0 where it says anything else."""
    words = line.words.rstrip(".．、")
    return int(words) if words.isdecimal() and len(words) <= LONGEST_NUMBER else 0
