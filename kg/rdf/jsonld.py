"""A plan as JSON-LD 1.1, compacted with ``ontology/context.jsonld``, which stands inside the result."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from yaodian.model import Plan
from yaodian.ontology import resource
from yaodian.rdf import names
from yaodian.rdf.describe import nodes
from yaodian.rdf.iris import ID
from yaodian.rdf.serialise import without_surrogates
from yaodian.rdf.terms import Literal, Term

_NATIVE = {f"{names.XSD}integer", f"{names.XSD}boolean"}


@cache
def context() -> dict[str, Any]:
    """The context that came with this version."""
    loaded: dict[str, Any] = json.loads(resource("context.jsonld").read_text("utf-8"))
    return loaded


def jsonld(plan: Plan, slug: str | None = None) -> dict[str, Any]:
    """The plan and the shared things it names as one JSON-LD document, in the order of the document."""
    return {**context(), "@graph": [node(subject, said) for subject, said in nodes(plan, slug).items()]}


def node(subject: str, said: Sequence[tuple[str, Term]]) -> dict[str, Any]:
    """What is said of a subject as one node object, in the words of the context."""
    node: dict[str, Any] = {"@id": subject.removeprefix(ID)}
    types = [_term_of(str(term)) for predicate, term in said if predicate == names.TYPE]
    if types:
        node["@type"] = types[0] if len(types) == 1 else types
    for predicate, term in said:
        if predicate != names.TYPE:
            _add(node, _term_of(predicate), _value(term, predicate))
    return node


def _add(node: dict[str, Any], key: str, value: Any) -> None:
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _value(term: Term, predicate: str) -> Any:
    _, coercion = _definitions().get(predicate, (predicate, None))
    if not isinstance(term, Literal):
        reference = term.removeprefix(ID)
        return reference if coercion == "@id" else {"@id": reference}
    if term.datatype in _NATIVE:
        return json.loads(term.value)
    value = without_surrogates(term.value)
    if coercion == (f"@{term.language}" if term.language else term.datatype):
        return value
    if term.language:
        return {"@value": value, "@language": term.language}
    return {"@value": value, "@type": _compact(term.datatype)} if term.datatype else {"@value": value}


def _expand(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return context()["@context"].get(prefix, prefix + colon) + local if colon else name


def _compact(iri: str) -> str:
    for prefix, namespace in names.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@cache
def _definitions() -> dict[str, tuple[str, str | None]]:
    """IRI → its term in the context, and what values it coerces to: ``@id``, ``@zh``, a datatype, or nothing."""
    found: dict[str, tuple[str, str | None]] = {}
    for name, definition in context()["@context"].items():
        if name.startswith("@") or name in names.PREFIXES or "@reverse" in definition:
            continue
        if isinstance(definition, str):
            found[_expand(definition)] = (name, None)
            continue
        language = definition.get("@language")
        coercion = f"@{language}" if language else definition["@type"]
        found[_expand(definition["@id"])] = (name, coercion if coercion.startswith("@") else _expand(coercion))
    return found


def _term_of(iri: str) -> str:
    return _definitions()[iri][0] if iri in _definitions() else _compact(iri)
