"""Oddities of headings: labels printed twice, headings that run into their text, announced numbers that do not hold.

Labels follow GB/T 9704-2012, 7.3.3.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from yaodian.extraction.marks.levels import counts_by_level, nearest
from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity, Region, alternation, proofreading
from yaodian.extraction.numerals import HAN, parse
from yaodian.extraction.scanning import matches_from
from yaodian.model import Item, Section
from yaodian.patterns import compiled

_ONCE = rf"[{HAN}]{{1,3}}、|\d{{1,2}}[.．、]|[（(][{HAN}\d]{{1,3}}[)）]"
_DOUBLED = compiled(
    rf"(?m)(?:^|(?<=[。！；]))[ \t\u3000\u00a0]*(?P<label>(?P<n>[{HAN}]{{1,2}})(?P=n)、|(?P<m>{_ONCE})\s?(?P=m))"
)
_COUNTED = compiled("大|项|个方面")
_LONGEST_COUNT = len("“三十六")
_SHORTEST_SERIES = 3
_SHORTEST_HEADING = 4
_BLANK = compiled(r"\s")
# How much longer or shorter than its siblings a heading may be that nothing sets off.
_APART = 2
# What goes on with 以及 or 的 belongs to the words before it: no heading ends there.
_HEADING_END = compiled(r"[*\s]*[。：:！？\n\s]")
_TEXT_GOES_ON = compiled(rf"(?![以和与及等的之])[{HAN_CHARACTER}“《（(]")


def doubled_labels(region: Region) -> Iterator[Oddity]:
    """Labels like 一一、 or 一、一、: an automatic number before a typed one."""
    for match in region.find(_DOUBLED):
        start, end = match.span("label")
        once = match["m"] or f"{match['n']}、"
        if match["n"] != "十":
            yield Oddity(start, end, "label-doubled", once)


def run_in_headings(region: Region, items: Sequence[Item]) -> Iterator[Oddity]:
    """Items whose text follows the heading with nothing in between, where those beside them have headings set off."""
    for series in _series(items):
        odd = [item for item in series if _runs_in(region, item)]
        known = {item.id for item in odd}
        others = [item for item in series if item.id not in known] if odd else []
        headed = [len(item.heading) for item in others if _is_headed(region, item)]
        if 2 * len(headed) >= len(others):
            for item in odd:
                if not headed or abs(len(item.heading) - median(headed)) <= max(_APART, median(headed) / 3):
                    yield Oddity(item.span.start, item.heading_span.end, "heading-run-in", f"{item.heading}。")


def run_in_sections(region: Region, sections: Sequence[Section]) -> Iterator[Oddity]:
    """Sections whose text follows the heading with nothing in between: 一、总体目标到2025年，…"""
    for section in sections:
        end = section.span.end
        goes_on = _TEXT_GOES_ON.match(region.text, end) and region.text[end] not in "（(“《"
        is_heading = len(section.heading) >= _SHORTEST_HEADING and not section.heading.startswith("本")
        if goes_on and is_heading and not _BLANK.search(region.text, section.span.start, end):
            yield Oddity(section.span.start, end, "heading-run-in", f"{section.heading}。")


def _series(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The items that are numbered on, whatever section they stand in."""
    series: list[Item] = []
    for item in items:
        if series and (item.ordinal or 0) <= (series[-1].ordinal or 0):
            yield series
            series = []
        series.append(item)
    yield series


def _runs_in(region: Region, item: Item) -> bool:
    end = item.heading_span.end
    if end >= item.span.end or not _TEXT_GOES_ON.match(region.text, end):
        return False
    return _sentence().search(item.heading) is None


def _is_headed(region: Region, item: Item) -> bool:
    """Whether the heading of an item ends in a stop or on its line, and words follow."""
    end = item.heading_span.end
    stop = _HEADING_END.match(region.text, end, item.span.end)
    return stop is not None and bool(region.text[stop.end() : item.span.end].strip())


@cache
def _sentence() -> re.Pattern[str]:
    return compiled(alternation("run_in", "sentence"))


def broken_announcements(region: Region, sections: Sequence[Section], items: Sequence[Item]) -> Iterator[Oddity]:
    """Announced numbers (实施“六大行动”) that are not the number of headings that follow."""
    starts = [section.span.start for section in sections]
    counts: dict[str, list[_Count]] = {}
    told: set[str] = set()
    last = min(region.end, max(starts, default=region.start))
    for match in matches_from(_COUNTED, _announcement(), region.text, region.start, last, back=_LONGEST_COUNT):
        noun, announced = match["noun"], parse(match["number"])
        if noun not in counts:
            counts[noun] = _headings_about(noun, sections)
        count = counts[noun][bisect_right(starts, match.start())]
        if announced is None or count.actual is None or noun in told:
            continue
        meant = _meant(count, int(announced), sections, items)
        if meant != announced:
            told.add(noun)
            yield Oddity(match.start(), match.end(), "count-mismatch", str(meant), noun)


@dataclass(frozen=True, slots=True)
class _Count:
    """How many headings are about a noun; ``below``: the one that is the noun itself, where they stand under it."""

    actual: int | None = None
    below: Section | None = None


def _meant(count: _Count, announced: int, sections: Sequence[Section], items: Sequence[Item]) -> int:
    """The count that comes nearest to the announced number: below 重点任务 that of any level may be meant."""
    actual = count.actual or 0
    if count.below is None:
        return actual
    above, start = count.below.level, count.below.span.start
    end = next((s.span.start for s in sections if s.span.start > start and s.level <= above), None)
    return nearest(announced, [actual, *counts_by_level(start, end, sections, items)])


def _headings_about(noun: str, sections: Sequence[Section]) -> list[_Count]:
    """How many headings are about ``noun``, from each section on, and from the end on (none).

    Those of a series that all name it, or those below the first one that does.
    """
    counts = [_Count()]
    named: dict[int, Counter[str | None]] = defaultdict(Counter)
    below: dict[str | None, int] = {}
    under_it = _Count()
    for section in reversed(sections):
        if section.heading.endswith(noun):
            named[section.level][section.parent] += 1
        if section.heading == noun:
            under_it = _Count(below.get(section.id), section)
        below[section.parent] = max(section.ordinal or 0, below.get(section.parent, 0))
        series = (named[level].total() for level in sorted(named) if len(named[level]) == 1)
        count = next((count for count in series if count >= _SHORTEST_SERIES), None)
        counts.append(_Count(count) if count else under_it if under_it.actual else _Count())
    return counts[::-1]


@cache
def _announcement() -> re.Pattern[str]:
    section = proofreading("announcement")
    nouns = "|".join(section["nouns"])
    number = r"(?P<number>[三四五六七八九十]{1,3}|\d{1,2})"
    return compiled(rf"(?<=[{HAN_CHARACTER}，,“、])(?<!第)“?{number}(?:{_COUNTED.pattern})的?(?P<noun>{nouns})”?")
