"""The server as an ASGI application: which address is answered by what."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from yaodian.comparing.statements import place_called
from yaodian.corpus.garbage import leave_out_what_stays
from yaodian.errors import YaodianError
from yaodian.serving import Options, dereferencing, endpoint, named, pages
from yaodian.serving.addresses import address
from yaodian.serving.answering import plain_error, tagged, wants_page
from yaodian.serving.edition import Editions
from yaodian.serving.negotiation import PAGE, prefers_chinese
from yaodian.serving.pool import Pool
from yaodian.serving.protocol import RequestError
from yaodian.serving.security import LOOPBACK, SecurityHeaders
from yaodian.serving.served import Served
from yaodian.serving.settings import Settings

_Handler = Callable[[Request], Awaitable[Response]]
_OWN_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_FROM_THE_START = 4096


def application(folder: Path, limits: Settings, options: Options) -> Starlette:
    """The application that serves the corpus in that folder."""
    served = Served(limits, options, Editions(folder), Pool(limits))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await served.pool.start(await served.editions.current())
        leave_out_what_stays()
        yield
        await served.pool.close()

    return Starlette(
        routes=_routes(served),
        middleware=_middleware(options),
        exception_handlers={YaodianError: _told, HTTPException: _told_by_status},
        lifespan=lifespan,
    )


def _middleware(options: Options) -> list[Middleware]:
    layers = [
        Middleware(SecurityHeaders, shared=bool(options.origins)),
        Middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, *options.hosts], www_redirect=False),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
    ]
    if options.origins:
        cors = Middleware(
            CORSMiddleware,
            allow_origins=list(options.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Accept", "Content-Type"],
            expose_headers=["ETag"],
        )
        layers.insert(2, cors)
    return layers


def _routes(served: Served) -> list[Route]:
    def with_served(handler: Callable[[Served, Request], Awaitable[Response]]) -> _Handler:
        async def handle(request: Request) -> Response:
            return await handler(served, request)

        return handle

    async def question(served: Served, request: Request) -> Response:
        return await named.question(served, request, request.path_params["name"])

    async def openapi(served: Served, request: Request) -> Response:
        return named.openapi(served, request, endpoint.address_of(served, request))

    async def static(served: Served, request: Request) -> Response:
        return pages.static_file(request, request.path_params["name"])

    handlers: tuple[tuple[str, Callable[[Served, Request], Awaitable[Response]]], ...] = (
        ("/", _home),
        ("/queries", named.index),
        ("/queries/{name}", question),
        ("/openapi.json", openapi),
        ("/static/{name}", static),
        ("/report.html", _corpus_page),
        ("/map.html", _corpus_page),
        ("/thing", dereferencing.by_iri),
        ("/ns", dereferencing.at_path),
        ("/rules", dereferencing.at_path),
        ("/id/{path:path}", dereferencing.at_path),
    )
    routes = [Route(path, with_served(handler), methods=["GET"]) for path, handler in handlers]
    asking = with_served(endpoint.endpoint)
    return [Route(path, asking, methods=["GET", "POST"]) for path in (endpoint.PATH, f"{endpoint.PATH}/")] + routes


async def _home(served: Served, request: Request) -> Response:
    edition = await served.editions.current()
    plans = edition.manifest.plans
    totals = {key: sum(getattr(row, key) for row in plans) for key in ("items", "targets", "results")}
    rows = sorted(plans, key=lambda row: (row.home or row.city_code or "", row.city or "", row.year or 0, row.slug))
    listed = [(row, place_called(row) or row.province) for row in rows]
    return pages.page(request, "home.html", rows=listed, address=address, totals={"plans": len(plans), **totals})


async def _corpus_page(served: Served, request: Request) -> Response:
    """A page that the build made, under the policy that it brings along: exactly its own scripts run."""
    edition = await served.editions.current()
    try:
        content = (edition.folder / request.url.path.removeprefix("/")).read_bytes()
    except OSError:
        raise RequestError(404, "the corpus has no such page; build it again") from None
    policy = _OWN_POLICY.search(content[:_FROM_THE_START])
    if policy is None:
        raise RequestError(404, "the page is none that yaodian made; build the corpus again")
    kept = policy[1].decode("ascii", "replace").replace("&#39;", "'")
    return tagged(request, content, PAGE.media_type, {"Content-Security-Policy": f"{kept}; frame-ancestors 'none'"})


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, YaodianError)
    if wants_page(request):
        return pages.error_page(request, error)
    return plain_error(error, "zh" if prefers_chinese(request.headers.get("accept-language")) else "en")


async def _told_by_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = await _told(request, RequestError(error.status_code, error.detail))
    response.headers.update(error.headers or {})
    return response
