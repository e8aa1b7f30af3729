"""How a name is typed by people who search in pinyin: whole syllables and their initials."""

from __future__ import annotations

from typing import NamedTuple

from pypinyin import Style, lazy_pinyin


class Readings(NamedTuple):
    """``jichujiaoyu`` and ``jcjy``; what is not Chinese stays, in lower case."""

    full: str
    initials: str


_KEPT = "\0"
"""Stands before what has no reading: in its initials it is whole."""


def readings(name: str) -> Readings:
    """The readings of a name, without its spaces."""
    parts = lazy_pinyin("".join(name.split()), style=Style.NORMAL, errors=_KEPT.__add__, v_to_u=False)
    full = "".join(part.removeprefix(_KEPT) for part in parts)
    initials = "".join(part.removeprefix(_KEPT) if part.startswith(_KEPT) else part[:1] for part in parts)
    return Readings(full.lower(), initials.lower())
