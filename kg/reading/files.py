"""The bytes of a source: a file, a pipe, a device or standard input, never more than a limit of them.

Pipes and devices have no size to look up and may never end: they are read piece by piece, and given up where they
stay silent, so that no source can fill the memory or hold up a build.
"""

from __future__ import annotations

import os
import select
import stat
import sys
import time
from errno import EPIPE
from pathlib import Path

from yaodian.errors import ReadingError, shown
from yaodian.reading import limits

_PIECE = 1024 * 1024


def bytes_of(path: Path) -> bytes:
    """What is in the file, pipe or device at ``path``; ``ReadingError`` where it is missing, silent or too large."""
    name = shown(str(path))
    try:
        data = _path_bytes(path)
    except OSError as error:
        raise ReadingError(f"{name}: {error.strerror or error}") from error
    except ValueError as error:
        raise ReadingError(f"{name}: no file can have this name ({error})") from error
    return _within_limit(data, name)


def standard_input() -> bytes:
    """What comes in on standard input; ``ReadingError`` where it is closed or too large."""
    if sys.stdin is None:
        raise ReadingError("-: standard input is closed")
    return _within_limit(sys.stdin.buffer.read(limits.LARGEST_FILE + 1), "-")


def _path_bytes(path: Path) -> bytes:
    """At most ``limits.LARGEST_FILE`` bytes and one more of what is at ``path``."""
    about = path.stat()
    kind = about.st_mode
    if stat.S_ISREG(kind) and about.st_size > limits.LARGEST_FILE:
        raise _too_large(shown(str(path)))
    if stat.S_ISREG(kind) or stat.S_ISDIR(kind):
        with path.open("rb") as file:
            return file.read(limits.LARGEST_FILE + 1)
    return _from_stream(path, stat.S_ISFIFO(kind))


def _within_limit(data: bytes, name: str) -> bytes:
    if len(data) > limits.LARGEST_FILE:
        raise _too_large(name)
    return data


def _too_large(name: str) -> ReadingError:
    return limits.beyond(f"{name}: larger than {limits.LARGEST_FILE >> 20} MB")


def _from_stream(path: Path, is_pipe: bool) -> bytes:
    """What a pipe or device gives. It is opened without waiting: a pipe that nobody writes to would wait for ever."""
    stream = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    try:
        first = _first_piece(stream) if is_pipe else _piece(stream, _PIECE)
        pieces, length = [first], len(first)
        if is_pipe and not first:
            raise OSError(EPIPE, "nothing comes out of this pipe")
        while pieces[-1] and length <= limits.LARGEST_FILE:
            pieces.append(_piece(stream, limits.LARGEST_FILE + 1 - length))
            length += len(pieces[-1])
        return b"".join(pieces)
    finally:
        os.close(stream)


def _first_piece(pipe: int) -> bytes:
    """The first bytes of a pipe; none where nobody writes to it. Who writes may come a moment later than who reads."""
    until = time.monotonic() + limits.PIPE_SECONDS_WITHOUT_WRITER
    while not (piece := _piece(pipe, _PIECE)) and time.monotonic() < until:
        time.sleep(0.02)
    return piece


def _piece(stream: int, most: int) -> bytes:
    """The next bytes, none at the end; ``OSError`` where nothing comes."""
    while True:
        try:
            return os.read(stream, min(most, _PIECE))
        except BlockingIOError:
            if not select.select([stream], [], [], limits.PIPE_SECONDS)[0]:
                raise TimeoutError(f"nothing came for {limits.PIPE_SECONDS:.0f} seconds") from None
