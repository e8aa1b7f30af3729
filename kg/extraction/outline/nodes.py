"""A heading of the outline in the making."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from yaodian.extraction.outline.headings import Heading
from yaodian.extraction.outline.labels import Style


@dataclass(eq=False)
class Node:
    """A numbered heading in the making: its label, heading, and the nodes below it.

    ``closed`` is true of a table's row: its cells say where it ends; ``measures`` are its cells of measures.
    ``tabled`` is true of a heading whose whole text is a table that lists no work.
    ``guides`` says, once that is known, whether it states principles instead of work.
    """

    style: Style
    name: str
    printed: str
    ordinal: int | None
    start: int
    text_start: int
    heading: Heading
    end: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    closed: bool = False
    measures: tuple[tuple[int, int], ...] = ()
    tabled: bool = False
    guides: bool | None = None

    def ancestors(self) -> Iterator[Node]:
        """The nodes above this one, nearest first."""
        node = self.parent
        while node:
            yield node
            node = node.parent


def next_above(nodes: Sequence[Node], *, or_beside: bool = False) -> list[Node | None]:
    """For each node the next one of a higher level; of a higher or its own with ``or_beside``."""
    found: list[Node | None] = [None] * len(nodes)
    waiting: list[int] = []
    for i, node in enumerate(nodes):
        while waiting and nodes[waiting[-1]].style >= node.style + (not or_beside):
            found[waiting.pop()] = node
        waiting.append(i)
    return found
