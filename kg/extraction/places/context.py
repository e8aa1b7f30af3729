"""What stands around a place's name: boundaries, accidental words, and longer names that it only begins."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from yaodian.extraction.words import common_pairs
from yaodian.ontology import lexicon
from yaodian.patterns import any_of, compiled

_HAN = compiled("[\u3400-\u9fff]")
_NAME_REACH = 40
_QUOTED_BEFORE, _QUOTED_REST = compiled("“[^“”。；\n]{0,12}$"), compiled("[^“”。；\n]{1,12}”")
_QUOTED_REACH = 13
_DASHES = ("—", "－", "-", "–")
_BOUNDARY_REACH = 4
_FOR_EACH = compiled(r"各[一两三四五六七八九十\d]{1,3}[所个处]")
_EACH_HAS = compiled(rf"[\u4e00-\u9fff]{{2,8}}?{_FOR_EACH.pattern}")


def places_lexicon(section: str) -> Any:
    """A section of the lexicon of places."""
    return lexicon("places")[section]


@cache
def words(section: str, key: str) -> frozenset[str]:
    """A blank-separated list of the lexicon of places."""
    return frozenset(places_lexicon(section)[key].split())


def crosses_left(text: str, start: int) -> bool:
    """Whether the character before ``start`` makes a common word with the one after it."""
    return start > 0 and text[start - 1 : start + 1] in common_pairs()


def crosses_right(text: str, end: int) -> bool:
    """Whether the character before ``end`` makes a common word with the one after it."""
    return text[end - 1 : end + 1] in common_pairs()


def clear_left(text: str, start: int) -> bool:
    """Whether a name may plainly begin at ``start``."""
    if start == 0 or not _HAN.match(text[start - 1]):
        return True
    allowed = words("boundary", "left")
    return any(text[max(0, start - n) : start] in allowed for n in range(1, _BOUNDARY_REACH + 1))


def behind_word(text: str, start: int) -> bool:
    """Whether a whole word stands before ``start`` that a name may plainly follow (其中|小史店镇, 扩大|枫桥镇)."""
    known = _whole_words()
    return any(text[start - n : start] in known for n in range(2, min(_BOUNDARY_REACH, start) + 1))


@cache
def _whole_words() -> frozenset[str]:
    return words("boundary", "left") | frozenset(lexicon("outline")["clause_verbs"])


def clear_right(text: str, end: int) -> bool:
    """Whether a name may plainly end at ``end``."""
    if end >= len(text) or not _HAN.match(text[end]):
        return True
    allowed = words("boundary", "right")
    return any(text[end : end + n] in allowed for n in range(1, _BOUNDARY_REACH + 1))


def follows(text: str, end: int, section: str, key: str) -> bool:
    """Whether a word of the list stands at ``end``."""
    return bool(_listed(section, key).match(text, end))


def precedes(text: str, start: int, section: str, key: str) -> bool:
    """Whether a word of the list ends at ``start``."""
    return text.endswith(endings(section, key), 0, start)


@cache
def endings(section: str, key: str) -> tuple[str, ...]:
    """A blank-separated list of the lexicon of places, as what a text may end with."""
    return tuple(words(section, key))


@cache
def _listed(section: str, key: str) -> re.Pattern[str]:
    return compiled(any_of(places_lexicon(section)[key].split()))


def begins_longer_name(text: str, start: int, end: int) -> bool:
    """Whether the place at ``text[start:end]`` belongs to the name of an office, a school, a site, a contest…"""
    if text[end : end + 1] in "·・•" and text[end : end + 1]:
        return True
    if text[end : end + 1] in ("）", ")") and _owned_bracket(text, start):
        return True
    if text[end - 1] in "省市县区州盟旗镇乡道" and _acts().match(text, end):
        return False
    return _direct().match(text, end) is not None or _has_proper_head(text[end : end + _NAME_REACH])


@cache
def _acts() -> re.Pattern[str]:
    verbs = any_of(lexicon("outline")["clause_verbs"])
    return compiled(f"{places_lexicon('names')['acts']}|{verbs}")


def names_school(text: str, end: int) -> bool:
    """Whether a kind of school follows right behind a short name: with that it names one (大冶中学)."""
    return _school().match(text, end) is not None


@cache
def _school() -> re.Pattern[str]:
    return compiled(places_lexicon("names")["school"])


def is_street(text: str, end: int) -> bool:
    """Whether the name that ends at ``end`` is that of a street (朝阳街)."""
    return _street().match(text, end) is not None


@cache
def _street() -> re.Pattern[str]:
    return compiled(places_lexicon("names")["street"])


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether quotation marks make a name or a motto of the place and the words around it (“大冶课堂”)."""
    if text[start - 1 : start] in _DASHES or text[end : end + 1] in _DASHES:  # “潼南—铜梁—合川”观光带 lists places
        return False
    before = _QUOTED_BEFORE.search(text[max(0, start - _QUOTED_REACH) : start])
    return before is not None and _QUOTED_REST.match(text, end) is not None


def _has_proper_head(around: str) -> bool:
    """Whether a head follows that makes a name of its own, and not just the place's schools in general.

    Of what each of several places has so many of it is no name: 甲镇、乙镇幼儿园各1所.
    """
    head = _with_head().match(around)
    while head:
        if not _generic().fullmatch(around, 0, head.end()) and not _FOR_EACH.match(around, head.end()):
            return True
        head = _with_head().match(around, head.end())
    return False


def have_each(text: str, end: int) -> bool:
    """Whether it is told what each of the places that end at ``end`` has so many of: 甲镇、乙镇|幼儿园各1所."""
    return _EACH_HAS.match(text, end) is not None


def is_foreign(text: str, end: int) -> bool:
    """Whether the place that ends at ``end`` begins the name of a site that has nothing to do with the document."""
    return bool(_foreign().match(text, end))


@cache
def _foreign() -> re.Pattern[str]:
    return compiled(places_lexicon("names")["foreign"])


def _owned_bracket(text: str, start: int) -> bool:
    return text[start - 1 : start] in ("（", "(") and precedes(text, start - 1, "names", "bracket_owners")


@cache
def _direct() -> re.Pattern[str]:
    names = places_lexicon("names")
    return compiled("|".join((*names["direct"], names["offices"])))


@cache
def _with_head() -> re.Pattern[str]:
    """The shortest run of name characters up to a head, with no stop on the way."""
    names = places_lexicon("names")
    heads, stops = "|".join(names["heads"]), "|".join(names["stops"])
    inner = f"(?!(?:{stops}))(?:“[^“”\\n]{{1,12}}”|[\\w（）()·-])"
    return compiled(f"(?:(?!(?:{heads})){inner}){{0,{names['reach']}}}(?:{heads})")


@cache
def _generic() -> re.Pattern[str]:
    return compiled(places_lexicon("names")["generic"])
