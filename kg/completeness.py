"""How completely a plan says what its work takes: who does what, how far, by when, where, and on what basis.

谁·做什么·到什么程度·何时·在哪·依据. For each work item of the part that plans, five points are met or not:

* ``who``: a responsible unit is named;
* ``what``: there is a heading, and a measure or other words beside it;
* ``how-far``: there is a target or a deliverable;
* ``when``: a deadline is stated, of the item or of one of its targets;
* ``basis``: a policy is named.

An item's score is the share of the five that it meets; a plan's is the mean of its items, which is the mean of the
five parts too, so that plans of any length compare. ``where`` (a place or an institution is named) is told as a part,
but is no point: an item that names no place is meant for the whole place of the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal, get_args

from yaodian.model import Item, Plan

Part = Literal["who", "what", "how-far", "when", "where", "basis"]
PARTS: tuple[Part, ...] = get_args(Part)
POINTS: tuple[Part, ...] = tuple(part for part in PARTS if part != "where")
WHOLE = "completeness"
_DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class ItemScore:
    """Which parts an item states, and the share of the points that it meets (0 to 1, four digits)."""

    item: Item
    states: Mapping[Part, bool]

    @property
    def value(self) -> Decimal:
        """The share of the points that are met."""
        return _share(sum(self.states[point] for point in POINTS), len(POINTS))


@dataclass(frozen=True, slots=True)
class Score:
    """The scores of a plan's items, in text order; at least one."""

    items: tuple[ItemScore, ...]

    @property
    def value(self) -> Decimal:
        """The share of the points that are met, over all items."""
        met = sum(score.states[point] for score in self.items for point in POINTS)
        return _share(met, len(self.items) * len(POINTS))

    @property
    def parts(self) -> dict[Part, Decimal]:
        """The share of items that state each part."""
        return {part: _share(sum(score.states[part] for score in self.items), len(self.items)) for part in PARTS}


def completeness(plan: Plan) -> Score | None:
    """The score of a plan, None where no item of it plans anything."""
    scores = tuple(ItemScore(item, _states(item)) for item in plan.items if item.part == "plan")
    return Score(scores) if scores else None


def _states(item: Item) -> dict[Part, bool]:
    return {
        "who": bool(item.responsible),
        "what": bool(item.heading) and (bool(item.measures) or _says_more(item)),
        "how-far": "planned" in {target.status for target in item.targets}
        or "planned" in {deliverable.status for deliverable in item.deliverables},
        "when": item.deadline_span is not None or any(target.deadline_span for target in item.targets),
        "where": bool(item.places or item.institutions),
        "basis": bool(item.policies),
    }


def _says_more(item: Item) -> bool:
    """Whether anything but punctuation stands beside the item's label and heading."""
    return any(c.isalnum() for c in item.span.quote[item.heading_span.end - item.span.start :])


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole).quantize(_DIGITS, ROUND_HALF_EVEN)
