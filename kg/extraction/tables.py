"""Task tables: which tables of a document list work, and what their rows and columns say.

Offices annex them to plans (任务分解表): one row a task, with its targets, responsible units and deadline in columns
that the header names. A table without such a header is plain text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from yaodian.model import ROLES, Cell, Document, Role, Table
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.indicator_headers import heads_indicators
from yaodian.reading.table_headers import TASK_LIKE, Column, column_kind, header_of


class Unit(NamedTuple):
    """A cell that names responsible units, their role, and the cell that heads its column."""

    role: Role
    cell: Cell
    header: Cell


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task: its cells. A task over several rows of measures is one ``TaskRow``."""

    start: int
    end: int
    task: Cell
    ordinal: Cell | None = None
    section: Cell | None = None
    measures: tuple[Cell, ...] = ()
    units: tuple[Unit, ...] = ()
    deadlines: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table that lists work: its extent, the rows that head its columns, its tasks."""

    start: int
    end: int
    header: tuple[Cell, ...]
    rows: tuple[TaskRow, ...]

    @property
    def lists_projects(self) -> bool:
        """Whether its rows are projects by name: the work of a document that has no other."""
        return any(_words("projects").fullmatch("".join(cell.span.quote.split())) for cell in self.header)

    @property
    def lists_indicators(self) -> bool:
        """Whether its rows are indicators with their values, whoever is responsible for each: no work of their own."""
        names = [cell.span.quote for cell in self.header]
        kinds = {column_kind(name) for name in names}
        return heads_indicators(names) and not kinds & {"task", "measures"}


@cache
def _words(key: str) -> re.Pattern[str]:
    return compiled(lexicon("tables")["rows"][key])


def task_tables(document: Document) -> tuple[TaskTable, ...]:
    """The tables of the body that list work, in text order."""
    found = (_task_table(table) for table in document.tables_in_body())
    return tuple(table for table in found if table and table.rows)


def _task_table(table: Table) -> TaskTable | None:
    header = header_of(table)
    if header is None:
        return None
    rows = [row for row in header.below if not (row and _words("sums").fullmatch(row[0].span.quote))]
    columns = _columns(header.cells, [cell for row in rows for cell in row])
    return TaskTable(table.start, table.end, header.cells, tuple(_tasks(rows, columns)))


def _columns(header: Sequence[Cell], cells: Sequence[Cell]) -> Mapping[int, tuple[Column, Cell]]:
    """What each column holds. One column names the tasks; a second of that kind is their measures or their section."""
    columns: dict[int, tuple[Column, Cell]] = {}
    for cell in header:
        kind = column_kind(cell.span.quote)
        if kind:
            columns.update((cell.column + right, (kind, cell)) for right in range(cell.columns))
    tasks = [n for n, (kind, _) in sorted(columns.items()) if kind == "task"]
    if not tasks:
        first = next(n for n, (kind, _) in sorted(columns.items()) if kind in TASK_LIKE)
        columns[first] = "task", columns[first][1]
    elif len(tasks) > 1 and any(cell.column == tasks[0] and cell.rows > 1 for cell in cells):
        columns[tasks[0]] = "section", columns[tasks[0]][1]
        tasks = tasks[1:]
    columns.update((n, ("measures", columns[n][1])) for n in tasks[1:])
    return columns


def _tasks(rows: Sequence[Sequence[Cell]], columns: Mapping[int, tuple[Column, Cell]]) -> Iterator[TaskRow]:
    """The tasks: a row that names none goes on with the task above it."""
    groups: list[list[Cell]] = []
    section: Cell | None = None
    sections: list[Cell | None] = []
    for row in rows:
        heading = _section_of(row, columns)
        section = heading or section
        if heading and len(row) == 1:
            continue
        if any(_kind(cell, columns) == "task" for cell in row):
            groups.append([])
            sections.append(section)
        if groups:
            groups[-1] += row
    reaching = _reaching(rows)
    for cells, above in zip(groups, sections, strict=True):
        yield _task(cells, above, reaching, columns)


def _reaching(rows: Sequence[Sequence[Cell]]) -> Mapping[int, Sequence[Cell]]:
    """The merged cells that reach down into each row from one above."""
    reaching = defaultdict[int, list[Cell]](list)
    for cell in (cell for row in rows for cell in row):
        for down in range(1, cell.rows):
            reaching[cell.row + down].append(cell)
    return reaching


def _kind(cell: Cell, columns: Mapping[int, tuple[Column, Cell]]) -> Column | None:
    return columns[cell.column][0] if cell.column in columns else None


def _section_of(row: Sequence[Cell], columns: Mapping[int, tuple[Column, Cell]]) -> Cell | None:
    """The cell that heads this row and those below: one of the section's column, or one alone in its row."""
    if len(row) == 1 and (row[0].columns > 1 or row[0].column == min(columns)):
        return row[0]
    return next((cell for cell in row if _kind(cell, columns) == "section"), None)


def _task(
    cells: Sequence[Cell],
    section: Cell | None,
    reaching: Mapping[int, Sequence[Cell]],
    columns: Mapping[int, tuple[Column, Cell]],
) -> TaskRow:
    task = next(cell for cell in cells if _kind(cell, columns) == "task")
    by_kind = defaultdict[Column, list[Cell]](list)
    for cell in (*reaching.get(task.row, ()), *cells):
        if kind := _kind(cell, columns):
            by_kind[kind].append(cell)
    own = [cell for cell in cells if cell is not section]
    return TaskRow(
        start=min(cell.span.start for cell in own if cell.row == task.row),
        end=max(cell.span.end for cell in own),
        task=task,
        ordinal=next((cell for cell in own if _kind(cell, columns) == "ordinal"), None),
        section=section,
        measures=tuple(by_kind["measures"]),
        units=tuple(Unit(role, cell, columns[cell.column][1]) for role in ROLES for cell in by_kind[role]),
        deadlines=tuple(by_kind["deadline"]),
    )
