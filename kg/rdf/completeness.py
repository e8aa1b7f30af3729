"""How complete a plan is, as quality measurements (W3C Data Quality Vocabulary, section 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from yaodian.completeness import WHOLE, completeness
from yaodian.model import Plan
from yaodian.rdf import names
from yaodian.rdf.iris import concept_iri
from yaodian.rdf.outline import item_iri
from yaodian.rdf.terms import Triple, decimal


def describe_completeness(plan: Plan, iri: str) -> Iterator[Triple]:
    """The plan's measurements, whole and by part, and the whole of each item."""
    score = completeness(plan)
    if score is None:
        return
    for metric, value in ((WHOLE, score.value), *score.parts.items()):
        yield from _measurement(iri, metric, value)
    for item in score.items:
        yield from _measurement(item_iri(iri, item.item.id), WHOLE, item.value)


def _measurement(thing: str, metric: str, value: Decimal) -> Iterator[Triple]:
    iri = f"{thing}/quality/{metric}"
    yield iri, names.TYPE, names.QUALITY_MEASUREMENT
    yield iri, names.COMPUTED_ON, thing
    yield iri, names.MEASUREMENT_OF, concept_iri("metric", metric)
    yield iri, names.MEASURED, decimal(value)
