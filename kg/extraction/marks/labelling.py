"""Oddities of headings: labels printed twice, headings that run into their text, announced numbers that do not hold.

Labels follow GB/T 9704-2012, 7.3.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity, Region, proofreading
from yaodian.extraction.numerals import HAN, parse
from yaodian.model import Item, Section

_ONCE = rf"[{HAN}]{{1,3}}、|\d{{1,2}}[.．、]|[（(][{HAN}\d]{{1,3}}[)）]"
_DOUBLED = re.compile(rf"(?m)^[ \t\u3000\u00a0]*(?P<label>(?P<n>[{HAN}]{{1,2}})(?P=n)、|(?P<m>{_ONCE})\s?(?P=m))")
_TEXT_GOES_ON = re.compile(rf"[{HAN_CHARACTER}“《（(]")


def doubled_labels(region: Region) -> Iterator[Oddity]:
    """Labels like 一一、 or 一、一、: an automatic number before a typed one."""
    for match in region.find(_DOUBLED):
        start, end = match.span("label")
        once = match["m"] or f"{match['n']}、"
        if match["n"] != "十":
            yield Oddity(start, end, "label-doubled", once)


def run_in_headings(region: Region, items: Sequence[Item]) -> Iterator[Oddity]:
    """Items whose text follows the heading with nothing in between."""
    for item in items:
        end = item.heading_span.end
        if end < item.span.end and _TEXT_GOES_ON.match(region.text, end):
            yield Oddity(item.span.start, end, "heading-run-in", f"{item.heading}。")


def broken_announcements(region: Region, sections: Sequence[Section]) -> Iterator[Oddity]:
    """Announced numbers (实施“六大行动”) that are not the number of headings that follow."""
    last = max((s.span.start for s in sections), default=region.start)
    told: set[str] = set()
    for match in _announcement().finditer(region.text, region.start, min(region.end, last)):
        announced = parse(match["number"])
        actual = _headings_about(match["noun"], [s for s in sections if s.span.start > match.start()])
        if announced is not None and actual is not None and int(announced) != actual and match["noun"] not in told:
            told.add(match["noun"])
            yield Oddity(match.start(), match.end(), "count-mismatch", str(actual), match["noun"])


def _headings_about(noun: str, sections: Sequence[Section]) -> int | None:
    """How many headings are about ``noun``: those of a series that all name it, or those below the one that does."""
    for level in sorted({s.level for s in sections}):
        same = [s for s in sections if s.level == level]
        named = [s for s in same if s.heading.endswith(noun)]
        if len(named) >= 3 and len({s.parent for s in named}) == 1:
            return len(named)
    for section in sections:
        if section.heading == noun:
            below = [s for s in sections if s.parent == section.id]
            return max((s.ordinal or 0 for s in below), default=0) or None
    return None


@cache
def _announcement() -> re.Pattern[str]:
    section = proofreading("announcement")
    nouns = "|".join(section["nouns"])
    number = r"(?P<number>[三四五六七八九十]{1,3}|\d{1,2})"
    return re.compile(rf"(?<=[{HAN_CHARACTER}，,“、])“?{number}(?:大|项|个方面)的?(?P<noun>{nouns})”?")
