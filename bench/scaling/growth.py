"""How a figure grows with the number of plans, and what it would be for more of them."""

from __future__ import annotations

import math
from collections.abc import Mapping

Points = Mapping[int, float]
"""A figure by the number of plans."""


def exponent(points: Points) -> float | None:
    """The slope of its logarithm over that of the number, by least squares: 1 is proportional. None below two sizes."""
    logs = [(math.log(number), math.log(value)) for number, value in points.items() if value > 0]
    if len(logs) < 2:
        return None
    mean_x, mean_y = (sum(axis) / len(logs) for axis in zip(*logs, strict=True))
    steep = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    wide = sum((x - mean_x) ** 2 for x, _ in logs)
    return steep / wide


def by_power(points: Points, number: int, least: float) -> float | None:
    """From the largest size on with the exponent seen, with ``least`` where that is smaller; None below two sizes."""
    steep = exponent(points)
    if steep is None:
        return None
    largest = max(points)
    return float(points[largest] * (number / largest) ** max(steep, least))


def by_line(points: Points, number: int) -> float | None:
    """On the straight line through the smallest and the largest size: for what has a large fixed part."""
    if len(points) < 2:
        return None
    small, large = min(points), max(points)
    rise = (points[large] - points[small]) / (large - small)
    return points[large] + max(0.0, rise) * (number - large)
