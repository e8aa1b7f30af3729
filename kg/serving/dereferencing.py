"""Every IRI of the corpus answers: as a page for people, as Turtle, N-Triples, JSON-LD or RDF/XML for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaodian.corpus.prefixes import shortened
from yaodian.corpus.writing import write_triples
from yaodian.serving import questions
from yaodian.serving.addresses import HOME, iri_at
from yaodian.serving.answering import tagged, wanted
from yaodian.serving.endpoint import PATH, while_connected
from yaodian.serving.negotiation import PAGE, TRIPLES
from yaodian.serving.pages import language, page
from yaodian.serving.pool import Asked, Forms
from yaodian.serving.protocol import RequestError, fields_of
from yaodian.serving.served import Served
from yaodian.serving.things import thing

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_OFFERS = (*TRIPLES, PAGE)


async def at_path(served: Served, request: Request) -> Response:
    """The thing whose IRI ends in the path that is asked for."""
    return await _described(served, request, iri_at(request.scope["raw_path"].decode("ascii").removeprefix("/")))


async def by_iri(served: Served, request: Request) -> Response:
    """The thing whose IRI is the parameter ``iri``."""
    iris = [value for name, value in fields_of(request.scope["query_string"]) if name == "iri"]
    if len(iris) != 1:
        raise RequestError(400, "give one parameter iri")
    return await _described(served, request, iris[0])


async def _described(served: Served, request: Request, iri: str) -> Response:
    offer = wanted(request, _OFFERS)
    if offer is PAGE:
        return await _page(served, request, iri)
    is_vocabulary = iri in (f"{HOME}ns", f"{HOME}rules")
    first = questions.VOCABULARY if is_vocabulary else questions.DESCRIPTION
    for question in (first, questions.CONTENT, questions.MENTIONS):
        text = questions.about(question, iri, served.limits.shown)
        answered = await while_connected(request, served.ask(Asked(text, Forms(triples=offer.writer))))
        if answered.content != write_triples((), offer.writer):
            return tagged(request, answered.content, offer.media_type)
    raise _missing(iri)


async def _page(served: Served, request: Request, iri: str) -> Response:
    found = await while_connected(request, thing(served, iri, language(request)))
    if found is None:
        raise _missing(iri)
    query = f"SELECT ?subject ?property ?value WHERE {{\n  VALUES ?value {{ <{iri}> }}\n  ?subject ?property ?value\n}}"
    return page(request, "thing.html", thing=found, query=query, endpoint=PATH)


def _missing(iri: str) -> RequestError:
    return RequestError(404, f"the corpus has nothing that is called {shortened(iri)}")
