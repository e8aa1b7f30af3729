"""A small SPARQL 1.1 server for tests: Query, Update and Graph Store over HTTP on loopback, with an engine behind it."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pyoxigraph as ox


@dataclass
class SparqlServer:
    """What the server holds, does, and was asked: ``requests`` has method and path of each.

    ``failures`` are statuses for the next requests, with ``failing`` as what it says then; ``basic`` is the user and
    password that it wants, and without ``has_graph_store`` that service is absent. A ``delay`` comes before each
    answer, ``lost`` of each load is not kept. Where it ``hangs_up``, connections end without an answer.
    """

    store: ox.Store = field(default_factory=ox.Store)
    failures: list[int] = field(default_factory=list)
    failing: bytes = b"not now"
    hangs_up: bool = False
    basic: tuple[str, str] | None = None
    has_graph_store: bool = True
    delay: float = 0.0
    loses: bool = False
    requests: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""

    @property
    def changes(self) -> list[tuple[str, str]]:
        """The requests that change something."""
        return [(method, path) for method, path in self.requests if path != "/query"]

    def graphs(self) -> set[str]:
        """The graphs that it holds."""
        return {str(getattr(graph, "value", graph)) for graph in self.store.named_graphs()}

    def size(self, graph: str) -> int:
        """The statements in a graph."""
        return sum(1 for _ in self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))


@contextmanager
def serving(server: SparqlServer) -> Iterator[SparqlServer]:
    """The server at work, at its ``url``."""

    class Handler(_Handler):
        said = server

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_port}"
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield server
        finally:
            http.shutdown()


class _Handler(BaseHTTPRequestHandler):
    said: SparqlServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

    def do_PUT(self) -> None:
        self._answer()

    do_POST = do_DELETE = do_PUT

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        address = urlsplit(self.path)
        said = self.said
        said.requests.append((self.command, address.path))
        time.sleep(said.delay)
        if said.hangs_up:
            self.close_connection = True
        elif said.failures:
            self._say(said.failures.pop(0), said.failing)
        elif said.basic and self.headers.get("Authorization") != _basic(*said.basic):
            self._say(401, b"who?", ("WWW-Authenticate", 'Basic realm="plans"'))
        elif address.path == "/query":
            self._query(_form(body)["query"])
        elif address.path == "/update":
            said.store.update(_form(body)["update"])
            self._say(204)
        elif address.path == "/store" and said.has_graph_store:
            self._store(parse_qs(address.query)["graph"][0], body)
        else:
            self._say(404, b"no such service")

    def _query(self, text: str) -> None:
        result = self.said.store.query(text, use_default_graph_as_union=True)
        if isinstance(result, ox.QueryTriples):
            self._say(200, ox.serialize(result, format=ox.RdfFormat.N_TRIPLES) or b"")
        else:
            self._say(200, result.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    def _store(self, graph: str, body: bytes) -> None:
        name = ox.NamedNode(graph)
        if self.command == "DELETE" and not self.said.store.contains_named_graph(name):
            self._say(404)
            return
        if self.command != "POST":
            self.said.store.remove_graph(name)
        if self.command != "DELETE":
            lines = body.splitlines(keepends=True)
            self.said.store.load(b"".join(lines[:-1] if self.said.loses else lines), ox.RdfFormat.TURTLE, to_graph=name)
        self._say(204)

    def _say(self, status: int, content: bytes = b"", *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if status != 204:
            self.wfile.write(content)


def _basic(user: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def _form(body: bytes) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in body.decode().split("&"))
    return {unquote_plus(name): unquote_plus(value) for name, _, value in pairs}
