"""What recognition of print leaves in a text: kana, letters and forms of other scripts for characters and digits.

Official documents are written in the characters of the Table of General Standard Chinese Characters (通用规范汉字表,
2013; 国家通用语言文字法, art. 9); digits are those of GB/T 15835-2011, 5.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity, Region, alternation, proofreading
from yaodian.extraction.scanning import matches_from
from yaodian.patterns import any_of, compiled

_KANA = "\u3040-\u30ff\uff66-\uff9f"
_HAN = compiled(f"[{HAN_CHARACTER}]")
_LONGEST_NUMBER = 8
_DASH = r"\s?[-—–~～至]{1,2}\s?"
_OPEN, _CLOSE = r"[〔［\[（(]", r"[〕］\]）)]"
# Of more than one in so many the text is written in traditional characters, or quotes one that is.
_FEW, _ONE_IN = 3, 50
_NEIGHBOURS = 2
_QUOTED = compiled(r"[“《〈‘「『][^“”《》〈〉‘’「」『』\n]{0,40}[”》〉’」』]")


def find(region: Region) -> Iterator[Oddity]:
    """The kana, letters and variant characters of a region that stand for a character or digit."""
    yield from _letters_in_numbers(region)
    for match in region.find(_lone_kana()):
        yield Oddity(match.start(), match.end(), "lookalike-kana", _table("kana")[match[0]])
    yield from _variants(region)


def _letters_in_numbers(region: Region) -> Iterator[Oddity]:
    first, number = _numbers()
    for match in matches_from(first, number, region.text, region.start, region.end, back=_LONGEST_NUMBER):
        digits = "".join(_table("letters").get(character, character) for character in match[0])
        yield Oddity(match.start(), match.end(), "letter-in-number", digits)


@cache
def _numbers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A letter beside a digit; the number with such letters that counts, is a year, or numbers a document."""
    letters = "".join(_table("letters"))
    first = compiled(rf"[{letters}](?:(?<=[\d.].)|(?=[.{letters}]?\d))")
    digit = rf"[\d{letters}]"
    number = rf"(?=[.{letters}]*\d)(?=[\d.]*[{letters}]){digit}(?:{digit}|\.(?={digit}))*"
    year = rf"2{digit}{{3}}(?<!\d{{4}})(?:(?={_DASH}2{digit}{{3}})|(?<={_OPEN}....)(?={_CLOSE}))"
    serial = rf"(?<={_CLOSE}){number}(?=号)"
    counted = rf"{number}(?={alternation('recognition', 'counted')})"
    words = any_of(proofreading("recognition")["words"])
    return first, compiled(rf"(?<![A-Za-z\d.])(?!{words})(?:{counted}|{year}|{serial})")


@cache
def _table(key: str) -> Mapping[str, str]:
    """A string of pairs as a table: what stands there, what should."""
    pairs = "".join(proofreading("recognition")[key].split())
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@cache
def _lone_kana() -> re.Pattern[str]:
    """One of the kana that look like characters, without other kana or letters, beside a Chinese character."""
    other = f"{_KANA}A-Za-z"
    return compiled(
        rf"[{''.join(_table('kana'))}](?![{other}])(?:(?<=[{HAN_CHARACTER}].)|(?<![{other}].)(?=[{HAN_CHARACTER}]))"
    )


@cache
def _variant() -> re.Pattern[str]:
    return compiled(f"[{''.join(_table('variants'))}]")


def _variants(region: Region) -> Iterator[Oddity]:
    """Lone characters of another script in a simplified text; names and quotations keep theirs."""
    found = [match.start() for match in region.find(_variant())]
    if not found or len(found) > max(_FEW, len(_HAN.findall(region.text, region.start, region.end)) // _ONE_IN):
        return
    quoted = Intervals(match.span() for match in region.find(_QUOTED))
    places = set(found)
    for at in found:
        in_company = any(at + step in places for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1) if step)
        if not in_company and at not in quoted:
            yield Oddity(at, at + 1, "nonstandard-character", _table("variants")[region.text[at]])
