"""Tables of work or indicators without ruled lines: the columns' names stand in one line, their cells below those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from yaodian.reading.cells_in_lines import FEWEST_COLUMNS
from yaodian.reading.pdf.grids import Grid, GridCell
from yaodian.reading.pdf.lines import Line, joined
from yaodian.reading.pdf.page import Run
from yaodian.reading.table_headers import tells

CELL_GAP = 0.9
"""The ems from which on a gap parts the names of columns."""
ROW_GAP = 3.5
"""The line heights from which on a gap ends a table."""
_Cell = tuple[float, float, tuple[Run, ...]]


def with_aligned_tables(lines: Sequence[Line]) -> Iterator[Line | Grid]:
    """The lines of a block, those of task tables as such."""
    at = 0
    while at < len(lines):
        names = _cells(lines[at])
        found = _table(lines[at:], names) if len(names) >= FEWEST_COLUMNS and tells(_words(names)) else None
        if found is None:
            yield lines[at]
            at += 1
        else:
            grid, height = found
            yield grid
            at += height


def _words(cells: Sequence[_Cell]) -> list[str]:
    return [joined(runs) for _, _, runs in cells]


def _cells(line: Line) -> list[_Cell]:
    """The words of a line that wide gaps part."""
    groups: list[list[Run]] = []
    for run in line.runs:
        if groups and run.x0 - groups[-1][-1].x1 < CELL_GAP * line.size:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [(group[0].x0, max(run.x1 for run in group), tuple(group)) for group in groups]


def _table(lines: Sequence[Line], names: Sequence[_Cell]) -> tuple[Grid, int] | None:
    """The table that a header and the lines below it make, and how many lines it takes; None where they make none."""
    body = list(_body(lines, names))
    borders = _borders(names, body)
    head, rows = [lines[0]], list[list[Line]]()
    for line in body:
        if _column(line.runs[0], borders) == 0:
            rows.append([line])
        else:
            (rows[-1] if rows else head).append(line)
    if not rows or not _heads(head, borders):
        return None
    edges = (min(line.x0 for line in (lines[0], *body)), *borders, max(line.x1 for line in (lines[0], *body)))
    cells = [*_row(head, 0, borders, edges)]
    for number, row in enumerate(rows, 1):
        cells += _row(row, number, borders, edges)
    grid = Grid(lines[0].page, lines[0].top, body[-1].bottom, edges, len(rows) + 1, tuple(cells))
    return grid, 1 + len(body)


def _heads(head: Sequence[Line], borders: Sequence[float]) -> bool:
    """Whether the names of columns, where they take several lines, are names still when put together."""
    runs = [run for line in head for run in line.runs]
    names = [joined(tuple(run for run in runs if _column(run, borders) == n)) for n in range(len(borders) + 1)]
    return len(head) == 1 or tells(names)


def _body(lines: Sequence[Line], names: Sequence[_Cell]) -> Iterator[Line]:
    """The lines below a header up to one that runs across its columns, or a wide gap."""
    middles = [(start + end) / 2 for start, end, _ in names]
    for above, line in pairwise(lines):
        across = any(sum(run.x0 < middle < run.x1 for middle in middles) > 1 for run in line.runs)
        if across or line.y - above.y > ROW_GAP * line.size or abs(line.size - lines[0].size) > 0.3 * line.size:
            return
        yield line


def _borders(names: Sequence[_Cell], body: Sequence[Line]) -> tuple[float, ...]:
    """Where one column ends and the next begins: in the widest empty band between the middles of their names."""
    found = []
    runs = sorted(((run.x0, run.x1) for line in body for run in line.runs), key=lambda run: run[0])
    for (a, b, _), (c, d, _) in pairwise(names):
        low, high = (a + b) / 2, (c + d) / 2
        taken = sorted([(a, b), (c, d), *((x0, x1) for x0, x1 in runs if x0 < high and x1 > low)])
        reach, best = low, (0.0, (b + c) / 2)
        for x0, x1 in taken:
            if x0 > reach:
                best = max(best, (min(x0, high) - reach, (reach + min(x0, high)) / 2))
            reach = max(reach, x1)
        found.append(best[1])
    return tuple(found)


def _column(run: Run, borders: Sequence[float]) -> int:
    return sum(border < (run.x0 + run.x1) / 2 for border in borders)


def _row(lines: Sequence[Line], number: int, borders: Sequence[float], edges: Sequence[float]) -> Iterator[GridCell]:
    runs = [run for line in lines for run in line.runs]
    for column in range(len(borders) + 1):
        own = tuple(run for run in runs if _column(run, borders) == column)
        yield GridCell(number, column, 1, 1, edges[column], edges[column + 1], own)
