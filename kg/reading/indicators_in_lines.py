"""Tables of indicators in plain text without tabs or bars: each cell on a line of its own, or blanks between them.

指标⏎2023年⏎2025年⏎毛入园率⏎90%⏎92% or 指标 2023年 2025年⏎毛入园率 90% 92%
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from yaodian.model import Table
from yaodian.patterns import compiled
from yaodian.reading.cells_in_lines import FEWEST_COLUMNS, MOST_COLUMNS, Line, is_of_cells, number_of, table_of
from yaodian.reading.column_names import may_name_column
from yaodian.reading.indicator_headers import (
    Kind,
    column_of,
    heads_breakdown,
    heads_indicators,
    receives,
    unit_behind,
)
from yaodian.reading.table_headers import column_kind, lists_work

LONGEST_WORD = 6
"""How many characters a value without a number has at most (全覆盖), and a unit."""
LONGEST_NAME = 60

_SENTENCE = compiled("[。；;！？]")
_NUMBER = compiled(
    r"[\u4e00-\u9fff≥≧≤≦＞＜><\[［【(（\s]{0,5}(?!(?:19|20)\d\d年)[\d０-９][^\u4e00-\u9fff]{0,12}[\u4e00-\u9fff]{0,4}[\]］】)）]?"
)
_STARTS = compiled(r"[≥≧≤≦＞＜><\[［]|\d[\d.,]*[%％‰]|\d[\d.,]*$")
_WORDS = compiled(r"[\u4e00-\u9fff]{2}")
_WORD = compiled(r"\S+")
_DIGIT = compiled(r"[\d０-９]")


def tables_of_indicators(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of indicators that do not list work: the names of the columns, then a line for each cell of a row.

    A cell that is merged with the one above it, the category, has no line. The first row that does not fit ends the
    table: a blank cell, which leaves no line, would shift what follows.
    """
    at = 0
    while at < len(lines):
        rows, end = _rows(lines, at)
        # The name of a column for indicators may be the title of a table that begins with the next line (主要指标).
        later = _rows(lines, at + 1) if rows and _names_indicators(lines[at]) else ((), at)
        if len(rows) > 1 and len(rows) > len(later[0]):
            yield table_of(text, rows)
            at = end
        else:
            at += 1


def tables_parted_by_blanks(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of figures whose cells have nothing but blanks between them: a header and the rows that fit it."""
    kinds: Sequence[Kind] = ()
    rows: list[Sequence[Line]] = []
    for line in (*lines, Line(len(text), "")):
        cells = _parted(line) if kinds or _may_head(line) else []
        if kinds and len(cells) == len(kinds) and _fits(cells, kinds):
            rows.append(cells)
            continue
        if len(rows) > 1:
            yield table_of(text, rows)
        kinds, rows = _kinds_parted([cell.words for cell in cells]), [cells]


def _kinds_parted(names: Sequence[str]) -> Sequence[Kind]:
    """What the columns of these names hold, which blanks part; nothing where one tells nothing."""
    if heads_breakdown(names):
        return [_kind_in_breakdown(name) for name in names]
    return _kinds(names) if all(column_of(name) or column_kind(name) for name in names) else ()


def _kind_in_breakdown(name: str) -> Kind:
    if unit_behind(name):
        return "value"
    return "name" if receives(name) else "other"


def _may_head(line: Line) -> bool:
    """Whether the line may name columns with blanks between them: its first word does."""
    first = [] if is_of_cells(line) else line.words.split(maxsplit=1)[:1]
    if not first or len(first[0]) == len(line.words) or not may_name_column(first[0]):
        return False
    return column_of(first[0]) is not None or receives(first[0])


def _parted(line: Line) -> list[Line]:
    return [Line(line.start + word.start(), word[0]) for word in _WORD.finditer(line.words)]


def _rows(lines: Sequence[Line], at: int) -> tuple[Sequence[Sequence[Line]], int]:
    """The header that begins here and the rows below it, and where they end; no rows where none begins."""
    kinds = _header(lines, at)
    if not kinds:
        return (), at
    rows, end = [list(lines[at : at + len(kinds)])], at + len(kinds)
    while row := _row(lines, end, kinds):
        rows.append(row)
        end += sum(bool(cell.words) for cell in row)
    return rows, end


def _header(lines: Sequence[Line], at: int) -> Sequence[Kind]:
    """What the columns hold whose names begin here; nothing where they head no table of indicators."""
    if at >= len(lines) or not may_name_column(lines[at].words) or column_of(lines[at].words) is None:
        return ()
    following = (line.words for line in lines[at : at + MOST_COLUMNS])
    names = list(takewhile(lambda name: column_of(name) or column_kind(name), following))
    return () if lists_work(names) else _kinds(names)


def _kinds(names: Sequence[str]) -> Sequence[Kind]:
    """What the columns of these names hold; nothing where they make no table of indicators."""
    if len(names) < FEWEST_COLUMNS or not heads_indicators(names):
        return ()
    return [column.kind if (column := column_of(name)) else "other" for name in names]


def _names_indicators(line: Line) -> bool:
    column = column_of(line.words)
    return column is not None and column.kind == "name"


def _row(lines: Sequence[Line], at: int, kinds: Sequence[Kind]) -> list[Line] | None:
    """The cells of the row that begins here, blank ones for those that are merged with the row above."""
    if at >= len(lines):
        return None
    own = [kind for kind in kinds if kind != "category"]
    for shown in (kinds, own) if len(own) < len(kinds) else (kinds,):
        cells = lines[at : at + len(shown)]
        if len(cells) == len(shown) and _fits(cells, shown):
            rest = iter(cells)
            nothing = Line(lines[at].start, "")
            return [next(rest) if kind in shown else nothing for kind in kinds]
    return None


def _fits(cells: Sequence[Line], kinds: Sequence[Kind]) -> bool:
    """Whether these lines are the cells of one row: names where names belong, and a number among the values."""
    shown = [(cell, kind) for cell, kind in zip(cells, kinds, strict=True) if kind != "other"]
    values = [cell.words for cell, kind in shown if kind == "value"]
    return all(_is(kind, cell) for cell, kind in shown) and any(map(_NUMBER.fullmatch, values))


def _is(kind: Kind, cell: Line) -> bool:
    words = cell.words
    if kind == "ordinal":
        return number_of(cell) > 0
    if kind in ("name", "category"):
        named = len(words) <= LONGEST_NAME and not _SENTENCE.search(words) and not _STARTS.match(words)
        return named and _WORDS.search(words) is not None
    short = len(words) <= LONGEST_WORD and not _DIGIT.search(words)
    return short or (kind == "value" and _NUMBER.fullmatch(words) is not None)
