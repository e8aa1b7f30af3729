"""The pages in reading order: furniture taken away, columns one after the other, tables where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from yaodian.reading.pdf.aligned import with_aligned_tables
from yaodian.reading.pdf.columns import columns_of
from yaodian.reading.pdf.furniture import furniture_of
from yaodian.reading.pdf.grids import Grid, grids_of
from yaodian.reading.pdf.lines import Line, lines_of
from yaodian.reading.pdf.page import Page


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
    drawn: list[tuple[Page, list[Grid], list[Line]]] = []
    for page in pages:
        check()
        grids, runs = grids_of(page.number, page.rules, page.runs)
        drawn.append((page, grids, lines_of(page.number, runs)))
    furniture = furniture_of([lines for _, _, lines in drawn])
    gone = set(map(id, furniture))
    stretches: list[Stretch] = []
    gutter: float | None = None
    for page, grids, lines in drawn:
        check()
        for part in _parts(grids, [line for line in lines if id(line) not in gone]):
            if isinstance(part, Grid):
                stretches.append(Stretch(page.number, page.width, grid=part))
                continue
            columns = columns_of(part, gutter)
            gutter = columns.gutter
            stretches += (Stretch(page.number, page.width, block.column, block.lines) for block in columns.blocks)
    return Sheets(tuple(stretches), tuple(furniture))


def _parts(grids: Sequence[Grid], lines: list[Line]) -> Iterator[list[Line] | Grid]:
    """The tables of a page, those without ruled lines too, and the lines above, between and below them."""
    for grid in (*grids, None):
        above = [line for line in lines if grid is None or line.y < grid.top]
        lines = [line for line in lines if grid is not None and line.y >= grid.top]
        between: list[Line] = []
        for part in with_aligned_tables(above):
            if isinstance(part, Grid):
                yield from ([between] if between else [])
                yield part
                between = []
            else:
                between.append(part)
        yield from ([between] if between else [])
        yield from ([grid] if grid else [])
