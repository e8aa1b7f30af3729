"""The W3C's tests of the SPARQL 1.1 protocol and of service descriptions, sent to a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from corpus_texts import plan_text, write_plans
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF
from serving import Reply, Server, running

from yaodian.corpus import build, open_corpus

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "w3c"
ABSENT = "the W3C's tests (../shared/w3c) are not at hand"
LABELS = "http://kasei.us/2009/09/sparql/data/"
TABULAR = (
    "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"
)  # fmt: skip
RDF_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


def _manifest() -> Graph:
    if not FOLDER.is_dir():
        return Graph()
    return Graph().parse(FOLDER / "protocol" / "manifest.ttl", publicID="http://w3c.test/manifest")


MANIFEST = _manifest()
TESTS = sorted(MANIFEST.subjects(RDF.type, MF.ProtocolTest))
UPDATES = [test for test in TESTS if "update" in str(test).rpartition("#")[2]]
QUERIES = [test for test in TESTS if test not in UPDATES]
if not TESTS:
    pytest.skip(ABSENT, allow_module_level=True)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose index has the data of the tests in it, too."""
    folder = tmp_path_factory.mktemp("w3c")
    write_plans(folder / "source", a=plan_text())
    build(folder / "source", folder / "build")
    index = open_corpus(folder / "build").index()
    store = ox.Store(str(index))
    for number in (1, 2, 3):
        data = (FOLDER / "protocol" / f"data{number}.nt").read_bytes()
        store.load(data, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(f"{LABELS}data{number}.rdf"))
    store.flush()
    del store
    with running(folder / "build") as server:
        yield server


def _requests(test: URIRef) -> list[URIRef]:
    action = MANIFEST.value(test, MF.action)
    return list(Collection(MANIFEST, MANIFEST.value(action, HT.requests)))  # type: ignore[arg-type]


def _sent(server: Server, request: URIRef) -> Reply:
    target = str(MANIFEST.value(request, HT.absolutePath))
    headers = {}
    if listed := MANIFEST.value(request, HT.headers):
        for header in Collection(MANIFEST, listed):
            headers[str(MANIFEST.value(header, HT.fieldName))] = str(MANIFEST.value(header, HT.fieldValue))
    body = None
    if content := MANIFEST.value(request, HT.body):
        encoding = str(MANIFEST.value(content, CNT.characterEncoding))
        body = str(MANIFEST.value(content, CNT.chars)).encode(encoding)
    return server.send(str(MANIFEST.value(request, HT.methodName)), target, body, headers)


def _short(test: URIRef) -> str:
    return str(test).rpartition("#")[2]


@pytest.mark.parametrize("test", QUERIES, ids=_short)
def test_query_part_of_the_protocol(endpoint: Server, test: URIRef) -> None:
    for request in _requests(test):
        reply = _sent(endpoint, request)
        expected = MANIFEST.value(request, HT.resp)
        statuses = {str(status)[-3:-2] for status in MANIFEST.objects(expected, MF.expectedStatus)}
        assert str(reply.status)[0] in statuses, reply.text
        content_type = reply.headers["content-type"].partition(";")[0]
        format_ = str(MANIFEST.value(expected, MF.expectedFormat))
        if format_ == "boolean":
            assert content_type in TABULAR[:2]
            wanted = MANIFEST.value(expected, MF.expectedBoolean)
            if wanted is not None:
                assert json.loads(reply.body)["boolean"] is wanted.toPython()
        elif format_ in ("tabular", "RDF"):
            assert content_type in (TABULAR if format_ == "tabular" else RDF_TYPES)


@pytest.mark.parametrize("test", UPDATES, ids=_short)
def test_update_part_is_refused(endpoint: Server, test: URIRef) -> None:
    sent = 0
    for request in _requests(test):
        query = MANIFEST.value(MANIFEST.value(request, HT.body), CNT.chars) or ""
        if str(query).lstrip().startswith("ASK"):
            continue
        reply = _sent(endpoint, request)
        sent += 1
        assert 400 <= reply.status < 500, reply.text
    assert sent
    for number in (1, 2, 3):
        assert endpoint.ask(f"ASK {{ GRAPH <{LABELS}data{number}.rdf> {{ ?s ?p ?o }} }}").json()["boolean"]


def _description(endpoint: Server) -> Graph:
    reply = endpoint.get("/sparql")
    assert reply.status == 200
    assert reply.headers["content-type"].startswith("text/turtle")
    return Graph().parse(data=reply.body, format="turtle")


def test_description_is_rdf(endpoint: Server) -> None:
    for accept, format_ in (("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld"),
                            ("application/n-triples", "nt")):  # fmt: skip
        reply = endpoint.get("/sparql", {"Accept": accept})
        assert reply.headers["content-type"].startswith(accept)
        assert len(Graph().parse(data=reply.body, format=format_)) == len(_description(endpoint))


def test_description_has_the_endpoint(endpoint: Server) -> None:
    services = list(_description(endpoint).subjects(SD.endpoint, URIRef(f"{endpoint.address}/sparql")))
    assert len(services) == 1


def test_description_conforms_to_the_schema(endpoint: Server) -> None:
    """Domains and ranges of SPARQL 1.1 Service Description § 3."""
    graph = _description(endpoint)
    classes = {
        SD.endpoint: (SD.Service, None),
        SD.supportedLanguage: (SD.Service, None),
        SD.resultFormat: (SD.Service, None),
        SD.feature: (SD.Service, None),
        SD.defaultDataset: (SD.Service, SD.Dataset),
        SD.defaultGraph: (SD.Dataset, SD.Graph),
        SD.namedGraph: (SD.Dataset, SD.NamedGraph),
        SD.name: (SD.NamedGraph, None),
    }
    used = {predicate for _, predicate, _ in graph if str(predicate).startswith(str(SD))}
    assert used == set(classes)
    for predicate in used:
        domain, range_ = classes[predicate]
        for subject, object_ in graph.subject_objects(predicate):
            assert (subject, RDF.type, domain) in graph
            assert range_ is None or (object_, RDF.type, range_) in graph
            assert isinstance(object_, URIRef)
    assert (None, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert (None, SD.supportedLanguage, SD.SPARQL11Update) not in graph
