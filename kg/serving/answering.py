"""Responses: a format that the client wants, an ETag, an error as one line or as a page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

from yaodian.errors import CorpusError, QueryError, YaodianError, on_one_line
from yaodian.reasons import reason
from yaodian.serving.negotiation import PAGE, Offer, chosen
from yaodian.serving.pool import UnansweredError
from yaodian.serving.protocol import RequestError

if TYPE_CHECKING:
    from starlette.requests import Request

_STATUS = {"wrong": 400, "forbidden": 403, "large": 422, "ended": 422, "time": 504, "busy": 503}


def wanted(request: Request, offers: Sequence[Offer], form: str | None = None) -> Offer:
    """The format that the request wants, by the parameter ``format`` or by Accept; ``RequestError`` 406 for none."""
    if form := form or request.query_params.get("format"):
        # Of several with one media type the first is meant by it, as with Accept.
        named = {name: offer for offer in reversed(offers) for name in (offer.form, offer.bare)}
        if form not in named:
            raise RequestError(406, f"there is no format {form!r} here; there are: {_names(offers)}")
        return named[form]
    offer = chosen(request.headers.get("accept"), offers)
    if offer is None:
        raise RequestError(406, f"no format here is one that the client accepts; there are: {_names(offers)}")
    return offer


def _names(offers: Sequence[Offer]) -> str:
    return ", ".join(f"{offer.form} ({offer.bare})" for offer in offers)


def tagged(request: Request, content: bytes, media_type: str, headers: dict[str, str] | None = None) -> Response:
    """The content with an ETag of its bytes; 304 where the client has it (RFC 9110 § 13.1.2)."""
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    more = {"ETag": tag, "Vary": "Accept, Accept-Language", **(headers or {})}
    if tag in (given.strip() for given in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=more)
    return Response(content, media_type=None, headers={"Content-Type": media_type, **more})


def status_of(error: YaodianError) -> int:
    """HTTP's number for an error."""
    if isinstance(error, RequestError):
        return error.status
    if isinstance(error, UnansweredError):
        return _STATUS.get(error.why, 500)
    if isinstance(error, QueryError):
        return 400
    return 503 if isinstance(error, CorpusError) else 500


def plain_error(error: YaodianError, lang: str = "en") -> Response:
    """An error as one line of text."""
    status = status_of(error)
    headers = {"Retry-After": "1"} if status == 503 else {}
    message = on_one_line(reason(str(error), lang)).encode("utf-8", "replace").decode()
    return PlainTextResponse(f"{message}\n", status, headers)


def wants_page(request: Request) -> bool:
    """Whether the client would rather have a page than anything else: whether it is a browser."""
    if request.query_params.get("format"):
        return False
    text = Offer("text", "text/plain")
    offer = chosen(request.headers.get("accept"), (text, Offer("json", "application/json"), PAGE))
    return offer is PAGE
