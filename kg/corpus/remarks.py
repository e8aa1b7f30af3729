"""What is worth saying of a corpus after a build: plans that look like none, plans that only a suffix tells apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from yaodian.corpus.manifest import PlanRow


def is_odd(row: PlanRow) -> bool:
    """Whether a plan's short name does not tell which one it is."""
    return row.slug != row.base_slug or not _place(row) or row.year is None


@dataclass(frozen=True, slots=True)
class Lacking:
    """The sources of the plans in which none of these things was found: ``city``, ``year``, ``items``."""

    things: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rivals:
    """The sources of the plans that want the same name, so that each has a suffix."""

    name: str
    sources: tuple[str, ...]


def remarks(rows: Iterable[PlanRow]) -> list[Lacking | Rivals]:
    """The plans that lack the same things, then those that want the same name."""
    lacking: dict[tuple[str, ...], list[str]] = defaultdict(list)
    rivals: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.source):
        if missing := tuple(thing for thing, is_there in _wanted(row) if not is_there):
            lacking[missing].append(row.source)
        if row.slug != row.base_slug:
            rivals[row.base_slug].append(row.source)
    return [
        *(Lacking(things, tuple(sources)) for things, sources in lacking.items()),
        *(Rivals(name, tuple(sources)) for name, sources in rivals.items()),
    ]


def _place(row: PlanRow) -> str | None:
    return row.city or row.province


def _wanted(row: PlanRow) -> tuple[tuple[str, bool], ...]:
    return ("city", bool(_place(row))), ("year", row.year is not None), ("items", row.items > 0)
