"""The standard streams: in UTF-8 whatever the locale says, there even where they were closed, honest when full."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, TextIO

from yaodian.errors import YaodianError


class OutputError(YaodianError):
    """The standard output cannot be written."""


class _Stream(io.RawIOBase):
    """A stream's bytes. What cannot be written is an ``OutputError``, or nothing where the stream is not essential."""

    def __init__(self, raw: Any, essential: bool) -> None:
        self._raw = raw
        self._essential = essential

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def isatty(self) -> bool:
        return bool(self._raw.isatty())

    def write(self, data: Any) -> int | None:
        try:
            written: int | None = self._raw.write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            if not self._essential:
                return len(data)
            reason = "it is closed" if error.errno == errno.EBADF else error.strerror or str(error)
            raise OutputError(f"the output cannot be written: {reason}") from error
        return written


def force_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where the locale has no word for 要点: no file could be called so."""
    try:
        "要点".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        if os.name == "posix" and sys.executable and os.environ.get("PYTHONUTF8") != "1":
            os.environ["PYTHONUTF8"] = "1"
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def open_streams() -> None:
    """Have all three streams, both outputs in UTF-8: a character that cannot be written is replaced."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            stream = _opened(number)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
    sys.stdout, sys.stderr = _speaking(sys.stdout, essential=True), _speaking(sys.stderr, essential=False)


def _opened(number: int) -> TextIO:
    """A stream in the place of one that was closed: otherwise the next file that is opened would get its number.

    Reading from it gives nothing. Writing is refused on the standard output, and lost on the error stream.
    """
    handle = os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
    if handle != number:
        os.dup2(handle, number)
        os.close(handle)
    return open(number, "w" if number else "r", encoding="utf-8", closefd=False)


def _speaking(stream: TextIO, *, essential: bool) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    bytes_ = io.BufferedWriter(_Stream(getattr(stream.buffer, "raw", stream.buffer), essential))
    lines, at_once = stream.line_buffering, stream.write_through
    return io.TextIOWrapper(bytes_, "utf-8", "replace", line_buffering=lines, write_through=at_once)
