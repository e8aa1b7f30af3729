"""What a quantity counts: the indicator phrase, from the words of its clause on both sides of the number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from yaodian.ontology import lexicon

LONGEST = 40
SHORTEST = 3
_OPEN = "“《（("
_CLOSE = "”》）)"
_CLAUSE_END = re.compile(r"[，。；：,;:！？\n]")


def clause_start(text: str, start: int, floor: int) -> int:
    """Where the clause that a number at ``start`` stands in begins, not before ``floor``."""
    depth = 0
    for i in range(start - 1, floor - 1, -1):
        if text[i] in _CLOSE:
            depth += 1
        elif text[i] in _OPEN:
            if depth == 0:
                return i + 1
            depth -= 1
        elif depth == 0 and _CLAUSE_END.match(text[i]):
            return i + 1
    return floor


def clause_end(text: str, end: int, ceiling: int) -> int:
    """Where the words that a number ending at ``end`` counts stop: at punctuation.

    A 、 stops them only where another number follows in the list (10个学院、8个项目; not 100名教师、校长).
    """
    depth, comma = 0, -1
    for i in range(end, ceiling):
        if text[i] in _OPEN:
            depth += 1
        elif text[i] in _CLOSE:
            if depth == 0:
                return i
            depth -= 1
        elif depth == 0 and _CLAUSE_END.match(text[i]):
            return i
        elif depth == 0 and text[i] == "、":
            comma = i
    return comma if comma >= 0 else ceiling


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a number: ``left`` and ``right`` in its clause, the clause ``above``, and what the number
    before it in the sentence counted (``inherited``, empty where there is none of the same unit)."""

    left: str
    right: str
    above: str = ""
    inherited: str = ""


def indicator(context: Context, percentage: bool) -> str:
    """The indicator phrase: what the number counts, in the text's own words.

    A bare verb is completed by what the number before it counted (竣工33所 after 新建学校78所), or by the clause
    above it (开展安全培训，全年培训2000人次).
    """
    before, behind = _left_words(context.left), _right_words(context.right)
    if behind:
        words = _trailing_light().sub("", before) + behind
        return _limited(words + "的比例" if percentage else words)
    if _is_bare(before) and context.inherited:
        return _limited(before + counted_noun(context.inherited))
    if _is_bare(before) and context.above:
        return _limited(_left_words(context.above) + before)
    return _limited(before or context.left.strip() or context.inherited)


def _is_bare(words: str) -> bool:
    """Whether the words name no thing: verbs alone."""
    return len(counted_noun(words + "。")) <= 2 or len(words) < SHORTEST


def counted_noun(phrase: str) -> str:
    """What is counted, without the verbs in front (新建、改扩建学校 → 学校)."""
    return _leading_verbs().sub("", phrase) or phrase


def _left_words(left: str) -> str:
    words = left.strip(" \t\u3000")
    words = _label().sub("", words)
    while (shorter := _trimmed(words)) != words:
        words = shorter
    return words


def _trimmed(words: str) -> str:
    words = words.strip("、和及与 “") if words.count("“") > words.count("”") else words.strip("、和及与 ")
    words = _leading_light().sub("", words)
    return _trailing().sub("", words)


def _right_words(right: str) -> str:
    return _label().sub("", right.strip().removeprefix("的").strip())


def _limited(words: str) -> str:
    """The phrase, or where it is long, its last whole words from the left."""
    words = words.strip("，、。；： \n")
    return words if len(words) <= LONGEST else words[-LONGEST:]


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"^(?:[一二三四五六七八九十]+是|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])")


@cache
def _leading_light() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any_of(lexicon('quantities')['indicator']['light_verbs'])})+")


@cache
def _trailing_light() -> re.Pattern[str]:
    words = lexicon("quantities")["indicator"]
    return re.compile(rf"(?:{_any_of([*words['light_verbs'], *words['trailing']])})+$")


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of(lexicon('quantities')['indicator']['trailing'])})+$")


@cache
def _leading_verbs() -> re.Pattern[str]:
    verbs = lexicon("quantities")["indicator"]["counting_verbs"]
    return re.compile(rf"^(?:(?:{_any_of(verbs)})[、和及]?)+")
