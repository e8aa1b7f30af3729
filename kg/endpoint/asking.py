"""Questions to a SPARQL server, by the SPARQL 1.1 Protocol (query via POST)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from yaodian.corpus.guarding import refuse_non_query
from yaodian.corpus.prefixes import prefixes
from yaodian.corpus.writing import write_answer, write_triples
from yaodian.endpoint.http import Connection
from yaodian.endpoint.server import EndpointError

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, Triple

_FORM = re.compile(
    r"(?:\s+|#[^\n\r]*|(?:PREFIX\s+[^\s:]*:|BASE)\s*<[^>]*>)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE | re.ASCII,
)
_PREFIXED = re.compile(r"(?<![\w:])(\w+):")
_UNBOUND = re.compile(r"\bVALUES\s*[?$]\w+\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
_RESULTS, _GRAPH = "application/sparql-results+json", "application/n-triples"


def ask(connection: Connection, text: str, form: str) -> tuple[str, bytes]:
    """What kind of answer it is (rows, triples, boolean), and its bytes in that format.

    ``QueryError`` where the query is none, or is no mere question; ``EndpointError`` where the server does not answer.
    """
    refuse_non_query(text)
    match = _FORM.match(text)
    kind = match[1].upper() if match else "SELECT"
    accepted = _RESULTS if kind in ("SELECT", "ASK") else _GRAPH
    content = connection.ask(portable(text), accepted)
    if accepted == _GRAPH:
        return "triples", write_triples(_triples(connection, content), form)
    return write_answer(_results(connection, content, is_boolean=kind == "ASK"), form)


def portable(text: str) -> str:
    """The query for any engine: its prefixes declared, and without slots that nothing was put into.

    A ``VALUES ?name { UNDEF }`` says nothing, and some engines make something of it.
    """
    text = _UNBOUND.sub("", text)
    declared = set(re.findall(r"PREFIX\s+([^\s:]*):", text, re.IGNORECASE))
    used = set(_PREFIXED.findall(text)) - declared
    lines = (f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in prefixes().items() if prefix in used)
    return "\n".join([*lines, text])


def _results(connection: Connection, content: bytes, *, is_boolean: bool) -> QuerySolutions | QueryBoolean:
    import pyoxigraph as ox

    try:
        results = ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
        if is_boolean and isinstance(results, ox.QuerySolutions):
            # Virtuoso answers ASK with a row that has 1 or 0 in it.
            said = any(str(getattr(value, "value", "")) in ("1", "true") for row in results for value in row)
            return ox.parse_query_results(json.dumps({"head": {}, "boolean": said}), ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise _not_understood(connection, error) from error
    return results


def _triples(connection: Connection, content: bytes) -> Iterator[Triple]:
    import pyoxigraph as ox

    try:
        yield from (quad.triple for quad in ox.parse(content, ox.RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError) as error:
        raise _not_understood(connection, error) from error


def _not_understood(connection: Connection, error: Exception) -> EndpointError:
    return EndpointError(f"{connection.server.query}: the answer is not what SPARQL servers give: {error}")
