"""``yaodian map``: a corpus as one picture to walk about in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yaodian.cli.paths import NamedPath, corpus_option
from yaodian.errors import QueryError, YaodianError
from yaodian.filenames import readable

if TYPE_CHECKING:
    from yaodian.corpus import Corpus
    from yaodian.corpus.answers import Answer

# As in yaodian.maps, which takes long to import.
VIEWS = ("corpus", "plan", "city", "policy", "theme", "similarity", "issuance")
KINDS = ("city", "plan", "section", "item", "target", "result", "theme", "place", "policy", "basis", "thing")
TIMEOUT = 60.0

EXAMPLES = """\b
Examples:
  yaodian map                                    the corpus in ./build, as ./map.html
  yaodian map -d build --city 常州 --year 2023 --out changzhou.html
  yaodian map -d build --theme teachers --lang en
  yaodian map -d build --view plan --city 常州 --year 2023
  yaodian map -d build --view policy --policy 学前教育
  yaodian map -d build --query question.rq       what a CONSTRUCT, or a SELECT ?s ?p ?o, finds
"""


@click.command("map", epilog=EXAMPLES)
@corpus_option
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
@click.option(
    "--policy", "policies", multiple=True, metavar="NAME",
    help="Only items that name it, or one whose name has this in it; may be given again.",
)  # fmt: skip
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), metavar="KIND",
    help=f"Only nodes of this kind; may be given again. What hangs between them is folded. {', '.join(KINDS)}.",
)  # fmt: skip
@click.option(
    "--view", type=click.Choice(VIEWS), default="corpus", show_default=True,
    help="corpus: all; plan: one plan by its sections; city: one city and those that share its policies; policy: who "
    "cites, carries out, makes what; theme: cities, themes, policies; similarity: cities nearest to each other; "
    "issuance: who makes what after what.",
)  # fmt: skip
@click.option(
    "--query", "question", type=NamedPath(exists=True, dir_okay=False, path_type=Path), metavar="FILE.rq",
    help="Draw what this CONSTRUCT, or SELECT ?s ?p ?o, finds. It may read and no more, and takes a minute at most.",
)  # fmt: skip
def command(
    corpus: Path,
    out: Path,
    lang: str,
    view: str,
    question: Path | None,
    kinds: tuple[str, ...],
    years: tuple[int, ...],
    **names: tuple[str, ...],
) -> None:
    """Draw the relationship map of a corpus: cities, plans, items, targets and results, themes, policies.

    The file stands alone: it opens without a network and loads nothing. Where there are too many nodes to read, items
    are folded into their plans, and the page says so; --city, --year, --theme and --policy show a part in full.

    Exit status: 0 written, 2 there is no corpus, nothing matches, or the file cannot be written.
    """
    from yaodian.corpus import open_corpus
    from yaodian.maps import draw
    from yaodian.maps.selection import Selection
    from yaodian.output import refuse_overwriting

    if question and (view != "corpus" or years or any(names.values())):
        raise click.UsageError(
            "--query says itself what to draw: give it without --view, --city, --year, --theme, --policy"
        )
    refuse_overwriting(out, [question] if question else [])
    given = {part: tuple(map(readable, values)) for part, values in names.items()}
    selection = Selection(
        years=years, kinds=kinds, cities=given["cities"], themes=given["themes"], policies=given["policies"]
    )
    opened = open_corpus(corpus)
    answer = _answer(opened, question) if question else None
    try:
        nodes = draw(opened, out, selection, lang=lang, view=view, answer=answer)
    except OSError as error:
        raise YaodianError(f"{out}: {error.strerror or error}") from error
    click.echo(f"{readable(str(out))}: {nodes} nodes")


def _answer(corpus: Corpus, question: Path) -> Answer:
    """What the file asks, answered in a process of its own, which is ended where it takes too long."""
    try:
        text = question.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"{question}: cannot be read: it is not UTF-8 text") from error
    except OSError as error:
        raise QueryError(f"{question}: cannot be read: {error.strerror or error}") from error
    try:
        return corpus.query(text, timeout=TIMEOUT)
    except QueryError as error:
        raise QueryError(f"{question}: {error}") from error
