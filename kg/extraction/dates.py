"""Dates as official texts print them: 2023-03-29, 2017年03月17日, 二〇二三年三月二十九日."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yaodian.extraction.numerals import parse
from yaodian.patterns import compiled

_HAN = "〇零○一二三四五六七八九十"
_DATE = compiled(
    rf"(?P<y>(?:19|20)\d{{2}}|[〇零○一二三四五六七八九]{{4}})\s*[-年/.．]\s*(?P<m>\d{{1,2}}|[{_HAN}]{{1,3}})\s*[-月/.．]\s*"
    rf"(?P<d>\d{{1,2}}|[{_HAN}]{{1,3}})\s*[日号]?"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it is printed."""

    value: date
    start: int
    end: int


def dates_in(text: str, start: int, end: int) -> list[Dated]:
    """The full dates printed in ``text[start:end]``; impossible ones (2023-13-40) are none."""
    found = []
    for match in _DATE.finditer(text, start, end):
        year, month, day = (int(parse(match[k]) or 0) for k in "ymd")
        try:
            value = date(year, month, day)
        except ValueError:
            continue
        found.append(Dated(value, match.start(), match.start() + len(match[0].rstrip())))
    return found
