"""``yaodian query``: a question to a corpus, in SPARQL or by name."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from yaodian.cli.paths import NamedPath
from yaodian.corpus.asking import DEFAULT_MEMORY, LONGEST, Question, Reply, ask_in_worker
from yaodian.corpus.writing import has_no_rows
from yaodian.errors import CorpusError, QueryError
from yaodian.filenames import readable

if TYPE_CHECKING:
    from yaodian.corpus import Corpus, NamedQuery

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "excel")
DEFAULT_CORPUS = Path("build")
DEFAULT_TIMEOUT = 60.0
EXAMPLES = """\b
Examples:
  yaodian query --list                                  the ready-made questions
  yaodian query targets -p city=常州 -p theme=teachers
  yaodian query policy-cities -p policy=双减 --format csv > cities.csv
  yaodian query -e 'SELECT ?plan ?title WHERE { ?plan a yd:Plan ; dcterms:title ?title }'
  yaodian query -d build question.rq --format json
  yaodian query targets -p city=常州 --endpoint http://localhost:8890/sparql
"""


@click.command("query", epilog=EXAMPLES)
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
    default="table",
    show_default=True,
    help="table: for reading; csv, tsv, json, xml: the W3C formats; ttl: for CONSTRUCT and DESCRIBE; "
    "excel: CSV that Excel opens with 汉字 intact and no cell run as a formula.",
)
@click.option("--param", "-p", "parameters", metavar="NAME=VALUE", multiple=True, help="A value for the question.")
@click.option("--timeout", type=click.FloatRange(0, LONGEST), default=DEFAULT_TIMEOUT, show_default=True,
              metavar="SECONDS", help="Stop the query after this time; 0: never.")  # fmt: skip
@click.option("--memory", type=click.IntRange(min=0), default=DEFAULT_MEMORY, show_default=True, metavar="MB",
              help="Stop the query where it needs more memory than this; 0: never.")  # fmt: skip
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="The language of --list."
)
@click.option("--list", "list_", is_flag=True, help="List the ready-made questions and their parameters.")
def command(
    question: str | None,
    expression: str | None,
    corpus: Path | None,
    endpoint: str | None,
    user: str | None,
    password_file: Path | None,
    format_: str,
    parameters: tuple[str, ...],
    timeout: float,
    memory: int,
    lang: str,
    list_: bool,
) -> None:
    """Ask a corpus: with a file of SPARQL, with -e and the SPARQL itself, or by the name of a ready-made question.

    What has a / in it or ends in .rq or .sparql is a file, - is standard input, all else is a name.

    The usual prefixes (yd:, dcterms:, skos:, prov:, theme: …) need no declaring, and the default graph is the union
    of all graphs. A query only reads: SERVICE, other people's graphs and updates are refused.

    With --endpoint a SPARQL server that a corpus was pushed to answers; --memory is not for it.

    Exit status: 0 answered, 2 the query is refused or wrong, or there is no corpus.
    """
    if list_:
        click.echo(_listed(lang), nl=False)
        return
    if endpoint and corpus:
        raise click.UsageError("give either the folder of a corpus with -d, or a server with --endpoint")
    from yaodian.corpus.questions import bind

    given = _parsed(parameters)
    asked = Question(bind(_query_text(question, expression), given), format_, timeout, memory)
    if endpoint:
        _show(_asked_of_server(endpoint, asked, user, password_file), format_)
        return
    from yaodian.corpus.opening import open_corpus

    opened = open_corpus(corpus or corpus_here())
    if not _answer(asked, opened) and question and _is_name(question):
        _hint(opened, given, timeout)


def _query_text(question: str | None, expression: str | None) -> str:
    """The SPARQL itself, or of a file, of the standard input, or of a ready-made question."""
    if (question is None) == (expression is None):
        raise click.UsageError("give one question: a file, a name (see --list), or -e and the SPARQL itself")
    if question is None:
        return readable(expression or "")
    if question == "-":
        return _decoded("standard input", sys.stdin.buffer.read())
    if _is_name(question):
        return _named(question).text
    try:
        return _decoded(question, Path(question).read_bytes())
    except OSError as error:
        raise QueryError(f"{question}: cannot be read: {error.strerror}") from error


def _is_name(question: str) -> bool:
    """Whether that is the name of a ready-made question, whatever files are called so, and not a path."""
    separators = (os.sep, os.altsep or os.sep)
    is_path = any(each in question for each in separators) or question.lower().endswith((".rq", ".sparql"))
    return question != "-" and not is_path


def _named(question: str) -> NamedQuery:
    from yaodian.corpus.questions import named

    try:
        return named(question)
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


def corpus_here() -> Path:
    """The corpus in the folder that builds go to; ``CorpusError`` where there is none."""
    if DEFAULT_CORPUS.is_dir():
        return DEFAULT_CORPUS
    raise CorpusError("which corpus? give its folder with -d, or make one: yaodian build SOURCE... --out build")


def _answer(question: Question, corpus: Corpus) -> bool:
    """Print the answer; whether there is anything in it."""
    if question.format == "table":
        # The width tables take a while to load: while the worker answers, nothing else is done here.
        Thread(target=import_module, args=("yaodian.cli.tables",)).start()
    reply = ask_in_worker(corpus, question)
    _show(reply, question.format)
    return not (reply.kind == "rows" and has_no_rows(reply.content, question.format))


def _asked_of_server(url: str, question: Question, user: str | None, password_file: Path | None) -> Reply:
    from yaodian.endpoint.asking import ask
    from yaodian.endpoint.http import Connection
    from yaodian.endpoint.server import credentials, server

    who = credentials(user, password_file)
    patience = question.timeout or float(LONGEST)
    with Connection(server(url, credentials=who, timeout=patience, retries=2)) as connection:
        return Reply(*ask(connection, question.text, question.format))


def _show(reply: Reply, form: str) -> None:
    if reply.kind == "rows" and form == "table":
        click.echo(_table(json.loads(reply.content)), nl=False)
    elif reply.kind == "boolean" and form == "table":
        click.echo("true" if json.loads(reply.content)["boolean"] else "false")
    else:
        click.echo(reply.content, nl=False)


def _hint(corpus: Corpus, parameters: dict[str, str], timeout: float) -> None:
    """Say why a ready-made question finds nothing, where that is a value which the corpus has not."""
    from yaodian.corpus.hints import hints

    for line in hints(corpus, parameters, timeout):
        click.echo(f"yaodian: {line}", err=True)


def _table(answer: dict[str, Any]) -> str:
    from yaodian.cli.tables import screen, table

    variables, solutions = answer["head"]["vars"], answer["results"]["bindings"]
    numeric = [column for column, name in enumerate(variables) if _is_numeric(name, solutions)]
    rows = ([_shown(solution.get(name)) for name in variables] for solution in solutions)
    count = f"{len(solutions)} row{'' if len(solutions) == 1 else 's'}\n"
    return (table(variables, rows, right=numeric, room=screen()) if variables else "") + count


def _is_numeric(name: str, solutions: list[dict[str, dict[str, Any]]]) -> bool:
    terms = [solution[name] for solution in solutions if name in solution]
    return bool(terms) and all(term.get("datatype", "").endswith(("#integer", "#decimal", "#double")) for term in terms)


def _shown(term: dict[str, Any] | None) -> str:
    """A term for reading: an IRI by its prefix, a literal by its words, a triple by its terms."""
    if term is None:
        return ""
    if term["type"] == "triple":
        return f"<<( {' '.join(_shown(term['value'][part]) for part in ('subject', 'predicate', 'object'))} )>>"
    if term["type"] != "uri":
        return str(term["value"])
    from yaodian.corpus.prefixes import shortened

    return shortened(term["value"])


def _listed(lang: str) -> str:
    from yaodian.corpus.questions import named_queries

    return "\n".join("".join(f"{line}\n" for line in _described(query, lang)) for query in named_queries().values())


def _described(query: NamedQuery, lang: str) -> Iterator[str]:
    title, description = (
        (query.title_en, query.description_en) if lang == "en" else (query.title_zh, query.description_zh)
    )
    yield f"{query.name}  {title}"
    if description:
        yield f"    {description}"
    for parameter in query.parameters:
        yield f"    -p {parameter.name}=…  {parameter.description_en if lang == 'en' else parameter.description_zh}"
