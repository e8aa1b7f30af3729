"""One plan against another: two versions of a draft, or the plans of two years.

Items are paired by their headings and their words (the Dice coefficient of their pairs of characters; Dice 1945) and
their themes, the most alike first; targets by what they count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from yaodian.model import Item, Plan, Target

Change = Literal[
    "item-added", "item-dropped", "item-renamed", "item-reworded", "target-added", "target-gone", "target-raised",
    "target-lowered",
]  # fmt: skip

ALIKE = 0.4
"""From which likeness on, 0 to 1, two items are one."""
UNCHANGED = 0.999
_HEADING, _WORDS, _THEMES = 0.4, 0.3, 0.3
"""What the likeness of headings, words and themes counts."""


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """A change from the old plan to the new; what an addition or a loss lacks is None."""

    change: Change
    old: Item | Target | None
    new: Item | Target | None
    old_item: Item | None = None
    new_item: Item | None = None


def differences(old: Plan, new: Plan) -> list[PlanDifference]:
    """What the new plan drops, changes and adds, in the order of the new text; what it drops in that of the old."""
    pairs = _paired(old.items, new.items)
    return [
        *(PlanDifference("item-dropped", item, None, item) for item in old.items if item.id not in pairs),
        *_changed_items(old.items, new.items, pairs),
        *_changed_targets(old, new),
    ]


def _paired(old: Sequence[Item], new: Sequence[Item]) -> dict[str, str]:
    """The ids of the old items with those of the new ones that they have become."""
    before, after = [_shape(item) for item in old], [_shape(item) for item in new]
    likeness = sorted(
        (
            (-alike, i, k)
            for i, one in enumerate(before)
            for k, other in enumerate(after)
            if (alike := _alike(one, other)) >= ALIKE
        )
    )
    pairs: dict[str, str] = {}
    taken: set[int] = set()
    for _, i, k in likeness:
        if old[i].id not in pairs and k not in taken:
            pairs[old[i].id] = new[k].id
            taken.add(k)
    return pairs


@dataclass(frozen=True, slots=True)
class _Shape:
    heading: Counter[str]
    words: Counter[str]
    themes: Counter[str]


def _shape(item: Item) -> _Shape:
    themes = Counter(theme.code for theme in item.themes)
    return _Shape(_pairs_of(item.heading), _pairs_of(item.text[len(item.label) :]), themes)


def _pairs_of(text: str) -> Counter[str]:
    plain = "".join(text.split())
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1))


def _alike(one: _Shape, other: _Shape) -> float:
    return (
        _HEADING * _dice(one.heading, other.heading)
        + _WORDS * _dice(one.words, other.words)
        + _THEMES * _dice(one.themes, other.themes)
    )


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _changed_items(old: Sequence[Item], new: Sequence[Item], pairs: dict[str, str]) -> Iterator[PlanDifference]:
    before = {new_id: item for item in old if (new_id := pairs.get(item.id))}
    for item in new:
        own = before.get(item.id)
        if own is None:
            yield PlanDifference("item-added", None, item, None, item)
        elif _plain(own.heading) != _plain(item.heading):
            yield PlanDifference("item-renamed", own, item, own, item)
        elif _dice(_shape(own).words, _shape(item).words) < UNCHANGED:
            yield PlanDifference("item-reworded", own, item, own, item)


def _plain(heading: str) -> str:
    return "".join(heading.split())


def _changed_targets(old: Plan, new: Plan) -> Iterator[PlanDifference]:
    """Targets by what they count; where one plan has several of a matter they are paired in text order."""
    before, after = _by_matter(old), _by_matter(new)
    for matter, theirs in after.items():
        mine = before.get(matter, [])
        for n, target in enumerate(theirs):
            if n >= len(mine):
                yield _difference("target-added", None, target, old, new)
            elif target.value != mine[n].value:
                raised = target.value > mine[n].value
                yield _difference("target-raised" if raised else "target-lowered", mine[n], target, old, new)
    for matter, mine in before.items():
        for target in mine[len(after.get(matter, [])) :]:
            yield _difference("target-gone", target, None, old, new)


def _by_matter(plan: Plan) -> dict[tuple[str, str, str], list[Target]]:
    found: dict[tuple[str, str, str], list[Target]] = {}
    for target in plan.targets:
        if target.status == "planned":
            found.setdefault((target.concept or target.indicator, target.unit, target.per or ""), []).append(target)
    return found


def _difference(change: Change, before: Target | None, after: Target | None, old: Plan, new: Plan) -> PlanDifference:
    return PlanDifference(change, before, after, _item(old, before), _item(new, after))


def _item(plan: Plan, target: Target | None) -> Item | None:
    return next((item for item in plan.items if target and item.id == target.item), None)
