"""A Virtuoso 7 of one's own on loopback, empty at first, killed at the end."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = "virtuoso-t"
_INI = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = v-temp.db
TransactionFile = v-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryExecutionTime = {patience}
"""


def is_installed() -> bool:
    """Whether there is one on this machine."""
    return shutil.which(PROGRAM) is not None


@contextmanager
def serving(folder: Path, buffers: int = 10_000, patience: int = 0) -> Iterator[tuple[str, int]]:
    """The address of its SPARQL endpoint and its process; ``folder`` is there and empty.

    ``buffers`` are the pages of 8 kB that it may hold in memory. It stops a query after ``patience`` seconds, where
    that is not 0. ``RuntimeError`` where it does not come up.
    """
    sql, http = _free_port(), _free_port()
    settings = {"sql": sql, "http": http, "buffers": buffers, "dirty": buffers * 3 // 4, "patience": patience}
    (folder / "v.ini").write_text(_INI.format(**settings), "utf-8")
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([PROGRAM, "-f", "-c", "v.ini"], cwd=folder, **silent) as process:
        try:
            _wait_for(process, http)
            yield f"http://127.0.0.1:{http}/sparql", process.pid
        finally:
            process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise RuntimeError(f"{PROGRAM} ended with {process.returncode}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{PROGRAM} does not listen after two minutes")
