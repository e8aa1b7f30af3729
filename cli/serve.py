"""``yaodian serve``: a corpus as a web server."""

from __future__ import annotations

from pathlib import Path

import click

from yaodian.cli.library import library_told, own_queries
from yaodian.cli.paths import corpus_folder
from yaodian.errors import YaodianError
from yaodian.filenames import readable

EXAMPLES = """\b
Examples:
  yaodian serve build                            http://127.0.0.1:8731/
  yaodian serve build --port 9000 --set timeout=30 --set rows=1000000
  yaodian serve build --host 0.0.0.0 --allow-host plans.example.org --public-url https://plans.example.org
  yaodian serve build --queries questions/       with one's own questions (NAME.rq)
  yaodian serve --settings                       every limit, its default and what it is for
"""
DEFAULT_PORT = 8731
_EVERYWHERE = ("0.0.0.0", "::", "")


@click.command("serve", epilog=EXAMPLES)
@corpus_folder
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Listen at this address; 127.0.0.1: for this machine only.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, metavar="PORT",
              help="The port; 0: any that is free.")  # fmt: skip
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME",
              help="Answer requests to this name, beside localhost; may be given again.")  # fmt: skip
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN",
              help="Let pages of this origin (https://example.org, *) read answers; may be given again.")  # fmt: skip
@click.option("--public-url", metavar="URL", help="The address that it is known by, where a proxy is before it.")
@own_queries
@click.option("--set", "changes", multiple=True, metavar="NAME=VALUE", help="Change a limit; see --settings.")
@click.option("--settings", "list_", is_flag=True, help="List the limits and end.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
              help="The language of --settings; pages are in the reader's.")  # fmt: skip
def command(
    corpus: Path,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    public_url: str | None,
    queries: Path | None,
    changes: tuple[str, ...],
    list_: bool,
    lang: str,
) -> None:
    """Serve a corpus: a SPARQL endpoint, the ready-made questions as pages and as an API, a page for each thing.

    DIR is the folder of the corpus [default: build, if it is here]. The server only reads; SERVICE, other people's
    graphs and updates are refused; a query that takes too long is stopped. A new build of the folder is taken up with
    the next request. Ctrl+C ends it.

    Exit status: 0 ended, 2 there is no corpus, the port cannot be had, or a part for serving is not installed.
    """
    from yaodian.serving.settings import settings

    if list_:
        click.echo(_listed(lang), nl=False)
        return
    limits = settings(changes)
    from yaodian.serving import Options, serve

    named = [] if host in _EVERYWHERE else [f"[{host}]" if ":" in host else host]
    known = library_told(queries).queries
    options = Options(known, (*named, *hosts, *_host_of(public_url)), origins, _without_slash(public_url))
    serve(corpus, limits, options, host, port, _started)


def _started(address: str) -> None:
    click.echo(f"serving at {address} (Ctrl+C ends it)")


def _host_of(address: str | None) -> tuple[str, ...]:
    from urllib.parse import urlsplit

    if address is None:
        return ()
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https"):
        raise YaodianError(f"--public-url {readable(address)}: write an address like https://plans.example.org")
    return (f"[{host}]" if ":" in host else host,)


def _without_slash(address: str | None) -> str | None:
    return address.rstrip("/") if address else None


def _listed(lang: str) -> str:
    from yaodian.cli.tables import screen, table
    from yaodian.serving.settings import table as settings_table

    header = ("setting", "default", "least", "most", "what it is for" if lang == "en" else "用途")
    rows = [
        (each.name, f"{each.default} {each.unit}".strip(), str(each.least), str(each.most),
         each.en if lang == "en" else each.zh)
        for each in settings_table()
    ]  # fmt: skip
    return table(header, rows, right=range(1, 4), room=screen())
