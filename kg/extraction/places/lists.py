"""Lists of counties by their short names, where the list tells which are meant: 桓台、高青、沂源三县.

Alone such a name is too often a word, or a namesake; those of one prefecture do not stand side by side by accident.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from yaodian.extraction.places import context
from yaodian.extraction.places.gazetteer import Division, Hit, division
from yaodian.patterns import compiled

_GAPS = frozenset("、和及与")
_LEAST = 2


class Listed(NamedTuple):
    """The county that a list's member at ``text[start:end]`` names."""

    start: int
    end: int
    place: Division


def county_lists(text: str, found: Sequence[Hit], left_out: Collection[int] = ()) -> Iterator[list[Listed]]:
    """The lists whose members are all counties: of one prefecture, or of one province where words around it tell so.

    ``found`` are the divisions' names in the text, those that start at ``left_out`` belong to names of other things.
    """
    for chain in _chains(text, found, left_out):
        if places := _resolved(text, chain):
            yield [Listed(hit.start, hit.end, place) for hit, place in zip(chain, places, strict=True)]


def _chains(text: str, found: Sequence[Hit], left_out: Collection[int]) -> Iterator[list[Hit]]:
    """Two and more names of counties with no more than 、 or a conjunction between them, the longest at each place."""
    longest: dict[int, Hit] = {}
    for hit in found:
        beside = text[hit.end : hit.end + 1] in _GAPS or text[hit.start - 1 : hit.start] in _GAPS
        if beside and hit.form != "compound" and hit.start not in left_out and _counties(hit):
            longest.setdefault(hit.start, hit)
    past = 0
    for start, first in longest.items():
        if start < past:
            continue
        chain = [first]
        while text[chain[-1].end : chain[-1].end + 1] in _GAPS and (following := longest.get(chain[-1].end + 1)):
            chain.append(following)
        if len(chain) >= _LEAST:
            past = chain[-1].end
            yield chain


def _counties(hit: Hit) -> tuple[Division, ...]:
    """The counties of that name today."""
    places = {place.code: place for place in hit.divisions if place.level == "county" and not place.successor}
    return tuple(places.values())


def _resolved(text: str, chain: Sequence[Hit]) -> list[Division]:
    """The county that each name of the chain stands for; none where the list does not tell."""
    start, end = chain[0].start, chain[-1].end
    kind = _kind().match(text, end)
    if context.crosses_left(text, start) or not (kind or _is_plain_list(text, chain)):
        return []
    of_prefecture = _all_within(chain, {p.parent for p in _counties(chain[0]) if p.parent and _is_prefecture(p.parent)})
    if of_prefecture or not (kind or _stands_in_province(text, chain)):
        return of_prefecture
    return _all_within(chain, {p.province for p in _counties(chain[0])})


def _all_within(chain: Sequence[Hit], above: Collection[str]) -> list[Division]:
    """The counties below the only one of ``above`` in which every member has one, and no more than one."""
    ways = []
    for code in above:
        members = [[p for p in _counties(hit) if code in (p.parent, p.province)] for hit in chain]
        if all(members):
            ways.append(members)
    if len(ways) != 1 or any(len(places) != 1 for places in ways[0]):
        return []
    places = [places[0] for places in ways[0]]
    return places if len({place.code for place in places}) == len(places) else []


def _is_prefecture(code: str) -> bool:
    above = division(code)
    return above is not None and (above.level == "city" or code in context.words("home", "municipalities"))


def _is_plain_list(text: str, chain: Sequence[Hit]) -> bool:
    """Whether a list that does not say what it lists is one with 、, and not all its members are everyday words."""
    last = chain[-1].end
    if context.crosses_right(text, last) or _town_kind().match(text, last):
        return False
    if context.follows(text, last, "short", "geography") or context.follows(text, last, "short", "not_before"):
        return False
    everyday = context.words("short", "ambiguous_counties")
    return "、" in text[chain[0].end : chain[-1].start] and any(hit.name not in everyday for hit in chain)


def _stands_in_province(text: str, chain: Sequence[Hit]) -> bool:
    """Whether the province of the first member is named right before it (贵州盘州、兴义)."""
    provinces = (division(place.province) for place in _counties(chain[0]))
    names = [name for place in provinces if place for name in (place.name, place.short) if name]
    return text.endswith(tuple(names), 0, chain[0].start)


@cache
def _kind() -> re.Pattern[str]:
    return compiled(context.places_lexicon("lists")["counties"])


@cache
def _town_kind() -> re.Pattern[str]:
    return compiled(context.places_lexicon("lists")["towns"])
