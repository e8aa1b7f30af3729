"""Clients that people use, against a real server."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest
from rdflib import Graph, URIRef
from serving import Server

from yaodian.corpus import open_corpus

pytest_plugins = ("serving_plugin",)

YD = "https://w3id.org/yaodian/ns#"
PLANS = "SELECT ?plan ?title ?year WHERE { ?plan a yd:Plan ; dcterms:title ?title ; yd:planYear ?year } ORDER BY ?year"


@pytest.fixture(scope="module")
def plans(served_corpus: Path) -> list[str]:
    return [str(row["plan"]) for row in open_corpus(served_corpus).select(PLANS)]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("directly", [False, True])
def test_sparqlwrapper(server: Server, plans: list[str], method: str, directly: bool) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{server.address}/sparql")
    client.setMethod(method)
    client.setRequestMethod(wrapper.POSTDIRECTLY if directly and method == "POST" else wrapper.URLENCODED)
    client.setQuery(PLANS)
    client.setReturnFormat(wrapper.JSON)
    found = client.query().convert()
    assert [binding["plan"]["value"] for binding in found["results"]["bindings"]] == plans
    client.setReturnFormat(wrapper.XML)
    assert client.query().convert().toxml().count("<result>") == len(plans)
    client.setQuery("DESCRIBE ?plan WHERE { ?plan a yd:Plan }")
    graph = client.query().convert()
    assert {str(subject) for subject in graph.subjects()} >= set(plans)
    client.setQuery("SELECT * {")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="line 1"):
        client.query()


@pytest.mark.parametrize("form", ["TURTLE", "N3", "RDFXML", "XML", "JSONLD", "RDF"])
def test_sparqlwrapper_has_triples_in_all_its_formats(server: Server, plans: list[str], form: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{server.address}/sparql")
    client.setQuery("CONSTRUCT { ?plan a yd:Plan } WHERE { ?plan a yd:Plan }")
    client.setReturnFormat(getattr(wrapper, form))
    found = client.query().convert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert {str(subject) for subject in graph.subjects()} == set(plans)


@pytest.mark.parametrize("return_format", ["json", "xml", "csv"])
def test_rdflib_sparqlstore(server: Server, plans: list[str], return_format: str) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = Graph(SPARQLStore(f"{server.address}/sparql", returnFormat=return_format))
    rows = list(graph.query(PLANS))
    assert [str(row[0]) for row in rows] == plans
    if return_format != "csv":
        assert {
            str(s)
            for s in graph.subjects(URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), URIRef(f"{YD}Plan"))
        } == set(plans)
        assert graph.query("ASK { ?s a yd:Plan }").askAnswer is True


def test_rdflib_parses_what_an_iri_gives(server: Server, plans: list[str]) -> None:
    path = plans[0].removeprefix("https://w3id.org/yaodian")
    graph = Graph().parse(f"{server.address}{path}")
    assert (URIRef(plans[0]), URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), URIRef(f"{YD}Plan")) in graph


def test_pandas(server: Server, plans: list[str]) -> None:
    pandas = pytest.importorskip("pandas")
    address = f"{server.address}/sparql?{urlencode({'query': PLANS, 'format': 'csv'})}"
    frame = pandas.read_csv(address)
    assert frame["plan"].tolist() == plans
    assert frame["year"].dtype.kind == "i"
    named = pandas.read_csv(f"{server.address}/queries/targets?format=csv&year=2024")
    assert set(named["planYear"]) == {2024}
    rows = pandas.DataFrame(json.load(io.BytesIO(server.get("/queries/targets", year="2024").body))["rows"])
    assert len(rows) == len(named)


def test_curl(server: Server, plans: list[str]) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")

    def run(*arguments: str) -> str:
        command = [curl, "--silent", "--show-error", "--fail", "--max-time", "20", *arguments]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")

    endpoint = f"{server.address}/sparql"
    by_get = run("-G", endpoint, "--data-urlencode", f"query={PLANS}", "-H", "Accept: text/csv")
    by_form = run(endpoint, "--data-urlencode", f"query={PLANS}", "-H", "Accept: text/csv", "--compressed")
    directly = run(
        endpoint, "-H", "Content-Type: application/sparql-query", "--data-binary", PLANS, "-H", "Accept: text/csv"
    )
    assert by_get == by_form == directly
    assert [line.split(",")[0] for line in by_get.splitlines()[1:]] == plans
