"""Tables of figures: which cells hold values, of which indicator, in which unit and of which year.

In a table of indicators each row names one; in one that breaks figures down by place, each column does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from yaodian.model import Bindingness, Cell, Document, Span, Table, span_of
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.furniture import without_number
from yaodian.reading.indicator_headers import (
    YEAR,
    Column,
    Header,
    breakdown_header_of,
    column_of,
    indicator_header_of,
    is_unit,
    receives,
    unit_behind,
)

LONGEST_BARE = 4
"""Up to so many characters a name says too little without the category above it (毛入园率, 教师数)."""

_NAMING = ("category", "name")
_UNIT_BEHIND = compiled(r"[（(][^（）()]*[)）]\s*$")
_BRACKETS = compiled(r"[（）()\s]")
_LABEL = compiled(r"^(?:其中|[★☆*※●▲△])[：:]?")
_LABELLED_UNIT = compiled("^单位[：:]?")


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """A cell that holds a value of ``indicator``, which ``name`` names, in ``unit``: empty where no cell tells it.

    ``year`` and ``stated`` are the year that its column is named by and where; ``reached`` tells whether the column's
    name says that it is there already (True) or aimed at (False). Where figures are broken down by place, ``place``
    names that of the row, and ``sums`` is whether the value is that of all places.
    """

    cell: Cell
    name: Cell
    indicator: str
    unit: str
    year: int | None
    stated: Span | None
    reached: bool | None
    bindingness: Bindingness | None
    binding: Span | None
    place: Cell | None = None
    sums: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A column, and the cell that names it."""

    column: Column
    cell: Cell


def indicator_tables(document: Document) -> tuple[Table, ...]:
    """The tables of figures in the body, in text order."""
    return tuple(
        table for table in document.tables_in_body() if indicator_header_of(table) or _broken_down(document, table)
    )


def indicator_values(document: Document) -> Iterator[IndicatorValue]:
    """The cells for values in the tables of figures."""
    for table in document.tables_in_body():
        if header := indicator_header_of(table):
            yield from _values(document.text, table, header)
        elif header := _broken_down(document, table):
            yield from _values_by_place(document.text, table, header)


def _broken_down(document: Document, table: Table) -> Header | None:
    """The header of a table that breaks a plan's figures down by place: the line above it says that it plans."""
    header = breakdown_header_of(table)
    if header is None:
        return None
    above = [cell.span.quote for cell in table.cells if cell.row < header.last_row]
    line = document.text.rfind("\n", 0, table.start) + 1
    caption = "".join(above) or document.text[:line].rstrip().rpartition("\n")[2]
    words = lexicon("tables")["breakdown"]
    return header if re.search(words["plans"], caption) and not re.search(words["reports"], caption) else None


def _values_by_place(text: str, table: Table, header: Header) -> Iterator[IndicatorValue]:
    heads = {cell.column: _broken_down_column(cell) for cell in header.cells if unit_behind(cell.span.quote)}
    places = {cell.column for cell in header.cells if receives(cell.span.quote)}
    sums = compiled(lexicon("tables")["rows"]["sums"])
    for own, row in _rows(table, header.last_row):
        place = next((cell for cell in row if cell.column in places), None)
        of_all = any(sums.fullmatch(cell.span.quote) for cell in own)
        for cell in own:
            if cell.columns == 1 and (head := heads.get(cell.column)):
                yield IndicatorValue(
                    cell=cell,
                    name=head.cell,
                    indicator=YEAR.sub("", _plain(head.cell), count=1),
                    unit=head.column.unit,
                    year=head.column.year,
                    stated=_year_in(text, head),
                    reached=None,
                    bindingness=None,
                    binding=None,
                    place=place,
                    sums=of_all,
                )


def _values(text: str, table: Table, header: Header) -> Iterator[IndicatorValue]:
    columns = _columns(header.cells)
    section: Cell | None = None
    above: dict[int, Cell] = {}
    for own, row in _rows(table, header.last_row):
        if len(row) == 1:
            section = row[0]
            continue
        names = {n: cell for cell in row for n in range(cell.column, cell.column + cell.columns)}
        # A category is printed once, in a merged cell or above blank ones.
        above |= {n: cell for n, cell in names.items() if _kind_at(n, columns) in _NAMING and not _nature([cell])[0]}
        if name := _name(names, columns):
            category = _category(name, names, above) or section
            yield from _of_row(text, own, row, columns, name, _indicator(name, category))


def _broken_down_column(cell: Cell) -> _Named:
    year = YEAR.search(cell.span.quote)
    return _Named(Column("value", int(year["year"]) if year else None, unit=unit_behind(cell.span.quote)), cell)


def _columns(header: Sequence[Cell]) -> dict[int, _Named]:
    """The columns by their numbers; what the upper of two names does not say, the lower does."""
    columns: dict[int, _Named] = {}
    for cell in header:
        if column := column_of(cell.span.quote):
            named = _Named(column, cell)
            for n in range(cell.column, cell.column + cell.columns):
                columns[n] = _below(columns[n], named) if n in columns else named
    return columns


def _below(upper: _Named, lower: _Named) -> _Named:
    """A column with two names: 2025年 above 目标值 and 完成值, or 目标值 above 2025年 and 2027年."""
    above, below = upper.column, lower.column
    if not above.kind == below.kind == "value":
        return lower
    column = Column("value", below.year or above.year, below.tells or above.tells, below.unit or above.unit)
    return _Named(column, lower.cell if below.year else upper.cell)


def _rows(table: Table, above: int) -> Iterator[tuple[Sequence[Cell], Sequence[Cell]]]:
    """Of each row below the header its own cells, and these with the merged ones that reach down into it."""
    reaching = defaultdict[int, list[Cell]](list)
    own = defaultdict[int, list[Cell]](list)
    for cell in table.cells:
        if cell.row > above:
            own[cell.row].append(cell)
            for down in range(1, cell.rows):
                reaching[cell.row + down].append(cell)
    for number, cells in own.items():
        yield cells, [*reaching.get(number, ()), *cells]


def _name(names: Mapping[int, Cell], columns: Mapping[int, _Named]) -> Cell | None:
    """The cell of a row that names its indicator: the last in a column for names."""
    last = max((n for n in names if _kind_at(n, columns) == "name"), default=None)
    return None if last is None else names[last]


def _category(name: Cell, names: Mapping[int, Cell], above: Mapping[int, Cell]) -> Cell | None:
    """The cell before a name that says what it is an indicator of: of its row, or where that is blank, above it."""
    last = max((n for n in above if n < name.column), default=None)
    return None if last is None else names.get(last, above[last])


def _of_row(
    text: str, own: Sequence[Cell], row: Sequence[Cell], columns: Mapping[int, _Named], name: Cell, indicator: str
) -> Iterator[IndicatorValue]:
    unit = _unit_of(row, columns) or unit_behind(name.span.quote)
    nature, binding = _nature(row)
    for cell in own:
        if _kind(cell, columns) != "value" or cell.columns > 1:
            continue
        head = columns[cell.column]
        yield IndicatorValue(
            cell=cell,
            name=name,
            indicator=indicator,
            unit=unit or head.column.unit,
            year=head.column.year,
            stated=_year_in(text, head),
            reached=None if head.column.tells is None else head.column.tells == "baseline",
            bindingness=nature,
            binding=binding,
        )


def _year_in(text: str, head: _Named) -> Span | None:
    """Where the name of a column prints its year."""
    printed = YEAR.search(head.cell.span.quote) if head.column.year else None
    at = head.cell.span.start
    return span_of(text, at + printed.start(), at + printed.end()) if printed else None


def _kind(cell: Cell, columns: Mapping[int, _Named]) -> str:
    return _kind_at(cell.column, columns)


def _kind_at(number: int, columns: Mapping[int, _Named]) -> str:
    return columns[number].column.kind if number in columns else "other"


def _indicator(cell: Cell, above: Cell | None) -> str:
    """The words of an indicator's cell; those that say too little alone behind the category above them."""
    name = _plain(cell)
    category = _plain(above) if above else ""
    return category + name if len(name) <= LONGEST_BARE and category not in name else name


def _plain(cell: Cell) -> str:
    """The words of a cell without their number, the unit in brackets and blanks."""
    words = cell.span.quote.strip()
    if unit_behind(words):
        words = _UNIT_BEHIND.sub("", words)
    return "".join(_LABEL.sub("", without_number(words)).split())


def _unit_of(row: Sequence[Cell], columns: Mapping[int, _Named]) -> str:
    """The unit in the column for units: nothing where that names offices, or none."""
    words = (_BRACKETS.sub("", cell.span.quote) for cell in row if _kind(cell, columns) == "unit")
    return next(filter(is_unit, (_LABELLED_UNIT.sub("", word) for word in words)), "")


def _nature(row: Sequence[Cell]) -> tuple[Bindingness | None, Span | None]:
    """How firm the values of a row are, and the cell that says so (约束性, 预期性)."""
    for cell in row:
        words = "".join(cell.span.quote.split())
        for kind, pattern in _natures().items():
            if pattern.fullmatch(words):
                return kind, cell.span
    return None, None


@cache
def _natures() -> dict[Bindingness, re.Pattern[str]]:
    return {kind: compiled(pattern) for kind, pattern in lexicon("tables")["indicators"]["bindingness"].items()}
