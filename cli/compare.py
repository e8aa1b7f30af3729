"""``yaodian compare``: cities side by side."""

from __future__ import annotations

from pathlib import Path

import click

from yaodian.cli.paths import corpus_option
from yaodian.cli.sheets import sheet_options, show
from yaodian.filenames import readable

EXAMPLES = """\b
Examples:
  yaodian compare 常州 南昌                       all themes, the latest year of each
  yaodian compare 常州 南昌 黄石 --theme preschool --year 2023
  yaodian compare 云川 沅宁 --gaps --out gaps.html
"""


@click.command("compare", epilog=EXAMPLES)
@click.argument("cities", nargs=-1, required=True, metavar="CITY CITY...")
@corpus_option
@click.option("--theme", metavar="NAME|CODE", help="Only this theme.")
@click.option("--year", type=int, metavar="YEAR", help="The year of the plans.  [default: the latest of each city]")
@click.option("--results", is_flag=True, help="Compare what was reported instead of what is planned.")
@click.option("--gaps", is_flag=True, help="Only what at least one of the cities lacks.")
@click.option("--shared", is_flag=True, help="Only what at least two of the cities state.")
@sheet_options
def command(
    cities: tuple[str, ...],
    corpus: Path,
    theme: str | None,
    year: int | None,
    results: bool,
    gaps: bool,
    shared: bool,
    format_: str | None,
    out: str | None,
    lang: str,
) -> None:
    """Set cities side by side: what each states of every indicator, by theme, and what one has and another lacks.

    Exit status: 0 told, 2 there is no corpus, no such city or theme, or no plan of the year.
    """
    from yaodian.comparing.cities import compare
    from yaodian.comparing.showing import comparison_sheet
    from yaodian.comparing.themes import theme_code, theme_names
    from yaodian.corpus import open_corpus

    if len(cities) < 2:
        raise click.UsageError("give two cities or more")
    opened = open_corpus(corpus)
    names = theme_names(opened)
    code = theme_code(names, readable(theme)) if theme is not None else None
    found = compare(opened, [readable(city) for city in cities], year=year, theme=code, results=results)
    if gaps:
        found = found.only(lambda row: row.shared < len(found.cities))
    if shared:
        found = found.only(lambda row: row.shared > 1)
    named = {code: name[lang] for code, name in names.items()}
    show(comparison_sheet(found, named, lang, results=results), format_, out, lang)
