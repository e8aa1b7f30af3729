"""The indicator behind a phrase: 新增学位, 增加学位 and 新增学位数 are one."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from yaodian.ontology import lexicon
from yaodian.patterns import compiled

# Phrases come back: in the plan and its output, and in plan after plan.
KNOWN_PHRASES = 4096
_QUOTES = compiled(r"[\s“”‘’\"'《》]")


@dataclass(frozen=True, slots=True)
class IndicatorConcept:
    """An indicator by its normalised phrase; ``id`` is made of that phrase alone."""

    id: str
    label: str


def concept_of(phrase: str) -> IndicatorConcept:
    """The concept that an indicator phrase names."""
    label = normalised(phrase)
    return IndicatorConcept("i-" + hashlib.sha1(label.encode(), usedforsecurity=False).hexdigest()[:12], label)


@lru_cache(maxsize=KNOWN_PHRASES)
def normalised(phrase: str) -> str:
    """The phrase in its normal form: quotes, determiners and counters gone, one verb for each way of saying it."""
    words = _QUOTES.sub("", phrase)
    words = _determiners().sub("", _passing().sub("", words))
    if _any_synonym().search(words):
        for pattern, replacement in _synonyms():
            words = pattern.sub(replacement, words)
    return _counters().sub("", words) or words


@cache
def _synonyms() -> list[tuple[re.Pattern[str], str]]:
    return [(compiled(pattern), replacement) for pattern, replacement in lexicon("indicators")["synonyms"]]


@cache
def _any_synonym() -> re.Pattern[str]:
    """What the synonyms replace: most phrases hold none of it."""
    return compiled("|".join(pattern for pattern, _ in lexicon("indicators")["synonyms"]))


@cache
def _passing() -> re.Pattern[str]:
    return compiled("|".join(lexicon("indicators")["passing"]))


@cache
def _determiners() -> re.Pattern[str]:
    return compiled(rf"^(?:{'|'.join(lexicon('indicators')['determiners'])})+")


@cache
def _counters() -> re.Pattern[str]:
    return compiled(rf"(?<=.)(?:{'|'.join(lexicon('indicators')['counters'])})$")
