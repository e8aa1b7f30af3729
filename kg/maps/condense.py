"""Too many nodes to read: fold leaves into what holds them, step by step, until the map is small enough."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from yaodian.maps.graph import of_kind

LIMIT = 1500


def condense(graph: nx.DiGraph[str], limit: int = LIMIT) -> tuple[nx.DiGraph[str], tuple[str, ...]]:
    """A graph of at most ``limit`` nodes and the names of the steps that were taken."""
    taken: list[str] = []
    steps = {"items": _without_items, "policies": _shared_policies, "plans": _without_plans}
    for name, step in steps.items():
        if len(graph) > limit:
            graph = step(graph)
            taken.append(name)
    if len(graph) > limit:
        graph = _busiest(graph, limit)
        taken.append("busiest")
    return graph, tuple(taken)


def _without_items(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    leaves = of_kind(graph, "target", "result")
    return fold(graph.subgraph(set(graph) - set(leaves)), of_kind(graph, "item"))


def _without_plans(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    placed = [plan for plan in of_kind(graph, "plan") if graph.in_degree(plan)]
    return fold(graph, placed)


def fold(graph: nx.DiGraph[str], nodes: Iterable[str]) -> nx.DiGraph[str]:
    """Without these nodes; what leads from them leads from their holders, counted as ``weight``."""
    folded = nx.DiGraph(graph)
    for node in nodes:
        for holder in list(folded.predecessors(node)):
            for thing, edge in list(folded[node].items()):
                _thicken(folded, holder, thing, edge)
        folded.remove_node(node)
    return folded


def _thicken(graph: nx.DiGraph[str], holder: str, thing: str, edge: dict[str, object]) -> None:
    weight = edge.get("weight", 1)
    assert isinstance(weight, int)
    if graph.has_edge(holder, thing):
        known, years = graph.edges[holder, thing], edge["years"]
        assert isinstance(years, tuple)
        known["weight"] = known.get("weight", 1) + weight
        known["years"] = tuple(sorted({*known["years"], *years}))
    else:
        graph.add_edge(holder, thing, **edge | {"weight": weight})


def _shared_policies(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    lone = {policy for policy in of_kind(graph, "policy") if graph.in_degree(policy) < 2}
    return graph.subgraph(set(graph) - lone)


def _busiest(graph: nx.DiGraph[str], limit: int) -> nx.DiGraph[str]:
    ranked = sorted(graph, key=lambda node: (-graph.degree(node), node))
    return graph.subgraph(ranked[:limit])
