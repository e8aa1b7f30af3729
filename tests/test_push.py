"""A corpus on a SPARQL server: all of it, kept current, nothing of others touched, and told plainly where it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from corpus_texts import plan_text, three_plans, write_plans
from sparql_server import SparqlServer, serving

from yaodian.cli import run
from yaodian.corpus import build, open_corpus
from yaodian.endpoint import pushing
from yaodian.endpoint.http import Connection
from yaodian.endpoint.server import server as endpoint
from yaodian.exports.blocks import Contents
from yaodian.exports.formats import Wish
from yaodian.ontology import lexicon
from yaodian.rdf.iris import ID, SHARED_GRAPH

FOREIGN = "http://example.org/other"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pushed")
    build(three_plans(folder / "plans"), folder / "build")
    return folder / "build"


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    with serving(SparqlServer()) as server:
        server.store.add(
            ox.Quad(ox.NamedNode("http://a"), ox.NamedNode("http://b"), ox.Literal("c"), ox.NamedNode(FOREIGN))
        )
        yield server


def push(server: SparqlServer, corpus: Path, *options: str) -> int:
    return run(["push", f"{server.url}/query", "--server", "oxigraph", "-d", str(corpus), "--as", "test", *options])


def data(store: ox.Store) -> set[ox.Quad]:
    """What there is but for the record, the description, and what is of others."""
    return {
        quad
        for quad in store
        if not str(getattr(quad.graph_name, "value", "")).startswith(
            (f"{ID}graph/pushed", f"{ID}graph/corpus", FOREIGN)
        )
    }


@pytest.mark.parametrize("protocol", ["graph-store", "update", "auto"])
def test_the_server_holds_what_the_index_holds(server: SparqlServer, built: Path, protocol: str) -> None:
    assert push(server, built, "--protocol", protocol) == 0
    assert data(server.store) == set(open_corpus(built).store)
    assert server.size(FOREIGN) == 1


def test_updates_where_there_is_no_graph_store(server: SparqlServer, built: Path) -> None:
    server.has_graph_store = False
    assert push(server, built) == 0
    assert data(server.store) == set(open_corpus(built).store)


def test_to_push_again_changes_nothing(server: SparqlServer, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    push(server, built)
    before, asked = set(server.store), len(server.changes)
    assert push(server, built) == 0
    assert set(server.store) == before
    assert len(server.changes) == asked
    assert "sent 0 graphs" in capsys.readouterr().out.splitlines()[-1]


def test_it_tells_in_the_language_of_the_locale(
    server: SparqlServer, built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert push(server, built, "--lang", "zh") == 0
    assert re.search(
        r"：发送 \d+ 个图，未变 0 个，移除 0 个；共 \d+ 个图、\d+ 条陈述，名称 test\n$", capsys.readouterr().out
    )
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert push(server, built) == 0
    assert "：发送 0 个图，未变 " in capsys.readouterr().out
    assert push(server, built, "--lang", "en") == 0
    assert ": sent 0 graphs, unchanged " in capsys.readouterr().out


def test_what_is_sent_beside_the_plans_has_its_words(server: SparqlServer, built: Path) -> None:
    labels: list[str] = []
    with Connection(endpoint(f"{server.url}/query", "oxigraph")) as connection:
        wish = Wish(progress=lambda done, total, upcoming: labels.append(upcoming))
        pushing.push(Contents(open_corpus(built), False), connection, "test", wish=wish)
    assert list(lexicon("sending")["parts"]) == [label for label in labels if label][-3:]


def test_what_somebody_changed_is_sent_again(server: SparqlServer, built: Path) -> None:
    push(server, built)
    before = set(server.store)
    server.store.remove_graph(ox.NamedNode(open_corpus(built).plans[0].plan))
    assert push(server, built) == 0
    assert set(server.store) == before


def test_only_what_changed_is_sent_and_what_is_gone_is_removed(server: SparqlServer, tmp_path: Path) -> None:
    plans = three_plans(tmp_path / "plans")
    build(plans, tmp_path / "build")
    push(server, tmp_path / "build")
    old = {row.plan for row in open_corpus(tmp_path / "build").plans}
    (plans / "luoyang.txt").unlink()
    write_plans(plans, shaoxing=plan_text(number=15))
    build(plans, tmp_path / "build")
    server.requests.clear()
    assert push(server, tmp_path / "build") == 0
    corpus = open_corpus(tmp_path / "build")
    assert data(server.store) == set(corpus.store)
    [gone] = old - {row.plan for row in corpus.plans}
    assert gone not in server.graphs()
    assert server.size(FOREIGN) == 1


def test_corpora_on_one_server_leave_each_other_alone(server: SparqlServer, built: Path, tmp_path: Path) -> None:
    push(server, built)
    first = set(open_corpus(built).store)
    other = build(
        write_plans(tmp_path / "p", yichang=plan_text("宜昌市"), shaoxing=plan_text()), tmp_path / "other"
    ).out
    assert push(server, other, "--as", "other") == 0
    assert data(server.store) == first | set(open_corpus(other).store)
    build(write_plans(tmp_path / "q", yichang=plan_text("宜昌市")), other)
    assert push(server, other, "--as", "other") == 0
    assert first <= data(server.store)


def test_broken_off_in_the_middle_it_is_finished_by_the_next_push(server: SparqlServer, built: Path) -> None:
    server.failures = [200, 200, 204, 204, 204, 204, 500]
    assert push(server, built, "--protocol", "graph-store", "--retries", "0") == 2
    server.failures.clear()
    assert push(server, built) == 0
    assert data(server.store) == set(open_corpus(built).store)


def test_a_busy_server_is_asked_again(server: SparqlServer, built: Path) -> None:
    server.failures = [503]
    assert push(server, built) == 0
    assert data(server.store) == set(open_corpus(built).store)


def test_a_server_that_stays_busy(server: SparqlServer, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.failures = [503] * 9
    assert push(server, built, "--retries", "0") == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "503" in line
    assert server.url in line


def test_what_a_server_says_in_a_page_is_told_in_its_words(
    server: SparqlServer, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.failures = [500] * 3
    server.failing = (
        b"<!DOCTYPE html>\n<html><h1 class='x'>Error 22023</h1><xmp>graph <http://x/g> is full</xmp></html>"
    )
    assert push(server, built, "--retries", "0") == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith("500 Internal Server Error: Error 22023 graph <http://x/g> is full")


def test_a_server_that_hangs_up(server: SparqlServer, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.hangs_up = True
    assert push(server, built, "--retries", "0") == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "cannot be reached" in line
    assert not set("()[]") & set(line)


def test_a_password_from_the_environment(server: SparqlServer, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.basic = ("编者", "päss wörd")
    monkeypatch.setenv("YAODIAN_PASSWORD", "päss wörd")
    assert push(server, built, "--user", "编者") == 0
    assert data(server.store) == set(open_corpus(built).store)


def test_a_wrong_password_is_not_shown(
    server: SparqlServer, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.basic = ("editor", "right")
    (tmp_path / "secret").write_text("s3cr3t-wr0ng\n")
    options = ("--user", "editor", "--password-file", str(tmp_path / "secret"))
    assert push(server, built, *options) == 2
    assert push(server, built, *options, "--debug") == 2
    said = capsys.readouterr()
    assert "the password is wrong" in said.err
    assert "s3cr3t" not in said.err + said.out


def test_without_a_user(server: SparqlServer, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.basic = ("editor", "right")
    assert push(server, built) == 2
    assert "give --user" in capsys.readouterr().err


def test_a_server_that_is_too_slow(server: SparqlServer, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.delay = 1.3
    assert push(server, built, "--timeout", "1", "--retries", "0") == 2
    assert "no answer within 1 seconds" in capsys.readouterr().err


def test_a_server_that_loses_statements(server: SparqlServer, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.loses = True
    assert push(server, built) == 2
    assert "does not hold what it was sent" in capsys.readouterr().err


def test_a_server_that_is_not_there(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["push", "http://127.0.0.1:1/sparql", "-d", str(built), "--as", "x", "--retries", "0"]) == 2
    # A server of another test may still write to the standard error.
    [line] = [line for line in capsys.readouterr().err.splitlines() if line.startswith("yaodian: ")]
    assert "cannot be reached" in line


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "nonsense", "http://", "http://user:pw@example.org/sparql", "http://[x/"]
)
def test_no_address_of_a_server(built: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["push", url, "-d", str(built)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "pw@" not in line


def test_a_name_is_made_once_and_kept(server: SparqlServer, built: Path) -> None:
    options = ["push", f"{server.url}/query", "--server", "oxigraph", "-d", str(built)]
    assert run(options) == 0
    graphs = server.graphs()
    assert run(options) == 0
    assert server.graphs() == graphs


def test_facts_only(server: SparqlServer, built: Path) -> None:
    assert push(server, built, "--facts-only") == 0
    anchor = ox.NamedNode("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf")
    assert not list(server.store.quads_for_pattern(None, anchor, None, None)) or all(
        str(getattr(quad.graph_name, "value", "")).startswith(f"{ID}graph/vocabulary")
        for quad in server.store.quads_for_pattern(None, anchor, None, None)
    )
    assert server.size(SHARED_GRAPH) > 0


@pytest.mark.parametrize(
    "question",
    [["targets"], ["-e", "ASK { ?plan a yd:Plan }"], ["-e", "CONSTRUCT { ?p a yd:Plan } WHERE { ?p a yd:Plan }"]],
)
@pytest.mark.parametrize("form", ["table", "json"])
def test_the_server_answers_as_the_folder_does(
    server: SparqlServer, built: Path, question: list[str], form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if form == "table" and "CONSTRUCT" in question[-1]:
        form = "ttl"
    push(server, built)
    capsys.readouterr()
    assert run(["query", *question, "-d", str(built), "--format", form]) == 0
    wanted = capsys.readouterr().out
    assert run(["query", *question, "--endpoint", f"{server.url}/query", "--format", form]) == 0
    assert capsys.readouterr().out == wanted


@pytest.mark.parametrize("text", ["DROP ALL", "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }", "SELECT ?s {"])
def test_only_questions_go_to_a_server(server: SparqlServer, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "-e", text, "--endpoint", f"{server.url}/query"]) == 2
    assert server.requests == []
    assert len(capsys.readouterr().err.splitlines()) == 1
