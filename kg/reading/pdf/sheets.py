"""The pages in reading order: furniture taken away, columns one after the other, tables where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from yaodian.reading.pdf.aligned import with_aligned_tables
from yaodian.reading.pdf.columns import columns_of
from yaodian.reading.pdf.furniture import furniture_of
from yaodian.reading.pdf.grids import Grid, grids_of
from yaodian.reading.pdf.lines import Line, lines_of
from yaodian.reading.pdf.page import Page, Run


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is read in one go: lines, or a table; ``column`` numbers columns, 0 for a page's whole width."""

    page: int
    width: float
    column: int = 0
    lines: tuple[Line, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Sheets:
    """The stretches of all pages in reading order, and the lines that were left out as furniture."""

    stretches: tuple[Stretch, ...]
    furniture: tuple[Line, ...]


def sheets(pages: Sequence[Page], check: Callable[[], None]) -> Sheets:
    """The pages in reading order; ``check`` is called now and then, and may raise where it takes too long."""
    drawn: list[tuple[Page, list[Grid], list[Run]]] = []
    for page in pages:
        check()
        drawn.append((page, *grids_of(page.number, page.rules, page.runs)))
    furniture = furniture_of([lines_of(page.number, runs) for page, _, runs in drawn])
    gone = {(line.page, run) for line in furniture for run in line.runs}
    stretches: list[Stretch] = []
    gutter: float | None = None
    for page, grids, runs in drawn:
        check()
        left = [run for run in runs if (page.number, run) not in gone]
        for part in _parts(page.number, grids, left):
            if isinstance(part, Grid):
                stretches.append(Stretch(page.number, page.width, grid=part))
                continue
            columns = columns_of(part, gutter)
            gutter = columns.gutter
            stretches += (Stretch(page.number, page.width, block.column, block.lines) for block in columns.blocks)
    return Sheets(tuple(stretches), tuple(furniture))


def _parts(page: int, grids: Sequence[Grid], runs: list[Run]) -> Iterator[list[Line] | Grid]:
    """The tables of a page, those without ruled lines too, and the lines above, between and below them."""
    for grid in (*grids, None):
        above = [run for run in runs if grid is None or run.y < grid.top]
        runs = [run for run in runs if grid is not None and run.y >= grid.top]
        between: list[Line] = []
        for part in with_aligned_tables(lines_of(page, above)):
            if isinstance(part, Grid):
                yield from ([between] if between else [])
                yield part
                between = []
            else:
                between.append(part)
        yield from ([between] if between else [])
        yield from ([grid] if grid else [])
