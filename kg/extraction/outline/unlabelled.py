"""Headings that only lack their label: the first of a series, or one between two."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from yaodian.extraction.numerals import numeral
from yaodian.extraction.outline.headed import headed_between
from yaodian.extraction.outline.headings import Heading, heading_at
from yaodian.extraction.outline.labels import Style
from yaodian.extraction.outline.nodes import Node, next_above
from yaodian.patterns import compiled
from yaodian.reading.body import is_furniture

LONGEST_BARE_HEADING = 25
_CLAUSE_END = compiled("[。；，：,;:]")
_LEADS_ON = compiled(r"(?:以下|下列|如下)[^。：:]{0,12}[。：:]\s*$|^.{0,60}[：:]\s*$")
_WORDS_OF_LINE = compiled(r"\S[^\n]*")


def with_unlabelled_firsts(text: str, nodes: Sequence[Node]) -> list[Node]:
    """The nodes, with the first of a series put in where only its label is missing.

    A series of one level that begins with 2 under a heading: the paragraph right below that heading is its 1.
    """
    found: list[Node] = []
    seen: dict[Style, int] = {}
    for node in nodes:
        for style in [s for s in seen if s > node.style]:
            del seen[style]
        if node.ordinal == 2 and _lacks_first(node.style, found, seen):
            above = next((i for i in reversed(range(len(found))) if found[i].style < node.style), None)
            first = None if above is None else _unlabelled_first(text, found[above : above + 2], node)
            if first:
                found.insert(len(found) if above is None else above + 1, first)
        seen[node.style] = node.ordinal or 0
        found.append(node)
    return found


def _lacks_first(style: Style, before: Sequence[Node], seen: Collection[Style]) -> bool:
    """Whether no 1 stands before this 2: below the same heading, or anywhere where numbers run on through sections."""
    if style is Style.ARABIC:
        return not any(node.style is style for node in before)
    return style is Style.HAN_BRACKET and style not in seen


def _unlabelled_first(text: str, above: Sequence[Node], second: Node) -> Node | None:
    """The heading before the ``second``, under the first of the nodes ``above`` and before the next of them."""
    parent, following = above[0], above[1] if len(above) > 1 else second
    if not parent.heading.own_line:
        return None
    lines = (line for line in _WORDS_OF_LINE.finditer(text, parent.heading.end + 1, following.start))
    line = next((line for line in lines if line[0].strip("。： ") and not _LEADS_ON.search(line[0])), None)
    if line is None:
        return None
    start = line.start()
    heading = heading_at(text, start, following.start)
    if not 0 < heading.end - start <= 2 * max(1, second.heading.end - second.heading.start):
        return None
    name = "1" if second.style is Style.ARABIC else "一"
    return Node(second.style, name, "", 1, start, start, heading)


def with_unlabelled_between(text: str, nodes: Sequence[Node]) -> list[Node]:
    """The nodes, with a heading put in where a series skips one number and a bare line stands in the gap.

    The bare line is a heading where the next level begins counting anew right below it. A paragraph in the gap that
    opens with a heading as those around it do is one, too.
    """
    found: list[Node] = []
    last: dict[Style, int] = {}
    higher = next_above(nodes)
    for i, node in enumerate(nodes):
        found.append(node)
        last = {style: ordinal for style, ordinal in last.items() if style < node.style} | {
            node.style: node.ordinal or 0
        }
        after = nodes[i + 1] if i + 1 < len(nodes) else None
        if after and after.style is node.style and after.ordinal == (node.ordinal or 0) + 2:
            heading = headed_between(text, node, after)
            found += [_without_label(heading, after)] if heading else []
        if after is None or after.ordinal != 1:
            continue
        gap = higher[i + 1]
        if gap and gap.ordinal == last.get(gap.style, 0) + 2 and (line := _bare_line(text, node.heading.end, after)):
            found.append(_unlabelled(text, line, gap, after))
    return found


def _bare_line(text: str, start: int, after: Node) -> re.Match[str] | None:
    last = max(_WORDS_OF_LINE.finditer(text, start, after.start), key=re.Match.start, default=None)
    if last is None or len(last[0].strip()) > LONGEST_BARE_HEADING or _CLAUSE_END.search(last[0]):
        return None
    if heading_at(text, last.start(), after.start).end == last.start():  # it is nothing but a stop
        return None
    is_rest_of_heading = text.find("\n", start, last.start()) < 0
    return None if is_rest_of_heading or is_furniture(last[0].strip()) else last


def _unlabelled(text: str, line: re.Match[str], gap: Node, after: Node) -> Node:
    return _without_label(heading_at(text, line.start(), after.start), gap)


def _without_label(heading: Heading, following: Node) -> Node:
    """The node of a heading that lacks the number before the ``following`` one's."""
    ordinal = (following.ordinal or 2) - 1
    name = str(ordinal) if following.style is Style.ARABIC else numeral(ordinal)
    return Node(following.style, name, "", ordinal, heading.start, heading.start, heading)
