"""Which stretch of a document reports on the past year, and which plans the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from yaodian.extraction.outline.headings import run_in_part
from yaodian.extraction.outline.labels import Style
from yaodian.extraction.outline.nodes import Node
from yaodian.extraction.outline.purpose import tells_situation
from yaodian.extraction.outline.turning import find_report, turns_to_plan
from yaodian.model import Document, Kind, Part
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.years import plain_years

LONGEST_MARKER = 30
TURN_REACH = 400
"""Characters before a list in which the sentence that leads to it is looked for."""
_YEAR = r"(?:(?:19|20)\d{2}|[XＸ×x]{2,4})\s*年"
_RUN_IN = compiled(r"[^，。；,：:\n]{4,16}[：:](?=[^\n]{20})")
_YEARS_WORK = compiled(r"(?:关于)?((?:19|20)\d{2})年[^，。]{0,12}(?:工作|大事|任务|重点|打算)")
_SENTENCE = compiled("[。；，,：:]")
_LINE = compiled(r"[^\n]+")
_PARAGRAPH = compiled(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Parts:
    """Where parts begin: ``starts`` ascending, with the part that begins at each.

    An ``outlook`` is a last part of a few sentences, which plan but make no plan of a report. ``both`` is whether the
    title announces report and plan: a document that tells both of each of its items has no parts.
    """

    starts: tuple[int, ...]
    parts: tuple[Part, ...]
    outlook: bool = False
    both: bool = False

    def at(self, offset: int) -> Part:
        """The part that an offset lies in."""
        return self.parts[max(0, bisect_right(self.starts, offset) - 1)]

    @property
    def kind(self) -> Kind:
        """What the parts make the document."""
        kinds = set(self.parts[:-1] if self.outlook else self.parts)
        return "summary+plan" if self.both or len(kinds) == 2 else kinds.pop()


def title_kind(title: str) -> Kind:
    """What a title announces; a title that says neither announces a plan."""
    words = lexicon("outline")
    if not re.search(words["title_summary"], title):
        return "plan"
    return "summary+plan" if re.search(words["title_plan"], re.split(words["title_summary"], title)[-1]) else "summary"


def find_parts(document: Document, nodes: Sequence[Node], title: str) -> Parts:
    """The parts of the body, from its top headings, bare heading lines, and labels that begin again."""
    announced = title_kind(title)
    markers = sorted({*_heading_markers(document.text, nodes, announced), *_line_markers(document, nodes)})
    if all(part == "summary" for _, part in markers) and (markers or announced != "plan"):
        markers = _restart(document.text, nodes) or markers
    if announced == "summary+plan" and all(part == "summary" for _, part in markers):
        turned = _turned_in_line(document.text, nodes) or _turned_in_paragraph(document.text, nodes)
        markers = [*markers, *turned]
    if not markers:
        markers = _unheaded(document, nodes, announced)
    outlook = _outlook(document, nodes) if (markers[-1][1] if markers else announced) == "summary" else []
    reports_first = announced != "plan" or (markers and (markers[0][1] == "summary" or _is_work_report(title)))
    first: Part = "summary" if reports_first else "plan"
    found = _runs([(document.body.start, first), *markers, *outlook])
    starts, parts = (tuple(side) for side in zip(*found, strict=True))
    return Parts(starts, parts, bool(outlook), both=announced == "summary+plan")


def _is_work_report(title: str) -> bool:
    """Whether a document is one that reports on a year's work before it plans the next (政府工作报告)."""
    return re.search(lexicon("outline")["title_work_report"], title) is not None


def _turned_in_line(text: str, nodes: Sequence[Node]) -> list[tuple[int, Part]]:
    """The sentence before a list that begins anew which turns from the report to the plan."""
    floor = 0
    for node in nodes:
        begins = node.ordinal == 1 or node.style is Style.HEADED
        if begins and (turn := _turning_sentence(text, floor, node)):
            return [(turn.start(), "plan")]
        floor = node.heading.end
    return []


def _turned_in_paragraph(text: str, nodes: Sequence[Node]) -> list[tuple[int, Part]]:
    """The paragraph before a heading of the same or another series which turns from the report to the plan."""
    turn = compiled(lexicon("outline")["report_turns"])
    for before, node in pairwise(nodes):
        for line in _PARAGRAPH.finditer(text, before.heading.end, node.start):
            if text[line.start() - 1 : line.start()].isspace() and turn.match(line[0]):
                return [(line.start(), "plan")]
    return []


def _outlook(document: Document, nodes: Sequence[Node]) -> list[tuple[int, Part]]:
    """The sentence behind a report's last heading from which on it tells of what comes next: 下一步，我局将…"""
    start = nodes[-1].heading.end if nodes else document.title.end if document.title else document.body.start
    turn = _look_ahead(document.text, start, document.body.end)
    return [] if turn is None else [(turn, "plan")]


def _look_ahead(text: str, start: int, end: int) -> int | None:
    """Where a sentence turns to what comes next: 下一步，我们将…."""
    match = compiled(lexicon("outline")["outlook"]).search(text, start, end)
    return match.start() if match else None


def _unheaded(document: Document, nodes: Sequence[Node], announced: Kind) -> list[tuple[int, Part]]:
    """The report that no heading announces, where headings of the plan follow it."""
    start = document.title.end if document.title else document.body.start
    report = find_report(document.text, start, document.body.end)
    if report is None:
        return []
    if not report.turns and (turned := _turned_in_line(document.text, nodes)):
        return [(report.start, "summary"), *turned]
    past = compiled(lexicon("outline")["report_of_past"]).match(document.text, report.start)
    # Where no paragraph turns, the first heading behind an opening that speaks of the past does.
    end = report.end if report.turns or not past else report.start
    after = [node for node in nodes if node.start >= end]
    # Words behind all headings close the document; where it announces nothing but a report, they look ahead.
    if (nodes and not after) or (announced == "summary" and not report.turns):
        return []
    heading = next((node.start for node in after if node.style is not Style.SHI), None)
    turn = report.end if report.turns else heading
    return [] if turn is None else [(report.start, "summary"), (turn, "plan")]


def _runs(markers: Sequence[tuple[int, Part]]) -> list[tuple[int, Part]]:
    found: list[tuple[int, Part]] = []
    for start, part in markers:
        if not found or found[-1][1] != part:
            found.append((start, part))
    return found


def _heading_markers(text: str, nodes: Sequence[Node], announced: Kind) -> list[tuple[int, Part]]:
    """A top heading such as 一、2023年工作总结 opens a report; the next top heading of another kind ends it.

    Where the title announces nothing but a report, only a heading that speaks of what is to come ends it. One that
    does so ends also the report that only the title announces. One of shortcomings still belongs to the report.
    """
    markers: list[tuple[int, Part]] = []
    opener: Node | None = None
    tops = [n for n in nodes if n.parent is None and (n.heading.set_off or _opens_part(text, n))]
    headings = [plain_years(text[n.heading.start : n.heading.end]).replace(",", "，") for n in tops]
    dated = _years_before_others(headings)
    for node, heading, is_dated in zip(tops, headings, dated, strict=True):
        turn = _look_ahead(text, node.heading.end, node.end) if _looks_back_first(heading) else None
        if turn is not None:
            markers += [(node.start, "summary"), (turn, "plan")]
            opener = None
        elif is_dated or (_reports(heading) and (announced != "plan" or node.style < Style.ARABIC or node is tops[0])):
            markers.append((node.start, "summary"))
            opener = node
        elif opener and node is not tops[-1] and not _plans(heading) and _tells_what_is_lacking(text, node, heading):
            continue
        elif opener and not _is_sibling_report(heading, node, opener) and (announced != "summary" or _plans(heading)):
            markers.append((node.start, "plan"))
            opener = None
        elif not markers and announced != "plan" and _plans(heading):
            markers.append((node.start, "plan"))
    return markers


def _opens_part(text: str, node: Node) -> bool:
    """Whether a heading that runs into its text is that of a part all the same."""
    match = run_in_part().match(text, node.heading.start)
    return match is not None and match.end() == node.heading.end


def _years_before_others(headings: Sequence[str]) -> list[bool]:
    """For each heading whether it names the work of a year (2024年工作) before that of the next (2025年工作)."""
    years = [int(match[1]) if (match := _YEARS_WORK.match(heading)) else None for heading in headings]
    last = max((year for year in years if year), default=0)
    return [year is not None and year == last - 1 and not _plans(h) for year, h in zip(years, headings, strict=True)]


def _reports(heading: str) -> bool:
    return re.search(lexicon("outline")["summary"], heading) is not None and not _plans(heading)


def _plans(heading: str) -> bool:
    return re.search(lexicon("outline")["plan"], heading) is not None


def _tells_what_is_lacking(text: str, node: Node, heading: str) -> bool:
    """Whether the heading is that of a look at shortcomings, which ends a report and begins no plan."""
    return tells_situation(text, node.heading) or re.fullmatch(lexicon("outline")["lacking"], heading) is not None


def _looks_back_first(heading: str) -> bool:
    """Whether a heading names what is lacking before what is planned (存在问题和下步打算)."""
    return re.match(lexicon("outline")["lacking_first"], heading) is not None and _plans(heading)


def _is_sibling_report(heading: str, node: Node, opener: Node) -> bool:
    """Whether the heading goes on with the report: the report's own heading is of a lower level or bare."""
    return node.style is not opener.style and not _plans(heading)


def _line_markers(document: Document, nodes: Sequence[Node]) -> list[tuple[int, Part]]:
    """Short lines such as 2023年工作总结 that head a part; behind 下半年打算： and 【回顾】 there may be text."""
    text, words = document.text, lexicon("outline")
    start = document.title.end if document.title else document.body.start
    named_part = compiled(words["bracketed_part"])
    in_brackets = _are_parts([*named_part.finditer(text, start, document.body.end)], nodes)
    markers: list[tuple[int, Part]] = []
    for match in _LINE.finditer(text, start, document.body.end):
        line = plain_years(match.group().strip())
        bracketed = named_part.match(line) if in_brackets else None
        if bracketed:
            line = bracketed[1]
        elif run_in := _RUN_IN.match(line):
            line = run_in[0][:-1]
        if not (bracketed or _marker().match(line)):
            continue
        if len(line) > LONGEST_MARKER or _SENTENCE.search(line):
            continue
        if re.search(words["summary"], line):
            markers.append((match.start(), "summary"))
        elif re.search(words["plan"], line):
            markers.append((match.start(), "plan"))
    return markers


def _are_parts(named: Sequence[re.Match[str]], nodes: Sequence[Node]) -> bool:
    """Whether names in square brackets head the parts: each once, before all labels. Others head what an item says."""
    names = [match[1] for match in named]
    return len(names) == len(set(names)) and bool(named and (not nodes or named[0].start() < nodes[0].start))


@cache
def _marker() -> re.Pattern[str]:
    """What a line begins with that heads a part: a year, or a word for the time."""
    return compiled(rf"(?:{_YEAR}|{lexicon('outline')['times']})")


def _restart(text: str, nodes: Sequence[Node]) -> list[tuple[int, Part]]:
    """Where the top labels begin again with 1: what stands before was the report."""
    tops = [n for n in nodes if n.parent is None]
    for before, node in pairwise(tops):
        if node.ordinal == 1 and (before.ordinal or 0) > 1 and before.style is not Style.CHAPTER:
            return [(nodes[0].start, "summary"), (_turning_paragraph(text, before, node), "plan")]
    return []


def _turning_paragraph(text: str, before: Node, node: Node) -> int:
    """Where the paragraphs begin that lead from the report's last heading to the plan's first."""
    last = [before, *before.children][-1]
    below = text.find("\n", last.heading.end, node.start)
    turn = compiled(lexicon("outline")["turn"])
    paragraphs = _PARAGRAPH.finditer(text, below if below >= 0 else node.start, node.start)
    turning = (match.start() for match in paragraphs if turn.match(match[0]) or turns_to_plan(match[0]))
    sentence = _turning_sentence(text, last.heading.end, node)
    return next(turning, sentence.start() if sentence else node.start)


def _turning_sentence(text: str, floor: int, node: Node) -> re.Match[str] | None:
    """The sentence behind ``floor`` and right before a list that turns from the report to the plan."""
    return compiled(lexicon("outline")["turns_in_line"]).search(text, max(floor, node.start - TURN_REACH), node.start)
