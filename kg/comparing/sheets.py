"""What was compared as a sheet: named columns, rows of words and numbers, bars where numbers stand side by side.

One sheet gives the table on the screen, CSV, JSON and a page that stands alone.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from yaodian.rdf.serialise import without_surrogates
from yaodian.spreadsheet import BYTE_ORDER_MARK, safe_csv


@dataclass(frozen=True, slots=True)
class Marked:
    """Words, with start and end of each stretch that is marked in them, in order."""

    words: str
    marks: tuple[tuple[int, int], ...] = ()

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The words in pieces, and whether each of these is marked."""
        reached = 0
        for start, end in self.marks:
            yield self.words[reached:start], False
            yield self.words[start:end], True
            reached = end
        yield self.words[reached:], False


Value: TypeAlias = str | int | Decimal | Marked | None


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` names the column in data, ``heading`` for readers; those ``in_data`` only are left out of tables."""

    key: str
    heading: str
    numeric: bool = False
    in_data: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A number drawn: ``share`` of the longest bar beside it, 0 to 1, ``words`` as printed."""

    label: str
    share: float
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """``notes`` say what was compared and how many of each kind were found; ``bars`` has an entry for each row."""

    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    bars: tuple[tuple[Bar, ...], ...] = ()
    kinds: tuple[str, ...] = ()

    def to_read(self) -> Sheet:
        """The sheet without the columns that are of use in data alone."""
        kept = [n for n, column in enumerate(self.columns) if not column.in_data]
        rows = tuple(tuple(row[n] for n in kept) for row in self.rows)
        return replace(self, columns=tuple(self.columns[n] for n in kept), rows=rows)


def words(value: Value) -> str:
    """A value as text: numbers without an exponent or needless zeros."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Marked):
        return value.words
    return "" if value is None else str(value)


def as_csv(sheet: Sheet, *, spreadsheet: bool = False) -> bytes:
    """CSV (RFC 4180) in UTF-8; with ``spreadsheet`` as Excel needs it, and no cell that it runs as a formula."""
    rows = [[column.key for column in sheet.columns], *([words(value) for value in row] for row in sheet.rows)]
    if spreadsheet:
        headings = [column.heading for column in sheet.columns]
        return BYTE_ORDER_MARK + safe_csv([headings, *rows[1:]])
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return without_surrogates(text.getvalue()).encode()


def as_json(sheet: Sheet) -> bytes:
    """An object with title, notes and rows; numbers are numbers."""
    keys = [column.key for column in sheet.columns]
    rows = [dict(zip(keys, map(_plain, row), strict=True)) for row in sheet.rows]
    data = {"title": sheet.title, "notes": list(sheet.notes), "rows": rows}
    return f"{without_surrogates(json.dumps(data, ensure_ascii=False, indent=2))}\n".encode()


def _plain(value: Value) -> str | int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.words if isinstance(value, Marked) else value


def as_page(sheet: Sheet, lang: str, empty: str) -> Iterator[str]:
    """A page of HTML that loads nothing; ``empty`` is what it says without rows."""
    from yaodian.pages import asset, content_policy, environment, inline

    style = asset("yaodian.reports", "ground.css") + asset("yaodian.comparing", "sheet.css")
    shown = sheet.to_read()
    template = environment("yaodian.comparing").get_template("sheet.html")
    yield template.render(
        policy=content_policy([], [style]),
        style=inline(style),
        sheet=shown,
        lang=lang,
        empty=empty,
        rows=[
            (row, sheet.bars[n] if sheet.bars else (), sheet.kinds[n] if sheet.kinds else "")
            for n, row in enumerate(shown.rows)
        ],
        pieces=_pieces,
    )


def _pieces(value: Value) -> list[tuple[str, bool]]:
    return list(value.pieces()) if isinstance(value, Marked) else [(words(value), False)]


def scaled(numbers: Sequence[tuple[str, Decimal, str]]) -> tuple[Bar, ...]:
    """Bars for numbers of one unit (label, number, words), the longest of them full; none for fewer than two."""
    longest = max((number for _, number, _ in numbers), default=Decimal(0))
    if len(numbers) < 2 or longest <= 0:
        return ()
    return tuple(Bar(label, float(max(number, Decimal(0)) / longest), said) for label, number, said in numbers)
