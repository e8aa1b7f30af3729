"""``yaodian search``: words in the plans of a corpus."""

from __future__ import annotations

from pathlib import Path

import click

from yaodian.cli.paths import corpus_option
from yaodian.cli.sheets import sheet_options, show
from yaodian.filenames import readable

KINDS = ("item", "text", "target", "result", "policy", "deliverable")
EXAMPLES = """\b
Examples:
  yaodian search 学位                             in all plans of the corpus in ./build
  yaodian search 学位 供给 -公办 --city 常州 --year 2023
  yaodian search '"优质 均衡"' --theme compulsory --limit 0 --out found.csv
  yaodian search 覆盖率 --kind target --format html --out found.html
  yaodian search -- -公办 学位                    -- where the first word begins with a -
"""


@click.command("search", epilog=EXAMPLES, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@corpus_option
@click.option("--city", "cities", multiple=True, metavar="NAME|CODE", help="Only its plans; may be given again.")
@click.option("--year", "years", multiple=True, type=int, metavar="YEAR", help="Only its plans; may be given again.")
@click.option("--theme", metavar="NAME|CODE", help="Only what items about this theme say.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="What to look through; may be given again.  [default: item and text, which hold every word once]",
)
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, help="At most so many, the best; 0: all."
)
@sheet_options
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    corpus: Path,
    cities: tuple[str, ...],
    years: tuple[int, ...],
    theme: str | None,
    kinds: tuple[str, ...],
    limit: int,
    format_: str | None,
    out: str | None,
    lang: str,
) -> None:
    """Find words in the plans of a corpus, the best finds first, each with its item, its line and the words around.

    All WORDs must be there, each as it is written; "words in quotation marks" follow each other; -WORD excludes.
    Full-width or half-width, traditional or simplified, capital or small makes no difference.

    Exit status: 0 told, whether or not anything was found; 2 there is no corpus, no such city, year or theme, or
    nothing to look for.
    """
    from yaodian.corpus import open_corpus
    from yaodian.searching import Wanted, search
    from yaodian.searching.passages import KINDS as KNOWN
    from yaodian.searching.passages import WHOLE
    from yaodian.searching.showing import search_sheet

    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word, ctx=ctx)
    asked = readable(" ".join(words))
    chosen = tuple(kind for kind in KNOWN if kind in kinds) or WHOLE
    wanted = Wanted(tuple(map(readable, cities)), years, readable(theme) if theme else theme, chosen, limit)
    found = search(open_corpus(corpus), asked, wanted)
    show(search_sheet(found, asked, lang), format_, out, lang)
