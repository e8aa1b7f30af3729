"""What is looked for, as people write it: words that must all be there, "phrases", -words that must not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yaodian.errors import QueryError
from yaodian.searching.words import Phrase, words

MOST = 64
"""More words and phrases than these cannot be looked for at once."""

# Quotation marks of all kinds; one that is never closed runs to the end.
_PART = re.compile(
    r"(?P<minus>[-－]?)(?:[\"＂](?P<a>[^\"＂]*)[\"＂]?|[“”](?P<b>[^“”]*)[“”]?|「(?P<c>[^」]*)」?|(?P<word>[^\s\"＂“”「]+))"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """``phrases`` must all be there, none of ``excluded`` may be."""

    phrases: tuple[Phrase, ...]
    excluded: tuple[Phrase, ...] = ()

    @property
    def expression(self) -> str:
        """The same in the language of FTS5; words have no character that means anything there."""
        wanted = " AND ".join(_quoted(phrase) for phrase in self.phrases)
        return f"({wanted})" + "".join(f" NOT {_quoted(phrase)}" for phrase in self.excluded)


def asked(text: str) -> Asked:
    """What the words look for; ``QueryError`` where nothing is left that could be found, or they are too many."""
    phrases: dict[Phrase, None] = {}
    excluded: dict[Phrase, None] = {}
    for match in _PART.finditer(text):
        own = tuple(words(next(part for part in match.group("a", "b", "c", "word") if part is not None)))
        if own:
            (excluded if match["minus"] else phrases)[own] = None
    if len(phrases) + len(excluded) > MOST:
        raise QueryError(f"{len(phrases) + len(excluded)} words and phrases are too many to look for; at most {MOST}")
    if not phrases:
        what = "only what must not be there" if excluded else "no letter, digit or Chinese character"
        raise QueryError(f"nothing to look for: {what}; give at least one word, such as: yaodian search 学位")
    return Asked(tuple(phrases), tuple(excluded))


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase)}"'
