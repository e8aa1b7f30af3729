"""Where each work item ends: before the next heading, the next part, or the matter that closes the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from yaodian.extraction.organisations import is_unit_line
from yaodian.extraction.outline.attachments import heads_attachment
from yaodian.extraction.outline.labels import Style, starts_line
from yaodian.extraction.outline.nodes import Node
from yaodian.extraction.outline.parts import Parts
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.body import closes_document, is_furniture, is_title

LONGEST_PAGE_NUMBER = 3
"""How many figures alone on a line, above furniture, may number a page."""
_LINE = compiled(r"\S[^\n]*")
_GROUP = compiled("【[\u4e00-\u9fff]{2,12}】")
_MONTH = compiled("(?:[一二三四五六七八九十]{1,2}|\\d{1,2})月份?[：:]?")


def ends_of(text: str, nodes: Sequence[Node], parts: Parts) -> list[int]:
    """Where each item ends: before the next heading, the next part, or the matter that closes the document."""
    ends = []
    breaks = set(_breaks(text, nodes))
    turns = sorted([*parts.starts, *breaks])
    styles = {node.style for node in nodes}
    one_paragraph = {style: _one_paragraph_each(text, nodes, style) for style in styles}
    with_units = {style: _end_with_units(text, nodes, style) for style in styles}
    for i, node in enumerate(nodes):
        if node.closed:
            ends.append(node.end)
            continue
        turn = bisect_right(turns, node.start)
        end = min(node.end, turns[turn]) if turn < len(turns) else node.end
        following = nodes[i + 1] if i + 1 < len(nodes) else None
        ends_part = following is None or following.closed or parts.at(following.start) != parts.at(node.start)
        closes_part = ends_part or end in breaks
        closes_series = following is None or following.parent is not node.parent
        if _is_listed_inside(text, node, following) or (closes_series and one_paragraph[node.style]):
            end = min(end, _paragraph_end(text, node, end))
        elif closes_series and with_units[node.style]:
            end = _units_end(text, node, end)
        end = _before_problems(text, node, end) if closes_part else end
        end = _trimmed(text, node, end, closes_part)
        ends.append(_before_address(text, node, end) if following is None else end)
    return ends


def _is_listed_inside(text: str, node: Node, following: Node | None) -> bool:
    """Whether an item counted in words is but its paragraph: it may be more where it and the next number open lines."""
    if node.style < Style.ORDINAL:
        return False
    if following is None or following.style is not node.style or following.ordinal != (node.ordinal or 0) + 1:
        return True
    return not all(starts_line(text, n.start) for n in (node, following))


def _breaks(text: str, nodes: Sequence[Node]) -> Iterator[int]:
    """Where below the first item another document begins: at its title, or at the heading of an attachment.

    So does a further group of items, at a line that only names it in brackets, or its month: 【队伍强基】, 三月份：.
    """
    firsts = {node.start for node in nodes if node.ordinal == 1}
    for match in _LINE.finditer(text, nodes[0].start if nodes else len(text)):
        line = match[0].strip()
        # Below a month that heads work its labels begin anew; another is when something is due.
        heads_month = _MONTH.fullmatch(line) and _next_line(text, match.end()) in firsts
        if is_title(line) or heads_attachment(line) or _GROUP.fullmatch(line) or heads_month:
            yield match.start()


def _next_line(text: str, offset: int) -> int:
    """Where the next line with words begins."""
    line = _LINE.search(text, offset)
    return line.start() if line else len(text)


def _paragraph_end(text: str, node: Node, end: int) -> int:
    """Where the paragraph ends that the heading opens: that below it where the heading has a line to itself.

    Lines below it that name the responsible units belong to it.
    """
    gap = compiled(r"[：:]?[^\S\n]*\n\s*").match(text, node.heading.end, end)
    line_end = text.find("\n", gap.end() if gap else node.heading.end + 1, end)
    if line_end < 0:
        return end
    for line in _LINE.finditer(text, line_end, end):
        if not is_unit_line(line[0]):
            break
        line_end = line.end()
    return line_end


def _units_end(text: str, node: Node, end: int) -> int:
    """Where the last line ends that names the responsible units; ``end`` where there is none."""
    lines = [line.end() for line in _LINE.finditer(text, node.heading.end, end) if is_unit_line(line[0])]
    return lines[-1] if lines else end


def _end_with_units(text: str, nodes: Sequence[Node], style: Style) -> bool:
    """Whether most items that another follows directly end with the line that names their units: so does the last."""
    inner = [n for n, after in pairwise(nodes) if n.style is style and after.parent is n.parent]
    ended = sum(is_unit_line(text[text.rfind("\n", n.start, n.end) + 1 : n.end]) for n in inner)
    return len(inner) >= 3 and 3 * ended >= 2 * len(inner)


def _one_paragraph_each(text: str, nodes: Sequence[Node], style: Style) -> bool:
    """Whether every item that another follows directly is one paragraph: then the last of a series is, too."""
    pairs = pairwise(nodes)
    inner = [n for n, after in pairs if n.style is style and after.parent is n.parent]
    return len(inner) >= 3 and all("\n" not in text[n.start : n.end] for n in inner)


def _before_problems(text: str, node: Node, end: int) -> int:
    """The end before the sentences that turn, behind a part's last item, from the work to what it still lacks."""
    match = _problems().search(text, node.heading.end, end)
    return match.start() if match else end


def _before_address(text: str, node: Node, end: int) -> int:
    """The end before the sentence inside the last line that turns to the audience."""
    match = compiled(lexicon("outline")["address"]).search(text, node.heading.end, end)
    return node.start + len(text[node.start : match.start()].rstrip()) if match else end


@cache
def _problems() -> re.Pattern[str]:
    return compiled(lexicon("outline")["problems"])


def _trimmed(text: str, node: Node, end: int, closes_part: bool) -> int:
    """The end without trailing blanks and page furniture, and without what closes the document."""
    turns_page = False
    while (line := text.rfind("\n", node.heading.end, end)) >= 0:
        last = text[line:end].strip()
        is_page_number = turns_page and last.isdecimal() and len(last) <= LONGEST_PAGE_NUMBER
        is_around = is_page_number or is_furniture(last)
        if last and not is_around and not (closes_part and (closes_document(last) or _rounds_off(last))):
            break
        turns_page = turns_page or bool(last)
        end = line
    return node.start + len(text[node.start : end].rstrip())


def _rounds_off(paragraph: str) -> bool:
    return compiled(lexicon("outline")["rounds_off"]).match(paragraph) is not None
