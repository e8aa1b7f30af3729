"""What belongs to a page or a web site and has got into the body: page numbers, download notes, share buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yaodian.extraction.oddity import Oddity, Region, alternation


def find(region: Region) -> Iterator[Oddity]:
    """The lines and phrases of a region that belong to the page around it."""
    for match in region.find(_phrase()):
        yield Oddity(match.start(), match.end(), "page-furniture")
    for start, end in region.lines():
        line = region.text[start:end]
        if len(line) <= _LONGEST_LINE and _whole_line().fullmatch(line) and not _phrase().search(line):
            yield Oddity(start, end, "page-furniture")


_LONGEST_LINE = 80


@cache
def _phrase() -> re.Pattern[str]:
    return re.compile(alternation("page_furniture", "phrases"))


@cache
def _whole_line() -> re.Pattern[str]:
    return re.compile(alternation("page_furniture", "lines"))
