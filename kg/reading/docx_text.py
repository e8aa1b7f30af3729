"""The words of paragraphs: what Word shows of their runs (ISO/IEC 29500-1 §17.3).

Tracked changes are read as if all were accepted. What is deleted, hidden, made by Word or placed beside the text is
kept apart and noted. Words come in lines, each with the places in the file that it has its words from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from yaodian.patterns import compiled
from yaodian.reading.docx_fields import Fields, owners_of, result_of
from yaodian.reading.docx_findings import SAMPLE_LENGTH, Findings, Kind, Mark, Tally
from yaodian.reading.docx_numbering import Lists, Story
from yaodian.reading.docx_symbols import symbol
from yaodian.reading.office_xml import PROPERTIES, Node, is_on

_INVISIBLE = compiled("[\u00ad\u200b-\u200d\u2060\ufeff]")
_CONTENTS_ENTRY = compiled(r"(?:\t|\.{2,}|…+|·{2,}|[ \u3000]{2,})\s*\d+\s*$")
_HEXADECIMAL = compiled("[0-9A-Fa-f]{1,6}")
_GONE = frozenset(("w:del", "w:moveFrom"))


class Source(NamedTuple):
    """The element that words are from, the paragraph that it is in, and the mark that begins the field around it."""

    node: Node
    paragraph: Node
    field: Node | None = None


class Where(NamedTuple):
    """A place in the file: a paragraph outside tables, or a cell, counted from 1; where it is traced, its source."""

    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    source: Source | None = None


@dataclass(slots=True)
class Line:
    """A paragraph's text, line breaks in it included, and what parts it from the line before.

    ``places`` are the offsets in it at which words from another place begin, the first at 0. ``start`` is its own
    offset, known once the text is put together.
    """

    text: str
    places: list[tuple[int, Where]]
    before: str = "\n"
    marks: list[Mark] = field(default_factory=list)
    start: int = 0

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)


def put_together(lines: Iterable[Line]) -> tuple[str, list[tuple[int, int, Where]]]:
    """The text of the lines, and the stretches of it with where they stand in the file."""
    pieces: list[str] = []
    stretches: list[tuple[int, int, Where]] = []
    length = 0
    for line in lines:
        before = line.before if pieces else ""
        pieces += (before, line.text)
        line.start = length + len(before)
        length = line.end
        for mark in line.marks:
            mark.at = line.start + min(mark.offset, len(line.text))
        ends = [*(offset for offset, _ in line.places[1:]), len(line.text)]
        for (begin, where), end in zip(line.places, ends, strict=True):
            stretches.append((line.start + begin, line.start + end, where))
    return "".join(pieces), stretches


@dataclass(slots=True)
class Box:
    """A text box, or the words of decorative lettering, and the place that it is anchored to."""

    content: Node | str
    where: Where


@dataclass(slots=True)
class Flow:
    """A text that runs on from paragraph to paragraph: the body of a document, its text boxes, a note.

    ``sink`` takes the words of the paragraph being read; words of what is ``aside`` are read, but not part of it.
    """

    lists: Lists
    findings: Findings
    numbers: Story
    fields: Fields
    where: Where = field(default_factory=Where)
    boxes: list[Box] = field(default_factory=list)
    sink: list[str] = field(default_factory=list)
    places: list[tuple[int, Where]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    length: int = 0
    shows: bool = False
    aside: Kind | None = None
    hidden_style: bool = False
    labelled: bool = False

    def paragraph(self, node: Node) -> Line | None:
        """Read a paragraph; None where it shows nothing, or runs on into the next one."""
        properties = node.child("w:pPr")
        style = (properties and properties.value("w:pStyle")) or self.lists.styles.default
        self.hidden_style = self.lists.styles.hidden(style)
        if self.aside is None:
            self.places.append((self.length, self.where))
        self.inline(node)
        listed = bool(self.contents)
        if listed:
            self._note("contents", "".join(self.contents))
            self.contents.clear()
        if properties is not None and self._runs_on(properties):
            self._label(properties, if_empty=False)
            return None
        if self.lists.styles.is_for_contents(style) and _CONTENTS_ENTRY.search("".join(self.sink)):
            self._note("contents", "".join(self.sink))
            self._take()
            return None
        breaks_only = listed or (properties is not None and properties.child("w:sectPr") is not None)
        self._label(properties, if_empty=not breaks_only)
        return self.rest()

    def rest(self) -> Line | None:
        """The words that no line has yet, as a line; None where there are none."""
        shows, (text, places) = self.shows, self._take()
        if not shows:
            return None
        shown = text.strip("\n")
        cut = len(text) - len(text.lstrip("\n"))
        if self.aside is not None:
            return Line(shown, [])
        marks, self.marks = self.marks, []
        for mark in marks:
            mark.offset = max(0, mark.offset - cut)
        if self.where.table is not None:
            shown = shown.replace("\t", " ")
        return Line(shown, list(_distinct(places, cut, len(shown))), marks=marks)

    def inline(self, node: Node) -> None:
        """Read what is in an element of a paragraph."""
        for child in node.children:
            self.read(child)

    def read(self, node: Node) -> None:
        """Read an element of a paragraph."""
        read = _READ.get(node.tag)
        if read is not None:
            read(self, node)
        elif node.children:
            self.inline(node)

    def put_aside(self, kind: Kind, read: Callable[[Node], None], node: Node) -> None:
        """Read an element that is no part of the text, and note its words; what is in it goes with it."""
        if self.aside is not None:
            read(node)
            return
        before = self.sink, self.length, self.shows
        self.sink, self.length, self.shows, self.aside = [], 0, False, kind
        read(node)
        words, shows = "".join(self.sink), self.shows
        self.sink, self.length, self.shows = before
        self.aside = None
        if shows or kind == "deleted":
            self._note(kind, words)

    def write(self, words: str) -> None:
        """Take words that the paragraph shows."""
        if self.aside is not None or self.fields.shown == "text":
            self.sink.append(words)
            self.length += len(words)
            self.shows = self.shows or not words.isspace()
        elif self.fields.shown == "contents":
            self.contents.append(words)

    def mark(self, tally: Tally) -> None:
        """Note this place as the first of its kind."""
        if tally.mark is None and self.aside is None:
            tally.mark = Mark(self.length)
            self.marks.append(tally.mark)

    def _note(self, kind: Kind, words: str) -> None:
        self.mark(self.findings.note(kind, words))

    def _take(self) -> tuple[str, list[tuple[int, Where]]]:
        """The words and places of the line being read; the next begins."""
        text, places = "".join(self.sink), self.places
        self.sink.clear()
        self.length, self.shows = 0, False
        if self.aside is None:
            self.places, self.labelled = [], False
        return text, places

    def _runs_on(self, properties: Node) -> bool:
        """Whether the next paragraph goes on where this ends: its mark is deleted or hidden, or it is an initial."""
        frame, mark = properties.child("w:framePr"), properties.child("w:rPr")
        if frame and frame.attributes.get("w:dropCap", "none") != "none":
            return True
        if mark is None:
            return self.hidden_style
        if any(node.tag in _GONE for node in mark.children):
            if self.aside is None:
                self._note("deleted", "")
            return True
        vanish = mark.child("w:vanish")
        return self.hidden_style if vanish is None else is_on(vanish)

    def _label(self, properties: Node | None, *, if_empty: bool) -> None:
        """Put the paragraph's automatic number before its words. An empty paragraph may have one alone."""
        if self.labelled or self.aside is not None or not (self.shows or if_empty):
            return
        label = self.numbers.label(properties)
        if label is None:
            return
        words = "".join(label) if self.shows else label[0].strip()
        self.sink.insert(0, words)
        self.length += len(words)
        self.labelled = self.shows = True
        self.places[1:] = [(offset + len(words), where) for offset, where in self.places[1:]]

    def _text(self, node: Node) -> None:
        text = node.text
        if node.attributes.get("xml:space") != "preserve" and node.tag == "w:t":
            text = text.strip(" \t\r\n")
        if not text.isalnum():
            text = _INVISIBLE.sub("", text.replace("\n", " ").replace("\r", " ").replace("\xa0", " "))
        if text:
            self.write(text)

    def _run(self, node: Node) -> None:
        if self._hides(node.children[0] if node.children else node):
            self.put_aside("hidden", self.inline, node)
        else:
            self.inline(node)

    def _hides(self, properties: Node) -> bool:
        """Whether a run is hidden: by its own word, or by one of its styles but not by both (§17.7.3)."""
        if properties.tag != "w:rPr" or not properties.children:
            return self.hidden_style
        direct = properties.child("w:vanish")
        if direct is not None:
            return is_on(direct)
        return self.lists.styles.hidden(properties.value("w:rStyle")) != self.hidden_style

    def _inserted(self, node: Node) -> None:
        pieces, begin = len(self.sink), self.length
        if self.aside is None:
            self.mark(self.findings.tallies.setdefault("inserted", Tally()))
        self.inline(node)
        if self.aside is None:
            first_words = "".join(self.sink[pieces : pieces + SAMPLE_LENGTH])
            self.findings.note("inserted", first_words, self.length - begin)

    def _deleted(self, node: Node) -> None:
        self.put_aside("deleted", self.inline, node)

    def _simple_field(self, node: Node) -> None:
        shown = result_of(node.attributes.get("w:instr", ""))
        if shown == "text":
            self.inline(node)
        elif shown == "contents":
            self.put_aside("contents", self.inline, node)

    def _field_mark(self, node: Node) -> None:
        words = self.fields.mark(node)
        if words:
            self.write(words)

    def _symbol(self, node: Node) -> None:
        code = node.attributes.get("w:char", "")
        if _HEXADECIMAL.fullmatch(code):
            self.write(symbol(int(code, 16), node.attributes.get("w:font", "")))

    def _fraction(self, node: Node) -> None:
        over, under = node.child("m:num"), node.child("m:den")
        for part, sign in ((over, "/"), (under, "")):
            if part is not None:
                self.inline(part)
                self.write(sign)

    def _alternative(self, node: Node) -> None:
        self.inline(branch(node))

    def _box(self, node: Node) -> None:
        if self.aside is None:
            content = node.attributes.get("string", "") if node.tag == "v:textpath" else node
            self.boxes.append(Box(content, self.where))

    def _reference(self, node: Node) -> None:
        if self.aside is None:
            self.mark(self.findings.tallies.setdefault(_REFERENCES[node.tag], Tally()))

    def _picture(self, _: Node) -> None:
        self.findings.note("pictures", "")


def is_invisible(character: str) -> bool:
    """Whether a character of the file is left out of the text: it shows nothing."""
    return _INVISIBLE.match(character) is not None


def branch(node: Node) -> Node:
    """The one of the forms of something (``mc:AlternateContent``) that is read: the first that has text in it."""
    forms = [child for child in node.children if child.tag in ("mc:Choice", "mc:Fallback")]
    return next((form for form in forms if form.worded), forms[0] if forms else node)


def flow_over(
    node: Node, lists: Lists, findings: Findings, numbers: Story | None = None, kind: type[Flow] = Flow
) -> Flow:
    """A flow of text that begins with what is in an element."""
    return kind(lists, findings, numbers or Story(lists), Fields(owners_of(field_marks(node))))


def field_marks(node: Node) -> Iterator[Node]:
    """The marks of fields in an element, in the order of reading."""
    return (mark for mark in _walk(node) if mark.tag == "w:fldChar")


def _walk(node: Node) -> Iterator[Node]:
    """All that reading will meet, in the same order: one of alternatives, no text boxes."""
    stack = node.children[::-1]
    while stack:
        node = stack.pop()
        if node.tag == "mc:AlternateContent":
            node = branch(node)
        elif node.tag in _UNSEEN or node.tag == "w:txbxContent":
            continue
        yield node
        stack.extend(reversed(node.children))


def _distinct(places: list[tuple[int, Where]], cut: int, length: int) -> Iterator[tuple[int, Where]]:
    """The places that a line has words from, each with the offset at which they begin."""
    begins = [min(max(0, offset - cut), length) for offset, _ in places]
    ends = [*begins[1:], length]
    for begin, end, (_, where) in zip(begins, ends, places, strict=True):
        if begin < end:
            yield begin, where


_UNSEEN = PROPERTIES | {"w:rt", "w:rubyPr", "w:fldData", "w:ffData"}
_REFERENCES: dict[str, Kind] = {
    "w:commentReference": "comments",
    "w:commentRangeStart": "comments",
    "w:footnoteReference": "notes",
    "w:endnoteReference": "notes",
}
_READ: dict[str, Callable[[Flow, Node], None]] = {
    "w:t": Flow._text,
    "m:t": Flow._text,
    "w:r": Flow._run,
    "w:ins": Flow._inserted,
    "w:moveTo": Flow._inserted,
    "w:del": Flow._deleted,
    "w:moveFrom": Flow._deleted,
    "w:delText": lambda flow, node: flow.write(node.text) if flow.aside else None,
    "w:tab": lambda flow, node: flow.write("\t"),
    "w:ptab": lambda flow, node: flow.write("\t"),
    "w:br": lambda flow, node: flow.write("\n"),
    "w:cr": lambda flow, node: flow.write("\n"),
    "w:noBreakHyphen": lambda flow, node: flow.write("-"),
    "w:sym": Flow._symbol,
    "w:fldChar": Flow._field_mark,
    "w:instrText": lambda flow, node: flow.fields.code(node.text),
    "w:fldSimple": Flow._simple_field,
    "m:f": Flow._fraction,
    "mc:AlternateContent": Flow._alternative,
    "w:txbxContent": Flow._box,
    "v:textpath": Flow._box,
    "a:blip": Flow._picture,
    "v:imagedata": Flow._picture,
    **dict.fromkeys(_REFERENCES, Flow._reference),
    **dict.fromkeys(_UNSEEN, lambda flow, node: None),
}
