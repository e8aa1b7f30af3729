"""Enumerations within the text that skip a number or have one twice: 一是…三是…, 第一，…第三，…, （1）…（3）….

Whole headings are left to the rules on the outline, which know what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from yaodian.extraction.marks.oddity import Oddity, Region
from yaodian.extraction.numerals import parse
from yaodian.patterns import compiled

_HAN = "[一二三四五六七八九十][一二三四五六七八九十]?"
_LARGEST = 20
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
# What opens a label inside a line: the label is searched, and then looked at what stands before it.
_OPENS = compiled(r"[。；;：:！] ?\Z")
_COMMA = "，"
_INLINE = (
    compiled(rf"(?P<n>{_HAN})是"),
    compiled(rf"(?P<n>{_HAN})要"),
    compiled(r"[（(](?P<n>\d{1,2})[)）]"),
    compiled(rf"(?P<n>[{_CIRCLED}])"),
)
_ON_LINES = (
    compiled(rf"第(?P<n>{_HAN})[，,、]"),
    compiled(r"[（(](?P<n>\d{1,2})[)）]"),
    compiled(rf"(?P<n>[{_CIRCLED}])"),
)
_HEADING = compiled(rf"{_HAN}[、.．]|[（(]{_HAN}[)）]|\d{{1,2}}[.．、]|第{_HAN}[章节编]")


class Label(NamedTuple):
    """A label of an enumeration: its place and number."""

    start: int
    end: int
    number: int


def find(region: Region) -> Iterator[Oddity]:
    """The labels that do not follow the one before; of each stretch the first, for all behind it shift with it."""
    lines = list(region.lines())
    for start, end in lines:
        for pattern in _INLINE:
            found = (match for match in pattern.finditer(region.text, start, end) if _opens(region.text, start, match))
            yield from _broken(region.text, _labels(found), may_nest=True)
    for stretch in _between_headings(region.text, [start for start, _ in lines]):
        for pattern in _ON_LINES:
            at_lines = (pattern.match(region.text, start, region.end) for start in stretch)
            yield from _broken(region.text, _labels(match for match in at_lines if match), may_nest=False)


def _opens(text: str, line: int, match: re.Match[str]) -> bool:
    """Whether a label opens a line or a sentence; 一是 and those behind it may also stand behind a comma."""
    at = match.start()
    if at == line or _OPENS.search(text, at - 2, at):
        return True
    return text[at - 1] == _COMMA and match[0].endswith("是")


def _between_headings(text: str, lines: Sequence[int]) -> Iterator[list[int]]:
    """Where the lines begin, up to each heading and from it on."""
    stretch: list[int] = []
    for start in lines:
        if _HEADING.match(text, start):
            yield stretch
            stretch = []
        stretch.append(start)
    yield stretch


def _labels(found: Iterable[re.Match[str]]) -> list[Label]:
    """The labels among the matches; a larger number is none: （83）国函字43号."""
    labels = (Label(*match.span(), _number(match["n"])) for match in found)
    return [label for label in labels if 1 <= label.number <= _LARGEST]


def _number(written: str) -> int:
    return _CIRCLED.index(written) + 1 if written in _CIRCLED else int(parse(written) or 0)


def _broken(text: str, labels: Sequence[Label], *, may_nest: bool) -> Iterator[Oddity]:
    """Lists within lists begin anew with one, and go back to the number that comes next outside.

    On lines of their own, a list of one is none: where they do not nest, two labels of number one are a slip.
    """
    if not labels or labels[0].number != 1:
        return
    open_lists: list[int] = []
    before = labels[0]
    for label in labels:
        if label is not before and label.number == before.number == 1 and not may_nest:
            yield Oddity(label.start, label.end, "enumeration-break", "2")
            return
        if label.number == 1:
            open_lists.append(1)
        else:
            outer = next((n for n in reversed(range(len(open_lists))) if open_lists[n] + 1 == label.number), None)
            if outer is None:
                if not _printed(text[before.end : label.start], label.number - 1) or label.number == before.number:
                    yield Oddity(label.start, label.end, "enumeration-break", str(before.number + 1))
                return
            open_lists[outer:] = [label.number]
        before = label


def _printed(between: str, number: int) -> bool:
    """Whether the number that is missed is there after all, in another form."""
    han = "零一二三四五六七八九十"
    forms = [
        rf"(?<!\d){number}(?![\d年月])",
        *(han[number] if number < len(han) else ()),
        *_CIRCLED[number - 1 : number],
    ]
    return re.search("|".join(forms), between) is not None
