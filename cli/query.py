"""``yaodian query``: a question to a corpus, in SPARQL or by name."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yaodian.cli.answering import FORMATS, Asking, Wish, answer_question, wish
from yaodian.cli.complaints import complain
from yaodian.cli.library import library_told, own_queries
from yaodian.cli.paths import NamedPath, corpus_here
from yaodian.corpus.asking import DEFAULT_MEMORY, LONGEST, Question, Reply, ask_in_worker
from yaodian.corpus.questions import CHART_KINDS, NamedQuery
from yaodian.errors import QueryError
from yaodian.filenames import readable

if TYPE_CHECKING:
    from yaodian.corpus import Corpus
    from yaodian.corpus.library import Library

DEFAULT_TIMEOUT = 60.0
EXAMPLES = """\b
Examples:
  yaodian query --list                                  the ready-made questions
  yaodian query targets-by-theme --city 常州 --theme teachers
  yaodian query targets-by-theme --explain --lang en    what it asks, in words
  yaodian query policy-cities --policy 双减 --out cities.csv
  yaodian query indicator-ranking --indicator 普惠性幼儿园覆盖率 --chart bar --out ranking.png
  yaodian query -e 'SELECT ?plan ?title WHERE { ?plan a yd:Plan ; dcterms:title ?title }'
  yaodian query -d build question.rq --format json
  yaodian query targets -p city=常州 --endpoint http://localhost:8890/sparql
"""


class QueryCommand(click.Command):
    """A command that takes any ``--NAME VALUE`` which is no option of its own as ``-p NAME=VALUE``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, with the question's parameters in the one form that the command knows."""
        own = {name: one for one in self.get_params(ctx) if isinstance(one, click.Option) for name in one.opts}
        return super().parse_args(ctx, list(_with_parameters(args, own)))


def _with_parameters(args: list[str], own: Mapping[str, click.Option]) -> Iterator[str]:
    waiting = iter(args)
    for argument in waiting:
        name, equals, value = argument.partition("=")
        if argument == "--":
            yield from (argument, *waiting)
        elif len(name) > 2 and name.startswith("--") and name not in own:
            given = value if equals else next(waiting, None)
            if given is None:
                raise click.UsageError(f"{name}: give the value after it ({name} VALUE)")
            yield from ("-p", f"{name[2:]}={given}")
        else:
            yield argument
            if name in own and not equals and not own[name].is_flag:
                yield from (value for value in [next(waiting, None)] if value is not None)


@click.command("query", cls=QueryCommand, epilog=EXAMPLES)
@click.argument("question", metavar="[QUERY.rq | NAME | -]", required=False)
@click.option("--expression", "-e", metavar="SPARQL", help="The query itself.")
@click.option(
    "--corpus", "-d", type=NamedPath(path_type=Path), help="The folder of the corpus.  [default: build, if it is here]"
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL server (see push), not a folder.")
@click.option("--user", metavar="NAME", help="Who asks it; the password is in YAODIAN_PASSWORD.")
@click.option("--password-file", type=NamedPath(path_type=Path, dir_okay=False), help="A file with the password.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="table: for reading; csv, tsv, json, xml: the W3C formats; ttl: for CONSTRUCT and DESCRIBE; "
    "excel: CSV that Excel opens with 汉字 intact and no cell run as a formula; html: a page; parquet: for data "
    "frames (needs polars); svg, png: a chart.  [default: what --out ends in, else table]",
)
@click.option(
    "--out",
    "-o",
    type=NamedPath(dir_okay=False, path_type=Path),
    help="Write the answer to a file; -: to the standard output.",
)
@click.option("--chart", type=click.Choice(CHART_KINDS), help="Draw the answer (needs matplotlib).")
@click.option("--param", "-p", "parameters", metavar="NAME=VALUE", multiple=True,
              help="A value for the question; --NAME VALUE is the same.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0, LONGEST), default=DEFAULT_TIMEOUT, show_default=True,
              metavar="SECONDS", help="Stop the query after this time; 0: never.")  # fmt: skip
@click.option("--memory", type=click.IntRange(min=0), default=DEFAULT_MEMORY, show_default=True, metavar="MB",
              help="Stop the query where it needs more memory than this; 0: never.")  # fmt: skip
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
              help="The language of what is said, and of the names in answers.")  # fmt: skip
@own_queries
@click.option("--list", "list_", is_flag=True, help="List the questions and their parameters.")
@click.option("--show", is_flag=True, help="Print the SPARQL of the question instead of asking it.")
@click.option("--explain", is_flag=True, help="Say in words what is asked instead of asking it.")
@click.pass_context
def command(
    ctx: click.Context,
    question: str | None,
    expression: str | None,
    corpus: Path | None,
    format_: str | None,
    out: Path | None,
    chart: str | None,
    parameters: tuple[str, ...],
    timeout: float,
    memory: int,
    lang: str,
    queries: Path | None,
    list_: bool,
    show: bool,
    explain: bool,
    endpoint: str | None,
    user: str | None,
    password_file: Path | None,
) -> None:
    """Ask a corpus: with a file of SPARQL, with -e and the SPARQL itself, or by the name of a ready-made question.

    What has a / in it or ends in .rq or .sparql is a file, - is standard input, all else is a name. Whatever option
    is none of those below is a parameter of the question: --city 常州.

    The usual prefixes (yd:, dcterms:, skos:, prov:, theme: …) need no declaring, and the default graph is the union
    of all graphs. A query only reads: SERVICE, other people's graphs and updates are refused.

    With --endpoint a SPARQL server that a corpus was pushed to answers; --memory is not for it.

    Exit status: 0 answered, 2 the query is refused or wrong, or there is no corpus.
    """
    if list_:
        click.echo(_listed(library_told(queries), lang), nl=False)
        return
    query, given = _query(question, expression, queries), _parsed(parameters)
    if _is_said(ctx, "lang") and any(parameter.name == "lang" for parameter in query.parameters):
        given = {"lang": lang, **given}
    bound = _bound(query, given)
    if show or explain:
        click.echo(_shown(bound) if show else _explained(query, given, lang), nl=False)
        return
    _refuse_without_required(query, given)
    to = wish(format_, out, chart, lang)
    if endpoint and corpus:
        raise click.UsageError("give either the folder of a corpus with -d, or a server with --endpoint")
    if endpoint:
        asked = Asking(query, given, bound, endpoint, timeout, memory)
        answer_question(asked, to, partial(_asked_of_server, endpoint, user, password_file))
        return
    _ask(query, given, bound, to, corpus or corpus_here(), timeout, memory)


def _ask(
    query: NamedQuery, given: dict[str, str], bound: str, to: Wish, corpus: Path, timeout: float, memory: int
) -> None:
    """Answer the question, and say where one by name finds nothing what there is to find."""
    from yaodian.corpus.opening import open_to_ask

    opened = open_to_ask(corpus)
    asked = Asking(query, given, bound, opened.path.name, timeout, memory)
    if not answer_question(asked, to, partial(ask_in_worker, opened)) and query.name:
        _hint(opened, given, timeout)


def _asked_of_server(url: str, user: str | None, password_file: Path | None, question: Question) -> Reply:
    from yaodian.endpoint.asking import ask
    from yaodian.endpoint.http import Connection
    from yaodian.endpoint.server import credentials, server

    who = credentials(user, password_file)
    patience = question.timeout or float(LONGEST)
    with Connection(server(url, credentials=who, timeout=patience, retries=2)) as connection:
        return Reply(*ask(connection, question.text, question.format))


def _is_said(ctx: click.Context, name: str) -> bool:
    """Whether the option stands on the command line."""
    return ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def _query(question: str | None, expression: str | None, folder: Path | None) -> NamedQuery:
    """The question by name, or the SPARQL itself, of a file or of the standard input, as one without a name."""
    from yaodian.corpus.questions import described

    if (question is None) == (expression is None):
        raise click.UsageError("give one question: a file, a name (see --list), or -e and the SPARQL itself")
    if question is not None and _is_name(question):
        return _named(question, folder)
    text = _query_text(question) if question is not None else readable(expression or "")
    return described("", text)


def _query_text(question: str) -> str:
    """The SPARQL of a file, or of the standard input."""
    if question == "-":
        return _decoded("standard input", sys.stdin.buffer.read())
    try:
        return _decoded(question, Path(question).read_bytes())
    except OSError as error:
        raise QueryError(f"{question}: cannot be read: {error.strerror}") from error


def _bound(query: NamedQuery, given: Mapping[str, str]) -> str:
    from yaodian.corpus.questions import bind

    return bind(query.text, given)


def _refuse_without_required(query: NamedQuery, given: Mapping[str, str]) -> None:
    if lacking := query.lacks(given):
        raise QueryError(f"{query.name or 'the question'} needs a value: --{lacking[0]} VALUE")


def _shown(bound: str) -> str:
    """The SPARQL, with the prefixes that it uses, so that it can be asked elsewhere."""
    from yaodian.corpus.prefixes import declared

    return f"{declared(bound)}{bound.rstrip()}\n"


def _explained(query: NamedQuery, given: Mapping[str, str], lang: str) -> str:
    from yaodian.showing.explaining import explanation

    return "".join(f"{line}\n" for line in explanation(query, given, lang))


def _is_name(question: str) -> bool:
    """Whether that is the name of a ready-made question, whatever files are called so, and not a path."""
    separators = (os.sep, os.altsep or os.sep)
    is_path = any(each in question for each in separators) or question.lower().endswith((".rq", ".sparql"))
    return question != "-" and not is_path


def _named(question: str, folder: Path | None) -> NamedQuery:
    try:
        return library_told(folder).named(question)
    except QueryError as error:
        if not Path(question).is_file():
            raise
        raise QueryError(f"{error}; to ask what stands in the file, write ./{question}") from error


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"{name}: cannot be read: it is not UTF-8 text") from error


def _parsed(parameters: Iterable[str]) -> dict[str, str]:
    parsed: dict[str, str] = {}
    for text in parameters:
        key, equals, value = readable(text).partition("=")
        name = key.strip()
        if not equals or not name:
            raise click.UsageError(f"-p {name}: write a parameter as NAME=VALUE")
        if name in parsed:
            raise click.UsageError(f"-p {name} is given twice; a parameter has one value")
        parsed[name] = value
    return parsed


def _hint(corpus: Corpus, parameters: dict[str, str], timeout: float) -> None:
    """Say why a ready-made question finds nothing, where that is a value which the corpus has not."""
    from yaodian.corpus.hints import hints
    from yaodian.locales import preferred

    for hint in hints(corpus, parameters, timeout):
        complain(hint.told(preferred(otherwise="en")))


def _listed(library: Library, lang: str) -> str:
    queries = library.queries.values()
    return "\n".join("".join(f"{line}\n" for line in _described(query, lang)) for query in queries)


def _described(query: NamedQuery, lang: str) -> Iterator[str]:
    yield f"{query.name}  {query.title(lang)}"
    if query.description(lang):
        yield f"    {query.description(lang)}"
    for parameter in query.parameters:
        yield f"    --{parameter.name} …  {parameter.description(lang)}"
