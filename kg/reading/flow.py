"""A word processor's document being written down: paragraphs as lines, rows of tables as lines with tabs.

A table in a cell, and a cell of several paragraphs, stand on lines of their own, as they do in Word's own format.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter

from yaodian.model import Origin, Table
from yaodian.patterns import compiled
from yaodian.reading import limits
from yaodian.reading.docx_text import Line, Where, put_together
from yaodian.reading.word_tables import Grid, GridCell, set_apart, tables_of

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
    """A cell: its row, its lines, its edges; a ``merged`` one goes on from above; whether a table is in it."""

    row: int
    lines: list[Line]
    holds: bool
    left: int | None = None
    right: int = 0
    merged: bool = False


@dataclass(slots=True)
class _Table:
    """A table being read: its cells so far, those of the open row, the lines of the open cell, the tables in it.

    ``before`` are the lines of the last cell of the open row that has any.
    """

    number: int
    cells: list[_Cell] = field(default_factory=list)
    row: list[_Cell] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    inner: list[Grid] = field(default_factory=list)
    holds: bool = False
    rows: int = 0


@dataclass(slots=True)
class _Edges:
    """What a document says of a row: where each cell ends, and whether it is merged with the one above."""

    cells: list[tuple[int, bool]] = field(default_factory=list)
    merged: bool = False


@dataclass(slots=True)
class Flow:
    """The text so far. Words wait until their paragraph or cell ends; ``depth`` counts the tables around them."""

    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    open: list[_Table] = field(default_factory=list)
    """The tables that are being read, each in a cell of the one before."""
    edges: dict[int, _Edges] = field(default_factory=dict)
    grids: list[Grid] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Add words."""
        self.words.append(text)

    def define(self, word: str, number: int, depth: int) -> None:
        """What an RTF row says of its cells: a new row, a cell's right edge, a cell merged with the one above."""
        if word == "trowd":
            self.edges[depth] = _Edges()
        edges = self.edges.setdefault(depth, _Edges())
        if word == "clvmrg":
            edges.merged = True
        elif word == "cellx":
            edges.cells.append((number, edges.merged))
            edges.merged = False

    def end_paragraph(self, depth: int) -> None:
        """End a paragraph: a line. It belongs to a row that has begun, even where it does not say so."""
        text = self._taken() if self.words else ""
        if not text.strip():
            return
        self._enter(max(depth, 1) if self.open and self.open[0].row else depth)
        self.paragraphs += not self.open
        for line in text.split("\n"):
            if line.strip():
                self._add(" ".join(line.split()) if self.open else line.strip(" \t"))

    def end_cell(self, depth: int) -> None:
        """End a cell."""
        self.end_paragraph(depth)
        self._enter(depth)
        table = self.open[-1]
        table.row.append(_Cell(table.rows, table.lines, table.holds))
        if table.lines:
            set_apart(table.before, table.lines)
            table.before, table.lines = table.lines, []
        table.holds = False

    def end_row(self, depth: int) -> None:
        """End a row, with what was said of its cells."""
        self._enter(depth)
        table = self.open[-1]
        left: int | None = None
        if table.lines:
            self.end_cell(depth)
        edges = self.edges[depth].cells if depth in self.edges else []
        for number, cell in enumerate(table.row):
            right, merged = edges[number] if number < len(edges) else ((left or 0) + 1, False)
            cell.left, cell.right, cell.merged = left, right, merged
            left = right
        table.cells += table.row
        table.row, table.before = [], []
        table.rows += 1

    def written(self) -> Written:
        """What was written."""
        self._enter(0)
        text, stretches = put_together(self.lines)
        following = (*(start for start, _, _ in stretches[1:]), len(text))
        origins = (
            Origin(start, end, None, None, *at[:4]) for (start, _, at), end in zip(stretches, following, strict=False)
        )
        return Written(text, tables_of(text, self.grids), tuple(origins))

    def _enter(self, depth: int) -> None:
        """Go into so many tables, or out to them: those within are at their end."""
        while len(self.open) > depth:
            if self.open[-1].row or self.open[-1].lines:
                self.end_row(len(self.open))
            grid = _grid(self.open.pop())
            (self.open[-1].inner if self.open else self.grids).append(grid)
        while len(self.open) < depth:
            if self.open:
                self.open[-1].holds = True
            self.tables += 1
            self._check(self.tables)
            self.open.append(_Table(self.tables))

    def _add(self, text: str) -> None:
        self._check(len(self.lines))
        line = Line(text, [(0, self._where())])
        self.lines.append(line)
        for table in self.open:
            table.lines.append(line)

    def _check(self, number: int) -> None:
        if number > limits.TEXT_MOST_LINES:
            raise limits.beyond(f"its text has more than {limits.TEXT_MOST_LINES:,} paragraphs and cells")

    def _where(self) -> Where:
        if not self.open:
            return Where(paragraph=self.paragraphs)
        table = self.open[-1]
        return Where(table=table.number, row=table.rows + 1, column=len(table.row) + 1)

    def _taken(self) -> str:
        text, self.words = "".join(self.words), []
        text = _SURROGATES.sub(
            lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace"), text
        )
        return _CONTROL.sub("", text)


def _grid(table: _Table) -> Grid:
    """A table that is at its end: the right edges of its cells tell the columns."""
    edges = sorted({cell.right for cell in table.cells})
    heights: dict[int, int] = {}
    found: list[GridCell] = []
    for cell in reversed(table.cells):
        if cell.merged:
            heights[cell.right] = heights.get(cell.right, 0) + 1
            continue
        column = 0 if cell.left is None else bisect_left(edges, cell.left) + 1
        height = 1 + heights.pop(cell.right, 0)
        width = max(1, bisect_left(edges, cell.right) - column + 1)
        found.append(GridCell(cell.row, column, width, height, cell.lines, cell.holds))
    found.sort(key=attrgetter("row", "column"))
    return Grid(table.number, found, table.inner)
