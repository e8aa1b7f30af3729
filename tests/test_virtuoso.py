"""A real Virtuoso 7 holds what the index holds, and answers the ready-made questions as the embedded store does."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from virtuoso_server import is_installed, serving

from yaodian.cli import run
from yaodian.corpus import Corpus, build, named_queries, open_corpus
from yaodian.corpus.guarding import run as embedded
from yaodian.corpus.questions import bind
from yaodian.corpus.writing import write_answer
from yaodian.endpoint.asking import ask
from yaodian.endpoint.http import Connection
from yaodian.endpoint.loading import loader
from yaodian.endpoint.results import bindings
from yaodian.endpoint.server import Credentials, server

VALUES = {
    "city": "云川",
    "year": "2023",
    "theme": "teachers",
    "policy": "评价",
    "rule": "YD-T",
    "severity": "warning",
    "lang": "en",
    "indicator": "普惠性幼儿园覆盖率",
    "least": "2",
    "place": "云川",
    "org": "人事科",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, examples_dir: Path) -> Corpus:
    folder = tmp_path_factory.mktemp("virtuoso-corpus") / "build"
    build([examples_dir], folder)
    return open_corpus(folder)


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso that has nothing in it yet."""
    if not is_installed():
        pytest.skip("Virtuoso 7 is not installed (Debian: virtuoso-opensource-7-bin)")
    with serving(tmp_path_factory.mktemp("virtuoso")) as (url, _):
        yield url


@pytest.fixture(scope="module")
def loaded(virtuoso: str, corpus: Corpus) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YAODIAN_PASSWORD", "dba")
        assert push(virtuoso, corpus) == 0
    return virtuoso


def push(url: str, corpus: Corpus, *options: str) -> int:
    return run(
        ["push", url, "--server", "virtuoso", "--user", "dba", "-d", str(corpus.path), "--as", "examples", *options]
    )


def test_it_holds_what_the_index_holds(loaded: str, corpus: Corpus) -> None:
    store = loaded.removesuffix("/sparql") + "/sparql-graph-crud"
    with Connection(server(loaded, "virtuoso")) as connection:
        for graph in corpus.store.named_graphs():
            assert isinstance(graph, ox.NamedNode)
            content = connection.send(
                "GET", store, params={"graph": graph.value}, headers={"Accept": "application/n-triples"}
            )
            wanted = {quad.triple for quad in corpus.store.quads_for_pattern(None, None, None, graph)}
            assert {quad.triple for quad in ox.parse(content, ox.RdfFormat.N_TRIPLES)} == wanted


def _questions() -> list[tuple[str, dict[str, str]]]:
    asked: list[tuple[str, dict[str, str]]] = []
    for name, query in named_queries().items():
        needed = {p.name: VALUES[p.name] for p in query.parameters if p.required}
        given = [p.name for p in query.parameters if not p.required]
        asked += [(name, needed), *((name, {**needed, parameter: VALUES[parameter]}) for parameter in given)]
    return asked


@pytest.mark.parametrize(("name", "given"), _questions())
def test_it_answers_as_the_embedded_store_does(loaded: str, corpus: Corpus, name: str, given: dict[str, str]) -> None:
    text = bind(named_queries()[name].text, given)
    with Connection(server(loaded, "virtuoso", retries=0)) as connection:
        kind, content = ask(connection, text, "csv")
    assert kind == "rows"
    assert _rows(content) == _rows(embedded(corpus.store, text, lambda result: write_answer(result, "csv"))[1])


def _rows(content: bytes) -> list[list[str]]:
    """The rows; what GROUP_CONCAT put together has the order that the engine met it in (SPARQL 1.1, 18.5.1.7)."""
    return [[" ".join(sorted(cell.split(" "))) for cell in row] for row in csv.reader(io.StringIO(content.decode()))]


def test_it_answers_yes_or_no(loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    for text, answer in (("ASK { ?p a yd:Plan }", "true\n"), ("ASK { ?p a yd:Nothing }", "false\n")):
        assert run(["query", "-e", text, "--endpoint", loaded]) == 0
        assert capsys.readouterr().out == answer


@pytest.mark.parametrize("protocol", ["graph-store", "update"])
def test_to_push_again_is_harmless(
    loaded: str, corpus: Corpus, protocol: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YAODIAN_PASSWORD", "dba")
    assert push(loaded, corpus, "--protocol", protocol) == 0
    assert "sent 0 graphs" in capsys.readouterr().out


def test_updates_load_as_well(loaded: str, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """With another licence the description is another, and is sent by itself."""
    monkeypatch.setenv("YAODIAN_PASSWORD", "dba")
    assert (
        push(loaded, corpus, "--protocol", "update", "--license", "https://creativecommons.org/licenses/by/4.0/") == 0
    )


def test_a_request_may_begin_with_a_long_text(virtuoso: str) -> None:
    """Virtuoso goes by what a body begins with: a batch whose first statement holds a plan's text was refused."""
    graph, text = "https://example.org/long", "新建学校1所，教师培训3人次。" * 8000
    who = Credentials("dba", "dba")
    with Connection(server(virtuoso, "virtuoso", credentials=who)) as connection:
        to = loader(connection, "graph-store", f"{graph}/probe")
        to.put(graph, [f'<{graph}#s> <{graph}#p> "{text}" .'])
        asked = f"SELECT (STRLEN(?text) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?text }} }}"
        assert bindings(connection, asked) == [{"n": str(len(text))}]
        to.drop(graph)


def test_a_virtuoso_that_is_not_called_one_is_recognised(
    virtuoso: str, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would not answer, neither yes nor no."""
    assert run(["push", virtuoso, "-d", str(corpus.path), "--as", "plain", "--timeout", "5"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith("give --server virtuoso")


def test_a_wrong_password(
    loaded: str, corpus: Corpus, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YAODIAN_PASSWORD", "wr0ng")
    assert push(loaded, corpus, "--license", "https://example.org/other-licence") == 2
    said = capsys.readouterr().err
    assert "401" in said
    assert "wr0ng" not in said
