"""Items whose words say little: no verb of action, nothing beyond the heading, or vague verbs only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity, alternation
from yaodian.model import Item
from yaodian.patterns import compiled

_CLAUSE = compiled(r"[^，。；：,;:\n]+")
_HAN = compiled(f"[{HAN_CHARACTER}]")
_SHORTEST_CLAUSE = 4
_FEWEST_CLAUSES = 2


def find(items: Sequence[Item]) -> Iterator[Oddity]:
    """The items of the plan's part that say little, each at its heading."""
    for item in items:
        kind = _kind(item) if item.part == "plan" else None
        if kind:
            yield Oddity(item.span.start, item.heading_span.end, kind)


def _kind(item: Item) -> str | None:
    words, body = item.span.quote, item.span.quote[item.heading_span.end - item.span.start :]
    if not _verbs("concrete").search(words) and not _verbs("vague").search(words):
        return "no-action"
    if sum(1 for _ in islice(_clauses(words), _FEWEST_CLAUSES)) + len(item.measures) < _FEWEST_CLAUSES:
        return "no-measure"
    is_vague = not _verbs("concrete").search(body) and _verbs("wishful").search(body)
    return "vague-wording" if is_vague else None


def _clauses(words: str) -> Iterator[str]:
    return (match[0] for match in _CLAUSE.finditer(words) if len(_HAN.findall(match[0])) >= _SHORTEST_CLAUSE)


@cache
def _verbs(key: str) -> re.Pattern[str]:
    return compiled(alternation("substance", key))
