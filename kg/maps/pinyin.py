"""How a name is typed by people who search in pinyin: whole syllables and their initials."""

from __future__ import annotations

from typing import NamedTuple

from pypinyin import Style, lazy_pinyin


class Readings(NamedTuple):
    """``jichujiaoyu`` and ``jcjy``; what is not Chinese stays, in lower case."""

    full: str
    initials: str


def readings(name: str) -> Readings:
    """The readings of a name, without its spaces."""
    plain = "".join(name.split())
    full = "".join(lazy_pinyin(plain, style=Style.NORMAL, v_to_u=False))
    return Readings(full.lower(), "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER)).lower())
