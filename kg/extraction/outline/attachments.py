"""Attachments: where each begins, and the lists that name them below the text (附件：1.…清单  2.…表)."""

from __future__ import annotations

import re
from functools import cache

from yaodian.extraction.numerals import parse
from yaodian.ontology import lexicon
from yaodian.patterns import compiled

_ENTRY = compiled(r"\s*(\d{1,2}|[一二三四五六七八九十]{1,3})[.．、](?!\d(?!\d{3}[年—－-]))([^\n。；，]{2,60})(?:\n|$)")


@cache
def _heading() -> re.Pattern[str]:
    return compiled(lexicon("outline")["attachment"], re.MULTILINE)


def heads_attachment(line: str) -> bool:
    """Whether a line heads an attachment or a list of them."""
    return _heading().fullmatch(line) is not None


def first_attachment(text: str, start: int, end: int) -> int:
    """Where the heading of the first attachment ends; ``end`` where there is none."""
    match = _heading().search(text, start, end)
    return match.end() if match else end


def attachment_lists(text: str, start: int, end: int) -> list[range]:
    """The lists of attachments: behind such a line's colon, or right below it, numbered names of documents."""
    found = []
    for match in _heading().finditer(text, start, end):
        colon = re.search("[:：]", match[0])
        if colon:
            found.append(range(match.start(), _list_end(text, match.start() + colon.end(), end)))
    return found


def _list_end(text: str, colon: int, end: int) -> int:
    """Where the entries end that count up from one behind the colon; the colon where there are none.

    On the lines below it a list may be something else: there each entry has to be called a document.
    """
    line_end = text.find("\n", colon, end)
    below = not text[colon : line_end if line_end >= 0 else end].strip()
    position, count = (line_end + 1 if below and line_end >= 0 else colon), 1
    found = colon
    while (entry := _ENTRY.match(text, position, end)) is not None:
        if parse(entry[1]) != count or (below and not _names_document(entry[2])):
            break
        position = found = entry.end()
        count += 1
    return found


def _names_document(words: str) -> bool:
    return re.search(lexicon("outline")["attached"], words.strip()) is not None
