"""Counties and districts that no list of codes holds: names of that form which stand in a list with other places.

Former, renamed and misprinted divisions are such, and those of invented examples.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from yaodian.extraction.places import context
from yaodian.extraction.places.towns import is_plain, may_be_stem
from yaodian.patterns import compiled

_KIND = compiled("[县区]")
_REACH = 8
_LENGTHS = {"县": (2, 3), "区": (2,)}


class County(NamedTuple):
    """A county or district at ``text[start:end]``."""

    start: int
    end: int


def counties(text: str, taken: Collection[int], starts: Collection[int], ends: Sequence[int]) -> Iterator[County]:
    """The unknown counties outside the offsets ``taken`` beside which a known place starts or ends, or another such."""
    found = [county for county in _candidates(text) if county.start not in taken and county.end - 1 not in taken]
    known_ends = set(ends)
    supported = [_is_beside(text, county, starts, known_ends) for county in found]
    for i, county in enumerate(found):
        beside = [other for other in found[max(0, i - 1) : i + 2] if other is not county]
        if supported[i] or (is_plain(text[county.start : county.end - 1]) and _is_beside_plain(text, county, beside)):
            yield county


def _candidates(text: str) -> Iterator[County]:
    for kind in _KIND.finditer(text):
        at = kind.start()
        if context.follows(text, kind.end(), "counties", "not_before") or not may_be_stem(text[max(0, at - 2) : at]):
            continue
        if text[at - 1] in context.places_lexicon("counties")["not_last"]:
            continue
        start = next((at - n for n in _LENGTHS[kind[0]] if _begins(text, at - n, at)), None)
        if start is not None and not context.begins_longer_name(text, start, kind.end()):
            yield County(start, kind.end())


def _begins(text: str, start: int, end: int) -> bool:
    is_name = start >= 0 and may_be_stem(text[start:end])
    return is_name and context.clear_left(text, start) and not context.crosses_left(text, start)


def _is_beside(text: str, county: County, starts: Collection[int], ends: Collection[int]) -> bool:
    after = _gap().match(text, county.end)
    if after and after.end() in starts:
        return True
    before = (end for end in range(max(0, county.start - _REACH), county.start) if end in ends)
    return any(_gap().fullmatch(text, end, county.start) for end in before)


def _is_beside_plain(text: str, county: County, others: Sequence[County]) -> bool:
    plain = [other for other in others if is_plain(text[other.start : other.end - 1])]
    return _is_beside(text, county, {other.start for other in plain}, {other.end for other in plain})


@cache
def _gap() -> re.Pattern[str]:
    return compiled(context.places_lexicon("counties")["gap"])
