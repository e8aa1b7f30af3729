"""``yaodian build``: documents become a corpus."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yaodian.cli.paths import NamedPath
from yaodian.errors import listed
from yaodian.filenames import readable

if TYPE_CHECKING:
    from yaodian.corpus import BuildReport, PlanRow

EXAMPLES = """\b
Examples:
  yaodian build plans/ --out build               a folder of plans
  yaodian build 2023/*.txt 2024/*.html -o build
"""


@click.command("build", epilog=EXAMPLES)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--out",
    "-o",
    type=NamedPath(file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder of the corpus.",
)
@click.option(
    "--themes",
    type=NamedPath(exists=True, dir_okay=False, path_type=Path),
    help="A SKOS scheme (Turtle) to index items by, in place of the built-in themes.",
)
@click.pass_context
def command(ctx: click.Context, sources: tuple[str, ...], out: Path, themes: Path | None) -> None:
    """Read plans and build a corpus.

    SOURCE is a plan (.txt, .html), a folder (all documents in it, at any depth) or a pattern like '2024/*.txt'. The
    sources of one run ARE the corpus: a plan whose source is no longer among them is removed from it. Documents that
    have not changed are not read again.

    The folder gets a file of N-Quads for each plan (plans/), manifest.json, the index for queries (store/),
    report.html and map.html. Killed at any moment, it has its former state or the new one.

    Exit status: 0 built, 1 built but some documents failed, 2 there is nothing to read or the folder cannot be used.
    """
    from yaodian.corpus import build

    with _progress_bar() as progress:
        report = build(sources, out, themes=themes, progress=progress)
    for failure in report.failed:
        click.echo(readable(f"{failure.source}: {failure.error}"), err=True)
    _show_causes(ctx, report)
    click.echo(readable(_summary(report)), nl=False)
    ctx.exit(1 if report.failed else 0)


@contextmanager
def _progress_bar() -> Iterator[Callable[[int, int, str], None] | None]:
    """A bar on the error stream where that is a terminal; it appears with the first document."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="reading", file=sys.stderr, item_show_func=lambda name: name) as bar:

        def show(done: int, total: int, upcoming: str) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos, readable(Path(upcoming).name) or "index, report, map")

        yield show


def _show_causes(ctx: click.Context, report: BuildReport) -> None:
    if ctx.find_root().meta.get("yaodian.debug"):
        import traceback

        for cause in report.causes:
            click.echo("".join(traceback.format_exception(cause)), err=True, nl=False)


def _summary(report: BuildReport) -> str:
    from yaodian.corpus.remarks import remarks

    notes = (f"note: {remark}" for remark in remarks(report.plans))
    lines = (*notes, *_changes(report), *_copies(report), *_skipped(report), _state(report))
    return _plans(report.plans) + "".join(f"{line}\n" for line in lines)


def _plans(rows: tuple[PlanRow, ...]) -> str:
    from yaodian.cli.tables import screen, table
    from yaodian.corpus.remarks import is_odd

    if not rows:
        return ""
    header = ("plan", "city", "year", "kind", "items", "targets", "results", "policies", "findings")
    cells = [
        (
            f"{row.slug} {readable(row.name)}" if is_odd(row) else row.slug,
            row.city or row.province or "-",
            str(row.year or "-"),
            row.kind,
            *(str(count) for count in (row.items, row.targets, row.results, row.policies, sum(row.findings.values()))),
        )
        for row in sorted(rows, key=lambda row: (row.city_code or "", row.city or "", row.year or 0, row.slug))
    ]
    return table(header, cells, right=range(4, 9), room=screen()) + "\n"


def _changes(report: BuildReport) -> Iterator[str]:
    if report.built:
        yield f"built: {len(report.built)}"
    if report.unchanged:
        yield f"unchanged: {len(report.unchanged)}"
    if report.renamed:
        pairs = [f"{old} → {new}" for old, new in report.renamed]
        yield f"renamed: {len(pairs)} ({listed(pairs, ', ')})"
    if report.removed:
        yield f"removed: {len(report.removed)} ({listed(report.removed, ', ')})"
    if report.failed:
        yield f"failed: {len(report.failed)}"


def _copies(report: BuildReport) -> Iterator[str]:
    contents = {row.source: row.sha256 for row in report.plans}
    for copy in report.duplicates:
        in_other_bytes = contents.get(copy.duplicate_of, copy.sha256) != copy.sha256
        same = "text as {}, in other bytes: counted once" if in_other_bytes else "content as {}"
        yield f"duplicate: {copy.source} has the same {same.format(copy.duplicate_of)}"


def _skipped(report: BuildReport) -> Iterator[str]:
    if report.skipped:
        endings = sorted({Path(name).suffix or "no ending" for name in report.skipped})
        yield f"not documents: {len(report.skipped)} ({', '.join(endings)})"


def _state(report: BuildReport) -> str:
    if not report.plans:
        return f"corpus without plans: {report.out}"
    if report.changed:
        return f"corpus: {report.out}"
    return f"{'no other changes' if report.failed else 'nothing to do'}: {report.out}"
