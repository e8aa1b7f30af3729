"""An answer as one HTML page that needs no network: what was asked, the rows, the query, and a chart where wanted."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from yaodian.corpus.prefixes import shortened
from yaodian.corpus.questions import NamedQuery
from yaodian.pages import asset, content_policy, environment, inline
from yaodian.showing.columns import column_label, value_label, words
from yaodian.showing.explaining import value_shown

PACKAGE = "yaodian.showing"
_NUMBERS = ("#integer", "#decimal", "#double")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page tells of its question: the named one, if it has a name, its values, the SPARQL, and the corpus."""

    query: NamedQuery | None
    given: Mapping[str, str]
    text: str
    corpus: str
    lang: str = "zh"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, and what they stand for where they are short for it."""

    text: str
    whole: str = ""
    number: bool = False


def page(answer: Mapping[str, Any], asked: Asked, chart: bytes | None = None) -> str:
    """The page of an answer in the JSON of SPARQL (rows, or yes or no); ``chart`` is an SVG."""
    said, style = words(asked.lang), _style()
    names: Sequence[str] = answer["head"].get("vars", [])
    rows = [
        [_cell(name, row.get(name), asked.lang) for name in names]
        for row in answer.get("results", {}).get("bindings", [])
    ]
    query = asked.query
    return str(
        _template().render(
            said=said,
            style=inline(style),
            policy=f"{content_policy(styles=[style])}; img-src data:",
            title=query.title(asked.lang) if query else said["own"],
            description=query.description(asked.lang) if query else "",
            values=list(_values(asked)),
            chart=base64.b64encode(chart).decode() if chart else "",
            columns=[{"name": name, "label": column_label(name, asked.lang)} for name in names],
            rows=rows,
            truth=answer.get("boolean"),
            count=said["rows"].format(n=len(rows)),
            corpus=said["of-corpus"].format(corpus=asked.corpus),
            text=asked.text,
        )
    )


def _values(asked: Asked) -> Iterable[tuple[str, str]]:
    if asked.query is None:
        return asked.given.items()
    return ((parameter.name, value_shown(parameter, asked.given, asked.lang)) for parameter in asked.query.parameters)


def _cell(column: str, term: Mapping[str, Any] | None, lang: str) -> Cell:
    if term is None:
        return Cell("")
    if term["type"] == "uri":
        return Cell(shortened(term["value"]), term["value"])
    if not isinstance(term["value"], str):
        return Cell(str(term["value"]))
    text = value_label(column, term["value"], lang)
    return Cell(
        text, term["value"] if text != term["value"] else "", number=str(term.get("datatype", "")).endswith(_NUMBERS)
    )


@cache
def _style() -> str:
    return asset("yaodian.reports", "ground.css") + asset(PACKAGE, "answer.css")


@cache
def _template() -> Any:
    return environment(PACKAGE).get_template("answer.html")
