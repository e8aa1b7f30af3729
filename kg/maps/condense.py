"""Too many nodes to read: fold leaves into what holds them, step by step, until the map is small enough.

What was folded into a node is kept beside the map as its part, so that a reader can open it where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from yaodian.maps.graph import of_kind

LIMIT = 1500
"""Nodes of a map that is drawn whole."""
_LINES = 2
"""Lines for each node of that, above which a map that is folded anyway is folded further: they hide each other."""


@dataclass(frozen=True)
class Condensed:
    """A graph of few enough nodes, the names of the steps taken, and the part that each node holds, if any.

    A part has the node itself, what was folded into it, and what that leads to: all that the node's lines stand for.
    ``folded`` nodes lie in parts, ``left_out`` ones nowhere.
    """

    graph: nx.DiGraph[str]
    steps: tuple[str, ...] = ()
    parts: Mapping[str, nx.DiGraph[str]] = field(default_factory=dict)
    folded: int = 0
    left_out: int = 0


def condense(graph: nx.DiGraph[str], limit: int = LIMIT) -> Condensed:
    """The graph with at most ``limit`` nodes."""
    small, taken = graph, list[str]()
    folds: list[tuple[nx.DiGraph[str], set[str]]] = []
    steps = {"items": _without_items, "policies": _shared_policies, "plans": without_plans}
    for name, step in steps.items():
        if len(small) > limit or (taken and small.number_of_edges() > _LINES * limit):
            before, small = small, step(small)
            if folded := set(before) - set(small):
                taken.append(name)
                folds.append((before, folded))
    if len(small) > limit:
        small = _busiest(small, limit)
        taken.append("busiest")
    parts = _parts(small, folds)
    held = set().union(*parts.values()) - set(small)
    return Condensed(small, tuple(taken), parts, len(held), len(graph) - len(small) - len(held))


def _parts(small: nx.DiGraph[str], folds: Sequence[tuple[nx.DiGraph[str], set[str]]]) -> dict[str, nx.DiGraph[str]]:
    """The parts of the nodes that are drawn, and of those that come up when these are opened.

    What several steps folded into a node is in the part of the first: the graph before that step had all of it.
    """
    parts: dict[str, nx.DiGraph[str]] = {}
    reachable = set(small)
    for before, folded in reversed(folds):
        holders = {holder for node in folded for holder in before.predecessors(node)} - folded
        for holder in sorted(holders & reachable):
            parts[holder] = _part(before, holder, folded)
            reachable.update(parts[holder])
    return parts


def _part(graph: nx.DiGraph[str], holder: str, folded: set[str]) -> nx.DiGraph[str]:
    """The holder's edges, and those of what was folded into it."""
    inside = [holder]
    for node in inside:
        inside += (next_ for next_ in graph[node] if next_ in folded and next_ not in inside)
    return nx.DiGraph(graph.edge_subgraph(graph.out_edges(inside)))


def _without_items(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    leaves = _held(graph, "target", "result")
    return fold(graph.subgraph(set(graph) - set(leaves)), _held(graph, "item"))


def _held(graph: nx.DiGraph[str], *kinds: str) -> list[str]:
    """The nodes of those kinds that hang from others: what hangs from nothing cannot be folded."""
    return [node for node in of_kind(graph, *kinds) if graph.in_degree(node)]


def without_plans(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    """Plans folded into their cities; those whose place is not known stay."""
    return fold(graph, _held(graph, "plan"))


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
    lone = {policy for policy in of_kind(graph, "policy") if graph.in_degree(policy) == 1}
    return graph.subgraph(set(graph) - lone)


def _busiest(graph: nx.DiGraph[str], limit: int) -> nx.DiGraph[str]:
    ranked = sorted(graph, key=lambda node: (-graph.degree(node), node))
    return graph.subgraph(ranked[:limit])
