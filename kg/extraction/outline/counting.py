"""Series of labels that count: 1, 2, 3, … in runs, with the slips and gaps that plans have."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from yaodian.extraction.outline.labels import Label, Style

GAP_REACH = 100
"""How many labels on it is looked whether a count goes on behind a number left out."""
FEWEST_BEFORE_GAP = 3
"""Arabic numbers that a run has before a last one that is the next but one."""


def counting(series: Sequence[Label], slips: int = 0, *, gaps: bool = False) -> list[Label]:
    """The labels that carry on a count (1, 2, 3, … ; a new 1 begins again), in runs of two or more.

    With ``slips`` a count may stand still or skip by that many. With ``gaps`` it may leave a number out where it goes
    on behind the next one (1, 2, 3, 5, 6); the last one may follow it, too, where it stands in brackets, or where it is
    an Arabic one behind three or more.
    """
    return [label for run in counted_runs(series, slips, gaps=gaps) for label in run]


def counted_runs(series: Sequence[Label], slips: int = 0, *, gaps: bool = False) -> list[list[Label]]:
    """The runs of two or more, as :func:`counting` counts."""
    runs: list[list[Label]] = []
    for i, label in enumerate(series):
        before = runs[-1][-1].ordinal if runs else None
        carries_on = before is not None and label.ordinal is not None and abs(label.ordinal - before - 1) <= slips
        if label.ordinal == 1:
            runs.append([label])
        elif carries_on or (gaps and before is not None and _leaves_out(series[i : i + GAP_REACH], runs[-1])):
            runs[-1].append(label)
    return [run for run in runs if len(run) > 1]


def _leaves_out(series: Sequence[Label], run: Sequence[Label]) -> bool:
    """Whether the first label is the next number but one of a run, and the number left out does not come behind it."""
    before, style = run[-1].ordinal or 0, series[0].style
    ordinals = [label.ordinal for label in series]
    rest = ordinals[: ordinals.index(1)] if 1 in ordinals else ordinals
    may_be_last = style is Style.HAN_BRACKET or (style is Style.ARABIC and len(run) >= FEWEST_BEFORE_GAP)
    goes_on = before + 3 in rest or (len(rest) == 1 and may_be_last)
    return rest[:1] == [before + 2] and goes_on and before + 1 not in rest


def with_repeated(series: Sequence[Label], counted: list[Label]) -> list[Label]:
    """The labels that count up, with one that says a number twice where the count goes on behind it (3, 3, 4)."""
    kept = {label.start for label in counted}
    repeated = [
        label
        for before, label in pairwise(series)
        if before.start in kept and label.start not in kept and label.ordinal == before.ordinal and label.ordinal != 1
    ]
    return [*counted, *repeated]
