"""The outline of a document: which labels number headings, and how the headings nest.

Labels that open a line number headings; inside a line they do so only where the document was flattened
(whole sections on one line). Levels follow GB/T 9704-2012 §7.3.3, not the order of appearance, so that a
missing （一） does not upset what comes after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.lines import Lines, is_no_statement, shown_end
from yaodian.extraction.numerals import numeral
from yaodian.extraction.outline.attachments import attachment_lists, first_attachment
from yaodian.extraction.outline.headed import headed_between, headed_paragraphs
from yaodian.extraction.outline.headings import Heading, heading_at, names_part, split_run_in
from yaodian.extraction.outline.labels import Label, Style, labels_in
from yaodian.extraction.outline.nodes import Node
from yaodian.extraction.outline.pages import page_numbers
from yaodian.extraction.outline.rows import heading_above, outside, row_nodes
from yaodian.extraction.outline.turning import find_report
from yaodian.extraction.tables import TaskTable
from yaodian.model import Document, Table
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.body import is_furniture
from yaodian.reading.titles import behind_title

FLAT_LINE = 1000
SHORTEST_STATEMENT = 12
_CLAUSE_END = compiled("[。；，：,;:]")
_WORDS_OF_LINE = compiled(r"\S[^\n]*")
_SHORT_HEADING = compiled(r"(?:[^，。；：,;:\n]{2,10}[，,])?[^，。；：,;:\n]{2,16}(?<=...)。")
_FIRST_CLAUSE = compiled(r"[^，。；：,;:\n]{4,16}[，,]")
_HEADED = compiled(r"[^，。；：,;:\d\n][^。；：;:\n]{1,30}(?:[。：:]|[^\S\n])")
_LEADING_ON = frozenset("：:；;，,、")
LONGEST_BARE_HEADING = 25
LONGEST_PART = 20
GAP_REACH = 100
"""How many labels on it is looked whether a count goes on behind a number left out."""
_HEADING_STYLES = frozenset(
    {
        Style.CHAPTER,
        Style.SECTION,
        Style.HAN_COMMA,
        Style.ASPECT,
        Style.HAN_BRACKET,
        Style.ARABIC,
        Style.ARABIC_BRACKET,
        Style.ORDINAL,
        Style.SHI,
        Style.DASH,
    }
)
_NUMBERING_WORK = frozenset({Style.HAN_BRACKET, Style.ARABIC, Style.ARABIC_BRACKET})
_INLINE_STYLES = frozenset({Style.CHAPTER, Style.HAN_COMMA, Style.HAN_BRACKET, Style.ARABIC})


@dataclass(frozen=True, slots=True)
class Outline:
    """Every label of a body in text order, and those among them that number headings, nested.

    ``rows`` are the tasks of tables, and ``categories`` the headings above them there.
    """

    labels: tuple[Label, ...]
    nodes: tuple[Node, ...]
    rows: tuple[Node, ...] = ()
    categories: tuple[Node, ...] = ()


def outline(document: Document, tables: Sequence[TaskTable] = (), others: Sequence[Table] = ()) -> Outline:
    """The labels and numbered headings of the body, and the tasks of its ``tables``.

    Numbers in ``others``, tables that list no work, head none.
    """
    text = document.text
    start = behind_title(text, document.title.end) if document.title else document.body.start
    end = _appendix_start(text, start, document.body.end)
    listed = Intervals((span.start, span.stop) for span in attachment_lists(text, start, end))
    labels = [label for label in labels_in(text, start, end) if label.start not in listed]
    pages = page_numbers(text, labels, document.title.start if document.title else 0)
    labels = [label for label in labels if label.start not in pages] if pages else labels
    running = outside(labels, (*tables, *others))
    numbering = _with_reported(text, running, heading_labels(text, running), start, end)
    numbering = _with_listed(text, running, numbering, end)
    nodes = _with_unlabelled_firsts(text, _nodes(text, numbering, end))
    nodes = _with_unlabelled_between(text, nodes)
    nodes = sorted([*nodes, *headed_paragraphs(text, nodes, start, end)], key=lambda node: node.start)
    _nest(nodes)
    _set_ends(text, nodes, end)
    attached = first_attachment(text, start, end) if nodes else end
    # What is attached to headed work and lists projects is that work once more.
    working = [table for table in tables if not (table.lists_projects and table.start >= attached)]
    listing = [table.start for table in tables if table.lists_indicators]
    working = [table for table in working if not table.lists_indicators]
    for table_start in (*listing, *(table.start for table in others)):
        if above := heading_above(text, nodes, table_start):
            above.tabled = True
    categories, rows = row_nodes(text, working, nodes)
    return Outline(tuple(labels), tuple(nodes), tuple(rows), tuple(categories))


def _appendix_start(text: str, start: int, end: int) -> int:
    """Where a glossary or notes begin: the numbers in them number no headings."""
    match = compiled(lexicon("outline")["appendix"], re.MULTILINE).search(text, start, end)
    return match.start() if match else end


def heading_labels(text: str, labels: Sequence[Label]) -> list[Label]:
    """Those of the labels that number headings: ①, too, where no other label is left for the work items."""
    opening = {label.style for label in labels if label.at_line_start}
    styles = _HEADING_STYLES if opening & _NUMBERING_WORK else {*_HEADING_STYLES, Style.CIRCLED}
    labels = [label for label in labels if label.style in styles]
    lines = [label for label in labels if label.at_line_start and not _on_refused_line(text, label)]
    inline = _flat_labels(text, labels) | _inline_firsts(text, labels) | _inline_between(text, labels)
    inline |= _inline_among_lines(text, labels) | _inline_behind_part(text, labels)
    kept = {label.start for label in lines} | inline
    return [label for label in labels if label.start in kept]


def _with_reported(text: str, labels: Sequence[Label], found: list[Label], start: int, end: int) -> list[Label]:
    """The heading labels, with the inline 一是 or 第一， of an unheaded report that stands before all of them."""
    first = found[0].start if found else end
    report = find_report(text, start, first)
    if report is None or not found:
        return found
    for style in (Style.SHI, Style.ORDINAL):
        inside = [label for label in labels if label.style is style and report.start <= label.start < report.end]
        if len(inside) > 2:
            return _counting(inside) + found
    return found


def _with_listed(text: str, labels: Sequence[Label], found: list[Label], end: int) -> list[Label]:
    """The heading labels, with the inline 一是 or 第一， that head work below a top heading with no other labels.

    Where nothing else is numbered, they head the work of the document.
    """
    added: list[Label] = []
    for style in (Style.SHI, Style.ORDINAL):
        same = [label for label in labels if label.style is style]
        others = [label for label in found if label.style is not style]
        listed = _listed_below(text, same, others, end) if others else _listed_alone(text, same, end)
        added += [label for label in listed if not label.at_line_start]
    return sorted([*found, *added], key=lambda label: label.start) if added else found


def _listed_below(text: str, inside: Sequence[Label], found: Sequence[Label], end: int) -> Iterator[Label]:
    """Those of the inline labels of one style that count up, with short headings, below one of the top headings.

    Lists of two, and lists below （一）, are the measures of an item unless the document lists so throughout.
    """
    starts = [label.start for label in inside]
    stops = [*(label.start for label in found), end][1:]
    lists: dict[Style, list[list[Label]]] = {Style.HAN_COMMA: [], Style.HAN_BRACKET: []}
    for above, stop in zip(found, stops, strict=True):
        if above.style in lists and not _tells_situation(text, heading_at(text, above.end, stop)):
            below = inside[bisect_left(starts, above.end) : bisect_left(starts, stop)]
            lists[above.style].append(_listed(text, below, stop))
    for style, listed in lists.items():
        is_habit = 3 * sum(map(bool, listed)) >= 2 * len(listed)
        for labels in listed:
            if is_habit or (style is Style.HAN_COMMA and len(labels) > 2):
                yield from labels


def _listed_alone(text: str, labels: Sequence[Label], end: int) -> list[Label]:
    """The labels of one style that head the work of a document which numbers nothing else.

    Where one list has headings, a later one may have first clauses in their place: 一要强化引领，落实….
    """
    runs = _runs(labels, slips=1)
    bounded = list(zip(runs, [*(run[0].start for run in runs), end][1:], strict=True)) if runs else []
    headed = [run for run, stop in bounded if _are_headed(text, run, stop)]
    claused = [run for run, stop in bounded if len(run) > 2 and _are_headed(text, run, stop, _FIRST_CLAUSE)]
    return [label for run in runs if run in headed or (headed and run in claused) for label in run]


def _listed(text: str, labels: Sequence[Label], end: int) -> list[Label]:
    """The labels of one style before ``end`` where they count up, with short headings."""
    listed = _counting(labels, slips=1)
    return listed if listed and _are_headed(text, listed, end) else []


def _are_headed(text: str, listed: Sequence[Label], end: int, opening: re.Pattern[str] = _SHORT_HEADING) -> bool:
    """Whether short headings with a full stop open these stretches, and words of their own follow."""
    stops = [*(label.start for label in listed[1:]), end]
    headed = 0
    for label, stop in zip(listed, stops, strict=True):
        match = opening.match(text, label.end, stop)
        headed += match is not None and stop - match.end() >= SHORTEST_STATEMENT
    return headed >= max(2, len(listed) - 1)


def _on_refused_line(text: str, label: Label) -> bool:
    line_end = text.find("\n", label.start)
    line = text[label.start : line_end if line_end >= 0 else len(text)].strip()
    return is_no_statement(line)


def _flat_labels(text: str, labels: Sequence[Label]) -> set[int]:
    """Inline labels of lines into which whole sections were flattened, where they count up."""
    found: set[int] = set()
    lines = Lines(text)
    for style in _INLINE_STYLES:
        counting = list(_flattened(text, lines, labels, style))
        counting = _with_repeated(counting, _counting(counting, gaps=True))
        found |= {label.start for label in counting if not label.at_line_start}
    return found


def _flattened(text: str, lines: Lines, labels: Sequence[Label], style: Style) -> Iterator[Label]:
    """The labels of a style in flattened lines.

    A line shows that by its length; by opening with a higher label of a document that never sets this style at the
    start of a line, or with the first of a series that goes on in no line of its own; or no series does.
    """
    openers = {lines.start(label.start): label.style for label in labels if label.at_line_start}
    going_on = {label.style for label in labels if label.at_line_start and label.ordinal != 1}
    opening = set(openers.values())
    for label in labels:
        if label.style is not style:
            continue
        start = lines.start(label.start)
        opener = openers.get(start)
        is_long = lines.end(start) - start > FLAT_LINE
        is_below = style not in opening and opener is not None and opener < style
        is_beside = style not in going_on and opener is style
        if is_long or is_below or ((is_beside or not going_on) and not _is_within_sentence(text, label)):
            yield label


def _is_within_sentence(text: str, label: Label) -> bool:
    """Whether a label numbers a clause: what stands before it leads on to it.

    Not so 如下： before a first one, nor a semicolon before one with a heading (；2.队伍加强。招聘教师…).
    """
    end = shown_end(text, label.start)
    before = text[end - 1 : end]
    if before not in _LEADING_ON or (label.ordinal == 1 and before in "：:"):
        return False
    return before not in "；;" or _SHORT_HEADING.match(text, label.end) is None


def _with_repeated(series: Sequence[Label], counting: list[Label]) -> list[Label]:
    """The labels that count up, with one that says a number twice where the count goes on behind it (3, 3, 4)."""
    kept = {label.start for label in counting}
    repeated = [
        label
        for before, label in pairwise(series)
        if before.start in kept and label.start not in kept and label.ordinal == before.ordinal and label.ordinal != 1
    ]
    return [*counting, *repeated]


def _counting(series: Sequence[Label], slips: int = 0, *, gaps: bool = False) -> list[Label]:
    """The labels that carry on a count (1, 2, 3, … ; a new 1 begins again), in runs of two or more.

    With ``slips`` a count may stand still or skip by that many. With ``gaps`` it may leave a number out where it goes
    on behind the next one (1, 2, 3, 5, 6); the last one may follow it, too, where it stands in brackets.
    """
    return [label for run in _runs(series, slips, gaps=gaps) for label in run]


def _runs(series: Sequence[Label], slips: int = 0, *, gaps: bool = False) -> list[list[Label]]:
    """The runs of two or more, as :func:`_counting` counts."""
    runs: list[list[Label]] = []
    for i, label in enumerate(series):
        before = runs[-1][-1].ordinal if runs else None
        carries_on = before is not None and label.ordinal is not None and abs(label.ordinal - before - 1) <= slips
        if label.ordinal == 1:
            runs.append([label])
        elif carries_on or (gaps and before is not None and _leaves_out(series[i : i + GAP_REACH], before)):
            runs[-1].append(label)
    return [run for run in runs if len(run) > 1]


def _leaves_out(series: Sequence[Label], before: int) -> bool:
    """Whether the first label is the next number but one, and the number left out does not come behind it."""
    ordinals = [label.ordinal for label in series]
    rest = ordinals[: ordinals.index(1)] if 1 in ordinals else ordinals
    goes_on = before + 3 in rest or (len(rest) == 1 and series[0].style is Style.HAN_BRACKET)
    return rest[:1] == [before + 2] and goes_on and before + 1 not in rest


def _inline_firsts(text: str, labels: Sequence[Label]) -> set[int]:
    """An inline 1. whose 2. opens a line: the first of a series that was left on its heading's line."""
    found = set()
    for style in (Style.HAN_BRACKET, Style.ARABIC):
        series = [label for label in labels if label.style is style]
        for first, second in pairwise(series):
            if (first.ordinal, second.ordinal) == (1, 2) and second.at_line_start and not first.at_line_start:
                found.add(first.start)
    return found


def _inline_between(text: str, labels: Sequence[Label]) -> set[int]:
    """An inline 3. between the 2. and the 4. of two lines, right behind a heading's words: left on its line."""
    found = set()
    opener: Label | None = None
    series: list[Label] = []
    headed: set[int] = set()
    for label in labels:
        if label.at_line_start:
            opener = label
        elif opener and opener.style < label.style and not _CLAUSE_END.search(text, opener.end, label.start):
            headed.add(label.start)
        if label.style is Style.ARABIC and (label.at_line_start or label.start in headed):
            series.append(label)
    for before, label, after in zip(series, series[1:], series[2:], strict=False):
        counts = before.ordinal and (before.ordinal + 1, before.ordinal + 2) == (label.ordinal, after.ordinal)
        if counts and not label.at_line_start and before.at_line_start and after.at_line_start:
            found.add(label.start)
    return found


def _inline_among_lines(text: str, labels: Sequence[Label]) -> set[int]:
    """Inline labels behind a sentence's end that fill up the count of those that open lines: line ends were lost.

    They do only where every label of that style that opens a line is in its place in the count. A count that is
    inline from its first to its last is believed where others go on over lines, and no number stands above it.
    """
    found: set[int] = set()
    for style in (Style.HAN_BRACKET, Style.ARABIC):
        series = [label for label in labels if label.style is style and _may_fill_up(text, label)]
        runs = _runs(series, gaps=True)
        lines = {label.start for label in series if label.at_line_start}
        mixed = [run for run in runs if len({label.at_line_start for label in run}) > 1]
        if mixed and lines <= {label.start for run in runs for label in run}:
            openings = {following.start for above, following in pairwise(labels) if above.style < style}
            whole = [run for run in runs if run[0].start in openings and len(run) > 2]
            found |= {label.start for run in (*mixed, *whole) for label in run if not label.at_line_start}
    return found


def _inline_behind_part(text: str, labels: Sequence[Label]) -> set[int]:
    """The list on the line of a part's heading, right behind its colon: 下半年工作打算：（1）攻坚项目。…（2）…"""
    found: set[int] = set()
    lines = Lines(text)
    for first in labels:
        start = lines.start(first.start)
        before = text[start : first.start].strip()
        if first.ordinal == 1 and before[-1:] in ("：", ":") and len(before) <= LONGEST_PART and names_part(before):
            end = lines.end(start)
            same = [label for label in labels if label.style is first.style and first.start <= label.start < end]
            found |= {label.start for label in _listed(text, same, end) if len(same) > 2}
    return found


def _may_fill_up(text: str, label: Label) -> bool:
    """Whether a label opens a line, or stands behind a sentence's end and before a heading with a full stop."""
    if label.at_line_start:
        return True
    return not _is_within_sentence(text, label) and _HEADED.match(text, label.end) is not None


def _nodes(text: str, labels: Sequence[Label], end: int) -> list[Node]:
    limits = [*(label.start for label in labels), end][1:]
    headings = [heading_at(text, label.end, limit) for label, limit in zip(labels, limits, strict=True)]
    for style in {label.style for label in labels}:
        series = [i for i, label in enumerate(labels) if label.style is style]
        for i, heading in zip(series, split_run_in(text, [headings[i] for i in series]), strict=True):
            headings[i] = heading
    return [
        Node(label.style, label.name, label.printed, label.ordinal, label.start, label.end, heading)
        for label, heading in zip(labels, headings, strict=True)
        if heading.end > heading.start
    ]


def _with_unlabelled_firsts(text: str, nodes: Sequence[Node]) -> list[Node]:
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
    line = _WORDS_OF_LINE.search(text, parent.heading.end + 1, following.start)
    if line is None or not line[0].strip("。： "):
        return None
    start = line.start()
    heading = heading_at(text, start, following.start)
    if not 0 < heading.end - start <= 2 * max(1, second.heading.end - second.heading.start):
        return None
    name = "1" if second.style is Style.ARABIC else "一"
    return Node(second.style, name, "", 1, start, start, heading)


def _with_unlabelled_between(text: str, nodes: Sequence[Node]) -> list[Node]:
    """The nodes, with a heading put in where a series skips one number and a bare line stands in the gap.

    The bare line is a heading where the next level begins counting anew right below it. A paragraph in the gap that
    opens with a heading as those around it do is one, too.
    """
    found: list[Node] = []
    last: dict[Style, int] = {}
    higher = _next_above(nodes)
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


def _next_above(nodes: Sequence[Node], *, or_beside: bool = False) -> list[Node | None]:
    """For each node the next one of a higher level; of a higher or its own with ``or_beside``."""
    found: list[Node | None] = [None] * len(nodes)
    waiting: list[int] = []
    for i, node in enumerate(nodes):
        while waiting and nodes[waiting[-1]].style >= node.style + (not or_beside):
            found[waiting.pop()] = node
        waiting.append(i)
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


def _nest(nodes: Sequence[Node]) -> None:
    open_nodes: list[Node] = []
    for node in nodes:
        while open_nodes and open_nodes[-1].style >= node.style:
            open_nodes.pop()
        if open_nodes:
            node.parent = open_nodes[-1]
            node.parent.children.append(node)
        open_nodes.append(node)


def _set_ends(text: str, nodes: Sequence[Node], end: int) -> None:
    for node, following in zip(nodes, _next_above(nodes, or_beside=True), strict=True):
        words = text[node.start : following.start if following else end].rstrip()
        node.end = max(node.heading.end, node.start + len(words))


@cache
def _guidance() -> re.Pattern[str]:
    return compiled("|".join(lexicon("outline")["guidance"]))


def is_guidance(text: str, node: Node) -> bool:
    """Whether the node, or one above it, states principles or aims instead of work."""
    if node.guides is None:
        above = node.parent is not None and is_guidance(text, node.parent)
        node.guides = above or names_guidance(text[node.heading.start : node.heading.end])
    return node.guides


def _tells_situation(text: str, heading: Heading) -> bool:
    return _situation().match(text, heading.start, heading.end) is not None


@cache
def _situation() -> re.Pattern[str]:
    return compiled("|".join(lexicon("outline")["situation"]))


def is_situation(text: str, node: Node) -> bool:
    """Whether the node looks at what is lacking or at the times."""
    return _tells_situation(text, node.heading)


def names_guidance(heading: str) -> bool:
    """Whether a heading announces principles or aims instead of work."""
    return _guidance().search(heading.strip("。： ")) is not None
