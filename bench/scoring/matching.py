"""Which extracted thing answers which annotated one: one to one, by the largest overlap of their spans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.figures import Agreement

Json = dict[str, Any]
Pair = tuple[Json, Json]
Admits = Callable[[Json, Json], bool]


@dataclass(frozen=True, slots=True)
class Settled:
    """Pairs of annotated and extracted things, those not found, and those that are none."""

    pairs: tuple[Pair, ...]
    missed: tuple[Json, ...]
    extra: tuple[Json, ...]

    @property
    def agreement(self) -> Agreement:
        """The pairs among all."""
        found = len(self.pairs)
        return Agreement(found, found + len(self.missed), found + len(self.extra))


def overlap(one: Json, other: Json) -> int:
    """How many characters two spans share; zero or less where they are apart."""
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def whatever(_gold: Json, _predicted: Json) -> bool:
    """Any two that overlap may be a pair."""
    return True


def matched(gold: Sequence[Json], predicted: Sequence[Json], admits: Admits) -> dict[int, int]:
    """Pairs of indices, the largest overlap first, the earlier first where overlaps are equal."""
    candidates = sorted(
        (-overlap(g, p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if overlap(g, p) > 0 and admits(g, p)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def settled(gold: Sequence[Json], predicted: Sequence[Json], admits: Admits = whatever) -> Settled:
    """The pairs, without what is debatable: doubtful annotations, and the extracted things that meet one."""
    pairs = matched(gold, predicted, admits)
    partners = set(pairs.values())
    doubtful = {i for i, g in enumerate(gold) if g.get("doubtful")}
    debatable = {pairs[i] for i in doubtful if i in pairs} | {
        j for j, p in enumerate(predicted) if j not in partners and any(overlap(gold[i], p) > 0 for i in doubtful)
    }
    return Settled(
        tuple((gold[i], predicted[j]) for i, j in sorted(pairs.items()) if i not in doubtful),
        tuple(g for i, g in enumerate(gold) if i not in pairs and i not in doubtful),
        tuple(p for j, p in enumerate(predicted) if j not in partners and j not in debatable),
    )
