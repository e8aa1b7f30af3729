"""A word processor's document being written down: paragraphs as lines, rows of tables as lines with tabs."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from yaodian.model import Cell, Origin, Table, span_of
from yaodian.patterns import compiled
from yaodian.reading import limits

_CONTROL = compiled("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = compiled("[\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a document, its tables, and where its stretches stand in it."""

    text: str
    tables: tuple[Table, ...]
    origins: tuple[Origin, ...]


@dataclass(slots=True)
class _Cell:
    """A cell: where its words stand in the text, its row, its edges; a ``merged`` one goes on from above."""

    start: int
    end: int
    row: int
    left: int | None
    right: int
    merged: bool


@dataclass(slots=True)
class Flow:
    """The text so far. Words wait until their paragraph, cell or row ends."""

    lines: list[str] = field(default_factory=list)
    length: int = 0
    words: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    edges: list[tuple[int, bool]] = field(default_factory=list)
    merged: bool = False
    paragraphs: int = 0
    tables: list[list[_Cell]] = field(default_factory=list)
    rows: int = 0
    origins: list[Origin] = field(default_factory=list)

    def say(self, text: str, *, in_table: bool = False) -> None:
        """Add words; outside a table they end the one before."""
        if self.rows and not in_table and not self.row and text.strip():
            self._end_table()
        self.words.append(text)

    def define(self, word: str, number: int) -> None:
        """What an RTF row says of its cells: a new row, a cell's right edge, a cell merged with the one above."""
        if word == "trowd":
            self.edges, self.merged = [], False
        elif word == "clvmrg":
            self.merged = True
        else:
            self.edges.append((number, self.merged))
            self.merged = False

    def end_paragraph(self, *, in_table: bool = False) -> None:
        """End a paragraph: a line, or inside a cell a blank."""
        if in_table or self.row:
            self.words.append(" ")
            return
        self.paragraphs += 1
        for line in self._taken().split("\n"):
            if line.strip():
                self._begin_line()
                start = self.length
                self._write(line.strip(" \t"))
                self.origins.append(Origin(start, self.length, paragraph=self.paragraphs))

    def end_cell(self) -> None:
        """End a cell."""
        self.row.append(" ".join(self._taken().split()))

    def end_row(self) -> None:
        """End a row: its cells become a line."""
        if not self.rows:
            self.tables.append([])
        if any(self.row):
            self._begin_line()
        said, left = False, None
        for column, words in enumerate(self.row):
            right, merged = self.edges[column] if column < len(self.edges) else ((left or 0) + 1, False)
            if words and said:
                self._write("\t")
            said = said or bool(words)
            self._write_cell(
                _Cell(self.length, self.length + len(words), self.rows, left, right, merged), words, column
            )
            left = right
        self.rows += 1
        self.row, self.words = [], []

    def _write_cell(self, cell: _Cell, words: str, column: int) -> None:
        self.tables[-1].append(cell)
        self._write(words)
        if words:
            table = len(self.tables)
            self.origins.append(Origin(cell.start, cell.end, table=table, row=cell.row + 1, column=column + 1))

    def written(self) -> Written:
        """What was written."""
        text = "".join(self.lines)
        tables = (_table(text, cells) for cells in self.tables)
        origins = zip(self.origins, (*self.origins[1:], None), strict=False)
        reaching = (replace(one, end=following.start if following else len(text)) for one, following in origins)
        return Written(text, tuple(table for table in tables if table), tuple(reaching))

    def _end_table(self) -> None:
        self.rows = 0

    def _taken(self) -> str:
        text, self.words = "".join(self.words), []
        text = _SURROGATES.sub(
            lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace"), text
        )
        return _CONTROL.sub("", text)

    def _begin_line(self) -> None:
        if len(self.origins) > limits.TEXT_MOST_LINES:
            raise limits.beyond(f"its text has more than {limits.TEXT_MOST_LINES:,} paragraphs and cells")
        if self.length:
            self._write("\n")

    def _write(self, text: str) -> None:
        self.lines.append(text)
        self.length += len(text)


def _table(text: str, cells: list[_Cell]) -> Table | None:
    """The table that rows of cells make: their right edges tell the columns; None for one without a second of both."""
    edges = sorted({cell.right for cell in cells})
    heights: dict[int, int] = {}
    found: list[Cell] = []
    for cell in reversed(cells):
        if cell.merged:
            heights[cell.right] = heights.get(cell.right, 0) + 1
            continue
        column = 0 if cell.left is None else bisect_left(edges, cell.left) + 1
        height = 1 + heights.pop(cell.right, 0)
        if cell.end > cell.start:
            width = max(1, bisect_left(edges, cell.right) - column + 1)
            found.append(Cell(span_of(text, cell.start, cell.end), cell.row, column, height, width))
    found.sort(key=lambda cell: (cell.row, cell.column))
    shown = len({cell.row for cell in found}) > 1 and len({cell.column for cell in found}) > 1
    return Table(tuple(found)) if shown else None
