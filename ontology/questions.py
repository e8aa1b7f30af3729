"""The reference of the ready-made questions: ``python -m yaodian.ontology.questions docs`` brings it up to date.

All of ``docs/queries.md`` between its two marks is written from the headers of the ``.rq`` files.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from yaodian.corpus.guarding import columns
from yaodian.corpus.questions import NamedQuery, Parameter, named_queries
from yaodian.ontology.reference import renew, with_part
from yaodian.showing.columns import column_label, words
from yaodian.showing.explaining import command

FILES = {"en": "queries.md", "zh": "queries.zh.md"}


def reference(lang: str) -> str:
    """All questions with their parameters, columns, charts and a command each, in ``en`` or ``zh``."""
    queries = named_queries().values()
    contents = [f"- [`{query.name}`](#{query.name}) {query.title(lang)}" for query in queries]
    return "\n".join([*contents, "", *(line for query in queries for line in _section(query, lang))])


def _section(query: NamedQuery, lang: str) -> Iterator[str]:
    said = words(lang)
    yield from (f"### {query.name}", "", f"**{query.title(lang)}.** {query.description(lang)}", "")
    yield from ("```", command(query), "```", "")
    for parameter in query.parameters:
        yield f"- {_parameter(parameter, lang)}"
    shown = said["separator"].join(f"`{name}` {column_label(name, lang)}" for name in columns(query.text))
    yield from ("", f"{said['columns']}: {shown}", "")
    if query.charts:
        kinds = dict.fromkeys(f"`--chart {chart.kind}`" for chart in query.charts)
        yield from (f"{said['charts']}: {said['separator'].join(kinds)}", "")


def _parameter(parameter: Parameter, lang: str) -> str:
    said = words(lang)
    kind = " / ".join(f"`{value}`" for value in parameter.values) or parameter.type
    notes = [kind]
    if parameter.required:
        notes.append(said["required"])
    if parameter.default is not None:
        notes.append(f"{said['default']}: `{parameter.default}`")
    return f"`--{parameter.name}` ({said['separator'].join(notes)}): {parameter.description(lang)}"


def updated(page: str, lang: str) -> str:
    """A page of the docs with its generated part brought up to date."""
    return with_part(page, reference(lang))


if __name__ == "__main__":
    renew(FILES, updated, *sys.argv[1:])
