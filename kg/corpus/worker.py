"""The process that answers one query: a request as JSON comes in, a header line and the answer go out."""

from __future__ import annotations

import json
import signal
import sys
from typing import Any

from yaodian.corpus.guarding import run
from yaodian.corpus.index import open_index
from yaodian.corpus.writing import write_answer
from yaodian.errors import QueryError


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin.buffer)
    _die_in_time(request["timeout"])
    try:
        kind, content = run(_store(request), request["text"], lambda result: write_answer(result, request["format"]))
    except QueryError as error:
        kind, content = f"refused:{error}", b""
    except OSError as error:
        kind, content = f"damaged:{error}", b""
    sys.stdout.buffer.write(json.dumps(kind).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


def _die_in_time(timeout: float | None) -> None:
    """End even where the asking process died before it could end this one; the system does it, the engine cannot."""
    if timeout and hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, timeout + 1)


def _store(request: dict[str, Any]) -> Any:
    if request["index"]:
        return open_index(request["index"])
    from yaodian.corpus.opening import open_corpus

    return open_corpus(request["folder"]).store


if __name__ == "__main__":
    main()
