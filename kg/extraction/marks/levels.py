"""How many headings each level of an outline has, labels that a slip hides among them: any may be what was announced.

四大行动 above four （一）…（四） with fourteen tasks among them may be announced as 十四项任务 as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from re import Match

from yaodian.extraction.marks.oddity import Region
from yaodian.extraction.numerals import HAN, parse
from yaodian.model import Item, Section
from yaodian.patterns import compiled

_LOOSE_LABEL = compiled(rf"(?m)^[ \t\u3000\u00a0]*(?P<label>(?P<number>[{HAN}]{{1,3}})[,，])(?=\w)")
_MOST_SLIPS, _REACH = 2, 20_000


def counts_by_level(start: int, end: int | None, sections: Sequence[Section], items: Sequence[Item]) -> Iterator[int]:
    """The number of headings of each level between two places, tasks being a level, and the last number of each.

    The two differ where a label is left out or comes twice, which is said of the label, not of the announcement; where
    they differ by more, the numbers begin anew in each section and tell nothing.
    """
    levels: dict[int | None, list[int]] = defaultdict(list)
    for section in sections:
        if section.span.start > start and (end is None or section.span.start < end):
            levels[section.level].append(section.ordinal or 0)
    for item in items:
        if item.span.start > start and (end is None or item.span.start < end):
            levels[None].append(item.ordinal or 0)
    for ordinals in levels.values():
        yield len(ordinals)
        if abs(len(ordinals) - max(ordinals)) <= _MOST_SLIPS:
            yield max(ordinals)


def nearest(announced: int, counts: Sequence[int]) -> int:
    """The one of ``counts`` that differs least from the announced number; of equals the first."""
    return min(counts, key=lambda count: abs(count - announced))


def loose_labels(region: Region, start: int, ordinal: int) -> Iterator[Match[str]]:
    """The lines behind ``start`` that begin with this number and a comma, as 四，转变作风 where 四、 was meant."""
    for match in _LOOSE_LABEL.finditer(region.text, start, min(region.end, start + _REACH)):
        if parse(match["number"]) == ordinal:
            yield match
