"""Titles that are printed without brackets: documents by their last word, begun by the verb that governs them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from yaodian.extraction.places.gazetteer import hits
from yaodian.extraction.policies.actions import Verb, behind, governing, verbs
from yaodian.extraction.policies.authority import entries
from yaodian.extraction.policies.titles import Title, pattern, section, words
from yaodian.extraction.scanning import matches_from
from yaodian.patterns import any_of, compiled

_PART = compiled(r"[^。；;！!？?\n：:，,]+")
_PERIOD = compiled(
    r"[（(](?:(?:19|20)\d{2}\s*年?\s*[-—–－~～至]\s*(?:19|20)\d{2}\s*年?|(?:19|20)\d{2}年(?:版|修订)?)[）)]"
)
_BARE_FIVE_YEAR = compiled('[“"‘]?十[一二三四五六]五[”"’]?规划(?:纲要)?')
_TEN = compiled("十")
"""Five-year plans begin with it, or with the quotation mark before it."""
_FIVE_YEAR_REACH = 16
_VERB_REACH = 200
"""Characters before a title's last word in which its verb is looked for: more than any clause of prose has."""


_JOINED, _OPENS, _BEHIND_VERB = (
    "title joined to the one before it",
    "title that opens its clause",
    "title behind its verb",
)
GUESSED = frozenset({_JOINED, _OPENS, _BEHIND_VERB})
"""The rules by which a title is one for how it ends and what governs it, known to nobody."""


class Found(NamedTuple):
    """A title without brackets, and the verb that governs it, where there is one."""

    title: Title
    verb: Verb | None


def unmarked(text: str, taken: Sequence[tuple[int, int]]) -> list[Found]:
    """The titles outside ``taken`` (those in brackets), in text order."""
    covered = bytearray(len(text))
    for start, end in taken:
        covered[start:end] = b"\x01" * (end - start)
    found = []
    for candidates in (_known(text), _five_year(text), _governed(text, covered)):
        for start, last, verb, rule in candidates:
            if not any(covered[start:last]):
                end = _with_period(text, last)
                covered[start:end] = b"\x01" * (end - start)
                found.append(Found(Title(start, end, marked=False, rule=rule), verb))
    named = (item for item in found if not _is_anybodys(text, item.title, item.verb))
    return sorted(named, key=lambda item: item.title.start)


def _with_period(text: str, end: int) -> int:
    """The end of a title with the years in brackets behind it (（2024—2035年）); a state (（试行）) is none of it."""
    match = _PERIOD.match(text, end)
    return match.end() if match else end


class _Candidate(NamedTuple):
    start: int
    end: int
    verb: Verb | None
    rule: str


def _known(text: str) -> Iterator[_Candidate]:
    """Titles and names of the authority file that end like a document, word for word."""
    begins = {start for _, start, _ in _known_names().find_matches_as_indexes(text, overlapping=True)}
    end = 0
    for start in sorted(begins):
        match = _known_titles().match(text, start) if start >= end else None
        if match:
            yield _Candidate(*match.span(), governing(text, 0, start), "known title without brackets")
            end = match.end()


@cache
def _known_names() -> AhoCorasick:
    return AhoCorasick(_listed_names())


@cache
def _known_titles() -> re.Pattern[str]:
    listed = any_of(_listed_names())
    return compiled(f"(?:{listed})[”’]?{section('unmarked')['followed_by']}", re.MULTILINE)


@cache
def _listed_names() -> tuple[str, ...]:
    """The names that may stand without brackets, longest first."""
    names = {name for entry in entries().values() for name in (entry.title, *entry.aliases)}
    kept = [
        name
        for name in names
        if len(name) >= section("unmarked")["least"] - 1 and name.endswith(words("marked", "types"))
    ]
    return tuple(sorted(kept, key=lambda name: (-len(name), name)))


def _five_year(text: str) -> Iterator[_Candidate]:
    """“十四五”规划 and its kin, with the place that it is of; they are documents with no verb, too."""
    for match in matches_from(_TEN, pattern("unmarked", "five_year"), text, 0, len(text), back=1):
        start = _place_before(text, match.start())
        yield _Candidate(start, match.end(), governing(text, 0, start), "five-year plan without brackets")


def _is_anybodys(text: str, title: Title, verb: Verb | None) -> bool:
    """Whether a bare “十四五”规划 stands among general aims (深入实施“十四五”规划，…): nobody's plan in particular."""
    is_bare = _BARE_FIVE_YEAR.fullmatch(text, title.start, title.end) is not None
    return is_bare and verb is not None and verb.kind == "implement" and text[title.end : title.end + 1] in "，,；;、"


def _place_before(text: str, start: int) -> int:
    low = max(0, start - _FIVE_YEAR_REACH)
    subject = pattern("unmarked", "five_year_before").search(text[low:start])
    begin = low + subject.start() if subject else start
    places = [hit.start for hit in hits(text[low:begin]) if low + hit.end == begin and hit.form == "full"]
    return low + places[0] if places else begin


def _governed(text: str, covered: bytearray) -> Iterator[_Candidate]:
    """In each part of a clause: the verb, then the titles joined behind it."""
    types = [match.start() for match in _any_type().finditer(text)]
    for part in _PART.finditer(text):
        if bisect_left(types, part.start()) < bisect_left(types, part.end()):
            yield from _in_part(text, *part.span(), covered)


def _in_part(text: str, start: int, end: int, covered: bytearray) -> Iterator[_Candidate]:
    floor, previous, joint = start, None, None
    for match in _last_word().finditer(text, start, end):
        if covered[match.start()]:
            floor, previous, joint = match.end(), None, None
            continue
        if previous is None:
            previous, joint = _in_brackets_before(text, start, floor, match.start())
        joined = _joined(text, joint, match, previous)
        begun = joined or _begun(text, max(floor, match.start() - _VERB_REACH), match)
        if begun:
            start, previous = begun
            yield _Candidate(start, match.end(), previous, _rule(joined is not None, previous))
            floor, joint = match.end(), pattern("unmarked", "joined").match(text, match.end())


def _in_brackets_before(text: str, start: int, floor: int, end: int) -> tuple[Verb | None, re.Match[str] | None]:
    """The verb of the title in brackets between ``floor`` and ``end``, and what joins a further one to it."""
    closing = text.rfind("》", floor, end)
    if closing < 0:
        return None, None
    opening = max(start, text.rfind("《", start, closing))
    return governing(text, start, opening), pattern("unmarked", "joined").match(text, closing + 1)


def _rule(is_joined: bool, verb: Verb | None) -> str:
    if is_joined:
        return _JOINED
    return _OPENS if verb is None else _BEHIND_VERB


def _joined(
    text: str, joint: re.Match[str] | None, match: re.Match[str], verb: Verb | None
) -> tuple[int, Verb | None] | None:
    """A further title behind the ``joint``, a 、 or 和: the same verb governs it."""
    if joint is None or verb is None or match.end() - joint.end() > section("unmarked")["longest"]:
        return None
    if verbs(text, joint.end(), match.start()):
        return None
    is_hard = text[verb.start : verb.end] in words("verbs", "hard")
    return (joint.end(), verb) if _names_document(text[joint.end() : match.end()], match, is_hard) else None


def _begun(text: str, floor: int, match: re.Match[str]) -> tuple[int, Verb | None] | None:
    """Where the title that ends with ``match`` begins, and its verb; None where it names no document."""
    about = pattern("unmarked", "about").search(text, floor, match.start())
    known = verbs(text, floor, about.start() if about else match.start())
    hard = [verb for verb in known if text[verb.start : verb.end] in words("verbs", "hard")]
    verb = hard[-1] if hard else _last_weak(text, known, match.end())
    if verb is None:
        return _opened(text, floor, match)
    if _is_others(text, floor, verb):
        return None
    begin = (
        about.start()
        if about and not hard
        else _skip(text, _past_other_nouns(text, verb.end, match.start()), match.start())
    )
    is_own = bool(hard) or _is_made(text, match.end())
    return (begin, verb) if _names_document(text[begin : match.end()], match, is_own) else None


def _is_made(text: str, end: int) -> bool:
    """Whether the word behind the title says that it is made: …方案编制."""
    verb = behind(text, end)
    return verb is not None and text[verb.start : verb.end] in words("verbs", "hard")


def _opened(text: str, floor: int, match: re.Match[str]) -> tuple[int, None] | None:
    """A title that opens its clause with a place, before the verb that speaks of it: 某市…规划通过评审."""
    begins = pattern("unmarked", "openings").match(text, floor, match.start())
    if begins is None or not pattern("unmarked", "openings_need").match(text[match.end() : match.end() + 8]):
        return None
    return (floor, None) if _names_document(text[floor : match.end()], match, is_own=True) else None


def _last_weak(text: str, known: list[Verb], end: int) -> Verb | None:
    """The verb of a title: a frame where another verb follows (完成…优化调整方案编制), else the last weak one."""
    frames = [verb for verb in known if text[verb.start : verb.end] in words("verbs", "weak_frames")]
    if frames and behind(text, end):
        return frames[-1]
    weak = [verb for verb in known if text[verb.start : verb.end] in words("verbs", "weak")]
    return weak[-1] if weak else None


def _past_other_nouns(text: str, begin: int, end: int) -> int:
    others = list(pattern("unmarked", "other_nouns").finditer(text, begin, end))
    return others[-1].end() if others else begin


def _skip(text: str, begin: int, end: int) -> int:
    skipped = pattern("unmarked", "modifiers").match(text, begin, end)
    return skipped.end() if skipped else begin


def _is_others(text: str, floor: int, verb: Verb) -> bool:
    """Whether the document is not the plan's own: 指导学校制定…."""
    return bool(pattern("unmarked", "others").search(text, floor, verb.start))


def _names_document(name: str, match: re.Match[str], is_own: bool) -> bool:
    rules = section("unmarked")
    if not rules["least"] <= len(name) <= rules["longest"] or (match.lastgroup == "own" and not is_own):
        return False
    if name.rstrip("”’").count("“") > name.count("”"):  # a quotation begins in it, and goes on behind it
        return False
    before = name[: len(name) - len(match[0])]
    is_placed = pattern("unmarked", "openings").match(name) is not None
    is_common = match.lastgroup == "own" and not is_placed and before.endswith(words("unmarked", "common"))
    return not is_common and not any(pattern("unmarked", key).search(name) for key in ("individual", "empty"))


@cache
def _last_word() -> re.Pattern[str]:
    rules = section("unmarked")
    types, own = ("|".join(words("unmarked", key)) for key in ("types", "own_types"))
    return compiled(f"(?:(?P<any>{types})|(?P<own>{own}))[”’]?{rules['followed_by']}", re.MULTILINE)


@cache
def _any_type() -> re.Pattern[str]:
    return compiled("|".join(words("unmarked", "last_words")))
