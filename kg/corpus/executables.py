"""The ready-made questions as RDF: each a ``sh:SPARQLExecutable`` (SHACL section 5) beside the vocabulary.

Tools that know SHACL find them with their prefixes (section 5.2.1), titles and SPARQL there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from yaodian.corpus.prefixes import prefixes
from yaodian.corpus.questions import NamedQuery
from yaodian.rdf import names
from yaodian.rdf.iris import ID, VOCABULARY_GRAPH, segment
from yaodian.rdf.terms import Literal, Quad

PREFIXES: Final = f"{ID}prefixes"
_SH: Final = "http://www.w3.org/ns/shacl#"
_ANY_URI: Final = f"{names.XSD}anyURI"


def query_iri(name: str) -> str:
    """The ready-made question of that name."""
    return f"{ID}query/{segment(name)}"


def executables(queries: Iterable[NamedQuery]) -> Iterator[Quad]:
    """The SELECT questions, and the prefixes that they use without declaring them."""
    for query in queries:
        iri = query_iri(query.name)
        for class_ in ("SPARQLExecutable", "SPARQLSelectExecutable"):
            yield iri, names.TYPE, f"{_SH}{class_}", VOCABULARY_GRAPH
        for lang in ("zh", "en"):
            yield iri, names.LABEL, Literal(query.title(lang), lang), VOCABULARY_GRAPH
            yield iri, names.COMMENT, Literal(query.description(lang), lang), VOCABULARY_GRAPH
        yield iri, f"{_SH}prefixes", PREFIXES, VOCABULARY_GRAPH
        yield iri, f"{_SH}select", Literal(query.text), VOCABULARY_GRAPH
    for prefix, namespace in prefixes().items():
        declaration = f"{PREFIXES}/{prefix}"
        yield PREFIXES, f"{_SH}declare", declaration, VOCABULARY_GRAPH
        yield declaration, f"{_SH}prefix", Literal(prefix), VOCABULARY_GRAPH
        yield declaration, f"{_SH}namespace", Literal(namespace, None, _ANY_URI), VOCABULARY_GRAPH
