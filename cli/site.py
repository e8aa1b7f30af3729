"""``yaodian site``: a corpus as a folder of pages."""

from __future__ import annotations

from pathlib import Path

import click

from yaodian.cli.paths import NamedPath, corpus_option
from yaodian.filenames import readable

EXAMPLES = """\b
Examples:
  yaodian site --out site                        the corpus in ./build, in Chinese and English
  yaodian site -d corpus --out public --lang zh  in Chinese only
"""


@click.command("site", epilog=EXAMPLES)
@corpus_option
@click.option(
    "--out",
    "-o",
    type=NamedPath(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The folder of the site.",
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    type=click.Choice(["zh", "en"]),
    help="Only in this language; may be given again: the first one lies at the root.  [default: zh, en]",
)
def command(corpus: Path, out: Path, languages: tuple[str, ...]) -> None:
    """Write a corpus as pages for a web server, or for opening from disk (index.html).

    There is an overview, and a page for each plan, city, theme, policy, indicator and rule that found something, at
    the path of its IRI; tables and graphs can be downloaded. Pages load nothing from elsewhere. A second run writes
    what has changed, and removes pages of what is no longer in the corpus.

    Exit status: 0 written, 2 there is no corpus, or the folder holds other things or cannot be written.
    """
    from yaodian.cli.progress import progress_line
    from yaodian.corpus import open_corpus
    from yaodian.output import refuse_overwriting
    from yaodian.site import write

    refuse_overwriting(out / "index.html", [])
    opened = open_corpus(corpus)
    with progress_line("overview, cities, themes, policies, indicators") as progress:
        changes = write(opened, out, languages=tuple(dict.fromkeys(languages)) or ("zh", "en"), progress=progress)
    click.echo(
        f"{readable(str(out))}: {changes.written} written, {changes.unchanged} unchanged, {changes.removed} removed"
    )
