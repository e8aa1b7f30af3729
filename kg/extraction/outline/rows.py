"""The rows of task tables as nodes of the outline: each row a work item, each category above rows a section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.numerals import numeral, parse
from yaodian.extraction.outline.headings import Heading, heading_at
from yaodian.extraction.outline.labels import Label, Style, labels_in
from yaodian.extraction.outline.nodes import Node
from yaodian.extraction.tables import TaskRow, TaskTable
from yaodian.model import Cell, Table
from yaodian.patterns import compiled

_LEADS_IN = compiled("[下附]表|如下|见表")
LONGEST_LEAD_IN = 80
"""How many characters of its own a heading may have above the table that it heads."""


def row_nodes(text: str, tables: Sequence[TaskTable], nodes: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """The nodes of categories, and those of rows; numbered headings that a table breaks off end before it."""
    categories: list[Node] = []
    rows: list[Node] = []
    for table in tables:
        parent = heading_above(text, nodes, table.start)
        around = [parent, *parent.ancestors()] if parent else []
        for node in nodes:
            if node.start < table.start < node.end and node not in around:
                node.end = node.start + len(text[node.start : table.start].rstrip())
        numbers = count(1)
        made: dict[int, Node] = {}
        for row in table.rows:
            above = parent
            if row.section:
                above = made.setdefault(row.section.span.start, _category(text, row.section, parent, len(made) + 1))
            rows.append(_row(text, row, above, next(numbers)))
        categories += made.values()
    return categories, rows


def heading_above(text: str, nodes: Sequence[Node], start: int) -> Node | None:
    """The heading whose whole text the table is: the last before it, with no more in between than 具体任务见下表."""
    last = next((node for node in reversed(nodes) if node.start < start), None)
    if last is None or start >= last.end or start - last.heading.end > LONGEST_LEAD_IN:
        return None
    return last if last.heading.own_line or _LEADS_IN.search(text, last.heading.end, start) else None


def _category(text: str, cell: Cell, parent: Node | None, number: int) -> Node:
    label = _label_of(text, cell)
    start = label.end if label else cell.span.start
    heading = Heading(start, cell.span.end, True, True)
    style = Style.HAN_COMMA if parent is None or parent.style < Style.HAN_COMMA else Style.HAN_BRACKET
    name, printed, ordinal = (label.name, label.printed, label.ordinal) if label else (numeral(number), "", number)
    return Node(style, name, printed, ordinal, cell.span.start, start, heading, cell.span.end, parent)


def _row(text: str, row: TaskRow, parent: Node | None, number: int) -> Node:
    label = _label_of(text, row.task)
    start = label.end if label else row.task.span.start
    heading = heading_at(text, start, row.task.span.end)
    if heading.end <= heading.start:
        heading = Heading(row.task.span.start, row.task.span.end, True, True)
    name, printed, ordinal = str(number), "", number
    if row.ordinal:
        name = printed = re.sub(r"[\s.．、（）()〔〕]", "", row.ordinal.span.quote) or row.ordinal.span.quote
        value = parse(name) if len(name) <= 4 else None
        ordinal = int(value) if value is not None else number
    elif label:
        name, printed, ordinal = label.name, label.printed, label.ordinal or number
    return Node(
        Style.ARABIC,
        name,
        printed,
        ordinal,
        row.start,
        start,
        heading,
        row.end,
        parent,
        closed=True,
        measures=tuple((cell.span.start, cell.span.end) for cell in row.measures),
    )


def _label_of(text: str, cell: Cell) -> Label | None:
    """The label that a cell opens with."""
    first = next(iter(labels_in(text, cell.span.start, min(cell.span.end, cell.span.start + 12))), None)
    return first if first and first.start == cell.span.start and first.end < cell.span.end else None


def outside(labels: Sequence[Label], tables: Sequence[TaskTable | Table]) -> list[Label]:
    """The labels that stand in none of the tables."""
    extents = Intervals((table.start, table.end) for table in tables)
    return [label for label in labels if label.start not in extents]
