"""Targets and results: every quantity of the body with what it counts, planned or achieved, and of which total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from yaodian.extraction.indicators import Context, clause_end, clause_start, indicator
from yaodian.extraction.parts import Parts
from yaodian.extraction.quantities import LeftAside, Quantity, quantities_in
from yaodian.model import Document, Part, Span, Target, TargetStatus
from yaodian.ontology import lexicon

_SENTENCE_END = re.compile("[。！？\n]")


@dataclass(frozen=True, slots=True)
class Found:
    """The targets of a document, and the numbers that are none."""

    targets: tuple[Target, ...]
    left_aside: tuple[LeftAside, ...]


def find_targets(document: Document, parts: Parts, excluded: Sequence[Span]) -> Found:
    """The targets and results in the body; numbers inside ``excluded`` spans (titles of policies) are names."""
    start = document.title.end if document.title and document.title.end < document.body.end else document.body.start
    found = list(quantities_in(document.text, start, document.body.end))
    taken = sorted((span.start, span.end) for span in excluded)
    quantities = [q for q in found if isinstance(q, Quantity) and q.unit and not _inside(q, taken)]
    targets = list(_targets(document, quantities, parts))
    aside = [q for q in found if isinstance(q, LeftAside)]
    aside += [LeftAside(q.start, q.end, "no unit") for q in found if isinstance(q, Quantity) and not q.unit]
    aside += [LeftAside(q.start, q.end, "in a name") for q in found if isinstance(q, Quantity) and _inside(q, taken)]
    return Found(tuple(_with_totals(document.text, targets)), tuple(sorted(aside, key=lambda a: a.start)))


def _inside(quantity: Quantity, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= quantity.numeral < end for start, end in taken)


def _targets(document: Document, quantities: Sequence[Quantity], parts: Parts) -> Iterator[Target]:
    previous: Target | None = None
    for i, quantity in enumerate(quantities):
        ceiling = quantities[i + 1].start if i + 1 < len(quantities) else document.body.end
        context = _context(document, quantity, previous, ceiling)
        previous = Target(
            id=str(i + 1),
            span=document.span(quantity.start, quantity.end),
            value=quantity.value.normalize(),
            value_max=quantity.value_max.normalize() if quantity.value_max is not None else None,
            comparator=quantity.comparator,
            unit=quantity.unit,
            indicator=indicator(context, quantity.unit == "%"),
            status=_status(context.left, parts.at(quantity.start)),
            rule=quantity.rule,
        )
        yield previous


def _context(document: Document, quantity: Quantity, previous: Target | None, ceiling: int) -> Context:
    text = document.text
    floor = previous.span.end if previous else document.body.start
    start = clause_start(text, quantity.start, floor)
    left = text[start : quantity.start]
    if previous and start == floor and "、" in left:
        left = left[left.rindex("、") + 1 :]
    above_end = max(floor, start - 1)
    in_sentence = previous is not None and not _SENTENCE_END.search(text, floor, quantity.start)
    shares_unit = in_sentence and previous is not None and previous.unit == quantity.unit
    return Context(
        left=left,
        right=text[quantity.end : clause_end(text, quantity.end, ceiling)],
        above=text[clause_start(text, above_end, floor) : above_end]
        if text[above_end : above_end + 1] in "，,"
        else "",
        inherited=previous.indicator if shares_unit and previous else "",
    )


@cache
def _achieved() -> re.Pattern[str]:
    return re.compile("|".join(lexicon("quantities")["status"]["achieved"]))


def _status(left: str, part: Part) -> TargetStatus:
    """Planned or achieved: by the part, and within a plan by words that tell what is already there."""
    return "achieved" if part == "summary" or _achieved().search(left) else "planned"


def _with_totals(text: str, targets: Sequence[Target]) -> Iterator[Target]:
    """The targets, with those behind 其中 tied to the total before it."""
    total: Target | None = None
    for before, target in zip([None, *targets], targets, strict=False):
        between = text[before.span.end : target.span.start] if before else ""
        if _SENTENCE_END.search(between):
            total = None
        if before and re.search("其中|[（(]含", between):
            total = before
        of_total = total is not None and total.unit == target.unit and target.value <= total.value
        yield replace(target, part_of=total.id) if of_total and total else target
