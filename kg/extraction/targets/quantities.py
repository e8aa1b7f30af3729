"""Numbers with units: which are quantities, in which bounds, and why the others are none.

The grammar: bound? numeral (range numeral)? multiplier? 余/多? unit bound?. Numerals follow GB/T 15835-2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from operator import attrgetter
from string import ascii_letters
from typing import Any

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.numerals import ARABIC, HAN, HAN_NUMBER, LONGEST, multiplier, parse
from yaodian.extraction.targets.shares import Share, shares_in
from yaodian.model import Comparator
from yaodian.ontology import lexicon
from yaodian.patterns import any_of, compiled

BOUND_REACH = 24
LONGEST_LIST = 60
LEAST_COUNT = 11
MOST_MYRIADS = 4
_STOPS, _LIST_STOPS = compiled(r"[，。；：、,;:\n\d]"), compiled(r"[，。；：,;:\n]")
_MEMBERS = compiled("[、和及与]")
_ENDS = (*"，。；、,;）)\n", "")


_FOR_EACH = compiled("每[名个位人所校生]")
_EACH = compiled(r"各[\u4e00-\u9fff]{0,3}$")
_CHINESE = compiled(r"[\u4e00-\u9fff”]")
_NEIGHBOURS = compiled(r"(?P<tens>[二三四五六七八九]?十)?(?P<low>[一二两三四五六七八])(?P<high>[两二三四五六七八九])")
_CODE_BEHIND = frozenset(f"{ascii_letters}+＋*×")
_CODE_BEFORE = _CODE_BEHIND | {"/"}
_PARTS_OF_TIME = frozenset({"分", "天"})
"""Units of a time, or that go on as one: 十五分钟, 二十多天."""
_CLOCK = ("时", "点", ":", "：")
"""Behind these a number counts minutes."""
_ROUND = frozenset("百千")
"""Without a digit before them they are ways of speaking, but for 近百所, 上千人次."""
_ALONE = _ROUND | {"万"}
_NAMED = compiled(r"“[^“”\n]{0,40}”|《[^《》\n]{0,80}》|‘[^‘’\n]{0,40}’|〔[^〕\n]{0,10}〕")
_CLAUSE = compiled("[，,。]")
# A number begins where such a character does, and nowhere else: the search skips from one to the next.
_NUMERALS = compiled(f"[0-9０-９{HAN}万](?:(?<!万)[0-9０-９{HAN}]*|(?<=[近上逾超约]万)|(?=[余多][人名]))")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in base units, where it is printed (bound words included) and the numeral's own start."""

    start: int
    end: int
    numeral: int
    value: Decimal
    value_max: Decimal | None
    comparator: Comparator
    unit: str
    rule: str


@dataclass(frozen=True, slots=True)
class LeftAside:
    """A number that is no quantity, and why."""

    start: int
    end: int
    reason: str


def quantities_in(text: str, start: int, end: int) -> list[Quantity | LeftAside]:
    """Every number of ``text[start:end]`` in order: a quantity, or one left aside with the reason."""
    names = Intervals(match.span() for match in _NAMED.finditer(text, start, end))
    shares = [_share(text, share, start) for share in shares_in(text, start, end) if share.start not in names]
    taken = Intervals((share.numeral, share.end) for share in shares)
    numbers = [_read(text, match, names, start) for match in _matches(text, start, end) if match.start() not in taken]
    return sorted([*numbers, *shares], key=attrgetter("start"))


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    pattern = _number()
    for numerals in _NUMERALS.finditer(text, start, end):
        start = max(start, numerals.start())
        while start < numerals.end() and (match := pattern.match(text, start, end)):
            yield match
            start = match.end()


def _read(text: str, match: re.Match[str], names: Intervals, floor: int) -> Quantity | LeftAside:
    counts = _may_count(match) or _is_coefficient(text, match)
    bound = _bound_before(text, match.start(), floor) if counts else _UNBOUND
    reason = _reason(text, match, bound, names)
    return LeftAside(*match.span("n"), reason) if reason else _quantity(text, match, bound)


def _may_count(match: re.Match[str]) -> bool:
    return bool(match["unit"] or match["u1"] or match["share"] or match["m1"] or match["m2"])


def _is_coefficient(text: str, match: re.Match[str]) -> bool:
    """Whether the number is a bare decimal that tells a coefficient (差异系数分别控制在0.50和0.45以内)."""
    is_decimal = not match["unit"] and "." in match["n"]
    return is_decimal and _coefficient().search(_clause_before(text, match.start())) is not None


@cache
def _coefficient() -> re.Pattern[str]:
    return compiled(_words()["coefficient"])


def _share(text: str, share: Share, floor: int) -> Quantity:
    bound = _bound_before(text, share.start, floor)
    after = _after_bound().match(text, share.end)
    word = after[0] if after else ""
    return Quantity(
        start=share.start - len(bound.quoted),
        end=share.end + len(word),
        numeral=share.start,
        value=share.value,
        value_max=None,
        comparator=_comparator(bound.word, word, more=False),
        unit=share.unit,
        rule="share",
    )


@cache
def _words() -> dict[str, Any]:
    return lexicon("quantities")


@dataclass(frozen=True, slots=True)
class _Bound:
    """A bound word before a number: right before it, or earlier in the clause."""

    adjacent: str
    distant: str

    @property
    def word(self) -> str:
        return self.adjacent or self.distant

    @property
    def quoted(self) -> str:
        """The word where it belongs to the quantity's quote (不低于, 提高到; not 约, 控制在)."""
        return self.adjacent if self.adjacent in _set("bounds", "quoted") else ""


_UNBOUND = _Bound("", "")


@cache
def _after_bound() -> re.Pattern[str]:
    bounds = _words()["bounds"]
    return compiled(any_of([*bounds["after_ge"], *bounds["after_le"], *bounds["after_approx"]]))


@cache
def _number() -> re.Pattern[str]:
    number = rf"(?:{ARABIC}|{HAN_NUMBER}|(?<=[近上逾超约])万(?=[余多]?[人名个])|(?<![0-9０-９{HAN}])万(?=[余多][人名]))"
    unit = f"(?!{any_of(_words()['not_begun'])})(?:{any_of(_words()['units'])})"
    # Behind 从 and 由, 到 leads from one value to another and makes no range.
    repeated = rf"(?:(?<![从由自])(?P<u0>{unit})(?=\s?[-—–－~～至到]\s?{number}[百千]?[万亿]*(?P=u0)))?"
    return compiled(
        rf"(?P<share>百分之)?(?P<from>(?<=[从由自]))?(?P<n>{number})"
        rf"(?:[^\S\n](?=[百千]?[万亿])|个(?=亿(?!元)))?(?P<m1>[百千]?[万亿]{{1,{MOST_MYRIADS}}}|(?<=[0-9０-９])[百千]|[百千](?=[余多]))?(?P<u1>%|％)?(?(from)|{repeated})"
        rf"(?:\s?(?P<range>[-—–－~～至到])\s?(?P<n2>{number}))?(?:[^\S\n](?=余[名人个所万]))?(?P<more>[余多]|来(?=个|名|人))?"
        rf"(?P<m2>[十百千]?[万亿]{{1,{MOST_MYRIADS}}})?(?P<more2>[余多])?[^\S\t\n]?(?P<unit>{unit})?"
        rf"(?P<more3>[余多](?![种样元]))?(?P<after>{_after_bound().pattern})?"
    )


@cache
def _adjacent_bounds() -> tuple[str, ...]:
    """The words that bind the number right behind them, longest first."""
    bounds = _words()["bounds"]
    words = [*bounds["ge"], *bounds["le"], *bounds["approx"], *bounds["over"], *bounds["lt"], *bounds["eq"]]
    return tuple(sorted(words, key=len, reverse=True))


def _bound_before(text: str, start: int, floor: int) -> _Bound:
    near = text[max(floor, start - BOUND_REACH) : start]
    words = _adjacent_bounds()
    adjacent = next(word for word in words if near.endswith(word)) if near.endswith(words) else ""
    distant = _distant_bound_in(near) if _distant_bound().search(near) else ""
    return _Bound(adjacent, distant) if adjacent or distant else _UNBOUND


def _distant_bound_in(near: str) -> str:
    # 分别不超过45人、50人, 至少配备甲、乙各1名: one bound for a whole list.
    stops = _LIST_STOPS if "分别" in near or near.endswith("各") else _STOPS
    found = _distant_bound().findall(stops.split(near)[-1])
    return found[-1] if found else ""


@cache
def _distant_bound() -> re.Pattern[str]:
    bounds = _words()["bounds"]
    return compiled(any_of([w for w in (*bounds["ge"], *bounds["le"]) if len(w) > 1]))


@cache
def _set(section: str, *keys: str) -> frozenset[str]:
    return frozenset(word for key in keys for word in _words()[section][key])


@cache
def _beginnings(key: str) -> tuple[str, ...]:
    return tuple(_words()["han"][key])


def _criteria(match: re.Match[str], bound: _Bound) -> tuple[str, ...]:
    """What behind a number makes it a criterion; more of it behind bounded persons (30人以下教学点, 不足10人的学校)."""
    of_persons = match["unit"] in _words()["units_of_persons"]
    return _criteria_behind(of_persons and bool(match["after"]), of_persons and bool(bound.word))


@cache
def _criteria_behind(bounded_behind: bool, bounded_before: bool) -> tuple[str, ...]:
    of_persons = _words()["criteria_of_persons"] if bounded_behind else ()
    of_bound_persons = _words()["criteria_of_bound_persons"] if bounded_behind or bounded_before else ()
    return (*_words()["criteria"], *of_persons, *of_bound_persons)


def _reason(text: str, match: re.Match[str], bound: _Bound, names: Intervals) -> str | None:
    """Why the number is no quantity; None where it is one."""
    start, end = match.span()
    if start in names:
        return "in a name"
    before, behind = text[start - 1 : start] if start else "", text[end : end + 4]
    if before == "第":
        return "ordinal"
    if before in _CODE_BEFORE or text[match.end("n") : match.end("n") + 1] in _CODE_BEHIND:
        return "part of a code"
    if behind.startswith(_criteria(match, bound)):
        return "a criterion, not a count"
    if not (bound.word or match["after"]) and _is_frequency(text, match):
        return "frequency"
    is_han = match["n"][0] in HAN
    reason = _han_reason(text, match, bound, before) if is_han else _arabic_reason(text, match, before, behind)
    is_too_long = max(len(match["n"]), len(match["n2"] or "")) > LONGEST
    return "no number" if reason is None and is_too_long else reason


def _is_frequency(text: str, match: re.Match[str]) -> bool:
    """Whether the number says how often something is done; where it is bounded (每学期不少于2次) it is promised."""
    of_times = match["unit"] in ("次", "轮", "课时", "学时")
    return of_times and _frequency().search(_clause_before(text, match.start())) is not None


@cache
def _frequency() -> re.Pattern[str]:
    return compiled(_words()["frequency"])


def _clause_before(text: str, start: int) -> str:
    return _LIST_STOPS.split(text[max(0, start - 2 * BOUND_REACH) : start])[-1]


def _han_reason(text: str, match: re.Match[str], bound: _Bound, before: str) -> str | None:
    if _words_of_time((match["unit"] or "") + text[match.end() : match.end() + 4]) and match["unit"] in _PARTS_OF_TIME:
        return "date, time, age or rank"
    if not match["unit"] and not match["share"]:
        return "no unit" if match["m1"] or match["m2"] else "Chinese numeral without a measure word"
    neighbours = _neighbours(match["n"])
    value = neighbours[1] if neighbours else parse(match["n"])
    if value is None:
        return "no number"
    if match["share"] or match["m1"] or match["m2"]:
        return None
    if match["unit"] not in _set("han", "units") and value < LEAST_COUNT:
        return "Chinese numeral without a measure word"
    if match["n"] in _ROUND and before in _words()["han"]["about"]:
        return None
    is_digit = len(match["n"]) == 1 and not match["n2"]
    if (is_digit and before in _set("han", "before")) or _in_a_word(text, match):
        return "part of a word"
    if value == 1 and not bound.word and not match["n2"]:
        return None if _counts_one(text, match) else "一 as an article"
    if not bound.word and _sums_up(text, match, value):
        return "sum of what is named before it"
    return "slogan or way of speaking" if _is_slogan(text, match, bound, value) else None


def _counts_one(text: str, match: re.Match[str]) -> bool:
    """Whether 一 is a number: behind what it counts (建成学校一所，), or of each of several (三县各建成一所)."""
    if match["unit"] not in _set("han", "counting_one"):
        return False
    behind = text[match.end() : match.end() + 1] in _ENDS and _CHINESE.match(text, match.start() - 1) is not None
    return behind or _EACH.search(text[max(0, match.start() - 4) : match.start()]) is not None


def _sums_up(text: str, match: re.Match[str], value: Decimal) -> bool:
    """Whether the numeral only says how many the list right before it names (甲、乙、丙|三个片区)."""
    if match["unit"] not in _set("han", "slogan_units") or value >= LEAST_COUNT:
        return False
    listed = _LIST_STOPS.split(text[max(0, match.start() - LONGEST_LIST) : match.start()])[-1]
    return "、" in listed and len(_MEMBERS.split(listed)) == value


@cache
def _counted() -> tuple[str, ...]:
    return tuple(_words()["han"]["counted"])


def _in_a_word(text: str, match: re.Match[str]) -> bool:
    """Whether the numeral belongs to a word with what stands around it (二本上线率, 连续三次)."""
    return _wording().search(text[max(0, match.start() - 2) : match.end() + 4]) is not None


@cache
def _wording() -> re.Pattern[str]:
    return compiled(_words()["han"]["wordings"])


def _is_slogan(text: str, match: re.Match[str], bound: _Bound, value: Decimal) -> bool:
    if match["n"] in _ROUND and not match["more"]:
        return True
    behind = text[match.end() : match.end() + 8]
    if behind.startswith(_counted()):
        return False
    is_range = match["n2"] is not None or _neighbours(match["n"]) is not None
    for_each = _FOR_EACH.search(text, max(0, match.start() - BOUND_REACH), match.start()) is not None
    unbound = not (bound.word or match["after"] or is_range or for_each)
    if match["unit"] in _set("han", "bound_units") and unbound and behind[:1] not in _ENDS:
        return True
    if is_range or value >= 100:
        return False
    if behind[:1].isdigit():
        return True
    numbers_a_name = behind[:1] in ("“", "‘") and behind[1:2] != "" and behind[1] in HAN
    makes_slogans = match["unit"] in _set("han", "slogan_units")
    after = _beginnings("slogan_after" if makes_slogans else "slogan_words")
    return numbers_a_name or behind.lstrip("“‘").startswith(after)


def _arabic_reason(text: str, match: re.Match[str], before: str, behind: str) -> str | None:
    if before in (".", "．") or _continues_a_number(text, match.start("n")):
        return "part of a code or date"
    if match["u1"]:
        return None
    is_large = match["m1"] is not None and not match["unit"]
    if not is_large and _words_of_time((match["unit"] or "") + behind) and not _is_told(text, match):
        return "date, time, age or rank"
    counts = match["unit"] or match["m1"] or match["m2"] or _is_coefficient(text, match)
    return None if counts else "no unit"


def _continues_a_number(text: str, start: int) -> bool:
    """Whether the digits follow others and a dash: 2021-2023, 0514-8822."""
    return start > 1 and text[start - 1] in "-—–－~～至" and text[start - 2].isdigit()


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence speaks of a number of days (优良天数209天) or of a score, not of a time."""
    words = _words()["told_by"].get(match["unit"])
    if words is None or text[match.start() - 1 : match.start()] in _CLOCK:
        return False
    sentence = re.split("[。；;\n]", text[max(0, match.start() - 2 * BOUND_REACH) : match.start()])[-1]
    return re.search(words, sentence) is not None


@cache
def _time() -> re.Pattern[str]:
    return compiled(any_of(_words()["not_units"]))


def _words_of_time(words: str) -> bool:
    return _time().match(words) is not None


def _quantity(text: str, match: re.Match[str], bound: _Bound) -> Quantity:
    low, high = _values(match)
    unit = match["unit"] or match["u1"] or ("%" if match["share"] else _implied_unit(text, match))
    low, high, unit = _base_unit(low, high, unit)
    limit = _limiting(bound.word, unit)
    plain = "plain" if unit else "coefficient" if _is_coefficient(text, match) else "no unit"
    return Quantity(
        start=match.start() - len(bound.quoted),
        end=match.end(),
        numeral=match.start("n"),
        value=low,
        value_max=high,
        comparator="range" if high is not None else _comparator(limit, match["after"] or "", more=_more(match)),
        unit=unit,
        rule="range" if high is not None else "bound" if unit and (bound.word or match["after"]) else plain,
    )


def _values(match: re.Match[str]) -> tuple[Decimal, Decimal | None]:
    """The value, or both ends of a range; in 3—5万 the multiplier holds for both."""
    first, second = multiplier(match["m1"] or ""), multiplier(match["m2"] or "")
    if neighbours := _neighbours(match["n"]):
        return neighbours[0] * first * second, neighbours[1] * first * second
    low = parse(match["n"]) or Decimal(0)
    if match["n2"] is None:
        return low * first * second, None
    return low * (first if match["m1"] or match["u0"] else second), (parse(match["n2"]) or Decimal(0)) * second


def _neighbours(numeral: str) -> tuple[Decimal, Decimal] | None:
    """The ends of 两三, 三五, 十七八: two digits side by side, the second a little larger, mean a range."""
    match = _NEIGHBOURS.fullmatch(numeral)
    if match is None:
        return None
    tens = parse(match["tens"]) if match["tens"] else Decimal(0)
    low, high = parse(match["low"]), parse(match["high"])
    if tens is None or low is None or high is None or not (high - low == 1 or (low == 3 and high == 5)):
        return None
    return tens + low, tens + high


def _base_unit(low: Decimal, high: Decimal | None, unit: str) -> tuple[Decimal, Decimal | None, str]:
    if unit == "万元":
        return low * 10000, None if high is None else high * 10000, "元"
    return low, high, unit.replace("％", "%")


def _more(match: re.Match[str]) -> bool:
    """Whether the number is more than it says: 余, 多, or 上 before 百, 千 or 万 alone (上万名)."""
    above = match["n"] in _ALONE and match.string[match.start("n") - 1] == "上"
    return bool(match["more"] or match["more2"] or match["more3"] or above)


def _limiting(bound: str, unit: str) -> str:
    """The bound word, unless it only compares: 低于全省1.2个百分点."""
    return "" if unit.endswith("百分点") and bound in _set("bounds", "comparing") else bound


def _comparator(before: str, after: str, *, more: bool) -> Comparator:
    """The bound that the words before and after a number set; ``more``: 余 or 多 stands with it."""
    if after in _set("bounds", "after_approx"):
        return "approx"
    if after in _set("bounds", "after_le") or before in _set("bounds", "le"):
        return "le"
    if before in _set("bounds", "lt"):
        return "lt"
    if more or after in _set("bounds", "after_ge") or before in _set("bounds", "ge", "over"):
        return "ge"
    return "approx" if before in _set("bounds", "approx") else "eq"


def _implied_unit(text: str, match: re.Match[str]) -> str:
    """The customary unit of a bare 5000万: persons, or money; empty where neither is evident."""
    around = _CLAUSE.split(text[max(0, match.start() - 12) : match.start()])[-1]
    behind = text[match.end() : match.end() + 6]
    if any(behind.startswith(w) or behind[1:].startswith(w) for w in _words()["people"]) or around.endswith("人口"):
        return "人"
    if any(w in around for w in _words()["money"]) or any(behind.startswith(w) for w in _words()["money"]):
        return "元"
    return "人" if any(w in around for w in _words()["people"]) else ""
