"""Where a number holds: the places that its clause is said of, or that its sentence begins with.

A place that something comes from, goes to or is compared with (从甲县引进, 赴乙市, 比丙省) is no scope.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from yaodian.extraction.targets.clauses import Clauses, clauses_of
from yaodian.extraction.targets.completion import runs
from yaodian.model import PlaceMention, Span, Target
from yaodian.ontology import lexicon
from yaodian.patterns import compiled

LONGEST_SEGMENT = 200
_SEGMENT_ENDS = "。！？；\n"
_NUMBER_BEFORE = compiled(r"[\d０-９一二三四五六七八九十两百千万亿余多][^、，。]{0,4}、$")
_LIST_GAP = compiled(r"\s*(?:[、，,]|以?及|和|与)?\s*")
_OPENING = compiled(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*|[一二三四五六七八九十]{1,3}[是要]|第[一二三四五六七八九十]{1,2}[，、]|其中[，,]?|在)?"
)


@cache
def _words() -> dict[str, Any]:
    scope: dict[str, Any] = lexicon("commitments")["place_scope"]
    return scope


def with_places(text: str, targets: Sequence[Target], mentions: Sequence[PlaceMention]) -> tuple[Target, ...]:
    """The targets, each with the ids of the places that it is said of; ``mentions`` are in text order."""
    told = [mention for mention in mentions if len(mention.span.quote) > 1]
    if not told or not targets:
        return tuple(targets)
    clauses = clauses_of(text)
    starts = [mention.span.start for mention in told]
    found: list[Target] = []
    for run in runs(text, targets):
        first = bisect_left(starts, _segment_start(text, run[0].span.start))
        before = told[first : bisect_left(starts, run[0].span.start)]
        scope = _scope(text, clauses, run[0], before) if before else ()
        shares = _shares(text, run, scope)
        found += (replace(t, places=tuple(p.id for p in s)) if s else t for t, s in zip(run, shares, strict=True))
    return tuple(found)


def with_places_of_rows(
    targets: Sequence[Target], mentions: Sequence[PlaceMention], rows: Mapping[str, Span]
) -> tuple[Target, ...]:
    """The targets, those that ``rows`` has by their ids with the places named in the words that head their row."""
    starts = [mention.span.start for mention in mentions] if rows else []

    def placed(target: Target) -> Target:
        place = rows.get(target.id)
        if place is None:
            return target
        own = mentions[bisect_left(starts, place.start) : bisect_left(starts, place.end)]
        return replace(target, places=tuple(mention.id for mention in own))

    return tuple(map(placed, targets))


def _shares(text: str, run: Sequence[Target], scope: Sequence[PlaceMention]) -> Sequence[Sequence[PlaceMention]]:
    """The places of each number of a run: all of them, or what 分别 hands out to it."""
    if not scope or "分别" not in text[scope[-1].span.end : run[0].span.start]:
        return [scope] * len(run)
    return [[place] for place in scope] if len(scope) == len(run) else [()] * len(run)


def _segment_start(text: str, offset: int) -> int:
    floor = max(0, offset - LONGEST_SEGMENT)
    return max(floor, *(text.rfind(mark, floor, offset) + 1 for mark in _SEGMENT_ENDS))


def _scope(text: str, clauses: Clauses, target: Target, before: Sequence[PlaceMention]) -> Sequence[PlaceMention]:
    """The last list of places before the number that tells where, if any does."""
    clause = clauses.start(target.span.start, 0)
    segment = _segment_start(text, target.span.start)
    for group in reversed(_groups(text, before)):
        start, end = group[0].span.start, group[-1].span.end
        opens_segment = _OPENING.fullmatch(text, segment, start) is not None
        if not (start >= clause or opens_segment):
            continue
        if _all().search(text, end, target.span.start) or _is_listed(text, start, end, target.span.start):
            return ()
        return () if _is_elsewhere(text, start, end) else group
    return ()


def _is_listed(text: str, start: int, end: int, number: int) -> bool:
    """Whether the place only begins the name of one thing in a list (甲县光伏、乙县风电等3个项目)."""
    follows_thing = text[start - 1 : start] == "、" and not _NUMBER_BEFORE.search(text[max(0, start - 8) : start])
    return follows_thing or "等" in text[end + 1 : number]


def _groups(text: str, mentions: Sequence[PlaceMention]) -> list[list[PlaceMention]]:
    """The mentions in lists; of a place named right behind the one above it (甲省乙市), only the lower one."""
    groups: list[list[PlaceMention]] = []
    for mention in mentions:
        if groups and groups[-1][-1].span.end == mention.span.start:
            groups[-1][-1] = mention
        elif groups and _LIST_GAP.fullmatch(text, groups[-1][-1].span.end, mention.span.start):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _is_elsewhere(text: str, start: int, end: int) -> bool:
    """Whether the list names where something comes from or goes to, or what is compared or helped."""
    return _before().search(text[max(0, start - 6) : start]) is not None or _behind().match(text, end) is not None


@cache
def _before() -> re.Pattern[str]:
    return compiled(f"(?:{_words()['not_after']})$")


@cache
def _behind() -> re.Pattern[str]:
    return compiled(_words()["not_before"])


@cache
def _all() -> re.Pattern[str]:
    return compiled(_words()["all"])
