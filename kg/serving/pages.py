"""The pages: templates filled with words of the reader's language and values that are always escaped."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from yaodian.errors import YaodianError, on_one_line
from yaodian.ontology import lexicon
from yaodian.pages import asset, environment
from yaodian.rdf.serialise import without_surrogates
from yaodian.reasons import reason
from yaodian.serving.answering import status_of, tagged
from yaodian.serving.negotiation import PAGE, prefers_english
from yaodian.serving.protocol import RequestError
from yaodian.serving.security import content_policy

if TYPE_CHECKING:
    from jinja2 import Template
    from starlette.requests import Request
    from starlette.responses import Response

LANGUAGES = ("zh", "en")
CHOICE = "hl"
"""The parameter that chooses a page's language; ``lang`` is one of the ready-made questions."""
_PACKAGE = "yaodian.serving"
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "txt": "text/plain"}
_FILES = ("page.css", "editor.css", "editor.js", "editor.LICENSES.txt", "icon.svg")


def language(request: Request) -> str:
    """The language that the reader has chosen, else the one that the browser asks for."""
    chosen = request.query_params.get(CHOICE, "")
    if chosen in LANGUAGES:
        return chosen
    return "en" if prefers_english(request.headers.get("accept-language")) else "zh"


def page(request: Request, name: str, **values: Any) -> Response:
    """The page of that template."""
    return tagged(request, rendered(request, name, **values), PAGE.media_type)


def rendered(request: Request, name: str, **values: Any) -> bytes:
    """The bytes of a page."""
    lang = language(request)
    explicit = CHOICE in request.query_params

    def link(address: str) -> str:
        """An address of this server, in the language that the reader has chosen."""
        if not explicit or not address.startswith("/"):
            return address
        path, hash_, fragment = address.partition("#")
        return f"{path}{'&' if '?' in path else '?'}{CHOICE}={lang}{hash_}{fragment}"

    words = lexicon("serving")[lang]
    text = _template(name).render(words=words, lang=lang, link=link, static=static, other=_other(request), **values)
    return without_surrogates(text).encode()


@cache
def _template(name: str) -> Template:
    return environment(_PACKAGE).get_template(f"static/{name}")


def _other(request: Request) -> str:
    """The same page in the other language."""
    from urllib.parse import urlencode

    other = lexicon("serving")[language(request)]["other_code"]
    fields = [(name, value) for name, value in request.query_params.multi_items() if name != CHOICE]
    path = request.scope["raw_path"].decode("ascii")
    return f"{_local(path)}?{urlencode([*fields, (CHOICE, other)])}"


def _local(path: str) -> str:
    """A path that no browser takes for another server's address."""
    return "/" + path.lstrip("/\\")


def error_page(request: Request, error: YaodianError) -> Response:
    """A page that tells an error."""
    from starlette.responses import Response

    content = rendered(request, "error.html", message=on_one_line(reason(str(error), language(request))))
    return Response(content, status_of(error), {"Content-Type": PAGE.media_type})


def static(name: str) -> str:
    """The address of a file of ours, which changes with its content."""
    return f"/static/{name}?v={hashlib.sha256(_file(name)).hexdigest()[:12]}"


@cache
def _file(name: str) -> bytes:
    text = asset(_PACKAGE, f"static/{name}")
    return (asset("yaodian.reports", "ground.css") + text if name == "page.css" else text).encode()


def static_file(request: Request, name: str) -> Response:
    """A file of ours, by its name among those that there are."""
    if name not in _FILES:
        raise RequestError(404, "there is no such file")
    media_type = f"{_TYPES[name.rpartition('.')[2]]}; charset=utf-8"
    return tagged(request, _file(name), media_type, {"Cache-Control": "public, max-age=86400"})


def with_nonce(response: Response, nonce: str) -> Response:
    """The page with a policy that lets the styles of our editor in, which bear the nonce."""
    response.headers["Content-Security-Policy"] = content_policy(nonce)
    del response.headers["ETag"]
    return response
