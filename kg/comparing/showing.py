"""Comparisons as sheets, in Chinese or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from yaodian.comparing.cities import Compared, Comparison
from yaodian.comparing.plans import PlanDifference
from yaodian.comparing.sheets import Bar, Column, Sheet, Value, scaled
from yaodian.comparing.tracking import Followed
from yaodian.model import Item, Target
from yaodian.ontology import lexicon

_BETWEEN = {"zh": "；", "en": "; "}


def _words(section: str, key: str, lang: str) -> str:
    found: str = lexicon("comparing")[section][key][lang]
    return found


def _columns(lang: str, *keys: str, numeric: Sequence[str] = ()) -> tuple[Column, ...]:
    return tuple(Column(key, _words("columns", key, lang), key in numeric) for key in keys)


def _counted(section: str, keys: Sequence[str], lang: str) -> str:
    counts = Counter(keys)
    listed = (key for key in lexicon("comparing")[section] if counts[key])
    return _BETWEEN[lang].join(f"{_words(section, key, lang)} {counts[key]}" for key in listed)


def tracking_sheet(found: Sequence[Followed], lang: str, outcomes: Collection[str] = ()) -> Sheet:
    """A row for each target and each result without one, by outcome; of these ``outcomes`` only, if given."""
    first = next(one for each in found for one in (each.target, each.result) if one)
    title = _words("titles", "track", lang).format(city=first.city, year=first.year)
    columns = _columns(
        lang, "outcome", "indicator", "target", "result", "share", "reason", "item", "reported_in", numeric=["share"]
    )
    order = list(lexicon("comparing")["outcomes"])
    shown = sorted(
        (each for each in found if not outcomes or each.outcome in outcomes), key=lambda each: order.index(each.outcome)
    )
    return Sheet(
        title,
        (_counted("outcomes", [each.outcome for each in found], lang),),
        columns,
        tuple(_tracking_row(each, lang) for each in shown),
        tuple(_tracking_bars(each, lang) for each in shown),
        tuple(each.outcome for each in shown),
    )


def _tracking_row(each: Followed, lang: str) -> tuple[Value, ...]:
    own = each.target or each.result
    results = [each.result] if each.result else [one for one in each.others if not one.planned]
    return (
        _words("outcomes", each.outcome, lang),
        own.phrase if own else "",
        each.target.quote if each.target else "",
        _BETWEEN[lang].join(dict.fromkeys(f"{one.phrase} {one.quote}".strip() for one in results)),
        f"{each.share * 100:.0f}%" if each.share is not None else "",
        _words("reasons", each.reason, lang) if each.reason else "",
        each.target.heading if each.target else "",
        each.result.heading if each.result else "",
    )


def _tracking_bars(each: Followed, lang: str) -> tuple[Bar, ...]:
    if each.target is None or each.result is None:
        return ()
    named = (("target", each.target), ("result", each.result))
    return scaled([(_words("columns", key, lang), one.value, one.quote) for key, one in named])


def comparison_sheet(found: Comparison, names: Mapping[str, str], lang: str, *, results: bool = False) -> Sheet:
    """A row for each theme and indicator, a column for each city; ``names`` are the themes' names by code."""
    title = _words("titles", "compare_results" if results else "compare", lang).format(cities="、".join(found.cities))
    notes = tuple(
        _words("notes", "plans", lang).format(city=city, plans="、".join(row.title or row.slug for row in rows))
        for city, rows in zip(found.cities, found.plans, strict=True)
    )
    fixed = _columns(lang, "theme", "indicator", "unit")
    cities = tuple(Column(city, city) for city in found.cities)
    return Sheet(
        title,
        notes,
        (*fixed, *cities, *_columns(lang, "missing")),
        tuple(_comparison_row(row, found.cities, names, lang) for row in found.rows),
        tuple(_comparison_bars(row, found.cities) for row in found.rows),
    )


def _comparison_row(row: Compared, cities: Sequence[str], names: Mapping[str, str], lang: str) -> tuple[Value, ...]:
    missing = [city for city, stated in zip(cities, row.stated, strict=True) if not stated]
    return (
        names.get(row.theme, row.theme) if row.theme else _words("notes", "no_theme", lang),
        row.label,
        row.unit,
        *(_BETWEEN[lang].join(one.quote for one in stated) for stated in row.stated),
        "、".join(missing),
    )


def _comparison_bars(row: Compared, cities: Sequence[str]) -> tuple[Bar, ...]:
    numbers = [
        (city, stated[0].value, stated[0].quote)
        for city, stated in zip(cities, row.stated, strict=True)
        if len(stated) == 1
    ]
    return scaled(numbers)


def difference_sheet(found: Sequence[PlanDifference], old: str, new: str, lang: str) -> Sheet:
    """A row for each change from the plan called ``old`` to the one called ``new``."""
    kinds = tuple(each.change for each in found)
    return Sheet(
        _words("titles", "diff", lang).format(old=old, new=new),
        (_counted("changes", kinds, lang),) if kinds else (),
        _columns(lang, "change", "item", "indicator", "old", "new"),
        tuple(_difference_row(each, lang) for each in found),
        (),
        kinds,
    )


def _difference_row(each: PlanDifference, lang: str) -> tuple[Value, ...]:
    item = each.new_item or each.old_item
    target = next((one for one in (each.new, each.old) if isinstance(one, Target)), None)
    return (
        _words("changes", each.change, lang),
        f"{item.label} {item.heading}" if item else "",
        target.indicator if target else "",
        _said(each.old),
        _said(each.new),
    )


def _said(thing: Item | Target | None) -> str:
    if thing is None:
        return ""
    return f"{thing.label} {thing.heading}" if isinstance(thing, Item) else thing.span.quote
