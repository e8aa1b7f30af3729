"""Promises followed up: the targets for a year against the results that are reported for it.

A target and a result are taken for one matter only where nothing else in either text could be meant: the same
indicator, unit and place, or, where no indicator is the same, one whose words hold the other's, in an item of the same
theme. What fits several statements is listed as such and judged by nobody. After the practice of evaluating plans
against annual reports (督查考核: 目标值、完成值).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from yaodian.comparing.statements import Statement, plans_of, statements
from yaodian.errors import QueryError, listed

if TYPE_CHECKING:
    from yaodian.corpus.opening import Corpus

Outcome = Literal["reached", "missed", "not-reported", "several", "not-planned"]
Reason = Literal["same-indicator", "wording", ""]

ABOUT = Decimal("0.95")
"""The share of a target said with 约 or 左右 from which on it counts as reached."""
_SHORTEST = 4

_Matches: TypeAlias = Iterator[tuple[Statement, tuple[Statement, ...]]]
_Way: TypeAlias = Callable[[Sequence[Statement], Sequence[Statement]], _Matches]


@dataclass(frozen=True, slots=True)
class Followed:
    """A target with the result reported for it, a target without, or a result that nothing announced.

    ``reason`` says what made the two one matter; of ``several``, ``others`` are the statements that it could be.
    """

    target: Statement | None
    result: Statement | None
    outcome: Outcome
    reason: Reason = ""
    others: tuple[Statement, ...] = ()

    @property
    def share(self) -> Decimal | None:
        """The result as a share of the target; None where there are not both."""
        if self.target is None or self.result is None or not self.target.value:
            return None
        return self.result.value / self.target.value


def track(corpus: Corpus, city: str, year: int | None = None) -> list[Followed]:
    """The targets that a city set for a year, each with what came of it; then the results that no target announced.

    Without ``year`` the last one that has both targets and results, else the last one with targets. ``QueryError``
    where the city has no plan, or none with statements for the year.
    """
    found = statements(corpus, plans_of(corpus, city))
    chosen = year if year is not None else _last_year(found)
    targets = [one for one in found if one.planned and one.year == chosen]
    results = [one for one in found if not one.planned and one.year == chosen]
    if not targets and not results:
        known = listed([str(y) for y in sorted({one.year for one in found if one.year})]) or "none"
        raise QueryError(f"no plan of {city} says anything for {chosen or 'a year'}; years there: {known}")
    return list(followed(targets, results))


def _last_year(found: Sequence[Statement]) -> int | None:
    planned = {one.year for one in found if one.planned and one.year}
    reported = {one.year for one in found if not one.planned and one.year}
    return max(planned & reported or planned or reported, default=None)


def followed(targets: Sequence[Statement], results: Sequence[Statement]) -> Iterator[Followed]:
    """Each target with its result, in the order of the targets; then the results left over."""
    pairs: dict[str, tuple[Statement, Reason]] = {}
    taken: set[str] = set()
    doubtful: dict[str, tuple[Statement, ...]] = {}
    ways: tuple[tuple[Reason, _Way], ...] = (("same-indicator", _same_matter), ("wording", _same_wording))
    for reason, matches in ways:
        open_targets = [one for one in targets if one.iri not in pairs and one.iri not in doubtful]
        open_results = [one for one in results if one.iri not in taken]
        for target, candidates in matches(open_targets, open_results):
            if len(candidates) == 1:
                pairs[target.iri] = (candidates[0], reason)
                taken.add(candidates[0].iri)
            else:
                doubtful[target.iri] = candidates
    for target in targets:
        if target.iri in pairs:
            result, why = pairs[target.iri]
            yield Followed(target, result, "reached" if reaches(target, result) else "missed", why)
        elif target.iri in doubtful:
            yield Followed(target, None, "several", "", doubtful[target.iri])
        else:
            yield Followed(target, None, "not-reported")
    yield from (Followed(None, result, "not-planned") for result in results if result.iri not in taken)


def reaches(target: Statement, result: Statement) -> bool:
    """Whether the reported value keeps the promise: at most where the target is an upper bound, else at least."""
    if target.comparator in ("le", "lt"):
        return result.value < target.value if target.comparator == "lt" else result.value <= target.value
    if target.comparator == "approx":
        return result.value >= target.value * ABOUT
    return result.value > target.value if target.comparator == "gt" else result.value >= target.value


def _same_matter(targets: Sequence[Statement], results: Sequence[Statement]) -> _Matches:
    """Each target with the results of its matter; with its rivals, too, where targets differ on one matter."""
    named = [one for one in targets if one.indicator]
    mine, theirs = _by(named, lambda one: one.matter), _by(results, lambda one: one.matter)
    for target in named:
        candidates, rivals = theirs.get(target.matter, []), mine[target.matter]
        if not candidates:
            continue
        if len({one.value for one in rivals}) > 1:
            yield target, (*candidates, *(one for one in rivals if one is not target))
        elif target is rivals[0]:  # the same said twice is one promise
            yield target, tuple(candidates)


def _by(found: Sequence[Statement], key: Callable[[Statement], Hashable]) -> dict[Hashable, list[Statement]]:
    grouped: dict[Hashable, list[Statement]] = defaultdict(list)
    for one in found:
        grouped[key(one)].append(one)
    return grouped


def _same_wording(targets: Sequence[Statement], results: Sequence[Statement]) -> _Matches:
    """Pairs of a common theme, the indicator of one of which holds the other's, where each is the other's only."""
    fits = {target.iri: [result for result in results if _is_worded_alike(target, result)] for target in targets}
    wanted: dict[str, int] = defaultdict(int)
    for candidates in fits.values():
        for result in candidates:
            wanted[result.iri] += 1
    for target in targets:
        candidates = fits[target.iri]
        if len(candidates) == 1 and wanted[candidates[0].iri] == 1:
            yield target, (candidates[0],)


def _is_worded_alike(target: Statement, result: Statement) -> bool:
    if target.matter[1:] != result.matter[1:] or target.is_part != result.is_part:
        return False
    short, long = sorted((target.label, result.label), key=len)
    return len(short) >= _SHORTEST and short in long and bool(set(target.themes) & set(result.themes))
