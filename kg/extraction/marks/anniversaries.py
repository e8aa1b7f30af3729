"""Days and jubilees that are counted: 第30个教师节 was in 2014, whatever year the title names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from yaodian.extraction.marks.oddity import Oddity, Region, proofreading
from yaodian.extraction.numerals import HAN, parse
from yaodian.patterns import any_of, compiled

_SAID_YEAR = compiled(r"((?:19|20)\d\d)年[^。；\n]{0,24}$")
_LOOK_BACK = 32
_LOCAL = compiled("[全我本][省市州县区旗校]的?$")
_NATIONAL = ("全国", "国家")
_PLACE_BEFORE = 3
# A day is one of the years of the document or the next, a jubilee also of the five years before, which plans review.
_DAY_REACH, _JUBILEE_REACH = 0, 5


def find(region: Region, years: Collection[int]) -> Iterator[Oddity]:
    """The counted days that fall in none of ``years``, which the document is about, nor in the year named with them."""
    if not years:
        return
    for match in region.find(_counted()):
        if _is_local(region, match):
            continue
        number = parse(match["day_number"] or match["jubilee_number"])
        year = None if number is None else _year(match, int(number))
        if year is None or year in _meant(region, match, years):
            continue
        yield Oddity(match.start(), match.end(), "dated-otherwise", str(year))


def _is_local(region: Region, match: re.Match[str]) -> bool:
    """Whether a city may have counted the day: so it says, or cities hold such days and this is not called national."""
    if match["jubilee"]:
        return False
    before = region.text[max(region.start, match.start() - _PLACE_BEFORE) : match.start()]
    is_national = bool(match["national"]) or before.endswith(_NATIONAL)
    held_locally = proofreading("anniversaries")["held_locally"]
    return _LOCAL.search(before) is not None or (match["day"] in held_locally and not is_national)


def _year(match: re.Match[str], number: int) -> int | None:
    section = proofreading("anniversaries")
    if match["day"]:
        return int((section["days"] | section["held_locally"])[match["day"]]) + number - 1
    return int(section["jubilees"][match["jubilee"]]) + number


def _meant(region: Region, match: re.Match[str], years: Collection[int]) -> Collection[int]:
    """The year that the same sentence names, else those that the document may well speak of."""
    said = _SAID_YEAR.search(region.text, max(region.start, match.start() - _LOOK_BACK), match.start())
    if said:
        return {int(said[1])}
    return range(min(years) - (_DAY_REACH if match["day"] else _JUBILEE_REACH), max(years) + 2)


@cache
def _counted() -> re.Pattern[str]:
    section = proofreading("anniversaries")
    days, jubilees = (any_of(names) for names in (section["days"] | section["held_locally"], section["jubilees"]))
    number = rf"[{HAN}]{{1,4}}|\d{{1,3}}"
    return compiled(
        rf"第(?P<day_number>{number})[个届次]“?(?P<national>全国|国家|国际|世界|中国)?(?P<day>{days})"
        rf"|(?P<jubilee>{jubilees})(?P<jubilee_number>{number})周年"
    )
