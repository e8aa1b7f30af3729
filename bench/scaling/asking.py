"""The named questions put to an engine in a process of its own, which is ended where it takes too long."""

from __future__ import annotations

import math
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from typing import Any

from scaling.watching import peak
from yaodian.corpus import named_queries
from yaodian.corpus.questions import bind

CITY = "安滨"
RUNS, ENOUGH_SECONDS = 3, 10.0


@dataclass(frozen=True, slots=True)
class Engine:
    """What answers: ``embedded`` (an index folder), ``endpoint`` (a URL) or ``rdflib`` (a corpus folder)."""

    kind: str
    where: str


def questions() -> Iterator[tuple[str, str]]:
    """Each named question, to one city where it can be and to all plans where it can be: its label, its SPARQL."""
    for name, query in named_queries().items():
        if any(parameter.name == "city" for parameter in query.parameters):
            yield f"{name}, one city", bind(query.text, {"city": CITY})
        if not any(parameter.required for parameter in query.parameters):
            yield name, bind(query.text, {})


def medians(
    engine: Engine, patience: float, tell: Callable[[str], None], most: float = math.inf
) -> dict[str, float | None]:
    """The milliseconds of each question, None where it took longer than ``patience`` seconds; how it was opened.

    After ``most`` seconds no more questions are put.
    """
    with _Asked(engine) as asked:
        found: dict[str, float | None] = {"opened, s": asked.opened, "memory, MB": None}
        end = time.monotonic() + most
        for label, text in questions():
            if time.monotonic() > end:
                break
            tell(label)
            found[label] = _median(asked, text, patience)
        found["memory, MB"] = asked.memory
        return found


def _median(asked: _Asked, text: str, patience: float) -> float | None:
    times: list[float] = []
    while len(times) < RUNS and sum(times) < ENOUGH_SECONDS:
        seconds = asked.seconds(text, patience)
        if seconds is None:
            return None
        times.append(seconds)
    return 1000 * statistics.median(times)


class _Asked:
    """An engine at work; it is started again where a question had to be stopped."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.memory = 0.0
        self.opened = 0.0

    def __enter__(self) -> _Asked:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_answer, args=(other, self._engine), daemon=True)
        self._process.start()
        other.close()
        self.opened = self._pipe.recv()

    def _end(self) -> None:
        self.memory = max(self.memory, peak(self._process.pid or 0))
        self._process.kill()
        self._process.join()

    def seconds(self, text: str, patience: float) -> float | None:
        """What the question took; None where it was stopped, or the engine cannot answer it."""
        self._pipe.send(text)
        if self._pipe.poll(patience):
            answer = self._pipe.recv()
            if isinstance(answer, float):
                return answer
            print(f"\n  {answer}", file=sys.stderr)
            return None
        self._end()
        self._start()
        return None


def _answer(pipe: Pipe, engine: Engine) -> None:
    """The life of the process: seconds it took to open, then those of each question."""
    began = time.perf_counter()
    ask = _ENGINES[engine.kind](engine.where)
    pipe.send(time.perf_counter() - began)
    with suppress(EOFError):
        while True:
            text, began = pipe.recv(), time.perf_counter()
            try:
                ask(text)
                pipe.send(time.perf_counter() - began)
            except Exception as error:  # whatever an engine says is told, and the next question is put to it
                pipe.send(f"{engine.kind}: {str(error)[:200]}")


def _embedded(index: str) -> Callable[[str], object]:
    from pathlib import Path

    from yaodian.corpus.answers import answer_of
    from yaodian.corpus.guarding import run
    from yaodian.corpus.index import open_index

    store = open_index(Path(index))
    return lambda text: run(store, text, answer_of)


def _endpoint(url: str) -> Callable[[str], object]:
    from yaodian.endpoint.asking import ask
    from yaodian.endpoint.http import Connection
    from yaodian.endpoint.server import server

    connection = Connection(server(url, "virtuoso", retries=0, timeout=86_400))
    return lambda text: ask(connection, text, "csv")


def _rdflib(folder: str) -> Callable[[str], object]:
    from pathlib import Path

    from rdflib import Dataset

    from yaodian.endpoint.asking import portable

    data: Any = Dataset(default_union=True)
    for file in sorted(Path(folder).glob("plans/*.nq")):
        data.parse(file, format="nquads")
    return lambda text: list(data.query(portable(text)))


_ENGINES: dict[str, Callable[[str], Callable[[str], object]]] = {
    "embedded": _embedded,
    "endpoint": _endpoint,
    "rdflib": _rdflib,
}
