"""Totals behind their parts: 骨干教师150名、学科带头人60名、名师20名，共230名."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import accumulate

from yaodian.extraction.marks.oddity import Oddity, Region, alternation
from yaodian.patterns import compiled

_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3}){1,3}|\d{1,9})(?:\.\d{1,4})?(?!\d)"
_GROUPING = compiled("[,，]")
_SIGN = compiled("[共总合]")
_STOP = compiled(r"[。；;！？!?：:\n]")
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_FEWEST = 2


def find(region: Region) -> Iterator[Oddity]:
    """The totals that the parts right before them do not add up to, however few of them are meant."""
    for sign in region.find(_SIGN):
        total = _total().match(region.text, sign.start(), region.end)
        parts = _parts(region, sign.start(), total["unit"]) if total else []
        sums = list(accumulate(parts))
        if total and len(parts) >= _FEWEST and _value(total) not in sums[_FEWEST - 1 :]:
            yield Oddity(total.start(), total.end(), "total-mismatch", f"{sums[-1].normalize():f}", total["unit"])


def _parts(region: Region, end: int, unit: str) -> list[Decimal]:
    """The values of the same unit that stand side by side before ``end``, the last one first."""
    stops = [match.end() for match in _STOP.finditer(region.text, max(region.start, end - 300), end)]
    start = stops[-1] if stops else max(region.start, end - 300)
    stretch = region.text[start:end]
    if _cautious().search(stretch):
        return []
    values: list[Decimal] = []
    for match in reversed(list(_part().finditer(stretch))):
        if match["unit"] != unit or not match["stop"]:
            break
        values.append(_value(match))
    return values


def _value(match: re.Match[str]) -> Decimal:
    return Decimal(_GROUPING.sub("", match["number"])) * _SCALES[match["scale"]]


@cache
def _total() -> re.Pattern[str]:
    """No total is what goes on with a unit of more characters, a bound or a noun: 共20名教师."""
    return compiled(
        rf"(?<=[，,、])(?:合计|共计|总计|共)\s?(?P<number>{_NUMBER})\s?(?P<scale>[万亿]?){_unit()}(?=[。；，、,;）)\n]|$)"
    )


@cache
def _part() -> re.Pattern[str]:
    """Any number; one that is a part has its unit and a comma behind it."""
    return compiled(rf"(?P<number>{_NUMBER})\s?(?P<scale>[万亿]?)(?:{_unit()}(?P<stop>[，、,]))?")


@cache
def _unit() -> str:
    return f"(?P<unit>{alternation('totals', 'units')})"


@cache
def _cautious() -> re.Pattern[str]:
    return compiled(alternation("totals", "cautious"))
