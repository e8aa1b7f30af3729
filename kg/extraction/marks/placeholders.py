"""Blanks that the author meant to fill in: XX市, ××年, 某某局, （待补充）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yaodian.extraction.marks.oddity import Oddity, Region, alternation, proofreading
from yaodian.patterns import compiled


def find(region: Region) -> Iterator[Oddity]:
    """The blanks of a region, with the word that says what they are for (XX市)."""
    for match in _blanks(region):
        tail = _tail().match(region.text, match.end(), region.end)
        yield Oddity(match.start(), tail.end() if tail else match.end(), "placeholder")


def _blanks(region: Region) -> Iterator[re.Match[str]]:
    """A first look at single characters keeps the common case, a text without blanks, quick."""
    suspect, blank = _patterns()
    end = region.start
    for candidate in region.find(suspect):
        match = blank.match(region.text, candidate.start(), region.end) if candidate.start() >= end else None
        if match:
            end = match.end()
            yield match


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    suspects = proofreading("placeholder")["suspects"]
    return compiled(f"[{suspects}]"), compiled(alternation("placeholder", "patterns"))


@cache
def _tail() -> re.Pattern[str]:
    return compiled(proofreading("placeholder")["tail"])
