"""Targets and results: every quantity of the body with what it counts, planned or achieved, and of which total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TypedDict

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.outline.parts import Parts
from yaodian.extraction.targets import commitments
from yaodian.extraction.targets.completion import completed
from yaodian.extraction.targets.concepts import concept_of
from yaodian.extraction.targets.indicators import Context, clause_end, clause_start, indicator, last_joint
from yaodian.extraction.targets.lists import with_shared_units
from yaodian.extraction.targets.quantities import LeftAside, Quantity, quantities_in
from yaodian.model import Bindingness, Document, Measurement, Part, Span, Target, TargetStatus
from yaodian.ontology import lexicon
from yaodian.reading.body import is_furniture

_SENTENCE_END = re.compile("[。！？\n]")


@dataclass(frozen=True, slots=True)
class Found:
    """The targets of a document, and the numbers that are none."""

    targets: tuple[Target, ...]
    left_aside: tuple[LeftAside, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """The year that targets are planned for, and the one that results are reported of."""

    plan: int | None
    summary: int | None


def find_targets(document: Document, parts: Parts, years: Years, excluded: Sequence[Span]) -> Found:
    """The targets and results in the body; numbers inside ``excluded`` spans (titles of policies) are names."""
    start = document.title.end if document.title and document.title.end < document.body.end else document.body.start
    found = with_shared_units(document.text, list(quantities_in(document.text, start, document.body.end)))
    names = Intervals([*((span.start, span.end) for span in excluded), *_furniture_lines(document.text, start)])
    quantities = [q for q in found if isinstance(q, Quantity) and q.unit and q.numeral not in names]
    targets = _with_baselines(document.text, list(_targets(document, quantities, parts, years, names)))
    aside = [q for q in found if isinstance(q, LeftAside)]
    aside += [LeftAside(q.start, q.end, "no unit") for q in found if isinstance(q, Quantity) and not q.unit]
    aside += [LeftAside(q.start, q.end, "in a name") for q in found if isinstance(q, Quantity) and q.numeral in names]
    found_targets = completed(document.text, list(_with_totals(document.text, targets)))
    return Found(found_targets, tuple(sorted(aside, key=lambda a: a.start)))


def _furniture_lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The lines of page furniture: numbers in them (浏览次数：1286次) are none of the plan's."""
    for match in re.compile(r"[^\n]+").finditer(text, start):
        if is_furniture(match[0].strip()):
            yield match.span()


def _targets(
    document: Document, quantities: Sequence[Quantity], parts: Parts, years: Years, names: Intervals
) -> Iterator[Target]:
    previous: Target | None = None
    for i, quantity in enumerate(quantities):
        context = _context(document, quantities, i, previous)
        status = _status(context.left, context.right, parts.at(quantity.start))
        words = indicator(context, quantity.unit == "%")
        previous = Target(
            id=str(i + 1),
            span=document.span(quantity.start, quantity.end),
            value=_plain(quantity.value),
            value_max=None if quantity.value_max is None else _plain(quantity.value_max),
            comparator=quantity.comparator,
            unit=quantity.unit,
            indicator=words,
            status=status,
            rule=quantity.rule,
            concept=concept_of(words).id,
            **_meaning(document, quantity, status, years, names),
        )
        yield previous


class _Meaning(TypedDict):
    measurement: Measurement
    bindingness: Bindingness
    bindingness_span: Span | None
    deadline: str | None
    deadline_span: Span | None
    per: str | None
    beneficiary: str | None


def _meaning(document: Document, quantity: Quantity, status: TargetStatus, years: Years, names: Intervals) -> _Meaning:
    """What is promised by a quantity."""
    text, floor, ceiling = document.text, document.body.start, document.body.end
    clause = text[clause_start(text, quantity.start, floor) : quantity.start]
    year = years.plan if status == "planned" else years.summary
    by = commitments.deadline(text, quantity.start, floor, year, names)
    firm = commitments.firmness(text, quantity.start, floor) if status == "planned" else None
    return {
        "measurement": commitments.measurement(clause, quantity.unit),
        "bindingness": firm.kind if firm else "stated",
        "bindingness_span": _printed_at(document, firm),
        "deadline": by.value if by else None,
        "deadline_span": _printed_at(document, by),
        "per": commitments.per_unit(clause),
        "beneficiary": commitments.beneficiary(text, quantity.start, quantity.end, ceiling),
    }


def _printed_at(document: Document, said: commitments.Deadline | commitments.Firmness | None) -> Span | None:
    return document.span(said.start, said.end) if said and said.start is not None and said.end is not None else None


def _context(document: Document, quantities: Sequence[Quantity], i: int, previous: Target | None) -> Context:
    text, quantity = document.text, quantities[i]
    floor = previous.span.end if previous else document.body.start
    start = clause_start(text, quantity.start, floor)
    right = _right(document, quantities, i)
    above_end = max(floor, start - 1)
    above = text[clause_start(text, above_end, floor) : above_end] if text[above_end] in "，," else ""
    in_sentence = previous is not None and not _SENTENCE_END.search(text, floor, quantity.start)
    inherited = previous.indicator if in_sentence and previous else ""
    return Context(
        left=_left(text, start, quantity.start, carried_on=previous is not None and start == floor, alone=not right),
        right=right,
        above=above,
        inherited=inherited,
        shared=inherited if previous and previous.unit == quantity.unit else "",
    )


def _left(text: str, start: int, end: int, *, carried_on: bool, alone: bool) -> str:
    """The words before a number in its clause; in a list (``carried_on``) those since the last 、 or 和.

    Words between two numbers without a 、 belong to the first (6人1校获表彰), unless the second had none (``alone``).
    """
    if not carried_on:
        return text[start:end]
    joint = last_joint(text, start, end)
    if joint is None:
        return text[start:end] if alone else ""
    return text[joint + 1 : end]


def _right(document: Document, quantities: Sequence[Quantity], i: int) -> str:
    """The words behind a number; numbers that touch (6人1校获表彰) share those behind the last."""
    while i + 1 < len(quantities) and quantities[i + 1].start == quantities[i].end:
        i += 1
    end = quantities[i].end
    ceiling = quantities[i + 1].start if i + 1 < len(quantities) else document.body.end
    return document.text[end : clause_end(document.text, end, ceiling)]


@cache
def _achieved() -> re.Pattern[str]:
    return re.compile("|".join(lexicon("quantities")["status"]["achieved"]))


@cache
def _planned() -> re.Pattern[str]:
    return re.compile("|".join(lexicon("quantities")["status"]["planned"]))


def _status(left: str, right: str, part: Part) -> TargetStatus:
    """Planned or achieved: by the part; words tell what is already there in a plan, and still to come in a report."""
    if part == "summary":
        return "planned" if _planned().search(left) or _planned().search(right) else "achieved"
    return "achieved" if _achieved().search(left) else "planned"


def _with_baselines(text: str, targets: Sequence[Target]) -> list[Target]:
    """The targets, with the B of 从A提高到B tied to its A."""
    found = list(targets[:1])
    for before, target in pairwise(targets):
        starts = commitments.is_baseline(text, before.span.start, before.span.end, target.span.start)
        found.append(replace(target, baseline=before.id) if starts and before.unit == target.unit else target)
    return found


def _plain(value: Decimal) -> Decimal:
    """The value without trailing zeros or exponent (12500.00 → 12500)."""
    return Decimal(f"{value.normalize():f}")


def _with_totals(text: str, targets: Sequence[Target]) -> Iterator[Target]:
    """The targets, with those behind 其中 tied to the nearest total of their unit before it in the sentence."""
    sentence: list[Target] = []
    totals: list[Target] = []
    end = 0
    for target in targets:
        between = text[end : target.span.start] if sentence else ""
        if _SENTENCE_END.search(between):
            sentence, totals = [], []
        if re.search("[；;]", between):
            totals = []
        if re.search("其中|[（(]含", between):
            totals = list(sentence)
        total = next((t for t in reversed(totals) if t.unit == target.unit and t.value >= target.value), None)
        sentence.append(target)
        end = target.span.end
        yield replace(target, part_of=total.id) if total else target
