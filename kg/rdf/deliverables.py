"""Deliverables: what will exist or be finished, where no number says how many."""

from __future__ import annotations

from collections.abc import Iterator

from yaodian.model import Deliverable, Plan
from yaodian.rdf import names
from yaodian.rdf.found import hang
from yaodian.rdf.iris import concept_iri, policy_iri
from yaodian.rdf.terms import Triple, integer, zh


def describe_deliverables(plan: Plan, iri: str, text: str) -> Iterator[Triple]:
    """The deliverables, each hanging from its item or, outside all items, from the plan."""
    for n, deliverable in enumerate(plan.deliverables, 1):
        own = f"{iri}/deliverable/{n}"
        yield from hang(deliverable, own, names.HAS_DELIVERABLE, iri, text)
        yield own, names.TYPE, names.DELIVERABLE
        yield own, names.OBJECT, zh(deliverable.object)
        yield own, names.DELIVERABLE_STATUS, concept_iri("delivery", deliverable.status)
        yield from _describe_action(deliverable, own)
        year = plan.facts.plan_year if deliverable.status == "planned" else plan.facts.summary_year
        if year is not None:
            yield own, names.YEAR, integer(year)


def _describe_action(deliverable: Deliverable, iri: str) -> Iterator[Triple]:
    """A code for what is done with a policy, the printed verb for any other thing."""
    if deliverable.policy is None:
        yield iri, names.LABEL, zh(f"{deliverable.action}{deliverable.object}")
        yield iri, names.VERB, zh(deliverable.action)
        return
    yield iri, names.LABEL, zh(f"《{deliverable.object}》")
    yield iri, names.ACTION, concept_iri("action", deliverable.action)
    yield iri, names.NAMES_POLICY, policy_iri(deliverable.policy)
