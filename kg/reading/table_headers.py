"""The headers of tables that list work: what the names of columns say (序号 | 重点任务 | 责任单位 | 完成时限)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from yaodian.model import Cell, Table
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.column_names import HEADER_ROWS, plain_name
from yaodian.reading.indicator_headers import heads_breakdown, heads_indicators

Column = Literal[
    "ordinal", "section", "task", "measures", "target", "lead", "support", "responsible", "deadline", "person"
]
TASK_LIKE: tuple[Column, ...] = ("task", "measures", "target")
_TELLING = frozenset(("lead", "support", "responsible", "deadline"))


@dataclass(frozen=True, slots=True)
class Header:
    """The cells that name a table's columns, and the rows below them."""

    cells: tuple[Cell, ...]
    below: tuple[tuple[Cell, ...], ...]


def header_of(table: Table) -> Header | None:
    """The header of a table that lists work; None for any other table."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    ordered = [rows[number] for number in sorted(rows)]
    for top, header in enumerate(ordered[:HEADER_ROWS]):
        if lists_work([cell.span.quote for cell in header]):
            more = ordered[top + 1 : top + 2] if _heads_more(ordered[top + 1 : top + 2], header) else []
            cells = (*header, *(cell for row in more for cell in row))
            return Header(cells, tuple(map(tuple, ordered[top + 1 + len(more) :])))
    return None


def _heads_more(below: Sequence[Sequence[Cell]], header: Sequence[Cell]) -> bool:
    """Whether the row below goes on with the header: merged cells above it, nothing but names of columns in it."""
    merged = any(cell.columns > 1 or cell.rows > 1 for cell in header)
    return merged and all(column_kind(cell.span.quote) for row in below for cell in row)


@lru_cache(maxsize=4096)
def column_kind(name: str) -> Column | None:
    """What a column of that name holds; None for a name that tells nothing."""
    plain = plain_name(name)
    return next((kind for kind, pattern in _column_names() if pattern.fullmatch(plain)), None)


@cache
def _column_names() -> tuple[tuple[Column, re.Pattern[str]], ...]:
    return tuple((kind, compiled(pattern)) for kind, pattern in lexicon("tables")["columns"].items())


def tells(names: Sequence[str]) -> bool:
    """Whether columns of these names tell what a table says: it lists work, or figures by indicator or place."""
    return lists_work(names) or heads_indicators(names) or heads_breakdown(names)


def lists_work(names: Sequence[str]) -> bool:
    """Whether columns of these names make a task table: some name the work, others who does it or by when.

    Indicators with nothing but their values are no work.
    """
    kinds = [column_kind(name) for name in names]
    named = sum(kind in TASK_LIKE for kind in kinds)
    if any(kind in _TELLING for kind in kinds):
        return named > 0
    only_values = not ("task" in kinds or "measures" in kinds) and heads_indicators(names)
    return named > 1 and "ordinal" in kinds and not only_values
