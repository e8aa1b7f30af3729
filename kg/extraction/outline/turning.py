"""Where a text turns, without any heading, from reporting on the past year to planning the next.

Speeches do so: a paragraph 过去的2023年，…一是…二是… reports, and one such as 做好今年的工作，… turns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from yaodian.ontology import lexicon
from yaodian.patterns import compiled

LONGEST_TURN = 300
"""Characters before a list in which a sentence turns to it."""
_PARAGRAPH = compiled(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Report:
    """A stretch that reports on the past: from its opening paragraph to the paragraph that turns to plans."""

    start: int
    end: int
    turns: bool


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled(lexicon("outline")[name])


def turns_to_plan(paragraph: str) -> bool:
    """Whether a paragraph turns from a report to plans."""
    return _pattern("report_turns").match(paragraph) is not None


def turns_in_line(words: str) -> bool:
    """Whether words before a list end with a sentence that turns from a report to plans."""
    return words[-1:] in ("：", ":") and _pattern("turns_in_line").search(words) is not None


def find_report(text: str, start: int, end: int) -> Report | None:
    """The unheaded report in ``text[start:end]``; None where no paragraph opens one."""
    opened: int | None = None
    for begin, paragraph in _paragraphs(text, start, end):
        if opened is None:
            if _pattern("report_opens").match(paragraph):
                opened = begin
        elif turns_to_plan(paragraph):
            return Report(opened, begin, True)
    return None if opened is None else Report(opened, end, False)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for match in _PARAGRAPH.finditer(text, start, end):
        yield match.start(), match[0]
