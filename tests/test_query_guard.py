"""Which queries are run, and that no query reaches the network."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from trap_server import trapped

from yaodian.corpus.answers import Rows, answer_of
from yaodian.corpus.guarding import Dataset, run
from yaodian.errors import QueryError

GRAPH = "https://w3id.org/yaodian/id/plan/330600-2024"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    for number, graph in enumerate((GRAPH, f"{GRAPH}/findings", "https://w3id.org/yaodian/id/graph/shared")):
        subject, predicate = (
            ox.NamedNode(f"https://w3id.org/yaodian/id/{number}"),
            ox.NamedNode("https://example.org/p"),
        )
        store.add(ox.Quad(subject, predicate, ox.Literal(number), ox.NamedNode(graph)))
    return store


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address that would answer, and what was asked of it."""
    with trapped() as (address, asked):
        yield f"{address}x", asked


REMOTE = [
    "SELECT * WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * WHERE { service silent <URL> { ?s ?p ?o } }",
    "SELECT * WHERE { SeRvIcE <URL>{?s ?p ?o} }",
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * WHERE { SERVICE:a{ ?s ?p ?o } }",
    "PREFIX SERVICE: <URL> SELECT * WHERE { SERVICE:a{ ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * WHERE { ?s ?p ?o ; SERVICE:a { ?s ?p ?o } }",
    "SELECT * WHERE { ?s ?p ?o . FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * WHERE { { SELECT * WHERE { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * WHERE { VALUES ?e { <URL> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * WHERE { ?s ?p 'service' . # service\nSERVICE <URL> { ?s ?p ?o } }",
    "# note\rSELECT * WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICX <URL> { ?s ?p ?o } . SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * WHERE { SERV\\u0049CE <URL> { ?s ?p ?o } }",
    "SELECT * FROM <URL> WHERE { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "# from\rSELECT ?from FROM<URL>{ ?from ?p ?o }",
    "# service\n\nASK{?service:service{}SERVICE<URL>{?s ?p ?o}}",
    "ASKFROM<URL>{ ?s ?p ?o }",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <https://example.org/g>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", REMOTE)
def test_nothing_is_fetched(store: ox.Store, listener: tuple[str, list[str]], query: str) -> None:
    address, asked = listener
    with pytest.raises(QueryError):
        run(store, query.replace("URL", address), answer_of)
    assert asked == []


@pytest.mark.parametrize("query", REMOTE[:3])
def test_refused_service_is_named(store: ox.Store, query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        run(store, query.replace("URL", "http://127.0.0.1:9/"), answer_of)


HARMLESS = [
    "SELECT * WHERE { ?s ?p ?o }  # SERVICE <http://x/> { ?s ?p ?o }",
    "SELECT * WHERE { ?s ?p ?o FILTER(STR(?p) != 'SERVICE <http://x/> { }') }",
    "SELECT * WHERE { ?s ?p ?o FILTER(?p != <http://x/service/from>) }",
    "SELECT ?service ?from WHERE { ?service ?p ?from }",
    "PREFIX service: <http://x/> SELECT * WHERE { ?s ?p ?o FILTER(?p != service:from) }",
    "SELECT * WHERE { ?s ?p ?o FILTER(LANG(?o) != 'service') } # from",
    "# what comes from a service\nSELECT * WHERE { ?s ?p ?o FILTER(?p != prov:wasQuotedFrom) }",
    'SELECT * WHERE { ?s ?p ?o FILTER(STR(?p) != """FROM <http://x/>\nservice""") }',
]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_words_alone_are_no_reason_to_refuse(store: ox.Store, query: str) -> None:
    assert len(_rows(store, query)) == 3


def test_graphs_of_the_corpus_can_be_chosen(store: ox.Store) -> None:
    assert len(_rows(store, f"SELECT * FROM <{GRAPH}> WHERE {{ ?s ?p ?o }}")) == 1
    assert len(_rows(store, f"SELECT * FROM NAMED <{GRAPH}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}")) == 1
    assert (
        len(_rows(store, "PREFIX : <https://w3id.org/yaodian/id/plan/> SELECT * FROM :330600-2024 { ?s ?p ?o }")) == 1
    )
    assert (
        len(
            _rows(
                store,
                f"BASE <{GRAPH}> SELECT ('FROM <a:a>' AS ?x) # FROM <a:b>\nFROM<>FROM NAMED <{GRAPH}>{{?s ?p ?o}}",
            )
        )
        == 1
    )
    assert len(_rows(store, "SELECT * WHERE { ?s ?p ?o }")) == 3


def test_graphs_chosen_beside_the_query_overrule_its_own(store: ox.Store) -> None:
    query = "SELECT * FROM <http://x/> WHERE { ?s ?p ?o }"

    def rows(dataset: Dataset) -> int:
        answer = run(store, query, answer_of, dataset)
        assert isinstance(answer, Rows)
        return len(answer)

    assert rows(Dataset((GRAPH, f"{GRAPH}/findings"))) == 2
    assert rows(Dataset((), (GRAPH,))) == rows(Dataset(("http://x/",))) == 0
    with pytest.raises(QueryError, match="absolute IRI"):
        rows(Dataset(("no iri",)))


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX x: <http://x/>\n# now\nDROP ALL",
        "CLEAR ALL",
        "WITH <http://x/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused_as_such(store: ox.Store, update: str) -> None:
    with pytest.raises(QueryError, match="would change data"):
        run(store, update, answer_of)
    assert len(store) == 3


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * WHERE {\n ?s ?p }", "line 2"),
        ("SELECT * WHERE { ?s nowhere:p ?o }", "prefix"),
        ("", "line 1"),
        ("SELECT ?s WHERE { ?s ?p ?o } GROUP BY ?p", "line 1"),
        ("SELECT ?service WHERE { ?service ?p ", "line 1"),
        ("SELECT ?from FROM WHERE { ?from ?p ?o }", "line 1"),
        ("SELECT \ud800 WHERE { ?s ?p ?o }", "cannot be answered"),
    ],
)
def test_query_that_does_not_parse_says_where(store: ox.Store, query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words) as raised:
        run(store, query, answer_of)
    assert len(str(raised.value).splitlines()) == 1


def test_usual_prefixes_need_no_declaring(store: ox.Store) -> None:
    assert len(_rows(store, "SELECT * WHERE { id:1 ?p ?o }")) == 1


def _rows(store: ox.Store, query: str) -> Rows:
    answer = run(store, query, answer_of)
    assert isinstance(answer, Rows)
    return answer
