"""``yaodian build``: documents become a corpus."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yaodian.cli.paths import NamedPath

if TYPE_CHECKING:
    from yaodian.corpus import BuildReport
    from yaodian.locales import Language

EXAMPLES = """\b
Examples:
  yaodian build plans/ --out build               a folder of plans
  yaodian build 2023/*.pdf 2024/*.docx -o build
  yaodian build plans/ --jobs 8                  with eight processes
  yaodian build plans/ --executor dask --scheduler tcp://10.0.0.5:8786
  yaodian build --renew --out build              again, from what it was built from
"""


@click.command("build", epilog=EXAMPLES)
@click.argument("sources", metavar="[SOURCE...]", nargs=-1)
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
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 512),
    metavar="N",
    help="How many processes read plans.  [default: one a processor, from 40 plans on]",
)
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Who reads plans: this machine, or a dask.distributed cluster (pip install 'yaodian[dask]').",
)
@click.option("--scheduler", metavar="URL", help="The cluster's scheduler, as tcp://HOST:8786.")
@click.option("--pages/--no-pages", default=None, help="Make report.html and map.html.  [default: for up to 100 plans]")
@click.option(
    "--site",
    type=NamedPath(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Also write the site there, as yaodian site does.",
)
@click.option("--renew", is_flag=True, help="Without SOURCE: build again from what the corpus was built from.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language; English unless the locale is Chinese.")
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[str, ...],
    out: Path,
    themes: Path | None,
    jobs: int | None,
    executor: str,
    scheduler: str | None,
    pages: bool | None,
    site: Path | None,
    renew: bool,
    lang: Language | None,
) -> None:
    """Read plans and build a corpus.

    SOURCE is a plan (.txt, .md, .html, .docx, .pdf), a folder (all documents in it, at any depth) or a pattern like
    '2024/*.docx'. The sources of one run ARE the corpus: a plan whose source is no longer among them is removed from
    it. Documents that have not changed are not read again.

    The folder gets a file of N-Quads for each plan (plans/), manifest.json, the index for queries (store/),
    report.html and map.html. Killed at any moment, it has its former state or the new one; the next build goes on
    where one was killed or interrupted. The result is the same bytes whoever reads the plans.

    Exit status: 0 built, 1 built but some documents failed, 2 there is nothing to read or the folder cannot be used.
    """
    from yaodian.cli.progress import progress_line
    from yaodian.cli.told import Told
    from yaodian.corpus import build
    from yaodian.corpus import renew as build_again
    from yaodian.locales import preferred

    _refuse_contradictions(sources, renew, executor, scheduler)
    with progress_line() as progress:
        made = partial(build_again, out) if renew else partial(build, sources, out)
        report = made(themes=themes, progress=progress, jobs=jobs, scheduler=scheduler, pages=pages)
    told = Told(report, lang or preferred(otherwise="en"))
    for failure in report.failed:
        click.echo(told.failure(failure), err=True)
    _show_causes(ctx, report)
    click.echo(told.summary(), nl=False)
    if site is not None:
        _write_site(out, site)
    ctx.exit(1 if report.failed else 0)


def _write_site(corpus: Path, folder: Path) -> None:
    from yaodian.corpus import open_corpus
    from yaodian.output import refuse_overwriting
    from yaodian.site import write

    refuse_overwriting(folder / "index.html", [])
    write(open_corpus(corpus), folder)


def _refuse_contradictions(sources: tuple[str, ...], renew: bool, executor: str, scheduler: str | None) -> None:
    if renew == bool(sources):
        raise click.UsageError("give either SOURCE... or --renew")
    if (executor == "dask") != bool(scheduler):
        raise click.UsageError("--executor dask and --scheduler URL go together")


def _show_causes(ctx: click.Context, report: BuildReport) -> None:
    if ctx.find_root().meta.get("yaodian.debug"):
        for trace in report.traces:
            click.echo(trace, err=True, nl=False)
