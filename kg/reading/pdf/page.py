"""What a page shows: runs of glyphs and straight lines, in points from the page's top left corner, y growing downwards.

They are told for a page that is turned so that its text runs from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LEFT_OUT_TURNED = "turned"


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs side by side on one baseline ``y``, from ``x0`` to ``x1``; ``size`` is the height of an em."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def top(self) -> float:
        """The upper edge of its ideographs."""
        return self.y - 0.88 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its ideographs."""
        return self.y + 0.12 * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line that is drawn from ``x0, y0`` to ``x1, y1``, upright or level."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, runs and rules; ``aside`` is text that runs in other directions, ``hidden`` beyond its edges.

    ``unknown`` counts the glyphs without a meaning, each U+FFFD in its run. ``pictured`` tells of a page without any
    text that shows pictures; ``broken`` of one that cannot be read.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    runs: tuple[Run, ...] = ()
    rules: tuple[Rule, ...] = ()
    aside: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    unknown: int = 0
    pictured: bool = False
    broken: bool = False


def as_data(page: Page) -> list[Any]:
    """The page as lists, numbers and strings, for JSON."""
    runs = [[r.text, round(r.x0, 2), round(r.x1, 2), round(r.y, 2), round(r.size, 2)] for r in page.runs]
    rules = [[round(c, 2) for c in (r.x0, r.y0, r.x1, r.y1)] for r in page.rules]
    more = [list(page.aside), list(page.hidden), page.unknown, page.pictured, page.broken]
    return [page.number, page.width, page.height, runs, rules, *more]


def from_data(data: list[Any]) -> Page:
    """The page that was made into ``data``."""
    number, width, height, runs, rules, aside, hidden, *more = data
    made = tuple(Run(*run) for run in runs), tuple(Rule(*rule) for rule in rules)
    return Page(number, width, height, *made, tuple(aside), tuple(hidden), *more)
