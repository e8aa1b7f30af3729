"""The unit concepts of ``ontology/units.ttl``, found by what a plan prints."""

from __future__ import annotations

from functools import cache

from yaodian.ontology import resource
from yaodian.rdf import names
from yaodian.rdf.iris import concept_iri


@cache
def _units() -> dict[str, str]:
    import pyoxigraph as ox

    printed = {ox.NamedNode(names.NOTATION), ox.NamedNode(names.ALT_LABEL)}
    of_units = concept_iri("unit", "")
    found = {}
    for triple in ox.parse(resource("units.ttl").read_bytes(), ox.RdfFormat.TURTLE):
        subject, term = triple.subject, triple.object
        if triple.predicate not in printed or not isinstance(subject, ox.NamedNode) or not isinstance(term, ox.Literal):
            continue
        is_code = term.datatype.value not in (f"{names.XSD}string", f"{names.RDF}langString")
        if subject.value.startswith(of_units) and not is_code:
            found[term.value] = subject.value
    return found


def unit_iri(printed: str) -> str | None:
    """The concept of a unit as printed (个, %, 平方米), None for one that the scheme does not have."""
    return _units().get(printed)
