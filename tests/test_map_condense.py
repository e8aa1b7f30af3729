"""A graph with too many nodes is folded, step by step."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_source import Draft, corpus, policy, two_plans

from yaodian.maps.condense import condense, fold
from yaodian.maps.graph import of_kind, read
from yaodian.rdf.iris import ID


@pytest.fixture(scope="module")
def graph() -> nx.DiGraph[str]:
    return read(corpus(two_plans()))


def test_a_small_graph_stays_as_it_is(graph: nx.DiGraph[str]) -> None:
    small = condense(graph)
    assert (small.graph, small.steps, small.parts) == (graph, (), {})


def test_items_fold_into_their_plans_with_a_weight(graph: nx.DiGraph[str]) -> None:
    condensed = condense(graph, limit=10)
    small = condensed.graph
    assert condensed.steps == ("items",)
    assert not of_kind(small, "item", "target", "result")
    assert small.edges[f"{ID}plan/320400-2023", f"{ID}theme/teachers"]["relation"] == "about"
    assert len(of_kind(graph, "item")) == 4, "the graph given is not changed"


def test_further_steps(graph: nx.DiGraph[str]) -> None:
    condensed = condense(graph, limit=8)
    small = condensed.graph
    assert condensed.steps == ("items", "policies", "plans")
    assert len(of_kind(small, "policy")) == 1
    assert small.edges[f"{ID}place/330100", f"{ID}theme/teachers"]["weight"] == 1


def test_lines_that_would_hide_each_other_are_folded_too() -> None:
    drafts = []
    for year in range(2014, 2024):
        draft = Draft(f"{year}.txt", "320400", year, "工作要点")
        for i in range(40):
            draft.item(f"第{i}件", [policy(f"关于第{i}项工作的实施意见")], ["teachers"])
        drafts.append(draft.plan())
    condensed = condense(read(corpus(drafts)), limit=100)
    assert condensed.steps == ("items", "plans")
    assert condensed.graph.number_of_edges() == 41


def test_the_limit_holds_whatever_is_left(graph: nx.DiGraph[str]) -> None:
    condensed = condense(graph, limit=3)
    assert len(condensed.graph) == 3
    assert condensed.steps[-1] == "busiest"


def test_what_nothing_holds_is_left_and_what_is_left_out_is_counted(graph: nx.DiGraph[str]) -> None:
    items = nx.DiGraph(graph.subgraph(of_kind(graph, "item", "target")))
    loose = nx.DiGraph(items.subgraph(of_kind(items, "item")))
    condensed = condense(loose, limit=3)
    assert (len(condensed.graph), condensed.left_out) == (3, 1)
    assert condense(items, limit=5).left_out == 0
    assert condense(graph, limit=8).left_out == 0


def test_policies_of_one_plan_open_from_it(graph: nx.DiGraph[str]) -> None:
    whole = fold(graph, of_kind(graph, "item"))
    policies = nx.DiGraph(whole.subgraph(of_kind(whole, "city", "plan", "policy")))
    condensed = condense(policies, limit=5)
    assert "policies" in condensed.steps
    assert len(of_kind(condensed.graph, "policy")) == 1
    lone = set(of_kind(policies, "policy")) - set(condensed.graph)
    assert lone <= set(condensed.parts[f"{ID}plan/320400-2023"])
    assert condensed.left_out == 0


@given(limit=st.integers(8, 17))
def test_opening_everything_gives_the_whole_graph_back(graph: nx.DiGraph[str], limit: int) -> None:
    condensed = condense(graph, limit)
    opened, waiting = nx.DiGraph(condensed.graph), list(condensed.graph)
    for node in waiting:
        if node in condensed.parts:
            part = condensed.parts[node]
            waiting += sorted(set(part) - set(opened))
            opened.remove_edges_from(list(opened.out_edges(node)))
            opened.update(part)
    assert set(opened) == set(graph)
    assert set(opened.edges) == set(graph.edges)
    assert "weight" not in next(iter(opened[f"{ID}plan/320400-2023/item/p1"].values()))


def test_cities_open_into_their_plans_and_these_into_their_items(graph: nx.DiGraph[str]) -> None:
    parts = condense(graph, limit=8).parts
    city, plan = f"{ID}place/320400", f"{ID}plan/320400-2023"
    assert of_kind(parts[city], "plan") == [plan]
    assert len(of_kind(parts[plan], "item")) == len(of_kind(parts[plan], "target")) == 2
    assert [of_kind(part, "city") for name, part in parts.items() if name == city] == [[city]]
