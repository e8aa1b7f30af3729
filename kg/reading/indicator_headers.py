"""The headers of tables of indicators: what the names of columns say.

指标 | 单位 | 2020年（基期） | 2025年目标值 | 属性
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, islice
from typing import Any, Literal

from yaodian.model import Cell, Table
from yaodian.ontology import lexicon
from yaodian.patterns import any_of, compiled
from yaodian.reading.column_names import HEADER_ROWS, plain_name

Kind = Literal["ordinal", "name", "category", "unit", "nature", "value", "other"]
Tells = Literal["baseline", "goal"]

YEAR = compiled(
    r"(?:截?至|到)?\s*(?:(?:19|20)\d{2}\s*年?\s*[-—–~～至]\s*)?(?P<year>(?:19|20)\d{2})(?:\s*年(?:\s*年?[底末])?)?"
)
"""The year that a column is named by, the last of a period."""
_BRACKETS = compiled("[（）()]")
_IN_BRACKETS = compiled("[（(](?P<inside>[^（）()]*)[）)]$")
_NAMING: tuple[Kind, ...] = ("name", "category", "unit", "nature")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds. Of values: of which year, and whether its name tells that they are reached or aimed at.

    ``unit`` is what brackets behind the name say.
    """

    kind: Kind
    year: int | None = None
    tells: Tells | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The cells that name a table's columns, and the number of the last row that such cells stand in."""

    cells: tuple[Cell, ...]
    last_row: int


def indicator_header_of(table: Table) -> Header | None:
    """The header of a table of indicators; None for any other table."""
    rows = [list(cells) for _, cells in islice(groupby(table.cells, key=lambda cell: cell.row), HEADER_ROWS + 1)]
    for top, header in enumerate(rows[:HEADER_ROWS]):
        more = rows[top + 1 : top + 2]
        below = [cell for row in more for cell in row] if _goes_on(header, more) else []
        if heads_indicators([cell.span.quote for cell in (*header, *below)]):
            return Header((*header, *below), (below or header)[0].row)
    return None


def _goes_on(header: Sequence[Cell], below: Iterable[Sequence[Cell]]) -> bool:
    """Whether the row below goes on with the header: merged cells above it, nothing but names of columns in it."""
    merged = any(cell.columns > 1 or cell.rows > 1 for cell in header)
    return merged and all(column_of(cell.span.quote) for row in below for cell in row)


def heads_indicators(names: Sequence[str]) -> bool:
    """Whether columns of these names make a table of indicators: some name those, others hold their values."""
    kinds = {column.kind for name in names if (column := column_of(name))}
    return {"name", "value"} <= kinds


def breakdown_header_of(table: Table) -> Header | None:
    """The header of a table that breaks figures down by place; None for any other table."""
    rows = [list(cells) for _, cells in islice(groupby(table.cells, key=lambda cell: cell.row), HEADER_ROWS)]
    found = (row for row in rows if heads_breakdown([cell.span.quote for cell in row]))
    return next((Header(tuple(row), row[0].row) for row in found), None)


def heads_breakdown(names: Sequence[str]) -> bool:
    """Whether the first column is for places, and each other one but for remarks names an indicator and its unit."""
    first, *others = [name for name in names if not _ordinal().fullmatch(plain_name(name))] or [""]
    told = [name for name in others if not _breakdown("remarks").fullmatch(plain_name(name))]
    return bool(told) and receives(first) and all(unit_behind(name) for name in told)


def receives(name: str) -> bool:
    """Whether a column of that name holds the places that figures are broken down by."""
    return _breakdown("receivers").fullmatch(plain_name(name)) is not None


@lru_cache(maxsize=4096)
def column_of(name: str) -> Column | None:
    """What a column of that name holds; None for a name that tells nothing."""
    plain = plain_name(name)
    if not plain:
        return None
    if column := _column(plain):
        return column
    unit = unit_behind(plain)
    return _column(_IN_BRACKETS.sub("", plain), unit) if unit else None


def _column(plain: str, unit: str = "") -> Column | None:
    for kind, pattern in _names():
        if pattern.fullmatch(plain):
            return Column(kind, unit=unit)
    year = YEAR.search(plain)
    words = _BRACKETS.sub("", plain[: year.start()] + plain[year.end() :] if year else plain)
    if not (_pattern("value").fullmatch(words) or (year and not words)):
        return None
    tells: Tells | None = "baseline" if _pattern("baseline").search(words) else None
    return Column("value", int(year["year"]) if year else None, tells or ("goal" if words else None), unit)


def unit_behind(name: str) -> str:
    """The unit in brackets that a name ends with (毛入园率（%）); empty where it ends with none."""
    inside = _IN_BRACKETS.search(name.rstrip())
    words = "".join(inside["inside"].split()).removeprefix("单位").lstrip("：:") if inside else ""
    return words if is_unit(words) else ""


def is_unit(words: str) -> bool:
    """Whether the words are a unit of values, with its multiplier or what it is per: 万人, 册/生."""
    return _unit().fullmatch(words) is not None


@cache
def _unit() -> re.Pattern[str]:
    units = any_of([*lexicon("quantities")["units"], *_words()["units"]])
    return compiled(rf"[十百千]?[万亿]{{0,2}}(?:{units})(?:/[一-龥]{{1,4}})?|[万亿]")


@cache
def _names() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    ordinal: Kind = "ordinal"
    return ((ordinal, _ordinal()), *((kind, _pattern(kind)) for kind in _NAMING))


@cache
def _ordinal() -> re.Pattern[str]:
    return compiled(lexicon("tables")["columns"]["ordinal"])


@cache
def _breakdown(key: str) -> re.Pattern[str]:
    return compiled(lexicon("tables")["breakdown"][key])


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return compiled(_words()[key])


@cache
def _words() -> dict[str, Any]:
    indicators: dict[str, Any] = lexicon("tables")["indicators"]
    return indicators
