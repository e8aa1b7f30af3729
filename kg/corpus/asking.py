"""Asking in a process of its own, which is ended where the answer takes too long or too much memory.

The engine itself has no limit for either.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from yaodian.corpus.answers import Answer, answer_of
from yaodian.errors import CorpusError, QueryError

if TYPE_CHECKING:
    from yaodian.corpus.opening import Corpus


LONGEST = 86_400
"""The most seconds that a query may be given: a day."""
DEFAULT_MEMORY = 4096
"""The megabytes that a query may use where nothing else is said."""

# What a system that has no memory left does to the process that has most of it (SIGKILL).
_KILLED = -9
_OUT_OF_MEMORY = re.compile(r"MemoryError|memory allocation|bad_alloc|Cannot allocate|Resource temporarily unavailable")


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its parameters in it, and the format of the answer (see ``writing``).

    It may take ``timeout`` seconds (0 or None: any time) and ``memory`` megabytes (0: all there is; where the system
    can limit it). ``QueryError`` where those are no such numbers.
    """

    text: str
    format: str = "values"
    timeout: float | None = None
    memory: int = DEFAULT_MEMORY

    def __post_init__(self) -> None:
        if not 0 <= (self.timeout or 0) <= LONGEST:
            raise QueryError(f"a query may be given 0 to {LONGEST} seconds, not {self.timeout:g}")
        if self.memory < 0:
            raise QueryError(f"a query cannot be given {self.memory} megabytes of memory")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as bytes in the format asked for; ``kind`` is rows, triples or boolean."""

    kind: str
    content: bytes

    def answer(self) -> Answer:
        """The answer as Python values, where it was asked for as ``values``."""
        import pyoxigraph as ox

        if self.kind == "triples":
            quads = ox.parse(self.content, ox.RdfFormat.N_TRIPLES)
            return answer_of(quad.triple for quad in quads)
        return answer_of(ox.parse_query_results(self.content, ox.QueryResultsFormat.JSON))


def ask_in_worker(corpus: Corpus, question: Question) -> Reply:
    """The reply of a worker process; ``QueryError`` where the query is refused, fails, or takes too long."""
    try:
        return _asked(corpus, question)
    except CorpusError:
        corpus.renew()
        return _asked(corpus, question)


def _asked(corpus: Corpus, question: Question) -> Reply:
    folder, index = corpus.path.resolve(), corpus.index()
    request = {**asdict(question), "folder": str(folder), "index": str(index.resolve()) if index else None}
    command = [sys.executable, "-P", "-m", "yaodian.corpus.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as worker:
        try:
            out, err = worker.communicate(json.dumps(request).encode(), timeout=question.timeout or None)
        except subprocess.TimeoutExpired:
            raise QueryError(f"no answer after {question.timeout:g} seconds: the query was stopped") from None
        finally:
            worker.kill()
    if b"\n" not in out:
        raise QueryError(_death(question, worker.returncode, err.decode("utf-8", "replace")))
    return _reply(out)


def _death(question: Question, code: int, said: str) -> str:
    """Why the worker died without an answer, and what can be done."""
    if _OUT_OF_MEMORY.search(said) or code == _KILLED:
        limit = f"{question.memory} MB" if question.memory and code != _KILLED else "there is"
        return (
            f"the query needs more memory than {limit}: it was stopped; ask for less (one city or year, fewer columns, "
            "patterns that share a variable, LIMIT without ORDER BY), or allow it more with --memory"
        )
    reason = said.strip().splitlines() or [f"it ended with {code}"]
    return f"the query process ended without an answer: {reason[-1]}"


def _reply(out: bytes) -> Reply:
    header, _, content = out.partition(b"\n")
    kind, _, message = json.loads(header).partition(":")
    if kind == "damaged":
        raise CorpusError(message)
    if kind == "refused":
        raise QueryError(message)
    return Reply(kind, content)
