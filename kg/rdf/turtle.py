"""A plan as Turtle (RDF 1.1 Turtle): one block a subject, in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from yaodian.model import Plan
from yaodian.patterns import compiled
from yaodian.rdf import names
from yaodian.rdf.describe import nodes
from yaodian.rdf.iris import ID
from yaodian.rdf.serialise import literal, quoted
from yaodian.rdf.terms import Literal, Term

_BARE = {f"{names.XSD}integer", f"{names.XSD}boolean"}
_LOCAL = compiled(r"[A-Za-z_][\w-]*", re.ASCII)
_NONE: Mapping[str, str] = {}


def turtle(plan: Plan, slug: str | None = None) -> str:
    """The plan and the shared things it names as Turtle text, the same for the same plan."""
    return written(nodes(plan, slug))


def written(said_of: Mapping[str, Iterable[tuple[str, Term]]], further: Mapping[str, str] = _NONE) -> str:
    """What is said of each subject as Turtle text; ``further`` are prefixes besides the usual ones."""
    prefixes = {**names.PREFIXES, **further}
    named = {namespace: prefix for prefix, namespace in prefixes.items()}
    return heading(prefixes) + "\n".join(block(subject, said, named) for subject, said in said_of.items())


def heading(prefixes: Mapping[str, str]) -> str:
    """The declarations that a Turtle or TriG text begins with, and the empty line after them."""
    return f"@base <{ID}> .\n{''.join(f'@prefix {p}: <{iri}> .{chr(10)}' for p, iri in prefixes.items())}\n"


def block(subject: str, said: Iterable[tuple[str, Term]], named: Mapping[str, str]) -> str:
    """What is said of one subject, with a line end; ``named`` are the prefixes by namespace."""
    objects: dict[str, list[str]] = {}
    for predicate, term in said:
        objects.setdefault(predicate, []).append(_term(term, named))
    ordered = sorted(objects.items(), key=lambda said: said[0] != names.TYPE)  # what it is comes first
    parts = " ;\n    ".join(f"{_verb(predicate, named)} {', '.join(terms)}" for predicate, terms in ordered)
    return f"{short(subject, named)} {parts} .\n"


def _verb(predicate: str, named: Mapping[str, str]) -> str:
    return "a" if predicate == names.TYPE else short(predicate, named)


def _term(term: Term, named: Mapping[str, str]) -> str:
    if not isinstance(term, Literal):
        return short(term, named)
    if term.datatype in _BARE:
        return term.value
    return f"{quoted(term.value)}^^{short(term.datatype, named)}" if term.datatype else literal(term)


def short(iri: str, named: Mapping[str, str]) -> str:
    """An IRI as Turtle writes it below that heading."""
    if iri.startswith(ID):
        return f"<{iri.removeprefix(ID)}>"
    head, hash_or_slash, local = iri.rpartition("#") if "#" in iri else iri.rpartition("/")
    prefix = named.get(head + hash_or_slash)
    return f"{prefix}:{local}" if prefix and _LOCAL.fullmatch(local) else f"<{iri}>"
