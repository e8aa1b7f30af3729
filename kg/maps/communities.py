"""Communities: what hangs together more than it hangs on the rest (Louvain), each in a field of its own.

The largest community has the largest field; in it the best connected nodes stand in the middle. Nodes are numbered
in the order of their IRIs before the analysis, so that the same graph gives the same communities in every run.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from yaodian.maps.columns import Positions

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_MARGIN, _HEAD = 0.86, 0.03
_NAMED_BY = 2


@dataclass(frozen=True, slots=True)
class Community:
    """Its nodes, best connected first; the nodes that name it; its field as fractions: left, top, width, height."""

    members: tuple[str, ...]
    named_by: tuple[str, ...]
    field: tuple[float, float, float, float]


def communities(graph: nx.DiGraph[str]) -> tuple[Community, ...]:
    """The communities of the graph, largest first; nodes without relations are one."""
    groups = _groups(graph)
    fields = _fields([len(group) for group in groups], (0.0, 0.0, 1.0, 1.0))
    return tuple(Community(group, _named_by(graph, group), field) for group, field in zip(groups, fields, strict=True))


def grouped(found: Sequence[Community]) -> Positions:
    """A place for every node, in the field of its community."""
    return {node: place for each in found for node, place in zip(each.members, _places(each), strict=True)}


def _groups(graph: nx.DiGraph[str]) -> list[tuple[str, ...]]:
    nodes = sorted(graph)
    number = {node: i for i, node in enumerate(nodes)}
    related: nx.Graph[int] = nx.Graph()
    for start, end, edge in sorted(graph.edges(data=True), key=lambda edge: edge[:2]):
        related.add_edge(number[start], number[end], weight=edge.get("weight", 1))
    parts = [sorted(part) for part in nx.community.louvain_communities(related, seed=0)] if related else []
    lone = [i for i in range(len(nodes)) if i not in related]
    ranked = sorted([*parts, *([lone] if lone else [])], key=lambda part: (-len(part), part))
    return [tuple(sorted((nodes[i] for i in part), key=lambda node: (-graph.degree(node), node))) for part in ranked]


def _named_by(graph: nx.DiGraph[str], group: Sequence[str]) -> tuple[str, ...]:
    """The themes that most of its relations lead to, its own before others; its best connected node where none does."""
    inside, weights = set(group), Counter[str]()
    for node in group:
        for other, edge in graph[node].items():
            if graph.nodes[other]["kind"] == "theme":
                weights[other] += edge.get("weight", 1)
    themes = sorted(weights, key=lambda theme: (theme not in inside, -weights[theme], theme))
    return tuple(themes[:_NAMED_BY]) or tuple(group[:1])


def _fields(sizes: Sequence[int], field: tuple[float, float, float, float]) -> list[tuple[float, float, float, float]]:
    """The field cut along its longer side, in halves as even as the order allows, until each size has its own."""
    if len(sizes) < 2:
        return [field] * len(sizes)
    left, top, width, height = field
    total = sum(sizes)
    cut = min(range(1, len(sizes)), key=lambda i: (abs(sum(sizes[:i]) - total / 2), i))
    share = sum(sizes[:cut]) / total
    if width >= height:
        first, rest = (left, top, width * share, height), (left + width * share, top, width * (1 - share), height)
    else:
        first, rest = (left, top, width, height * share), (left, top + height * share, width, height * (1 - share))
    return [*_fields(sizes[:cut], first), *_fields(sizes[cut:], rest)]


def _places(community: Community) -> list[tuple[float, float]]:
    """A sunflower's spiral, so that all have the same room; under the head, which has the community's name."""
    left, top, width, height = community.field
    head = min(_HEAD, height / 3)
    middle = left + width / 2, top + head + (height - head) / 2
    reach = width / 2 * _MARGIN, (height - head) / 2 * _MARGIN
    count = len(community.members)
    return [
        (middle[0] + reach[0] * out * math.cos(turn), middle[1] + reach[1] * out * math.sin(turn))
        for i in range(count)
        for out, turn in [(math.sqrt(i / count), i * _GOLDEN_ANGLE)]
    ]
