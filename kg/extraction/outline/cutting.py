"""How well a heading may end at a place where nothing sets it off from its text.

What stands before and behind the place tells, and how long the headings beside it are. The words and what they count
are data (``lexicons/headings.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from math import sqrt
from typing import Any

from yaodian.extraction.words import common_pairs
from yaodian.ontology import lexicon
from yaodian.patterns import any_of, compiled


def least_fitness(*, whole: bool) -> float:
    """The fitness below which no heading ends at a place; of a ``whole`` sentence, which may be one, more is asked."""
    return float(lexicon("headings")["least_of_sentence" if whole else "least"])


def fitness(text: str, start: int, end: int, usual: float) -> float:
    """How well the heading that begins at ``start`` may end at ``end``, where its siblings are ``usual`` long."""
    words, weights, pairs = text[start:end], lexicon("headings"), common_pairs()
    behind, found = text[end : end + 2], _opening(text, end, weights)
    ends = words.endswith(_endings()) or _predicate().fullmatch(words[-4:]) is not None
    # Between two known words what makes a third one does so by chance: 提升|高考.
    around = text[end - 1 : end + 1]
    crossed = not (ends and found > 0) and (around in pairs or around in _listed("joined"))
    found += weights["ending"] * ends + weights["crossed"] * crossed
    found += weights["dangling"] * words.endswith(_dangling())
    found += weights["open"] * (_left_open().search(words) is not None)
    found += (weights["word"] + weights["repeated"] * (behind in words)) * (behind in pairs)
    return float(found + weights["length"] * abs(len(words) - usual) / sqrt(max(usual, 1)))


def _opening(text: str, end: int, weights: Mapping[str, Any]) -> float:
    """What counts that a clause opens at ``end``.

    No noun or predicate does behind which another clause opens, but one with a figure for its object (投入|300万元).
    """
    opener = _openers().match(text, end)
    if opener is None:
        return float(weights["figure" if text[end].isdigit() else "unopened"])
    if len(opener[0]) == 1:
        return float(weights["letter"])
    is_noun = opener[0] in _listed("nouns")
    whole = opener if is_noun else _predicate().match(text, end)
    if whole and text[whole.end() : whole.end() + 1].isdigit():
        return float(weights["opener"])
    if whole and (_openers().match(text, whole.end()) or text.startswith(tuple(weights["behind_nouns"]), whole.end())):
        return float(weights["unopened"])
    return float(weights["noun" if is_noun or opener[0] in _listed("things") else "opener"])


@cache
def _openers() -> re.Pattern[str]:
    words = [word for key in ("verbs", "subjects", "nouns", "things") for word in lexicon("headings")[key].split()]
    return compiled(any_of([*words, *lexicon("headings")["letters"], *lexicon("outline")["clause_verbs"]]))


@cache
def _dangling() -> tuple[str, ...]:
    """The words that open a clause and end no heading."""
    openers = {*_listed("verbs"), *_listed("subjects"), *lexicon("outline")["clause_verbs"]}
    return tuple(word for word in openers - {*_listed("nouns"), *_listed("endings")} if len(word) > 1)


@cache
def _left_open() -> re.Pattern[str]:
    return compiled(lexicon("headings")["left_open"])


@cache
def _predicate() -> re.Pattern[str]:
    """A verb behind an adverb of degree makes a whole clause of a heading: 体系更加完善."""
    return compiled(rf"(?:{lexicon('outline')['degrees']})[\u4e00-\u9fff]{{2}}")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_listed("endings"))


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(lexicon("headings")[key].split())
