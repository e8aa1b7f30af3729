"""What a question asks, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yaodian.corpus.guarding import columns
from yaodian.corpus.questions import NamedQuery, Parameter
from yaodian.showing.columns import column_label, words


def explanation(query: NamedQuery, given: Mapping[str, str], lang: str) -> Iterator[str]:
    """The lines that say what is asked with these values, what comes back, and how to ask it."""
    said = words(lang)
    yield f"{query.name}  {query.title(lang)}"
    if query.description(lang):
        yield f"    {query.description(lang)}"
    if query.parameters:
        yield f"{said['parameters']}:"
        yield from (f"    {_parameter(parameter, given, lang)}" for parameter in query.parameters)
    if names := columns(query.text):
        yield f"{said['columns']}:"
        yield f"    {said['separator'].join(_column(name, lang) for name in names)}"
    if query.charts:
        kinds = dict.fromkeys(said["chart-kinds"][chart.kind] for chart in query.charts)
        yield f"{said['charts']}:"
        yield f"    {said['separator'].join(kinds)}"
    yield f"{said['example']}:"
    yield f"    {command(query)}"


def command(query: NamedQuery) -> str:
    """The command that asks the question as its header shows."""
    return f"yaodian query {query.name} {query.example}".rstrip()


def value_shown(parameter: Parameter, given: Mapping[str, str], lang: str) -> str:
    """The value that a parameter has: the given one, its default, or any."""
    said = words(lang)
    if parameter.name in given:
        return given[parameter.name]
    if parameter.required:
        return f"({said['required']})"
    return f"{parameter.default} ({said['default']})" if parameter.default is not None else f"({said['any']})"


def _parameter(parameter: Parameter, given: Mapping[str, str], lang: str) -> str:
    value = value_shown(parameter, given, lang)
    kind = "|".join(parameter.values) or parameter.type
    return f"--{parameter.name} = {value}  [{kind}] {parameter.description(lang)}"


def _column(name: str, lang: str) -> str:
    label = column_label(name, lang)
    return name if label == name else f"{name} {label}"
