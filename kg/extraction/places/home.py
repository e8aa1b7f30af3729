"""The city and province that a document comes from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from yaodian.extraction.places import context
from yaodian.extraction.places.gazetteer import Division, Hit, division, hits
from yaodian.extraction.places.lists import county_lists
from yaodian.patterns import any_of, compiled

_LEAST_MENTIONS = 3
_LEAST_COUNTIES = 2
_STOPS = compiled(r"[，,。；;：:\n]")
_CLAUSE_REACH = 40
_COUNTY_ENDS = ("县", "旗")


class Home(NamedTuple):
    """The prefecture-level city (or municipality) and the province; the county where the document is a county's."""

    city: Division | None = None
    province: Division | None = None
    county: Division | None = None


def resolve_home(title: str, issuers: Sequence[str], text: str) -> Home:
    """The home that the title names, else the issuers, else the places that the text speaks of most, or whose counties.

    A county's home has its prefecture as ``city``; a county directly under the province is its own ``city``.
    """
    for source in (title, *issuers):
        named = _named_home(source, text)
        if named.province:
            return named
    home = _most_mentioned(text)
    if not home.province:
        home = _above_counties(text)
    if not home.province:
        home = _only_county(text)
    return home if home.province else Home(province=_province_of_titles(text))


def _province_of_titles(text: str) -> Division | None:
    """The province whose policies the text names (《某省…方案》), if it names those of one only."""
    places = [
        place
        for hit in hits(text)
        if hit.form == "full" and text[hit.start - 1 : hit.start] == "《"
        for place in hit.divisions
    ]
    provinces = {place.code: place for place in places if place.level == "province"}
    return next(iter(provinces.values())) if len(provinces) == 1 else None


def _named_home(name: str, text: str) -> Home:
    """The home by the first and most exact place in a name; other places in the text decide between namesakes."""
    found = [hit for hit in _distinct(name) if hit.form != "compound"]
    for level in ("county", "city", "province"):
        for hit in found:
            places = [place for place in hit.divisions if place.level == level]
            if places and (level != "county" or hit.form == "full" or _is_only(hit, found)):
                return _home(_best_known(places, found, text))
    return Home()


def _is_only(hit: Hit, found: list[Hit]) -> bool:
    """A county's short name is believed where the title names nothing else and it is not an everyday word."""
    return len(found) == 1 and hit.name not in context.words("short", "ambiguous_counties")


def _distinct(text: str) -> list[Hit]:
    """The leftmost longest names that are not words or parts of words."""
    kept: list[Hit] = []
    for hit in hits(text):
        if (kept and hit.start < kept[-1].end) or _is_accident(text, hit):
            continue
        kept.append(hit)
    return kept


def _is_accident(text: str, hit: Hit) -> bool:
    if hit.name in context.words("full", "generic") or context.is_foreign(text, hit.end):
        return True
    if hit.form == "short" and context.follows(text, hit.end, "short", "geography"):
        return True
    if hit.form == "full":
        return len(hit.name) == 2 and not context.clear_left(text, hit.start)
    return context.crosses_left(text, hit.start) and context.crosses_right(text, hit.end)


def _best_known(places: list[Division], found: list[Hit], text: str) -> Division:
    """Of namesakes, the one whose city or province is named beside it, or most in the text."""
    near = {place.code for hit in found for place in hit.divisions}
    return max(
        places, key=lambda p: (p.parent in near, p.province in near, _mentions_above(p, text), p.successor is None)
    )


def _mentions_above(place: Division, text: str) -> int:
    above = division(place.parent) if place.parent else None
    return text.count(above.short or above.name) if above else 0


def _home(place: Division) -> Home:
    province = division(place.province)
    if place.level == "province":
        is_municipality = place.code in _municipalities()
        return Home(place if is_municipality else None, place)
    if place.level == "city":
        return Home(place, province)
    above = division(place.parent) if place.parent else None
    if above is None or (above.level == "province" and above.code not in _municipalities()):
        return Home(place, province, place)
    return Home(above, province, place)


def _municipalities() -> frozenset[str]:
    return context.words("home", "municipalities")


def _most_mentioned(text: str) -> Home:
    """The city that more than half of the mentions of cities and their districts are about."""
    counts = Counter(city.code for hit in _distinct(text) for city in _cities(hit))
    if not counts:
        return Home()
    code, mentions = counts.most_common(1)[0]
    if mentions < _LEAST_MENTIONS or mentions * 2 <= counts.total():
        return Home()
    city = division(code)
    return _home(city) if city else Home()


def _cities(hit: Hit) -> Iterator[Division]:
    """The city a mention counts for; only unmistakable names count."""
    if len(hit.divisions) != 1:
        return
    place = hit.divisions[0]
    if place.level == "city" or place.code in _municipalities():
        yield place
    elif place.level == "county" and hit.form == "full" and place.parent:
        above = division(place.parent)
        if above and above.level == "city":
            yield above


def _above_counties(text: str) -> Home:
    """The city of the counties that a city's text speaks of as its own: two or more, and none of another city."""
    if _speaks_as(text) != "city":
        return Home()
    counties = {place.code: place for place in _own_counties(text)}
    cities = {place.parent for place in counties.values()}
    city = division(cities.pop() or "") if len(counties) >= _LEAST_COUNTIES and len(cities) == 1 else None
    return _home(city) if city and (city.level == "city" or city.code in _municipalities()) else Home()


def _only_county(text: str) -> Home:
    """The county whose text this is: it speaks as a county's, and names but one by its full name, and again."""
    if _speaks_as(text) != "county":
        return Home()
    named = {place.code: place for place in _own_counties(text) if place.name.endswith(_COUNTY_ENDS)}
    place = named.popitem()[1] if len(named) == 1 else None
    known = place is not None and text.count(place.short or place.name) >= _LEAST_MENTIONS
    return _home(place) if place and known else Home()


def _speaks_as(text: str) -> str:
    """The level that the text speaks for (全市, 全县): city or county; empty where it says neither more often."""
    city, county = (len(_word_of(kind).findall(text)) for kind in ("of_city", "of_county"))
    return "city" if city > county else "county" if county > city else ""


def _own_counties(text: str) -> Iterator[Division]:
    """The counties in lists, and those of one only name by that; not those that the city learns from, or helps."""
    found = list(hits(text))
    for members in county_lists(text, found):
        if not _is_outward(text, members[0].start, members[-1].end):
            yield from (member.place for member in members)
    for hit in found:
        place = hit.divisions[0]
        is_county = hit.form == "full" and len(hit.divisions) == 1 and place.level == "county"
        if is_county and not _is_accident(text, hit) and not _is_outward(text, hit.start, hit.end):
            yield place


def _is_outward(text: str, start: int, end: int) -> bool:
    """Whether the clause around a place tells that it lies elsewhere (对标…, 赴…跟岗)."""
    before = _STOPS.split(text[max(0, start - _CLAUSE_REACH) : start])[-1]
    after = _STOPS.split(text[end : end + _CLAUSE_REACH])[0]
    return any(_word_of("outward").search(words) for words in (before, after))


@cache
def _word_of(kind: str) -> re.Pattern[str]:
    return compiled(any_of(context.places_lexicon("home")[kind].split()))
