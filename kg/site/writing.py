"""Writing a site: page by page, what has not changed left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from yaodian.corpus.toolchain import toolchain
from yaodian.pages import asset
from yaodian.site.addresses import page_of
from yaodian.site.downloads import graph_file, table_file, tables
from yaodian.site.edition import Edition, editions
from yaodian.site.ledger import Ledgers, ledgers
from yaodian.site.overview import chapters, data_page, overview, plan_page
from yaodian.site.shelf import Changes, Shelf, opened
from yaodian.site.survey import Survey, survey
from yaodian.site.things import pages
from yaodian.source import GraphSource

if TYPE_CHECKING:
    from yaodian.corpus.manifest import Manifest, PlanRow

Progress = Callable[[int, int, str], None]


class Source(GraphSource, Protocol):
    """A corpus as the site needs it: answers, what it was made of, and each plan's N-Quads."""

    @property
    def manifest(self) -> Manifest:
        """What the corpus was made of."""

    def nquads(self, row: PlanRow, /) -> bytes:
        """A plan's N-Quads file."""


def write(
    source: Source, folder: Path, *, languages: Sequence[str] = ("zh", "en"), progress: Progress | None = None
) -> Changes:
    """Write the site of a corpus into a folder of its own; what has changed there since the last time.

    The first of the ``languages`` lies at the root, each other one in a folder of its name. ``progress`` is told how
    many plans are done, of how many, and which comes next. ``YaodianError`` where the folder holds other things, cannot
    be written, or is being written to.
    """
    with opened(folder) as shelf:
        found = survey(source, source.manifest.plans)
        made = editions(source, tuple(languages))
        _plans(source, shelf, made, found, progress)
        with ledgers(source) as told:
            for edition in made:
                _shared(source.manifest, shelf, edition, found, told)
            _tables(source, shelf, found, told)
        shelf.put("assets/site.css", style().encode())
        shelf.put("assets/site.js", asset("yaodian.site", "site.js").encode())
        return shelf.finish()


def style() -> str:
    """The style of all pages."""
    sheets = (("yaodian.reports", "ground.css"), ("yaodian.reports", "report.css"), ("yaodian.site", "site.css"))
    return "".join(asset(package, name) for package, name in sheets)


def _plans(source: Source, shelf: Shelf, made: Iterable[Edition], found: Survey, progress: Progress | None) -> None:
    writers = [(edition, chapters(source, edition)) for edition in made]
    rows = source.manifest.plans
    for n, row in enumerate(rows):
        if progress:
            progress(n, len(rows), row.name)
        for edition, writer in writers:
            path, made_from = edition.place(page_of(row.plan) or ""), _digest(row, edition)
            if not shelf.has(path, made_from):
                shelf.put(path, plan_page(writer, edition, found, row), made_from)
        if not shelf.has(graph_file(row), row.digest or "-"):
            shelf.put(graph_file(row), source.nquads(row), row.digest or "-")
    if progress:
        progress(len(rows), len(rows), "")


def _digest(row: PlanRow, edition: Edition) -> str:
    """The digest of what a plan's page is made from: its graph, its row, and the program with its vocabularies."""
    told = (asdict(row), asdict(toolchain()), edition.lang, edition.folder, sorted(edition.others.items()))
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def _shared(manifest: Manifest, shelf: Shelf, edition: Edition, found: Survey, told: Ledgers) -> None:
    """The pages that are made from several plans."""
    shelf.put(edition.place("index.html"), overview(edition, found, manifest))
    shelf.put(edition.place("data/index.html"), data_page(edition, found.in_order(found.plans)))
    digests = {row.plan: _digest(row, edition) for row in found.plans.values()}
    for page in pages(edition, found, told):
        path = edition.place(page.path)
        if page.plans is None:
            shelf.put(path, page.made())
            continue
        made_from = hashlib.sha256("".join(sorted(digests[plan] for plan in page.plans)).encode()).hexdigest()
        if not shelf.has(path, made_from):
            shelf.put(path, page.made(), made_from)


def _tables(source: Source, shelf: Shelf, found: Survey, told: Ledgers) -> None:
    state = hashlib.sha256(f"{source.manifest.digest} {toolchain()}".encode()).hexdigest()
    for name, pieces in tables(source, found, told):
        if not shelf.has(table_file(name), state):
            shelf.stream(table_file(name), pieces, state)
