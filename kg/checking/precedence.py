"""One cause, one finding: where several rules hit the same words, those that yield to another are silent.

Which rule yields to which is said in the shapes (``yd:yieldsTo``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol, TypeVar

from yaodian.checking.rules import Rule
from yaodian.model import Span


class Placed(Protocol):
    """What a rule says about a place."""

    @property
    def rule(self) -> Rule: ...
    @property
    def span(self) -> Span: ...


PlacedT = TypeVar("PlacedT", bound=Placed)


def settled(findings: Iterable[PlacedT]) -> list[PlacedT]:
    """``findings`` without those that yield to another at a place that shares characters with theirs."""
    found = list(findings)
    places: dict[str, list[Span]] = defaultdict(list)
    for finding in found:
        places[finding.rule.shape].append(finding.span)
    return [finding for finding in found if not _yields(finding, places)]


def _yields(finding: Placed, places: dict[str, list[Span]]) -> bool:
    own = finding.span
    others = (span for shape in finding.rule.yields_to for span in places.get(shape, ()))
    return any(span.start < own.end and own.start < span.end for span in others)
