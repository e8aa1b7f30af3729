"""The process that answers queries one after another until it is killed or its input ends.

A request is a line of JSON; an answer is a line of JSON that says what it is and how many bytes follow, and these.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from yaodian.corpus.guarding import Dataset, is_damage, run
from yaodian.corpus.worker import die_in_time, limit_memory, opened
from yaodian.corpus.writing import Most, write_answer
from yaodian.errors import CorpusError, ForbiddenQueryError, LargeAnswerError, QueryError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from yaodian.corpus.guarding import Result

_REASONS = ((ForbiddenQueryError, "forbidden"), (LargeAnswerError, "large"))
_LONGEST_MESSAGE = 1000


def main() -> None:
    """Answer the requests on standard input; the first line says which store, and how much memory there is."""
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    beginning = json.loads(requests.readline())
    try:
        store = opened(beginning["folder"], beginning["index"])
    except (CorpusError, OSError) as error:
        _reply(replies, _failure("damaged", error))
        return
    limit_memory(beginning["memory"])
    _reply(replies, {"ready": True})
    for line in requests:
        request = json.loads(line)
        die_in_time(request["timeout"])
        _reply(replies, *_answered(store, request))
        die_in_time(None)


def _answered(store: Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        kind, form, content = _answer(store, request)
    except QueryError as error:
        return _failure(next((why for type_, why in _REASONS if isinstance(error, type_)), "wrong"), error), b""
    except (CorpusError, OSError) as error:
        return _failure("damaged" if isinstance(error, CorpusError) or is_damage(error) else "wrong", error), b""
    return {"kind": kind, "form": form}, content


def _failure(why: str, error: Exception) -> dict[str, Any]:
    return {"failure": why, "message": str(error)[:_LONGEST_MESSAGE]}


def _answer(store: Store, request: dict[str, Any]) -> tuple[str, str, bytes]:
    """The kind of answer, the format it is in, and its bytes; no bytes where none of its formats is wanted."""
    forms, most = request["forms"], Most(request["rows"], request["bytes"])
    dataset = Dataset(tuple(request["default"]), tuple(request["named"]))

    def read(result: Result) -> tuple[str, str, bytes]:
        kind = kind_of(result)
        form = forms[kind]
        return kind, form or "", write_answer(result, form, most)[1] if form else b""

    return run(store, request["text"], read, dataset)


def kind_of(result: Result) -> str:
    """What kind of answer a result is: rows, triples, boolean."""
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(result, QuerySolutions):
        return "rows"
    return "boolean" if isinstance(result, QueryBoolean) else "triples"


def _reply(out: BinaryIO, header: dict[str, Any], content: bytes = b"") -> None:
    out.write(json.dumps({**header, "length": len(content)}).encode() + b"\n" + content)
    out.flush()


if __name__ == "__main__":
    main()
