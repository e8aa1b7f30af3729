"""An oddity of the text as the detectors report it, before it becomes a mark of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from yaodian.extraction.scanning import matches_at
from yaodian.ontology import lexicon
from yaodian.patterns import compiled

HAN_CHARACTER = "\u3400-\u4dbf\u4e00-\u9fff"


@dataclass(frozen=True, slots=True, order=True)
class Oddity:
    """``text[start:end]`` is odd in the way ``kind`` names; ``expected`` is what probably should stand there."""

    start: int
    end: int
    kind: str
    expected: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """The stretch of a text that is looked at."""

    text: str
    start: int
    end: int

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of ``pattern`` within the region; look-arounds may see beyond it."""
        return pattern.finditer(self.text, self.start, self.end)

    def at_numbers(self, pattern: re.Pattern[str], back: int = 0) -> Iterator[re.Match[str]]:
        """As :meth:`find`, of a pattern that matches from the first digit of a number on, or ``back`` before it."""
        return matches_at(_digits(self), pattern, self.text, self.start, self.end, back)

    def lines(self) -> Iterator[tuple[int, int]]:
        """The bounds of the region's lines that are not blank, without their outer white space."""
        for match in self.find(_LINE):
            yield match.span()


# A dozen patterns ask, of one region after the other.
@lru_cache(maxsize=1)
def _digits(region: Region) -> list[int]:
    """Where the runs of digits begin."""
    return [match.start() for match in region.find(DIGITS)]


def habit(oddities: Iterable[Oddity]) -> Iterator[Oddity]:
    """``oddities`` of a kind that comes with a habit of writing: the first tells in ``detail`` how many there are."""
    for n, oddity in enumerate(found := list(oddities)):
        yield oddity if n else replace(oddity, detail=str(len(found)))


# One class, then any: a pattern that begins with a repeated class (\d+) is tried at every character.
DIGITS = compiled(r"\d\d*")
_LINE = compiled(r"[^\s](?:[^\n]*[^\s])?")


def proofreading(section: str) -> Any:
    """A section of the proofreading lexicon."""
    return lexicon("proofreading")[section]


@cache
def alternation(section: str, key: str) -> str:
    """The patterns listed under ``section.key`` of the proofreading lexicon, as one regular expression."""
    return "(?:" + "|".join(proofreading(section)[key]) + ")"
