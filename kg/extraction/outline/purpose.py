"""What a heading is for, where it heads no work: principles and aims, or a look at what is lacking and at the times."""

from __future__ import annotations

import re
from functools import cache

from yaodian.extraction.outline.headings import Heading
from yaodian.extraction.outline.nodes import Node
from yaodian.ontology import lexicon
from yaodian.patterns import compiled


def is_guidance(text: str, node: Node) -> bool:
    """Whether the node, or one above it, states principles or aims instead of work."""
    if node.guides is None:
        above = node.parent is not None and is_guidance(text, node.parent)
        node.guides = above or names_guidance(text[node.heading.start : node.heading.end])
    return node.guides


def names_guidance(heading: str) -> bool:
    """Whether a heading announces principles or aims instead of work."""
    return _guidance().search(heading.strip("。： ")) is not None


@cache
def _guidance() -> re.Pattern[str]:
    return compiled("|".join(lexicon("outline")["guidance"]))


def is_situation(text: str, node: Node) -> bool:
    """Whether the node looks at what is lacking or at the times."""
    return tells_situation(text, node.heading)


def tells_situation(text: str, heading: Heading) -> bool:
    """Whether a heading announces a look at what is lacking or at the times."""
    return _situation().match(text, heading.start, heading.end) is not None


def tells_what_there_is(text: str, node: Node) -> bool:
    """Whether the node tells how things stand (现实基础, 存在的主要问题): its figures are no aims."""
    return _state().fullmatch(text, node.heading.start, node.heading.end) is not None


@cache
def _state() -> re.Pattern[str]:
    words = lexicon("outline")
    return compiled(f"{words['state']}|{words['lacking']}")


@cache
def _situation() -> re.Pattern[str]:
    return compiled("|".join(lexicon("outline")["situation"]))
