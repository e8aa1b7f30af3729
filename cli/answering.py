"""Answers to a question on their way out: asked in a worker, put into the format that is wanted, printed or written."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from yaodian.corpus.asking import Question, Reply
from yaodian.corpus.writing import has_no_rows
from yaodian.errors import QueryError

if TYPE_CHECKING:
    from yaodian.corpus import NamedQuery

IMAGES = ("svg", "png")
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "excel", "html", "parquet", *IMAGES)
# What these are made of; the worker writes all others as they are.
_MADE_OF = {"html": "json", "parquet": "values", "svg": "values", "png": "values"}
_NOT_FOR_TERMINALS = ("parquet", *IMAGES)
_BY_SUFFIX = {f".{form}": form for form in FORMATS if form not in ("table", "excel")} | {".htm": "html"}


@dataclass(frozen=True, slots=True)
class Wish:
    """How an answer is wanted: the format, the file (none: the standard output), the chart, the language of words."""

    form: str
    out: Path | None
    chart: str | None
    lang: str


def wish(form: str | None, out: Path | None, chart: str | None, lang: str) -> Wish:
    """The wish, with what is not said; ``click.UsageError`` where the parts of it do not go together."""
    if out == Path("-"):
        out = None
    if out is not None:
        from yaodian.output import refuse_overwriting

        refuse_overwriting(out, [])
    chosen = form or (_BY_SUFFIX.get(out.suffix.lower()) if out else None) or ("svg" if chart else "table")
    if chart and chosen not in (*IMAGES, "html"):
        raise click.UsageError(f"a chart is svg, png or (with its table) html, not {chosen}")
    if chosen in IMAGES and not chart:
        raise click.UsageError(f"{chosen} holds a chart: say which with --chart")
    if chosen in _NOT_FOR_TERMINALS and out is None and sys.stdout.isatty():
        raise click.UsageError(f"{chosen} is nothing for a terminal: give a file with --out")
    return Wish(chosen, out, chart, lang)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with its values, as SPARQL, the name of the corpus or server, and what it may take."""

    query: NamedQuery
    given: Mapping[str, str]
    text: str
    corpus: str
    timeout: float
    memory: int


def answer_question(asking: Asking, to: Wish, ask: Callable[[Question], Reply]) -> bool:
    """Print or write what ``ask`` answers; whether there is anything in it."""
    if to.form == "table":
        # The width tables take a while to load: while the worker answers, nothing else is done here.
        Thread(target=import_module, args=("yaodian.cli.tables",)).start()
    form = _MADE_OF.get(to.form, to.form)
    reply = ask(Question(asking.text, form, asking.timeout, asking.memory))
    is_empty = reply.kind == "rows" and has_no_rows(reply.content, form)
    if is_empty and to.form in IMAGES:
        return False
    _deliver(_content(reply, asking, to), to.out)
    return not is_empty


def _content(reply: Reply, asking: Asking, to: Wish) -> bytes | str:
    if to.form == "table":
        return _for_reading(reply, to)
    if to.form == "parquet":
        from yaodian.showing.table import parquet

        return parquet(reply.answer())
    if to.form in IMAGES:
        return _chart(reply, asking.query, to, to.form)
    return _page(reply, asking, to) if to.form == "html" else reply.content


def _deliver(content: bytes | str, out: Path | None) -> None:
    if out is None:
        click.echo(content, nl=False)
        return
    from yaodian.output import save

    save(out, content.encode() if isinstance(content, str) else content)


def _chart(reply: Reply, query: NamedQuery, to: Wish, image: str) -> bytes:
    from yaodian.corpus.answers import Rows
    from yaodian.showing.chart import Wanted, chart_plan, draw, fitting_plan

    rows = reply.answer()
    if not isinstance(rows, Rows) or to.chart is None:
        raise QueryError("a chart is drawn of rows: ask with SELECT")
    is_planned = query.name or query.charts
    plan = chart_plan(to.chart, query.charts, query.name) if is_planned else fitting_plan(to.chart, rows)
    return draw(rows, Wanted(plan, query.title(to.lang), to.lang), image)


def _page(reply: Reply, asking: Asking, to: Wish) -> str:
    from yaodian.showing.page import Asked, page

    if reply.kind == "triples":
        raise QueryError("triples have no page: choose ttl, json (JSON-LD) or xml (RDF/XML)")
    drawn = None
    if to.chart and not has_no_rows(reply.content, "json"):
        drawn = _chart(reply, asking.query, to, "svg")
    query = asking.query if asking.query.name else None
    asked = Asked(query, asking.given, asking.text, asking.corpus, to.lang)
    return page(json.loads(reply.content), asked, drawn)


def _for_reading(reply: Reply, to: Wish) -> bytes | str:
    if reply.kind == "rows":
        return _table(json.loads(reply.content), to)
    if reply.kind == "boolean":
        return "true\n" if json.loads(reply.content)["boolean"] else "false\n"
    return reply.content


def _table(answer: dict[str, Any], to: Wish) -> str:
    from yaodian.cli.tables import screen, table

    variables, solutions = answer["head"]["vars"], answer["results"]["bindings"]
    numeric = [column for column, name in enumerate(variables) if _is_numeric(name, solutions)]
    rows = ([_shown(solution.get(name)) for name in variables] for solution in solutions)
    count = f"{len(solutions)} row{'' if len(solutions) == 1 else 's'}\n"
    return (table(variables, rows, right=numeric, room=None if to.out else screen()) if variables else "") + count


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
