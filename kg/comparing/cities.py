"""Cities side by side: what each of them sets out to reach, by theme and indicator, with the gaps both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yaodian.comparing.statements import Statement, city_name, plans_of, statements
from yaodian.errors import QueryError, listed

if TYPE_CHECKING:
    from yaodian.corpus.manifest import PlanRow
    from yaodian.corpus.opening import Corpus


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator under one theme: for each city, in the order asked for, what it states of it."""

    theme: str
    label: str
    unit: str
    stated: tuple[tuple[Statement, ...], ...]

    @property
    def shared(self) -> int:
        """How many of the cities state something."""
        return sum(map(bool, self.stated))


@dataclass(frozen=True, slots=True)
class Comparison:
    """``plans`` are the plans that were compared, one list for each city; ``rows`` those of a theme together."""

    cities: tuple[str, ...]
    plans: tuple[tuple[PlanRow, ...], ...]
    rows: tuple[Compared, ...]

    def only(self, wanted: Callable[[Compared], bool]) -> Comparison:
        """The same with those rows only."""
        return replace(self, rows=tuple(filter(wanted, self.rows)))


def compare(
    corpus: Corpus, cities: Sequence[str], *, year: int | None = None, theme: str | None = None, results: bool = False
) -> Comparison:
    """The targets (with ``results`` the results) of some cities by theme and indicator.

    Without ``year`` the latest year of each city. ``theme`` is a theme's code. ``QueryError`` for a city without plans,
    or without any of that year, and for one that is given twice.
    """
    chosen = tuple(_plans(corpus, city, year) for city in cities)
    names = tuple(city_name(rows[0]) for rows in chosen)
    if again := next((names[n] for n, rows in enumerate(chosen) if rows in chosen[:n]), None):
        raise QueryError(f"{again} is given twice; give other cities to compare it with")
    grouped: dict[tuple[str, str, str], list[list[Statement]]] = defaultdict(lambda: [[] for _ in cities])
    texts: dict[tuple[str, str, str], Statement] = {}
    for n, rows in enumerate(chosen):
        for one in statements(corpus, rows):
            if one.planned is results or not one.label:
                continue
            for code in one.themes or ("",):
                if theme in (None, code):
                    key = (code, one.indicator or one.label, one.unit)
                    grouped[key][n].append(one)
                    texts.setdefault(key, one)
    compared = (
        Compared(key[0], texts[key].label, texts[key].unit_text, tuple(map(tuple, stated)))
        for key, stated in grouped.items()
    )
    ordered = sorted(compared, key=lambda row: (row.theme == "", row.theme, -row.shared, row.label, row.unit))
    return Comparison(names, chosen, tuple(ordered))


def _plans(corpus: Corpus, city: str, year: int | None) -> tuple[PlanRow, ...]:
    rows = plans_of(corpus, city)
    years = sorted({row.year for row in rows if row.year})
    wanted = year if year is not None else max(years, default=None)
    kept = tuple(row for row in rows if row.year == wanted)
    if not kept:
        raise QueryError(f"no plan of {city} is of {wanted}; years there: {listed([str(y) for y in years]) or 'none'}")
    return kept
