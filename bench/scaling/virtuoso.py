"""A Virtuoso 7 to be measured: what it holds in memory and on the disk."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from virtuoso_server import is_installed, serving

from scaling.watching import megabytes, peak

__all__ = ["Virtuoso", "is_installed", "virtuoso"]

BUFFERS = 170_000
"""Pages of 8 kB that it may hold in memory."""


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


@contextmanager
def virtuoso(folder: Path, patience: float) -> Iterator[Virtuoso]:
    """The server; it stops a query after ``patience`` seconds. ``RuntimeError`` where it does not come up."""
    folder.mkdir(parents=True)
    with serving(folder, BUFFERS, int(patience)) as (url, pid):
        yield Virtuoso(url, pid, folder)
    shutil.rmtree(folder, ignore_errors=True)
