"""Deliverables without numbers: what a plan says will exist or be finished (建成…平台, 启动…工程, 出台《…》)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.scanning import beginnings_of, matches_from
from yaodian.model import Action, Deliverable, Document, Part, PolicyReference, Span, Target, TargetStatus
from yaodian.ontology import lexicon
from yaodian.patterns import any_of, compiled

LONGEST_OBJECT = 30
_MADE: frozenset[Action] = frozenset({"issue", "draft", "revise", "achieved-issue"})


def find_deliverables(
    document: Document,
    policies: Sequence[PolicyReference],
    targets: Sequence[Target],
    headings: Sequence[Span],
    part_at: Callable[[int], Part],
) -> list[Deliverable]:
    """The deliverables of the body; where a number says how many, the target says it all and none is made of it."""
    counted = Intervals((target.span.start, target.span.end) for target in targets)
    titles = Intervals((span.start, span.end) for span in (*headings, *(policy.span for policy in policies)))
    found = [_document(policy) for policy in policies if policy.action in _MADE]
    found += _things(document, counted, titles, part_at)
    return sorted(found, key=lambda deliverable: deliverable.span)


def _document(policy: PolicyReference) -> Deliverable:
    return Deliverable(
        id="",
        span=policy.span,
        action=policy.action,
        object=policy.title,
        status="achieved" if policy.action == "achieved-issue" else "planned",
        policy=policy.policy,
        rule="policy to be made",
        evidence=policy.evidence,
    )


def _things(
    document: Document, counted: Intervals, titles: Intervals, part_at: Callable[[int], Part]
) -> Iterator[Deliverable]:
    verbs = _first_of_verb()
    for match in matches_from(verbs, _pattern(), document.text, document.body.start, document.body.end):
        start, end = match.span()
        number = "" if match["verb"] else "2"
        verb, thing = match[f"verb{number}"], match[f"object{number}"]
        if start in titles or end - 1 in titles:
            continue
        if any(offset in counted for offset in (*range(start, end), end)):
            continue
        yield Deliverable(
            id="",
            span=document.span(start, end),
            action=verb,
            object=thing.removeprefix("了"),
            status=_status(start, part_at),
            rule="verb that needs a thing" if number else "verb that makes what it takes",
            evidence=(document.span(start, start + len(verb)), document.span(*match.span(f"last{number}"))),
        )


def _status(offset: int, part_at: Callable[[int], Part]) -> TargetStatus:
    return "achieved" if part_at(offset) == "summary" else "planned"


@cache
def _pattern() -> re.Pattern[str]:
    """The shortest verb and object; the object ends in a thing, before punctuation or a coordination."""
    words = lexicon("deliverables")
    things, events = any_of(words["things"]), any_of([*words["things"], *words["events"]])
    quoted = "“[^“”\\n]{1,16}”"
    words_inside = rf"(?!(?:{any_of(words['makes'])}))[^，。；、：,;:\n（）()“”《》\d]"
    inner = rf"(?![的和到与及好])(?:{quoted}|(?:{words_inside}){{2}})(?:{quoted}|{words_inside}){{0,{LONGEST_OBJECT}}}?"
    stop = r"(?=[，。；、,;\n）)]|建设|等|和|与|及|$)"
    return compiled(
        rf"(?P<verb>{any_of(words['makes'])})(?P<object>{inner}(?P<last>{events})){stop}"
        rf"|(?P<verb2>{any_of(words['builds'])})(?P<object2>{inner}(?P<last2>{things})){stop}"
    )


@cache
def _first_of_verb() -> re.Pattern[str]:
    words = lexicon("deliverables")
    return compiled(beginnings_of([*words["makes"], *words["builds"]]))
