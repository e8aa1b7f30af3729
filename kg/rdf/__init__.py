"""Plans as RDF: their names, their statements, and the texts that say them.

Describing a plan needs the gazetteer and the policy list of the extraction; who needs only names and terms does
not load them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yaodian.rdf.iris import org_iri, place_iri, plan_iri, policy_iri, slug, theme_iri
from yaodian.rdf.terms import Literal, Quad

if TYPE_CHECKING:
    from yaodian.rdf.describe import nquads, quads

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


def __getattr__(name: str) -> Any:
    if name not in ("nquads", "quads"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from yaodian.rdf import describe

    return getattr(describe, name)
