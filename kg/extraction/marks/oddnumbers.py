"""Numbers that cannot be meant: a year glued into a quantity, 20230 %, 2023-2023年, 2月30日, 13月底."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from yaodian.extraction.marks.oddity import Oddity, Region, alternation
from yaodian.extraction.numerals import parse
from yaodian.patterns import compiled

# Notation of ranges: GB/T 15835-2011, 5.1.3.
_DASH = r"\s?[-－—–~～至─]{1,2}\s?"
_YEAR = r"((?:19|20)\d\d)"
# What may not stand before a number comes behind its first digits: the search skips from digit to digit.
_YEARS = compiled(rf"{_YEAR}(?:(?<!\d\d{{4}})年?{_DASH}{_YEAR}(?=学?年|[)）])|(?<=[（(]\d{{4}}){_YEAR}(?=年?[)）]))")
_PERCENTAGE = compiled(r"\d(?<![\d.]\d)\d*(?:\.\d+)?\s?[%％]")
_LONG_NUMBER = compiled(r"\d(?<![\d.A-Za-z]\d)\d{4,7}(?![\d.年月号/-])")
_YEAR_NUMBER = compiled(r"20[0-3](?<![\d.A-Za-z第〔\[(（-]\d{3})\d(?![\d.年])")
# 2022多: only round numbers are followed by 多 or 余.
_NOT_ROUND = compiled(r"(?<![\d.])20[0-3][1-9](?=[多余](?:万|亿|[个名人所家项次]))")
_DATE = compiled(r"(?:(?P<year>(?:19|20)\d\d)年)?(?<![\d.~～—–-])(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_MONTH = compiled(r"(?<![\d.])(?:1[3-9]|[2-9]\d)月(?=[底末初份]|[上中下]旬)[底末初份上中下]旬?")
# A part of all there are cannot exceed them.
_PART_OF_ALL = compiled(
    r"占[^，,。；\d]{2,16}(?:总数|总人数|总量|在校生|在校学生)的(?P<share>(?:[1-9]\d{2}|\d{4,})(?:\.\d+)?[%％])"
)
_AGES = compiled(rf"(?P<first>\d{{1,2}})(?<![\d.]..)(?:周?岁|年级)?{_DASH}(?P<last>\d{{1,2}})(?:周?岁|月龄|年级)")
_GRADES = compiled(rf"(?P<first>[一二三四五六七八九])(?:年级)?{_DASH}(?P<last>[一二三四五六七八九])年级")
_LEAP_YEAR, _MONTHS = 2000, 12
_LEAST_IMPOSSIBLE, _WHOLE = 1000, 100
_LOOK_BACK = 10


def find(region: Region, years: Collection[int]) -> Iterator[Oddity]:
    """The impossible numbers of a region; ``years`` are those the document is about."""
    yield from _periods(region)
    yield from _percentages(region)
    yield from _dates(region)
    yield from _ages(region)
    yield from _glued(region, sorted(map(str, years)))


def _periods(region: Region) -> Iterator[Oddity]:
    for match in region.at_numbers(_YEARS):
        first, last = match[1], match[2] or match[3]
        if first == last:
            yield Oddity(match.start(), match.end(), "degenerate-period")
        elif first > last:
            yield Oddity(match.start(), match.end(), "reversed-range", f"{last}—{first}")


def _percentages(region: Region) -> Iterator[Oddity]:
    """Growth may be of any size; a share above a thousand per cent may not."""
    for match in region.at_numbers(_PERCENTAGE):
        value = float(match[0].rstrip("%％ "))
        before = region.text[max(region.start, match.start() - _LOOK_BACK) : match.start()]
        if value >= _LEAST_IMPOSSIBLE and not _growth().search(before):
            yield Oddity(match.start(), match.end(), "impossible-percentage")
    for match in region.find(_PART_OF_ALL):
        if _WHOLE < float(match["share"][:-1]) < _LEAST_IMPOSSIBLE:
            yield Oddity(*match.span("share"), "impossible-percentage")


def _dates(region: Region) -> Iterator[Oddity]:
    """Days and months that no calendar has; a day without its year may be that of a leap year."""
    for match in region.at_numbers(_DATE):
        year, month, day = int(match["year"] or _LEAP_YEAR), int(match["month"]), int(match["day"])
        if not 1 <= month <= _MONTHS or not 1 <= day <= monthrange(year, month)[1]:
            yield Oddity(match.start(), match.end(), "impossible-date")
    for match in region.at_numbers(_MONTH):
        yield Oddity(match.start(), match.end(), "impossible-date")


def _ages(region: Region) -> Iterator[Oddity]:
    """Ages and grades that run backwards: 6-3岁, 六至三年级."""
    for match in (*region.at_numbers(_AGES), *region.find(_GRADES)):
        first, last = (parse(match[name]) or 0 for name in ("first", "last"))
        if first > last and not _in_turn().match(region.text, match.end()):
            yield Oddity(match.start(), match.end(), "reversed-ages")


@cache
def _in_turn() -> re.Pattern[str]:
    return compiled(rf"[^。；\n]{{0,8}}{alternation('numbers', 'in_turn')}")


def _glued(region: Region, years: Sequence[str]) -> Iterator[Oddity]:
    for match in region.at_numbers(_LONG_NUMBER):
        year = next((y for y in years if y in match[0]), None)
        yield from _quantity(region, match, year)
    for match in region.at_numbers(_YEAR_NUMBER):
        is_year = match[0] in years or _NOT_ROUND.match(region.text, match.start())
        yield from _quantity(region, match, match[0] if is_year else None)


def _quantity(region: Region, match: re.Match[str], year: str | None) -> Iterator[Oddity]:
    unit = _unit().match(region.text, match.end()) if year else None
    if unit:
        yield Oddity(match.start(), unit.end(), "garbled-number", None, year)


@cache
def _growth() -> re.Pattern[str]:
    return compiled(alternation("numbers", "growth"))


@cache
def _unit() -> re.Pattern[str]:
    return compiled(alternation("numbers", "units"))
