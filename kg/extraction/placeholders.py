"""Blanks that the author meant to fill in: XX市, ××年, 某某局, （待补充）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yaodian.extraction.oddity import Oddity, Region, alternation, proofreading


def find(region: Region) -> Iterator[Oddity]:
    """The blanks of a region, with the word that says what they are for (XX市)."""
    for match in region.find(_blank()):
        tail = _tail().match(region.text, match.end(), region.end)
        yield Oddity(match.start(), tail.end() if tail else match.end(), "placeholder")


@cache
def _blank() -> re.Pattern[str]:
    return re.compile(alternation("placeholder", "patterns"))


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(proofreading("placeholder")["tail"])
