"""SPARQL 1.1 Protocol § 2: what a request asks. Updates (§ 2.2) are known, and refused."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from yaodian.errors import YaodianError

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_FIELDS = 200


class RequestError(YaodianError):
    """A request that cannot be answered; ``status`` is HTTP's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """The parts of an HTTP request that the protocol is about."""

    method: str
    query_string: bytes
    content_type: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Operation:
    """A query operation; without a query it asks for the service description."""

    query: str | None
    default: tuple[str, ...]
    named: tuple[str, ...]
    format: str | None


def operation(request: Request) -> Operation:
    """What the request asks; ``RequestError`` for what is no query operation."""
    fields = fields_of(request.query_string)
    direct = None
    if request.method == "POST":
        direct = _of_body(request, fields)
    if any(name == "update" for name, _ in fields):
        raise _no_update() if request.method == "POST" else RequestError(400, "an update cannot be asked with GET")
    queries = [value for name, value in fields if name == "query"] + ([] if direct is None else [direct])
    if len(queries) > 1:
        raise RequestError(400, "give one query, not several")
    if not queries and request.method == "POST":
        raise RequestError(400, "there is no query: give the parameter query")
    return Operation(queries[0] if queries else None, *_graphs(fields), _format(fields))


def _of_body(request: Request, fields: list[tuple[str, str]]) -> str | None:
    """The query that is the body itself; a form's fields join those of the address."""
    media_type, *parameters = (part.strip().lower() for part in request.content_type.split(";"))
    if any(part.startswith("charset=") and part[8:].strip("\"'") not in ("utf-8", "utf8") for part in parameters):
        raise RequestError(415, "a query is sent as UTF-8")
    if media_type == _UPDATE:
        raise _no_update()
    if media_type == _FORM:
        fields += fields_of(request.body)
        return None
    if media_type != _QUERY:
        raise RequestError(415, f"a query is posted as {_FORM} or {_QUERY}, not as {media_type or 'nothing known'}")
    try:
        return request.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, f"the query is not UTF-8: byte {error.start}") from None


def fields_of(encoded: bytes) -> list[tuple[str, str]]:
    """The fields of a query string or a form; ``RequestError`` where they are not UTF-8, or too many."""
    try:
        text = encoded.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise RequestError(400, "the parameters are not UTF-8") from None
    except ValueError:
        raise RequestError(400, f"more than {_MOST_FIELDS} parameters") from None


def _graphs(fields: list[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    default, named = (
        tuple(value for name, value in fields if name == f"{kind}-graph-uri") for kind in ("default", "named")
    )
    return default, named


def _format(fields: list[tuple[str, str]]) -> str | None:
    return next((value for name, value in fields if name in ("format", "output")), None)


def _no_update() -> RequestError:
    return RequestError(403, "this endpoint only reads: an update is refused")
