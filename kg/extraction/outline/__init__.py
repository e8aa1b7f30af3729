"""The outline of a document: which labels number headings, and how the headings nest.

Labels that open a line number headings; inside a line they do so only where the document was flattened
(whole sections on one line). Levels follow GB/T 9704-2012 §7.3.3, not the order of appearance, so that a
missing （一） does not upset what comes after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.lines import is_no_statement
from yaodian.extraction.outline.attachments import attachment_lists, first_attachment
from yaodian.extraction.outline.headed import headed_lines, headed_paragraphs, headed_sentences
from yaodian.extraction.outline.headings import are_statements, heading_at, split_run_in
from yaodian.extraction.outline.inline import inline_labels
from yaodian.extraction.outline.labels import IN_WORDS, Label, Style, labels_in
from yaodian.extraction.outline.listed import with_listed, with_reported
from yaodian.extraction.outline.nodes import Node, next_above
from yaodian.extraction.outline.pages import page_numbers
from yaodian.extraction.outline.rows import heading_above, outside, row_nodes
from yaodian.extraction.outline.unlabelled import with_unlabelled_between, with_unlabelled_firsts
from yaodian.extraction.tables import TaskTable
from yaodian.model import Document, Table
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.titles import behind_title

_HEADING_STYLES = frozenset(
    {
        Style.CHAPTER,
        Style.SECTION,
        Style.HAN_COMMA,
        Style.ASPECT,
        Style.HAN_BRACKET,
        Style.ARABIC,
        Style.DECIMAL,
        Style.ARABIC_BRACKET,
        Style.ORDINAL,
        Style.SHI,
        Style.DASH,
    }
)
_NUMBERING_WORK = frozenset({Style.HAN_BRACKET, Style.ARABIC, Style.ARABIC_BRACKET})


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
    numbering = with_reported(text, running, heading_labels(text, running), start, end)
    numbering = with_listed(text, running, numbering, end)
    nodes = with_unlabelled_firsts(text, _nodes(text, numbering, end))
    nodes = with_unlabelled_between(text, nodes)
    headed = [*headed_paragraphs(text, nodes, start, end), *headed_sentences(text, nodes, start, end)]
    headed = headed or headed_lines(text, nodes, start, end)
    nodes = sorted([*nodes, *headed], key=lambda node: node.start)
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
    inline = inline_labels(text, labels)
    kept = {label.start for label in lines} | inline
    return [label for label in labels if label.start in kept]


def _on_refused_line(text: str, label: Label) -> bool:
    line_end = text.find("\n", label.start)
    line = text[label.start : line_end if line_end >= 0 else len(text)].strip()
    return is_no_statement(line)


def _nodes(text: str, labels: Sequence[Label], end: int) -> list[Node]:
    limits = [*(label.start for label in labels), end][1:]
    headings = [heading_at(text, label.end, limit) for label, limit in zip(labels, limits, strict=True)]
    in_words = {style: [h for h, x in zip(headings, labels, strict=True) if x.style is style] for style in IN_WORDS}
    stating = {style for style, listed in in_words.items() if are_statements(text, listed)}
    for series in _series_of_headings(labels):
        style = labels[series[0]].style
        runs = _runs([labels[i] for i in series])
        found = split_run_in(text, [headings[i] for i in series], runs, stating=style in stating)
        for i, heading in zip(series, found, strict=True):
            headings[i] = heading
    return [
        Node(label.style, label.name, label.printed, label.ordinal, label.start, label.end, heading)
        for label, heading in zip(labels, headings, strict=True)
        if heading.end > heading.start
    ]


def _runs(series: Sequence[Label]) -> list[slice]:
    """The stretches of a series that each count from one, where there are several."""
    starts = [i for i, label in enumerate(series) if label.ordinal == 1 and i]
    return [slice(*bounds) for bounds in pairwise([0, *starts, len(series)])] if starts else []


def _series_of_headings(labels: Sequence[Label]) -> Iterator[list[int]]:
    """The numbers of the labels whose headings look alike: those of a style; of lists in words, those of one list."""
    for style in {label.style for label in labels}:
        series: list[list[int]] = [[]]
        for i, label in enumerate(labels):
            if label.style is style:
                if style in IN_WORDS and label.ordinal == 1 and series[-1]:
                    series.append([])
                series[-1].append(i)
        yield from series


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
    for node, following in zip(nodes, next_above(nodes, or_beside=True), strict=True):
        words = text[node.start : following.start if following else end].rstrip()
        node.end = max(node.heading.end, node.start + len(words))
