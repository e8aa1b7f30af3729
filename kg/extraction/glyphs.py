"""Wrong characters: broken encodings, box-drawing dashes, spaces in sentences, half-width and doubled punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from yaodian.extraction.oddity import HAN_CHARACTER, Oddity, Region, alternation, proofreading

_BOX_DASH = re.compile(r"[─━]{2,}")
# Punctuation follows words (GB/T 15834-2011, 5.1.1): no two such marks stand side by side.
_DOUBLED = re.compile(
    r"[，。；、：,;](?:(?<=[，。；、：])(?<!&quot.)(?<!&amp.)(?<!&nbsp.)(?:[ \u3000]?[，。；、：,;])+"
    r"|(?<=[^&\w][,;])(?:[ \u3000]?[，。；、,;])+)"
)
_SPACE = re.compile(rf"\u00a0(?<=[^\s]\u00a0)(?=\S)| (?<=[{HAN_CHARACTER}，、；”》] )(?=[{HAN_CHARACTER}“《])")
_HALF_WIDTH = re.compile(rf"[,;:!](?<=[{HAN_CHARACTER}”》）].)(?=[{HAN_CHARACTER}“《（])")
_FULL_WIDTH = "，；：！"
_SENTENCE_END = "。；！？"
_QUOTED = re.compile("“[^”\n]*”|《[^》\n]*》|（[^）\n]*）")
_SHORTEST_CLAUSE = 8
_FEW_SPACES = 8
_FEW = 0.2


def find(region: Region) -> Iterator[Oddity]:
    """The wrong characters of a region."""
    yield from _mojibake(region)
    for match in region.find(_BOX_DASH):
        yield Oddity(match.start(), match.end(), "box-dash", "—" * len(match[0]))
    for match in region.find(_DOUBLED):
        yield Oddity(match.start(), match.end(), "doubled-punctuation", match[0][0])
    yield from _stray_spaces(region)
    yield from _half_width(region)


@cache
def _broken() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(f"[{proofreading('mojibake')['suspects']}]"), re.compile(alternation("mojibake", "patterns"))


def _mojibake(region: Region) -> Iterator[Oddity]:
    """A first look at single characters keeps the common case, a sound text, quick."""
    suspect, broken = _broken()
    end = region.start
    for candidate in region.find(suspect):
        match = broken.match(region.text, candidate.start(), region.end) if candidate.start() >= end else None
        if match:
            end = match.end()
            yield Oddity(match.start(), end, "mojibake")


def _stray_spaces(region: Region) -> Iterator[Oddity]:
    """Each space inside a sentence; where there are many, the first one with their number."""
    found = list(_spaces(region))
    if len(found) <= _FEW_SPACES:
        yield from found
    else:
        yield replace(found[0], detail=str(len(found)))


def _spaces(region: Region) -> Iterator[Oddity]:
    """Headings, tables, names set wide and slogans in quotation marks keep their spaces."""
    for match in region.find(_SPACE):
        start, end = _line_around(region, match.start())
        before = region.text[start : match.start()]
        if not any(c in region.text[start:end] for c in _SENTENCE_END) or not _is_inside_sentence(
            region, match, before
        ):
            continue
        if not any(m.start() < match.start() < m.end() for m in _QUOTED.finditer(region.text, start, end)):
            yield Oddity(match.start(), match.end(), "stray-space", "", "1")


def _line_around(region: Region, offset: int) -> tuple[int, int]:
    start = region.text.rfind("\n", region.start, offset) + 1
    end = region.text.find("\n", offset, region.end)
    return max(start, region.start), region.end if end < 0 else end


def _is_inside_sentence(region: Region, match: re.Match[str], before: str) -> bool:
    """Not after a label or a run-in heading (一、 总体要求), and not in a name set wide (高 波)."""
    clause = re.split(rf"[{_SENTENCE_END}]", before)[-1]
    after = region.text[match.end() + 1 : match.end() + 2]
    return len(clause) > _SHORTEST_CLAUSE and not after.isspace() and not before[-2:-1].isspace()


def _half_width(region: Region) -> Iterator[Oddity]:
    """Each half-width mark where they are slips; the first one, with their number, where they are the habit."""
    marks = [Oddity(m.start(), m.end(), "halfwidth-punctuation", _widened(m[0]), "1") for m in region.find(_HALF_WIDTH)]
    full = sum(region.text.count(mark, region.start, region.end) for mark in _FULL_WIDTH)
    if len(marks) <= _FEW * full:
        yield from marks
    else:
        yield replace(marks[0], detail=str(len(marks)))


def _widened(mark: str) -> str:
    return chr(ord(mark) + 0xFEE0)
