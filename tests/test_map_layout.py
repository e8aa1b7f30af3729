"""Both layouts: everything has a place, the same graph the same places, and columns keep their order."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import networkx as nx
import pytest
from page_source import corpus, two_plans

from yaodian.maps.columns import ACROSS, GAPS, Positions, columns
from yaodian.maps.graph import of_kind, read
from yaodian.maps.network import network

LAYOUTS = pytest.mark.parametrize("layout", [columns, network])


def wide(plans: int = 5, items: int = 30) -> nx.DiGraph[str]:
    """A graph as large as a real corpus."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for p in range(plans):
        for node, kind, order in ((f"city{p}", "city", f"{p}"), (f"plan{p}", "plan", ("2023", f"plan{p}"))):
            graph.add_node(node, kind=kind, order=order)
        graph.add_edge(f"city{p}", f"plan{p}")
        for i in range(items):
            item, leaf, policy = f"item{p}-{i:02}", f"target{p}-{i:02}", f"policy{p}-{i % 9}"
            for node, kind in ((item, "item"), (leaf, "target"), (policy, "policy"), (f"theme{i}", "theme")):
                graph.add_node(node, kind=kind, order=i)
            graph.add_edges_from([(f"plan{p}", item), (item, leaf), (item, f"theme{i}"), (item, policy)])
    return graph


@LAYOUTS
@pytest.mark.parametrize("graph", [nx.DiGraph(), read(corpus(two_plans())), wide()], ids=["empty", "small", "wide"])
def test_everything_has_a_place_in_the_drawing(
    layout: Callable[[nx.DiGraph[str]], Positions], graph: nx.DiGraph[str]
) -> None:
    places = layout(graph)
    assert places.keys() == set(graph)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places.values())


@LAYOUTS
def test_the_order_of_the_nodes_does_not_matter(layout: Callable[[nx.DiGraph[str]], Positions]) -> None:
    graph = wide(2, 8)
    turned: nx.DiGraph[str] = nx.DiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges)))
    assert layout(graph) == layout(turned)


@LAYOUTS
def test_no_two_nodes_at_one_place(layout: Callable[[nx.DiGraph[str]], Positions]) -> None:
    places = layout(wide()).values()
    assert min(math.dist(a, b) for a, b in itertools.combinations(places, 2)) > 1e-4


def test_items_stand_in_the_order_of_the_text() -> None:
    graph = wide(3, 10)
    places = columns(graph)
    items = sorted(of_kind(graph, "item"), key=lambda node: places[node][1])
    assert items == sorted(items)


def test_labelled_columns_have_room_for_a_line_of_text() -> None:
    graph = wide()
    places = columns(graph)
    heights = sorted(places[node][1] for node in of_kind(graph, "theme"))
    least = min(b - a for a, b in itertools.pairwise(heights))
    assert least >= min(GAPS["theme"], 1 / len(heights)) - 1e-9


def test_each_kind_has_its_column() -> None:
    graph = wide()
    places = columns(graph)
    assert {round(places[node][0], 3) for node in of_kind(graph, "theme")} == {ACROSS["theme"]}
    lanes = {round(places[node][0], 3) for node in of_kind(graph, "item")}
    assert lanes == {ACROSS["item"]}


def test_a_full_column_is_staggered() -> None:
    graph = wide(10, 40)
    places = columns(graph)
    lanes = {round(places[node][0], 3) for node in of_kind(graph, "item")}
    assert len(lanes) == 3
