"""Units that only the last number of a list prints: 4.1个和2.3个百分点, 分别提高0.6、0.3、1.1个百分点."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from yaodian.extraction.numerals import parse
from yaodian.extraction.targets.quantities import LeftAside, Quantity

_GAP = re.compile(r"\s*[、，,和及与]\s*")
_HANDED_OUT_REACH = 40


def with_shared_units(text: str, found: Sequence[Quantity | LeftAside]) -> list[Quantity | LeftAside]:
    """The numbers of a text, in order, with the unit of the last of a list where their own is missing or cut short."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        number, after = shared[i], shared[i + 1]
        if isinstance(after, Quantity) and after.unit and _GAP.fullmatch(text, number.end, after.start):
            shared[i] = _with_unit(text, number, after)
    return shared


def _with_unit(text: str, number: Quantity | LeftAside, after: Quantity) -> Quantity | LeftAside:
    if isinstance(number, Quantity):
        cut_short = number.unit == "个" and after.unit == "个百分点"
        return replace(number, unit=after.unit) if cut_short else number
    handed_out = "分别" in text[max(0, number.start - _HANDED_OUT_REACH) : number.start]
    value = parse(text[number.start : number.end])
    if number.reason != "no unit" or not handed_out or value is None:
        return number
    return Quantity(number.start, number.end, number.start, value, None, "eq", after.unit, "plain")
