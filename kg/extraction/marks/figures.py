"""Oddities of written figures: bounds that contradict, units that do not fit or are missing, numbers printed twice.

Forms after GB/T 15835-2011, 4.3 (the same kind, the same form) and 5.1.3 (ranges).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from yaodian.extraction.marks.oddity import DIGITS, HAN_CHARACTER, Oddity, Region, alternation, habit, proofreading
from yaodian.extraction.scanning import matches_from
from yaodian.patterns import compiled

# No longer than figures are: a run of digits would be read anew from each of its digits.
_NUMBER = r"\d{1,15}(?:[,，]\d{3}){0,5}(?:\.\d{1,15})?"
_SENTENCE_END = compiled(r"[。！？\n]")
_RANGE = compiled(
    rf"\d(?<![\d.A-Za-z-]\d)\d{{0,15}}(?:\.\d+)?(?P<dash>\s?[-－—–~～]{{1,2}}\s?)(?P<last>{_NUMBER})"
    r"(?P<unit>[%％‰万亿])(?!\d)"
)
_HAN_DIGIT = "[一二三四五六七八九]"
_NO_COUNT = r"[第“一二三四五六七八九十百千万几数\d.]"
"""A count does not begin behind such a character."""
_FULL_WIDTH = compiled(r"[０-９](?:[０-９．，％]*[０-９％])?")
_HALF_WIDTH = compiled(r"\d")
_NARROWED = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_FEW = 0.2
_LONGEST_BOUND = 3
"""Characters of a word before a number that bounds it (不低于, 控制在, 超过近)."""


def find(region: Region) -> Iterator[Oddity]:
    """The oddities of a region's figures."""
    for kind, key in (("contradictory-bound", "contradictory"), ("doubled-bound", "doubled")):
        for match in region.at_numbers(_bounds(key), back=_LONGEST_BOUND):
            yield Oddity(match.start(), match.end(), kind)
    yield from _misfits(region)
    for match in region.find(_unitless()):
        yield Oddity(match.start(), match.end(), "unit-missing")
    for match in region.at_numbers(_twice()):
        yield Oddity(match.start(), match.end(), "doubled-number", match["once"] or match["bare"] or match["glued"])
    yield from habit(_ranges(region))
    yield from _mixed_numerals(region)
    yield from _full_width(region)


@cache
def _bounds(key: str) -> re.Pattern[str]:
    return compiled(alternation("bounds", key).replace("NUMBER", _NUMBER))


def _misfits(region: Region) -> Iterator[Oddity]:
    for pattern, right in _unfitting():
        for match in region.find(pattern):
            yield Oddity(match.start(), match.end(), "unit-misfit", right, match["unit"])


@cache
def _unfitting() -> list[tuple[re.Pattern[str], str]]:
    number = rf"(?:约|近|超|共|达到?)?{_NUMBER}[多余]?[万亿]?[多余]?"
    return [
        (compiled(rf"(?:{entry['things']}){number}(?P<unit>{entry['wrong']})(?=[，。；、,;）)\n以])"), entry["right"])
        for entry in proofreading("unfitting")["units"]
    ]


@cache
def _unitless() -> re.Pattern[str]:
    section = proofreading("unitless")
    return compiled(
        rf"(?:{'|'.join(section['verbs'])})(?:{'|'.join(section['things'])}){_NUMBER}(?=[，。；,;](?!\d))",
    )


@cache
def _twice() -> re.Pattern[str]:
    """33所33所, 1200 1200个, 120120名, 达到90%90%."""
    units = alternation("numbers", "units")
    return compiled(
        rf"(?<![\d.])(?P<once>{_NUMBER}(?:[%％]|{units}))(?P=once)"
        rf"|(?<![\d. -])(?P<bare>\d{{2,15}})\s(?P=bare)(?={units})"
        rf"|(?<![\d.A-Za-z-])(?P<glued>\d{{3}})(?P=glued)(?={units})"
    )


def _ranges(region: Region) -> Iterator[Oddity]:
    """63-68%: where the unit changes the value, both ends have it. Years and numbers of documents are no ranges."""
    for match in region.at_numbers(_RANGE):
        first = region.text[match.start() : match.start("dash")]
        yield Oddity(
            match.start(), match.end(), "range-unit", f"{first}{match['unit']}～{match['last']}{match['unit']}"
        )


def _mixed_numerals(region: Region) -> Iterator[Oddity]:
    """In one sentence a count above ten in Chinese beside one in digits, of the same unit."""
    counts = list(region.find(_in_han()))
    for sentence, matches in groupby(counts, lambda match: _sentence_around(region, match)):
        in_digits = {match["unit"] for match in matches_from(DIGITS, _in_digits(), region.text, *sentence)}
        for match in matches:
            if match["unit"] in in_digits:
                yield Oddity(match.start(), match.end(), "mixed-numerals")


def _sentence_around(region: Region, match: re.Match[str]) -> tuple[int, int]:
    """The bounds of the sentence that a match lies in."""
    before = max(region.text.rfind(mark, region.start, match.start()) for mark in "。！？\n")
    behind = _SENTENCE_END.search(region.text, match.end(), region.end)
    return max(before + 1, region.start), behind.start() if behind else region.end


@cache
def _in_digits() -> re.Pattern[str]:
    return compiled(rf"(?<!{_NO_COUNT}){_NUMBER}{_counted()}")


@cache
def _in_han() -> re.Pattern[str]:
    # The characters before are looked at behind the first: the search skips to it.
    return compiled(
        rf"[一二三四五六七八九十](?<!{_NO_COUNT}.)"
        rf"(?:(?<={_HAN_DIGIT})(?:十{_HAN_DIGIT}?|百[一二三四五六七八九十零]*)|(?<=十){_HAN_DIGIT}){_counted()}"
    )


def _counted() -> str:
    units = "|".join(proofreading("numerals")["units"])
    return rf"(?P<unit>{units})(?=[，。；、,;）)！？\n]|[{HAN_CHARACTER}]{{2}}|$)"


def _full_width(region: Region) -> Iterator[Oddity]:
    """Digits of full width where the text's habit is half width."""
    found = [
        Oddity(m.start(), m.end(), "fullwidth-digits", m[0].translate(_NARROWED)) for m in region.find(_FULL_WIDTH)
    ]
    if found and len(found) <= _FEW * sum(1 for _ in region.find(_HALF_WIDTH)):
        yield from habit(found)
