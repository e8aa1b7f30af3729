"""``yaodian push``: a corpus on a SPARQL server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yaodian.cli.paths import NamedPath, corpus_option
from yaodian.endpoint.server import PASSWORD, USER, credentials, server, server_kinds
from yaodian.filenames import readable
from yaodian.ontology import lexicon

if TYPE_CHECKING:
    from yaodian.endpoint.pushing import PushReport
    from yaodian.exports.formats import Progress
    from yaodian.locales import Language

EXAMPLES = f"""\b
Examples:
  export {USER}=dba {PASSWORD}=...
  yaodian push http://localhost:8890/sparql --server virtuoso -d build
  yaodian push https://example.org/plans --user editor --password-file secret
  yaodian query targets -p city=常州 --endpoint http://localhost:8890/sparql
"""


@click.command("push", epilog=EXAMPLES)
@click.argument("url", metavar="URL")
@corpus_option
@click.option("--server", "kind", type=click.Choice(server_kinds()), default="plain", show_default=True,
              help="Whose server it is, which tells where it loads; plain: all services are at URL.")  # fmt: skip
@click.option("--graph-store", metavar="URL", help="The address of the Graph Store service, where it is another.")
@click.option("--update", metavar="URL", help="The address of the update service, where it is another.")
@click.option("--protocol", type=click.Choice(["auto", "graph-store", "update"]), default="auto", show_default=True,
              help="How to load; auto: by the Graph Store protocol, or by updates where that is absent.")  # fmt: skip
@click.option("--user", metavar="NAME", help=f"Who loads; the password is in {PASSWORD}.  [default: {USER}]")
@click.option("--password-file", type=NamedPath(path_type=Path, dir_okay=False), help="A file with the password.")
@click.option("--as", "name", metavar="NAME", help="The name of the corpus there.  [default: one kept in its folder]")
@click.option("--facts-only", is_flag=True, help="Leave the words of the documents out; names and titles stay.")
@click.option("--license", metavar="IRI", help="The licence of the corpus, for its description.")
@click.option("--timeout", type=click.FloatRange(1, 86_400), default=60.0, show_default=True, metavar="SECONDS",
              help="Wait so long for each answer.")  # fmt: skip
@click.option("--retries", type=click.IntRange(0, 20), default=5, show_default=True,
              help="Ask again so often where the server is busy or away, waiting longer each time.")  # fmt: skip
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language; English unless the locale is Chinese.")
def command(
    url: str,
    corpus: Path,
    kind: str,
    graph_store: str | None,
    update: str | None,
    protocol: str,
    user: str | None,
    password_file: Path | None,
    name: str | None,
    facts_only: bool,
    license: str | None,
    timeout: float,
    retries: int,
    lang: Language | None,
) -> None:
    """Load a corpus into a SPARQL 1.1 server, and keep it current there.

    URL is the address of the server's query service. A graph for each plan and one for its findings, the shared
    things, the vocabulary and the description are sent where they have changed, counted on the server afterwards, and
    removed where they are no longer in the corpus. Graphs of others are left alone. To push again is harmless.

    Exit status: 0 the server holds the corpus, 2 it cannot be reached, refuses, or holds something else.
    """
    from dataclasses import replace

    from yaodian.corpus import open_corpus
    from yaodian.endpoint.http import Connection
    from yaodian.endpoint.pushing import corpus_name, push
    from yaodian.exports.blocks import Contents
    from yaodian.exports.choosing import checked_license
    from yaodian.exports.formats import Wish
    from yaodian.locales import preferred

    language = lang or preferred(otherwise="en")
    to = server(url, kind, credentials=credentials(user, password_file), timeout=timeout, retries=retries)
    to = replace(to, graph_store=graph_store or to.graph_store, update=update or to.update)
    contents = Contents(open_corpus(corpus), facts_only)
    with Connection(to) as connection, _progress_bar(language) as progress:
        wish = Wish(checked_license(license), progress=progress)
        report = push(contents, connection, corpus_name(corpus, name), protocol=protocol, wish=wish)
    click.echo(readable(_summary(url, report, language)))


def _summary(url: str, report: PushReport, language: Language) -> str:
    told: str = lexicon("sending")["said"]["pushed"][language]
    done = {"sent": len(report.sent), "unchanged": len(report.unchanged), "removed": len(report.removed)}
    there = {"graphs": len(report.triples), "statements": sum(report.triples.values())}
    return told.format(url=url, name=report.name, **done, **there)


@contextmanager
def _progress_bar(language: Language) -> Iterator[Progress | None]:
    if not sys.stderr.isatty():
        yield None
        return
    words = lexicon("sending")
    label, parts = words["said"]["loading"][language], words["parts"]
    with click.progressbar(length=1, label=label, file=sys.stderr, item_show_func=lambda it: it) as bar:

        def show(done: int, total: int, upcoming: str) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos, parts[upcoming][language] if upcoming in parts else readable(upcoming))

        yield show
