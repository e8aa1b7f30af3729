"""Running heads, running feet and page numbers: what stands at the edge of the pages and is no part of the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.pdf.lines import Line

MOST_LINES = 3
"""How many lines from either edge of a page may be furniture."""
SAME_HEIGHT = 6.0
"""The points by which a running head may move from page to page."""
FEWEST_PAGES = 2
SHARE_OF_PAGES = 0.3
"""The share of the pages on which a line stands that is a running head: those of even pages stand on every other."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the upper or lower edge of a page: its rank from there, and its words with all numbers alike."""

    line: Line
    rank: int
    upper: bool
    words: str


def furniture_of(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Those of the pages' lines that are furniture, page by page."""
    edges = [list(_edges(lines)) for lines in pages]
    known = _repeated(edges) | _counting(edges)
    found: list[Line] = []
    for at_edges in edges:
        for upper in (True, False):
            for edge in (edge for edge in at_edges if edge.upper is upper):
                if edge.line not in known and not _is_page_number(edge.line.text):
                    break
                found.append(edge.line)
    return list(dict.fromkeys(found))


def _edges(lines: Sequence[Line]) -> Iterator[_Edge]:
    """The outermost lines of a page, from its edges inwards."""
    number = min(MOST_LINES, len(lines))
    for rank in range(number):
        yield _Edge(lines[rank], rank, True, _alike(lines[rank].text))
    for rank in range(number):
        yield _Edge(lines[-1 - rank], rank, False, _alike(lines[-1 - rank].text))


def _alike(text: str) -> str:
    return re.sub(r"\d+|\s+", lambda match: "#" if match[0].strip() else "", text)


def _repeated(edges: Sequence[Sequence[_Edge]]) -> set[Line]:
    """The lines that stand on several pages with the same words, at the same height and in the same size."""
    groups: defaultdict[tuple[bool, str, int], list[_Edge]] = defaultdict(list)
    for edge in (edge for page in edges for edge in page):
        groups[edge.upper, edge.words, round(edge.line.size)].append(edge)
    needed = max(FEWEST_PAGES, SHARE_OF_PAGES * len(edges))
    found: set[Line] = set()
    for group in groups.values():
        heights: defaultdict[int, set[int]] = defaultdict(set)
        for edge in group:
            height = int(edge.line.y / SAME_HEIGHT)
            for near in (height - 1, height, height + 1):
                heights[near].add(edge.line.page)
        found |= {edge.line for edge in group if len(heights[int(edge.line.y / SAME_HEIGHT)]) >= needed}
    return found


def _counting(edges: Sequence[Sequence[_Edge]]) -> set[Line]:
    """The bare numbers that count on from page to page; on a single page the 1 at its foot."""
    pages: defaultdict[int, set[int]] = defaultdict(set)
    numbers: list[tuple[Line, int]] = []
    for edge in (edge for page in edges for edge in page):
        if re.fullmatch(r"\d{1,4}", text := edge.line.text.strip()):
            numbers.append((edge.line, int(text) - edge.line.page))
            pages[numbers[-1][1]].add(edge.line.page)
    alone = len(edges) == 1
    return {line for line, offset in numbers if len(pages[offset]) >= FEWEST_PAGES or (alone and offset == 0)}


@cache
def _page_number() -> re.Pattern[str]:
    return compiled("|".join(f"(?:{pattern})" for pattern in lexicon("furniture")["page_numbers"]))


def _is_page_number(text: str) -> bool:
    return _page_number().fullmatch(re.sub(r"\s+", " ", text.strip())) is not None
