"""The relationship graph that is read from a corpus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
from page_source import Draft, corpus, policy, target, two_plans

from yaodian.corpus import build, open_corpus
from yaodian.maps.graph import in_one_language, of_kind, read
from yaodian.rdf.iris import ID, plan_iri

FIRST, SECOND = f"{ID}plan/320400-2023", f"{ID}plan/330100-2024"


@pytest.fixture(scope="module")
def graph() -> nx.DiGraph[str]:
    return read(corpus(two_plans()))


def test_every_kind_is_there(graph: nx.DiGraph[str]) -> None:
    kinds = Counter(graph.nodes[node]["kind"] for node in graph)
    assert kinds == {"city": 2, "plan": 2, "item": 4, "target": 2, "result": 1, "theme": 4, "policy": 2}


def test_relations(graph: nx.DiGraph[str]) -> None:
    relations = Counter(edge["relation"] for *_, edge in graph.edges(data=True))
    assert relations == {"releases": 2, "contains": 4, "aims": 2, "achieves": 1, "about": 6, "makes": 2, "uses": 1}
    assert graph.has_edge(f"{ID}place/320400", FIRST)
    assert graph.has_edge(FIRST, f"{FIRST}/item/p1")
    assert graph.has_edge(f"{FIRST}/item/p1", f"{FIRST}/target/1")


def test_a_policy_both_made_and_used_is_made(graph: nx.DiGraph[str]) -> None:
    shared = next(node for node in of_kind(graph, "policy") if graph.in_degree(node) == 2)
    edge = graph.edges[f"{SECOND}/item/p2", shared]
    assert edge["relation"] == "makes"
    assert [action["zh"] for action in edge["actions"]] == ["修订", "落实"]
    assert len(graph.nodes[shared]["spots"]) == 3


def test_names_and_facts(graph: nx.DiGraph[str]) -> None:
    plan = graph.nodes[FIRST]
    assert plan["title"] == "2023年教育工作要点"
    assert plan["label"]["zh"].startswith("2023年")
    assert plan["label"]["en"].startswith("2023 ")
    assert ("year", "2023") in plan["facts"]
    assert graph.nodes[f"{ID}place/320400"]["label"] == "常州市"
    assert graph.nodes[f"{ID}theme/teachers"]["label"]["en"]
    assert graph.nodes[f"{FIRST}/item/p2"]["label"] == "建强教师队伍"
    assert ("section", "扩大资源") in graph.nodes[f"{FIRST}/item/p2"]["facts"]
    assert graph.nodes[f"{SECOND}/target/1"]["kind"] == "result"


def test_what_stands_outside_all_items_hangs_from_the_plan() -> None:
    draft = Draft("丙.txt", None, None, "工作要点")
    draft.add(target("9所", "学校"))
    draft.add(policy("办法", "issue"))
    graph = read(corpus([draft.plan()]))
    (root,) = of_kind(graph, "plan")
    assert {graph.nodes[node]["kind"] for node in graph.successors(root)} == {"target", "policy"}
    assert graph.nodes[root]["label"] == "工作要点"
    assert not of_kind(graph, "city")


def test_plans_of_one_city_and_year_are_told_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(
            f"常州市教育局2023年工作要点\n\n1.新建学校。新建{name}区学校3所。\n", "utf-8"
        )
    (tmp_path / "c.txt").write_text("常州市教育局2024年工作要点\n\n1.新建学校。新建学校3所。\n", "utf-8")
    build([tmp_path / f"{name}.txt" for name in "abc"], tmp_path / "corpus")
    graph = read(open_corpus(tmp_path / "corpus"))
    labels = sorted(in_one_language(graph.nodes[plan]["label"]) for plan in of_kind(graph, "plan"))
    assert labels == ["2023年工作要点（a.txt）", "2023年工作要点（b.txt）", "2024年工作要点"]
    english = {graph.nodes[plan]["label"]["en"] for plan in of_kind(graph, "plan")}
    assert "2023 plan (a.txt)" in english


def test_an_empty_corpus_is_an_empty_graph() -> None:
    assert len(read(corpus([]))) == 0


def test_a_plan_without_a_known_place_stands_under_no_city() -> None:
    lost = Draft("无名.txt", None, 2024, "2024年教育工作要点").plan()
    graph = read(corpus([*two_plans(), lost]))
    assert of_kind(graph, "city") == [f"{ID}place/320400", f"{ID}place/330100"]
    node = plan_iri(lost)
    assert list(graph.predecessors(node)) == []
    assert graph.nodes[node]["label"] == "2024年教育工作要点"
    assert dict(graph.nodes[node]["facts"])["file"] == "无名.txt"


def test_a_place_of_which_only_the_name_is_known() -> None:
    plan = Draft("a.txt", "云川市", 2024, "云川市2024年工作要点").plan()
    graph = read(corpus([*two_plans(), plan]))
    (city,) = graph.predecessors(plan_iri(plan))
    assert graph.nodes[city]["label"] == "云川市"
    assert "province" not in dict(graph.nodes[city]["facts"])
