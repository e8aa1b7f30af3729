"""Asking in a process of its own, which is ended when the answer takes too long: the engine itself has no time-out."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from yaodian.corpus.answers import Answer, answer_of
from yaodian.errors import CorpusError, QueryError

if TYPE_CHECKING:
    from yaodian.corpus.opening import Corpus


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its parameters in it, the format of the answer (see ``writing``), and the seconds it may take."""

    text: str
    format: str = "values"
    timeout: float | None = None


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
    return _reply(out, err)


def _reply(out: bytes, err: bytes) -> Reply:
    header, _, content = out.partition(b"\n")
    if not header:
        reason = err.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise QueryError(f"the query process ended without an answer: {reason[-1]}")
    kind, _, message = json.loads(header).partition(":")
    if kind == "damaged":
        raise CorpusError(message)
    if kind == "refused":
        raise QueryError(message)
    return Reply(kind, content)
