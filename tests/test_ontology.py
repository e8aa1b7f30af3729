"""The vocabulary: all that is said is declared, all that is declared is said, in two languages."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
import rdflib
import sample
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from yaodian import model
from yaodian.checking.graph import PlanGraph
from yaodian.checking.peers import Covered, Peers
from yaodian.ontology import reference, resource
from yaodian.rdf.iris import ID
from yaodian.rdf.names import TYPE, YD

KINDS = ("ttl", ".rq")
SCHEMES = ("schemes.ttl", "units.ttl", "themes.ttl")


def parsed(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in names:
        graph.parse(data=resource(name).read_text("utf-8"), format="turtle")
    return graph


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return parsed("yaodian.ttl")


@pytest.fixture(scope="module")
def schemes() -> rdflib.Graph:
    return parsed(*SCHEMES)


def declared(ontology: rdflib.Graph) -> set[str]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDFS.Datatype)
    return {str(term) for kind in kinds for term in ontology.subjects(RDF.type, kind)}


PEERS = Peers(5, 5, {"zh": "市级计划", "en": "plans of cities"}, (Covered(f"{YD}x", {"zh": "题", "en": "x"}, ("甲",)),))


def said() -> set[str]:
    """Every class and property of the sample plan, which fills each field of the model, and of its peers."""
    found = set()
    for _, predicate, term in PlanGraph.of(sample.plan(), PEERS).triples:
        found.add(predicate)
        if predicate == TYPE:
            found.add(str(term))
    return found


def languages(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> list[str | None]:
    return sorted(str(term.language) for term in graph.objects(subject, predicate) if isinstance(term, rdflib.Literal))


def of_schemes(schemes: rdflib.Graph) -> set[str]:
    typed = {term.datatype for term in schemes.objects() if isinstance(term, rdflib.Literal) and term.datatype}
    return {str(term) for term in typed | set(schemes.objects(None, RDF.type)) | set(schemes.predicates())}


def test_what_is_said_is_declared(ontology: rdflib.Graph) -> None:
    assert {term for term in said() if term.startswith(YD)} <= declared(ontology)


def test_what_is_declared_is_said(ontology: rdflib.Graph, schemes: rdflib.Graph) -> None:
    assert declared(ontology) - said() - of_schemes(schemes) - used_by_rules_and_queries() == set()


def used_by_rules_and_queries() -> set[str]:
    folders = (resource("queries"), files("yaodian.shapes"))
    texts = (file.read_text("utf-8") for folder in folders for file in folder.iterdir() if file.name[-3:] in KINDS)
    return {YD + name for text in texts for name in re.findall(r"\byd:([A-Za-z]\w*)", text)}


def test_what_rules_and_queries_use_is_declared() -> None:
    assert used_by_rules_and_queries() - reference.vocabulary().keys() == set()


def test_declared_terms_are_ours_and_explained(ontology: rdflib.Graph) -> None:
    for term in declared(ontology):
        assert term.startswith(YD)
        for predicate in (RDFS.label, SKOS.definition):
            assert languages(ontology, rdflib.URIRef(term), predicate) == ["en", "zh"], (term, predicate)


def test_terms_of_others_have_a_note(ontology: rdflib.Graph) -> None:
    for term in said() - {TYPE}:
        if not term.startswith(YD):
            assert languages(ontology, rdflib.URIRef(term), SKOS.scopeNote) == ["en", "zh"], term


def test_header(ontology: rdflib.Graph) -> None:
    [header] = ontology.subjects(RDF.type, OWL.Ontology)
    version = str(ontology.value(header, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert str(ontology.value(header, OWL.versionIRI)) == f"{header}/{version}"
    assert str(ontology.value(header, OWL.priorVersion)).startswith(f"{header}/")


def test_eli_is_only_close(ontology: rdflib.Graph) -> None:
    """A sub-class of an ELI class would make every plan legislation."""
    for _, predicate, term in ontology:
        if str(term).startswith("http://data.europa.eu/eli/"):
            assert predicate == SKOS.closeMatch


def test_concepts_are_explained(schemes: rdflib.Graph) -> None:
    for concept in schemes.subjects(RDF.type, SKOS.Concept):
        scheme = schemes.value(concept, SKOS.inScheme)
        assert str(concept).startswith(f"{scheme}/")
        assert (scheme, RDF.type, SKOS.ConceptScheme) in schemes
        assert schemes.value(concept, SKOS.notation)
        assert languages(schemes, concept, SKOS.prefLabel) == ["en", "zh"], concept
        is_group = (None, SKOS.broader, concept) in schemes
        assert is_group or languages(schemes, concept, SKOS.definition) == ["en", "zh"], concept


def test_notations_are_unique_in_a_scheme(schemes: rdflib.Graph) -> None:
    seen = [(schemes.value(s, SKOS.inScheme), o) for s, o in schemes.subject_objects(SKOS.notation)]
    assert len(seen) == len(set(seen))


def test_unit_names_are_unique() -> None:
    units = parsed("units.ttl")
    names = [str(o) for p in (SKOS.notation, SKOS.altLabel) for s, o in units.subject_objects(p) if "/unit/" in s]
    assert len(names) == len(set(names))


def test_every_code_that_is_said_is_in_a_scheme(schemes: rdflib.Graph) -> None:
    described = {str(concept) for concept in schemes.subjects(RDF.type, SKOS.Concept)}
    lists = {str(scheme) for scheme in schemes.subjects(RDF.type, SKOS.ConceptScheme)}
    codes = {str(o) for _, _, o in PlanGraph.of(sample.plan()).triples if str(o).startswith(ID)}
    assert {code for code in codes if code.rpartition("/")[0] in lists} <= described
    for scheme in ("comparator", "measurement", "bindingness", "delivery"):
        assert {code for code in codes if code.removeprefix(ID).partition("/")[0] == scheme} <= described


def test_code_lists_are_the_models(schemes: rdflib.Graph) -> None:
    for scheme, codes in (
        ("action", model.Action),
        ("comparator", model.Comparator),
        ("measurement", model.Measurement),
        ("bindingness", model.Bindingness),
        ("delivery", model.TargetStatus),
        ("role", model.Role),
    ):
        members = schemes.subjects(SKOS.inScheme, rdflib.URIRef(ID + scheme))
        assert {str(schemes.value(member, SKOS.notation)) for member in members} == set(get_args(codes))


def test_the_reference_is_current(root_dir: Path) -> None:
    for language, name in reference.FILES.items():
        page = (root_dir / "docs" / name).read_text("utf-8")
        assert page == reference.updated(page, language), "run: python -m yaodian.ontology.reference docs"
