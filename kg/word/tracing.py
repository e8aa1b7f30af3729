"""Where in the XML of a Word file each stretch of its text comes from.

The file is read as any other Word file is, by the same code, with the element noted that words are taken from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from yaodian.errors import ReadingError
from yaodian.reading.docx import all_lines, lists_in
from yaodian.reading.docx_blocks import Layout
from yaodian.reading.docx_fields import Fields, owners_of
from yaodian.reading.docx_findings import Findings
from yaodian.reading.docx_numbering import Story
from yaodian.reading.docx_parts import Parts, open_parts
from yaodian.reading.docx_text import Flow, Line, Source, field_marks, put_together
from yaodian.reading.office_xml import Node, parse

_DECLARED = re.compile(rb"""^(<\?xml[^>]*?)\s+encoding\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """``text[start:end]``, what it is from, and the cell that it is in: its table, row and column, if it is in one."""

    start: int
    end: int
    source: Source
    cell: tuple[int | None, int | None, int | None]

    @property
    def is_made(self) -> bool:
        """Whether its words are in no element of their own: the number of a list, or a text box beside the text."""
        return self.source.node is self.source.paragraph


@dataclass(frozen=True)
class Traced:
    """A Word file's main part: its name, its bytes in UTF-8, its tree, and its text in stretches."""

    parts: Parts
    name: str
    data: bytes
    root: Node
    text: str
    stretches: tuple[Stretch, ...]

    @cached_property
    def parents(self) -> Mapping[int, Node]:
        """The parent of each element, by its identity."""
        found: dict[int, Node] = {}
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            found.update((id(child), node) for child in node.children)
            waiting += node.children
        return found

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first and the last stretch of ``text[start:end]``, or of the nearest one before it."""
        last = bisect_right(self.stretches, end - 1, key=lambda stretch: stretch.start) - 1
        first = bisect_right(self.stretches, start, key=lambda stretch: stretch.start) - 1
        first, last = max(first, 0), max(last, 0)
        return (first + 1 if self.stretches[first].end <= start and first < last else first), last


def trace(data: bytes, *, into_boxes: bool = False) -> Traced:
    """Read the Word file ``data``; ``ReadingError`` as for any that is read.

    Words of text boxes are from the paragraph that the box is anchored to, where Word allows comments; ``into_boxes``:
    from the box itself, where it allows changes.
    """
    parts = open_parts(data)
    name = parts.main()
    content = as_utf8(parts.content(name))
    root = parse(content, name, parts.budget)
    body = root.child("w:body")
    if body is None:
        raise ReadingError("this is no Word document: its main part has no body")
    lists = lists_in(parts, name)
    flow = _TracedFlow(lists, Findings(), Story(lists), Fields(owners_of(field_marks(body))))
    layout = Layout(flow)
    layout.read(body)
    text, found = put_together(all_lines(layout, _TracedFlow if into_boxes else Flow))
    stretches = tuple(
        Stretch(start, end, where.source, where[1:4]) for start, end, where in found if where.source and start < end
    )
    return Traced(parts, name, content, root, text, stretches)


def as_utf8(data: bytes) -> bytes:
    """The bytes of an XML part in UTF-8, whatever encoding it has."""
    mark = next((encoding for mark, encoding in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    declared = _DECLARED.match(data)
    named = (declared[2] or declared[3]).decode("ascii", "replace").lower() if declared else "utf-8"
    if mark is None and named in ("utf-8", "us-ascii"):
        return data
    plain = data.decode(mark or named).encode()
    again = _DECLARED.match(plain)
    return again[1] + plain[again.end() :] if again else plain


@dataclass(slots=True)
class _TracedFlow(Flow):
    """A flow that notes the source of all words."""

    node: Node = field(default_factory=lambda: Node("", {}))
    around: Node = field(default_factory=lambda: Node("", {}))

    def paragraph(self, node: Node) -> Line | None:
        """Read a paragraph: what it shows besides the words in it is from itself."""
        self.around = node
        self.where = self.where._replace(source=Source(node, node))
        return Flow.paragraph(self, node)

    def read(self, node: Node) -> None:
        """Read an element of a paragraph."""
        self.node = node
        Flow.read(self, node)

    def write(self, words: str) -> None:
        """Take words that the paragraph shows."""
        if self.aside is None and self.fields.shown == "text":
            around = self.fields.open[0].begin if self.fields.open else self._ending()
            where = self.where._replace(source=Source(self.node, self.around, around))
            self.places.append((self.length, where))
        Flow.write(self, words)

    def _ending(self) -> Node | None:
        """The field that shows words of its own as it ends."""
        return self.fields.owners.get(id(self.node)) if self.node.tag == "w:fldChar" else None
