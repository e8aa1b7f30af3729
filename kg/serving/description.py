"""The service description: SPARQL 1.1 Service Description, with VoID for the size of the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yaodian.corpus.prefixes import XSD

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Triple

    from yaodian.corpus.manifest import Manifest

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip


def description(endpoint: str, manifest: Manifest) -> tuple[Triple, ...]:
    """What the endpoint at that address is and can do."""
    from pyoxigraph import NamedNode, Triple

    return tuple(
        Triple(NamedNode(subject), NamedNode(predicate), term)
        for subject, predicate, term in (*_service(endpoint), *_data(endpoint, manifest))
    )


def _service(endpoint: str) -> Iterator[tuple[str, str, NamedNode]]:
    from pyoxigraph import NamedNode

    service, language = f"{endpoint}#service", NamedNode(f"{_SD}SPARQL11Query")
    yield service, _TYPE, NamedNode(f"{_SD}Service")
    yield service, f"{_SD}endpoint", NamedNode(endpoint)
    yield service, f"{_SD}supportedLanguage", language
    yield service, f"{_SD}feature", NamedNode(f"{_SD}UnionDefaultGraph")
    for name in _FORMATS:
        yield service, f"{_SD}resultFormat", NamedNode(f"http://www.w3.org/ns/formats/{name}")
    yield service, f"{_SD}defaultDataset", NamedNode(f"{endpoint}#dataset")


def _data(endpoint: str, manifest: Manifest) -> Iterator[tuple[str, str, NamedNode | Literal]]:
    from pyoxigraph import Literal, NamedNode

    dataset, graph = f"{endpoint}#dataset", f"{endpoint}#union"
    yield dataset, _TYPE, NamedNode(f"{_SD}Dataset")
    yield dataset, f"{_SD}defaultGraph", NamedNode(graph)
    yield graph, _TYPE, NamedNode(f"{_SD}Graph")
    statements = sum(row.statements for row in manifest.plans)
    yield graph, f"{_VOID}triples", Literal(str(statements), datatype=NamedNode(f"{XSD}integer"))
    for row in manifest.plans:
        named = f"{endpoint}#{row.slug}"
        yield dataset, f"{_SD}namedGraph", NamedNode(named)
        yield named, _TYPE, NamedNode(f"{_SD}NamedGraph")
        yield named, f"{_SD}name", NamedNode(row.plan)
