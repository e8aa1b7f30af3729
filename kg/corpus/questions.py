"""Ready-made questions, and how parameters get into a query.

A query says where a parameter goes with ``VALUES ?name { UNDEF }``: as it stands it leaves ``?name`` open, in any
SPARQL engine. To bind it, the ``UNDEF`` becomes the value as one RDF term written by the engine's serialiser, so a
value is a value whatever characters it has. (The engine's own substitution of variables gives wrong answers where
the query asks ``BOUND(?name)``, as an optional parameter must.) A parameter with a default has that in its place:
``VALUES ?lang { "zh" }``.

The ready-made ones are written for the engine at hand, and asked of others too. It begins with the pattern that it
takes to be the smallest, ``?plan a yd:Plan``; what every plan has stands in an OPTIONAL, which leaves that estimate as
it is, and a value other than a class in a FILTER, as a pattern that has one is taken to be smaller still. An OPTIONAL
of one pattern about something certainly bound is looked up row by row, all others over everything; so is a NOT EXISTS,
whose second pattern therefore stands in a FILTER EXISTS. ``COALESCE`` with something certain makes a variable certain.
Each look-up has its price, and within ``GRAPH ?plan`` a lower one: what chooses rows (a theme, an indicator, a policy,
what an item has not) stands in a sub-SELECT and comes first, what describes them comes after it in OPTIONALs, and
names, and themes of which a row may have several, after what counts or describes. Two sub-SELECTs are joined by hash.

To read a list costs a fifteenth of looking up each of its entries. So what a question wants of all plans, to choose
among them, is an ``OPTIONAL { SELECT … }`` (with ``GRAPH ?plan`` in it Virtuoso does not come to an end), and
``indicators`` reads what plans say of targets property by property, as a UNION, and gathers it by target. ``SAMPLE``
passes over what is unbound, where ``MIN`` is spoilt by it; it reads IRIs and longer texts from disk, so these are lists
of their own, joined by hash. What GROUP BY gives is never certainly bound: nothing can be looked up by it. The year is
asked for in one of joined lists only, as Virtuoso loses rows where two of them ask for it.

To sort, the engine reads what the rows hold anew for each comparison, from disk where it is an IRI or a longer text.
A key that the query made itself is at hand: ``CONCAT(" ", STR(?plan))`` sorts as the IRI does. It must not be outside
of what a DISTINCT selects.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from yaodian.corpus.prefixes import XSD
from yaodian.errors import QueryError
from yaodian.ontology import lexicon, resource

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

CHART_KINDS = ("bar", "line", "heat")

# A comment ends with its line: blanks in it are no line ends.
_HEADER = re.compile(r"#[ \t]*(title-zh|title-en|description-zh|description-en|example)[ \t]*:[ \t]*(.*)")
_PARAMETER = re.compile(
    r"#[ \t]*param[ \t]+(\w+)[ \t]+(string|integer|decimal|date|iri|[\w-]+(?:\|[\w-]+)+)(!?)(?!\S)[ \t]*(.*)"
)
_CHART = re.compile(rf"#[ \t]*chart[ \t]+({'|'.join(CHART_KINDS)})((?:[ \t]+\w+)+)[ \t]*")
_DEFAULT = r'UNDEF|"[^"\\\n]*"|[+-]?\d+(?:\.\d+)?'
_SLOT = re.compile(rf"(\bVALUES\s*)[?$](\w+)(\s*)\{{\s*({_DEFAULT})\s*\}}", re.IGNORECASE)
_NAME = re.compile(r"[\w-]+")
_LEXICAL = {
    "integer": re.compile(r"[+-]?\d+", re.ASCII),
    "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question can be given. ``type`` is string, integer, decimal, date or iri.

    ``values`` are the only ones that it can have, where they are few (``# param lang zh|en …``); ``default`` is the
    one that it has where none is given; without a ``required`` one (``# param city string! …``) the question has no
    answer.
    """

    name: str
    type: str
    description_zh: str
    description_en: str
    values: tuple[str, ...] = ()
    default: str | None = None
    required: bool = False

    def description(self, lang: str) -> str:
        """What it means, in ``zh`` or ``en``."""
        return self.description_en if lang == "en" else self.description_zh


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """Which columns of an answer make a chart: ``# chart bar NAMES NUMBERS [SERIES] [of COLUMN…]``.

    ``line`` has years or other numbers in the place of names, ``heat`` two columns of names and then the numbers. The
    columns after ``of`` must have one value in the whole answer: numbers of several units make no chart.
    """

    kind: str
    columns: tuple[str, ...]
    one: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A ready-made question: what it asks, in two languages, and its SPARQL.

    ``charts`` are those that its answer makes; ``example`` has arguments for the command.
    """

    name: str
    text: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    parameters: tuple[Parameter, ...]
    charts: tuple[ChartPlan, ...] = ()
    example: str = ""

    def title(self, lang: str) -> str:
        """The question in ``zh`` or ``en``."""
        return self.title_en if lang == "en" else self.title_zh

    def description(self, lang: str) -> str:
        """What is counted and in which order, in ``zh`` or ``en``."""
        return self.description_en if lang == "en" else self.description_zh

    def lacks(self, given: Mapping[str, str]) -> tuple[str, ...]:
        """The names of the parameters without which there is no answer, and that have no value in ``given``."""
        return tuple(one.name for one in self.parameters if one.required and not given.get(one.name))


@cache
def named_queries() -> dict[str, NamedQuery]:
    """The ready-made questions, by name."""
    files = (entry for entry in resource("queries").iterdir() if entry.name.endswith(".rq"))
    texts = {file.name.removesuffix(".rq"): file.read_text("utf-8") for file in files}
    return {name: described(name, texts[name]) for name in sorted(texts)}


def described(name: str, text: str) -> NamedQuery:
    """A question with what the comments at its head say; a title or description in one language serves for both."""
    headers = dict(_HEADER.findall(text))

    def words(key: str, other: str) -> str:
        return str(headers.get(key) or headers.get(other) or "").strip()

    return NamedQuery(
        name,
        text,
        words("title-zh", "title-en") or name,
        words("title-en", "title-zh") or name,
        words("description-zh", "description-en"),
        words("description-en", "description-zh"),
        parameters_of(text),
        charts_of(text),
        str(headers.get("example", "")).strip(),
    )


def parameters_of(text: str) -> tuple[Parameter, ...]:
    """The parameters that a query's header comments describe, with the defaults that stand in their slots."""
    defaults = {match[2]: match[4].strip('"') for match in _SLOT.finditer(text) if match[4].upper() != "UNDEF"}
    return tuple(_parameter(match, defaults.get(match[1])) for match in _PARAMETER.finditer(text))


def _parameter(match: re.Match[str], default: str | None) -> Parameter:
    name, type_, required, description = match.groups()
    values = tuple(type_.split("|")) if "|" in type_ else ()
    return Parameter(name, "string" if values else type_, *_two(description), values, default, bool(required))


def _two(description: str) -> tuple[str, str]:
    """A description written as ``中文 / English``; one language stands for both."""
    zh, _, en = (part.strip() for part in description.partition(" / "))
    return zh, en or zh


def charts_of(text: str) -> tuple[ChartPlan, ...]:
    """The charts that a query's header comments tell of."""
    return tuple(_chart(match[1], match[2].split()) for match in _CHART.finditer(text))


def _chart(kind: str, words: list[str]) -> ChartPlan:
    split = words.index("of") if "of" in words else len(words)
    return ChartPlan(kind, tuple(words[:split]), tuple(words[split + 1 :]))


def broken_header(text: str) -> tuple[int, str] | None:
    """The line of the first comment at the head that means nothing, and what is wrong with it; None where all is well.

    A word such as ``param`` begins a comment for us only where it is one of those that a header has.
    """
    slots = {match[2] for match in _SLOT.finditer(text)}
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"#\s*(param|chart)\s+\w", line):
            pattern, form = _FORMS[match[1]]
            if not (found := pattern.fullmatch(line.rstrip())):
                return number, f"a {match[1]} is written as: {form}"
            if match[1] == "param" and found[1] not in slots:
                return number, f"the query has no place for {found[1]}: write VALUES ?{found[1]} {{ UNDEF }} in it"
    return None


_FORMS = {
    "param": (_PARAMETER, "# param NAME string|integer|decimal|date|iri 中文 / English (or its values: zh|en)"),
    "chart": (_CHART, "# chart bar|line|heat COLUMN COLUMN [COLUMN] [of COLUMN…]"),
}


def resolve(question: str, parameters: Mapping[str, object]) -> str:
    """The SPARQL of ``question`` (a query, or a name) with its parameters filled in."""
    text = named(question).text if _NAME.fullmatch(question) else question
    return bind(text, parameters)


def named(name: str, queries: Mapping[str, NamedQuery] | None = None) -> NamedQuery:
    """The question of that name, among the ready-made ones where no others are given.

    ``QueryError`` with the nearest ones where there is none.
    """
    known = named_queries() if queries is None else queries
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    raise QueryError(f"there is no ready-made question {name!r}; {_choice(near, list(known))}")


def bind(text: str, parameters: Mapping[str, object]) -> str:
    """The query with its parameters filled in; ``QueryError`` for one that it does not have."""
    described = {parameter.name: parameter for parameter in parameters_of(text)}
    slots = {match[2] for match in _SLOT.finditer(text) if match[2] in described or match[4].upper() == "UNDEF"}
    for name in parameters:
        if name not in slots:
            near = difflib.get_close_matches(name, slots, n=3, cutoff=0.5)
            raise QueryError(f"the query has no parameter {name!r}; {_choice(near, sorted(slots))}")
    given = {name: value for name, value in parameters.items() if value is not None}
    terms = {name: str(_term(name, value, described.get(name))) for name, value in given.items()}

    def fill(match: re.Match[str]) -> str:
        return f"{match[1]}?{match[2]}{match[3]}{{ {terms[match[2]]} }}" if match[2] in terms else match[0]

    return _SLOT.sub(fill, text)


def _choice(near: list[str], all_: list[str]) -> str:
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"there are: {', '.join(all_)}" if all_ else "it has none (a parameter is VALUES ?name { UNDEF })"


def _term(name: str, value: object, parameter: Parameter | None) -> Literal | NamedNode:
    """The value as a term of the declared type, else of the type that it has."""
    from pyoxigraph import Literal, NamedNode

    if isinstance(value, Literal | NamedNode):
        return value
    if isinstance(value, str):
        values = parameter.values if parameter else ()
        value = _code(name, value) if values else value
        if values and value.lower() not in values:
            raise QueryError(f"parameter {name}: {value!r} is none of its values ({', '.join(values)})")
        return _term_of_text(name, value.lower() if values else value, parameter.type if parameter else "string")
    if isinstance(value, bool):
        return Literal(value)
    for kind, datatype in ((int, "integer"), (Decimal, "decimal"), (float, "double"), (date, "date")):
        if isinstance(value, kind):
            return Literal(str(value), datatype=NamedNode(f"{XSD}{datatype}"))
    raise QueryError(f"parameter {name}: a {type(value).__name__} cannot be a value in a query")


def _code(name: str, value: str) -> str:
    """The value that pages call so (必错: violation), else what was given."""
    called = lexicon("columns").get(name, {}).get("values-zh", {})
    return next((code for code, label in called.items() if label == value.strip()), value)


def _term_of_text(name: str, value: str, type_: str) -> Literal | NamedNode:
    from pyoxigraph import Literal, NamedNode

    try:
        if type_ == "iri":
            return NamedNode(value.removeprefix("<").removesuffix(">"))
        if type_ == "string":
            return Literal(value)
        value = unicodedata.normalize("NFKC", value).strip()
        if type_ == "date":
            date.fromisoformat(value)
        elif not _LEXICAL[type_].fullmatch(value):
            raise ValueError(value)
    except ValueError:
        raise QueryError(f"parameter {name}: {value!r} is no {type_}") from None
    return Literal(value, datatype=NamedNode(f"{XSD}{type_}"))
