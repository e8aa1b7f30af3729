"""Sheets on the command line: the options that compare, track and diff share, and how a sheet is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from yaodian.terminal import wants_colour

if TYPE_CHECKING:
    from yaodian.cli.tables import Painter
    from yaodian.comparing.sheets import Sheet

FORMATS = ("table", "csv", "excel", "json", "html")
CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def sheet_options(command: CommandT) -> CommandT:
    """--format, --out and --lang."""
    language = click.option(
        "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="The language of headings."
    )
    out = click.option("--out", "-o", metavar="FILE", help="Write to this file instead of the standard output (-).")
    form = click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        help="table: for reading; csv: for pipes; excel: CSV that Excel opens safely; json; html: a page that loads "
        "nothing.  [default: what the ending of --out says, else table]",
    )
    return form(out(language(command)))


def show(sheet: Sheet, format_: str | None, out: str | None, lang: str, inputs: Sequence[Path] = ()) -> None:
    """Write a sheet; ``YaodianError`` where the file cannot be written, or is one of the ``inputs``."""
    path = None if out in (None, "-") else Path(out or "")
    coloured = path is None and sys.stdout.isatty() and wants_colour(os.environ)
    content = _content(sheet, format_ or _format_of(path), lang, coloured=coloured)
    if path is None:
        click.echo(content, nl=False)
        return
    from yaodian.output import refuse_overwriting, save

    refuse_overwriting(path, list(inputs))
    save(path, content)


def _format_of(path: Path | None) -> str:
    ending = path.suffix.lower() if path else ""
    return {".html": "html", ".htm": "html", ".csv": "csv", ".json": "json"}.get(ending, "table")


def _content(sheet: Sheet, form: str, lang: str, *, coloured: bool) -> bytes:
    from yaodian.comparing.sheets import as_csv, as_json, as_page
    from yaodian.ontology import lexicon

    if form in ("csv", "excel"):
        return as_csv(sheet, spreadsheet=form == "excel")
    if form == "json":
        return as_json(sheet)
    nothing = lexicon("comparing")["notes"]["nothing"][lang]
    if form == "html":
        return "".join(as_page(sheet, lang, nothing)).encode("utf-8", "replace")
    return _table(sheet.to_read(), nothing, coloured=coloured).encode("utf-8", "replace")


def _table(sheet: Sheet, nothing: str, *, coloured: bool) -> str:
    from yaodian.cli.tables import printable, screen, table
    from yaodian.comparing.sheets import words

    above = "".join(f"{printable(line)}\n" for line in (sheet.title, *sheet.notes) if line)
    if not sheet.rows:
        return f"{above}\n{nothing}\n"
    numeric = [n for n, column in enumerate(sheet.columns) if column.numeric]
    paint = _painter(sheet) if coloured else None
    cells = [[words(value) for value in row] for row in sheet.rows]
    return f"{above}\n" + table([c.heading for c in sheet.columns], cells, right=numeric, room=screen(), paint=paint)


def _painter(sheet: Sheet) -> Painter:
    """Shows what is marked in a cell, as far as the cell is shown."""
    from yaodian.comparing.sheets import Marked

    def paint(row: int, column: int, cell: str) -> str:
        value = sheet.rows[row][column]
        if not isinstance(value, Marked):
            return cell
        marks = tuple((start, end) for start, end in value.marks if end <= len(cell))
        return "".join(
            click.style(piece, fg="red", bold=True) if marked else piece
            for piece, marked in Marked(cell, marks).pieces()
        )

    return paint
