"""A plan as quads: its own graph, and the shared graph for what other plans name too."""

from __future__ import annotations

from collections.abc import Iterator

from yaodian.model import Plan
from yaodian.rdf.completeness import describe_completeness
from yaodian.rdf.deliverables import describe_deliverables
from yaodian.rdf.document import describe_plan, describe_text
from yaodian.rdf.found import describe_found
from yaodian.rdf.iris import SHARED_GRAPH, plan_iri
from yaodian.rdf.numbering import describe_numbering, numbers_before
from yaodian.rdf.outline import describe_outline
from yaodian.rdf.serialise import serialise
from yaodian.rdf.shared import describe_shared
from yaodian.rdf.targets import describe_targets
from yaodian.rdf.terms import Quad, Term, Triple


def quads(plan: Plan, slug: str | None = None) -> Iterator[Quad]:
    """The plan's statements, each once. ``slug`` replaces the plan's own short name where two would collide."""
    graph = plan_iri(plan, slug)
    for subject, predicate, term in plan_triples(plan, graph):
        yield subject, predicate, term, graph
    for subject, predicate, term in describe_shared(plan):
        yield subject, predicate, term, SHARED_GRAPH


def plan_triples(plan: Plan, iri: str) -> Iterator[Triple]:
    """The statements of the plan's own graph."""
    text = f"{iri}/text"
    yield from describe_plan(plan, iri, text)
    before = numbers_before(plan, iri)
    yield from describe_outline(plan, iri, text)
    yield from describe_numbering(plan, iri, text, before)
    yield from describe_targets(plan, iri, text)
    yield from describe_deliverables(plan, iri, text)
    yield from describe_found(plan, iri, text)
    yield from describe_completeness(plan, iri)
    yield from describe_text(plan, text, before.values())


def nquads(plan: Plan, slug: str | None = None) -> str:
    """The plan as sorted N-Quads text: the same bytes for the same plan, on every machine."""
    return serialise(quads(plan, slug))


def nodes(plan: Plan, slug: str | None = None) -> dict[str, list[tuple[str, Term]]]:
    """What is said of each subject, in the order of telling, the plan's and the shared statements merged.

    That is what Turtle, JSON-LD and rdflib get: a SHACL engine and a reader expect one graph about one plan.
    """
    subjects: dict[str, list[tuple[str, Term]]] = {}
    for subject, predicate, term, _ in quads(plan, slug):
        subjects.setdefault(subject, []).append((predicate, term))
    return subjects
