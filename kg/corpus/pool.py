"""A pool of processes: a batch of things goes in, what a function makes of each comes out.

A thing that kills the process that works on it costs itself alone: its batch is done again, one by one. The
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
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Generic, TypeVar

from yaodian.corpus.garbage import collected_rarely

_COMMAND = [sys.executable, "-P", "-m", "yaodian.corpus.pool"]

Thing = TypeVar("Thing")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Job(Generic[Thing, Made]):
    """What is done with each thing (a function of a module), and what stands for one that the process died of."""

    act: Callable[[Thing], Made]
    lost: Callable[[Thing], Made]


def in_pool(
    job: Job[Thing, Made], batches: Sequence[Sequence[Thing]], jobs: int
) -> Generator[list[tuple[Thing, Made]], None, None]:
    """The batches done by that many processes, in any order; an ``OSError`` in one of them is raised here."""
    waiting: queue.SimpleQueue[Sequence[Thing] | None] = queue.SimpleQueue()
    done: queue.SimpleQueue[list[tuple[Thing, Made]] | BaseException] = queue.SimpleQueue()
    for batch in (*batches, *[None] * jobs):
        waiting.put(batch)
    workers = [Worker() for _ in range(min(jobs, len(batches)))]
    for worker in workers:
        threading.Thread(target=_serve, args=(worker, job, waiting, done), daemon=True).start()
    try:
        for _ in batches:
            result = done.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        for worker in workers:
            worker.end()


def _serve(worker: Worker, job: Job[Any, Any], waiting: Any, done: Any) -> None:
    """Have a worker do batches until there is none left; a thread's whole life."""
    while (batch := waiting.get()) is not None:
        try:
            done.put(list(zip(batch, _results(worker, job, batch), strict=True)))
        except BaseException as error:
            done.put(error)
            return


def _results(worker: Worker, job: Job[Thing, Made], batch: Sequence[Thing]) -> list[Made]:
    results = worker.ask(job.act, batch)
    if results is not None:
        return results
    alone = ((thing, worker.ask(job.act, [thing])) for thing in batch)
    return [result[0] if result else job.lost(thing) for thing, result in alone]


class Worker:
    """One process of the pool, started when it is first needed, and again where it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ended = False

    def ask(self, act: Callable[[Thing], Made], batch: Sequence[Thing]) -> list[Made] | None:
        """What the function makes of a batch; None where the process died of it. ``OSError`` where it met one."""
        try:
            answer = self._answer((act, list(batch)))
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            self._stop()
            return None
        if isinstance(answer, BaseException):
            raise answer
        results: list[Made] = answer
        return results

    def _answer(self, question: Any) -> Any:
        process = self._started()
        assert process.stdin
        assert process.stdout
        pickle.dump(question, process.stdin)
        process.stdin.flush()
        return pickle.load(process.stdout)

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._ended:
                raise InterruptedError("the pool has ended")
            if self._process is None:
                self._process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            return self._process

    def end(self) -> None:
        """Stop the process for good."""
        with self._lock:
            self._ended = True
        self._stop()

    def _stop(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()


def main() -> None:
    """Do batches from standard input until it ends, and end with it: it ends when the build does, however that is."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build tells us when to stop
    questions: queue.SimpleQueue[tuple[Callable[[Any], Any], list[Any]]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, questions), daemon=True).start()
    with collected_rarely():
        while True:
            pickle.dump(_done(*questions.get()), answers)
            answers.flush()


def _listen(stream: BinaryIO, questions: Any) -> None:
    while True:
        try:
            questions.put(pickle.load(stream))
        except (EOFError, pickle.UnpicklingError):
            os._exit(0)


def _done(act: Callable[[Any], Any], batch: Sequence[Any]) -> list[Any] | OSError:
    try:
        return [act(thing) for thing in batch]
    except OSError as error:
        return error


if __name__ == "__main__":
    main()
