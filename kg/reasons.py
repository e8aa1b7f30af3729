"""Messages in the reader's language: why a source was not read, why a request has no answer, what is wrong at all.

Messages are made in English where something goes wrong; ``lexicons/reasons.toml`` has what each is in Chinese.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from yaodian.ontology import lexicon

_GAP = "{}"
_PLACE = ": "
_DEEPEST = 6
"""How many messages and places may stand in one another: what they quote is anybody's."""


def reason(message: str, lang: str) -> str:
    """The message in ``zh`` or ``en``; as it is where the lexicon does not have it."""
    return message if lang == "en" else _in_chinese(message, _DEEPEST)


def _in_chinese(message: str, deepest: int) -> str:
    if not deepest:
        return message
    for pieces, chinese in _known():
        if (gaps := _gaps(message, pieces)) is not None:
            return chinese.format(*(_in_chinese(gap, deepest - 1) for gap in gaps))
    place, colon, told = message.partition(_PLACE)
    return f"{place}{colon}{_in_chinese(told, deepest - 1)}" if told else message


def _gaps(message: str, pieces: Sequence[str]) -> list[str] | None:
    """What stands between the pieces, each found where it first is: one pass, however long the message."""
    first, *middle, last = pieces if len(pieces) > 1 else (*pieces, "")
    at, end = len(first), len(message) - len(last)
    if at > end or not message.startswith(first) or not message.endswith(last):
        return None
    if len(pieces) == 1:
        return [] if at == end else None
    found = []
    for piece in middle:
        there = message.find(piece, at, end)
        if there < 0:
            return None
        found.append(message[at:there])
        at = there + len(piece)
    found.append(message[at:end])
    return found if all(found) else None


@cache
def _known() -> tuple[tuple[list[str], str], ...]:
    """The pieces of messages, those that say most first, and what they are in Chinese."""
    said = sorted(lexicon("reasons")["reason"], key=lambda one: -len(one["en"]))
    return tuple((one["en"].split(_GAP), one["zh"]) for one in said)
