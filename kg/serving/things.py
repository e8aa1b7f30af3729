"""A thing of the corpus as people read it: its name, what is said of it, its words in the text, what refers to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from yaodian.corpus.prefixes import prefixes, shortened
from yaodian.ontology import lexicon
from yaodian.serving import questions
from yaodian.serving.addresses import HOME, address, alone
from yaodian.serving.served import Served, Solution, Term

_NAMES = (f"{prefixes()['rdfs']}label", f"{prefixes()['skos']}prefLabel", f"{prefixes()['dcterms']}title")
_TYPE = f"{prefixes()['rdf']}type"
_QUOTED = f"{prefixes()['prov']}wasQuotedFrom"
_WORDS = f"{prefixes()['nif']}anchorOf"
T = TypeVar("T")
_VOCABULARIES = (f"{HOME}ns", f"{HOME}rules")


@dataclass(slots=True)
class Value:
    """A value to show: the words, where they lead, their language, and the passage that they stand for."""

    text: str
    href: str | None = None
    language: str = ""
    quote: str = ""
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """A property by name, where it is described, and the values that a thing has of it."""

    name: str
    href: str
    values: list[Value]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text, a vocabulary or a graph, with the fragment that it is found by."""

    anchor: str
    text: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """All that the page of a thing shows."""

    iri: str
    name: str
    types: list[Value]
    quotes: list[Value]
    facts: list[Fact]
    parts: list[Part]
    references: list[Fact]
    more: bool


async def thing(served: Served, iri: str, lang: str) -> Thing | None:
    """The thing with that IRI; None where the corpus does not have it."""
    most = served.limits.shown
    facts = await served.solutions(questions.about(questions.FACTS, iri))
    references = await served.solutions(questions.about(questions.REFERENCES, iri, most + 1))
    parts = await _parts(served, iri, lang)
    if not (facts or references or parts):
        return None
    names = await served.property_names()
    said, referring = _facts(facts, names, lang), _facts(references, names, lang)
    return Thing(
        iri,
        _name(facts, lang) or shortened(iri),
        _values_of(said, _TYPE),
        _values_of(said, _QUOTED),
        [fact for property_, fact in said.items() if property_ not in (_TYPE, _QUOTED)],
        parts,
        list(referring.values()),
        sum(len(fact.values) for fact in referring.values()) > most,
    )


async def _parts(served: Served, iri: str, lang: str) -> list[Part]:
    """What a text, a vocabulary or a graph is made of; nothing for other things."""
    if iri in _VOCABULARIES:
        return _named_parts(await served.solutions(questions.about(questions.TERMS, iri)), lang)
    passages = await served.solutions(questions.about(questions.PASSAGES, iri, 20 * served.limits.shown))
    if passages:
        return [_part(solution["part"]["value"], solution["name"]["value"]) for solution in passages]
    return _named_parts(await served.solutions(questions.about(questions.MEMBERS, iri, served.limits.shown)), lang)


def _named_parts(solutions: Iterable[Solution], lang: str) -> list[Part]:
    named: dict[str, dict[str, tuple[str, str]]] = {}
    for solution in solutions:
        name, note = solution.get("name"), solution.get("note", {"value": ""})
        own = named.setdefault(solution["part"]["value"], {})
        if name:
            own.setdefault(name.get("xml:lang", ""), (name["value"], note["value"]))
    return [_part(iri, *(_preferred(own, lang) or (shortened(iri),))) for iri, own in named.items()]


def _part(iri: str, text: str, note: str = "") -> Part:
    # At the address of a fragment is the page that it is a part of; this leads to what is said of it alone.
    return Part(iri.partition("#")[2], text, alone(iri), note)


def _facts(solutions: Iterable[Solution], names: Mapping[str, Mapping[str, str]], lang: str) -> dict[str, Fact]:
    """The facts by property, each value once, whatever names it has."""
    found: dict[str, dict[tuple[str, ...], Value]] = {}
    for solution in solutions:
        term = solution["value"]
        values = found.setdefault(solution["property"]["value"], {})
        value = values.setdefault(_key(term), _value(term, lang))
        if name := solution.get("name"):
            value.names.setdefault(name.get("xml:lang", ""), name["value"])
        if quote := solution.get("quote"):
            value.quote = value.quote or quote["value"]
    for values in found.values():
        for value in values.values():
            value.text = _preferred(value.names, lang) or value.text
    return {
        iri: Fact(_preferred(names.get(iri, {}), lang) or shortened(iri), address(iri), list(values.values()))
        for iri, values in found.items()
    }


def _key(term: Term) -> tuple[str, ...]:
    return term["type"], str(term["value"]), term.get("xml:lang", ""), term.get("datatype", "")


def _value(term: Term, lang: str) -> Value:
    if term["type"] == "uri":
        return Value(shortened(term["value"]), address(term["value"]))
    if term.get("datatype", "").endswith("#boolean"):
        return Value(lexicon("serving")[lang]["yes" if term["value"] == "true" else "no"])
    return Value(str(term["value"]), language=term.get("xml:lang", ""))


def _values_of(facts: Mapping[str, Fact], property_: str) -> list[Value]:
    return facts[property_].values if property_ in facts else []


def _name(solutions: Iterable[Solution], lang: str) -> str | None:
    """What the thing is called: by its label, else its title, else its words."""
    by_property: dict[str, dict[str, str]] = {}
    for solution in solutions:
        value = solution["value"]
        by_property.setdefault(solution["property"]["value"], {}).setdefault(value.get("xml:lang", ""), value["value"])
    for property_ in (*_NAMES, _WORDS):
        if name := _preferred(by_property.get(property_, {}), lang):
            return name
    return None


def _preferred(named: Mapping[str, T], lang: str) -> T | None:
    """The one in the reader's language, else in another one."""
    order = (lang, "zh", "en", "", *named)
    return next((named[language] for language in order if language in named), None)
