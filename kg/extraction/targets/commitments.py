"""What is promised with a number: how firmly, by when, for each of what, for whom; a level or a change of it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from yaodian.extraction.intervals import Intervals
from yaodian.model import Bindingness, Measurement
from yaodian.ontology import lexicon
from yaodian.patterns import compiled

BASELINE_REACH = 8
_YEAR = r"(?:19|20)\d{2}"
_DEADLINE = compiled(
    rf"(?:(?P<year>{_YEAR})\s*年\s*)?(?P<month>\d{{1,2}})月\s*(?:(?P<day>\d{{1,2}})[日号]|底|末)?\s*(?:之?前|底|末)"
    rf"|(?:到|至|截至)\s*(?P<until>{_YEAR})\s*年"
    rf"|(?<=[，；、,;：:])(?P<of>{_YEAR})\s*年(?=$|[^\d，；]{{0,6}}$)"
    rf"|(?P<headed>{_YEAR})\s*年度?(?:工作|发展)?(?:目标|任务)?(?=[：:])"
    rf"|(?P<by>{_YEAR})\s*年\s*(?:年?底|末|之?前)"
    rf"|{_YEAR}\s*年?\s*[-—–~至]\s*(?P<last>{_YEAR})\s*年?"
)
# Every date and every part of a year holds one of these.
_DATE_MARK = compiled("[年月至—–~-]")
_CLAUSE_END = compiled("[。；，,;\n\t|｜│]")
_NUMERAL = compiled(r"[\d一二三四五六七八九十两]")
CHANGES = "增长|提高|下降|减少|增加|降低|上升|压减|提升|压缩|缩小|扩大"
_CHANGE = compiled(f"(?:{CHANGES})$")
_COMPARED = compiled(r"(?:较|(?<![占评])比(?!例|重|率|赛|较|武)|同比|环比)")
_BASELINE = compiled(r"(?:由|从|自)[^，。；,;]{0,12}$")
_REACHES = compiled(r"(?:提高|提升|增加|增长|扩大|下降|降低|减少|降|增|压减|缩小|上升|升|达|恢复|调整)?(?:到|至|为)")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, month or year that is promised, as in ISO 8601, and where that is printed (None: by default)."""

    value: str
    start: int | None
    end: int | None


@cache
def _words(section: str) -> Any:
    return lexicon("commitments")[section]


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firmly something is promised, and the word that says so (None where no word does)."""

    kind: Bindingness
    start: int | None = None
    end: int | None = None


def firmness(text: str, sentence: int, deed: int, start: int) -> Firmness:
    """How firmly the number at ``start`` is promised: by the nearest word before it in the sentence.

    Some words count only from ``deed`` on, where that begins which the number is said of.
    """
    nearest = Firmness("stated")
    if not _firm().search(text, sentence, start):
        return nearest
    begin = sentence
    for kind, words in _kinds().items():
        floor = deed if kind in _words("bindingness_reach")["deed"] else sentence
        for match in words.finditer(text, max(begin, floor), start):
            nearest, begin = Firmness(kind, match.start(), match.end()), match.start() + 1
    return nearest


@cache
def _firm() -> re.Pattern[str]:
    return compiled("|".join(words.pattern for words in _kinds().values()))


@cache
def _kinds() -> dict[Bindingness, re.Pattern[str]]:
    return {kind: compiled("|".join(words)) for kind, words in _words("bindingness").items()}


def measurement(clause: str, unit: str) -> Measurement:
    """Whether the number behind ``clause`` is a change (增长8%, 提高2个百分点) or a level."""
    if unit not in ("%", "个百分点", "百分点", "倍"):
        return "change" if _COMPARED.search(clause) and _CHANGE.search(clause) else "level"
    return "change" if _CHANGE.search(clause) or _COMPARED.search(clause) else "level"


def is_baseline(text: str, start: int, end: int, following: int) -> bool:
    """Whether the number ``text[start:end]`` is the A of 从A提高到B, where B begins at ``following``."""
    if following - end > BASELINE_REACH or not _BASELINE.search(text[max(0, start - 2 * BASELINE_REACH) : start]):
        return False
    return _REACHES.search(text[end : following + 4]) is not None


def per_unit(clause: str) -> str | None:
    """What the number behind ``clause`` holds for each of (每个县); None where it is said of no such thing."""
    rate, each = _scope()
    if match := rate.search(clause):
        return match[0]
    match = each.search(clause)
    return match[0].strip() if match else None


@cache
def _scope() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _words("scope")
    each = rf"{words['each']}(?:[^，。；、(（{words['stops']}]|[(（][^)）]*[)）]){{0,10}}"
    return compiled(words["rate"]), compiled(each)


def beneficiary(text: str, around: tuple[int, int], end: int) -> str | None:
    """The group that is served, where the clause names it after 面向, 惠及, 资助…; None otherwise.

    The clause of the number that ends at ``end`` begins where ``around`` does, and goes on no further than that.
    """
    begin, limit = around
    stop = _CLAUSE_END.search(text, end, limit)
    match = _served().search(text[begin : stop.start() if stop else limit])
    if match and any(group in match[1] for group in _words("beneficiary")["groups"]):
        return match[1].strip("约近共")
    return None


@cache
def _served() -> re.Pattern[str]:
    before = _words("beneficiary")["before"]
    return compiled(rf"{before}([^，。；,;]{{2,30}}?)(?=提供|开展|实施|举办|发放|\d|等群体|$)")


def deadline(text: str, sentence: int, start: int, year: int | None, names: Intervals) -> Deadline | None:
    """By when: the nearest date said in the sentence before the number, a part of the plan's year, else that year.

    Dates in ``names`` (2021—2025 in a policy's title) say nothing of the number.
    """
    by_default = None if year is None else Deadline(str(year), None, None)
    if not _DATE_MARK.search(text, sentence, start):
        return by_default
    for match in reversed(list(_DEADLINE.finditer(text, sentence, start))):
        if match.start() not in names and (value := _value(match, year)):
            return Deadline(value, match.start(), match.end())
    return by_default and (_part_of_year(text, sentence, start, by_default.value) or by_default)


def _part_of_year(text: str, sentence: int, start: int, year: str) -> Deadline | None:
    """上半年, 年底, 年内: half of the plan's year or all of it."""
    for key, day in (("half_year", "06-30"), ("year_end", "12-31")):
        for word in _words("deadline")[key]:
            at = text.rfind(word, sentence, start)
            if at >= 0 and not _NUMERAL.match(text[at - 1 : at]):
                return Deadline(f"{year}-{day}", at, at + len(word))
    return None


def _value(match: re.Match[str], year: int | None) -> str | None:
    if match["month"] is None:
        return match["until"] or match["of"] or match["headed"] or match["by"] or match["last"]
    chosen = int(match["year"]) if match["year"] else year
    month = int(match["month"])
    if chosen is None or not 1 <= month <= 12:
        return None
    last_day = calendar.monthrange(chosen, month)[1]
    day = int(match["day"]) if match["day"] else last_day
    return f"{chosen}-{month:02d}-{day:02d}" if 1 <= day <= last_day else None
