"""A page's elements laid out as lines of text, each element with the range it covers.

White space follows CSS Text 3 §4.1: runs collapse to one space, and a line break between two wide characters
(hand-wrapped Chinese source) vanishes. No-break spaces become spaces; invisible characters are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from yaodian.patterns import compiled
from yaodian.reading import limits
from yaodian.reading.html_lists import Numbering, numbering
from yaodian.reading.html_survey import BLOCKS, CELLS, Survey, tags

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

UNSEEN = tags(
    "applet audio canvas datalist embed head iframe math noframes noscript object rp rt rtc script select style svg"
    " template title video"
)

STRUCK = tags("del s strike")
_BREAKING = (BLOCKS - CELLS) | {"br"}

TINY = 4
"""The pixels up to which what scrolls past shows nothing."""

_HIDING_STYLE = compiled(
    r"display:none|visibility:(?:hidden|collapse)|(?:font-size|opacity):0+(?:\.0+)?(?:px|pt|em|%)?(?:;|!|$)"
    r"|(?:text-indent|left|top|right|margin-left|margin-top):-\d{3,}"
    r"|(?:height|width):[01](?:px)?;.*overflow:hidden|overflow:hidden;.*(?:height|width):[01](?:px)?(?:;|$)"
)
_SPACE = compiled(r"[ \t\n\r\f]+")
_INVISIBLE = compiled("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ODD = compiled("[ \t\n\r\f\xa0\u00ad\u200b-\u200d\u2060\ufeff]")
_WIDE = compiled("[\u2018-\u201d\u2026\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")

# Separators, the stronger wins: a line break inside Chinese, a space, a cell's tab, a line's end.
_NONE, _SOFT, _GAP, _TAB, _LINE = range(5)


class Element(NamedTuple):
    """An element: its range, the index of its parent (-1 for the root), how many rows and columns a cell covers.

    An element that shows no text has an empty range.
    """

    tag: str
    names: str
    start: int
    end: int
    parent: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """The page's visible text, its elements in document order, what was hidden and what was struck out."""

    text: str
    elements: tuple[Element, ...]
    hidden_length: int = 0
    hidden_sample: str = ""
    struck: str = ""


@dataclass(slots=True)
class _Lines:
    """Text being written: a separator waits until text follows it."""

    parts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    length: int = 0
    rank: int = _NONE
    gap: str = ""
    held: bool = False
    """Whether what was written last is a number that the words of its item follow, whatever blocks they stand in."""

    def separate(self, rank: int, gap: str = "") -> None:
        if self.held:
            return
        if rank > self.rank:
            self.rank = rank
        if gap and len(gap) > len(self.gap):
            self.gap = gap

    def part(self) -> None:
        """Make a line break of the source that waits a space: links stand apart from the words before them."""
        if self.rank == _SOFT:
            self.rank = _GAP

    def write(self, text: str) -> None:
        core = text.strip()
        if core == text:
            if core:
                self._put(core)
            return
        self._space(text[: text.index(core[0])] if core else text)
        if core:
            self._put(core)
            self._space(text[len(text.rstrip()) :])

    def _space(self, space: str) -> None:
        if space:
            self.separate(_SOFT if space == "\n" else _GAP, space.replace("\n", " "))

    def _put(self, core: str) -> None:
        separator = self._separator(core)
        self.parts.append(separator + core)
        self.starts.append(self.length + len(separator))
        self.length += len(separator) + len(core)
        self.stops.append(self.length)
        self.rank, self.gap, self.held = _NONE, "", False

    def _separator(self, following: str) -> str:
        if not self.parts:
            return ""
        if self.rank == _SOFT:
            return "" if _WIDE.match(self.parts[-1][-1]) and _WIDE.match(following) else " "
        return ("", "", self.gap, "\t", "\n")[self.rank]


@dataclass(slots=True)
class _Page:
    """The page being laid out: its lines, the elements met, and how deep in what kind of element we are."""

    hidden_too: bool
    survey: Survey
    numbering: Numbering
    lines: _Lines = field(default_factory=_Lines)
    elements: list[tuple[str, str, int, int]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    merged: dict[int, tuple[int, int]] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)
    flat: int = 0
    preformatted: int = 0
    surveyed: int = 0
    struck: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Begin an element; False where nothing of it is seen."""
        if tag in UNSEEN or not tag[0].isalpha():
            return False
        names = ""
        if attributes := node.attributes:
            if self._hides(node, tag, attributes):
                return False
            if "class" in attributes or "id" in attributes:
                names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
            if tag in ("td", "th"):
                self.merged[len(self.elements)] = _count(attributes.get("rowspan")), _count(attributes.get("colspan"))
        if tag in STRUCK:
            self.struck.append(_words(node))
            return False
        self.elements.append((tag, names, len(self.lines.parts), self.open[-1] if self.open else -1))
        self.open.append(len(self.ends))
        self.ends.append(-1)
        if tag == "a":
            self.lines.part()
        self._begin(node, tag)
        return True

    def leave(self, tag: str) -> None:
        """End the element entered last."""
        self.ends[self.open.pop()] = len(self.lines.parts)
        if self.flat:
            self.flat -= 1
        if self.preformatted:
            self.preformatted -= 1
        if self.surveyed:
            self.surveyed -= 1
        if tag == "li":
            self.lines.held = False
        if tag in BLOCKS and tag != "dt":
            self._break()

    def text(self, text: str) -> None:
        """Take a text node."""
        if not self.preformatted:
            self.lines.write(_collapsed(text))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break()
            self.lines.write(_INVISIBLE.sub("", line).replace("\xa0", " "))

    def layout(self) -> Layout:
        """What was laid out."""
        sample, struck = (" ".join(" ".join(words).split()) for words in (self.hidden, self.struck))
        elements = tuple([self._element(i) for i in range(len(self.elements))])
        return Layout("".join(self.lines.parts), elements, sum(map(len, self.hidden)), sample[:40], struck)

    def _element(self, index: int) -> Element:
        tag, names, first, parent = self.elements[index]
        last = self.ends[index]
        rows, columns = self.merged.get(index, (1, 1))
        if first == last:
            return Element(tag, names, 0, 0, parent, rows, columns)
        return Element(tag, names, self.lines.starts[first], self.lines.stops[last - 1], parent, rows, columns)

    def _hides(self, node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> bool:
        if self.hidden_too or tag in ("html", "body") or not is_hidden(tag, attributes):
            return False
        self.hidden.append(_words(node))
        return True

    def _begin(self, node: LexborNode, tag: str) -> None:
        if tag in _BREAKING:
            self._break()
        elif tag in CELLS:
            self.lines.separate(_TAB if _has_cell_before(node) else _LINE)
        # Depth counts from the first such element on: each element inside adds one, each end takes one.
        if self.surveyed or tag in CELLS or tag == "ol":
            if not self.surveyed:
                self.survey.look_into(node)
            self.surveyed += 1
        if self.flat or (tag in CELLS and self.survey.is_flat(node)):
            self.flat += 1
        if self.preformatted or tag == "pre":
            self.preformatted += 1
        if tag == "li":
            self._number(node)

    def _break(self) -> None:
        self.lines.separate(_GAP if self.flat else _LINE, " " if self.flat else "")

    def _number(self, item: LexborNode) -> None:
        """Write the number that a browser prints before an item of an ordered list of sentences."""
        label = self.numbering.label(item)
        if label and self.survey.is_plain(item):
            self.lines.write(label)
            self.lines.held = True


def lay_out(root: LexborNode | None, *, hidden_too: bool = False) -> Layout:
    """The text under ``root`` as lines; ``hidden_too`` also takes what the page hides."""
    page = _Page(hidden_too, Survey(), numbering(root))
    # No recursion: pages nest deeper than Python's goes.
    entered: list[tuple[str, LexborNode]] = []
    node = root
    while node is not None:
        tag = node.tag or "-"
        if tag == "-text":
            page.text(node.text_content or "")
        elif page.enter(node, tag):
            entered.append((tag, node))
            below = node.child
            if below is not None:
                node = below
                continue
            page.leave(entered.pop()[0])
        node = _after(node, entered, page)
    return page.layout()


def _after(node: LexborNode, entered: list[tuple[str, LexborNode]], page: _Page) -> LexborNode | None:
    """The node that comes after all of this one; elements that end before it are left."""
    while entered:
        following = node.next
        if following is not None:
            return following
        tag, node = entered.pop()
        page.leave(tag)
    return None


def _count(attribute: str | None) -> int:
    """How many rows or columns a cell says that it covers; more than a real table has are not believed."""
    return min(int(attribute), limits.TABLE_MOST_MERGED) or 1 if (attribute or "").isdecimal() and attribute else 1


def _collapsed(text: str) -> str:
    if not _ODD.search(text):
        return text
    return _SPACE.sub(_gap, _INVISIBLE.sub("", text)).replace("\xa0", " ")


def _gap(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    if "\n" not in match.group():
        return " "
    if start == 0 or end == len(text):
        return "\n"
    return "" if _WIDE.match(text[start - 1]) and _WIDE.match(text[end]) else " "


def is_hidden(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an element hides what is in it by its own attributes."""
    if "hidden" in attributes or (tag == "marquee" and is_tiny(attributes)):
        return True
    style = attributes.get("style")
    return style is not None and _HIDING_STYLE.search("".join(style.split()).lower()) is not None


def is_tiny(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element is said to be hardly more than a point wide or high."""
    sides = (attributes.get("width") or "", attributes.get("height") or "")
    return any(side.isdecimal() and int(side) <= TINY for side in sides)


def _words(node: LexborNode) -> str:
    texts = (n for n in node.traverse(include_text=True) if n.tag == "-text")
    return " ".join(" ".join(t.text(deep=False).split()) for t in texts if t.parent and t.parent.tag not in UNSEEN)


def _has_cell_before(node: LexborNode) -> bool:
    before = node.prev
    while before is not None and before.tag not in CELLS and before.tag != "dt":
        before = before.prev
    return before is not None
