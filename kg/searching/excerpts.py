"""The words around what was found."""

from __future__ import annotations

from collections.abc import Sequence

from yaodian.comparing.sheets import Marked
from yaodian.searching.words import Phrase, marks
from yaodian.sentences import sentence_around
from yaodian.terminal import visible

BEFORE, LONGEST = 16, 80
"""The most characters before the first find, and of all."""
_WINDOW = 60


def best(text: str, phrases: Sequence[Phrase], body: int = 0) -> tuple[int, int]:
    """Start and end of the find around which most of the phrases stand; (0, 0) where none does.

    Of several the first one in the body, which begins at that offset: a heading is shown anyhow.
    """
    found = sorted((start, end, n) for n, phrase in enumerate(phrases) for start, end in marks(text, [phrase]))
    if not found:
        return 0, 0

    def worth(number: int) -> tuple[int, bool]:
        here = found[number][0]
        return len({n for start, _, n in found if here <= start < here + _WINDOW}), here >= body

    start, end, _ = found[max(range(len(found)), key=worth)]
    return start, end


def excerpt(text: str, at: tuple[int, int], phrases: Sequence[Phrase]) -> Marked:
    """The sentence around a find with all that is found in it, shortened where it is long."""
    first, last = sentence_around(text, *at)
    start = max(first, at[0] - BEFORE)
    end = min(last, max(start + LONGEST, at[1]))
    words = " ".join(visible(text[start:end]).split())
    words = ("…" if start > first else "") + words + ("…" if end < last else "")
    return Marked(words, tuple(marks(words, phrases)))
