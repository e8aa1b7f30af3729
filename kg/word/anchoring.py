"""Ranges of a Word file's text marked in its XML (ISO/IEC 29500-1 §17.13.4): where comments begin and end.

A run of text is split where a range begins or ends in it; both halves look as before. What cannot be split (a field, a
formula, a drawing) lies within the range as a whole. The number of a list is no text: a range on it marks the first
character of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from yaodian.reading.docx_text import field_marks, is_invisible
from yaodian.reading.office_xml import Node
from yaodian.word.editing import Edit, end_of, is_one_tag, opened, printed_name, source_of, start_tag
from yaodian.word.tracing import Stretch, Traced
from yaodian.xmltext import xml_text

WRAPPERS = frozenset(
    f"w:{name}" for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo")
)
"""The elements around runs in which a range may begin and end."""
_SPACE = re.compile(rb"""\s+xml:space\s*=\s*(?:"[^"]*"|'[^']*')""")


@dataclass(frozen=True, slots=True)
class Range:
    """``text[start:end]``, and what stands in the XML where it begins and where it ends."""

    start: int
    end: int
    opening: bytes
    closing: bytes


@dataclass(slots=True)
class _Marks:
    """What is to stand at one place: ranges end before others begin. ``whole`` begin and end here."""

    closing: list[bytes] = field(default_factory=list)
    whole: list[bytes] = field(default_factory=list)
    opening: list[bytes] = field(default_factory=list)

    @property
    def all(self) -> bytes:
        return b"".join((*self.closing, *self.whole, *self.opening))


@dataclass(frozen=True, slots=True, order=True)
class _Point:
    """A place: a byte of the part, and the run to split there, and within which text after how many characters."""

    byte: int
    run: Node | None = field(default=None, compare=False)
    text: Node | None = field(default=None, compare=False)
    characters: int = 0


def marked(traced: Traced, ranges: Sequence[Range]) -> list[Edit]:
    """The edits of the main part that mark the ranges. Ranges that reach over the end of a cell end with it."""
    anchors = _Anchors(traced)
    marks: dict[_Point, _Marks] = {}
    for one in ranges:
        begin, end = anchors.points(one.start, one.end)
        if begin == end:
            marks.setdefault(begin, _Marks()).whole.append(one.opening + one.closing)
        else:
            marks.setdefault(begin, _Marks()).opening.append(one.opening)
            marks.setdefault(end, _Marks()).closing.append(one.closing)
    return list(_edits(traced.data, marks))


@dataclass
class _Anchors:
    """The places in a traced file at which ranges may begin and end."""

    traced: Traced

    @cached_property
    def field_ends(self) -> Mapping[int, Node]:
        """The mark that ends each field, by the identity of the one that begins it."""
        ends: dict[int, Node] = {}
        open: list[Node] = []
        for mark in field_marks(self.traced.root):
            kind = mark.attributes.get("w:fldCharType")
            if kind == "begin":
                open.append(mark)
            elif kind == "end" and open:
                ends[id(open.pop())] = mark
        return ends

    @cached_property
    def first_words(self) -> Mapping[int, Stretch]:
        """The first stretch of each paragraph that has words of its own, by the paragraph's identity."""
        found: dict[int, Stretch] = {}
        for stretch in self.traced.stretches:
            if not stretch.is_made:
                found.setdefault(id(stretch.source.paragraph), stretch)
        return found

    def points(self, start: int, end: int) -> tuple[_Point, _Point]:
        """Where the range ``text[start:end]`` begins and ends."""
        stretches = self.traced.stretches
        first, last = self.traced.covering(start, end)
        while last > first and stretches[last].cell != stretches[first].cell:
            last -= 1
        begins, ends = stretches[first], stretches[last]
        before = self._top(begins) if begins.is_made else self._before(begins, max(0, start - begins.start))
        after = self._end(ends, end)
        # The words of a text box are read after those of the body, and stand before them in the file.
        return before, after if after >= before else self._end(begins, end)

    def _end(self, stretch: Stretch, end: int) -> _Point:
        """Where a range ends whose last character is in the stretch."""
        if not stretch.is_made:
            return self._after(stretch, min(end, stretch.end) - stretch.start)
        words = self.first_words.get(id(stretch.source.paragraph))
        return self._after(words, 1) if words else self._top(stretch)

    def _top(self, stretch: Stretch) -> _Point:
        """The beginning of a paragraph, after its properties."""
        paragraph, data = stretch.source.paragraph, self.traced.data
        properties = paragraph.child("w:pPr")
        if properties is not None:
            return _Point(end_of(data, properties))
        if is_one_tag(data, paragraph):
            return _Point(end_of(data, paragraph) - 2, None, paragraph)
        return _Point(paragraph.begin + len(start_tag(data, paragraph)))

    def _before(self, stretch: Stretch, offset: int) -> _Point:
        inside = self._inside(stretch, offset)
        return inside or _Point(self._unit(stretch, at_end=False).begin)

    def _after(self, stretch: Stretch, offset: int) -> _Point:
        inside = self._inside(stretch, offset)
        return inside or _Point(end_of(self.traced.data, self._unit(stretch, at_end=True)))

    def _unit(self, stretch: Stretch, *, at_end: bool) -> Node:
        """What lies in the paragraph, or in a wrapper there, and holds the stretch, or one end of the field around."""
        source = stretch.source
        if source.field is None or not self._field_is_within(source.field, source.paragraph):
            return self._below(source.node, source.paragraph)
        return self._below(self.field_ends[id(source.field)] if at_end else source.field, source.paragraph)

    def _field_is_within(self, begin: Node, paragraph: Node) -> bool:
        end = self.field_ends.get(id(begin))
        return end is not None and all(self._holds(paragraph, mark) for mark in (begin, end))

    def _holds(self, outer: Node, node: Node) -> bool:
        return outer is node or (id(node) in self.traced.parents and self._holds(outer, self.traced.parents[id(node)]))

    def _below(self, node: Node, paragraph: Node) -> Node:
        """The outermost element around the node that is no wrapper, within its paragraph."""
        path = [node]
        while path[-1] is not paragraph and id(path[-1]) in self.traced.parents:
            path.append(self.traced.parents[id(path[-1])])
        inner = path[-2::-1] or [node]
        return next((each for each in inner if each.tag not in WRAPPERS), node)

    def _inside(self, stretch: Stretch, offset: int) -> _Point | None:
        """A place within the run that holds the stretch; None where it is at the run's edge, or the run stays whole."""
        source = stretch.source
        run, data = self._below(source.node, source.paragraph), self.traced.data
        if run.tag != "w:r" or source.field is not None or not any(child is source.node for child in run.children):
            return None
        raw = raw_offset(source.node, offset)
        if source.node.tag == "w:t" and 0 < raw < len(shown_text(source.node)):
            return _Point(source.node.begin, run, source.node, raw)
        content = [child for child in run.children if child.tag != "w:rPr"]
        at = next(n for n, child in enumerate(content) if child is source.node) + (offset > 0)
        if at == 0:
            return _Point(run.begin)
        return _Point(content[at].begin, run) if at < len(content) else _Point(end_of(data, run))


def shown_text(node: Node) -> str:
    """The characters of a text element that count: white space around them counts only where it says so."""
    return node.text if node.attributes.get("xml:space") == "preserve" else node.text.strip(" \t\r\n")


def raw_offset(node: Node, offset: int) -> int:
    """The offset in a text element's characters of an offset in what is shown of them."""
    text, seen = shown_text(node), 0
    for at, character in enumerate(text):
        if seen == offset:
            return at
        seen += not is_invisible(character)
    return len(text)


def _edits(data: bytes, marks: Mapping[_Point, _Marks]) -> Iterator[Edit]:
    texts: dict[int, list[_Point]] = {}
    for point in marks:
        if point.text is not None and point.run is None:
            yield opened(data, point.text, marks[point].all)
        elif point.text is not None:
            texts.setdefault(point.byte, []).append(point)
        else:
            split = _split(data, point.run) if point.run is not None else (b"", b"")
            yield Edit(point.byte, point.byte, split[0] + marks[point].all + split[1])
    for points in texts.values():
        yield _parted(data, sorted(points, key=lambda point: point.characters), marks)


def _split(data: bytes, run: Node) -> tuple[bytes, bytes]:
    """What ends a run, and what begins one that looks the same."""
    properties = run.child("w:rPr")
    looks = source_of(data, properties) if properties is not None else b""
    return b"</" + printed_name(data, run) + b">", start_tag(data, run) + looks


def _parted(data: bytes, points: Sequence[_Point], marks: Mapping[_Point, _Marks]) -> Edit:
    """A text element in several, each but the first in a run of its own, with the marks between them."""
    node, run = points[0].text, points[0].run
    assert node is not None and run is not None
    name, text = printed_name(data, node), shown_text(node)
    tag = _SPACE.sub(b"", start_tag(data, node))[:-1] + b' xml:space="preserve">'
    ends, begins = _split(data, run)
    pieces: list[bytes] = []
    at = 0
    for point in points:
        pieces += (tag, xml_text(text[at : point.characters]).encode(), b"</", name, b">")
        pieces += (ends, marks[point].all, begins)
        at = point.characters
    pieces += (tag, xml_text(text[at:]).encode(), b"</", name, b">")
    return Edit(node.begin, end_of(data, node), b"".join(pieces))
