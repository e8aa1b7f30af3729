"""A corpus as a network for Gephi and its kin: GraphML and GEXF 1.2, by networkx.

Unlike the other forms it is held in memory, as those who open it have to. Which things and relations it has is told in
``ontology/lexicons/exports.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import networkx as nx

from yaodian.exports.blocks import Contents
from yaodian.exports.formats import Wish
from yaodian.exports.rows import View, Vocabulary, expand, plain
from yaodian.ontology import lexicon
from yaodian.xmltext import xml_characters

_CLOCK = re.compile(r' lastmodifieddate="[^"]*"')
_NUMBERS = ("year", "value")


def network(contents: Contents, wish: Wish) -> nx.DiGraph[str]:
    """The nodes by IRI with ``kind`` and ``label`` and what else is known, the edges with ``kind``."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    vocabulary = Vocabulary(contents)
    edges = [(edge, frozenset(map(expand, edge["of"]))) for edge in lexicon("exports")["edge"]]
    for row in wish.watched(contents.rows):
        view = View(row.plan, contents.file(row), vocabulary.said)
        for edge, classes in edges:
            for subject in view.of_class(classes):
                _add_node(graph, view, subject, edge["from"])
                for end in view.follow(subject, "", edge["path"]):
                    if isinstance(end, str):
                        _add_node(graph, view, end, edge["to"])
                        graph.add_edge(subject, end, kind=edge["name"])
    return graph


def _add_node(graph: nx.DiGraph[str], view: View, iri: str, kind: str) -> None:
    if iri in graph:
        return
    told: dict[str, Any] = {"kind": kind, "label": iri.rpartition("/")[2]}
    for name, path in lexicon("exports")["node"][kind].items():
        found = view.follow(iri, "", path)
        if found:
            value = xml_characters(plain(found[0]))
            told[name] = float(value) if name in _NUMBERS else value
    graph.add_node(iri, **told)


def graphml(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """GraphML."""
    yield b'<?xml version="1.0" encoding="utf-8"?>\n'
    yield from (f"{line}\n".encode() for line in nx.generate_graphml(network(contents, wish)))


def gexf(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """GEXF 1.2, without the day on which it was written."""
    yield b'<?xml version="1.0" encoding="utf-8"?>\n'
    lines = nx.generate_gexf(network(contents, wish), version="1.2draft")
    yield from (f"{_CLOCK.sub('', line)}\n".encode() for line in lines)
