"""Several files read as one, without ever holding more than a piece of one of them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path


class Chain(io.RawIOBase):
    """The bytes of all the files, one file after the other."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._waiting = iter(files)
        self._current: io.BufferedReader | None = None

    def readable(self) -> bool:
        """Always: that is all it is for."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes, ``b""`` after the last file."""
        while True:
            if self._current is None:
                path = next(self._waiting, None)
                if path is None:
                    return b""
                self._current = path.open("rb")
            if piece := self._current.read(size):
                return piece
            self._current.close()
            self._current = None
