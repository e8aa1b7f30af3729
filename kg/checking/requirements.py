"""What the national framework requires of every plan, as the statements that rules look at (``requirements.ttl``)."""

from __future__ import annotations

from functools import cache

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from pyoxigraph import Literal as OxLiteral

from yaodian.ontology import resource
from yaodian.rdf.terms import Literal, Term, Triple


@cache
def requirements() -> tuple[Triple, ...]:
    """The statements of ``ontology/requirements.ttl``, in its order."""
    triples = (quad.triple for quad in parse(resource("requirements.ttl").read_bytes(), format=RdfFormat.TURTLE))
    return tuple(
        (triple.subject.value, triple.predicate.value, _term(triple.object))
        for triple in triples
        if not isinstance(triple.subject, BlankNode) and not isinstance(triple.object, BlankNode)
    )


def _term(term: NamedNode | OxLiteral) -> Term:
    if isinstance(term, NamedNode):
        return term.value
    return Literal(term.value, term.language, None if term.language else term.datatype.value)
