"""Changes to the words of a Word file as tracked changes (ISO/IEC 29500-1 §17.13.5): each can be accepted or rejected.

A change is made only where its words are the file's own. What Word makes itself (the number of a list, the result of a
field) or keeps elsewhere would come back as it was, or differ from what it is made of: see ``Obstacle``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from yaodian.reading.docx_text import branch
from yaodian.reading.office_xml import Node
from yaodian.word.anchoring import WRAPPERS, raw_offset, shown_text
from yaodian.word.comments import STRICT_WORD, WORD, Prefix, prefix_in
from yaodian.word.editing import Edit, edited, end_of, printed_name, source_of, start_tag
from yaodian.word.package import rewritten
from yaodian.word.tracing import Stretch, Traced
from yaodian.xmltext import xml_text

Obstacle = Literal["made", "field", "moved", "bound", "twofold", "layout"]
"""Why words cannot be changed: Word makes them (an automatic number), they are a field's result, they were moved in a
tracked change, they are bound to data elsewhere in the file, the file holds a text box twice and not alike, or what
changes is more than words (paragraphs, tabs, signs)."""

_IDENTITY = re.compile(rb""":id\s*=\s*["'](\d{1,9})["']""")
_OWN_IDENTITY = re.compile(rb"""(:id\s*=\s*["'])\d*(?=["'])""")
_INSERTED = "w:ins"


@dataclass(frozen=True, slots=True)
class Change:
    """``text[start:end]`` is to become ``replacement``."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Reviser:
    """Who makes changes, and when (``xsd:dateTime``); without a date the same draft gives the same file."""

    name: str
    date: str | None = None


@dataclass(slots=True)
class _Cut:
    """What happens in a text element from one of its characters to another: they go, and words come after them."""

    begin: int
    end: int
    new: str = ""


@dataclass
class Revisions:
    """The changes that a traced file's words can take."""

    traced: Traced
    _twins: dict[int, dict[int, list[Node]] | None] = field(default_factory=dict)

    def obstacle(self, change: Change) -> Obstacle | None:
        """Why a change cannot be made; None where it can."""
        found = self._cuts(change)
        return found if isinstance(found, str) else None

    def made(self, changes: Sequence[Change], by: Reviser) -> bytes:
        """The file with the changes, which do not overlap, as tracked changes; all else as it was, to the byte.

        Raises ``ValueError`` where there is an obstacle to one of them.
        """
        cuts: dict[int, tuple[Node, list[_Cut]]] = {}
        for change in sorted(changes, key=lambda change: (change.start, change.end)):
            found = self._cuts(change)
            if isinstance(found, str):
                raise ValueError(f"{change}: {found}")
            for node, cut in found:
                for each in (node, *self._copies(node)):
                    cuts.setdefault(id(each), (each, []))[1].append(_Cut(cut.begin, cut.end, cut.new))
        writer = _Writer(self.traced, by)
        new = edited(self.traced.data, [writer.parted(node, own) for node, own in cuts.values()])
        parts = self.traced.parts
        return rewritten(parts, {parts.members[self.traced.name.lower()].filename: new})

    def _cuts(self, change: Change) -> list[tuple[Node, _Cut]] | Obstacle:
        """The text elements that a change concerns, and what happens in each; or why nothing can."""
        if any(mark in change.replacement for mark in "\n\r\t"):
            return "layout"
        if change.start == change.end:
            return self._insertion(change)
        cuts: list[tuple[Node, _Cut]] = []
        at = change.start
        for stretch in self._stretches(change.start, change.end):
            if stretch.start > at:
                return "layout"
            if (obstacle := self._hindered(stretch)) is not None:
                return obstacle
            end = min(change.end, stretch.end)
            node = stretch.source.node
            begin_raw, end_raw = (raw_offset(node, offset - stretch.start) for offset in (at, end))
            cuts.append((node, _Cut(begin_raw, end_raw)))
            at = end
        if at < change.end or self._paragraphs(change) > 1:
            return "layout"
        cuts[-1][1].new = change.replacement
        return cuts

    def _insertion(self, change: Change) -> list[tuple[Node, _Cut]] | Obstacle:
        """New words belong to those before them, or where these are no words of the paragraph, to those after."""
        obstacle: Obstacle = "layout"
        for begin in (change.start - 1, change.start):
            for stretch in self._stretches(max(begin, 0), begin + 1):
                found = self._hindered(stretch)
                if found is None:
                    at = raw_offset(stretch.source.node, change.start - stretch.start)
                    return [(stretch.source.node, _Cut(at, at, change.replacement))]
                obstacle = found
        return obstacle

    def _stretches(self, start: int, end: int) -> list[Stretch]:
        """The stretches that hold characters of ``text[start:end]``."""
        if not self.traced.stretches:
            return []
        first, last = self.traced.covering(start, end)
        return [each for each in self.traced.stretches[first : last + 1] if each.start < end and start < each.end]

    def _paragraphs(self, change: Change) -> int:
        return len({id(each.source.paragraph) for each in self._stretches(change.start, change.end)})

    def _hindered(self, stretch: Stretch) -> Obstacle | None:
        if stretch.is_made:
            return "made"
        if stretch.source.field is not None:
            return "field"
        node, paragraph = stretch.source.node, stretch.source.paragraph
        if node.tag != "w:t":
            return "layout"
        return self._around_run(node, paragraph) or self._around_paragraph(node)

    def _around_run(self, node: Node, paragraph: Node) -> Obstacle | None:
        """Whether a run of words stands where tracked changes can stand beside it."""
        run = self.traced.parents[id(node)]
        if run.tag != "w:r":
            return "layout"
        around, parent = list[Node](), self.traced.parents.get(id(run))
        while parent is not None and parent is not paragraph:
            around.append(parent)
            parent = self.traced.parents.get(id(parent))
        tags = [each.tag for each in around]
        if "w:moveTo" in tags:
            return "moved"
        if "w:fldSimple" in tags:
            return "field"
        return None if WRAPPERS.issuperset(tags) and _INSERTED not in tags[1:] else "layout"

    def _around_paragraph(self, node: Node) -> Obstacle | None:
        alternatives = list[Node]()
        parent = self.traced.parents.get(id(node))
        while parent is not None:
            properties = parent.child("w:sdtPr") if parent.tag == "w:sdt" else None
            if properties is not None and properties.child("w:dataBinding"):
                return "bound"
            if parent.tag == "mc:AlternateContent":
                alternatives.append(parent)
            parent = self.traced.parents.get(id(parent))
        if not alternatives:
            return None
        return None if len(alternatives) == 1 and self._alike(alternatives[0]) is not None else "twofold"

    def _copies(self, node: Node) -> list[Node]:
        """The same words in the other forms of a text box that the file holds."""
        parent: Node | None = node
        while parent is not None and parent.tag != "mc:AlternateContent":
            parent = self.traced.parents.get(id(parent))
        return (self._alike(parent) or {}).get(id(node), []) if parent is not None else []

    def _alike(self, alternatives: Node) -> dict[int, list[Node]] | None:
        """The copies of each text element of the form that is read; None where another form has other words."""
        if id(alternatives) not in self._twins:
            self._twins[id(alternatives)] = _copies_in(alternatives)
        return self._twins[id(alternatives)]


def _copies_in(alternatives: Node) -> dict[int, list[Node]] | None:
    read = branch(alternatives)
    own = list(_texts(read))
    others = [list(_texts(form)) for form in alternatives.children if form is not read and form.worded]
    if any([shown_text(each) for each in other] != [shown_text(each) for each in own] for other in others):
        return None
    return {id(node): [other[n] for other in others] for n, node in enumerate(own)}


def _texts(node: Node) -> Iterator[Node]:
    """The text elements in an element that are in runs, in the order of the file."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.tag == "w:t":
            yield each
        waiting += reversed(each.children)


@dataclass
class _Writer:
    """How tracked changes are written in a part."""

    traced: Traced
    by: Reviser

    def __post_init__(self) -> None:
        data = self.traced.data
        root = start_tag(data, self.traced.root).decode("utf-8", "replace")
        self.mark: Prefix = prefix_in(root, STRICT_WORD if STRICT_WORD in root else WORD)
        self.next = max(map(int, _IDENTITY.findall(data)), default=-1) + 1

    def parted(self, node: Node, cuts: Sequence[_Cut]) -> Edit:
        """A text element in pieces: what stays, and between, in runs that look the same, what goes and what comes."""
        data, run = self.traced.data, self.traced.parents[id(node)]
        content = [child for child in run.children if child.tag != "w:rPr"]
        text, name = shown_text(node), printed_name(data, node)
        kept, at = [], 0
        for cut in cuts:
            kept.append(text[at : cut.begin])
            at = cut.end
        before, after = bool(kept[0]) or content[0] is not node, bool(text[at:]) or content[-1] is not node
        pieces: list[bytes] = []
        for number, (words, cut) in enumerate(zip(kept, cuts, strict=True)):
            opens = number > 0
            if words:
                pieces += (self._opened(run) if opens else b"", _text(name, words))
            if words or (number == 0 and before):
                pieces.append(_closing(data, run))
            pieces += self._change(run, text[cut.begin : cut.end], cut.new)
        if after:
            pieces += (self._opened(run), _text(name, text[at:]) if text[at:] else b"")
        begin = node.begin if before else run.begin
        end = end_of(data, node) if after else end_of(data, run)
        return Edit(begin, end, b"".join(pieces))

    def _change(self, run: Node, gone: str, new: str) -> Iterator[bytes]:
        if gone:
            yield self._tracked("del", self._run(run, "delText", gone))
        if not new:
            return
        inserted = self._tracked("ins", self._run(run, "t", new))
        around = self.traced.parents[id(run)]
        # Words that somebody else inserted stay theirs: their insertion ends before ours, and goes on after it.
        theirs = around if around.tag == _INSERTED else None
        yield _closing(self.traced.data, theirs) if theirs else b""
        yield inserted
        yield self._anew(theirs) if theirs else b""

    def _tracked(self, tag: str, inside: bytes) -> bytes:
        dated = {"date": self.by.date} if self.by.date else {}
        element = self.mark.element(tag, "\0", id=self._identity(), author=self.by.name, **dated)
        return element.encode().replace(b"\0", inside)

    def _run(self, run: Node, tag: str, words: str) -> bytes:
        element = f'{self.mark.name}:{tag}{self.mark.declaration} xml:space="preserve"'
        written = f"<{element}>{xml_text(words)}</{self.mark.name}:{tag}>"
        return self._opened(run) + written.encode() + _closing(self.traced.data, run)

    def _opened(self, run: Node) -> bytes:
        """What begins a run that looks the same."""
        properties = run.child("w:rPr")
        looks = source_of(self.traced.data, properties) if properties is not None else b""
        return start_tag(self.traced.data, run) + looks

    def _anew(self, node: Node) -> bytes:
        identity = str(self._identity()).encode()
        return _OWN_IDENTITY.sub(lambda match: match[1] + identity, start_tag(self.traced.data, node))

    def _identity(self) -> int:
        self.next += 1
        return self.next - 1


def _closing(data: bytes, node: Node) -> bytes:
    return b"</" + printed_name(data, node) + b">"


def _text(name: bytes, words: str) -> bytes:
    return b"<" + name + b' xml:space="preserve">' + xml_text(words).encode() + b"</" + name + b">"
