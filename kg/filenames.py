"""File names for people: a name whose bytes are no UTF-8 comes from the system with lone surrogates (PEP 383)."""

from __future__ import annotations

import re

from yaodian.patterns import compiled
from yaodian.rdf.serialise import without_surrogates
from yaodian.terminal import visible

_STRETCH = compiled("[0-\U0010ffff]+")
_UNDECODED = compiled("[\udc80-\udcff]")
_ENCODINGS = ("utf-8", "gb18030")


def readable(name: str) -> str:
    """``name``, or a text with names in it, as Unicode: bytes as UTF-8 or GB 18030, U+FFFD where they are neither.

    A stretch between separators, blanks and the like is decoded anew as a whole: what looked like UTF-8 in a name that
    is none (the bytes of 要 in GBK are those of Ҫ) is wrong too.
    """
    return without_surrogates(_STRETCH.sub(_decoded, name)) if _UNDECODED.search(name) else without_surrogates(name)


def shown_line(text: str) -> str:
    """``text``, in which names of files may stand, on one line of a terminal."""
    return visible(readable(text))


def _decoded(stretch: re.Match[str]) -> str:
    if not _UNDECODED.search(stretch[0]):
        return stretch[0]
    for encoding in _ENCODINGS:
        try:
            return stretch[0].encode("utf-8", "surrogateescape").decode(encoding)
        except UnicodeError:
            continue
    return stretch[0]
