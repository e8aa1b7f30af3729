"""A build that is killed at a chosen step, run in a process of its own.

A step is a change inside the corpus folder that Python makes in the file system; the process is killed before it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import Any

# A server process that has imported everything once, and forks for each build.
_CONTEXT = multiprocessing.get_context("forkserver") if hasattr(os, "fork") else None
_PRELOADED = [
    "killed_build",
    "yaodian.corpus.building",
    "yaodian.corpus.indexing",
    "yaodian.extraction",
    "yaodian.maps.condense",
    "yaodian.maps.render",
    "yaodian.reports.render",
]
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}


def steps_of_build(source: Path, out: Path) -> list[str]:
    """Build to the end; the steps, each as what is done and to which path below ``out``."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    assert _run(source, out, 0, sender) == 0
    steps = receiver.recv()
    assert isinstance(steps, list)
    return steps


def kill_build(source: Path, out: Path, step: int) -> None:
    """Build until just before that step (counted from 1), and die there."""
    assert _run(source, out, step, None) == -signal.SIGKILL


def kill_build_after(source: Path, out: Path, seconds: float) -> None:
    """Build, and be killed after that time wherever the build is then; it may be at its end."""
    process = _process(source, out, 0, None)
    process.start()
    process.join(seconds)
    process.kill()
    process.join()


def _run(source: Path, out: Path, step: int, sender: Any) -> int | None:
    process = _process(source, out, step, sender)
    process.start()
    process.join(120)
    return process.exitcode


def _process(source: Path, out: Path, step: int, sender: Any) -> multiprocessing.process.BaseProcess:
    assert _CONTEXT is not None
    _CONTEXT.set_forkserver_preload(_PRELOADED)
    return _CONTEXT.Process(target=_build, args=(str(source), str(out.resolve()), step, sender))


def _build(source: str, out: str, step: int, sender: Any) -> None:
    from yaodian.corpus import build

    steps: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (writes or event in _CHANGES) and str(arguments[0]).startswith(out):
            steps.append(f"{event} {str(arguments[0]).removeprefix(out)}")
            if len(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    build(source, out)
    if sender:
        sender.send(steps)
