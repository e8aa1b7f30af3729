"""What a quantity counts: the indicator phrase, from the words of its clause on both sides of the number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from yaodian.ontology import lexicon
from yaodian.patterns import any_of, compiled

LONGEST = 40
LONGEST_SUBJECT = 16
_FOOTNOTE = compiled(r"[\[［〔]\d{1,2}[\]］〕]")
_EXAMPLES = compiled(r"^[^，。]{2,60}、[^，。、]{2,30}等(?=[\u4e00-\u9fff“]{2})")
_EXAMPLES_END = compiled(r"[^，。、]{2,60}、[^，。]{2,60}等$")
_ASIDE = compiled(r"^[（(](?:含|不含|其中|包括)[^（）()]*(?:[）)]|$)")
_MEASURES = frozenset("率例比度数额")
_BEFORE_REACHING = frozenset("惠涉普波触")
"""With 及 behind them they make a verb: 惠及, 涉及."""
_NOUNS_WITH_OUT = frozenset("支产演输")
_YEAR_BEFORE = compiled(
    r"^(?=[到至截今明\d])(?:(?:(?:到|至|截至)?(?:(?:19|20)\d{2}年|今年|明年)(?:年?[底末])?前?)?(?:\d{1,2}月(?:\d{1,2}日|[底末份])?(?:之?前)?)?)"
)


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a number: ``left`` and ``right`` in its clause, the clause ``above``, and what the number
    before it in the sentence counted (``inherited``; ``shared`` where it has the same unit, too; its ``verb`` where
    the list goes on)."""

    left: str
    right: str
    above: str = ""
    inherited: str = ""
    shared: str = ""
    verb: str = ""


def indicator(context: Context, percentage: bool) -> str:
    """The indicator phrase: what the number counts, in the text's own words.

    A bare verb is completed by what the number before it counted (竣工33所 after 新建学校78所), or by the clause
    above it (开展安全培训，全年培训2000人次).
    """
    before, behind = _left_words(context.left), _right_words(context.right)
    if thing := _measured_thing(before, context.right):
        return _limited(thing + before)
    if behind:
        words = _without_endings(_without_examples(before), _light_endings()) + behind
        return _limited(words + "的比例" if percentage else words)
    if percentage and before.endswith("占") and len(before) > 1:
        return _limited(before + "比")
    if percentage and (share := _share_of_whole(before)):
        return _limited(share)
    before = _YEAR_BEFORE.sub("", before) or before
    words = _like_the_last(context, before) or _completed(context, before, percentage) or _carried_on(context, before)
    return _limited(words or context.left.strip() or context.inherited)


def _like_the_last(context: Context, before: str) -> str:
    """The phrase of a number that says what it counts by the number before it; empty where it does not."""
    if context.shared and _YEAR_BEFORE.fullmatch(before):
        return context.shared
    if context.shared and _place().fullmatch(before):
        return before + _place().sub("", context.shared, count=1)
    if context.inherited and _relating().fullmatch(before):
        return counted_noun(context.inherited) + before
    return context.inherited + before if context.inherited and _is_change(before) else ""


def _completed(context: Context, before: str, percentage: bool) -> str:
    """The phrase of a bare verb or rate with the noun that it leaves to the number or the clause before it."""
    if context.above and _is_bare(before) and (changing := _changing().fullmatch(context.above.strip())):
        return _left_words(changing["subject"])
    if context.shared and _is_bare(before):
        return before + counted_noun(context.shared)
    if context.above and _is_bare(before):
        return _left_words(context.above) + before
    alone = percentage and context.above and not context.inherited
    return _subject(context.above) + before if alone and _rate().fullmatch(before) else ""


def _carried_on(context: Context, before: str) -> str:
    """The phrase with the verb of the list that it goes on with."""
    return context.verb + before if before and not _leading_verbs().match(before) else before


def verb_of(phrase: str) -> str:
    """The verb that an indicator begins with (改造厕所 → 改造); none where several do."""
    match = _leading_verbs().match(phrase)
    return match[0] if match and match[0] in _indicator_words()["counting_verbs"] and match[0] != phrase else ""


def _share_of_whole(before: str) -> str:
    """The share that is bounded by a part of a whole (骨干教师不低于交流教师的|20%); empty where there is none."""
    match = _of_whole().fullmatch(before)
    if match is None:
        return ""
    return match["part"] if _rate_end().search(match["part"]) else f"{match['part']}占{match['whole']}的比例"


def _measured_thing(before: str, right: str) -> str | None:
    """The project behind a sum or an area (总投资15亿元的某某项目); None where there is none."""
    if not re.fullmatch(lexicon("quantities")["completion"]["sums"], before):
        return None
    match = re.match(rf"\s*的({lexicon('quantities')['completion']['things']})", right)
    return match[1] if match else None


@cache
def _changing() -> re.Pattern[str]:
    return compiled(lexicon("quantities")["completion"]["changing"])


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
    return compiled("^(?:" + _indicator_words()["place"] + ")")


@cache
def _reaching() -> re.Pattern[str]:
    return compiled(_indicator_words()["reaching"])


@cache
def _reaching_end() -> re.Pattern[str]:
    return compiled(f"(?:{_indicator_words()['reaching']})$")


def begins_with_verb(text: str, start: int) -> bool:
    """Whether the words from ``start`` on begin with a verb that numbers are objects of (新建, 引进)."""
    return _leading_verbs().match(text[start : start + LONGEST]) is not None


def counted_noun(phrase: str) -> str:
    """What is counted, without the verbs in front (新建、改扩建学校 → 学校) and examples (甲、乙等专业 → 专业)."""
    noun = _leading_verbs().sub("", phrase) or phrase
    return _EXAMPLES.sub("", noun) if "等" in noun else noun


def _without_examples(before: str) -> str:
    """The words before a number without the examples of what is counted (新建甲小学、乙中学等|6所学校)."""
    match = _EXAMPLES_END.search(before) if before.endswith("等") else None
    if match is None:
        return before
    verbs = _leading_verbs().match(before)
    return verbs[0] if verbs else before[: match.start()]


def _left_words(left: str) -> str:
    words = _FOOTNOTE.sub("", left.strip(" \t\u3000"))
    words = _label().sub("", words)
    while (shorter := _trimmed(words)) != words:
        words = shorter
    return words


def _trimmed(words: str) -> str:
    words = words.lstrip("、和及与 ").rstrip("、和与 “" if words.count("“") > words.count("”") else "、和与 ")
    words = _leading_light().sub("", _partners().sub("", words) if words.startswith(_partner_verbs()) else words)
    words = _without_places(words) if "、" in words else words
    return _without_endings(words, _endings(), drops_loose_words=True)


def _without_places(words: str) -> str:
    """The words without the row of places that stands at their beginning or behind a verb there."""
    verbs = _leading_verbs().match(words)
    at = verbs.end() if verbs else 0
    return words[:at] + _places().sub("", words[at:]).removeprefix("的")


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
    return _label().sub("", _ASIDE.sub("", right.strip()).removeprefix("的").strip())


def _limited(words: str) -> str:
    """The phrase, or where it is long, its last whole words from the left."""
    words = words.strip("，、。；： \n")
    return words if len(words) <= LONGEST else words[-LONGEST:]


@cache
def _label() -> re.Pattern[str]:
    return compiled(r"^(?:[一二三四五六七八九十]+[是要]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])")


@cache
def _change() -> re.Pattern[str]:
    return compiled(_indicator_words()["change"])


@cache
def _leading_light() -> re.Pattern[str]:
    words = _indicator_words()
    return compiled(rf"^(?:(?!{words['not_light']})(?:{any_of(words['light_verbs'])})(?:{words['complements']})?)+")


def _subject(clause: str) -> str:
    """What the clause before a bare rate speaks of (课后服务实现全覆盖，|参与率); empty where that is long."""
    words = _predicate().split(_left_words(clause), maxsplit=1)[0]
    noun = counted_noun(words)
    return noun if len(noun) <= LONGEST_SUBJECT and "“" not in noun else ""


@cache
def _rate() -> re.Pattern[str]:
    return compiled(_indicator_words()["rate"])


@cache
def _of_whole() -> re.Pattern[str]:
    return compiled(_indicator_words()["of_whole"])


@cache
def _rate_end() -> re.Pattern[str]:
    return compiled(_indicator_words()["rate_end"])


@cache
def _predicate() -> re.Pattern[str]:
    return compiled(_indicator_words()["predicate"])


@cache
def _relating() -> re.Pattern[str]:
    return compiled(_indicator_words()["relating"])


@cache
def _partners() -> re.Pattern[str]:
    return compiled("^" + _indicator_words()["partners"])


@cache
def _partner_verbs() -> tuple[str, ...]:
    return tuple(_indicator_words()["partner_verbs"])


@cache
def _places() -> re.Pattern[str]:
    words = _indicator_words()
    place = words["place_in_row"]
    return compiled(rf"^{place}(?:、{place})+(?:[和及与]{place})?{words['behind_row']}(?=[\u4e00-\u9fff“])")


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
    return compiled(rf"^(?:(?:{any_of(_indicator_words()['counting_verbs'])})[、和及]?)+")


def _indicator_words() -> Any:
    return lexicon("quantities")["indicator"]
