"""Processes that a fuzz run starts: what they say line by line, until they end or say nothing more."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import threading
from collections.abc import Iterator

GIVEN_UP = 60.0
"""The seconds that a process may take to end after its last word."""


def lines_of(process: subprocess.Popen[bytes], patience: float) -> Iterator[bytes]:
    """The lines of a process, until it ends; it is killed where it says nothing for so many seconds."""
    assert process.stdout is not None
    with process.stdout, selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        rest = b""
        while selector.select(patience):
            if not (said := os.read(process.stdout.fileno(), 1 << 16)):
                return
            *lines, rest = (rest + said).split(b"\n")
            yield from lines
        process.kill()


def ended(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process; the most megabytes that it, or one that it started, has taken."""
    patience = threading.Timer(GIVEN_UP, os.kill, (process.pid, signal.SIGKILL))
    patience.start()
    _, status, used = os.wait4(process.pid, 0)
    patience.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_maxrss // 1024
