"""Views of the graph: one plan, one city, policies, themes, similar cities, who makes what after what; and queries."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from page_source import Draft, corpus, policy, two_plans

import yaodian
from yaodian import maps
from yaodian.cli import run
from yaodian.cli.map import KINDS as KINDS_OFFERED
from yaodian.cli.map import VIEWS as VIEWS_OFFERED
from yaodian.corpus.answers import Row, Rows
from yaodian.errors import QueryError
from yaodian.maps.asked import graph_of
from yaodian.maps.communities import communities, grouped
from yaodian.maps.graph import KINDS, of_kind, read
from yaodian.maps.selection import Selection, narrow, only
from yaodian.maps.views import VIEWS, Subject
from yaodian.model import Plan
from yaodian.ontology import lexicon
from yaodian.rdf.iris import ID

FIRST, SECOND = f"{ID}plan/320400-2023", f"{ID}plan/330100-2024"
CITY, OTHER = f"{ID}place/320400", f"{ID}place/330100"


def seen(view: str, selection: Selection = Selection()) -> nx.DiGraph[str]:  # noqa: B008 - it is frozen
    source = corpus(two_plans())
    whole = read(source)
    return VIEWS[view].draw(Subject(source, whole, narrow(whole, selection)))


def kinds(graph: nx.DiGraph[str]) -> dict[str, int]:
    return dict(Counter(kind for _, kind in graph.nodes(data="kind")))


def named(graph: nx.DiGraph[str], label: str) -> str:
    return next(node for node in graph if graph.nodes[node]["label"] == label)


def test_the_command_offers_every_view_and_kind() -> None:
    assert tuple(VIEWS) == VIEWS_OFFERED
    assert KINDS == KINDS_OFFERED
    assert set(lexicon("pages")["map"]["kinds"]) == set(KINDS)


def test_a_plan_is_seen_by_its_sections() -> None:
    graph = seen("plan", Selection(cities=("常州",)))
    assert kinds(graph) == {"plan": 1, "section": 1, "item": 2, "target": 2, "theme": 3, "policy": 2}
    section = named(graph, "扩大资源")
    assert set(graph.predecessors(f"{FIRST}/item/p1")) == {section}
    assert graph.has_edge(FIRST, section)


def test_one_plan_has_to_be_chosen() -> None:
    with pytest.raises(QueryError, match="2023年教育工作要点、2024年教育工作要点"):
        seen("plan")


def test_a_city_stands_among_those_that_share_its_policies() -> None:
    graph = seen("city", Selection(cities=("常州",)))
    shared = named(graph, "学前教育提升计划")
    assert set(graph.predecessors(shared)) == {FIRST, OTHER}
    assert of_kind(graph, "plan") == [FIRST]
    assert not of_kind(graph, "item")


def test_who_makes_and_who_carries_out_a_policy() -> None:
    graph = seen("policy", Selection(policies=("学前教育",)))
    shared = named(graph, "学前教育提升计划")
    relations = {start: graph.edges[start, shared]["relation"] for start in graph.predecessors(shared)}
    assert relations == {FIRST: "uses", SECOND: "makes"}
    assert graph.edges[FIRST, shared]["years"] == (2023,)


def test_citing_is_told_apart_from_carrying_out() -> None:
    draft = Draft("丙.txt", "320400", 2023, "2023年工作要点")
    draft.item("依法办学", [policy("办学条例", "cite")])
    draft.item("推进改革", [policy("改革方案", "cite"), "，", policy("改革方案", "implement")])
    graph = read(corpus([draft.plan()]))
    found = {
        graph.nodes[node]["label"]: next(iter(graph.in_edges(node, "relation")))[2] for node in of_kind(graph, "policy")
    }
    assert found == {"办学条例": "cites", "改革方案": "uses"}


def test_themes_lead_from_cities_to_policies() -> None:
    graph = seen("theme")
    assert set(kinds(graph)) == {"city", "theme", "policy"}
    assert graph.edges[OTHER, f"{ID}theme/preschool"]["weight"] == 1
    assert graph.has_edge(f"{ID}theme/preschool", named(graph, "学前教育提升计划"))


def test_cities_are_alike_by_themes_and_policies() -> None:
    graph = seen("similarity")
    assert kinds(graph) == {"city": 2}
    (note,) = graph.edges[CITY, OTHER]["actions"]
    # Themes: facilities, teachers, equity against facilities, preschool, teachers, each once.
    assert note["zh"] == f"主题相似度 {2 / 3:.2f}，共同政策 1 项"


def unplaced(title: str = "某地教育工作要点") -> Plan:
    """A plan of nobody knows which city, about what the others are about."""
    plan = two_plans()[0]
    facts = replace(plan.facts, city=None, city_code=None, title=title)
    digest = hashlib.sha256(title.encode()).hexdigest()
    return replace(plan, facts=facts, document=replace(plan.document, sha256=digest))


@pytest.mark.parametrize("view", ["theme", "similarity", "issuance", "corpus", "policy"])
def test_a_plan_of_no_known_city_stands_for_itself(view: str, tmp_path: Path) -> None:
    source = corpus([*two_plans(), unplaced(), unplaced("另一地教育工作要点")])
    whole = read(source)
    graph = VIEWS[view].draw(Subject(source, whole, whole))
    (alone,) = (plan for plan in of_kind(graph, "plan") if graph.nodes[plan]["label"] == "某地教育工作要点")
    assert graph.degree(alone)
    maps.draw(source, tmp_path / "map.html", view=view)
    assert '"alone":2' in (tmp_path / "map.html").read_text("utf-8")


def test_a_city_is_seen_beside_plans_of_no_known_city_too() -> None:
    source = corpus([*two_plans(), unplaced()])
    whole = read(source)
    graph = VIEWS["city"].draw(Subject(source, whole, narrow(whole, Selection(cities=("杭州",)))))
    assert "某地教育工作要点" in [graph.nodes[plan]["label"] for plan in of_kind(graph, "plan")]


def test_what_is_made_after_what() -> None:
    draft = Draft("丙.txt", "320400", 2023, "2023年工作要点")
    draft.item("减负", ["落实《", policy("减负意见"), "》，出台《", policy("本市减负办法", "issue"), "》。"])
    source = corpus([draft.plan()])
    whole = read(source)
    graph = VIEWS["issuance"].draw(Subject(source, whole, whole))
    made, basis = named(graph, "本市减负办法"), named(graph, "减负意见")
    assert graph.edges[made, basis]["relation"] == "follows"
    assert graph.edges[CITY, made]["relation"] == "makes"
    assert graph.nodes[basis]["kind"] == "basis"
    assert whole.nodes[basis]["kind"] == "policy", "the graph given is not changed"


def test_only_some_kinds_with_what_hung_between_them_counted() -> None:
    graph = only(read(corpus(two_plans())), ("city", "theme"))
    assert set(kinds(graph)) == {"city", "theme"}
    assert graph.edges[OTHER, f"{ID}theme/facilities"]["relation"] == "about"
    with pytest.raises(QueryError, match="there are: city、"):
        only(read(corpus(two_plans())), ("basis",))


def test_policies_that_are_not_there() -> None:
    with pytest.raises(QueryError, match="no such policy: 天文条例; there are: "):
        narrow(read(corpus(two_plans())), Selection(policies=("天文条例",)))


def test_rows_become_nodes_facts_and_relations() -> None:
    thing = "https://example.org/a"
    rows = [
        {"s": thing, "p": "http://purl.org/dc/terms/subject", "o": f"{ID}theme/teachers"},
        {"s": thing, "p": "http://purl.org/dc/terms/title", "o": "甲"},
        {"s": thing, "p": "https://example.org/size", "o": 3},
        {"s": thing, "p": None, "o": None},
    ]
    graph = graph_of(Rows(("s", "p", "o"), tuple(map(Row, rows))), read(corpus(two_plans())))
    assert (graph.nodes[thing]["label"], graph.nodes[thing]["facts"]) == ("甲", (("size", "3"),))
    assert graph.nodes[f"{ID}theme/teachers"]["kind"] == "theme"
    assert graph.edges[thing, f"{ID}theme/teachers"]["actions"] == ("subject",)


def test_communities_hold_every_node_once_each_in_its_field() -> None:
    graph = read(corpus(two_plans()))
    found = communities(graph)
    assert sorted(node for each in found for node in each.members) == sorted(graph)
    places = grouped(found)
    for each in found:
        left, top, width, height = each.field
        for node in each.members:
            x, y = places[node]
            assert left <= x <= left + width
            assert top <= y <= top + height


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, examples_dir: Path) -> Path:
    out = tmp_path_factory.mktemp("views") / "build"
    yaodian.build([examples_dir / "yunchuan-2023.txt", examples_dir / "yunchuan-2024.txt"], out)
    return out


def data_of(page: Path) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


RUN = "import sys; from yaodian.cli import run; sys.exit(run(sys.argv[1:]))"
QUERY = "CONSTRUCT { ?plan dcterms:spatial ?city } WHERE { ?plan a yd:Plan ; dcterms:spatial ?city }"


def test_a_query_is_drawn(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(QUERY, "utf-8")
    out = tmp_path / "map.html"
    assert run(["map", "-d", str(folder), "-o", str(out), "--query", str(tmp_path / "q.rq")]) == 0
    assert Counter(node["kind"] for node in data_of(out)["nodes"]) == {"plan": 2, "city": 1}


@pytest.mark.parametrize(
    ("query", "more", "told"),
    [
        ("SELECT ?a WHERE { ?a ?b ?c }", [], r"q\.rq|\?s \?p \?o"),
        ("ASK { ?s ?p ?o }", [], r"\?s \?p \?o"),
        ("CONSTRUCT { ?s a yd:None } WHERE { ?s a yd:None }", [], "finds nothing"),
        ("SELECT ?s ?p ?o WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", [], r"q\.rq: .*SERVICE"),
        ("DELETE WHERE { ?s ?p ?o }", [], r"q\.rq: "),
        (QUERY, ["--view", "policy"], "--query says itself"),
        (QUERY, ["--city", "云川"], "--query says itself"),
    ],
)
def test_a_query_that_cannot_be_drawn_is_told_in_a_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], query: str, more: list[str], told: str
) -> None:
    (tmp_path / "q.rq").write_text(query, "utf-8")
    command = ["map", "-d", str(folder), "-o", str(tmp_path / "map.html"), "--query", str(tmp_path / "q.rq"), *more]
    assert run(command) == 2
    assert re.search(told, capsys.readouterr().err)
    assert not (tmp_path / "map.html").exists()


def test_the_file_does_not_depend_on_how_strings_are_hashed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.html"
    command = [sys.executable, "-c", RUN, "map", "-d", str(folder), "-o", str(out)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "1"})
    assert out.read_bytes() == (folder / "map.html").read_bytes()
