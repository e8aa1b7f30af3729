"""One build at a time in a folder: a lock that the operating system frees when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yaodian.errors import CorpusError

# Windows locks bytes against reading too: a byte far behind the file's end leaves the note readable.
_LOCKED_BYTE = 1 << 30


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``; ``CorpusError`` where another process holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _take(handle):
            raise CorpusError(f"{path.parent}: another build is at work in this folder{_holder(handle)}; wait for it")
        _note(handle, str(os.getpid()))
        try:
            yield
        finally:
            _note(handle, "")
    finally:
        os.close(handle)


def _note(handle: int, text: str) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text.encode())


def _holder(handle: int) -> str:
    digits = os.read(handle, 20).decode("ascii", "ignore").strip()
    return f" (process {digits})" if digits.isdigit() else ""


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
