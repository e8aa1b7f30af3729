"""A graph with too many nodes is folded, step by step."""

from __future__ import annotations

import networkx as nx
import pytest
from page_source import corpus, two_plans

from yaodian.maps.condense import condense
from yaodian.maps.graph import of_kind, read
from yaodian.rdf.iris import ID


@pytest.fixture(scope="module")
def graph() -> nx.DiGraph[str]:
    return read(corpus(two_plans()))


def test_a_small_graph_stays_as_it_is(graph: nx.DiGraph[str]) -> None:
    assert condense(graph) == (graph, ())


def test_items_fold_into_their_plans_with_a_weight(graph: nx.DiGraph[str]) -> None:
    small, steps = condense(graph, limit=10)
    assert steps == ("items",)
    assert not of_kind(small, "item", "target", "result")
    assert small.edges[f"{ID}plan/320400-2023", f"{ID}theme/teachers"]["relation"] == "about"
    assert len(of_kind(graph, "item")) == 4, "the graph given is not changed"


def test_further_steps(graph: nx.DiGraph[str]) -> None:
    small, steps = condense(graph, limit=8)
    assert steps == ("items", "policies", "plans")
    assert len(of_kind(small, "policy")) == 1
    assert small.edges[f"{ID}place/330100", f"{ID}theme/teachers"]["weight"] == 1


def test_the_limit_holds_whatever_is_left(graph: nx.DiGraph[str]) -> None:
    small, steps = condense(graph, limit=3)
    assert len(small) == 3
    assert steps[-1] == "busiest"
