"""Years that the document itself shows to be wrong: 2032年 in a plan for 2023, a number of 2027 cited there, “十五五”
in one for 2019, its own name with another year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from yaodian.extraction.marks.oddity import Oddity, Region, alternation, proofreading
from yaodian.extraction.numerals import parse
from yaodian.model import Document, Facts
from yaodian.patterns import compiled

_YEAR = compiled(r"20\d\d")
_SAID = compiled(r"(?P<said>(?P<year>20\d\d)\s?年)(?P<month>\s?\d{1,2}\s?月)?")
_PERIOD_BEFORE = compiled(r"20\d\d年?\s?[-—–－~～至到─]{1,2}\s?$")
_CITED = compiled(r"[〔［\[（(](?P<year>20\d\d)[〕］\]）)]第?\d{1,4}号")
_FIVE_YEARS = compiled(r"[“\"‘]十(?P<number>[一二三四五六])五[”\"’]")
_SPAN_OF_YEARS, _TENTH_BEGINS = 5, 2001
# A plan is talked of from the middle of the one before on.
_TALKED_OF = 3
_SWAPPED_AHEAD, _MONTH_AHEAD, _AHEAD = 6, 8, 13
_LOOK_BACK, _REACH = 32, 60
_THIS_YEAR = compiled(r"(?:今年|本年)[^。；\n]{0,12}$")
_YEAR_BEFORE = compiled(r"(20\d\d)年(?:是|为|作为|系|既是|正值|处于)(?:(?!20\d\d年)[^。；\n]){0,24}$")
_SHORTEST_NAME = 5


def find(region: Region, facts: Facts) -> Iterator[Oddity]:
    """The years of a region that cannot be meant in a document of that time."""
    years = _years(facts)
    if spoken_of := years or _spoken_of(region):
        yield from _far_ahead(region, spoken_of)
    if years:
        yield from _numbers(region, max(years))
        yield from _five_year_plans(region, years)


def _years(facts: Facts) -> set[int]:
    """The years that the document's own title, number, date and parts name; none where only its parts do."""
    title = facts.title or ""
    printed = {int(year) for year in _YEAR.findall(f"{title} {facts.doc_number or ''} {(facts.published or '')[:4]}")}
    for plan in _FIVE_YEARS.finditer(title):
        printed |= {_first_year(plan), _first_year(plan) + _SPAN_OF_YEARS - 1}
    return printed and printed | {year for year in (facts.plan_year, facts.summary_year) if year}


def _spoken_of(region: Region) -> set[int]:
    """The years that the text names more than once: a slip is made once."""
    named = Counter(int(match["year"]) for match in region.at_numbers(_SAID))
    return {year for year, times in named.items() if times > 1}


def _first_year(plan: re.Match[str]) -> int:
    """The first year of the five-year plan named: of “十四五” 2021."""
    return _TENTH_BEGINS + _SPAN_OF_YEARS * int(parse(plan["number"]) or 0)


def _far_ahead(region: Region, years: set[int]) -> Iterator[Oddity]:
    """Years farther ahead than plans look, sooner where two swapped digits explain them, or a month stands by."""
    latest = max(years)
    near = range(min(years) - 1, latest + 4)
    for match in region.at_numbers(_SAID):
        year = int(match["year"])
        meant = int(f"20{match['year'][:1:-1]}")
        ahead = year - latest
        least = _SWAPPED_AHEAD if meant in near else _MONTH_AHEAD if match["month"] else _AHEAD
        if ahead < least or year in _milestones():
            continue
        before = region.text[max(region.start, match.start() - _LOOK_BACK) : match.start()]
        if not _PERIOD_BEFORE.search(before) and not _lasting().search(before):
            yield Oddity(*match.span("said"), "far-year", str(meant) if meant in near else None)


@cache
def _milestones() -> frozenset[int]:
    return frozenset(proofreading("years")["milestones"])


@cache
def _lasting() -> re.Pattern[str]:
    return compiled(rf"{alternation('years', 'lasting')}[^。；\n]*$")


def _numbers(region: Region, latest: int) -> Iterator[Oddity]:
    """Numbers of documents that did not exist yet."""
    for match in region.at_numbers(_CITED, back=1):
        if int(match["year"]) > latest:
            yield Oddity(match.start(), match.end(), "later-number", None, match["year"])


def _five_year_plans(region: Region, years: set[int]) -> Iterator[Oddity]:
    """Five-year plans that nobody spoke of yet, and those said to begin or end in another year than they do."""
    for match in region.find(_FIVE_YEARS):
        first = _first_year(match)
        turn = _turn().match(region.text, match.end())
        said = _year_said(region, match.start(), years) if turn else None
        if first > max(years) + _TALKED_OF:
            yield Oddity(match.start(), match.end(), "plan-misdated", str(first), None)
        elif turn and said:
            right = first if turn["first"] else first + _SPAN_OF_YEARS - 1
            if said != right:
                yield Oddity(match.start(), turn.end(), "plan-misdated", str(right), str(said))


def _year_said(region: Region, at: int, years: set[int]) -> int | None:
    """The year that a sentence says to be the first or last of a plan; None where it names none."""
    before = region.text[max(region.start, at - _LOOK_BACK) : at]
    said = _YEAR_BEFORE.search(before)
    if said:
        return int(said[1])
    return next(iter(years)) if len(years) == 1 and _THIS_YEAR.search(before) else None


@cache
def _turn() -> re.Pattern[str]:
    first, last = alternation("years", "first"), alternation("years", "last")
    return compiled(rf"(?:规划|时期|计划)?(?:实施)?的?(?:(?P<first>{first})|(?P<last>{last}))")


def own_name(document: Document, facts: Facts) -> Iterator[Oddity]:
    """What a notice hands out under a name that has another year in the title: 《2023年要点》已经审议通过，现印发."""
    name = _issued_as().sub("", facts.title or "")
    years = _YEAR.findall(name)
    if not years or len(_YEAR.sub("", name)) < _SHORTEST_NAME:
        return
    pattern = re.compile(_YEAR.sub(lambda _: r"20\d\d", re.escape(name)))
    for match in pattern.finditer(document.text, 0, document.body.end):
        if match[0] != name and _is_handed_out(document.text, match, is_annex=name != facts.title):
            yield Oddity(match.start(), match.end(), "own-name", name)


def _is_handed_out(text: str, match: re.Match[str], *, is_annex: bool) -> bool:
    """Whether the name is that of what the notice hands out: in its title, in its first sentence, above the annex."""
    _, is_below, before = text[max(0, match.start() - _REACH) : match.start()].rpartition("\n")
    behind, is_above, _ = text[match.end() : match.end() + _REACH].partition("\n")
    if is_below and is_above and not before.strip(" \t\u3000《") and not behind.strip(" \t\r\u3000》"):
        return is_annex
    if before.endswith(("《", "〈")) and _handed_out().match(behind):
        return True
    led = before.rstrip("《〈")
    return led.endswith("印发") and led.rfind("《") <= led.rfind("》")


@cache
def _issued_as() -> re.Pattern[str]:
    """What stands around the name of what a notice hands out, in the notice's own title."""
    return compiled(rf"^.{{0,30}}?关于{alternation('years', 'issuing')}\s?[《〈]?|[》〉]?的通知$")


@cache
def _handed_out() -> re.Pattern[str]:
    return compiled(rf"[》〉][^。\n]{{0,40}}?{alternation('years', 'handed_out')}")
