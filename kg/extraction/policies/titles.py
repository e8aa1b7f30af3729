"""Titles in brackets: 《…》, nested 〈…〉, and brackets of which one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from yaodian.ontology import lexicon
from yaodian.patterns import compiled

_PAIRS = {"《": "》", "≪": "≫", "«": "»", "〈": "〉", "＜": "＞", "<": ">"}
_CLOSERS = {closing: opening for opening, closing in _PAIRS.items()}
_INNER_ONLY = "＜<"
_DEEPEST = 50
_BRACKET = compiled("[" + re.escape("".join((*_PAIRS, *_CLOSERS))) + "]")
_SENTENCE_END = compiled(r"[。；;！？!?\n]")
_STOP = compiled(r"[。；;！？!?]|\n\s*\n|\n[一二三四五六七八九十]+、")


@dataclass(frozen=True, slots=True)
class Title:
    """The characters of a title: ``text[start:end]``, brackets outside; ``nested`` inside another title.

    ``rule`` names the rule that found it.
    """

    start: int
    end: int
    nested: bool = False
    marked: bool = True
    rule: str = "title in brackets"


def section(name: str) -> Any:
    """A section of the lexicon of policies."""
    return lexicon("policies")[name]


@cache
def pattern(part: str, key: str) -> re.Pattern[str]:
    """A regular expression of the lexicon of policies."""
    return compiled(section(part)[key])


@cache
def words(part: str, key: str) -> tuple[str, ...]:
    """A list of the lexicon of policies, the longest first."""
    return tuple(sorted(section(part)[key].split(), key=len, reverse=True))


def bracketed(text: str) -> list[Title]:
    """All titles in brackets, in text order, outer ones before what is nested in them."""
    titles: list[Title] = []
    opened: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        character, at = match[0], match.start()
        if character in _PAIRS:
            if character not in "〈＜<" or len(opened) > _DEEPEST:
                titles.extend(_abandoned(text, opened, at))
            if opened or character not in _INNER_ONLY:
                opened.append((character, at + 1))
        elif any(bracket == _CLOSERS[character] for bracket, _ in opened):
            titles.extend(_closed(text, opened, character, at))
        elif character == "》" and not opened:
            titles.extend(_unopened(text, at))
    titles.extend(_abandoned(text, opened, len(text)))
    return list(_nested(sorted(titles, key=lambda title: (title.start, -title.end))))


def _nested(titles: list[Title]) -> Iterator[Title]:
    """The titles, each marked as nested where it lies within the one before."""
    outer_end = 0
    for title in titles:
        is_nested = title.end <= outer_end
        yield replace(title, nested=is_nested, rule="title within a title" if is_nested else title.rule)
        outer_end = max(outer_end, title.end)


def _closed(text: str, opened: list[tuple[str, int]], character: str, at: int) -> Iterator[Title]:
    """The title that a closing bracket ends; inner brackets left open go with it."""
    while opened:
        bracket, start = opened.pop()
        if bracket == _CLOSERS[character]:
            if at - start <= section("marked")["longest"] * 2 and not _STOP.search(text, start, at):
                yield from _trimmed(text, start, at)
            elif not opened:
                yield from _unclosed(text, start, at)
            return


def _trimmed(text: str, start: int, end: int) -> Iterator[Title]:
    inner = text[start:end]
    if inner.strip():
        yield Title(start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip()))


def _abandoned(text: str, opened: list[tuple[str, int]], at: int) -> Iterator[Title]:
    """A bracket left open: where a sentence or more lies behind it, it has lost its end, and its title is guessed."""
    if opened and (at - opened[0][1] > section("marked")["longest"] or _STOP.search(text, opened[0][1], at)):
        yield from _unclosed(text, opened[0][1], at)
        opened.clear()


def _unclosed(text: str, start: int, limit: int) -> Iterator[Title]:
    """《… with no end: up to the last word for a document before the sentence or the line ends."""
    stop = _SENTENCE_END.search(text, start, limit)
    end = min(stop.start() if stop else limit, start + section("marked")["longest"])
    found = list(_type_words().finditer(text, start, end))
    if found:
        yield Title(start, found[0].end(), rule="title without its closing bracket")


@cache
def _type_words() -> re.Pattern[str]:
    return compiled(section("marked")["lost_end"], re.MULTILINE)


def _unopened(text: str, at: int) -> Iterator[Title]:
    """…》 with no beginning: back to the verb, the stop or the bracket before it, where it ends like a document."""
    floor = max(0, at - section("marked")["longest"])
    if not text.endswith(words("marked", "short_forms"), floor, at):
        return
    edge = floor
    for match in pattern("marked", "lost_beginning").finditer(text, floor, at):
        if at - match.end() >= section("unmarked")["least"]:
            edge = match.end()
    if at - edge >= section("unmarked")["least"]:
        yield Title(edge, at, rule="title without its opening bracket")


def opening(text: str, title: Title) -> int:
    """Where a title begins with its opening bracket; its first character where that is missing."""
    at = title.start
    while text[at - 1 : at].isspace():
        at -= 1
    return at - 1 if text[at - 1 : at] in _PAIRS else title.start


def is_policy(title: str, governed: bool) -> bool:
    """Whether a bracketed title names a policy; one of unknown kind does where a policy's verb governs it."""
    name = pattern("marked", "trailing").sub("", title.strip()).rstrip("”’\"' ")
    if name.endswith(words("marked", "not_types")):
        return False
    return name.endswith(words("marked", "types")) or governed
