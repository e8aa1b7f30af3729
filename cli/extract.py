"""``yaodian extract``: what is found in one plan, in five formats, or how each thing was found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

import yaodian
from yaodian.cli.paths import NamedPath
from yaodian.errors import YaodianError
from yaodian.filenames import shown_line
from yaodian.interchange import to_json
from yaodian.model import Document, Plan, Problem
from yaodian.output import refuse_overwriting, write_file
from yaodian.whereabouts import whereabouts

if TYPE_CHECKING:
    from yaodian.derivation import Language

EXAMPLES = """\b
Examples:
  yaodian extract plan.txt                       items, targets, policies… as JSON
  yaodian extract plan.html --format text        the text that all offsets count in
  yaodian extract plan.txt --explain             which rule and which words made each of them
  yaodian extract plan.txt --format nq --out plan.nq
  curl -s https://…/plan.html | yaodian extract - --format ttl
"""


def _json(plan: Plan) -> str:
    return _written(to_json(plan))


def _json_with_all_numbers(plan: Plan) -> str:
    return _written(to_json(plan, left_aside=True))


def _nquads(plan: Plan) -> str:
    from yaodian.rdf import nquads

    return nquads(plan)


def _turtle(plan: Plan) -> str:
    from yaodian.rdf.turtle import turtle

    return turtle(plan)


def _jsonld(plan: Plan) -> str:
    from yaodian.rdf.jsonld import jsonld

    return _written(jsonld(plan))


def _written(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


WRITERS: dict[str, Callable[[Plan], str]] = {"json": _json, "nq": _nquads, "ttl": _turtle, "jsonld": _jsonld}


@click.command("extract", epilog=EXAMPLES)
@click.argument("file", type=NamedPath())
@click.option(
    "--format",
    "format_",
    type=click.Choice([*WRITERS, "text"]),
    default="json",
    show_default=True,
    help="json: plain data; nq: N-Quads; ttl: Turtle; jsonld: JSON-LD; text: the document's text, exactly.",
)
@click.option("--left-aside", is_flag=True, help="With json: the numbers that are no targets too, and why.")
@click.option("--explain", is_flag=True, help="Tell for each thing which rule and which words made it.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Of --explain; Chinese unless the locale names another language."
)
@click.option(
    "--themes",
    type=NamedPath(exists=True, dir_okay=False, path_type=Path),
    help="A SKOS scheme (Turtle) to index items by, in place of the built-in themes.",
)
@click.option("--out", type=NamedPath(dir_okay=False, path_type=Path), help="Write to this file, not to the screen.")
def command(
    file: str,
    format_: str,
    left_aside: bool,
    explain: bool,
    lang: Language | None,
    themes: Path | None,
    out: Path | None,
) -> None:
    """Show what is found in one plan.

    FILE is a plan as .txt, .md, .html, .docx or .pdf; - reads standard input. The result is UTF-8 everywhere. What
    could not be read or understood is told on the error stream, one line each. Exit status: 0 done, 2 FILE cannot be
    read.
    """
    writer = _writer(format_, left_aside, explain, lang)
    if out:
        refuse_overwriting(out, [0 if file == "-" else Path(file), *([themes] if themes else [])])
    document = yaodian.read(file)
    if writer is None:
        problems, result = document.problems, document.text
    else:
        plan = yaodian.extract(document, themes=themes, marks=not explain)
        problems, result = plan.problems, writer(plan)
    for problem in problems:
        click.echo(shown_line(_told(problem, document)), err=True)
    _write(result, out)


def _writer(format_: str, left_aside: bool, explain: bool, lang: Language | None) -> Callable[[Plan], str] | None:
    """What writes a plan as it is asked for; None where only the text is asked for."""
    if format_ != "json" and (left_aside or explain):
        raise click.UsageError(f"--format {format_} goes with neither --explain nor --left-aside")
    if explain:
        from yaodian.cli.derivations import explained
        from yaodian.locales import preferred

        language = lang or preferred()
        return lambda plan: explained(plan, language)
    return _json_with_all_numbers if left_aside else WRITERS.get(format_)


def _told(problem: Problem, document: Document) -> str:
    place = "" if problem.start is None else f":{document.place(problem.start)}{_in_file(problem.start, document)}"
    return f"{document.source}{place}: {problem.message} [{problem.code}]"


def _in_file(offset: int, document: Document) -> str:
    where = whereabouts(document, offset, "en")
    return where and f" ({where})"


def _write(result: str, out: Path | None) -> None:
    """Bytes, so that no platform changes encoding or line ends; a lone surrogate is written as its escape."""
    data = result.encode("utf-8", "backslashreplace")
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        write_file(out, [data])
    except OSError as error:
        raise YaodianError(f"{out}: {error.strerror or error}") from error
