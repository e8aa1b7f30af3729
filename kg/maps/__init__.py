"""Relationship maps: cities – plans – items – themes – policies – targets, as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaodian.maps.selection import Selection
    from yaodian.source import GraphSource


def write(corpus: GraphSource, path: Path, *, lang: str = "zh") -> None:
    """Write the map of a corpus to ``path``, opening in that language."""
    draw(corpus, path, lang=lang)


def draw(corpus: GraphSource, path: Path, selection: Selection | None = None, *, lang: str = "zh") -> int:
    """Write the map of a corpus, or of a selection of it, to ``path``; the number of nodes drawn."""
    from yaodian.maps.condense import condense
    from yaodian.maps.evidence import quotes
    from yaodian.maps.graph import read
    from yaodian.maps.render import page
    from yaodian.maps.selection import narrow
    from yaodian.pages import write_whole

    whole = read(corpus)
    graph, steps = condense(narrow(whole, selection) if selection else whole)
    write_whole(path, [page(graph, quotes(corpus, graph), lang=lang, condensed=steps)])
    return len(graph)
