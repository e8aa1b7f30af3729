"""Places: administrative divisions that the text names as places, by their full or short names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.places import context
from yaodian.extraction.places.counties import counties
from yaodian.extraction.places.gazetteer import Division, Hit, division, hits
from yaodian.extraction.places.home import Home, resolve_home
from yaodian.extraction.places.lists import county_lists
from yaodian.extraction.places.towns import supported, towns
from yaodian.extraction.scanning import characters_of, matches_from
from yaodian.model import AdminLevel, Document, Facts, PlaceMention, Span
from yaodian.patterns import any_of, compiled

__all__ = ["Division", "Home", "division", "find_places", "resolve_home"]

_TITLE = compiled(r"《[^《》\n]{2,60}》")
_LIST_GAP = compiled(r"\s*(?:[、,，·/]|以?及|和|与|或)?\s*")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A name read as a place, by which rule; doubtful readings count only in a list with certain ones.

    A town, or a county that no list holds, has no divisions, but a name; ``within`` is the division right before it.
    """

    start: int
    end: int
    divisions: tuple[Division, ...]
    certain: bool
    rule: str
    name: str | None = None
    within: str | None = None
    admin: AdminLevel | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where the plan comes from: names nearby are trusted in their short forms."""

    city: str | None
    province: str | None
    county: str | None = None

    def is_city(self, place: Division) -> bool:
        return self.city is not None and self.city in (place.code, place.parent)

    def is_province(self, place: Division) -> bool:
        return self.province == place.province


def find_places(document: Document, facts: Facts, excluded: Sequence[Span]) -> list[PlaceMention]:
    """The places that the body names, in text order, outside the ``excluded`` spans (titles, foreign text)."""
    body = document.body
    origin = _Origin(facts.city_code, facts.province_code, facts.county_code)
    found = list(hits(body.quote))
    divisions = [*_readings(body.quote, found, origin), *_letters(body.quote, origin), *_runs(body.quote)]
    readings = _with_towns(divisions, list(_towns(body.quote, found, divisions)), origin)
    readings += _counties(body.quote, readings)
    titles = (match.span() for match in _TITLE.finditer(body.quote))
    taken = Intervals([*((span.start - body.start, span.end - body.start) for span in excluded), *titles])
    return [
        _mention(document, reading, body.start, facts.home)
        for reading in _chosen(readings, body.quote)
        if not any(offset in taken for offset in range(reading.start, reading.end))
    ]


def _with_towns(divisions: list[_Reading], found: list[_Reading], origin: _Origin) -> list[_Reading]:
    """The readings without the counties elsewhere whose name is a town's in a list that says so (石佛、长丰两镇)."""
    told = {(town.start, town.end) for town in found if town.told}

    def is_namesake(reading: _Reading) -> bool:
        place = reading.divisions[0]
        return (reading.start, reading.end) in told and place.level == "county" and not origin.is_city(place)

    return [*(reading for reading in divisions if not is_namesake(reading)), *found]


def _mention(document: Document, reading: _Reading, offset: int, home: str | None) -> PlaceMention:
    span = document.span(reading.start + offset, reading.end + offset)
    places = reading.divisions
    return PlaceMention(
        id="",
        span=span,
        codes=tuple(place.code for place in places),
        names=(reading.name,) if reading.name else tuple(place.name for place in places),
        admin=reading.admin or places[0].level,
        rule=reading.rule if reading.certain else f"{reading.rule}, in a list",
        within=(reading.within or home) if reading.name else None,
    )


def _towns(text: str, names: Sequence[Hit], divisions: Sequence[_Reading]) -> Iterator[_Reading]:
    """The towns; one that is named without its county lies where the same name stands with one, and only one."""
    above = {r.end: r.divisions[0].code for r in divisions if r.divisions[0].level in ("city", "county")}
    found = list(supported(text, sorted(towns(text, names, above.keys()))))
    known: dict[str, set[str]] = defaultdict(set)
    for town in found:
        if town.start in above:
            known[town.name].add(above[town.start])
    for town in found:
        only = next(iter(known[town.name])) if len(known[town.name]) == 1 else None
        within = above.get(town.start, only)
        yield _Reading(town.start, town.end, (), town.certain, "name of a town", town.name, within, "town", town.told)


def _counties(text: str, readings: Sequence[_Reading]) -> Iterator[_Reading]:
    """The counties that no list of codes holds, in lists with certain counties and towns."""
    beside = [
        r for r in readings if r.certain and (r.admin == "town" or (r.divisions and r.divisions[0].level == "county"))
    ]
    taken = {offset for r in readings if len(r.divisions) == 1 for offset in range(r.start, r.end)}
    for start, end in counties(text, taken, {r.start for r in beside}, [r.end for r in beside]):
        yield _Reading(start, end, (), True, "name of a county in a list", text[start:end], admin="county")


def _readings(text: str, found: Sequence[Hit], origin: _Origin) -> Iterator[_Reading]:
    """The hits that read as places; what lies within an office's or a school's name is left out."""
    full_starts = {hit.start for hit in found if hit.form == "full"}
    named = {place.code for hit in found if hit.form == "full" and len(hit.divisions) == 1 for place in hit.divisions}
    in_names = _starts_in_names(text, found)
    named_until = 0
    for hit in found:
        if hit.start < named_until:
            continue
        reading = _read(text, hit, origin, full_starts, named)
        if reading is None:
            continue
        if hit.start in in_names and hit.form != "compound":
            named_until = hit.end
        else:
            yield reading
    yield from _listed(text, found, in_names)


def _listed(text: str, found: Sequence[Hit], left_out: Collection[int]) -> Iterator[_Reading]:
    for members in county_lists(text, found, left_out):
        for member in members:
            yield _Reading(member.start, member.end, (member.place,), True, "name in a list of counties")


def _starts_in_names(text: str, found: Sequence[Hit]) -> set[int]:
    """Where the hits begin that belong to longer names: also the places named right before such a one.

    Not those before a street's, which lies in them (大武口区|朝阳街).
    """
    starts: set[int] = set()
    streets: set[int] = set()
    longest = {hit.start: hit.end for hit in sorted(found, key=lambda hit: hit.end)}
    for hit in reversed(found):
        whole = hit.form != "compound" and hit.end == longest[hit.start]
        if whole and hit.form == "short" and context.is_street(text, hit.end):
            streets.add(hit.start)
        elif whole and (hit.end in starts or _is_part_of_name(text, hit)):
            starts.add(hit.start)
    return starts | streets


def _is_part_of_name(text: str, hit: Hit) -> bool:
    if context.begins_longer_name(text, hit.start, hit.end):
        return True
    return hit.form == "short" and (context.names_school(text, hit.end) or context.is_quoted(text, hit.start, hit.end))


def _chosen(readings: list[_Reading], text: str) -> list[_Reading]:
    """The leftmost longest certain readings, and the doubtful ones that stand in a list with them."""
    by_place = sorted(readings, key=lambda reading: (reading.start, -reading.end))
    chosen = _without_overlap([reading for reading in by_place if reading.certain])
    for ordered in (by_place, by_place[::-1]):
        begun, ends = {r.start: r for r in chosen}, {r.end for r in chosen}
        for reading in ordered:
            if not reading.certain and _in_list(reading, begun, ends, text):
                chosen.append(reading)
                begun[reading.start] = reading
                ends.add(reading.end)
    return _without_overlap(sorted(set(chosen), key=lambda r: (not r.certain, r.start, -r.end)))


def _without_overlap(readings: list[_Reading]) -> list[_Reading]:
    covered: set[int] = set()
    kept = []
    for reading in readings:
        if covered.isdisjoint(range(reading.start, reading.end)):
            covered.update(range(reading.start, reading.end))
            kept.append(reading)
    return sorted(kept, key=lambda reading: reading.start)


def _in_list(reading: _Reading, begun: Mapping[int, _Reading], ends: Set[int], text: str) -> bool:
    """Whether a chosen place stands before or after, set off by no more than a conjunction, a stop or a blank.

    Right behind it one counts that lies in it: 湖北|大冶, but not 朝阳|振兴.
    """
    after = _LIST_GAP.match(text, reading.end)
    next_one = begun.get(after.end()) if after else None
    if next_one and (
        next_one.start > reading.end or any(_stands_below(place, text, next_one.start) for place in next_one.divisions)
    ):
        return True
    before = [end for end in range(max(0, reading.start - 3), reading.start) if end in ends]
    return any(_LIST_GAP.fullmatch(text, end, reading.start) for end in before)


def _read(text: str, hit: Hit, origin: _Origin, full_starts: set[int], named: Collection[str]) -> _Reading | None:
    if hit.form == "compound":
        is_other = context.follows(text, hit.end, "joint", "not_before") or context.precedes(
            text, hit.start, "joint", "not_after"
        )
        return None if is_other else _Reading(hit.start, hit.end, hit.divisions, True, "name of several divisions")
    if hit.form == "full":
        return _read_full(text, hit, origin)
    if hit.end not in full_starts and context.follows(text, hit.end, "short", "geography"):
        return None
    return _read_short(text, hit, origin, named)


def _read_full(text: str, hit: Hit, origin: _Origin) -> _Reading | None:
    place = _nearest(hit.divisions, origin, text, hit.start)
    if (
        place is None
        or (_is_split(text, hit.end) and "自治" not in hit.name)
        or context.precedes(text, hit.start + 1, "full", "not_after")
    ):
        return None
    if hit.name in context.words("full", "generic") and not _stands_below(place, text, hit.start):
        return _Reading(hit.start, hit.end, (place,), False, "full name") if origin.is_city(place) else None
    if _needs_boundary(text, hit, origin.is_province(place)) and not (
        context.clear_left(text, hit.start) or _stands_below(place, text, hit.start)
    ):
        return None
    return _Reading(hit.start, hit.end, (place,), True, "full name")


def _needs_boundary(text: str, hit: Hit, is_near: bool) -> bool:
    if len(hit.name) == 2:
        is_accidental = hit.name in context.words("full", "accidental")
        return is_accidental or not is_near or context.crosses_left(text, hit.start)
    return hit.name[1:] in context.words("full", "tails")


def _is_split(text: str, end: int) -> bool:
    """Whether the name's last character belongs to the word that follows (常州|市民)."""
    return context.follows(text, end - 1, "full", "splitting") and not context.follows(
        text, end - 1, "full", "not_splitting"
    )


def _nearest(places: Sequence[Division], origin: _Origin, text: str, start: int) -> Division | None:
    """The one meant: of the plan's city or province, below the place named right before, or the only one."""
    for near in (origin.is_city, origin.is_province):
        found = [place for place in places if near(place)]
        if found:
            return found[0]
    for place in places:
        if _stands_below(place, text, start):
            return place
    return places[0] if len({place.code for place in places}) == 1 else None


def _stands_below(place: Division, text: str, start: int) -> bool:
    """Whether the division that the place lies in is named right before it (新疆博乐)."""
    if place.level == "province":
        return False
    above = [division(code) for code in (place.parent, place.province) if code and code != place.code]
    return any(name and text.endswith(name, 0, start) for other in above if other for name in (other.name, other.short))


def _read_short(text: str, hit: Hit, origin: _Origin, named: Collection[str]) -> _Reading | None:
    if context.follows(text, hit.end, "short", "not_before") or context.precedes(text, hit.start, "short", "not_after"):
        return None
    in_lists_only = hit.name in context.words("short", "in_lists_only")
    if in_lists_only or context.is_foreign(text, hit.end) or _is_new_home(text, hit, origin):
        return None
    left, right = context.crosses_left(text, hit.start), context.crosses_right(text, hit.end)
    if left and right:
        return None
    certain_by = _Certainty(text, hit, named, crossed=left or right)
    for place in _by_nearness(hit.divisions, origin):
        certain = True if _stands_below(place, text, hit.start) and not right else certain_by.of(place, origin)
        if certain is not None:
            return _Reading(hit.start, hit.end, (place,), certain, _short_rule(place, origin))
    return None


def _is_new_home(text: str, hit: Hit, origin: _Origin) -> bool:
    """Whether 新 and the home city make what reads like a name (现代化|新|邵阳)."""
    home = division(origin.city) if origin.city and hit.name[0] == "新" else None
    name = home.short if home else None
    return name is not None and text.startswith(name, hit.start + 1)


def _short_rule(place: Division, origin: _Origin) -> str:
    if origin.is_city(place):
        return "short name of the home city" if place.level == "city" else "short name in the home city"
    if place.level == "province":
        return "short name of a province"
    return "short name in the home province" if origin.is_province(place) else "short name known everywhere"


def _by_nearness(places: Sequence[Division], origin: _Origin) -> list[Division]:
    ranks = {"province": 0, "city": 1, "county": 2}
    return sorted(places, key=lambda p: (not origin.is_city(p), ranks[p.level], not origin.is_province(p), p.code))


@dataclass(frozen=True, slots=True)
class _Certainty:
    """How far a short name can be trusted where it stands: True, False (only in a list), or None (not at all).

    Counties that the text names in full somewhere (``named``) are known in it.
    """

    text: str
    hit: Hit
    named: Collection[str]
    crossed: bool

    def of(self, place: Division, origin: _Origin) -> bool | None:
        if place.level == "province":
            return not self.crossed or self._one_side_clear()
        if place.level == "city":
            return self._of_city(origin.is_city(place), origin.is_province(place))
        if self.hit.name in context.words("short", "known_counties"):
            return self._of_city(at_home=origin.is_city(place), in_province=True)
        if origin.is_city(place) or place.code in self.named:
            return self._of_home_county()
        return self._of_county_nearby() if origin.is_province(place) else None

    def _of_city(self, at_home: bool, in_province: bool) -> bool | None:
        if at_home:
            return not self.crossed or self._one_side_clear()
        if self.hit.name not in context.words("short", "ambiguous_cities"):
            return not self.crossed or self._one_side_clear()
        if self.crossed:
            return None
        return self._both_sides_clear() or (in_province and self._one_side_clear())

    def _of_home_county(self) -> bool | None:
        if self.hit.name in context.words("short", "ambiguous_counties"):
            return None if self.crossed else self._both_sides_clear()
        return not self.crossed or self._one_side_clear()

    def _of_county_nearby(self) -> bool | None:
        if self.crossed:
            return None
        return self.hit.name not in context.words("short", "ambiguous_counties") and self._one_side_clear()

    def _one_side_clear(self) -> bool:
        """One clear side; where a word runs over one side, it has to be the other."""
        text, start, end = self.text, self.hit.start, self.hit.end
        if context.crosses_left(text, start):
            return context.clear_right(text, end)
        if context.crosses_right(text, end):
            return context.clear_left(text, start)
        return context.clear_left(text, start) or context.clear_right(text, end)

    def _both_sides_clear(self) -> bool:
        return context.clear_left(self.text, self.hit.start) and context.clear_right(self.text, self.hit.end)


def _letters(text: str, origin: _Origin) -> Iterator[_Reading]:
    """One-character forms: of the plan's county and city (在昌召开, 留昌率), of provinces (赴渝研学, 川籍学生)."""
    first, pattern, codes = _letter_pattern(origin)
    for match in matches_from(first, pattern, text, 0, len(text)):
        start, end = match.span(match.lastgroup or 0)
        place = division(codes[text[start]])
        if place and not context.begins_longer_name(text, start, end):
            home = place.code in (origin.city, origin.county)
            rule = "one-character form of the home city" if home else "one-character form of a province"
            yield _Reading(start, end, (place,), True, rule)


def _runs(text: str) -> Iterator[_Reading]:
    """Three or more provinces by one character each (冀鲁豫); the list of compounds has those of two."""
    codes = _province_letters()
    for match in _run().finditer(text):
        places = [place for place in map(division, map(codes.__getitem__, match[0])) if place]
        yield _Reading(*match.span(), tuple(places), True, "name of several divisions")


@cache
def _run() -> re.Pattern[str]:
    return compiled(f"[{''.join(_province_letters())}]{{3,}}")


@cache
def _province_letters() -> dict[str, str]:
    forms = context.places_lexicon("home")
    return _provinces() | {forms["letters"][code]: code for code in forms["municipalities"].split()}


@cache
def _provinces() -> dict[str, str]:
    """The codes of provinces by the characters that stand for nothing else."""
    forms = context.places_lexicon("home")["provinces"]
    return {letter: code for code, letters in forms.items() for letter in letters}


@cache
def _letter_pattern(origin: _Origin) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """What begins a place of one character, what finds it, and the code that each stands for."""
    forms = context.places_lexicon("home")
    codes = _provinces()
    home = {letter: code for letter, code in codes.items() if code == origin.province}
    for code in (origin.city, origin.county):
        place = division(code) if code else None
        if place:
            own = forms["letters"].get(place.code) or place.name[0].translate(
                dict.fromkeys(map(ord, forms["ambiguous"]))
            )
            home |= dict.fromkeys(own, place.code)
    followers, verbs, away = (any_of(forms[key].split()) for key in ("followers", "verbs", "away"))
    first = compiled(f"[{''.join(codes | home)}{characters_of(verbs + away)}]")
    behind = f"(?={followers}|[，。；、,;和及\\d]|$)"
    ways = [
        *([f"(?:{verbs})(?P<home>[{''.join(home)}]){behind}"] if home else []),
        f"(?:{away})(?P<away>[{''.join(codes)}]){behind}",
        f"(?P<native>[{''.join(codes | home)}])(?=籍(?:学生|大?学?生|教师|人才|考生|人士|企业))",
    ]
    return first, compiled("|".join(ways)), codes | home
