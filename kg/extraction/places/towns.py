"""Towns, townships and sub-districts, which no list of codes holds: found by their form (店口镇, 暨阳街道)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from yaodian.extraction.places import context
from yaodian.extraction.places.gazetteer import Hit

_KIND = re.compile("街道|镇|乡")
_STEM = re.compile("[\u4e00-\u9fff]+")
_HAN_RUN = re.compile("[\u4e00-\u9fff]{2,4}")
_LISTED = re.compile(
    "(?P<first>[\u4e00-\u9fff]{2,})(?:、[\u4e00-\u9fff]{2,4})*、(?P<last>[\u4e00-\u9fff]{2,4})"
    "等[^，。；、等\\n]{0,4}?(?:乡镇|镇街|街镇|街道|镇乡)(?!级)"
)
_LONGEST = 3
_LONGEST_NUMBERED = 6


class Town(NamedTuple):
    """A town at ``text[start:end]`` and its whole name; a doubtful one counts only in a list with other places."""

    start: int
    end: int
    certain: bool
    name: str


def towns(text: str, known: Collection[Hit], ends: Collection[int]) -> Iterator[Town]:
    """The names of towns; ``known`` are the divisions' names in the text, ``ends`` where a county's or city's ends."""
    of_others = {offset for hit in known for offset in range(hit.start, hit.end)}
    for kind in _KIND.finditer(text):
        if kind.end() - 1 in of_others or not _is_name(text, *kind.span()):
            continue
        numbered = _numbered().search(text, max(0, kind.start() - _LONGEST_NUMBERED), kind.start())
        if numbered:
            yield Town(numbered.start(), kind.end(), True, text[numbered.start() : kind.end()])
            continue
        start = next((start for start in _starts(text, kind.start(), ends) if start not in of_others), None)
        if start is not None and not context.begins_longer_name(text, start, kind.end()):
            certain = start in ends or _is_plain(text[start : kind.start()])
            yield Town(start, kind.end(), certain, text[start : kind.end()])
            yield from _sharing(text, start, kind[0], ends, of_others)
    for listed in _LISTED.finditer(text):
        for name in _HAN_RUN.finditer(text, listed.end("first"), listed.end("last")):
            if name.start() not in of_others:
                yield Town(name.start(), name.end(), True, name[0])
        yield from _sharing(text, listed.end("first") + 1, "", ends, of_others)


def _sharing(text: str, end: int, kind: str, ends: Collection[int], of_others: Collection[int]) -> Iterator[Town]:
    """The names before ``end`` in a list that share the kind of its last (北苑、廿里堡街道), back to its first."""
    while end > 1 and text[end - 1] == "、":
        stop = end - 1
        start = next((s for s in _starts(text, stop, ends) if s not in of_others and stop - s > 1), None)
        if start is None or not _is_plain(text[start:stop]) or _is_sight(text[start:stop], kind):
            return
        yield Town(start, stop, True, text[start:stop] + kind)
        end = start


def _is_name(text: str, start: int, end: int) -> bool:
    return not (context.precedes(text, end, "towns", "not_names") or _longer().match(text, end))


def _starts(text: str, end: int, ends: Collection[int]) -> Iterator[int]:
    """Where the name that ends before its kind may begin: behind the division above it, else the shortest first."""
    candidates = [start for start in range(end - 1, max(-1, end - _LONGEST - 1), -1) if _may_be_stem(text[start:end])]
    yield from (start for start in candidates if start in ends)
    for start in sorted(candidates, key=lambda start: (end - start == 1, -start)):
        if context.clear_left(text, start) and not context.crosses_left(text, start):
            yield start


def _may_be_stem(stem: str) -> bool:
    if not _STEM.fullmatch(stem) or stem[-1] in context.places_lexicon("towns")["not_last"]:
        return False
    return not set(stem) & _strange() and not any(word in stem for word in context.words("towns", "words"))


def _is_plain(stem: str) -> bool:
    """Whether the name is long enough and no word stands in it."""
    pairs = context.common_pairs()
    return len(stem) > 1 and not any(stem[i : i + 2] in pairs for i in range(len(stem) - 1))


def _is_sight(name: str, kind: str) -> bool:
    """Whether the name is that of a mountain or a water, which stand in lists with towns too."""
    return kind != "街道" and name[-1] in context.places_lexicon("towns")["nature"]


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(f"{context.places_lexicon('towns')['numbered']}$")


@cache
def _strange() -> frozenset[str]:
    return frozenset(context.places_lexicon("towns")["not_in_names"])


@cache
def _longer() -> re.Pattern[str]:
    return re.compile(context.places_lexicon("towns")["not_before"])
