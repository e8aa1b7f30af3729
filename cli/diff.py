"""``yaodian diff``: what has changed from one plan to another."""

from __future__ import annotations

import click

from yaodian.cli.sheets import sheet_options, show
from yaodian.filenames import readable

EXAMPLES = """\b
Examples:
  yaodian diff draft-1.docx draft-2.docx          two versions
  yaodian diff plan-2023.txt plan-2024.txt --format html --out diff.html
  cat new.txt | yaodian diff old.txt - --exit-code
"""


@click.command("diff", epilog=EXAMPLES)
@click.argument("old")
@click.argument("new")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where anything has changed.")
@sheet_options
@click.pass_context
def command(
    ctx: click.Context, old: str, new: str, exit_code: bool, format_: str | None, out: str | None, lang: str
) -> None:
    """Tell what the plan NEW changes in the plan OLD: items added, dropped, renamed and reworded; targets raised,
    lowered, added and gone.

    OLD and NEW are files in any format that is read, or - for the standard input.

    Exit status: 0 told, 1 something has changed (with --exit-code), 2 a file cannot be read.
    """
    from pathlib import Path

    import yaodian
    from yaodian.comparing.plans import differences
    from yaodian.comparing.showing import difference_sheet

    if old == new == "-":
        raise click.UsageError("only one of the two can be the standard input")
    plans = [yaodian.read_plan(name, marks=False) for name in (old, new)]
    found = differences(*plans)
    called = (readable(Path(name).name) if name != "-" else name for name in (old, new))
    inputs = [Path(name) for name in (old, new) if name != "-"]
    show(difference_sheet(found, next(called), next(called), lang), format_, out, lang, inputs)
    if exit_code and found:
        ctx.exit(1)
