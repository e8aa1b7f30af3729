"""Which statements may be published where the texts may not: ``ontology/publishing.ttl`` says it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from yaodian.ontology import resource
from yaodian.rdf import names
from yaodian.rdf.terms import Literal, Term

_HOLDS_TEXT_OF, _PUBLISHED_UP_TO = f"{names.YD}holdsTextOf", f"{names.YD}publishedUpTo"


@cache
def text_properties() -> dict[str, tuple[frozenset[str], int]]:
    """The properties that hold words of documents: on subjects of which classes, and how many characters may stay."""
    import pyoxigraph as ox

    classes: dict[str, set[str]] = {}
    limits: dict[str, int] = {}
    for triple in ox.parse(resource("publishing.ttl").read_bytes(), ox.RdfFormat.TURTLE):
        subject, term = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(term, ox.NamedNode | ox.Literal):
            continue
        if triple.predicate.value == _HOLDS_TEXT_OF:
            classes.setdefault(subject.value, set()).add(term.value)
        elif triple.predicate.value == _PUBLISHED_UP_TO:
            limits[subject.value] = int(term.value)
    return {name: (frozenset(of), limits.get(name, 0)) for name, of in classes.items()}


def publishable(predicate: str, term: Term, types: Iterable[str]) -> bool:
    """Whether the statement stays where texts are left out; ``types`` are the classes of its subject."""
    if not isinstance(term, Literal) or predicate not in text_properties():
        return True
    classes, limit = text_properties()[predicate]
    return classes.isdisjoint(types) or len(term.value) <= limit
