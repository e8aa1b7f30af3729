"""``yaodian track``: what became of a city's targets."""

from __future__ import annotations

from pathlib import Path

import click

from yaodian.cli.paths import corpus_option
from yaodian.cli.sheets import sheet_options, show
from yaodian.filenames import readable

EXAMPLES = """\b
Examples:
  yaodian track 常州                             the last year that was planned and reported
  yaodian track 常州 --year 2023 --out track.html
  yaodian track 沅宁市 --outcome missed --outcome not-reported --format csv
"""
OUTCOMES = ("reached", "missed", "not-reported", "several", "not-planned")


@click.command("track", epilog=EXAMPLES)
@click.argument("city")
@corpus_option
@click.option("--year", type=int, metavar="YEAR", help="The year that the targets are for.")
@click.option(
    "--outcome", "outcomes", multiple=True, type=click.Choice(OUTCOMES), help="Only rows of this outcome. Repeatable."
)
@sheet_options
def command(
    city: str,
    corpus: Path,
    year: int | None,
    outcomes: tuple[str, ...],
    format_: str | None,
    out: str | None,
    lang: str,
) -> None:
    """Follow a city's targets for a year up: what was reported for them, reached or missed, and what was not reported.

    A target and a result are matched only where indicator, unit, place and scope are the same, or the indicators' words
    hold one another within a theme; the column says which. Where several could be meant, none is chosen. Results that
    no target announced stand at the end.

    Exit status: 0 told, 2 there is no corpus, no such city, or nothing for the year.
    """
    from yaodian.comparing.showing import tracking_sheet
    from yaodian.comparing.tracking import track
    from yaodian.corpus import open_corpus

    found = track(open_corpus(corpus), readable(city), year)
    show(tracking_sheet(found, lang, outcomes), format_, out, lang)
