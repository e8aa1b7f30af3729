"""Reading a theme scheme: a SKOS concept scheme in Turtle whose labels are the terms to match.

Names are ``skos:prefLabel`` and ``skos:altLabel``, indications ``skos:hiddenLabel``, all tagged ``@zh``.
Concepts of class ``yd:Theme`` are themes; the other concepts group them, and the one that is
``skos:topConceptOf`` the scheme is the domain: the words that show what the whole text is about. In a user's scheme
without that class, every concept is a theme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from yaodian.errors import VocabularyError
from yaodian.ontology import resource

SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
THEME = "https://w3id.org/yaodian/ns#Theme"

_Values = dict[str, list[tuple[str, str | None]]]


@dataclass(frozen=True, slots=True)
class Theme:
    """A concept of the scheme: its labels, its broader concept's code, and the terms that speak for it."""

    code: str
    iri: str
    zh: str
    en: str
    definition_zh: str = ""
    definition_en: str = ""
    broader: str | None = None
    names: tuple[str, ...] = ()
    indications: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """All matching terms, names first."""
        return self.names + self.indications


@dataclass(frozen=True, slots=True)
class Scheme:
    """A theme scheme: what items can be about, the groups above, and the domain they all belong to."""

    themes: Mapping[str, Theme]
    groups: Mapping[str, Theme] = field(default_factory=lambda: MappingProxyType({}))
    domain: Theme | None = None


def load(path: Path | None = None) -> Scheme:
    """The scheme of a Turtle file, or yaodian's own; ``VocabularyError`` where it is broken."""
    concepts = _concepts(path)
    read = {iri: _theme(iri, values, concepts) for iri, values in concepts.items() if _is_concept(values)}
    themes = {t.code: t for iri, t in read.items() if _has(concepts[iri], TYPE, THEME)}
    if path and not themes:
        themes = {t.code: t for t in read.values()}
    if not themes:
        raise VocabularyError(f"{path or 'themes.ttl'} has no concept of class yd:Theme")
    tops = [t for iri, t in read.items() if SKOS + "topConceptOf" in concepts[iri] and t.code not in themes]
    groups = {t.code: t for t in read.values() if t.code not in themes and t not in tops}
    return Scheme(MappingProxyType(themes), MappingProxyType(groups), tops[0] if tops else None)


def _concepts(path: Path | None) -> dict[str, _Values]:
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    found: dict[str, _Values] = defaultdict(lambda: defaultdict(list))
    try:
        data = path.read_bytes() if path else resource("themes.ttl").read_bytes()
        for quad in parse(data, format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                language = quad.object.language if isinstance(quad.object, Literal) else None
                found[quad.subject.value][quad.predicate.value].append((quad.object.value, language))
    except (OSError, SyntaxError) as error:
        raise VocabularyError(f"theme scheme {path or 'themes.ttl'} cannot be read: {error}") from error
    return found


def _is_concept(values: _Values) -> bool:
    return _has(values, TYPE, SKOS + "Concept") or _has(values, TYPE, THEME)


def _has(values: _Values, predicate: str, iri: str) -> bool:
    return any(value == iri for value, _ in values.get(predicate, ()))


def _texts(values: _Values, name: str, language: str) -> tuple[str, ...]:
    return tuple(value for value, tag in values.get(SKOS + name, ()) if tag == language)


def _first(values: _Values, name: str, language: str) -> str:
    return next(iter(_texts(values, name, language)), "")


def _code(iri: str, values: _Values) -> str:
    notations = values.get(SKOS + "notation", ())
    return notations[0][0] if notations else iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _theme(iri: str, values: _Values, concepts: Mapping[str, _Values]) -> Theme:
    broader = values.get(SKOS + "broader", ())
    zh = _first(values, "prefLabel", "zh")
    if not zh:
        raise VocabularyError(f"concept {iri} has no prefLabel in Chinese (@zh)")
    return Theme(
        code=_code(iri, values),
        iri=iri,
        zh=zh,
        en=_first(values, "prefLabel", "en"),
        definition_zh=_first(values, "definition", "zh"),
        definition_en=_first(values, "definition", "en"),
        broader=_code(broader[0][0], concepts.get(broader[0][0], {})) if broader else None,
        names=(zh, *_texts(values, "altLabel", "zh")),
        indications=_texts(values, "hiddenLabel", "zh"),
    )
