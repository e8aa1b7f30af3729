"""Where the document lies on a page: a descent into the element that holds the prose.

Chinese prose shows in its sentence punctuation: navigation, lists of links and footers have next to none. From the
root on, the element that holds nearly all of it is entered, until its parts are paragraphs of one document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from yaodian.patterns import compiled
from yaodian.reading.html_layout import Element, Layout
from yaodian.reading.html_survey import tags

LARGEST_REST = 0.05
"""The share of the prose that may stay outside the element entered."""
LINK_SHARE = 0.3
"""From this share of linked characters on, text is a list of links."""
TITLE_LINES = 15
"""How many lines above the prose the title is looked for."""
SHORTEST_TITLE = 6
SHORTEST_SENTENCE = 15
"""The characters from which on a line with one punctuation mark is a sentence."""

_MARK = compiled(r"[。；！？，]|(?<=[\u4e00-\u9fff”》）)%])[,;!?](?!\d)")
_CONTAINERS = tags(
    "html body div section article main center form fieldset table tbody tr td th ul ol li dl dd font span details"
    " blockquote"
)
_PARAGRAPHS = tags("p h1 h2 h3 h4 h5 h6 pre")
_FURNITURE_TAGS = tags("footer nav aside header menu")
_FURNITURE_NAMES = compiled(
    r"foot|copyright|(?:^|[-_\s])nav|navbar|crumb|sidebar|share|related|recommend|banner|menu|search|friendlink"
)
_TITLE_NAMES = compiled(r"title|(?:^|[-_\s])(?:bt|tit|biaoti)")


def prose(text: str) -> int:
    """How many punctuation marks of sentences ``text`` has."""
    return sum(1 for _ in _marks(text))


def has_prose(text: str) -> bool:
    """Whether ``text`` has a sentence."""
    return next(_marks(text), None) is not None


def find_main(layout: Layout, title: str | None, cells: Sequence[int] = ()) -> tuple[int, int] | None:
    """The document's range, from its title line on; None where there is no prose.

    ``cells`` are where the cells of tables that list work begin: each counts as a sentence does.
    """
    if not layout.elements:
        return None
    measure = _Measure(layout, cells)
    if not measure.marks(0, len(layout.text)):
        return None
    element = _descend(layout.elements, measure)
    heading = _heading(layout, element.start, title)
    return (element.start if heading is None else min(heading[0], element.start)), element.end


class _Measure:
    """Counts of prose marks and of linked characters, for any range at once."""

    def __init__(self, layout: Layout, cells: Sequence[int]) -> None:
        links = [(e.start, e.end) for e in layout.elements if e.tag == "a" and e.start < e.end]
        self._linked = linked = bytearray(len(layout.text))
        for start, end in links:
            linked[start:end] = b"\x01" * (end - start)
        self._text = layout.text
        self._marks = sorted(offset for offset in (*_marks(layout.text), *cells) if not linked[offset])

    def marks(self, start: int, end: int) -> int:
        return bisect_left(self._marks, end) - bisect_left(self._marks, start)

    def repeated(self, element: Element, other: Element) -> int:
        """The marks of those lines of an element that stand in another one, too."""
        there = set(self._text[other.start : other.end].split("\n"))
        lines = re.finditer(r"[^\n]+", self._text[element.start : element.end])
        return sum(
            self.marks(element.start + line.start(), element.start + line.end()) for line in lines if line[0] in there
        )

    def is_linked(self, start: int, end: int) -> bool:
        return self._linked.count(1, start, end) >= LINK_SHARE * (end - start)


def _marks(text: str) -> Iterator[int]:
    """The offsets of sentence punctuation in lines that are sentences, not labels or slogans."""
    found: list[int] = []
    start = end = 0
    for match in _MARK.finditer(text):
        at = match.start()
        if at >= end:
            if len(found) > 1 or (found and end - start >= SHORTEST_SENTENCE):
                yield from found
            found = []
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
        found.append(at)
    if len(found) > 1 or (found and end - start >= SHORTEST_SENTENCE):
        yield from found


def _descend(elements: Sequence[Element], measure: _Measure) -> Element:
    children = defaultdict[int, list[int]](list)
    for index, element in enumerate(elements):
        children[element.parent].append(index)
    here = 0
    while (below := _entered(elements, children[here], here, measure)) is not None:
        here = below
    return elements[here]


def _entered(elements: Sequence[Element], children: Sequence[int], here: int, measure: _Measure) -> int | None:
    """The child that holds the document; None where the children are its parts."""
    if not children:
        return None
    best = max(children, key=lambda i: measure.marks(elements[i].start, elements[i].end))
    whole, chosen = elements[here], elements[best]
    inside = measure.marks(chosen.start, chosen.end)
    if not inside or not (chosen.tag in _CONTAINERS or "-" in chosen.tag or chosen.tag.startswith("ucap")):
        return None
    others = [elements[i] for i in children if i != best]
    if any(_is_paragraph(e, measure) for e in others):
        return None
    furniture = sum(measure.marks(e.start, e.end) for e in others if _is_furniture(e, measure))
    rest = measure.marks(whole.start, whole.end) - inside - furniture
    if rest > LARGEST_REST * (inside + rest):
        # A page may have its text twice, for wide and for narrow screens.
        rest -= sum(measure.repeated(e, chosen) for e in others if not _is_furniture(e, measure))
    return best if rest <= LARGEST_REST * (inside + rest) else None


def _is_paragraph(element: Element, measure: _Measure) -> bool:
    return element.tag in _PARAGRAPHS and measure.marks(element.start, element.end) > 1


def _is_furniture(element: Element, measure: _Measure) -> bool:
    named = element.tag in _FURNITURE_TAGS or _FURNITURE_NAMES.search(element.names) is not None
    return named or measure.is_linked(element.start, element.end)


def _heading(layout: Layout, start: int, title: str | None) -> tuple[int, int] | None:
    """The line of the title: in or just above the document, a heading or what the page states as its title."""
    text = layout.text
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    first = next((i for i, (_, end) in enumerate(lines) if end > start), len(lines))
    near = lines[max(0, first - TITLE_LINES) : first + 3]
    wanted = "".join((title or "").split())
    stated = [line for line in near if _states(wanted, text[slice(*line)])]
    heads = [e for e in layout.elements if e.start <= start and e.end > e.start and _is_heading(e)]
    headed = [line for line in near if line[0] <= start and _is_headed(heads, line)]
    found = [line for line in stated if line[0] >= start] or stated[-1:] or headed[-1:]
    return found[0] if found else None


def _states(title: str, line: str) -> bool:
    """Whether a line is in the title, which is given without its spaces."""
    bare = "".join(line.split())
    return len(bare) >= SHORTEST_TITLE and bare in title


def _is_heading(element: Element) -> bool:
    return element.tag in ("h1", "h2", "h3") or (bool(element.names) and _TITLE_NAMES.search(element.names) is not None)


def _is_headed(heads: Sequence[Element], line: tuple[int, int]) -> bool:
    start, end = line
    return end - start >= SHORTEST_TITLE and any(e.start == start and e.end <= end for e in heads)
