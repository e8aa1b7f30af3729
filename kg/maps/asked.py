"""A map of what a query finds: the triples of a CONSTRUCT, or the rows of a SELECT ?s ?p ?o."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from yaodian.errors import QueryError
from yaodian.maps.graph import add_node
from yaodian.ontology import lexicon

if TYPE_CHECKING:
    from yaodian.corpus.answers import Answer

_IRI = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_NAMING = ("prefLabel", "title", "label", "name")


class Statement(NamedTuple):
    """A subject, a predicate and an object, and whether the object is a thing rather than a value."""

    subject: str
    predicate: str
    object: str
    is_thing: bool


def graph_of(answer: Answer, whole: nx.DiGraph[str]) -> nx.DiGraph[str]:
    """The things that the answer relates. What ``whole`` has is shown as it is there; values become facts.

    ``QueryError`` where the query is of another form, or found nothing.
    """
    statements = list(_statements(answer))
    if not statements:
        raise QueryError("the query finds nothing to draw")
    graph: nx.DiGraph[str] = nx.DiGraph()
    for said in statements:
        for thing in (said.subject, said.object) if said.is_thing else (said.subject,):
            if thing not in graph:
                _take(graph, whole, thing)
        _say(graph, whole, said)
    return graph


def _statements(answer: Answer) -> Iterator[Statement]:
    from yaodian.corpus.answers import Rows, Triples

    if isinstance(answer, Triples):
        yield from map(_of_triple, answer)
    elif isinstance(answer, Rows) and {"s", "p", "o"} <= set(answer.variables):
        yield from _of_rows(answer)
    else:
        raise QueryError("a map is drawn of a CONSTRUCT, or of a SELECT with the variables ?s ?p ?o")


def _of_triple(triple: Any) -> Statement:
    import pyoxigraph as ox

    subject, predicate, thing = (str(getattr(term, "value", term)) for term in triple)
    return Statement(subject, predicate, thing, not isinstance(triple.object, ox.Literal))


def _of_rows(rows: Iterable[Mapping[str, object]]) -> Iterator[Statement]:
    """Rows without one of the three say nothing; a value that reads as an IRI is one."""
    for row in rows:
        values = [row[name] for name in ("s", "p", "o")]
        if None not in values:
            subject, predicate, thing = map(str, values)
            yield Statement(subject, predicate, thing, bool(_IRI.fullmatch(thing)))


def _take(graph: nx.DiGraph[str], whole: nx.DiGraph[str], thing: str) -> None:
    if thing in whole:
        graph.add_node(thing, **whole.nodes[thing])
    else:
        add_node(graph, thing, "thing", _tail(thing), years=())


def _say(graph: nx.DiGraph[str], whole: nx.DiGraph[str], said: Statement) -> None:
    node, name = graph.nodes[said.subject], _tail(said.predicate)
    if said.is_thing:
        _relate(graph, said, name)
    elif node["kind"] == "thing" and name in _NAMING:
        node["label"] = node["title"] = said.object
    elif (name, said.object) not in node["facts"] and said.subject not in whole:
        node["facts"] += ((name, said.object),)


def _relate(graph: nx.DiGraph[str], said: Statement, name: str) -> None:
    known = lexicon("pages")["map"]["relations"]
    ends = said.subject, said.object
    if not graph.has_edge(*ends):
        graph.add_edge(*ends, relation=name if name in known else "related", actions=(), years=())
    if name not in graph.edges[ends]["actions"]:
        graph.edges[ends]["actions"] += (name,)


def _tail(iri: str) -> str:
    return re.split(r"[/#]", iri.rstrip("/#"))[-1] or iri
