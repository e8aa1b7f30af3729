"""``yaodian map``: a corpus as one picture to walk about in."""

from __future__ import annotations

from pathlib import Path

import click

from yaodian.cli.paths import NamedPath
from yaodian.errors import YaodianError
from yaodian.filenames import readable

EXAMPLES = """\b
Examples:
  yaodian map                                    the corpus in ./build, as ./map.html
  yaodian map -d build --city 常州 --year 2023 --out changzhou.html
  yaodian map -d build --theme teachers --lang en
"""


@click.command("map", epilog=EXAMPLES)
@click.option(
    "--corpus",
    "-d",
    type=NamedPath(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder of the corpus.",
)
@click.option(
    "--out",
    "-o",
    type=NamedPath(dir_okay=False, path_type=Path),
    default=Path("map.html"),
    show_default=True,
    help="The HTML file to write.",
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="The language it opens in."
)
@click.option("--city", "cities", multiple=True, metavar="NAME|CODE", help="Only this city; may be given again.")
@click.option(
    "--year", "years", multiple=True, type=int, metavar="YEAR", help="Only plans of this year; may be given again."
)
@click.option("--theme", "themes", multiple=True, metavar="NAME|CODE", help="Only items about it; may be given again.")
def command(
    corpus: Path, out: Path, lang: str, cities: tuple[str, ...], years: tuple[int, ...], themes: tuple[str, ...]
) -> None:
    """Draw the relationship map of a corpus: cities, plans, items, targets and results, themes, policies.

    The file stands alone: it opens without a network and loads nothing. Where there are too many nodes to read, items
    are folded into their plans, and the page says so; --city, --year and --theme show a part in full.

    Exit status: 0 written, 2 there is no corpus, nothing matches, or the file cannot be written.
    """
    from yaodian.corpus import open_corpus
    from yaodian.maps import draw
    from yaodian.maps.selection import Selection
    from yaodian.output import refuse_overwriting

    refuse_overwriting(out, [])
    selection = Selection(tuple(map(readable, cities)), years, tuple(map(readable, themes)))
    try:
        nodes = draw(open_corpus(corpus), out, selection, lang=lang)
    except OSError as error:
        raise YaodianError(f"{out}: {error.strerror or error}") from error
    click.echo(f"{readable(str(out))}: {nodes} nodes")
