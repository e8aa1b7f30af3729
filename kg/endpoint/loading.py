"""Graphs put on a server: by the SPARQL 1.1 Graph Store HTTP Protocol, or by SPARQL 1.1 Update.

Both take what they get as a set of statements: sending the same again changes nothing, so a request may be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from yaodian.endpoint.http import Connection, Refused
from yaodian.rdf import names

_BATCH_BYTES = 4_000_000
_BATCH_STATEMENTS = 500
_ABSENT = 404
_NO_GRAPH_STORE = (400, 404, 405, 415, 501)
# Virtuoso goes by how a body begins, not by its Content-Type, and knows no N-Triples that begin with a long text.
_TURTLE = f"@prefix yd: <{names.YD}> .\n"


class Loader(Protocol):
    """What can change graphs. Statements are lines of N-Triples without line ends."""

    def put(self, graph: str, statements: Iterable[str]) -> None:
        """Make the graph exactly these statements."""

    def add(self, graph: str, statements: Iterable[str]) -> None:
        """Add the statements to the graph."""

    def drop(self, graph: str) -> None:
        """Remove the graph, if it is there."""


class GraphStore:
    """The Graph Store HTTP Protocol, graphs named indirectly (section 4.2)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, graph: str, statements: Iterable[str]) -> None:
        """PUT, and POST for what does not fit into one request."""
        for number, batch in enumerate(_batches(statements, _BATCH_BYTES)):
            self._send("POST" if number else "PUT", graph, batch)

    def add(self, graph: str, statements: Iterable[str]) -> None:
        """POST."""
        for batch in _batches(statements, _BATCH_BYTES):
            self._send("POST", graph, batch)

    def drop(self, graph: str) -> None:
        """DELETE; a graph that is not there is gone already."""
        try:
            self._connection.send("DELETE", self._connection.server.graph_store, params={"graph": graph})
        except Refused as refusal:
            if refusal.status != _ABSENT:
                raise

    def _send(self, method: str, graph: str, batch: list[str]) -> None:
        body = "".join([_TURTLE, *(f"{statement}\n" for statement in batch)]).encode()
        headers = {"Content-Type": "text/turtle"}
        url = self._connection.server.graph_store
        self._connection.send(method, url, params={"graph": graph}, data=body, headers=headers)


class Updates:
    """SPARQL 1.1 Update, small batches: some servers compile each of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, graph: str, statements: Iterable[str]) -> None:
        """DROP, then INSERT DATA."""
        self.drop(graph)
        self.add(graph, statements)

    def add(self, graph: str, statements: Iterable[str]) -> None:
        """INSERT DATA."""
        for batch in _batches(statements, _BATCH_BYTES, _BATCH_STATEMENTS):
            self._update(f"INSERT DATA {{ GRAPH <{graph}> {{\n" + "\n".join(batch) + "\n} }")

    def drop(self, graph: str) -> None:
        """DROP SILENT."""
        self._update(f"DROP SILENT GRAPH <{graph}>")

    def _update(self, text: str) -> None:
        self._connection.send("POST", self._connection.server.update, data={"update": text})


def loader(connection: Connection, protocol: str, probe: str) -> Loader:
    """What loads by that protocol: ``graph-store``, ``update``, or ``auto``.

    With ``auto`` it is the Graph Store protocol where the server lets the graph ``probe``, which nobody uses, be
    removed by it.
    """
    if protocol == "update":
        return Updates(connection)
    store = GraphStore(connection)
    if protocol == "auto":
        try:
            _put_and_drop(store, probe)
        except Refused as refusal:
            if refusal.status not in _NO_GRAPH_STORE:
                raise
            return Updates(connection)
    return store


def _put_and_drop(store: GraphStore, probe: str) -> None:
    store.put(probe, [f'<{probe}> <http://purl.org/dc/terms/title> "probe" .'])
    store.drop(probe)


def _batches(statements: Iterable[str], most_bytes: int, most: int | None = None) -> Iterator[list[str]]:
    """The statements in portions, one at least."""
    batch: list[str] = []
    size = 0
    sent = False
    for statement in statements:
        length = len(statement.encode())
        if batch and (size + length > most_bytes or len(batch) == most):
            yield batch
            batch, size, sent = [], 0, True
        batch.append(statement)
        size += length
    if batch or not sent:
        yield batch
