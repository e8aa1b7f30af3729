"""A plan as Turtle (RDF 1.1 Turtle): one block a subject, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterable

from yaodian.model import Plan
from yaodian.rdf import names
from yaodian.rdf.describe import nodes
from yaodian.rdf.iris import ID
from yaodian.rdf.serialise import literal, quoted
from yaodian.rdf.terms import Literal, Term

_BARE = {f"{names.XSD}integer", f"{names.XSD}boolean"}
_PREFIX_OF = {namespace: prefix for prefix, namespace in names.PREFIXES.items()}


def turtle(plan: Plan, slug: str | None = None) -> str:
    """The plan and the shared things it names as Turtle text, the same for the same plan."""
    lines = [f"@base <{ID}> .", *(f"@prefix {p}: <{iri}> ." for p, iri in names.PREFIXES.items()), ""]
    lines += (_block(subject, said) for subject, said in nodes(plan, slug).items())
    return "\n".join(lines)


def _block(subject: str, said: Iterable[tuple[str, Term]]) -> str:
    objects: dict[str, list[str]] = {}
    for predicate, term in said:
        objects.setdefault(predicate, []).append(_term(term))
    ordered = sorted(objects.items(), key=lambda said: said[0] != names.TYPE)  # what it is comes first
    parts = " ;\n    ".join(f"{_verb(predicate)} {', '.join(terms)}" for predicate, terms in ordered)
    return f"{_iri(subject)} {parts} .\n"


def _verb(predicate: str) -> str:
    return "a" if predicate == names.TYPE else _iri(predicate)


def _term(term: Term) -> str:
    if not isinstance(term, Literal):
        return _iri(term)
    if term.datatype in _BARE:
        return term.value
    return f"{quoted(term.value)}^^{_iri(term.datatype)}" if term.datatype else literal(term)


def _iri(iri: str) -> str:
    if iri.startswith(ID):
        return f"<{iri.removeprefix(ID)}>"
    head, hash_or_slash, local = iri.rpartition("#") if "#" in iri else iri.rpartition("/")
    prefix = _PREFIX_OF.get(head + hash_or_slash)
    return f"{prefix}:{local}" if prefix else f"<{iri}>"
