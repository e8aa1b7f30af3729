"""What a corpus has put on a server, told there in a graph of its own (in the words of SPARQL 1.1 Service Description).

That is how the next push knows what is the same and what has to go, from whichever machine it comes; and how corpora
on one server leave each other's graphs alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from yaodian.endpoint.http import Connection
from yaodian.endpoint.results import bindings
from yaodian.rdf import names
from yaodian.rdf.iris import ID
from yaodian.rdf.serialise import literal
from yaodian.rdf.terms import Literal, integer

RECORDS = f"{ID}graph/pushed/"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_TRIPLES = "http://rdfs.org/ns/void#triples"
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Pushed:
    """A graph on the server: which state of it was sent (empty: it may not be whole), and how many statements."""

    state: str
    triples: int


def read_record(connection: Connection, record: str) -> dict[str, Pushed]:
    """What the record tells, by graph; nothing where there is none."""
    rows = bindings(
        connection,
        f"""SELECT ?graph ?state ?triples WHERE {{ GRAPH <{record}> {{
          ?entry <{_SD}name> ?graph ; <{names.IDENTIFIER}> ?state ; <{_TRIPLES}> ?triples }} }}""",
    )
    return {row["graph"]: Pushed(row["state"], int(row["triples"])) for row in rows}


def written_record(record: str, pushed: Mapping[str, Pushed]) -> Iterator[str]:
    """The record as N-Triples, a statement each."""
    yield f"<{record}> <{names.TYPE}> <{_SD}GraphCollection> ."
    for graph, state in sorted(pushed.items()):
        entry = f"<{record}/{hashlib.sha256(graph.encode()).hexdigest()[:16]}>"
        yield f"<{record}> <{_SD}namedGraph> {entry} ."
        yield f"{entry} <{_SD}name> <{graph}> ."
        yield f"{entry} <{names.IDENTIFIER}> {literal(Literal(state.state))} ."
        yield f"{entry} <{_TRIPLES}> {literal(integer(state.triples))} ."


def graphs_of_others(connection: Connection, record: str) -> set[str]:
    """The graphs that other corpora put on the server."""
    rows = bindings(
        connection,
        f"""SELECT DISTINCT ?graph WHERE {{ GRAPH ?record {{ ?entry <{_SD}name> ?graph }}
          FILTER(STRSTARTS(STR(?record), "{RECORDS}") && ?record != <{record}>) }}""",
    )
    return {row["graph"] for row in rows}


def counts(connection: Connection, graphs: Iterable[str]) -> dict[str, int]:
    """How many statements the server has in each of these graphs."""
    wanted = sorted(graphs)
    found = dict.fromkeys(wanted, 0)
    for start in range(0, len(wanted), _AT_ONCE):
        values = " ".join(f"<{graph}>" for graph in wanted[start : start + _AT_ONCE])
        query = f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        found.update((row["g"], int(row["n"])) for row in bindings(connection, query))
    return found
