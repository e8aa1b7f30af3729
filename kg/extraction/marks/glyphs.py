"""Wrong characters: broken encodings, box-drawing dashes, spaces in sentences, half-width and doubled punctuation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity, Region, alternation, proofreading
from yaodian.patterns import compiled

_BOX_DASH = compiled(r"[─━][─━]+")
# Punctuation follows words: no two such marks stand side by side.
_DOUBLED = compiled(
    r"[，。；、：,;](?:(?<=[，。；、：])(?<!&quot.)(?<!&amp.)(?<!&nbsp.)(?:[ \u3000]?[，。；、：,;])+"
    r"|(?<=[^&\w][,;])(?:[ \u3000]?[，。；、,;])+)"
)
_SPACE = compiled(rf"\u00a0(?<=[^\s]\u00a0)(?=\S)| (?<=[{HAN_CHARACTER}，、；”》] )(?=[{HAN_CHARACTER}“《])")
_HALF_WIDTH = compiled(rf"[,;:!](?<=[{HAN_CHARACTER}”》）].)(?:(?=[{HAN_CHARACTER}“《（])|(?<=[,;])(?=\d))")
_FULL_WIDTH = "，；：！"
_SENTENCE_END = compiled("[。；！？]")
_QUOTES = {"“": "”", "《": "》", "（": "）"}
_OPENING = compiled(f"[{''.join(_QUOTES)}]")
_CLAUSE_MARK = compiled("[，、]")
_SHORTEST_CLAUSE = 8
_QUESTION, _MOST_MARKS = 30, 3
_FEW_SPACES = 8
_NOWHERE = Intervals(())
_FEW = 0.2


def find(region: Region, foreign: Intervals = _NOWHERE) -> Iterator[Oddity]:
    """The wrong characters of a region; ``foreign`` are the stretches of it that are not the author's."""
    yield from _mojibake(region)
    for match in region.find(_BOX_DASH):
        yield Oddity(match.start(), match.end(), "box-dash", "—" * len(match[0]))
    for match in region.find(_DOUBLED):
        yield Oddity(match.start(), match.end(), "doubled-punctuation", match[0][0])
    yield from _stray_spaces(region)
    yield from _half_width(region, foreign)


@cache
def _broken() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return compiled(f"[{proofreading('mojibake')['suspects']}]"), compiled(alternation("mojibake", "patterns"))


def _mojibake(region: Region) -> Iterator[Oddity]:
    """A first look at single characters keeps the common case, a sound text, quick."""
    suspect, broken = _broken()
    end = region.start
    for candidate in region.find(suspect):
        match = broken.match(region.text, candidate.start(), region.end) if candidate.start() >= end else None
        if match:
            end = match.end()
            if not _is_question(region.text[max(region.start, match.start() - _QUESTION) : match.start()], match[0]):
                yield Oddity(match.start(), end, "mojibake")


def _is_question(before: str, marks: str) -> bool:
    """Whether question marks stand behind a question, which may have two or three (GB/T 15834-2011, 4.2.3.3)."""
    return set(marks) == {"？"} and len(marks) <= _MOST_MARKS and _asking().search(before) is not None


@cache
def _asking() -> re.Pattern[str]:
    return compiled(rf"{alternation('mojibake', 'asking')}[^。！？；\n]*$")


def _stray_spaces(region: Region) -> Iterator[Oddity]:
    """Each space inside a sentence; where there are many, the first one with their number."""
    found = list(_spaces(region))
    if len(found) <= _FEW_SPACES:
        yield from found
    else:
        yield replace(found[0], detail=str(len(found)))


def _spaces(region: Region) -> Iterator[Oddity]:
    """Headings, tables, names set wide and slogans in quotation marks keep their spaces."""
    for start, end in region.lines():
        spaces = list(_SPACE.finditer(region.text, start, end))
        if not spaces or not _SENTENCE_END.search(region.text, start, end):
            continue
        quoted = Intervals(_quoted(region.text, start, end))
        sentences = [start, *(match.end() for match in _SENTENCE_END.finditer(region.text, start, end))]
        for match in spaces:
            sentence = sentences[bisect_right(sentences, match.start()) - 1]
            is_inside = match.start() not in quoted and _is_inside(region.text, sentence, match.start(), start)
            if is_inside and not _is_set_wide(region, match):
                yield Oddity(match.start(), match.end(), "stray-space", "", "1")


def _is_inside(text: str, sentence: int, at: int, line: int) -> bool:
    """Whether enough of a sentence stands before; within a paragraph that is a clause behind a comma."""
    before = text[sentence:at]
    return len(before) > _SHORTEST_CLAUSE or (sentence > line and _CLAUSE_MARK.search(before[:-1]) is not None)


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches in quotation marks or brackets; a mark that nothing closes is searched for no second time."""
    lone: set[str] = set()
    for match in _OPENING.finditer(text, start, end):
        mark = match[0]
        if match.start() < start or mark in lone:
            continue
        closing = text.find(_QUOTES[mark], match.end(), end)
        if closing < 0:
            lone.add(mark)
        else:
            start = closing + 1
            yield match.start(), start


def _is_set_wide(region: Region, match: re.Match[str]) -> bool:
    """Whether every character around has its space (高 波, 目 录)."""
    before, after = region.text[match.start() - 2 : match.start() - 1], region.text[match.end() + 1 : match.end() + 2]
    return before.isspace() or after.isspace()


def _half_width(region: Region, foreign: Intervals) -> Iterator[Oddity]:
    """Each half-width mark where they are slips; the first one, with their number, where they are the habit.

    What lies in foreign text is no habit of the author's, and cannot stand for it.
    """
    marks = [mark for mark in half_width_marks(region) if mark.start not in foreign]
    full = sum(region.text.count(mark, region.start, region.end) for mark in _FULL_WIDTH)
    if len(marks) <= _FEW * full:
        yield from marks
    else:
        yield replace(marks[0], detail=str(len(marks)))


def half_width_marks(region: Region) -> Iterator[Oddity]:
    """Each half-width mark between Chinese characters, and each comma or semicolon between one and a number."""
    for match in region.find(_HALF_WIDTH):
        yield Oddity(match.start(), match.end(), "halfwidth-punctuation", _widened(match[0]), "1")


def _widened(mark: str) -> str:
    return chr(ord(mark) + 0xFEE0)
