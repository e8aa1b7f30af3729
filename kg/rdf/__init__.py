"""Plans as RDF: their names, their statements, and the texts that say them."""

from __future__ import annotations

from yaodian.rdf.describe import nquads, quads
from yaodian.rdf.iris import org_iri, place_iri, plan_iri, policy_iri, slug, theme_iri
from yaodian.rdf.terms import Literal, Quad

__all__ = [
    "Literal",
    "Quad",
    "nquads",
    "org_iri",
    "place_iri",
    "plan_iri",
    "policy_iri",
    "quads",
    "slug",
    "theme_iri",
]
