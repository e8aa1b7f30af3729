"""Relationship maps: cities – plans – items – themes – policies – targets, as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaodian.corpus.answers import Answer
    from yaodian.maps.selection import Selection
    from yaodian.source import GraphSource


def write(corpus: GraphSource, path: Path, *, lang: str = "zh") -> None:
    """Write the map of a corpus to ``path``, opening in that language."""
    draw(corpus, path, lang=lang)


def draw(
    corpus: GraphSource,
    path: Path,
    selection: Selection | None = None,
    *,
    lang: str = "zh",
    view: str = "corpus",
    answer: Answer | None = None,
) -> int:
    """Write the map of a corpus, or of a view of a selection of it, to ``path``; the number of nodes drawn.

    ``answer`` is what a query found: that is drawn instead. ``QueryError`` where there is nothing to draw.
    """
    from yaodian.pages import write_whole

    text, nodes = drawn(corpus, selection, lang=lang, view=view, answer=answer)
    write_whole(path, [text])
    return nodes


def drawn(
    corpus: GraphSource,
    selection: Selection | None = None,
    *,
    lang: str = "zh",
    view: str = "corpus",
    answer: Answer | None = None,
) -> tuple[str, int]:
    """The map's page as text, and the number of nodes drawn; see :func:`draw`."""
    from yaodian.maps.asked import graph_of
    from yaodian.maps.condense import condense
    from yaodian.maps.evidence import quotes
    from yaodian.maps.graph import read
    from yaodian.maps.render import page
    from yaodian.maps.selection import Selection, narrow, only
    from yaodian.maps.views import VIEWS, Subject

    whole = read(corpus)
    wanted = selection or Selection()
    if answer is None:
        seen = VIEWS[view].draw(Subject(corpus, whole, narrow(whole, wanted)))
    else:
        seen = graph_of(answer, whole)
    graph = only(seen, wanted.kinds)
    small = condense(graph)
    text = page(
        small,
        quotes(corpus, graph),
        lang=lang,
        view=view if answer is None else "query",
        layout=VIEWS[view].layout,
    )
    return text, len(small.graph)
