"""A plan as an rdflib graph, for Python users and for SHACL engines.

One graph, not a dataset: the plan's own statements and those of the shared things it names. Who needs the
named graphs reads the N-Quads.
"""

from __future__ import annotations

import rdflib

from yaodian.model import Plan
from yaodian.rdf import names
from yaodian.rdf.describe import quads
from yaodian.rdf.serialise import without_surrogates
from yaodian.rdf.terms import Literal, Term


def to_rdflib(plan: Plan, slug: str | None = None) -> rdflib.Graph:
    """The plan as a graph, the usual prefixes bound, literals in the lexical form that the N-Quads have."""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in names.PREFIXES.items():
        graph.bind(prefix, namespace)
    iris: dict[str, rdflib.URIRef] = {}
    for subject, predicate, term, _ in quads(plan, slug):
        graph.add((_iri(subject, iris), _iri(predicate, iris), _term(term, iris)))
    return graph


def _iri(iri: str, known: dict[str, rdflib.URIRef]) -> rdflib.URIRef:
    if iri not in known:
        known[iri] = rdflib.URIRef(iri)
    return known[iri]


def _term(term: Term, known: dict[str, rdflib.URIRef]) -> rdflib.term.Node:
    if not isinstance(term, Literal):
        return _iri(term, known)
    datatype = _iri(term.datatype, known) if term.datatype else None
    return rdflib.Literal(without_surrogates(term.value), lang=term.language, datatype=datatype, normalize=False)
