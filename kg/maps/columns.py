"""The default layout: one column a kind, in an order that keeps lines short.

Positions are fractions of the drawing's width and height. Cities, plans, items and their targets form a
tree and stand in the order of the text, so their lines do not cross; themes and policies stand at the mean
height of the items that lead to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from yaodian.maps.graph import of_kind

Position = tuple[float, float]
Positions = dict[str, Position]

ACROSS: Mapping[str, float] = {
    "city": 0.0, "plan": 0.11, "section": 0.11, "item": 0.27, "target": 0.42, "theme": 0.58, "policy": 0.77,
    "basis": 0.7, "thing": 0.58,
}  # fmt: skip
# Where a kind stands when another one, which needs the room, is there.
_GIVING_WAY: Mapping[str, Mapping[str, float]] = {"section": {"plan": 0.0}, "basis": {"policy": 0.25}}
GAPS: Mapping[str, float] = {"city": 0.06, "plan": 0.06, "target": 0.006, "theme": 0.025, "policy": 0.021}
_COLUMNS = (
    ("city",), ("plan",), ("section",), ("item",), ("target", "result"), ("theme", "place"), ("policy",), ("basis",),
    ("thing",),
)  # fmt: skip
COLUMN_OF: Mapping[str, float] = {kind: ACROSS[kinds[0]] for kinds in _COLUMNS for kind in kinds}
"""Where the column of each kind stands."""
_ROWS = 170
_LEAVES_A_STEP, _BETWEEN_PLANS = 4, 1.5
_FULL = 0.75  # of the height at most is fixed by the least gaps, the rest lets lines be straight
_STAGGER = 0.022


def columns(graph: nx.DiGraph[str]) -> Positions:
    """A place for every node."""
    heights = _tree(graph)
    for kinds in (("theme", "place"), ("policy",), ("basis",)):
        means = _means(graph, of_kind(graph, *kinds), heights)
        heights |= _near(list(means), list(means.values()), GAPS.get(kinds[0], GAPS["policy"]))
    for kinds in _COLUMNS:  # what hangs from nothing here
        heights |= _evenly([node for node in of_kind(graph, *kinds) if node not in heights])
    return {node: (x, heights[node]) for node, x in _across(graph, heights).items()}


def _tree(graph: nx.DiGraph[str]) -> dict[str, float]:
    """Heights of items in reading order, of targets beside them, of plans and cities in the middle of theirs."""
    plans = _plans_in_order(graph)
    heights = _items(graph, plans)
    leaves = [leaf for plan in plans for leaf in _leaves(graph, plan)]
    gap = min(GAPS["target"], _FULL / (len(leaves) or 1))
    heights |= _near(leaves, [_middle(graph.predecessors(leaf), heights) for leaf in leaves], gap)
    heights |= _near(plans, [_middle(_own(graph, plan) or [plan], heights) for plan in plans], GAPS["plan"])
    sections = sorted(of_kind(graph, "section"), key=lambda section: graph.nodes[section]["order"])
    heights |= _near(sections, [_middle(_own(graph, one), heights) for one in sections], GAPS["policy"])
    cities = sorted(of_kind(graph, "city"), key=lambda city: graph.nodes[city]["order"])
    even = _evenly(cities)
    wanted = [_middle(graph.successors(city), heights, even[city]) for city in cities]
    return heights | _near(cities, wanted, GAPS["city"])


def _plans_in_order(graph: nx.DiGraph[str]) -> list[str]:
    def place(plan: str) -> tuple[str, object]:
        cities = (one for one in graph.predecessors(plan) if graph.nodes[one]["kind"] == "city")
        return min((graph.nodes[city]["order"] for city in cities), default="~"), graph.nodes[plan]["order"]

    return sorted(of_kind(graph, "plan"), key=place)


def _own(graph: nx.DiGraph[str], node: str, *kinds: str) -> list[str]:
    """The node's parts of these kinds (items where none is named), sections' with them, in the order of the text."""
    sections = [part for part in graph.successors(node) if graph.nodes[part]["kind"] == "section"]
    holders = (node, *sections)
    parts = (
        part for one in holders for part in graph.successors(one) if graph.nodes[part]["kind"] in (kinds or ("item",))
    )
    return sorted(parts, key=lambda part: (graph.nodes[part]["order"], part))


def _leaves(graph: nx.DiGraph[str], plan: str) -> list[str]:
    owners = (plan, *_own(graph, plan))
    return [leaf for owner in owners for leaf in _own(graph, owner, "target", "result")]


def _items(graph: nx.DiGraph[str], plans: Sequence[str]) -> dict[str, float]:
    """A step for each item, wider where many targets hang from it and between plans.

    A plan without items keeps a step for itself.
    """
    heights: dict[str, float] = {}
    top = 0.0
    for plan in plans:
        for node in _own(graph, plan) or [plan]:
            step = max(1.0, len(_own(graph, node, "target", "result")) / _LEAVES_A_STEP)
            heights[node] = top + step / 2
            top += step
        top += _BETWEEN_PLANS
    return {node: height / max(top - _BETWEEN_PLANS, 1) for node, height in heights.items()}


def _middle(nodes: Iterable[str], heights: Mapping[str, float], default: float = 0.5) -> float:
    known = sorted(heights[node] for node in nodes if node in heights)
    return (known[0] + known[-1]) / 2 if known else default


def _means(graph: nx.DiGraph[str], nodes: Sequence[str], heights: Mapping[str, float]) -> dict[str, float]:
    """The mean height of what leads to each node, lowest first."""
    means = {}
    for node in nodes:
        near = [heights[other] for other in graph.predecessors(node) if other in heights]
        means[node] = sum(near) / len(near) if near else 0.5
    return dict(sorted(means.items(), key=lambda pair: (pair[1], pair[0])))


def _near(nodes: Sequence[str], wanted: Sequence[float], gap: float) -> dict[str, float]:
    """Heights as near as can be to the wanted ones, in this order, with at least ``gap`` between them.

    Pooling of adjacent violators: neighbours that come too close become a block around their common mean.
    """
    if not nodes:
        return {}
    gap = min(gap, 1 / len(nodes))
    low, high = gap / 2, 1 - gap * (len(nodes) - 0.5)
    blocks: list[list[float]] = []
    for i, want in enumerate(wanted):
        blocks.append([min(max(want - i * gap, low), high), 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (mean, size), (last, more) = blocks[-2], blocks[-1]
            blocks[-2:] = [[(mean * size + last * more) / (size + more), size + more]]
    bases = [mean for mean, size in blocks for _ in range(int(size))]
    return {node: base + i * gap for i, (node, base) in enumerate(zip(nodes, bases, strict=True))}


def _evenly(nodes: Sequence[str]) -> dict[str, float]:
    return {node: (i + 0.5) / len(nodes) for i, node in enumerate(nodes)}


def _across(graph: nx.DiGraph[str], heights: Mapping[str, float]) -> dict[str, float]:
    """Distances from the left; a column with too many nodes for its height is staggered."""
    across: dict[str, float] = {}
    places = dict(ACROSS)
    for kind, others in _GIVING_WAY.items():
        places |= others if of_kind(graph, kind) else {}
    for kinds in _COLUMNS:
        column = sorted(of_kind(graph, *kinds), key=lambda node: (heights[node], node))
        lanes = -(-len(column) // _ROWS) or 1
        across |= {node: places[kinds[0]] + (i % lanes) * _STAGGER for i, node in enumerate(column)}
    return across
