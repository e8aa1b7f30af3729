"""The numbers of pages that sharing sites print before each page of a text, in the middle of sentences.

Such a copy reads 1、the title…, and where the second page begins, a line 2、 that goes on with a broken sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from yaodian.extraction.lines import Lines, shown_end
from yaodian.extraction.outline.labels import Label, Style
from yaodian.patterns import compiled

SHORTEST_LINE = 40
"""The characters of a line that a page ends in: it is filled."""
_BROKEN_OFF = compiled(r"[\u4e00-\u9fff\d、，“（《]\s*$")
LONGEST_NUMBER = 6
"""How far before the title the line begins that it shares with the first page's number at most."""
_FIRST = compiled(r"(?m)^[^\S\n]*1[、．.]\s?\Z")
_PAGE = compiled(r"\d{1,3}、")


def page_numbers(text: str, labels: Sequence[Label], title: int) -> set[int]:
    """Where labels stand that number pages: all that look so, where they count from 2 on.

    Either the first page's number stands before the ``title``, or each of them breaks a sentence.
    """
    looking_so = [x for x in labels if x.style is Style.ARABIC and x.at_line_start and _PAGE.match(text, x.start)]
    if not looking_so:
        return set()
    lines = Lines(text)
    counting = [x.ordinal for x in looking_so] == list(range(2, len(looking_so) + 2))
    first = _FIRST.search(text, max(0, title - LONGEST_NUMBER), title) is not None
    if counting and (first or all(_breaks_sentence(text, lines, label.start) for label in looking_so)):
        return {label.start for label in looking_so}
    return set()


def _breaks_sentence(text: str, lines: Lines, start: int) -> bool:
    end = shown_end(text, lines.start(start))
    begin = lines.start(end)
    return end - begin >= SHORTEST_LINE and _BROKEN_OFF.search(text, begin, end) is not None
