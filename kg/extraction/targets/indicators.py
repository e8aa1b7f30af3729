"""What a quantity counts: the indicator phrase, from the words of its clause on both sides of the number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from yaodian.ontology import lexicon

LONGEST = 40
_OPEN = "“《（("
_CLOSE = "”》）)"
_JOINTS = "、和及与"
_FOOTNOTE = re.compile(r"[\[［〔]\d{1,2}[\]］〕]")
_CLAUSE_END = frozenset("，。；：,;:！？\n\t|｜│")


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
        elif depth == 0 and text[i] in _CLAUSE_END:
            return i + 1
    return floor


def clause_end(text: str, end: int, ceiling: int) -> int:
    """Where the words that a number ending at ``end`` counts stop: at punctuation, or where a list goes on.

    A 、 or 和 ends them only right before the next number at ``ceiling`` (10个学院、8个项目; not 100名教师、校长).
    """
    opened: list[int] = []
    for i in range(end, ceiling):
        if text[i] in _OPEN:
            opened.append(i)
        elif text[i] in _CLOSE:
            if not opened:
                return i
            opened.pop()
        elif not opened and text[i] in _CLAUSE_END:
            return i
    if opened:
        return opened[0]
    joint = last_joint(text, end, ceiling)
    return ceiling if joint is None else joint


def last_joint(text: str, start: int, end: int) -> int | None:
    """The last 、 和 及 与 of ``text[start:end]`` outside brackets and quotation marks; None where there is none."""
    depth = 0
    for i in range(end - 1, start - 1, -1):
        if text[i] in _CLOSE:
            depth += 1
        elif text[i] in _OPEN:
            depth -= 1
        elif depth == 0 and text[i] in _JOINTS:
            return i
    return None


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
        words = _trailing_light().sub("", before) + behind
        return _limited(words + "的比例" if percentage else words)
    before = re.sub(r"^(?:19|20)\d{2}年", "", before) or before
    if context.shared and re.fullmatch(r"(?:19|20)\d{2}年", before):
        return context.shared
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
    return re.search(lexicon("quantities")["indicator"]["change"], words) is not None


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
    return re.compile(r"^(?:[一二三四五六七八九十]+[是要]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])")


@cache
def _leading_light() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any_of(lexicon('quantities')['indicator']['light_verbs'])})+")


@cache
def _trailing_light() -> re.Pattern[str]:
    words = lexicon("quantities")["indicator"]
    return re.compile(rf"(?:{_any_of([*words['light_verbs'], *words['trailing']])})+$")


@cache
def _trailing() -> re.Pattern[str]:
    words = lexicon("quantities")["indicator"]["trailing"]
    return re.compile(rf"(?:{_any_of(words)}|(?<=[率例比度数额])为|(?<![支产演输])出)+$")


@cache
def _leading_verbs() -> re.Pattern[str]:
    verbs = lexicon("quantities")["indicator"]["counting_verbs"]
    return re.compile(rf"^(?:(?:{_any_of(verbs)})[、和及]?)+")
