"""Wrong words: fixed expressions with a slip in them, common confusions, and the traces of text laundering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity, Region, alternation, proofreading
from yaodian.extraction.scanning import words_needed
from yaodian.patterns import compiled

_HAN = compiled(f"[{HAN_CHARACTER}]")


def find(region: Region) -> Iterator[Oddity]:
    """The wrong or incomplete words of a region."""
    yield from _slips(region)
    proven = [*_confused(region), *(_wrong(match, right) for match, right in _found("wrong", "words", region))]
    yield from proven
    places = {oddity.start for oddity in proven}
    yield from (oddity for oddity in _laundered(region) if oddity.start not in places)
    for match in region.find(_parallel()):
        yield Oddity(match.start(), match.end(), "missing-separator", match[0] + "、")


def _wrong(match: re.Match[str], expected: str, detail: str | None = None) -> Oddity:
    """The pattern's group is what is wrong; without a group, all of it."""
    return Oddity(*match.span(match.lastindex or 0), "wrong-word", expected, detail)


def _confused(region: Region) -> Iterator[Oddity]:
    """Words in which one character was taken for another: 尚末, 管埋."""
    automaton, forms = _confusable()
    text = region.text[region.start : region.end]
    for index, start, end in automaton.find_matches_as_indexes(text):
        form = forms[index]
        if text[start - 1 : start] not in form.not_after and text[end : end + 1] not in form.not_before:
            yield Oddity(region.start + start, region.start + end, "wrong-word", form.expected)


@dataclass(frozen=True, slots=True)
class _Form:
    """A wrong form, what it should be, and the characters beside which its letters are parts of other words."""

    wrong: str
    expected: str
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()


@cache
def _confusable() -> tuple[AhoCorasick, list[_Form]]:
    section = proofreading("confusable")
    forms = [_Form(wrong, expected) for wrong, expected in section["phrases"]]
    for pair in section["pairs"]:
        guards = frozenset(pair.get("not_after", "")), frozenset(pair.get("not_before", ""))
        forms += [_Form(form, form.replace(pair["wrong"], pair["right"]), *guards) for form in pair["forms"].split()]
    return AhoCorasick([form.wrong for form in forms], matchkind=MatchKind.LeftmostLongest), forms


@cache
def _parallel() -> re.Pattern[str]:
    return compiled(alternation("parallel", "terms"))


def _found(section: str, key: str, region: Region) -> Iterator[tuple[re.Match[str], str]]:
    """What the patterns of a list match, each with what should stand there."""
    automaton, waiting, always = _listed(section, key)
    hits = automaton.find_matches_as_indexes(region.text[region.start : region.end], overlapping=True)
    present = {entry for index in {index for index, _, _ in hits} for entry in waiting[index]}
    for entry in sorted(present | always):
        pattern, expected = _compiled(section, key)[entry]
        yield from ((match, expected) for match in region.find(pattern))


@cache
def _listed(section: str, key: str) -> tuple[AhoCorasick, list[set[int]], set[int]]:
    """What finds the words that the patterns of a list need, which patterns need each, and which need none.

    A text has few of these words: most of the patterns need not be tried.
    """
    needed = [words_needed(pattern.pattern) for pattern, _ in _compiled(section, key)]
    needed = [own if all(len(word) > 1 for word in own) else frozenset() for own in needed]  # 的 is everywhere
    words = sorted(frozenset().union(*needed))
    waiting = [{entry for entry, own in enumerate(needed) if word in own} for word in words]
    return AhoCorasick(words), waiting, {entry for entry, own in enumerate(needed) if not own}


@cache
def _compiled(section: str, key: str) -> list[tuple[re.Pattern[str], str]]:
    return [(compiled(pattern), expected) for pattern, expected in proofreading(section)[key]]


def _laundered(region: Region) -> Iterator[Oddity]:
    strong = [_wrong(match, expected, "laundered") for match, expected in _found("laundered", "strong", region)]
    if len({oddity.expected for oddity in strong}) < proofreading("laundered")["needed"]:
        return
    yield from strong
    for match, expected in _found("laundered", "weak", region):
        yield _wrong(match, expected, "laundered")


def _slips(region: Region) -> Iterator[Oddity]:
    """Forms one character away from a fixed expression."""
    automaton, slips = _slip_automaton()
    text = region.text[region.start : region.end]
    for index, start, end in automaton.find_matches_as_indexes(text):
        form, phrase, kind = slips[index]
        if form != phrase and not _is_another_word(text, start, end, form, phrase):
            yield Oddity(region.start + start, region.start + end, kind, phrase)


def _is_another_word(text: str, start: int, end: int, form: str, phrase: str) -> bool:
    """Whether a character left out at an edge of ``phrase`` leaves one that belongs to the word beside it."""
    if len(form) >= len(phrase) or phrase in proofreading("phrases")["unmistakable"]:
        return False
    at_start, at_end = form[1:] == phrase[2:], form[:-1] == phrase[:-2]
    return bool((at_start and _HAN.match(text[start - 1 : start])) or (at_end and _HAN.match(text[end : end + 1])))


@cache
def _slip_automaton() -> tuple[AhoCorasick, list[tuple[str, str, str]]]:
    """The right phrases go in with their slips, so that the longest match decides for what is really there."""
    phrases = [*proofreading("phrases")["official"], *proofreading("phrases")["education"]]
    right = dict.fromkeys([*phrases, *proofreading("phrases")["except"]])
    within = "\n".join(right)
    slips = {phrase: (phrase, "") for phrase in right}
    for phrase in phrases:
        for form, kind in _forms(phrase):
            if form not in within:
                slips.setdefault(form, (phrase, kind))
    listed = [(form, phrase, kind) for form, (phrase, kind) in slips.items()]
    automaton = AhoCorasick([form for form, _, _ in listed], matchkind=MatchKind.LeftmostLongest)
    return automaton, listed


def _forms(phrase: str) -> Iterator[tuple[str, str]]:
    """``phrase`` with one inner character missing, with two neighbours swapped, with an inner character doubled."""
    optional = proofreading("phrases")["optional"]
    for i in range(1, len(phrase) - 1):
        if phrase[i] not in optional:
            yield phrase[:i] + phrase[i + 1 :], "missing-character"
            yield phrase[:i] + phrase[i] + phrase[i:], "wrong-word"
    for i in range(len(phrase) - 1):
        yield phrase[:i] + phrase[i + 1] + phrase[i] + phrase[i + 2 :], "wrong-word"
