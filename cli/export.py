"""``yaodian export``: a corpus in the forms that other programs read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yaodian.cli.paths import corpus_folder
from yaodian.exports.formats import FORMATS, Progress, Wish
from yaodian.filenames import readable

if TYPE_CHECKING:
    from yaodian.locales import Language

TABLES = ("plans", "items", "targets", "policies", "places", "themes")
EXAMPLES = """\b
Examples:
  yaodian export build --format nq | gzip > corpus.nq.gz
  yaodian export build --format csv --out tables           a folder of tables
  yaodian export build --format excel --table targets --out targets.csv
  yaodian export build --format gexf --out corpus.gexf      for Gephi
  yaodian export build --format trig --facts-only --out public.trig
"""


@click.command("export", epilog=EXAMPLES)
@corpus_folder
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    required=True,
    help="nq, trig: with the graphs; ttl, jsonld: one graph; void: what the corpus says of itself; csv: tables for "
    "programs; excel: tables that Excel opens with 汉字 intact and no cell run as a formula; parquet; graphml, gexf: "
    "the network, for Gephi; stratml: StratML Part 2, one file a plan.",
)
@click.option("--out", "-o", default="-", show_default=True, metavar="FILE|FOLDER|-", help="Where to write.")
@click.option("--table", type=click.Choice(TABLES), help="One table, where tables go to a file or to standard output.")
@click.option("--plan", "plans", multiple=True, metavar="SLUG", help="Of stratml: only this plan; may be given again.")
@click.option("--facts-only", is_flag=True, help="Leave the words of the documents out; names and titles stay.")
@click.option("--license", metavar="IRI", help="The licence of the corpus, for its description.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language; English unless the locale is Chinese.")
def command(
    corpus: Path,
    format_: str,
    out: str,
    table: str | None,
    plans: tuple[str, ...],
    facts_only: bool,
    license: str | None,
    lang: Language | None,
) -> None:
    """Write a corpus in the form that another program reads.

    DIR is the folder of the corpus (build, where none is given). Plans are written one by one, so that memory stays
    flat (graphml and gexf hold the network). A file is whole or not there; a folder is that of an earlier export, an
    empty one or a new one.

    Exit status: 0 written, 2 there is no corpus, or it cannot be written so.
    """
    from yaodian.corpus import open_corpus
    from yaodian.exports.blocks import Contents
    from yaodian.exports.choosing import checked_license, checked_plans, checked_table
    from yaodian.exports.writing import write_export

    form, path = FORMATS[format_], None if out == "-" else Path(out)
    if not out:
        raise click.BadParameter("the name is empty", param_hint="--out")
    if form.binary and path is None and sys.stdout.isatty():
        raise click.UsageError(f"{format_} is nothing for a terminal: give a file with --out")
    checked_table(form, table, path)
    opened = open_corpus(corpus)
    contents = Contents(opened, facts_only, checked_plans(form, opened, plans))
    with _progress_bar(form.name, path is None) as progress:
        wish = Wish(checked_license(license), table, progress)
        files = write_export(form, contents, wish, path, lambda chunk: click.echo(chunk, nl=False))
    if path is not None:
        click.echo(readable(_summary(path, len(contents.rows), files, lang)), err=True)


def _summary(path: Path, plans: int, files: int, lang: Language | None) -> str:
    from yaodian.locales import preferred
    from yaodian.ontology import lexicon

    said = lexicon("sending")["said"]["exported-one" if files == 1 else "exported"]
    told: str = said[lang or preferred(otherwise="en")]
    return told.format(path=path, plans=plans, files=files)


@contextmanager
def _progress_bar(name: str, piped: bool) -> Iterator[Progress | None]:
    """A bar on the error stream where that is a terminal, and the export does not run over it."""
    if not sys.stderr.isatty() or (piped and sys.stdout.isatty()):
        yield None
        return
    with click.progressbar(length=1, label=name, file=sys.stderr, item_show_func=lambda it: it) as bar:

        def show(done: int, total: int, upcoming: str) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos, readable(upcoming))

        yield show
