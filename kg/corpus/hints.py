"""What to say where a ready-made question finds nothing: which value matches nothing, and which values there are."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from yaodian.corpus.answers import Rows
from yaodian.errors import QueryError, listed
from yaodian.ontology import lexicon

if TYPE_CHECKING:
    from yaodian.corpus.opening import Corpus


# A value for people can have several names: `preschool (学前教育)`.
_NAMES = re.compile(r"[^()]*[^()\s]")
_LIKE, _NEAR = 0.4, 3


def hints(corpus: Corpus, parameters: Mapping[str, str], timeout: float | None = None) -> Iterator[str]:
    """A line for each parameter whose value matches nothing in the corpus."""
    for name, value in parameters.items():
        if known := lexicon("parameters").get(name):
            given = {one: parameters[one] for one in known["given"] if one in parameters}
            if not (rows := _values(corpus, known["query"], given, timeout)):
                continue
            if not any(row["fits"] for row in rows):
                yield f"nothing here matches {name}={value}; {offered(value, [str(row['value']) for row in rows])}"


def offered(value: str, values: Sequence[str]) -> str:
    """What to say of a value that is none of ``values``: those that are like it, and the first of all."""
    near = [one for one in values if difflib.get_close_matches(value, _NAMES.findall(one), n=1, cutoff=_LIKE)]
    if near and len(near) < len(values):
        return f"did you mean {listed(near[:_NEAR], ' or ')}? there are: {listed(values)}"
    return f"there are: {listed(values)}"


def _values(corpus: Corpus, query: str, given: Mapping[str, str], timeout: float | None) -> Rows | None:
    try:
        answer = corpus.query(query, given, timeout=timeout or 0)
    except QueryError:
        return None
    return answer if isinstance(answer, Rows) else None
