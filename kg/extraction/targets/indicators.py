"""What a quantity counts: the indicator phrase, from the words of its clause on both sides of the number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from yaodian.ontology import lexicon

LONGEST = 40
_FOOTNOTE = re.compile(r"[\[［〔]\d{1,2}[\]］〕]")
_MEASURES = frozenset("率例比度数额")
_BEFORE_REACHING = frozenset("惠涉普波触")
"""With 及 behind them they make a verb: 惠及, 涉及."""
_NOUNS_WITH_OUT = frozenset("支产演输")
_YEAR_BEFORE = re.compile(r"^(?:(?:到|至|截至)?(?:19|20)\d{2}年(?:年?[底末])?前?)")


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a number: ``left`` and ``right`` in its clause, the clause ``above``, and what the number
    before it in the sentence counted (``inherited``; ``shared`` where it has the same unit, too)."""

    left: str
    right: str
    above: str = ""
    inherited: str = ""
    shared: str = ""


def indicator(context: Context, percentage: bool) -> str:
    """The indicator phrase: what the number counts, in the text's own words.

    A bare verb is completed by what the number before it counted (竣工33所 after 新建学校78所), or by the clause
    above it (开展安全培训，全年培训2000人次).
    """
    before, behind = _left_words(context.left), _right_words(context.right)
    if thing := _measured_thing(before, context.right):
        return _limited(thing + before)
    if behind:
        words = _without_endings(before, _light_endings()) + behind
        return _limited(words + "的比例" if percentage else words)
    before = _YEAR_BEFORE.sub("", before) or before
    if context.shared and _YEAR_BEFORE.fullmatch(before):
        return context.shared
    if context.shared and _place().fullmatch(before):
        return _limited(before + _place().sub("", context.shared, count=1))
    if context.inherited and _is_change(before):
        return _limited(context.inherited + before)
    if context.above and _is_bare(before) and (changing := _changing().fullmatch(context.above.strip())):
        return _limited(_left_words(changing["subject"]))
    if context.shared and _is_bare(before):
        return _limited(before + counted_noun(context.shared))
    if context.above and _is_bare(before):
        return _limited(_left_words(context.above) + before)
    return _limited(before or context.left.strip() or context.inherited)


def _measured_thing(before: str, right: str) -> str | None:
    """The project behind a sum or an area (总投资15亿元的某某项目); None where there is none."""
    if not re.fullmatch(lexicon("quantities")["completion"]["sums"], before):
        return None
    match = re.match(rf"\s*的({lexicon('quantities')['completion']['things']})", right)
    return match[1] if match else None


@cache
def _changing() -> re.Pattern[str]:
    return re.compile(lexicon("quantities")["completion"]["changing"])


def plain_words(left: str) -> str:
    """The words before a number without what carries nothing for what is counted."""
    return _left_words(left)


def _is_bare(words: str) -> bool:
    """Whether the words name no thing: verbs alone."""
    return not _leading_verbs().sub("", words).strip()


def _is_change(words: str) -> bool:
    """Whether the words tell how something changed, not what (比上年增加, 增幅)."""
    return _change().search(words) is not None


def between_values(first: str, second: str, between: str) -> tuple[str, str]:
    """The indicators of the two values of 由84项减到31项, where ``between`` parts them: both count the same thing."""
    shared = _reaching_end().sub("", first.removesuffix(between.strip())) or first
    return shared, shared if _reaching().fullmatch(second) else second


@cache
def _place() -> re.Pattern[str]:
    return re.compile("^(?:" + _indicator_words()["place"] + ")")


@cache
def _reaching() -> re.Pattern[str]:
    return re.compile(_indicator_words()["reaching"])


@cache
def _reaching_end() -> re.Pattern[str]:
    return re.compile(f"(?:{_indicator_words()['reaching']})$")


def begins_with_verb(text: str, start: int) -> bool:
    """Whether the words from ``start`` on begin with a verb that numbers are objects of (新建, 引进)."""
    return _leading_verbs().match(text[start : start + LONGEST]) is not None


def counted_noun(phrase: str) -> str:
    """What is counted, without the verbs in front (新建、改扩建学校 → 学校)."""
    return _leading_verbs().sub("", phrase) or phrase


def _left_words(left: str) -> str:
    words = _FOOTNOTE.sub("", left.strip(" \t\u3000"))
    words = _label().sub("", words)
    while (shorter := _trimmed(words)) != words:
        words = shorter
    return words


def _trimmed(words: str) -> str:
    words = words.lstrip("、和及与 ").rstrip("、和与 “" if words.count("“") > words.count("”") else "、和与 ")
    words = _leading_light().sub("", words)
    return _without_endings(words, _endings(), drops_loose_words=True)


def _without_endings(words: str, endings: frozenset[str], *, drops_loose_words: bool = False) -> str:
    """The words without as many of the ``endings`` as make up their end; of 率为 the 为, of 评选出 the 出, where asked.

    Step by step from the end: a pattern of repeated choices would try every way to split 达到 and 达 and 到.
    """
    reached, waiting = {len(words)}, [len(words)]
    while waiting:
        end = waiting.pop()
        for start in range(max(0, end - _longest_ending()), end):
            ending = words[start:end]
            before = words[start - 1 : start]
            of_measure = ending == "为" and before in _MEASURES
            of_verb = ending == "出" and before and before not in _NOUNS_WITH_OUT
            loose = drops_loose_words and (of_measure or of_verb)
            of_word = ending == "及" and before in _BEFORE_REACHING
            if (ending in endings or loose) and start not in reached and not of_word:
                reached.add(start)
                waiting.append(start)
    return words[: min(reached)]


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
    return re.compile(r"^(?:[一二三四五六七八九十]+[是要]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])")


@cache
def _change() -> re.Pattern[str]:
    return re.compile(_indicator_words()["change"])


@cache
def _leading_light() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any_of(_indicator_words()['light_verbs'])})+")


@cache
def _light_endings() -> frozenset[str]:
    return _endings() | frozenset(_indicator_words()["light_verbs"])


@cache
def _longest_ending() -> int:
    return max(map(len, _light_endings()))


@cache
def _endings() -> frozenset[str]:
    return frozenset(_indicator_words()["trailing"])


@cache
def _leading_verbs() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{_any_of(_indicator_words()['counting_verbs'])})[、和及]?)+")


def _indicator_words() -> Any:
    return lexicon("quantities")["indicator"]
