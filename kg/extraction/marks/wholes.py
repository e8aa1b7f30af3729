"""Shares of one whole that exceed it: 中央承担60%、省承担30%、市县承担20%; 本科占48%、专科占54%、高中占8%.

Shares side by side need not be of one whole (女教师占62%，本科学历占91%). They are where each comes with its amount, or
where all members are of one kind that divides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from yaodian.extraction.marks.oddity import Oddity, Region, proofreading
from yaodian.patterns import compiled

_SHARE = compiled(r"[占承负分](?:比?(?:例)?(?:约|为|达到?|到)?|担(?:约)?)(?P<number>\d{1,3}(?:\.\d{1,2})?)[%％]")
_STOP = compiled(r"[。；;：:！？\n%％]")
_CLAUSE = compiled(r"[，,、（(]")
_AMOUNT = compiled(r"\d(?:\.\d+)?[万亿]?元[，,（(]?$")
_WHOLE, _ROUNDING = Decimal(100), Decimal("0.6")
_FEWEST, _LONGEST_MEMBER, _LONGEST_GAP = 2, 24, 32


class Share(NamedTuple):
    """A share: where its words and its number begin and end, and how much it is."""

    start: int
    end: int
    words: str
    value: Decimal


def find(region: Region) -> Iterator[Oddity]:
    """The runs of shares of one whole that add up to more than a hundred per cent."""
    for run in _runs(region):
        total = sum((share.value for share in run), Decimal(0))
        if len(run) >= _FEWEST and total > _WHOLE + _ROUNDING and (_with_amounts(run) or _divides(run)):
            yield Oddity(run[0].start, run[-1].end, "shares-exceed", None, f"{total.normalize():f}")


def _runs(region: Region) -> Iterator[Sequence[Share]]:
    """Shares that stand side by side; one ends where a whole is complete."""
    run: list[Share] = []
    total = Decimal(0)
    for match in region.find(_SHARE):
        share = _share(region, match, run[-1].end if run else region.start)
        between = region.text[run[-1].end : share.start] if run else ""
        if run and (
            abs(total - _WHOLE) <= _ROUNDING or len(between) > _LONGEST_GAP or _STOP.search(between.replace("；", "，"))
        ):
            yield run
            run, total = [], Decimal(0)
        run.append(share)
        total += share.value
    if run:
        yield run


def _share(region: Region, match: re.Match[str], floor: int) -> Share:
    """The share with its clause, and the one before where that holds the amount: 建设资金300万元，占40%."""
    floor = max(floor, match.start() - _LONGEST_MEMBER)
    before = region.text[floor : match.start()]
    stops = [stop.end() for stop in _CLAUSE.finditer(before.rstrip("，,（(、"))] + [
        s.end() for s in _STOP.finditer(before)
    ]
    start = floor + max(stops, default=0)
    return Share(start, match.end(), region.text[start : match.start()], Decimal(match["number"]))


def _with_amounts(run: Sequence[Share]) -> bool:
    return all(_AMOUNT.search(share.words) for share in run)


def _divides(run: Sequence[Share]) -> bool:
    """Whether each member has another word of one kind, and one of them a word that only a division has."""
    for members, needed in _kinds():
        words = [found[0] if (found := members.search(share.words)) else "" for share in run]
        if all(words) and len(set(words)) == len(words) and any(needed.search(share.words) for share in run):
            return True
    return False


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    kinds = proofreading("wholes")["kinds"]
    return tuple((compiled(kind["members"]), compiled(kind["needed"])) for kind in kinds)
