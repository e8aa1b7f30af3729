"""The process that answers one query: a request as JSON comes in, a header line and the answer go out."""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from yaodian.corpus.guarding import run
from yaodian.corpus.index import open_index
from yaodian.corpus.writing import write_answer
from yaodian.errors import CorpusError, QueryError

if TYPE_CHECKING:
    from pyoxigraph import Store


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin.buffer)
    die_in_time(request["timeout"])
    try:
        store = opened(request["folder"], request["index"])
        limit_memory(request["memory"])
        kind, content = run(store, request["text"], lambda result: write_answer(result, request["format"]))
    except QueryError as error:
        kind, content = f"refused:{error}", b""
    except (CorpusError, OSError) as error:
        kind, content = f"damaged:{error}", b""
    sys.stdout.buffer.write(json.dumps(kind).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


def die_in_time(timeout: float | None) -> None:
    """End even where the asking process died before it could end this one; the system does it, the engine cannot.

    Without a time it takes back what was said before.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, timeout + 1 if timeout else 0)


def limit_memory(megabytes: int) -> None:
    """Let this process use so much more memory than it has now, where the system can do that.

    It has the code, the engine's threads and its opened store by now, which take more addresses the more processors
    there are. Dying of it leaves no core file.
    """
    if not megabytes or sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = _address_space() + megabytes * 1024 * 1024
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


def _address_space() -> int:
    """The bytes of addresses in use, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def opened(folder: str, index: str | None) -> Store:
    """The store of the corpus in that folder, by its index where it has one."""
    if index:
        return open_index(Path(index))
    from yaodian.corpus.opening import open_corpus

    return open_corpus(folder).store


if __name__ == "__main__":
    main()
