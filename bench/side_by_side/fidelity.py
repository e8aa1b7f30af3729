"""How faithful a reader is: paragraphs kept to the character, numbers right, foreign lines left in, radicals mapped.

Blanks and the marks of Markdown are left aside on both sides, so that a reader that writes Markdown loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from side_by_side.documents import RADICALS, UNIFIED, Sample
from side_by_side.readers import Reader

_MARKS = re.compile(r"[\s\\*#|_`]|^-+$")


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What a reader kept of the paragraphs, of the numbers and the radicals, and the foreign words that it left in."""

    kept: int
    paragraphs: int
    numbered: int
    numbers: int
    foreign: int
    mapped: int
    radicals: int


def fidelity(read: Reader, samples: Sequence[Sample]) -> Fidelity:
    """The counts over all samples; a file that a reader fails on is kept in no part."""
    kept = paragraphs = numbered = numbers = foreign = mapped = radicals = 0
    for sample in samples:
        text = _attempt(read, sample.data)
        lines = {_bare(line) for line in text.split("\n")}
        kept += sum(_bare(line) in lines for line in sample.lines)
        paragraphs += len(sample.lines)
        numbered += sum(_bare(line) in lines for line in sample.numbered)
        numbers += len(sample.numbered)
        foreign += sum(words in _bare(text) for words in sample.foreign)
        if UNIFIED in sample.lines:
            pairs = [(r, u) for r, u in zip(RADICALS, UNIFIED, strict=True) if r != u]
            mapped += sum(u in text and r not in text for r, u in pairs)
            radicals += len(pairs)
    return Fidelity(kept, paragraphs, numbered, numbers, foreign, mapped, radicals)


def _attempt(read: Reader, data: bytes) -> str:
    try:
        return read(data)
    except Exception as error:
        print(f"  not read: {type(error).__name__}")
        return ""


def _bare(line: str) -> str:
    return _MARKS.sub("", line)
