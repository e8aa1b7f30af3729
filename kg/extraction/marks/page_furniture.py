"""What belongs to a page or a web site and has got into the body: page numbers, download notes, share buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yaodian.extraction.marks.oddity import Oddity, Region, alternation
from yaodian.patterns import compiled

_LONGEST_LINE = 120
SOURCE_LINE = "source-line"


def find(region: Region) -> Iterator[Oddity]:
    """The lines and phrases of a region that belong to the page around it; ``detail`` tells lines of metadata."""
    phrase, metadata, line = (_patterns(key) for key in ("phrases", "metadata", "lines"))
    for match in region.find(phrase):
        yield Oddity(match.start(), match.end(), "page-furniture")
    for start, end in region.lines():
        if end - start > _LONGEST_LINE:
            continue
        if metadata.fullmatch(region.text, start, end):
            yield Oddity(start, end, "page-furniture", None, SOURCE_LINE)
        elif line.fullmatch(region.text, start, end) and not phrase.search(region.text, start, end):
            yield Oddity(start, end, "page-furniture")


@cache
def _patterns(key: str) -> re.Pattern[str]:
    return compiled(alternation("page_furniture", key))
