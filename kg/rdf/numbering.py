"""Where the number before a heading's own stands, and which labels come twice: what rules on numbering join on.

Asked in SPARQL, each heading would be compared with all others; here each is looked up once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from yaodian.extraction.numerals import numeral
from yaodian.model import Item, Measure, Plan, Section, Span, span_of
from yaodian.patterns import compiled
from yaodian.rdf import names
from yaodian.rdf.iris import span_iri
from yaodian.rdf.outline import Heading, adjacent, heading_iri, item_iri, measure_iri
from yaodian.rdf.terms import Triple

_DIGIT = "0-9一二三四五六七八九十"
_PRINTED = compiled(rf"(?<![{_DIGIT} ]) *([{_DIGIT}][{_DIGIT} ]*)[.．、)）是]")
_HUNDRED = 100

Seen = dict[tuple[object, int], Span]


def numbers_before(plan: Plan, iri: str) -> Mapping[str, Span]:
    """The place of the number before its own, by the IRI of a section or item that skips one, or of a measure.

    What lies between a heading and the one before it (``yd:next``) is searched: headings of the other kind, then the
    running text. The first of several sections may carry on an earlier one of its level, or an item.
    """
    found = dict(_before_headings(plan, iri))
    for item in plan.items:
        for n, measure in _before_measures(item.measures):
            found[measure_iri(item_iri(iri, item.id), n)] = measure.span
    return found


def describe_numbering(plan: Plan, iri: str, text: str, before: Mapping[str, Span]) -> Iterator[Triple]:
    """``yd:numberBefore`` as :func:`numbers_before` found it, and ``yd:labelBefore`` of measures."""
    for thing, span in before.items():
        yield thing, names.NUMBER_BEFORE, span_iri(text, span)
    for item in plan.items:
        own = item_iri(iri, item.id)
        for n, earlier in _repeating(item.measures):
            yield measure_iri(own, n), names.LABEL_BEFORE, measure_iri(own, earlier)


def _before_headings(plan: Plan, iri: str) -> Iterator[tuple[str, Span]]:
    previous = {heading_iri(iri, after): before for before, after in adjacent(plan)}
    seen: Seen = {}
    headings: list[Heading] = [*plan.sections, *plan.items]
    for heading in sorted(headings, key=lambda heading: heading.span.start):
        if heading.ordinal is None:
            continue
        thing = heading_iri(iri, heading)
        span = _before(plan.text, heading, heading.ordinal - 1, previous.get(thing), seen)
        if span is not None:
            yield thing, span
        seen[type(heading), heading.ordinal] = heading.span
        if isinstance(heading, Section):
            seen[heading.level, heading.ordinal] = heading.span


def _before(text: str, heading: Heading, wanted: int, previous: Heading | None, seen: Seen) -> Span | None:
    if previous is None:
        return _carried_on(heading, wanted, seen)
    if previous.ordinal is None or previous.ordinal >= wanted:
        return None
    other = seen.get((Item if isinstance(heading, Section) else Section, wanted))
    if other is not None and other.start > previous.span.start:
        within = seen.get((Item, wanted - 1)) if isinstance(heading, Section) else None
        if within is None or not previous.span.start < within.start < other.start:
            return other
    return _printed(text, previous.span.start, heading, wanted)


def _carried_on(heading: Heading, wanted: int, seen: Seen) -> Span | None:
    return (seen.get((heading.level, wanted)) or seen.get((Item, wanted))) if isinstance(heading, Section) else None


def _printed(text: str, start: int, heading: Heading, number: int) -> Span | None:
    """Where the text from ``start`` to the heading prints the number as a label does; spaces in it do not count.

    A label of another style that follows the number before in that style counts something else: （四）… （五）… 六、.
    """
    before, seen = _written(number - 1), set[str]()
    own = _PRINTED.match(heading.span.quote.lstrip("（("))
    for match in _PRINTED.finditer(text[start : heading.span.start]):
        written, style = match[1].replace(" ", ""), _style(match)
        if written in _written(number) and (style not in seen or (own and style == _style(own))):
            at = start + match.start(1)
            return span_of(text, at, at + len(match[1].rstrip()))
        if written in before:
            seen.add(style)
    return None


def _written(number: int) -> set[str]:
    return {str(number), numeral(number) if 0 < number < _HUNDRED else ""}


def _style(label: re.Match[str]) -> str:
    """What labels of one series share: their numerals and the mark behind them."""
    mark = label[0][-1]
    return ("1" if label[1][0].isdecimal() else "一") + ("." if mark in ".．、" else ")" if mark in ")）" else mark)


def _before_measures(measures: Sequence[Measure]) -> Iterator[tuple[int, Measure]]:
    """The number of each measure above one, with the one that has the ordinal before: the nearest, else a later one."""
    seen = {measure.ordinal: measure for measure in reversed(measures)}
    for n, measure in enumerate(measures, 1):
        if measure.ordinal is not None:
            if measure.ordinal > 1 and (before := seen.get(measure.ordinal - 1)):
                yield n, before
            seen[measure.ordinal] = measure


def _repeating(measures: Sequence[Measure]) -> Iterator[tuple[int, int]]:
    """The number of each measure that has the label of an earlier one, with that one's; an ordinal 1 begins anew."""
    seen: dict[str, int] = {}
    for n, measure in enumerate(measures, 1):
        if measure.ordinal == 1:
            seen.clear()
        elif measure.ordinal is not None and measure.label in seen:
            yield n, seen[measure.label]
        seen[measure.label] = n
