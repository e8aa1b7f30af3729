"""Searching for patterns that can begin at few characters only.

A pattern that opens with a look-behind, an option or a choice is tried at every character of a text. Where the
characters that it may begin with are known, the search skips from one of them to the next, and takes a fraction of
the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from yaodian.patterns import compiled

_HAN = compiled("[\u4e00-\u9fff]")
_HAN_RUN = compiled("[\u4e00-\u9fff]+")
_CLASS = compiled(r"\\.|\[\^?.[^\]]*\]")
_CAPTURED = compiled(r"\(([^?()][^()]*)\)(?![?*{])")
_GROUP = compiled(r"\([^()]*\)")
_OPTIONAL = compiled(r".[?*{]")


def matches_from(
    first: re.Pattern[str], pattern: re.Pattern[str], text: str, start: int, end: int, back: int = 0
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text, start, end)`` finds, where every match begins at a mark, a match of ``first``.

    With ``back`` matches may begin up to that many characters before a mark. Marks must
    not overlap.
    """
    return matches_at((mark.start() for mark in first.finditer(text, start, end)), pattern, text, start, end, back)


def matches_at(
    marks: Iterable[int], pattern: re.Pattern[str], text: str, start: int, end: int, back: int = 0
) -> Iterator[re.Match[str]]:
    """As :func:`matches_from`, where the places of the marks are known already."""
    for mark in marks:
        if mark < start:
            continue
        for at in range(max(start, mark - back), mark + 1) if back else (mark,):
            match = pattern.match(text, at, end)
            if match:
                yield match
                start = max(match.end(), at + 1)
                break


def beginnings_of(words: Iterable[str]) -> str:
    """A pattern for the first characters of words, each where its word goes on behind it."""
    return "|".join(f"{re.escape(word[0])}(?={re.escape(word[1:])})" for word in words)


def characters_of(pattern: str) -> str:
    """The Chinese characters that a pattern is made of: where it has no classes, matches consist of no others."""
    return "".join(sorted(set(_HAN.findall(pattern))))


def words_needed(pattern: str) -> frozenset[str]:
    """Words of which every match of a pattern contains one; none where that cannot be told from its letters.

    Of a pattern with a capturing group that group is asked: ``学校(平安|按全)`` needs 平安 or 按全.
    """
    letters = _CLASS.sub("\0", pattern)
    if group := _CAPTURED.search(letters):
        letters = group[1]
    while letters != (fewer := _GROUP.sub("\0", letters)):
        letters = fewer
    alternatives = [_HAN_RUN.findall(_OPTIONAL.sub("\0", alternative)) for alternative in letters.split("|")]
    return frozenset(max(runs, key=len) for runs in alternatives) if all(alternatives) else frozenset()
