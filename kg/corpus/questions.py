"""Ready-made questions, and how parameters get into a query.

A query says where a parameter goes with ``VALUES ?name { UNDEF }``: as it stands it leaves ``?name`` open, in any
SPARQL engine. To bind it, the ``UNDEF`` becomes the value as one RDF term written by the engine's serialiser, so a
value is a value whatever characters it has. (The engine's own substitution of variables gives wrong answers where
the query asks ``BOUND(?name)``, as an optional parameter must.)
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from yaodian.corpus.prefixes import XSD
from yaodian.errors import QueryError
from yaodian.ontology import resource

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

_HEADER = re.compile(r"#\s*(title-zh|title-en|description-zh|description-en)\s*:\s*(.*)")
_PARAMETER = re.compile(r"#\s*param\s+(\w+)\s+(string|integer|decimal|date|iri|[\w-]+(?:\|[\w-]+)+)(?!\S)\s*(.*)")
_SLOT = re.compile(r"(\bVALUES\s*)[?$](\w+)(\s*)\{\s*UNDEF\s*\}", re.IGNORECASE)
_NAME = re.compile(r"[\w-]+")
_LEXICAL = {
    "integer": re.compile(r"[+-]?\d+", re.ASCII),
    "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question can be given. ``type`` is string, integer, decimal, date or iri.

    ``values`` are the only ones that it can have, where they are few (``# param lang zh|en …``).
    """

    name: str
    type: str
    description_zh: str
    description_en: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A ready-made question: what it asks, in two languages, and its SPARQL."""

    name: str
    text: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    parameters: tuple[Parameter, ...]


@cache
def named_queries() -> dict[str, NamedQuery]:
    """The ready-made questions, by name."""
    files = (entry for entry in resource("queries").iterdir() if entry.name.endswith(".rq"))
    texts = {file.name.removesuffix(".rq"): file.read_text("utf-8") for file in files}
    return {name: _described(name, texts[name]) for name in sorted(texts)}


def _described(name: str, text: str) -> NamedQuery:
    headers = dict(_HEADER.findall(text))
    return NamedQuery(
        name,
        text,
        headers.get("title-zh", ""),
        headers.get("title-en", ""),
        headers.get("description-zh", ""),
        headers.get("description-en", ""),
        parameters_of(text),
    )


def parameters_of(text: str) -> tuple[Parameter, ...]:
    """The parameters that a query's header comments describe."""
    found = _PARAMETER.findall(text)
    return tuple(_parameter(name, type_, description) for name, type_, description in found)


def _parameter(name: str, type_: str, description: str) -> Parameter:
    values = tuple(type_.split("|")) if "|" in type_ else ()
    return Parameter(name, "string" if values else type_, *_two(description), values)


def _two(description: str) -> tuple[str, str]:
    """A description written as ``中文 / English``; one language stands for both."""
    zh, _, en = (part.strip() for part in description.partition(" / "))
    return zh, en or zh


def resolve(question: str, parameters: Mapping[str, object]) -> str:
    """The SPARQL of ``question`` (a query, or a name) with its parameters filled in."""
    text = named(question).text if _NAME.fullmatch(question) else question
    return bind(text, parameters)


def named(name: str) -> NamedQuery:
    """The ready-made question of that name; ``QueryError`` with the nearest ones where there is none."""
    known = named_queries()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    raise QueryError(f"there is no ready-made question {name!r}; {_choice(near, list(known))}")


def bind(text: str, parameters: Mapping[str, object]) -> str:
    """The query with its parameters filled in; ``QueryError`` for one that it does not have."""
    described = {parameter.name: parameter for parameter in parameters_of(text)}
    slots = {match[2] for match in _SLOT.finditer(text)}
    for name in parameters:
        if name not in slots:
            near = difflib.get_close_matches(name, slots, n=3, cutoff=0.5)
            raise QueryError(f"the query has no parameter {name!r}; {_choice(near, sorted(slots))}")
    given = {name: value for name, value in parameters.items() if value is not None}
    terms = {name: str(_term(name, value, described.get(name))) for name, value in given.items()}

    def fill(match: re.Match[str]) -> str:
        return f"{match[1]}?{match[2]}{match[3]}{{ {terms.get(match[2], 'UNDEF')} }}"

    return _SLOT.sub(fill, text)


def _choice(near: list[str], all_: list[str]) -> str:
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"there are: {', '.join(all_)}" if all_ else "it has none (a parameter is VALUES ?name { UNDEF })"


def _term(name: str, value: object, parameter: Parameter | None) -> Literal | NamedNode:
    """The value as a term of the declared type, else of the type that it has."""
    from pyoxigraph import Literal, NamedNode

    if isinstance(value, Literal | NamedNode):
        return value
    if isinstance(value, str):
        values = parameter.values if parameter else ()
        if values and value.lower() not in values:
            raise QueryError(f"parameter {name}: {value!r} is none of its values ({', '.join(values)})")
        return _term_of_text(name, value.lower() if values else value, parameter.type if parameter else "string")
    if isinstance(value, bool):
        return Literal(value)
    for kind, datatype in ((int, "integer"), (Decimal, "decimal"), (float, "double"), (date, "date")):
        if isinstance(value, kind):
            return Literal(str(value), datatype=NamedNode(f"{XSD}{datatype}"))
    raise QueryError(f"parameter {name}: a {type(value).__name__} cannot be a value in a query")


def _term_of_text(name: str, value: str, type_: str) -> Literal | NamedNode:
    from pyoxigraph import Literal, NamedNode

    try:
        if type_ == "iri":
            return NamedNode(value.removeprefix("<").removesuffix(">"))
        if type_ == "string":
            return Literal(value)
        value = unicodedata.normalize("NFKC", value).strip()
        if type_ == "date":
            date.fromisoformat(value)
        elif not _LEXICAL[type_].fullmatch(value):
            raise ValueError(value)
    except ValueError:
        raise QueryError(f"parameter {name}: {value!r} is no {type_}") from None
    return Literal(value, datatype=NamedNode(f"{XSD}{type_}"))
