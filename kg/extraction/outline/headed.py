"""Paragraphs that open with a heading of their own but have no number: 学位扩容要提速。年内竣工…

Speeches and short reports list work so. One such paragraph says little: three of them in a row, with headings of like
length, are a list, or six with headings of any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise

from yaodian.extraction.outline.headings import Heading, names_part
from yaodian.extraction.outline.labels import Style
from yaodian.extraction.outline.nodes import Node
from yaodian.extraction.outline.turning import LONGEST_TURN, turns_in_line
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.body import is_furniture

FEWEST, MANY = 3, 6
SHORTEST_PROSE = 40
LARGEST_SPREAD, LARGEST_SPREAD_ALIKE = 4, 10
"""How many characters the longest heading of a list is longer than its shortest at most; where all begin alike."""
_PARAGRAPH = compiled(r"\S[^\n]*")
_HEADED = compiled(r"([\u4e00-\u9fff“”、]{4,18})([。：:]|[^\S\n]{1,2})(?=[^\n]{16})(?=[^\n]*[，,；;。])")
_LINE = compiled("[\u4e00-\u9fff“”、，,]{4,26}(?<![，,、])")
_COLON, _SENTENCE = compiled("[：:]"), compiled("[^。\n]+。")
_MOTTO = compiled("[\u4e00-\u9fff“”]{4,12}。")
_WITH_CLAUSES = compiled(_HEADED.pattern.replace("“”、]{4,18}", "“”、，,]{4,24}"))


def _node(heading: Heading) -> Node:
    return Node(Style.HEADED, "", "", None, heading.start, heading.start, heading)


def headed_paragraphs(text: str, nodes: Sequence[Node], start: int, end: int) -> list[Node]:
    """The paragraphs of lists without numbers: right below the heading of a part, or before all numbered headings."""
    found: list[Node] = []
    for begin, stop in _stretches(text, nodes, start, end):
        for run in list(_runs(text, begin, stop)) or _long_runs(text, begin, stop):
            found += map(_node, run)
    return found


def headed_lines(text: str, nodes: Sequence[Node], start: int, end: int) -> list[Node]:
    """The lines of words that head paragraphs in a document without any numbers: 项目建设要往前赶⏎今年…"""
    if nodes:
        return []
    paragraphs = [(p.start(), p[0].rstrip()) for p in _PARAGRAPH.finditer(text, start, end)]
    heading = [
        Heading(at, at + len(words), True, True)
        for (at, words), (_, behind) in pairwise(paragraphs)
        if _LINE.fullmatch(words) and _is_prose(behind) and not is_furniture(words)
    ]
    if len(heading) < FEWEST or len({text[h.start : h.end] for h in heading}) < len(heading):
        return []
    # Where other short lines stand among them, there is no telling which of them are headings.
    among = [at for at, words in paragraphs if heading[0].start <= at <= heading[-1].start and not _is_prose(words)]
    return list(map(_node, heading)) if len(among) == len(heading) else []


def _is_prose(paragraph: str) -> bool:
    return len(paragraph) >= SHORTEST_PROSE and "。" in paragraph


def headed_sentences(text: str, nodes: Sequence[Node], start: int, end: int) -> list[Node]:
    """The sentences that head the plan behind all numbered headings, in the line where a sentence turns to it."""
    last = nodes[-1].heading.end if nodes else start
    for colon in _COLON.finditer(text, last, end):
        if not turns_in_line(text[max(last, colon.start() - LONGEST_TURN) : colon.end()]):
            continue
        line_end = text.find("\n", colon.end(), end)
        found = list(_heading_sentences(text, colon.end(), end if line_end < 0 else line_end))
        if found and found[0].start == colon.end() and _is_list(text, found):
            return list(map(_node, found))
    return []


def _heading_sentences(text: str, start: int, end: int) -> Iterator[Heading]:
    """The short sentences without a comma behind which others tell what is meant."""
    for sentence, behind in pairwise(_SENTENCE.finditer(text, start, end)):
        if _MOTTO.fullmatch(sentence[0]) and not _MOTTO.fullmatch(behind[0]):
            yield Heading(sentence.start(), sentence.end() - 1, True, False)


def headed_between(text: str, before: Node, after: Node) -> Heading | None:
    """The heading of the one paragraph between two that opens as theirs do: only its number is missing."""
    line_end = text.find("\n", before.heading.end, after.start)
    if line_end < 0:
        return None
    headings = filter(None, _headings(text, line_end, after.start, _WITH_CLAUSES))
    found = [h for h in headings if _is_list(text, [before.heading, h, after.heading], LARGEST_SPREAD_ALIKE)]
    return found[0] if len(found) == 1 else None


def _stretches(text: str, nodes: Sequence[Node], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where lists may stand: the text before the first heading, and below those that only name a part."""
    yield start, nodes[0].start if nodes else end
    stops = [*(node.start for node in nodes), end][1:]
    for node, stop in zip(nodes, stops, strict=True):
        if node.heading.own_line and names_part(text[node.heading.start : node.heading.end]):
            yield node.heading.end, stop


def _runs(text: str, start: int, end: int) -> Iterator[list[Heading]]:
    """The lists of a stretch: consecutive paragraphs with headings of like length, none of them twice."""
    run: list[Heading] = []
    for heading in [*_headings(text, start, end), None]:
        if heading is not None:
            run.append(heading)
            continue
        if _is_list(text, run):
            yield run
        run = []


def _long_runs(text: str, start: int, end: int) -> Iterator[list[Heading]]:
    """The long lists of a stretch: their headings may be of any length, a few of them with a comma."""
    for is_headed, headings in groupby(_headings(text, start, end, _WITH_CLAUSES), key=lambda h: h is not None):
        run = [heading for heading in headings if heading]
        plain = [heading for heading in run if not re.search("[，,]", text[heading.start : heading.end])]
        if is_headed and 3 * len(plain) >= 2 * len(run) >= 2 * MANY and _is_list(text, run, LARGEST_SPREAD_ALIKE):
            yield run


def _headings(text: str, start: int, end: int, headed: re.Pattern[str] = _HEADED) -> Iterator[Heading | None]:
    """The heading of each paragraph; None for a paragraph that has none."""
    for paragraph in _PARAGRAPH.finditer(text, start, end):
        match = headed.match(text, paragraph.start(), paragraph.end())
        is_label = match and match[2] in "：:" and _labels().search(match[1])
        no_heading = match is None or is_label or is_furniture(paragraph[0].strip())
        yield None if match is None or no_heading else Heading(match.start(), match.end(1), True, False)


def _is_list(text: str, run: Sequence[Heading], spread: int = LARGEST_SPREAD) -> bool:
    lengths = [h.end - h.start for h in run]
    ends = {text[h.end : h.end + 1].strip() for h in run}
    names = {text[h.start : h.end] for h in run}
    alike = len({name[:2] for name in names}) == 1
    return (
        len(run) >= FEWEST
        and max(lengths) - min(lengths) <= (LARGEST_SPREAD_ALIKE if alike else spread)
        and len(ends) == 1
        and len(names) == len(run)
    )


@cache
def _labels() -> re.Pattern[str]:
    return compiled(lexicon("outline")["labels_of_paragraphs"])
