"""Rows of an answer as plain strings, for our own questions to a server."""

from __future__ import annotations

import json

from yaodian.endpoint.http import Connection
from yaodian.endpoint.server import EndpointError

_JSON = "application/sparql-results+json"


def bindings(connection: Connection, query: str) -> list[dict[str, str]]:
    """The rows of a SELECT; ``EndpointError`` where the server gives something else."""
    url = connection.server.query
    content = connection.ask(query, _JSON)
    try:
        rows = json.loads(content)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        raise EndpointError(f"{url}: this is not the query service of a SPARQL server") from error
