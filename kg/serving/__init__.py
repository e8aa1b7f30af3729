"""Serving a corpus: a SPARQL endpoint, ready-made questions, a page for each thing. Only reads, and trusts no query."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yaodian.errors import YaodianError

if TYPE_CHECKING:
    from yaodian.corpus.questions import NamedQuery
    from yaodian.serving.settings import Settings

__all__ = ["Options", "serve"]

_MORE_CONNECTIONS = 100
_BACKLOG = 512


@dataclass(frozen=True)
class Options:
    """What is served beside the corpus, to whom, and under which address.

    ``hosts`` are the names that it answers to beside the loopback ones, ``origins`` the web sites whose pages may read
    its answers, ``public`` is the address that it is known by where that is not the one it listens at.
    """

    questions: Mapping[str, NamedQuery]
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    public: str | None = None


def serve(
    folder: Path, limits: Settings, options: Options, host: str, port: int, started: Callable[[str], None]
) -> None:
    """Serve the corpus in the folder until interrupted; ``started`` is told the address.

    ``YaodianError`` where the parts for it are not installed or the port cannot be had, ``CorpusError`` where there is
    no corpus.
    """
    uvicorn = _installed()
    from yaodian.corpus import open_corpus
    from yaodian.serving.app import application
    from yaodian.serving.patience import patient

    open_corpus(folder).index()
    listening = _listening(host, port)
    config = uvicorn.Config(
        application(folder, limits, options),
        http=patient(limits.patience),
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        limit_concurrency=limits.workers + limits.waiting + _MORE_CONNECTIONS,
        timeout_graceful_shutdown=limits.timeout,
    )
    with listening:
        bound, number = listening.getsockname()[:2]
        started(f"http://{f'[{bound}]' if ':' in bound else bound}:{number}/")
        # Being interrupted is how a server ends, and it has closed what it had by then.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


def _installed() -> Any:
    try:
        import starlette  # noqa: F401
        import uvicorn
    except ImportError:
        raise YaodianError(
            "serving needs parts that are not installed; install them: pip install 'yaodian[serve]'"
        ) from None
    return uvicorn


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, as asyncio sends small pieces at once only where it sees that the socket is TCP's.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        reason = error.strerror or error
        raise YaodianError(f"{host}:{port}: cannot listen there: {reason}; give another --host or --port") from None
    return listening
