"""Sentences and words that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity, Region, alternation, proofreading
from yaodian.extraction.scanning import matches_from
from yaodian.patterns import compiled

_SENTENCE = compiled(r"[^。！？!?\n]+")
_WORD = compiled(r"\w+")
_FULL_STOPS = ("。", "！", "？", "!", "?")
_LABEL = compiled(r"\s*(?:(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、])\s*)?")
_SHORTEST_SENTENCE = 14
_CLAUSE = compiled(r"[^，。；：,;:!！？\n]+")
_SHORTEST_CLAUSE, _SAME_END, _SAME_START = 14, 10, 4
_ALIKE = 0.6
_WORD_AROUND = 2
_LONGEST_PARAGRAPH = 1500
_NOT_WORDS = compiled(r"[\d“”《》（）、]")
_TWICE = compiled(rf"([{HAN_CHARACTER}]{{3,8}})\1")
_UNSEPARATED = compiled(r"(?:^|(?<=[。\s]))第[一二三四五六七八九十\d]{1,3}[章节][^，。；：\n]{0,20}$")
_LONGEST_HEADING = 26
_ADVERBIAL = compiled("地(?![方区点域市级])")
_TWO_TWICE = compiled(r"(?=(..)\1)")


def find(region: Region) -> Iterator[Oddity]:
    """The repetitions of a region; the later one is what is odd."""
    yield from _sentences(region)
    yield from _clauses(region)
    for match in region.find(_TWICE):
        if not _is_heading_and_text(region, match) and not _is_one_by_one(region, match):
            yield Oddity(match.start(), match.end(), "repeated-words", match[1])
    yield from _doubled_words(region)
    for match in matches_from(*_around(), region.text, region.start, region.end, back=_WORD_AROUND):
        yield Oddity(match.start(), match.end(), "repeated-words", match[0].removeprefix(match[1]))


def _is_heading_and_text(region: Region, match: re.Match[str]) -> bool:
    """Whether the first copy ends a heading and the second begins its text: 第一节加强水利建设|水利建设要全面规划."""
    start = max(region.start, match.start() - _LONGEST_HEADING)
    return _UNSEPARATED.search(region.text[start : match.start()].rpartition("\n")[2]) is not None


def _is_one_by_one(region: Region, match: re.Match[str]) -> bool:
    """Whether a count stands twice to say that one comes after the other: 一个山头一个山头地攻."""
    counted = _counted().match(match[1])
    return counted is not None and (counted[0][0] == "一" or _ADVERBIAL.match(region.text, match.end()) is not None)


@cache
def _counted() -> re.Pattern[str]:
    """A number and its measure, where they are no compound such as 一年级."""
    compounds, measures = alternation("repeated", "compounds"), proofreading("repeated")["measures"]
    return compiled(rf"[一两三四五六七八九十几](?!{compounds})[{measures}]")


def _sentences(region: Region) -> Iterator[Oddity]:
    """Whole sentences only: what ends without a full stop is a heading, a title or a line of a list."""
    seen: dict[str, int] = {}
    for match in region.find(_SENTENCE):
        if region.text[match.end() : match.end() + 1] not in _FULL_STOPS:
            continue
        if match.end() - match.start() < _SHORTEST_SENTENCE:
            continue
        start = _behind_label(region.text, match.start())
        key = "".join(_WORD.findall(region.text, start, match.end()))
        if len(key) < _SHORTEST_SENTENCE or _formula().match(region.text, start):
            continue
        if key in seen:
            yield Oddity(start, match.end() + 1, "repeated-sentence", None, str(seen[key]))
        seen.setdefault(key, start)


def _behind_label(text: str, start: int) -> int:
    label = _LABEL.match(text, start)
    return label.end() if label else start


def _clauses(region: Region) -> Iterator[Oddity]:
    """Within a paragraph: clauses that do the same (they begin alike) to the same thing (they end alike)."""
    for start, end in region.lines():
        seen: dict[str, re.Match[str]] = {}
        if end - start > _LONGEST_PARAGRAPH:
            continue
        for match in _CLAUSE.finditer(region.text, start, end):
            if match.end() - match.start() < _SHORTEST_CLAUSE:
                continue
            ending = match[0][-_SAME_END:]
            first = seen.setdefault(ending, match)
            if first is match or _NOT_WORDS.search(ending):
                continue
            if _same_deed(*sorted((first[0], match[0]), key=len)):
                yield Oddity(match.start(), match.end(), "repeated-sentence", None, str(first.start()))


def _same_deed(shorter: str, longer: str) -> bool:
    alike = shorter != longer and len(shorter) >= _ALIKE * len(longer) and not _step().search(_apart(shorter, longer))
    return alike and (shorter[:_SAME_START] in longer or longer[:_SAME_START] in shorter)


def _apart(one: str, other: str) -> str:
    """The characters of each that the other lacks."""
    return "".join(c for c in one if c not in other) + " " + "".join(c for c in other if c not in one)


@cache
def _step() -> re.Pattern[str]:
    return compiled(alternation("repeated", "steps"))


@cache
def _formula() -> re.Pattern[str]:
    return compiled(alternation("repeated", "formulas"))


def _doubled_words(region: Region) -> Iterator[Oddity]:
    words, allowed = _doubled()
    end = region.start
    for match in region.find(_TWO_TWICE):
        start = match.start()
        if start >= end and match[1] in words and not allowed.match(region.text, start, region.end):
            end = start + 2 * len(match[1])
            if not _is_heading_and_text(region, match) and not _emphasis().match(region.text, end):
                yield Oddity(start, end, "repeated-words", match[1])


@cache
def _doubled() -> tuple[frozenset[str], re.Pattern[str]]:
    return frozenset(proofreading("repeated")["words"]), compiled(alternation("repeated", "allowed"))


@cache
def _emphasis() -> re.Pattern[str]:
    return compiled(alternation("repeated", "emphasis"))


@cache
def _around() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """培养共同培养机制: a word once before a modifier and once after it, before the noun of a name."""
    section = proofreading("repeated")
    modifiers, nouns = compiled("|".join(section["modifiers"])), "|".join(section["nouns"])
    return modifiers, compiled(rf"([{HAN_CHARACTER}]{{{_WORD_AROUND}}})(?:{modifiers.pattern})\1(?:{nouns})")
