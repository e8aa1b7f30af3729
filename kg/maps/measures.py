"""Measures of nodes that the map can be drawn by: relations, and bridges between the parts of the graph."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

_SAMPLE = 60


def bridges(graph: nx.DiGraph[str]) -> Mapping[str, float]:
    """Betweenness (Freeman 1977) of each node among undirected shortest paths, the greatest being 1.

    Counted from all nodes of a small graph, and from a fixed sample of a large one (Brandes and Pich 2007).
    """
    nodes = sorted(graph)
    number = {node: i for i, node in enumerate(nodes)}
    related: nx.Graph[int] = nx.Graph()
    related.add_nodes_from(range(len(nodes)))
    related.add_edges_from(sorted((number[start], number[end]) for start, end in graph.edges))
    sample = min(_SAMPLE, len(nodes)) or None
    found = nx.betweenness_centrality(related, k=sample, normalized=False, seed=0) if nodes else {}
    most = max(found.values(), default=0) or 1
    return {node: found[i] / most for i, node in enumerate(nodes)}
