"""Indicators made to be understood alone: with the total that a part is of, the list that 分别 hands out, the thing
that a bare rate or sum is said of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from yaodian.extraction.targets.clauses import LONGEST_CLAUSE, Clauses
from yaodian.extraction.targets.concepts import concept_of
from yaodian.extraction.targets.indicators import LONGEST, counted_noun, plain_words
from yaodian.model import Target
from yaodian.ontology import lexicon
from yaodian.patterns import compiled

LONGEST_PART = 8
LONGEST_MEASURE = 6
LONGEST_THING = 16
RATIOS = frozenset({"%", "个百分点", "百分点", "倍"})
_LIST_GAP = compiled(r"\s*(?:[、，,和及与]|以及)\s*")
_SENTENCE_END = compiled("[。！？\n]")
_CLAUSE_END = compiled("[，,；;]")
_YEARS = compiled(r"20\d{2}年")
_JOINT = compiled("[、和及与]")


@cache
def _words() -> dict[str, Any]:
    completion: dict[str, Any] = lexicon("quantities")["completion"]
    return completion


def completed(text: str, clauses: Clauses, targets: Sequence[Target]) -> tuple[Target, ...]:
    """The targets, those with an indicator that says too little alone with a fuller one."""
    handed_out = _handed_out(text, clauses, targets)
    found: dict[str, str] = {}
    units: dict[str, str] = {}
    base: Target | None = None
    end = 0
    for target in targets:
        units[target.id] = target.unit
        if not _goes_on(text, clauses, end, target):
            base = None
        end = target.span.end
        words = handed_out.get(target.id, target.indicator)
        if target.part_of in found:
            words = words if units[target.part_of] != target.unit else _of_total(words, found[target.part_of])
        elif target.id not in handed_out and base and _is_bare_measure(words, base):
            words = _limited(_thing(found[base.id]) + words)
        else:
            base = None if target.unit in RATIOS else target
        found[target.id] = words
    return tuple(_with(target, found[target.id]) for target in targets)


def _goes_on(text: str, clauses: Clauses, end: int, target: Target) -> bool:
    """Whether the clause of the target comes right behind that of the number before, which ends at ``end``."""
    between = text[end : clauses.start(target.span.start, end)]
    return not _SENTENCE_END.search(between) and len(_CLAUSE_END.findall(between)) < 2


def _thing(words: str) -> str:
    """What the words count, unless that is a whole clause."""
    noun = counted_noun(words)
    return noun if len(noun) <= LONGEST_THING else ""


def _with(target: Target, words: str) -> Target:
    return target if words == target.indicator else replace(target, indicator=words, concept=concept_of(words).id)


def _limited(words: str) -> str:
    return words if len(words) <= LONGEST else words[-LONGEST:]


def _of_total(part: str, total: str) -> str:
    """小学 of 新增学位 → 小学新增学位; a part that names the same thing itself stays as it is."""
    if len(part) > LONGEST_PART or _pairs(part) & _pairs(total) or re.search(_words()["whole_parts"], part):
        return part
    begins_with_verb = counted_noun(part + "物") == "物"
    return _limited(part + (counted_noun(total) if begins_with_verb else total))


def _pairs(words: str) -> set[str]:
    return {words[i : i + 2] for i in range(len(words) - 1)}


def _is_bare_measure(words: str, base: Target) -> bool:
    """Whether the words name a rate, a sum or a group without saying of what (办结率, 总投资, 参与学生)."""
    if len(words) > LONGEST_MEASURE:
        return False
    if re.fullmatch(_words()["groups"], words):
        return base.unit in _words()["units_of_events"]
    return re.fullmatch(_words()["measures"], words) is not None


def _handed_out(text: str, clauses: Clauses, targets: Sequence[Target]) -> dict[str, str]:
    """The indicators of the numbers that 分别 hands out to a list, by the targets' ids."""
    found: dict[str, str] = {}
    before: Sequence[Target] = ()
    for run in runs(text, targets):
        at = run[0].span.start
        clause = text[max(at - LONGEST_CLAUSE, clauses.start(at, 0)) : at]
        if len(run) > 1 and "分别" in clause:
            names = _of_years(clause, run) or _names(clause, run, before, found)
            found |= {target.id: name for target, name in zip(run, names, strict=False)}
        before = run
    return found


def runs(text: str, targets: Sequence[Target]) -> Iterator[list[Target]]:
    """Numbers that only commas and conjunctions part."""
    run: list[Target] = []
    for target in targets:
        if run and not _LIST_GAP.fullmatch(text, run[-1].span.end, target.span.start):
            yield run
            run = []
        run.append(target)
    if run:
        yield run


def _of_years(clause: str, run: Sequence[Target]) -> list[str]:
    """What the numbers count that 分别 hands out to years: the years, and the noun behind the last number."""
    years = _YEARS.findall(clause.partition("分别")[0])
    noun = run[-1].indicator
    return [year + noun for year in years] if len(years) == len(run) and not _YEARS.match(noun) else []


def _names(clause: str, run: Sequence[Target], before: Sequence[Target], known: dict[str, str]) -> list[str]:
    """What each number of the run counts: the members of the list before 分别, or what the run before counted."""
    listed, _, behind = clause.partition("分别")
    listed, behind = plain_words(listed), plain_words(behind)
    members = [known.get(target.id, target.indicator) for target in before]
    if listed and not re.fullmatch(_words()["compared"], listed):
        members = _members(listed)
    else:
        behind = listed + behind
    if len(members) != len(run):
        return []
    return [_limited(member + ("" if member.endswith(behind) else behind)) for member in members]


def _members(listed: str) -> list[str]:
    """城镇和农村居民收入 → 城镇居民收入, 农村居民收入: what only the last member names belongs to all."""
    members = [member for member in _JOINT.split(listed) if member]
    shared = _shared_end(members[0], members[-1])
    return [
        member if member is members[-1] or not shared or member.endswith(shared[-1]) else member + shared
        for member in members
    ]


def _shared_end(first: str, last: str) -> str:
    """What the last member has behind what is its own: 公办幼儿园, 普惠性幼儿园覆盖率 share 幼儿园, then 覆盖率.

    Where they have no noun in common, members are as long as each other: 城镇, 农村居民收入.
    """
    for start in range(1, len(first) - 1):
        at = last.find(first[start:], 1)
        if at > 0:
            return last[at + len(first) - start :]
    return last[len(first) :]
