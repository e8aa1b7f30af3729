"""The reference of the vocabulary in ``docs/``: ``python -m yaodian.ontology.reference docs`` brings it up to date.

The part between the two marks of each file is written from the Turtle files; the rest is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import pyoxigraph as ox

from yaodian.ontology import resource
from yaodian.rdf.names import PREFIXES, RDF, RDFS, SKOS, YD

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"
FILES = {"en": "ontology.md", "zh": "ontology.zh.md"}
OWL = "http://www.w3.org/2002/07/owl#"
_NAMESPACES = {
    **PREFIXES,
    "doco": "http://purl.org/spar/doco/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "p-plan": "http://purl.org/net/p-plan#",
    "qb": "http://purl.org/linked-data/cube#",
    "qk": "http://qudt.org/vocab/quantitykind/",
    "rdf": RDF,
}
_HEADS = {
    "en": {
        "classes": ("Classes", "Class", "Name", "Definition", "Is a kind of", "Close to"),
        "properties": ("Properties", "Property", "Name", "Definition", "From", "To", "Refines"),
        "rules": ("Properties of rules and of the vocabulary", "Property", "Name", "Definition"),
        "reused": ("Terms of other vocabularies", "Term", "Name", "How plans use it"),
        "lists": ("Code lists", "Code", "Name", "Definition", "Group"),
    },
    "zh": {
        "classes": ("类", "类", "名称", "定义", "上位类", "相近"),
        "properties": ("属性", "属性", "名称", "定义", "主体", "取值", "上位属性"),
        "rules": ("规则和词汇的属性", "属性", "名称", "定义"),
        "reused": ("沿用的词汇", "词", "名称", "用法"),
        "lists": ("代码表", "代码", "名称", "定义", "组"),
    },
}

Said = dict[str, list[ox.NamedNode | ox.Literal]]


def sources() -> Iterator[Traversable]:
    """The Turtle files with the vocabulary, that of the rules among them."""
    yield from map(resource, ("yaodian.ttl", "publishing.ttl", "schemes.ttl", "units.ttl", "themes.ttl"))
    yield files("yaodian.shapes").joinpath("vocabulary.ttl")


@cache
def vocabulary() -> dict[str, Said]:
    """What the Turtle files say, by subject and predicate, in their order."""
    subjects: dict[str, Said] = {}
    for source in sources():
        for triple in ox.parse(source.read_bytes(), ox.RdfFormat.TURTLE):
            subject, term = triple.subject, triple.object
            if isinstance(subject, ox.NamedNode) and isinstance(term, ox.NamedNode | ox.Literal):
                subjects.setdefault(subject.value, {}).setdefault(triple.predicate.value, []).append(term)
    return subjects


def reference(language: str) -> str:
    """All tables of the reference in ``en`` or ``zh``."""
    lines: list[str] = []
    lines += _table(language, "classes", _of_type(f"{OWL}Class"), (f"{RDFS}subClassOf",), (f"{SKOS}closeMatch",))
    properties = [*_of_type(f"{OWL}ObjectProperty"), *_of_type(f"{OWL}DatatypeProperty")]
    ends = ((f"{RDFS}domain",), (f"{RDFS}range",), (f"{RDFS}subPropertyOf", f"{SKOS}closeMatch"))
    lines += _table(language, "properties", sorted(properties), *ends)
    lines += _table(language, "rules", _of_type(f"{OWL}AnnotationProperty"))
    lines += _table(language, "reused", [iri for iri, said in vocabulary().items() if f"{SKOS}scopeNote" in said])
    lines += _code_lists(language)
    return "\n".join(lines)


def _of_type(type_: str) -> list[str]:
    return [iri for iri, said in vocabulary().items() if _values(said, f"{RDF}type").count(type_)]


def _values(said: Said, *predicates: str) -> list[str]:
    return [term.value for predicate in predicates for term in said.get(predicate, ())]


def _words(said: Said, language: str, *predicates: str) -> str:
    terms = (term for predicate in predicates for term in said.get(predicate, ()))
    return next((t.value for t in terms if isinstance(t, ox.Literal) and t.language == language), "")


def _table(language: str, kind: str, iris: Iterable[str], *columns: tuple[str, ...]) -> Iterator[str]:
    title, *heads = _HEADS[language][kind]
    yield from (f"## {title}", "", _row(heads), _row("---" for _ in heads))
    for iri in iris:
        said = vocabulary()[iri]
        words = _words(said, language, f"{RDFS}label"), _words(said, language, f"{SKOS}definition", f"{SKOS}scopeNote")
        links = (", ".join(f"`{_short(value)}`" for value in _values(said, *column)) for column in columns)
        yield _row([f"`{_short(iri)}`", *words, *links])
    yield ""


def _code_lists(language: str) -> Iterator[str]:
    title, *heads = _HEADS[language]["lists"]
    yield from (f"## {title}", "")
    for iri in _of_type(f"{SKOS}ConceptScheme"):
        scheme = vocabulary()[iri]
        yield from (f"### {_words(scheme, language, f'{SKOS}prefLabel')}", "")
        yield from (f"{_words(scheme, language, f'{SKOS}definition')} `<{iri}>`", "")
        yield from (_row(heads), _row("---" for _ in heads))
        members = (said for said in vocabulary().values() if iri in _values(said, f"{SKOS}inScheme"))
        yield from (_concept(said, language) for said in members)
        yield ""


def _concept(said: Said, language: str) -> str:
    codes = [t for t in said.get(f"{SKOS}notation", ()) if isinstance(t, ox.Literal)]
    printed = ", ".join(f"`{t.value}`" + (" (UN/CEFACT)" if t.datatype.value.startswith(YD) else "") for t in codes)
    above = (vocabulary().get(iri, {}) for iri in _values(said, f"{SKOS}broader"))
    groups = ", ".join(_words(group, language, f"{SKOS}prefLabel") for group in above)
    words = (_words(said, language, f"{SKOS}{name}") for name in ("prefLabel", "definition"))
    return _row([printed, *words, groups])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _short(iri: str) -> str:
    for prefix, namespace in _NAMESPACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def updated(page: str, language: str) -> str:
    """A page of the docs with its generated part brought up to date."""
    return with_part(page, reference(language))


def with_part(page: str, part: str, begin: str = BEGIN) -> str:
    """The page with what stands between ``begin`` and the next end mark replaced."""
    marked = re.compile(f"(?<={re.escape(begin)}\n).*?(?=\n{re.escape(END)})", re.DOTALL)
    return marked.sub(lambda _: part, page, count=1)


def renew(files: Mapping[str, str], updated: Callable[[str, str], str], folder: str = "docs") -> None:
    """Bring pages, named by their language, up to date."""
    for language, name in files.items():
        path = Path(folder) / name
        path.write_text(updated(path.read_text("utf-8"), language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew(FILES, updated, *sys.argv[1:])
