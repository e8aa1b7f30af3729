"""The ready-made questions: a page with a form, JSON and CSV for each, and OpenAPI for all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from yaodian.corpus.answers import value_of
from yaodian.corpus.hints import Hint, asked_of_values, hint
from yaodian.corpus.prefixes import shortened
from yaodian.corpus.questions import NamedQuery, bind
from yaodian.serving.addresses import address
from yaodian.serving.answering import tagged, wanted
from yaodian.serving.endpoint import PATH, while_connected
from yaodian.serving.negotiation import JSON, PAGE, ROWS, TRIPLES, Offer
from yaodian.serving.pages import CHOICE, language, page
from yaodian.serving.pool import Answered, Asked, Forms, UnansweredError
from yaodian.serving.protocol import RequestError, fields_of
from yaodian.serving.served import Served, Term
from yaodian.showing.columns import column_label, value_label

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_SIMPLE = Offer("json", JSON)
_OFFERS = (_SIMPLE, Offer("csv", "text/csv; charset=utf-8"), PAGE, *(o for o in ROWS if o.form in ("xml", "tsv")),
           Offer("results", "application/sparql-results+json"), Offer("excel", "text/csv; charset=utf-8"))  # fmt: skip
_OWN = ("format", CHOICE, "run")
"""Parameters of the page, not of the question."""


async def index(served: Served, request: Request) -> Response:
    """The list of the questions, as a page or as JSON."""
    offer = wanted(request, (_SIMPLE, PAGE))
    known, lang = served.options.questions.values(), language(request)
    if offer is PAGE:
        return page(request, "queries.html", queries=[told(query, lang) for query in known])
    return tagged(request, _json([_data(query) for query in known]), JSON)


async def question(served: Served, request: Request, name: str) -> Response:
    """One question with the parameters of the request, answered."""
    query = served.options.questions.get(name)
    if query is None:
        raise RequestError(404, f"there is no ready-made question {name!r}; see /queries")
    offer = wanted(request, _OFFERS)
    given = _given(request)
    if offer is PAGE:
        return await _page(served, request, query, given)
    if lacking := query.lacks(given):
        raise RequestError(400, f"{name} needs a value: {lacking[0]}")
    forms = {"json": "json", "results": "json"}
    form = forms.get(offer.form, offer.form)
    answered = await _answered(served, request, bind(query.text, given), form)
    if answered.kind == "triples":
        return tagged(request, answered.content, TRIPLES[0].media_type)
    if offer is _SIMPLE:
        told = _simple(query, given, answered)
        notes = [] if told.get("rows", True) else [one.told() for one in await _hints(served, request, given)]
        return tagged(request, _json({**told, **({"notes": notes} if notes else {})}), JSON)
    attached = _attached(f"{name}.csv") if offer.form in ("csv", "excel") else {}
    return tagged(request, answered.content, offer.media_type, attached)


def _attached(file: str) -> dict[str, str]:
    """The header that names a file to save, whatever characters the name has (RFC 6266)."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file, safe='')}"}


async def _answered(served: Served, request: Request, text: str, form: str) -> Answered:
    return await while_connected(request, served.ask(Asked(text, Forms(form, form, "ttl"))))


async def _hints(served: Served, request: Request, given: Mapping[str, str]) -> list[Hint]:
    """The parameters whose values match nothing, each with the values that there are, unless these are too many."""
    found = []
    for name, question in asked_of_values(given):
        try:
            answered = await _answered(served, request, question, "json")
        except UnansweredError:
            continue
        solutions = json.loads(answered.content)["results"]["bindings"]
        there = [(one["value"]["value"], one.get("fits", {}).get("value") == "true") for one in solutions]
        found.append(hint(name, given[name], there))
    return [one for one in found if one]


def _given(request: Request) -> dict[str, str]:
    """The parameters of the question, each once; an empty one is none."""
    given: dict[str, str] = {}
    for name, value in fields_of(request.scope["query_string"]):
        if name in _OWN or not value.strip():
            continue
        if name in given:
            raise RequestError(400, f"the parameter {name} is given twice")
        given[name] = value
    return given


def _simple(query: NamedQuery, given: Mapping[str, str], answered: Answered) -> dict[str, Any]:
    """The answer as plain JSON: numbers as numbers, IRIs and words as text."""
    about = {"question": query.name, "parameters": dict(given)}
    if answered.kind == "boolean":
        return {**about, "answer": json.loads(answered.content)["boolean"]}
    solutions = ox.parse_query_results(answered.content, ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return {**about, "columns": names, "rows": [dict(zip(names, map(value_of, row), strict=True)) for row in solutions]}


def _json(value: Any) -> bytes:
    def number(other: Any) -> Any:
        if hasattr(other, "as_tuple"):
            return int(other) if other == other.to_integral_value() else float(other)
        return str(other)

    return json.dumps(value, ensure_ascii=False, default=number).encode("utf-8", "replace")


async def _page(served: Served, request: Request, query: NamedQuery, given: Mapping[str, str]) -> Response:
    lang = language(request)
    text = bind(query.text, _in_language(query, given, lang))
    is_asked = bool(given) or "run" in request.query_params or not query.parameters
    lacking = query.lacks(given)
    values: dict[str, Any] = {"answer": None, "lacking": lacking if is_asked else ()}
    if is_asked and not lacking:
        answered = await _answered(served, request, text, "json")
        values["answer"] = _table(answered, served.limits.shown, lang)
        if values["answer"].get("count") == 0:
            values["notes"] = [one.told(lang) for one in await _hints(served, request, given)]
    asked = urlencode(given)
    return page(
        request,
        "query.html",
        query=told(query, lang),
        given=given,
        downloads=[(form, f"/queries/{quote(query.name)}?{urlencode({**given, 'format': form})}")
                   for form in ("excel", "csv", "json", "xml", "tsv")],
        api=f"/queries/{quote(query.name)}{'?' if asked else ''}{asked}",
        editor=f"{PATH}?{urlencode({'query': text})}",
        **values,
    )  # fmt: skip


def _in_language(query: NamedQuery, given: Mapping[str, str], lang: str) -> dict[str, str]:
    """The parameters, with the page's language for a question that can be answered in several."""
    can_choose = any(parameter.name == "lang" and lang in parameter.values for parameter in query.parameters)
    return {**({"lang": lang} if can_choose else {}), **given}


def _table(answered: Answered, most: int, lang: str) -> dict[str, Any]:
    """The answer as a table to show: columns with their names, cells, and how many rows there are."""
    if answered.kind == "triples":
        return {"text": answered.content.decode("utf-8", "replace")}
    content = json.loads(answered.content)
    if answered.kind == "boolean":
        return {"boolean": content["boolean"]}
    columns, solutions = content["head"]["vars"], content["results"]["bindings"]
    rows = [[_cell(column, solution.get(column), lang) for column in columns] for solution in solutions[:most]]
    named = [(column, column_label(column, lang)) for column in columns]
    return {"columns": named, "rows": rows, "count": len(solutions), "shown": len(rows)}


def _cell(column: str, term: Term | None, lang: str) -> tuple[str, str | None, bool]:
    """The words of a cell, where they lead, and whether they are a number."""
    if term is None:
        return "", None, False
    if term["type"] == "uri":
        return shortened(term["value"]), address(term["value"]), False
    is_number = term.get("datatype", "").endswith(("#integer", "#decimal", "#double"))
    return value_label(column, str(term["value"]), lang), None, is_number


def told(query: NamedQuery, lang: str) -> dict[str, Any]:
    """A question in one language."""
    return {
        "name": query.name,
        "title": (query.title_en if lang == "en" else query.title_zh) or query.name,
        "description": query.description_en if lang == "en" else query.description_zh,
        "text": query.text,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "description": parameter.description_en if lang == "en" else parameter.description_zh,
                "values": parameter.values,
                "required": parameter.required,
                "default": parameter.default,
            }
            for parameter in query.parameters
        ],
    }


def _data(query: NamedQuery) -> dict[str, Any]:
    parameters = [
        {"name": p.name, "type": p.type, "zh": p.description_zh, "en": p.description_en, "values": list(p.values)}
        for p in query.parameters
    ]
    texts = {"zh": query.title_zh, "en": query.title_en}
    return {"name": query.name, **texts, "href": f"/queries/{quote(query.name)}", "parameters": parameters}


def openapi(served: Served, request: Request, server: str) -> Response:
    """The OpenAPI 3.1 document of the endpoint and the questions."""
    from importlib.metadata import version

    lang = language(request)
    paths = {f"/queries/{quote(q.name)}": {"get": _operation(q, lang)} for q in served.options.questions.values()}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "yaodian", "version": version("yaodian")},
        "servers": [{"url": server}],
        "paths": {PATH: _endpoint_operations(), **paths},
    }
    return tagged(request, _json(document), JSON)


_SCHEMAS = {
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "iri": {"type": "string", "format": "iri"},
}


def _operation(query: NamedQuery, lang: str) -> dict[str, Any]:
    said = told(query, lang)
    parameters = [
        {
            "name": parameter["name"],
            "in": "query",
            "description": parameter["description"],
            "schema": {
                **_SCHEMAS.get(parameter["type"], {"type": "string"}),
                **_choice(parameter["values"]),
                **_default(parameter["default"], parameter["type"]),
            },
            **({"required": True} if parameter["required"] else {}),
        }
        for parameter in said["parameters"]
    ]
    forms = [offer.form for offer in _OFFERS]
    parameters.append({"name": "format", "in": "query", "schema": {"type": "string", "enum": forms}})
    content: dict[str, Any] = {offer.bare: {} for offer in _OFFERS}
    return {
        "operationId": query.name,
        "summary": said["title"],
        "description": said["description"],
        "parameters": parameters,
        "responses": {"200": {"description": "OK", "content": content}, **_failures()},
    }


def _choice(values: Iterable[str]) -> dict[str, list[str]]:
    return {"enum": list(values)} if values else {}


def _default(value: str | None, type_: str) -> dict[str, Any]:
    if value is None:
        return {}
    return {"default": json.loads(value) if type_ in ("integer", "decimal") else value}


def _endpoint_operations() -> dict[str, Any]:
    content: dict[str, Any] = {offer.bare: {} for offer in (*ROWS, *TRIPLES)}
    responses = {"200": {"description": "OK", "content": content}, **_failures()}
    text = {"schema": {"type": "string"}}
    form = {"schema": {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}}
    body = {"application/sparql-query": text, "application/x-www-form-urlencoded": form}
    return {
        "get": {
            "operationId": "sparql-get",
            "summary": "SPARQL 1.1 Query",
            "parameters": [{"name": "query", "in": "query", **text}],
            "responses": responses,
        },
        "post": {
            "operationId": "sparql-post",
            "summary": "SPARQL 1.1 Query",
            "requestBody": {"required": True, "content": body},
            "responses": responses,
        },
    }


def _failures() -> dict[str, Any]:
    said = {
        "400": "not a query, or a parameter that it has not",
        "403": "SERVICE, FROM of another server, or an update",
        "422": "more rows, bytes or memory than allowed",
        "503": "too many requests wait",
        "504": "stopped after the time-out",
    }
    text = {"text/plain": {"schema": {"type": "string"}}}
    return {status: {"description": words, "content": text} for status, words in said.items()}
