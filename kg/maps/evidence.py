"""The sentences that nodes rest on: cut out of the documents' texts, each with its line and column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from yaodian.maps import queries
from yaodian.maps.graph import Spot
from yaodian.model import Document, Span
from yaodian.sentences import sentence_around
from yaodian.source import GraphSource, select

LONGEST_SENTENCE, LONGEST_THING = 360, 900
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document, and where in it (``start``, ``end``) the thing stands; ``line:column`` is its place."""

    document: str
    line: int
    column: int
    words: str
    start: int
    end: int
    cut: bool


def quotes(source: GraphSource, graph: nx.DiGraph[str]) -> dict[Spot, Quote]:
    """The sentence around each spot of the graph's nodes."""
    spots: dict[str, list[Spot]] = defaultdict(list)
    for node in sorted(graph):
        for spot in graph.nodes[node]["spots"]:
            spots[spot.text].append(spot)
    texts, found = sorted(spots), dict[Spot, Quote]()
    for start in range(0, len(texts), _BATCH):
        for text, document in _documents(source, texts[start : start + _BATCH]):
            found.update((spot, quote(document, spot.start, spot.end)) for spot in spots[text])
    return found


def _documents(source: GraphSource, texts: Iterable[str]) -> Iterator[tuple[str, Document]]:
    pattern = queries.TEXTS.format(texts=" ".join(f"<{text}>" for text in texts))
    for row in select(source, pattern):
        words, name = row["words"], row.get("file", "")
        body = Span(0, len(words), words)
        yield row["text"], Document(name, name, "", "text/plain", "utf-8", words, body)


def quote(document: Document, start: int, end: int) -> Quote:
    """The sentence that holds ``start`` up to the one that holds ``end``, cut where it grows too long."""
    first, last = sentence_around(document.text, start, end)
    shown_from = max(first, start - LONGEST_SENTENCE // 3)
    shown_to = min(last, max(shown_from + LONGEST_SENTENCE, min(end, start + LONGEST_THING)))
    place, words = document.place(start), document.text[shown_from:shown_to]
    return Quote(
        document.name, place.line, place.column, words,
        start - shown_from, min(end, shown_to) - shown_from, shown_to < last,
    )  # fmt: skip
