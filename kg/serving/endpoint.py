"""The SPARQL endpoint: queries by GET and POST, its description, and the editor for who opens it in a browser."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from yaodian.corpus.prefixes import prefixes, shortened
from yaodian.corpus.writing import write_triples
from yaodian.pages import island
from yaodian.serving import protocol
from yaodian.serving.answering import tagged, wanted
from yaodian.serving.description import description
from yaodian.serving.negotiation import BOOLEAN, PAGE, ROWS, TRIPLES, Offer, chosen
from yaodian.serving.pages import language, page, with_nonce
from yaodian.serving.pool import Asked, Forms
from yaodian.serving.protocol import Operation, RequestError
from yaodian.serving.served import Served

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

T = TypeVar("T")

PATH = "/sparql"


async def endpoint(served: Served, request: Request) -> Response:
    """Answer a request to the endpoint."""
    body = await limited_body(request, served) if request.method == "POST" else b""
    content_type = request.headers.get("content-type", "")
    asked = protocol.operation(protocol.Request(request.method, request.scope["query_string"], content_type, body))
    if request.method != "POST" and asked.format is None and _is_browser(request):
        return await _editor(served, request)
    if asked.query is None:
        return await _description(served, request, asked)
    return await _answer(served, request, asked, asked.query)


async def limited_body(request: Request, served: Served) -> bytes:
    """The body of a request; ``RequestError`` where it is too large, or too long in coming."""
    most = served.limits.request
    too_large = RequestError(413, f"a request may have {most:,} bytes")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length[:20]) > most:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(served.limits.timeout):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise too_large
    except TimeoutError:
        raise RequestError(408, "the request did not come to its end") from None
    return bytes(body)


def _is_browser(request: Request) -> bool:
    return chosen(request.headers.get("accept"), (*ROWS, *TRIPLES, PAGE)) is PAGE


async def _answer(served: Served, request: Request, asked: Operation, query: str) -> Response:
    offers = {
        kind: _offer(request, offers, asked.format)
        for kind, offers in (("rows", ROWS), ("boolean", BOOLEAN), ("triples", TRIPLES))
    }
    if not any(offers.values()):
        wanted(request, (*ROWS, *TRIPLES), asked.format)
    forms = Forms(**{kind: offer.writer if offer else None for kind, offer in offers.items()})
    answered = await while_connected(request, served.ask(Asked(query, forms, asked.default, asked.named)))
    offer = offers[answered.kind]
    if offer is None:
        # It can be written as none of what the client accepts: this says so, and what there is.
        offer = wanted(request, TRIPLES if answered.kind == "triples" else ROWS, asked.format)
    return tagged(request, answered.content, offer.media_type)


def _offer(request: Request, offers: tuple[Offer, ...], form: str | None) -> Offer | None:
    try:
        return wanted(request, offers, _alias(form, offers))
    except RequestError:
        return None


_TRIPLES_ALSO = {
    "json": "jsonld", "json-ld": "jsonld", "xml": "rdf", "rdf+xml": "rdf", "rdfxml": "rdf",
    "turtle": "ttl", "n3": "ttl",
}  # fmt: skip


def _alias(form: str | None, offers: tuple[Offer, ...]) -> str | None:
    """Clients that ask for triples call their formats otherwise, too (SPARQLWrapper sends these as a parameter)."""
    return _TRIPLES_ALSO.get(form or "", form) if offers is TRIPLES else form


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """The result of the work, which is stopped where the client goes away."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
            raise RequestError(499, "the client has gone")
        return working.result()
    finally:
        leaving.cancel()
        working.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _description(served: Served, request: Request, asked: Operation) -> Response:
    offer = wanted(request, TRIPLES, _alias(asked.format, TRIPLES))
    edition = await served.editions.current()
    triples = description(address_of(served, request) + PATH, edition.manifest)
    return tagged(request, write_triples(triples, offer.writer), offer.media_type)


def address_of(served: Served, request: Request) -> str:
    """The server's own address: the one that it was told, else the one that the (allowed) Host header names."""
    return served.options.public or f"{request.url.scheme}://{request.headers['host']}"


async def _editor(served: Served, request: Request) -> Response:
    nonce, lang = secrets.token_urlsafe(18), language(request)
    data: Mapping[str, Any] = {
        "prefixes": prefixes(),
        "terms": await _completions(served, lang),
        "examples": [_example(query, lang) for query in served.options.questions.values()],
        "shown": served.limits.shown,
    }
    response = page(request, "editor.html", data=island(data), nonce=nonce, **_words_for_script(lang))
    return with_nonce(response, nonce)


def _words_for_script(lang: str) -> dict[str, Any]:
    from yaodian.ontology import lexicon

    return {"interface": island(lexicon("serving")[lang])}


def _example(query: Any, lang: str) -> dict[str, str]:
    title = query.title_en if lang == "en" else query.title_zh
    return {"name": query.name, "title": title or query.name, "text": query.text}


async def _completions(served: Served, lang: str) -> list[dict[str, str]]:
    names = await served.property_names()
    terms = ((shortened(iri), names.get(iri, {})) for iri in await served.terms())
    return [{"label": term, "detail": name.get(lang, "")} for term, name in terms if not term.startswith("http")]
