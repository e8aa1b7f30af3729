"""A flow of text as lines: its paragraphs, and its tables row by row (ISO/IEC 29500-1 §17.4).

The cells of a row are parted by tabs. A cell of several lines stands on lines of its own, so that paragraphs in it are
lines like those of the text. Merged cells are read once, tables in cells as rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from yaodian.reading import limits
from yaodian.reading.docx_findings import Kind
from yaodian.reading.docx_text import Flow, Line, Where, branch
from yaodian.reading.office_xml import PROPERTIES, Node, is_on
from yaodian.reading.word_tables import Grid, GridCell, set_apart

MOST_MERGED = 63
"""The columns that a cell may cover: Word's tables have no more."""

_GONE = frozenset(("w:del", "w:moveFrom"))
_ELSEWHERE = frozenset(("w:altChunk", "w:subDoc"))


@dataclass(slots=True)
class Layout:
    """The lines and tables of a flow of text. All of a flow that is ``anchored`` stands where it began."""

    flow: Flow
    anchored: bool = False
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    depth: int = 0

    def read(self, node: Node) -> None:
        """Read all that is in an element that holds paragraphs and tables."""
        for child in node.children:
            self._block(child)
        self._add(self.flow.rest())

    def _block(self, node: Node) -> None:
        tag = node.tag
        if tag == "w:p":
            self._paragraph(node)
        elif tag == "w:tbl" and self.depth < limits.WORD_DEEPEST_TABLES:
            self._add(self.flow.rest())
            self._table(node)
        elif tag in _GONE:
            self.flow.put_aside("deleted", self._read_aside, node)
        elif tag in _ELSEWHERE:
            self.flow.findings.note("embedded", "")
        elif tag == "w:sdt" and _is_contents(node):
            self.flow.put_aside("contents", self._read_aside, node)
        elif tag not in PROPERTIES:
            for child in (branch(node) if tag == "mc:AlternateContent" else node).children:
                self._block(child)

    def _paragraph(self, node: Node) -> None:
        if not self.depth and not self.anchored and self.flow.aside is None:
            self.paragraphs += 1
            self.flow.where = Where(paragraph=self.paragraphs)
        self._add(self.flow.paragraph(node))

    def _add(self, line: Line | None) -> None:
        if line is not None:
            self.lines.append(line)

    def _read_aside(self, node: Node) -> None:
        """Read what is no part of the text: its words go where the flow puts them."""
        lines, grids, tables = self.lines, self.grids, self.tables
        self.lines, self.grids = [], []
        self.read(node)
        words = "\n".join(line.text for line in self.lines)
        self.lines, self.grids, self.tables = lines, grids, tables
        if words:
            self.flow.write(words)

    def _table(self, node: Node) -> None:
        self.tables += 1
        grid, outer, where = Grid(self.tables), self.grids, self.flow.where
        outer.append(grid)
        self.grids, self.depth = grid.inner, self.depth + 1
        merges: dict[int, GridCell] = {}
        count = 0
        for row in _parts(node, "w:tr"):
            gone = _row_is_gone(row)
            if gone:
                self.flow.put_aside(gone, self._read_aside, row)
            else:
                self._row(row, count, grid, merges)
                count += 1
        self.grids, self.depth, self.flow.where = outer, self.depth - 1, where

    def _row(self, node: Node, number: int, grid: Grid, merges: dict[int, GridCell]) -> None:
        """Read a row; ``merges`` are the cells above that may go on in it, by their columns."""
        properties = node.child("w:trPr")
        column = _span(properties.number("w:gridBefore"), least=0) if properties else 0
        before: GridCell | None = None
        previous: list[Line] = []
        for part in _parts(node, "w:tc"):
            told = part.child("w:tcPr") or _NOTHING
            if told.child("w:cellDel"):
                self.flow.put_aside("deleted", self._read_aside, part)
                continue
            width = _span(told.number("w:gridSpan"))
            into = before if _goes_on(told, "w:hMerge") else merges.get(column) if _goes_on(told, "w:vMerge") else None
            if into is not None:
                into.columns, into.rows = _merged(into, number, column, width)
                self.flow.put_aside("hidden", self._read_aside, part)
            else:
                before = GridCell(number, column, width)
                grid.cells.append(before)
                for covered in range(column, column + width):
                    merges.pop(covered, None)
                if told.child("w:vMerge"):
                    merges[column] = before
                self._cell(part, before, grid)
                set_apart(previous, before.lines)
                previous = before.lines or previous
            column += width

    def _cell(self, node: Node, cell: GridCell, grid: Grid) -> None:
        if not self.anchored and self.flow.aside is None:
            self.flow.where = Where(table=grid.number, row=cell.row + 1, column=cell.column + 1)
        lines, self.lines = self.lines, cell.lines
        tables = len(self.grids)
        self.read(node)
        cell.holds = len(self.grids) > tables
        self.lines = lines
        self.lines.extend(cell.lines)


_NOTHING = Node("", {})


def _parts(node: Node, tag: str) -> Iterator[Node]:
    """The rows of a table, or the cells of a row, whatever is wrapped around them."""
    for child in node.children:
        if child.tag == tag:
            yield child
        elif child.tag not in PROPERTIES and child.children:
            yield from _parts(branch(child) if child.tag == "mc:AlternateContent" else child, tag)


def _row_is_gone(row: Node) -> Kind | None:
    """Why a row is no part of the table: it is deleted, or hidden."""
    properties = row.child("w:trPr")
    if properties is None:
        return None
    return "deleted" if properties.child("w:del") else "hidden" if is_on(properties.child("w:hidden")) else None


def _goes_on(cell: Node, merge: str) -> bool:
    """Whether a cell is merged with the one before or above it."""
    node = cell.child(merge)
    return node is not None and node.attributes.get("w:val", "continue") != "restart"


def _merged(into: GridCell, row: int, column: int, width: int) -> tuple[int, int]:
    """How many columns and rows a cell covers with one more at that place."""
    return max(into.columns, min(column + width - into.column, MOST_MERGED)), max(into.rows, row - into.row + 1)


def _span(number: int | None, least: int = 1) -> int:
    return min(max(number or 0, least), MOST_MERGED)


def _is_contents(node: Node) -> bool:
    """Whether a block was put in as a table of contents."""
    properties = node.child("w:sdtPr")
    part = properties.child("w:docPartObj") if properties else None
    return part is not None and (part.value("w:docPartGallery") or "").lower() == "table of contents"
