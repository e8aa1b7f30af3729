"""Units that another number of the list or sentence prints: 4.1个和2.3个百分点; 争取资金6.7亿元，比上年多了8200万."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from yaodian.extraction.numerals import parse
from yaodian.extraction.targets.quantities import LeftAside, Quantity
from yaodian.ontology import lexicon
from yaodian.patterns import compiled

_GAP = compiled(r"\s*[、，,和及与]\s*")
_SENTENCE_END = compiled("[。！？\n]")
_HANDED_OUT_REACH = 40
_CHANGE_REACH = 30


def with_shared_units(text: str, found: Sequence[Quantity | LeftAside]) -> list[Quantity | LeftAside]:
    """The numbers of a text, in order, with the unit of the last of a list where their own is missing or cut short."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        number, after = shared[i], shared[i + 1]
        if isinstance(after, Quantity) and after.unit and _GAP.fullmatch(text, number.end, after.start):
            shared[i] = _with_unit(text, number, after)
    return shared


def with_units_before(text: str, found: Sequence[Quantity | LeftAside]) -> list[Quantity | LeftAside]:
    """The numbers of a text, a bare 8200万 with the unit of the number before where words of change lead to it."""
    shared = list(found)
    for i in range(1, len(shared)):
        before, number = shared[i - 1], shared[i]
        if isinstance(before, LeftAside) and i > 1:
            before = shared[i - 2]  # 从2017年的5.1万降到2024年的2.2万
        if isinstance(number, Quantity) and not number.unit and isinstance(before, Quantity) and before.unit:
            between = text[before.end : number.start]
            if len(between) <= _CHANGE_REACH and not _SENTENCE_END.search(between) and _changes().search(between):
                shared[i] = replace(number, unit=before.unit)
    return shared


@cache
def _changes() -> re.Pattern[str]:
    return compiled(lexicon("quantities")["sharing"]["changes"])


def _with_unit(text: str, number: Quantity | LeftAside, after: Quantity) -> Quantity | LeftAside:
    if isinstance(number, Quantity):
        cut_short = number.unit == "个" and after.unit == "个百分点"
        return replace(number, unit=after.unit) if cut_short else number
    handed_out = "分别" in text[max(0, number.start - _HANDED_OUT_REACH) : number.start]
    value = parse(text[number.start : number.end])
    if number.reason != "no unit" or not handed_out or value is None:
        return number
    return Quantity(number.start, number.end, number.start, value, None, "eq", after.unit, "plain")
