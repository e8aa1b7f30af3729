"""The words of a text as the index knows them: each Chinese character by itself, runs of Latin letters and digits.

Width, case and script make no difference: characters are folded one by one with NFKC (Unicode Standard Annex #15),
case folding, and from traditional to simplified (OpenCC).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache

# In the folded text: a run of Latin letters and digits, or any other letter or digit by itself.
_WORD = re.compile(r"[0-9a-z]+|[^\W_]")

Phrase = tuple[str, ...]
"""Words that follow each other."""


class _Folding(dict[int, str]):
    """Characters with what they are folded to, filled as they come up."""

    def __missing__(self, code: int) -> str:
        folded = "".join(map(_simplified, unicodedata.normalize("NFKC", chr(code)).casefold()))
        self[code] = folded
        return folded


def _simplified(character: str) -> str:
    return character if character.isascii() or not character.isalpha() else _converter()(character)


@cache
def _converter() -> Callable[[str], str]:
    """OpenCC's table of characters, without its phrases: a character is folded alike wherever it stands."""
    from opencc import OpenCC

    return OpenCC("t2s").convert


_FOLDING = _Folding()


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return _WORD.findall(text.translate(_FOLDING))


def marks(text: str, phrases: Iterable[Phrase]) -> list[tuple[int, int]]:
    """Where the phrases stand in the text: start and end of each, in order, those that touch as one."""
    placed = _placed(text)
    plain = [word for word, _, _ in placed]
    found = sorted(
        (placed[n][1], placed[n + len(phrase) - 1][2]) for phrase in phrases for n in _occurrences(plain, phrase)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _placed(text: str) -> list[tuple[str, int, int]]:
    """The words of a text, each with where it starts and ends."""
    pieces = [(_FOLDING[ord(char)], offset) for offset, char in enumerate(text)]
    offsets = [offset for piece, offset in pieces for _ in piece]
    folded = "".join(piece for piece, _ in pieces)
    return [(m[0], offsets[m.start()], offsets[m.end() - 1] + 1) for m in _WORD.finditer(folded)]


def _occurrences(plain: Sequence[str], phrase: Phrase) -> list[int]:
    if not phrase:
        return []
    return [n for n, word in enumerate(plain) if word == phrase[0] and tuple(plain[n : n + len(phrase)]) == phrase]
