"""What to say where a ready-made question finds nothing: which value matches nothing, and which values there are."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yaodian.corpus.answers import Rows
from yaodian.corpus.questions import bind
from yaodian.errors import QueryError, listed
from yaodian.ontology import lexicon

if TYPE_CHECKING:
    from yaodian.corpus.opening import Corpus


# A value for people can have several names: `preschool (学前教育)`.
_NAMES = re.compile(r"[^()]*[^()\s]")
_LIKE, _NEAR = 0.4, 3


@dataclass(frozen=True, slots=True)
class Hint:
    """A parameter whose value matches nothing in the corpus, and the values that there are."""

    name: str
    value: str
    values: tuple[str, ...]

    def told(self, lang: str = "en") -> str:
        """The same in a sentence, in ``zh`` or ``en``."""
        nothing: str = lexicon("questions")[lang]["matches-nothing"]
        return nothing.format(name=self.name, value=self.value) + offered(self.value, self.values, lang)


def hints(corpus: Corpus, parameters: Mapping[str, str], timeout: float | None = None) -> Iterator[Hint]:
    """A hint for each parameter whose value matches nothing in the corpus."""
    for name, question in asked_of_values(parameters):
        if (rows := _values(corpus, question, timeout)) is not None:
            found = hint(name, parameters[name], [(str(row["value"]), bool(row["fits"])) for row in rows])
            yield from [found] if found else []


def asked_of_values(parameters: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The parameters that have values in the corpus, each with the query for these: ``?value``, and whether it fits."""
    for name in parameters:
        if known := lexicon("parameters").get(name):
            given = {one: parameters[one] for one in known["given"] if one in parameters}
            yield name, bind(known["query"], given)


def hint(name: str, value: str, there: Sequence[tuple[str, bool]]) -> Hint | None:
    """What to say of a value, where there are some and none of them fits."""
    if not there or any(fits for _, fits in there):
        return None
    return Hint(name, value, tuple(one for one, _ in there))


def offered(value: str, values: Sequence[str], lang: str = "en") -> str:
    """What to say of a value that is none of ``values``: those that are like it, and the first of all."""
    said: dict[str, str] = lexicon("questions")[lang]
    near = _near(value, values)
    meant = said["meant"].format(near=said["or"].join(near)) if near else ""
    return meant + said["there-are"].format(values=listed(values, rest=said["rest"]))


def _near(value: str, values: Sequence[str]) -> list[str]:
    """The values that are like the one given; none where all are."""
    near = [one for one in values if difflib.get_close_matches(value, _NAMES.findall(one), n=1, cutoff=_LIKE)]
    return near[:_NEAR] if len(near) < len(values) else []


def _values(corpus: Corpus, query: str, timeout: float | None) -> Rows | None:
    try:
        answer = corpus.query(query, timeout=timeout or 0)
    except QueryError:
        return None
    return answer if isinstance(answer, Rows) else None
