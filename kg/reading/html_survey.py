"""What laying out a cell or a list needs to know of its contents beforehand: one walk over the outermost tells all.

Looking into each of them when it is met would cost the square of the depth on pages with thousands of nested tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yaodian.patterns import compiled

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NUMBERED = compiled(r"\s*[（(]?[\d一二三四五六七八九十]+[)）.．、]")
_LONGEST_NUMBER = 16


def tags(names: str) -> frozenset[str]:
    """A set of tag names, written with spaces between them."""
    return frozenset(names.split())


BLOCKS = tags(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody"
    " tfoot thead tr ul"
)
CELLS = frozenset({"td", "th", "dd"})


@dataclass(slots=True)
class Survey:
    """The cells that hold one line of text at most, and the list items that a browser's number makes clearer."""

    flat_cells: set[int] = field(default_factory=set)
    plain_items: set[int] = field(default_factory=set)

    def look_into(self, root: LexborNode) -> None:
        """Walk over a cell or a list, and all that is in it, once."""
        walk = _Walk()
        for node, tag, (first, links) in _left(root, walk):
            if tag in CELLS and walk.is_flat(first):
                self.flat_cells.add(node.mem_id)
            elif tag == "li" and links == walk.links and not walk.is_numbered(first):
                self.plain_items.add(node.mem_id)

    def is_flat(self, node: LexborNode) -> bool:
        """Whether a cell holds one line of text at most, whatever paragraphs are wrapped around it."""
        return node.mem_id in self.flat_cells

    def is_plain(self, node: LexborNode) -> bool:
        """Whether a list item has neither a link in it nor a number of its own."""
        return node.mem_id in self.plain_items


@dataclass(slots=True)
class _Walk:
    """The texts met so far, each with how many of them begin a line, and how many links."""

    texts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=lambda: [0])
    links: int = 0
    broken: bool = True

    def text(self, text: str) -> None:
        if text.strip():
            self.texts.append(text)
            self.lines.append(self.lines[-1] + self.broken)
            self.broken = False

    def enter(self, tag: str) -> tuple[int, int]:
        self.broken = self.broken or tag == "br" or tag in BLOCKS or tag in CELLS
        self.links += tag == "a"
        return len(self.texts), self.links

    def is_flat(self, first: int) -> bool:
        """Whether none of the texts from the first on but itself begins a line."""
        return len(self.texts) - first < 2 or self.lines[-1] == self.lines[first + 1]

    def is_numbered(self, first: int) -> bool:
        return _NUMBERED.match("".join(self.texts[first : first + _LONGEST_NUMBER])) is not None


def _left(root: LexborNode, walk: _Walk) -> Iterator[tuple[LexborNode, str, tuple[int, int]]]:
    """Each element when all in it has been walked over, with the texts and links that were met before it."""
    stack: list[tuple[LexborNode, str, tuple[int, int] | None]] = [(root, root.tag or "-", None)]
    while stack:
        node, tag, before = stack.pop()
        if before is not None:
            yield node, tag, before
        elif tag == "-text":
            walk.text(node.text(deep=False))
        else:
            stack.append((node, tag, walk.enter(tag)))
            stack.extend((child, child.tag or "-", None) for child in reversed(list(node.iter(include_text=True))))
