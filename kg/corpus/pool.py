"""A pool of processes that read plans: a batch goes in, its rows come out, the plan files are staged by the process.

A document that kills the process that reads it costs itself alone: its batch is done again, plan by plan. The
processes are children of our own command (``python -m yaodian.corpus.pool``) and talk through pipes: so they end at
once when this process is killed, and need nothing of the caller's ``__main__`` (a notebook has none to import), which
are what the pools of the standard library cannot do.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from typing import Any, BinaryIO

from yaodian.corpus.executing import Done
from yaodian.corpus.manifest import PlanRow
from yaodian.corpus.processing import Broken, Task, broken, process

_COMMAND = [sys.executable, "-P", "-m", "yaodian.corpus.pool"]


def in_pool(batches: Sequence[Sequence[Task]], jobs: int) -> Generator[list[Done], None, None]:
    """The batches done by that many processes; an error of the file system in one of them is raised here."""
    waiting: queue.SimpleQueue[Sequence[Task] | None] = queue.SimpleQueue()
    done: queue.SimpleQueue[list[Done] | BaseException] = queue.SimpleQueue()
    for batch in (*batches, *[None] * jobs):
        waiting.put(batch)
    workers = [Worker() for _ in range(min(jobs, len(batches)))]
    for worker in workers:
        threading.Thread(target=_serve, args=(worker, waiting, done), daemon=True).start()
    try:
        for _ in batches:
            result = done.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        for worker in workers:
            worker.end()


def _serve(worker: Worker, waiting: Any, done: Any) -> None:
    """Have a worker do batches until there is none left; a thread's whole life."""
    while (batch := waiting.get()) is not None:
        try:
            done.put(_results(worker, batch))
        except BaseException as error:
            done.put(error)
            return


def _results(worker: Worker, batch: Sequence[Task]) -> list[Done]:
    rows = worker.ask(batch)
    if rows is None:
        rows = [_alone(worker, task) for task in batch]
    return list(zip(batch, rows, strict=True))


def _alone(worker: Worker, task: Task) -> PlanRow | Broken:
    rows = worker.ask([task])
    return rows[0] if rows else broken(task.source, "the process that read it died: out of memory, or it was killed")


class Worker:
    """One process of the pool, started again where it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def ask(self, batch: Sequence[Task]) -> list[PlanRow | Broken] | None:
        """The rows of a batch; None where the process died of it. ``OSError`` where it could not write."""
        try:
            answer = self._answer(batch)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            self._stop()
            if self._ended:
                raise InterruptedError("the build has ended") from None
            return None
        if isinstance(answer, BaseException):
            raise answer
        rows: list[PlanRow | Broken] = answer
        return rows

    def _answer(self, batch: Sequence[Task]) -> Any:
        if self._process is None:
            self._process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin
        assert self._process.stdout
        pickle.dump(list(batch), self._process.stdin)
        self._process.stdin.flush()
        return pickle.load(self._process.stdout)

    def end(self) -> None:
        """Stop the process for good."""
        self._ended = True
        self._stop()

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()


def main() -> None:
    """Do batches from standard input until it ends, and end with it: it ends when the build does, however that is."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build tells us when to stop
    batches: queue.SimpleQueue[list[Task]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, batches), daemon=True).start()
    while True:
        pickle.dump(_processed(batches.get()), answers)
        answers.flush()


def _listen(stream: BinaryIO, batches: Any) -> None:
    while True:
        try:
            batches.put(pickle.load(stream))
        except (EOFError, pickle.UnpicklingError):
            os._exit(0)


def _processed(batch: Sequence[Task]) -> list[PlanRow | Broken] | OSError:
    try:
        return [process(task) for task in batch]
    except OSError as error:
        return error


if __name__ == "__main__":
    main()
