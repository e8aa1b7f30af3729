"""Where the clauses and sentences around a number begin and end."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from yaodian.patterns import compiled

LONGEST_CLAUSE = 500
"""Characters of a clause that are looked at on either side of a number: more is no clause, but a lost full stop."""
LONGEST_SENTENCE = 500

_OPEN = "“《（("
_CLOSE = "”》）)"
_JOINTS = "、和及与"
_SENTENCE_END = "。！？\n"
_CLAUSE_END = frozenset("，。；：,;:！？\n\t|｜│")
_MARK = compiled("[“《（(”》）)，。；：,;:！？\n\t|｜│]")


class Clauses:
    """The clauses and sentences of a text: found in one pass, so that each question takes logarithmic time."""

    __slots__ = ("_clauses", "_marks", "_sentences")

    def __init__(self, text: str) -> None:
        self._marks: list[int] = []
        self._clauses: list[int] = []
        self._sentences: list[int] = []
        around: list[int] = []
        clause = 0
        for match in _MARK.finditer(text):
            mark, end = match[0], match.end()
            if mark in _OPEN:
                around.append(clause)
                clause = end
            elif mark in _CLOSE:
                # Behind brackets the clause goes on that they stand in; behind a lone one, all before is one clause.
                clause = around.pop() if around else 0
            else:
                clause = end
                if mark in _SENTENCE_END:
                    self._sentences.append(end)
            self._marks.append(end)
            self._clauses.append(clause)

    def start(self, offset: int, floor: int) -> int:
        """Where the clause around ``offset`` begins, not before ``floor``; brackets before it are passed over."""
        before = bisect_right(self._marks, offset)
        return max(floor, self._clauses[before - 1]) if before else floor

    def sentence_start(self, offset: int, floor: int) -> int:
        """Where the sentence around ``offset`` begins, not before ``floor`` nor further off than a sentence is long."""
        before = bisect_right(self._sentences, offset)
        return max(floor, offset - LONGEST_SENTENCE, self._sentences[before - 1] if before else 0)


# Targets and their places ask about one text.
@lru_cache(maxsize=1)
def clauses_of(text: str) -> Clauses:
    """The clauses of a text."""
    return Clauses(text)


def clause_end(text: str, end: int, ceiling: int) -> int:
    """Where the words that a number ending at ``end`` counts stop: at punctuation, or where a list goes on.

    A 、 or 和 ends them only right before the next number at ``ceiling`` (10个学院、8个项目; not 100名教师、校长).
    """
    opened: list[int] = []
    for i in range(end, ceiling):
        if text[i] in _OPEN:
            opened.append(i)
        elif text[i] in _CLOSE:
            if not opened:
                return i
            opened.pop()
        elif not opened and text[i] in _CLAUSE_END:
            return i
    if opened:
        return opened[0]
    joint = last_joint(text, end, ceiling)
    return ceiling if joint is None else joint


def last_joint(text: str, start: int, end: int) -> int | None:
    """The last 、 和 及 与 of ``text[start:end]`` outside brackets and quotation marks; None where there is none."""
    depth = 0
    for i in range(end - 1, start - 1, -1):
        if text[i] in _CLOSE:
            depth += 1
        elif text[i] in _OPEN:
            depth -= 1
        elif depth == 0 and text[i] in _JOINTS:
            return i
    return None
