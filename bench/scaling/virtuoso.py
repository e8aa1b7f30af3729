"""A Virtuoso 7 of one's own on loopback, empty at first, gone at the end."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scaling.watching import megabytes, peak

PROGRAM = "virtuoso-t"
BUFFERS = 170_000
"""Pages of 8 kB that it may hold in memory."""
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


@dataclass(frozen=True, slots=True)
class Virtuoso:
    """A server at work: its address, its process, and the folder of its files."""

    url: str
    pid: int
    folder: Path

    @property
    def memory(self) -> float:
        """Megabytes at its peak."""
        return peak(self.pid)

    @property
    def disk(self) -> float:
        """Megabytes of its database and its log."""
        return sum(megabytes(self.folder / name) for name in ("v.db", "v.trx"))


def is_installed() -> bool:
    """Whether there is one on this machine."""
    return shutil.which(PROGRAM) is not None


@contextmanager
def virtuoso(folder: Path, patience: float) -> Iterator[Virtuoso]:
    """The server; it stops a query after ``patience`` seconds. ``RuntimeError`` where it does not come up."""
    folder.mkdir(parents=True)
    sql, http = _free_port(), _free_port()
    settings = {"sql": sql, "http": http, "buffers": BUFFERS, "dirty": BUFFERS * 3 // 4, "patience": int(patience)}
    (folder / "v.ini").write_text(_INI.format(**settings), "utf-8")
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([PROGRAM, "-f", "-c", "v.ini"], cwd=folder, **silent) as process:
        try:
            _wait_for(process, http)
            yield Virtuoso(f"http://127.0.0.1:{http}/sparql", process.pid, folder)
        finally:
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise RuntimeError(f"{PROGRAM} ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{PROGRAM} does not listen after two minutes")
