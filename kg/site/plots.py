"""Plots as numbers: where the marks of an inline SVG stand, and the sentence that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, sqrt

STEP = 46
"""Pixels from one year to the next on a timeline."""
SHADES = 5
"""Shades of a heat map, from little to much."""
_HIGH, _TOP, _BASE = 118, 20, 96
_BAR, _GAP, _DIGIT = 24, 3, 6.4


def number(value: Decimal) -> str:
    """A number with separators, without an exponent or needless zeros."""
    return f"{value.normalize():,f}"


@dataclass(frozen=True, slots=True)
class Dot:
    """How many in a year."""

    x: float
    radius: float
    count: int
    year: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of a timeline: dots, and where the thing itself begins, None where that lies before the axis."""

    width: int
    dots: tuple[Dot, ...]
    begins: float | None


def axis(years: Sequence[int]) -> list[tuple[float, int]]:
    """Where each year from the first to the last stands."""
    if not years:
        return []
    return [(STEP * (n + 0.5), year) for n, year in enumerate(range(min(years), max(years) + 1))]


def strip(counts: Mapping[int, int], years: Sequence[int], most: int, begins: int | None = None) -> Strip:
    """The counts by year on the axis of these years; ``most`` is the greatest count on the timeline."""
    places = {year: x for x, year in axis(years)}
    dots = tuple(
        Dot(places[year], round(8 + 4 * sqrt(count / most), 1), count, year) for year, count in sorted(counts.items())
    )
    return Strip(STEP * len(places), dots, places.get(begins) if begins is not None else None)


def shade(count: int, most: int) -> int:
    """The shade of a cell of a heat map, 0 (nothing) to ``SHADES``; by the root, so that small counts differ too."""
    return min(SHADES, ceil(SHADES * sqrt(count / most))) if count and most else 0


@dataclass(frozen=True, slots=True)
class Bar:
    """What was planned or achieved for a year; ``side`` says on which side of ``label_x`` its label ends."""

    kind: str
    x: float
    y: float
    height: float
    label: str
    label_x: float
    side: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several small plots of the same kind: a matter by years, planned beside achieved."""

    title: str
    width: int
    bars: tuple[Bar, ...]
    years: tuple[tuple[float, int], ...]

    high: int = _HIGH
    base: int = _BASE
    bar: int = _BAR


def panel(title: str, values: Mapping[int, Mapping[str, Decimal]]) -> Panel:
    """``values`` has for each year what was planned and what was achieved, or one of them."""
    longest = max((value for pair in values.values() for value in pair.values()), default=Decimal(0))
    labels = [number(value) for pair in values.values() for value in pair.values()]
    slot = max(110.0, 2 * (max(map(len, labels), default=0) * _DIGIT + 2 * _GAP))
    bars, years = list[Bar](), list[tuple[float, int]]()
    for n, (year, pair) in enumerate(sorted(values.items())):
        middle = slot * (n + 0.5)
        years.append((middle, year))
        bars += (_bar(kind, value, longest, middle, alone=len(pair) == 1) for kind, value in sorted(pair.items()))
    return Panel(title, round(slot * len(values)), tuple(bars), tuple(years))


def _bar(kind: str, value: Decimal, longest: Decimal, middle: float, *, alone: bool) -> Bar:
    """A bar in the middle of its year, or beside it: planned before, achieved after."""
    height = round(float(value / longest) * (_BASE - _TOP), 1) if value > 0 else 0.0
    if alone:
        x, edge, side = middle - _BAR / 2, middle, "middle"
    elif kind == "planned":
        x, edge, side = middle - _GAP - _BAR, middle - _GAP, "end"
    else:
        x, edge, side = middle + _GAP, middle + _GAP, "start"
    return Bar(kind, x, round(_BASE - height, 1), height, number(value), edge, side)
