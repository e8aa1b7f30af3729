"""What is worth saying of a corpus after a build: plans that look like none, plans that only a suffix tells apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from yaodian.corpus.manifest import PlanRow
from yaodian.errors import listed


def is_odd(row: PlanRow) -> bool:
    """Whether a plan's short name does not tell which one it is."""
    return row.slug != row.base_slug or not _place(row) or row.year is None


def remarks(rows: Iterable[PlanRow]) -> Iterator[str]:
    """A sentence on the plans that lack the same things, and on those that want the same name, with their sources."""
    lacking: dict[str, list[str]] = defaultdict(list)
    rivals: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.source):
        if missing := [f"no {word}" for word, is_there in _wanted(row) if not is_there]:
            lacking[" and ".join(missing)].append(row.source)
        if row.slug != row.base_slug:
            rivals[row.base_slug].append(row.source)
    for words, sources in lacking.items():
        yield f"{words} found in {listed(sources, ', ')}"
    for name, sources in rivals.items():
        yield f"{len(sources)} plans are {name}, so each has a suffix: {listed(sources, ', ')}"


def _place(row: PlanRow) -> str | None:
    return row.city or row.province


def _wanted(row: PlanRow) -> tuple[tuple[str, bool], ...]:
    return ("city", bool(_place(row))), ("year", row.year is not None), ("work items", row.items > 0)
