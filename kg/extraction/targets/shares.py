"""Quantities said without a measure word: 三分之一, 八成以上, 翻一番, 师生比1:15, 5金8银."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from yaodian.extraction.numerals import HAN, parse
from yaodian.extraction.scanning import matches_from
from yaodian.patterns import compiled

RATIO_REACH = 8
LONGEST_IN_RATIO = 9
_CENT, _TEN_THOUSANDTH = Decimal("0.01"), Decimal("0.0001")
_PATTERN = compiled(
    rf"(?P<part>(?!百分之)[{HAN}]{{1,3}}分之[{HAN}]{{1,3}})"
    r"|(?<![第完建形组促养变速])(?P<tenths>[一二三四五六七八九两])成(?P<more>[一二三四五六七八九])?(?=以上|以内|左右|多|[，。、；,;）)\n]|的|提|增|下|扩|降|到|至|$)"
    rf"|(?P<medals>\d{{1,3}}|[{HAN}]{{1,3}})(?P<metal>[金银铜])(?=(?:\d{{1,3}}|[{HAN}]{{1,3}})[银铜]|(?<=[金银铜\d][\d{HAN}].)[，。；、）)\n]|(?<=\d.)[，。；、）)\n])"
    r"|翻了?(?P<doublings>[一二两三])番"
    r"|(?<=[比例到至达为于过])(?P<first>\d+(?:\.\d+)?)\s?[:：∶]\s?(?P<second>\d+(?:\.\d+)?)(?![\d:：∶])"
)
_FIRST = compiled(
    rf"[{HAN}翻\d](?=[{HAN}]{{0,2}}分之|成|[{HAN}\d]{{0,2}}[金银铜]|了?[一二两三]番|[\d.]{{0,{LONGEST_IN_RATIO}}}\s?[:：∶])"
)


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent, a multiple (unit 倍), a ratio (unit 比: 1:15 → 0.0667) or medals (金), and where printed."""

    start: int
    end: int
    value: Decimal
    unit: str


def shares_in(text: str, start: int, end: int) -> Iterator[Share]:
    """The fractions, tenths and doublings of ``text[start:end]``."""
    for match in matches_from(_FIRST, _PATTERN, text, start, end):
        if match["part"]:
            whole, part = (parse(word) for word in match["part"].split("分之"))
            if whole and part and part <= whole:
                yield Share(match.start(), match.end(), (100 * part / whole).quantize(_CENT), "%")
        elif match["tenths"]:
            tenths, hundredths = (parse(match[name] or "零") or Decimal(0) for name in ("tenths", "more"))
            yield Share(match.start(), match.end(), 10 * tenths + hundredths, "%")
        elif match["medals"]:
            yield Share(match.start(), match.end(), parse(match["medals"]) or Decimal(0), match["metal"])
        elif match["doublings"]:
            yield Share(match.start(), match.end(), Decimal(2) ** int(parse(match["doublings"]) or 0), "倍")
        elif "比" in text[max(start, match.start() - RATIO_REACH) : match.start()]:
            ratio = _ratio(match)
            if ratio is not None:
                yield Share(match.start(), match.end(), ratio, "比")


def _ratio(match: re.Match[str]) -> Decimal | None:
    """The value of 1:15; None where a number is too long to be meant, or the second one is zero."""
    first, second = match["first"], match["second"]
    if max(len(first), len(second)) > LONGEST_IN_RATIO or not Decimal(second):
        return None
    return (Decimal(first) / Decimal(second)).quantize(_TEN_THOUSANDTH)
