"""The other layout: things stand near what they are related to, so what plans share gathers in the middle.

Plans are put on a ring, everything else at the mean of its neighbours (Tutte's embedding), then springs and a
repulsion that reaches only near neighbours spread it out. No random numbers: the same graph, the same picture.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import networkx as nx

from yaodian.maps.columns import Positions
from yaodian.maps.graph import of_kind

_MEANS, _STEPS = 40, 40
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def network(graph: nx.DiGraph[str]) -> Positions:
    """A place for every node, as fractions of the drawing's width and height."""
    nodes = sorted(graph)
    index = {node: i for i, node in enumerate(nodes)}
    near = [sorted(index[other] for other in nx.all_neighbors(graph, node)) for node in nodes]
    ring = [index[node] for node in _ring(graph)]
    points = _spread(_embed(near, ring))
    spacing = 1 / math.sqrt(len(nodes) or 1)
    for step in range(_STEPS):
        _relax(points, near, spacing, spacing * (1 - step / _STEPS))
    return dict(zip(nodes, _framed(points), strict=True))


def _ring(graph: nx.DiGraph[str]) -> list[str]:
    """What the others hang from: the plans, or what there is where there is one plan or none."""
    plans = of_kind(graph, "plan")
    return plans if len(plans) > 2 else of_kind(graph, "theme") or of_kind(graph, "city")


def _embed(near: Sequence[Sequence[int]], ring: Sequence[int]) -> list[list[float]]:
    turn = 2 * math.pi / (len(ring) or 1)
    points = [[math.cos(i * _GOLDEN_ANGLE) * 0.05, math.sin(i * _GOLDEN_ANGLE) * 0.05] for i in range(len(near))]
    for place, i in enumerate(ring):
        points[i] = [math.cos(place * turn - math.pi / 2) * 0.5, math.sin(place * turn - math.pi / 2) * 0.5]
    loose = [i for i in range(len(near)) if i not in set(ring) and near[i]]
    for _ in range(_MEANS):
        for i in loose:
            for axis in (0, 1):
                points[i][axis] = sum(points[j][axis] for j in near[i]) / len(near[i])
    for i in loose:  # what has the same neighbours now stands at the same point: take it apart
        points[i][0] += math.cos(i * _GOLDEN_ANGLE) * 0.01
        points[i][1] += math.sin(i * _GOLDEN_ANGLE) * 0.01
    return points


def _spread(points: list[list[float]]) -> list[list[float]]:
    """Half way to even steps on both axes: neighbours stay neighbours, crowds get room."""
    even = [[0.0, 0.0] for _ in points]
    for axis in (0, 1):
        for rank, i in enumerate(sorted(range(len(points)), key=lambda i: (points[i][axis], i))):
            even[i][axis] = 0.5 * points[i][axis] + 0.5 * (rank / len(points) - 0.5)
    return even


def _relax(points: list[list[float]], near: Sequence[Sequence[int]], spacing: float, most: float) -> None:
    """One step: push apart what is near, pull together what is related, move nothing further than ``most``."""
    moves = [[0.0, 0.0] for _ in points]
    for i, j in _close_pairs(points, 2 * spacing):
        _push(points, moves, i, j, spacing)
    for i, others in enumerate(near):
        pull = 0.12 / max(1, len(others)) ** 0.5
        for j in others:
            moves[i][0] += (points[j][0] - points[i][0]) * pull
            moves[i][1] += (points[j][1] - points[i][1]) * pull
    for point, (x, y) in zip(points, moves, strict=True):
        scale = min(1.0, most / (math.hypot(x, y) or 1))
        point[0] += x * scale
        point[1] += y * scale


def _push(points: list[list[float]], moves: list[list[float]], i: int, j: int, spacing: float) -> None:
    x, y = points[i][0] - points[j][0], points[i][1] - points[j][1]
    distance = math.hypot(x, y) or 1e-9
    force = max(0.0, 2 * spacing - distance) / distance * 0.5
    moves[i][0] += x * force
    moves[i][1] += y * force
    moves[j][0] -= x * force
    moves[j][1] -= y * force


def _close_pairs(points: Sequence[Sequence[float]], reach: float) -> Iterator[tuple[int, int]]:
    """Each pair of points in the same or neighbouring cells of a grid as wide as ``reach``, once."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(points):
        cells[math.floor(x / reach), math.floor(y / reach)].append(i)
    for (column, row), members in cells.items():
        for n, i in enumerate(members):
            yield from ((i, j) for j in members[n + 1 :])
        for cell in ((column + 1, row), (column - 1, row + 1), (column, row + 1), (column + 1, row + 1)):
            yield from ((i, j) for i in members for j in cells.get(cell, ()))


def _framed(points: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """The points moved and stretched into the unit square."""
    lows = [min((point[axis] for point in points), default=0.0) for axis in (0, 1)]
    sizes = [max((point[axis] for point in points), default=1.0) - lows[axis] or 1.0 for axis in (0, 1)]
    return [((x - lows[0]) / sizes[0], (y - lows[1]) / sizes[1]) for x, y in points]
