"""Targets and results: the quantity, what it counts, and what is promised with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from yaodian.extraction.targets.concepts import normalised
from yaodian.model import Comparator, Plan, Target
from yaodian.rdf import names
from yaodian.rdf.found import hang
from yaodian.rdf.iris import concept_iri, indicator_iri, place_iri, span_iri
from yaodian.rdf.terms import Literal, Triple, boolean, date, decimal, integer, zh
from yaodian.rdf.units import unit_iri

_BOUNDS: dict[Comparator, tuple[str, ...]] = {
    "eq": (names.VALUE,),
    "approx": (names.VALUE,),
    "ge": (names.VALUE, names.MIN_VALUE),
    "gt": (names.VALUE, names.MIN_VALUE),
    "le": (names.VALUE, names.MAX_VALUE),
    "lt": (names.VALUE, names.MAX_VALUE),
    "range": (names.MIN_VALUE,),
}


def describe_targets(plan: Plan, iri: str, text: str) -> Iterator[Triple]:
    """The targets and results, each hanging from its item or, outside all items, from the plan."""
    keys = {mention.id: mention.keys for mention in plan.places}
    iris = {target.id: f"{iri}/target/{n}" for n, target in enumerate(plan.targets, 1)}
    for target in plan.targets:
        planned = target.status == "planned"
        year = plan.facts.plan_year if planned else plan.facts.summary_year
        own = iris[target.id]
        yield from hang(target, own, names.HAS_TARGET if planned else names.HAS_RESULT, iri, text)
        yield own, names.TYPE, names.TARGET if planned else names.RESULT
        yield from _describe_quantity(target, own)
        yield from _describe_indicator(target, own)
        yield from _describe_commitment(target, own, text)
        yield from _describe_relations(target, iris)
        yield from _describe_scope(target, own, keys)
        if year is not None:
            yield own, names.YEAR, integer(year)


def _describe_quantity(target: Target, iri: str) -> Iterator[Triple]:
    yield iri, names.LABEL, zh(f"{target.indicator} {target.span.quote}".strip())
    yield iri, names.COMPARATOR, concept_iri("comparator", target.comparator)
    for predicate in _BOUNDS[target.comparator]:
        yield iri, predicate, decimal(target.value)
    if target.comparator == "range" and target.value_max is not None:
        yield iri, names.MAX_VALUE, decimal(target.value_max)
    if target.unit:
        yield iri, names.UNIT_TEXT, Literal(target.unit)
    unit = unit_iri(target.unit)
    if unit is not None:
        yield iri, names.UNIT_CODE, unit


def _describe_indicator(target: Target, iri: str) -> Iterator[Triple]:
    yield iri, names.MEASUREMENT, concept_iri("measurement", target.measurement)
    if target.indicator:
        yield iri, names.INDICATOR_TEXT, zh(target.indicator)
    if indicator_label(target):
        yield iri, names.HAS_INDICATOR, indicator_iri(target.concept)
        if target.comparator != "range":
            yield iri, names.SERIES, Literal(series(target))


def series(target: Target) -> str:
    """The same for quantities of the same indicator, measured in the same way and unit: their numbers compare.

    A digest, since a unit may be long and is words of the document.
    """
    key = f"{target.concept}\n{target.measurement}\n{target.unit}"
    return hashlib.sha1(key.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:12]


def indicator_label(target: Target) -> str:
    """The normal form of what a target counts; empty where it names no indicator."""
    return normalised(target.indicator) if target.concept else ""


def _describe_commitment(target: Target, iri: str, text: str) -> Iterator[Triple]:
    """What is promised with the number. A result promises nothing, so it has no bindingness."""
    if target.status == "planned":
        yield iri, names.BINDINGNESS, concept_iri("bindingness", target.bindingness)
    if target.deadline is not None:
        yield iri, names.DEADLINE, date(target.deadline)
        yield iri, names.DEADLINE_STATED, boolean(target.deadline_span is not None)
    if target.deadline_span is not None:
        yield iri, names.DEADLINE_SPAN, span_iri(text, target.deadline_span)
    if target.per:
        yield iri, names.PER, zh(target.per)
    if target.beneficiary:
        yield iri, names.BENEFICIARY, zh(target.beneficiary)


def _describe_scope(target: Target, iri: str, keys: Mapping[str, Sequence[str]]) -> Iterator[Triple]:
    """The places that the number is said of, where the text names some."""
    for key in dict.fromkeys(key for place in target.places for key in keys[place]):
        yield iri, names.SPATIAL, place_iri(key)


def _describe_relations(target: Target, iris: Mapping[str, str]) -> Iterator[Triple]:
    if target.part_of is not None:
        yield iris[target.id], names.PART_OF_TOTAL, iris[target.part_of]
    if target.baseline is not None:
        yield iris[target.id], names.BASELINE, iris[target.baseline]
