"""Paragraphs that end without a mark where those of the text have one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity, Region
from yaodian.patterns import compiled

_PARAGRAPH = compiled(r"[^\s][^\n]{38,}[^\s]")
_SENTENCES = compiled("[。；！？]")
_ENDS_WELL = compiled(r"[。；！？…：:;.!?][”’』」）)】]*$|[）)】]$")
_BARE_END = compiled(rf"[{HAN_CHARACTER}\d%％”]$")
_NEXT_LABEL = compiled(
    r"\s*(?:$|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.．、]|[一二三四五六七八九十]是|第[一二三四五六七八九十]+[，章节])"
)
_END = 8
"""Characters of an end that are looked at: a stop, and what may close behind it."""
_FEWEST, _FEW, _MOST = 8, 0.1, 3


def find(region: Region) -> Iterator[Oddity]:
    """Paragraphs of whole sentences whose last one has no stop, before a label or the end; only where they are few."""
    paragraphs = list(region.find(_PARAGRAPH))
    whole = [match for match in paragraphs if _SENTENCES.search(region.text, match.start(), match.end() - 2)]
    sound = sum(_ENDS_WELL.search(match[0][-_END:]) is not None for match in whole)
    open_ended = [match for match in whole if _is_open(region, match)]
    if sound >= _FEWEST and len(open_ended) <= min(_MOST, max(1, _FEW * sound)):
        for match in open_ended:
            yield Oddity(match.end() - 4, match.end(), "stop-missing", match[0][-4:] + "。")


def _is_open(region: Region, match: re.Match[str]) -> bool:
    """Whether a stop is missing; where a bracket is, that is what is told: （责任单位：电教馆."""
    if max(map(match[0].rfind, "（(")) > max(map(match[0].rfind, "）)")):
        return False
    return bool(_BARE_END.search(match[0][-1:]) and _NEXT_LABEL.match(region.text, match.end(), region.end))
