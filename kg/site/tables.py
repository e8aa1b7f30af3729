"""Rows of the site's tables: statements, items, mentions and findings, each with the way to its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice
from typing import Any

from yaodian.comparing.statements import Statement
from yaodian.corpus.manifest import PlanRow
from yaodian.filenames import readable
from yaodian.reports.chapter import anchor
from yaodian.site.addresses import page_of, place_in_text, theme_page
from yaodian.site.edition import Edition
from yaodian.site.plots import Panel, number, panel, shade
from yaodian.site.survey import Counts, Survey
from yaodian.source import Row

MOST_ROWS = 1000
"""Rows of a table; a page says where it leaves some out, and leads to all of them."""
MOST_PANELS = 24


@dataclass(frozen=True, slots=True)
class Linked:
    """Words, and the page that tells more of them, None where none does."""

    words: str
    page: str | None = None
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """The first rows of a table, and whether there are more."""

    rows: Sequence[Any]
    more: bool


def cut(rows: Iterable[Any], most: int = MOST_ROWS) -> Cut:
    """The first rows; no more than one further is asked for."""
    first = list(islice(rows, most + 1))
    return Cut(first[:most], len(first) > most)


def city_link(found: Survey, plan: str) -> Linked:
    """A plan's city, with its page where the city is known."""
    return Linked(found.city(plan), page_of(found.homes[plan]) if plan in found.homes else None)


def plan_link(row: PlanRow) -> Linked:
    """A plan by its title."""
    return Linked(row.title or readable(row.name), page_of(row.plan))


def words_link(plan: str, thing: str, words: str) -> Linked:
    """The words of a thing, with their place in the plan's text."""
    return Linked(words, page_of(plan), place_in_text(thing))


def statement_row(edition: Edition, found: Survey, one: Statement) -> dict[str, Any]:
    """A target or result as a row."""
    return {
        "city": city_link(found, one.plan),
        "year": one.year,
        "kind": "target" if one.planned else "result",
        "indicator": Linked(one.label or one.phrase, page_of(one.indicator)),
        "value": edition.value(one),
        "sort": f"{one.value:f}",
        "unit": one.unit_text,
        "quote": words_link(one.plan, one.iri, one.quote),
        "item": one.heading,
    }


@dataclass(frozen=True, slots=True)
class Heat:
    """A matrix with shades: column heads, and for each row its head and cells of count and shade."""

    heads: tuple[Linked, ...]
    rows: tuple[tuple[Linked, tuple[tuple[int, int], ...]], ...]


def coverage(edition: Edition, found: Survey) -> Heat:
    """Cities by themes: how many items of the city's plans are about each theme."""
    totals = {theme: sum(of.values()) for theme, of in found.coverage.items()}
    themes = sorted(totals, key=lambda theme: (-totals[theme], theme))
    counts = [
        (head, [sum(found.coverage[theme].get(row.plan, 0) for row in rows) for theme in themes])
        for head, rows in _by_city(found)
    ]
    return heat([Linked(edition.name(theme), theme_page(theme)) for theme in themes], counts)


def _by_city(found: Survey) -> Iterator[tuple[Linked, list[PlanRow]]]:
    ordered = found.in_order(found.plans)
    for _, rows in groupby(ordered, key=lambda row: found.homes.get(row.plan, row.plan)):
        together = list(rows)
        head = city_link(found, together[0].plan)
        yield head if head.page else Linked(head.words, page_of(together[0].plan)), together


def by_year(found: Survey, of_plan: Mapping[str, int]) -> Heat:
    """Cities by years: how often a thing is found in the plans of each."""
    rows = found.in_order(of_plan)
    years = sorted({row.year for row in rows if row.year})
    counts = []
    for _, of_city in groupby(rows, key=lambda row: found.homes.get(row.plan, row.plan)):
        together = list(of_city)
        counts.append(
            (
                city_link(found, together[0].plan),
                [sum(of_plan[row.plan] for row in together if row.year == year) for year in years],
            )
        )
    return heat([Linked(str(year)) for year in years], counts)


def heat(heads: Sequence[Linked], counts: Sequence[tuple[Linked, Sequence[int]]]) -> Heat:
    """The matrix of these counts."""
    most = max((count for _, row in counts for count in row), default=0)
    rows = tuple((head, tuple((count, shade(count, most)) for count in row)) for head, row in counts)
    return Heat(tuple(heads), rows)


def year_counts(found: Survey, of_plan: Mapping[str, int]) -> dict[int, int]:
    """In how many plans of each year a thing is found."""
    counts: dict[int, int] = {}
    for plan in of_plan:
        if (year := found.plans[plan].year) is not None:
            counts[year] = counts.get(year, 0) + 1
    return counts


def totals(counts: Counts, found: Survey) -> list[tuple[str, int, int, int]]:
    """Each thing with its number of plans, of cities, and of times; what most plans have first."""
    rows = (
        (thing, len(of), len({found.homes.get(plan, plan) for plan in of}), sum(of.values()))
        for thing, of in counts.items()
    )
    return sorted(rows, key=lambda row: (-row[1], -row[3], row[0]))


def panels(edition: Edition, stated: Iterable[Statement], found: Survey | None = None) -> list[tuple[Panel, str]]:
    """Small plots of what is stated for several years, or both planned and achieved; each with its sentence.

    With ``found`` each is called by its city too.

    A matter of which a year has two different numbers is not drawn: which of them is meant, nobody can tell.
    """
    matters: dict[Any, list[Statement]] = {}
    for one in stated:
        if one.year and one.indicator and one.value_max is None and not one.is_part:
            matters.setdefault((one.city, one.matter), []).append(one)
    plots = []
    for together in matters.values():
        values = _values(together)
        if values and sum(map(len, values.values())) > 1:
            city = found.city(together[0].plan) if found else ""
            plots.append(_plot(edition, together[0], values, city))
    return plots


def _values(together: Sequence[Statement]) -> dict[int, dict[str, Decimal]] | None:
    values: dict[int, dict[str, Decimal]] = {}
    for one in together:
        pair, kind = values.setdefault(one.year or 0, {}), "planned" if one.planned else "achieved"
        if pair.setdefault(kind, one.value) != one.value:
            return None
    return values


def _plot(
    edition: Edition, one: Statement, values: Mapping[int, Mapping[str, Decimal]], city: str
) -> tuple[Panel, str]:
    words = edition.words
    unit = f"（{one.unit_text}）" if edition.lang == "zh" else f" ({one.unit_text})"
    named = f"{one.label}{unit if one.unit_text else ''}"
    title = f"{city} {named}".strip()
    parts = (
        words[f"{kind}_in"].format(year=year, value=number(value))
        for year, pair in sorted(values.items())
        for kind, value in pair.items()
    )
    return panel(title, values), words["multiple_words"].format(title=title, years=words["between"].join(parts))


def item_row(found: Survey, row: Row) -> dict[str, Any]:
    """A work item as a row."""
    heading = " ".join(filter(None, (row.get("label", ""), row.get("title", "")))) or anchor(row["thing"])
    return {
        "city": city_link(found, row["plan"]),
        "year": found.plans[row["plan"]].year,
        "item": words_link(row["plan"], row["thing"], heading),
    }
