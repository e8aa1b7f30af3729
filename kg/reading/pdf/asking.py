"""Asking for a PDF's pages in a process of its own, which is kept for the next file and ended where that takes long."""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from yaodian.errors import ReadingError
from yaodian.reading import limits
from yaodian.reading.pdf.page import Page, from_data
from yaodian.reading.pdf.worker import HEAD

START = 60.0
"""The seconds that the process may take to start: on a busy machine it loads from a cold disk."""
_PASSWORD = 4
"""What PDFium calls an error for the lack of a password."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The pages of a PDF, and what it states as its title."""

    pages: tuple[Page, ...]
    title: str


@dataclass(slots=True)
class _Worker:
    """A running process, what it says line by line (None at its end), and in which process it was started."""

    process: subprocess.Popen[bytes]
    lines: queue.SimpleQueue[bytes | None] = field(default_factory=queue.SimpleQueue)
    owner: int = field(default_factory=os.getpid)

    def is_alive(self) -> bool:
        """Whether it can be asked: a process that was forked from ours must not ask ours."""
        return self.owner == os.getpid() and self.process.poll() is None

    def line(self, until: float) -> bytes | None:
        """The next line that it says, None where it has ended; ``queue.Empty`` where that takes too long."""
        return self.lines.get(timeout=max(0.0, until - time.monotonic()))

    def end(self) -> int:
        """End it; its exit code."""
        self.process.kill()
        return self.process.wait()


_lock = threading.Lock()
_running: list[_Worker] = []


def ask(data: bytes) -> Answer:
    """The pages of a PDF; ``ReadingError`` where it is encrypted, damaged or over a limit."""
    with _lock:
        worker = _worker()
        try:
            return _answer(worker, data)
        except queue.Empty:
            worker.end()
            raise ReadingError("reading this PDF takes too long: it was given up") from None
        except OSError:
            raise _death(worker) from None


def _worker() -> _Worker:
    """The process that is running, or a new one."""
    if _running and _running[-1].is_alive():
        return _running[-1]
    _running.clear()
    command = [sys.executable, "-P", "-m", "yaodian.reading.pdf.worker"]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    worker = _Worker(subprocess.Popen(command, **streams))  # type: ignore[call-overload]
    threading.Thread(target=_listen, args=(worker,), daemon=True).start()
    try:
        if worker.line(time.monotonic() + START) is None:
            raise ReadingError("PDFs cannot be read here: the reader (pypdfium2) does not start")
    except queue.Empty:
        worker.end()
        raise ReadingError("PDFs cannot be read here: the reader (pypdfium2) does not start") from None
    _running.append(worker)
    return worker


def _listen(worker: _Worker) -> None:
    """Take over what a process says: reading it here must not wait for it."""
    assert worker.process.stdout is not None
    with suppress(OSError, ValueError):
        for line in worker.process.stdout:
            worker.lines.put(line)
    worker.lines.put(None)


@atexit.register
def _end_all() -> None:
    for worker in _running:
        if worker.is_alive():
            worker.end()


def _answer(worker: _Worker, data: bytes) -> Answer:
    stream = worker.process.stdin
    assert stream is not None
    until = time.monotonic() + limits.PDF_SECONDS
    threading.Thread(target=_send, args=(stream, data), daemon=True).start()
    pages: list[Page] = []
    while True:
        line = worker.line(until)
        if line is None:
            raise _death(worker)
        said = json.loads(line)
        if isinstance(said, list):
            pages.append(from_data(said))
        elif "pages" in said:
            until += limits.PDF_SECONDS_A_PAGE * said["pages"]
        else:
            return Answer(tuple(pages), _title(said))


def _send(stream: Any, data: bytes) -> None:
    """Hand over a file; where the process dies of it, it is missed elsewhere."""
    with suppress(OSError, ValueError):
        stream.write(f"{len(data):{HEAD}d}".encode() + data)
        stream.flush()


def _title(last: dict[str, Any]) -> str:
    """The stated title of a PDF that was read to its end; ``ReadingError`` for any other."""
    if "over" in last:
        raise limits.beyond(f"this PDF is too large: {last['over']}")
    if "memory" in last:
        raise ReadingError(_out_of_memory())
    if "refused" in last:
        encrypted = last["refused"] == _PASSWORD
        raise ReadingError(
            "this PDF is encrypted: save it without a password first"
            if encrypted
            else "this PDF is damaged: it cannot be opened"
        )
    return str(last.get("title") or "")


def _out_of_memory() -> str:
    return f"this PDF is damaged, or needs more memory than {limits.PDF_MEGABYTES} MB"


def _death(worker: _Worker) -> ReadingError:
    worker.end()
    return ReadingError(_out_of_memory())
