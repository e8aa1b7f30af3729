"""Messages in the reader's language: why a source was not read, why a request has no answer.

Messages are made in English where something goes wrong; ``lexicons/reasons.toml`` has what each is in Chinese.
"""

from __future__ import annotations

import re
from functools import cache

from yaodian.ontology import lexicon

_GAP = "{}"


def reason(message: str, lang: str) -> str:
    """The message in ``zh`` or ``en``; as it is where the lexicon does not have it."""
    return message if lang == "en" else _in_chinese(message)


def _in_chinese(message: str) -> str:
    for pattern, chinese in _known():
        if match := pattern.fullmatch(message):
            return chinese.format(*(_in_chinese(part) for part in match.groups()))
    return message


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What messages look like, those that say most first, and what they are in Chinese."""
    said = sorted(lexicon("reasons")["reason"], key=lambda one: -len(one["en"]))
    return tuple((_pattern(one["en"]), one["zh"]) for one in said)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, english.split(_GAP))), re.DOTALL)
