"""What a plan does with a policy: from the verb that governs its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from yaodian.extraction.policies.titles import pattern, words
from yaodian.model import Action, Part
from yaodian.patterns import any_of, compiled

_KINDS: tuple[Action, ...] = ("issue", "draft", "revise", "implement")
OWN: frozenset[Action] = frozenset({"issue", "draft", "revise", "achieved-issue"})
_REACH = 60
_SINCE = compiled(r"以来|[一二三四五六七八九十\d]{1,3}(?:周年|年来)")
_CLAUSE_END = compiled(r"[。；;！!？?：:\n]")


class Verb(NamedTuple):
    """A verb found at ``text[start:end]`` and what it means for a policy."""

    start: int
    end: int
    kind: Action


def verbs(text: str, start: int, end: int) -> list[Verb]:
    """The verbs between two offsets, in order; nouns that merely begin like one are left out."""
    return [verb for match in _verbs().finditer(text, start, end) for verb in _as_verb(text, match)]


def _as_verb(text: str, match: re.Match[str]) -> Iterator[Verb]:
    """The verb matched; without its last word where that begins a noun (制定|实施方案)."""
    start, end = match.span()
    if pattern("verbs", "nouns").match(text, end - 2):
        end -= 2
    kind = _kinds().get(text[start:end])
    if kind:
        yield Verb(start, end, kind)


@cache
def _kinds() -> dict[str, Action]:
    """Every verb with its kind; the first kind that lists it has it."""
    kinds: dict[str, Action] = {}
    for kind in _KINDS:
        for verb in words("verbs", kind):
            kinds.setdefault(verb, kind)
    return kinds


@cache
def _verbs() -> re.Pattern[str]:
    return compiled(any_of(_kinds()))


def governing(text: str, floor: int, start: int) -> Verb | None:
    """The verb that governs the title beginning at ``start``: the last one since the comma, else in the clause."""
    left = clause_start(text, max(floor, start - _REACH), _above_break(text, start))
    found = [verb for verb in verbs(text, left, start) if not pattern("verbs", "relative").match(text, verb.end)]
    if not found:
        return None
    comma = max(text.rfind("，", left, start), text.rfind(",", left, start))
    near = [verb for verb in found if verb.start > comma]
    if near:
        return near[-1]
    return next((verb for verb in reversed(found) if verb.kind in ("issue", "draft", "revise")), None)


def _above_break(text: str, start: int) -> int:
    """Before the line break where that only parts the title at ``start`` from its verb (关于印发⏎《…》)."""
    above = start - 1 if text[start - 1 : start] == "《" else start
    end = len(text[max(0, above - _REACH) : above].rstrip()) + max(0, above - _REACH)
    if end == above or "\n" not in text[end:above]:
        return start
    return end if text.endswith(("印发", "转发", "出台", "制定"), 0, end) else start


def clause_start(text: str, floor: int, at: int) -> int:
    """Where the clause that contains ``at`` begins, not before ``floor``."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text, floor, at)]
    return ends[-1] if ends else floor


def same_clause(text: str, end: int, start: int) -> bool:
    """Whether no clause ends between one title's end and the next one's start."""
    return start - end < _REACH and not _CLAUSE_END.search(text, end, start)


def action_of(text: str, title: tuple[int, int], verb: Verb | None, part: Part) -> tuple[Action, Verb | None]:
    """What is done with the title at ``title``, and the verb that says so.

    ``verb`` is the one that governs the title, ``part`` the part of the plan that it stands in.
    """
    start, end = title
    decides = verb
    if verb is None or text[verb.start : verb.end] in words("verbs", "frames"):
        decides = behind(text, end) or verb
    if decides is None or pattern("verbs", "ended").match(text[end : end + 24]):
        return "cite", None
    if decides.kind == "implement" and _is_occasion(text, start, end) and not _right_before(text, decides, start):
        return "cite", None
    if decides.kind not in OWN:
        return decides.kind, decides
    if part == "summary" and _is_begun(text, decides):
        return ("draft" if decides.kind == "issue" else decides.kind), decides
    if part == "summary" or any(_is_achieved(text, said) for said in (verb, decides)):
        return "achieved-issue", decides
    return decides.kind, decides


def _right_before(text: str, verb: Verb, start: int) -> bool:
    """Whether the verb stands right before a title in brackets: 是落实《…》的起步之年 says that it is implemented."""
    return text[start - 1 : start] == "《" and verb.end == start - 1


def behind(text: str, end: int) -> Verb | None:
    """The verb behind the title: 《…》修订工作, …规划编制."""
    match = pattern("verbs", "handed_out").match(text[end : end + _REACH])
    match = match or pattern("verbs", "behind").match(text[end : end + 24])
    if match is None or _SINCE.match(text, end + match.end("verb")):
        return None
    # What is no verb elsewhere (落地) says that the document is carried out.
    kind = _kinds().get(match["verb"], "implement")
    return Verb(end + match.start("verb"), end + match.end("verb"), kind)


def _is_occasion(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 24) : start], text[end : end + 40]
    return bool(pattern("verbs", "occasion").search(before) and pattern("verbs", "occasion_behind").match(after))


def _is_achieved(text: str, verb: Verb | None) -> bool:
    if verb is None:
        return False
    before = text[max(0, verb.start - 14) : verb.start]
    if pattern("verbs", "achieved").search(before) or text.startswith("了", verb.end):
        return True
    return pattern("verbs", "achieved_behind").match(text[verb.end : verb.end + 12]) is not None


def _is_begun(text: str, verb: Verb) -> bool:
    """Whether a report says that the document is only being made (启动制定, 正在起草), or will be (拟出台)."""
    if pattern("verbs", "begun").match(text[verb.start : verb.end]):
        return True
    return pattern("verbs", "begun_before").search(text[max(0, verb.start - 8) : verb.start]) is not None
