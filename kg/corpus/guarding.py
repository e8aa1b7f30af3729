"""Running a query that someone wrote: it may read the corpus, and nothing else.

The engine would fetch from other servers where a query says ``SERVICE``. Whether it says so is decided by the
engine's own parser: every ``service`` in the text is made a word that is no keyword. A query in which it stood in
a string, a comment, an IRI or a name still parses then; one in which it was the keyword does not, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from yaodian.corpus.prefixes import prefixes
from yaodian.errors import ForbiddenQueryError, QueryError
from yaodian.source import ID

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

    Result = QuerySolutions | QueryTriples | QueryBoolean

T = TypeVar("T")

_ASCII = re.IGNORECASE | re.ASCII
_SERVICE = re.compile(r"service\s*(silent\s*)?(<[^>]*>|[?$]\w+|[\w.-]*:[^\s{]*)\s*\{", _ASCII)
_POSITION = re.compile(r"error at (\d+):(\d+)")
_PROLOGUE = re.compile(r"(?:\s+|#[^\n\r]*|(?:PREFIX\s+[^\s:]*:|BASE)\s*<[^>]*>)*(\w+)", _ASCII)
# The words of a query (SPARQL 1.1 § 19.8) as far as it takes to tell what is a keyword: comments, strings, IRIs,
# variables, language tags, names with a prefix, and keywords.
_WORD = re.compile(
    r"""#[^\n\r]*|\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n\r]|\\.)*"|"""
    r"""'(?:[^'\\\n\r]|\\.)*'|<[^<>"{}|^`\x00-\x20]*>|[?$@][\w-]+|[\w.-]+(?::(?:[\w.:%-]|\\.)*)?|:(?:[\w.:%-]|\\.)*""",
    re.DOTALL,
)
# Where no keyword can stand: comments above everything, and letters right behind the mark of a variable or a prefix.
_NO_KEYWORDS = re.compile(r"\A(?:#[^\n\r]*[\n\r]+)+|[?$:][a-z]+", _ASCII)
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request chooses beside its query (SPARQL 1.1 Protocol § 2.1.4); they overrule its FROM.

    A graph that the corpus has not is an empty one. ``QueryError`` for what is no absolute IRI.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


def run(store: Store, text: str, read: Callable[[Result], T], dataset: Dataset | None = None) -> T:
    """What ``read`` makes of the engine's result for a query that only reads this store.

    Relative IRIs are the corpus's own: ``<plan/320400-2023>``. Raises ``ForbiddenQueryError`` for a query that would
    do more than read this store, ``QueryError`` for one that is none, ``OSError`` where the store proves damaged.
    """
    _refuse_service(text)
    graphs = _graphs(store, text, dataset or Dataset())
    try:
        return read(store.query(text, base_iri=ID, prefixes=prefixes(), **graphs))
    except SyntaxError as error:
        raise _refusal(text, str(error)) from error
    except (RuntimeError, ValueError) as error:
        if is_damage(error):
            raise OSError(str(error)) from error
        raise QueryError(f"the query cannot be answered: {error}") from error


def refuse_non_query(text: str) -> None:
    """``QueryError`` for what is no query, or would have the server that gets it ask another one."""
    _refuse_service(text)
    from pyoxigraph import Store

    try:
        Store().query(text, base_iri=ID, prefixes=prefixes())
    except SyntaxError as error:
        raise _refusal(text, str(error)) from error
    except (RuntimeError, ValueError):
        # It parses; what else is wrong with it the server will say.
        return


def fault(text: str) -> tuple[int, str] | None:
    """The line of a query that cannot be asked, and what is wrong there; None where it can. Nothing is asked."""
    from pyoxigraph import Store

    try:
        _refuse_service(text)
        Store().query(text, prefixes=prefixes())
    except QueryError as error:
        place = re.search(r"line (\d+)", str(error))
        return int(place[1]) if place else 1, str(error)
    except SyntaxError as error:
        place = _POSITION.search(str(error))
        return int(place[1]) if place else 1, _explained(text, str(error))
    return None


def columns(text: str) -> tuple[str, ...]:
    """The columns of a SELECT, in their order; none for another form of query."""
    from pyoxigraph import QuerySolutions, Store

    result = Store().query(text, prefixes=prefixes())
    return tuple(variable.value for variable in result.variables) if isinstance(result, QuerySolutions) else ()


def _graphs(store: Store, text: str, dataset: Dataset) -> dict[str, Any]:
    """The engine's options for the graphs that a query sees: those chosen, else all of them as one."""
    from pyoxigraph import NamedNode

    if not dataset:
        return {"use_default_graph_as_union": not _names_graphs(store, text)}
    try:
        return {
            "default_graph": [NamedNode(iri) for iri in dataset.default],
            "named_graphs": [NamedNode(iri) for iri in dataset.named],
        }
    except ValueError as error:
        raise QueryError(f"a graph is named by an absolute IRI: {error}") from error


def is_damage(error: Exception) -> bool:
    """Whether an error of the engine is about the files of the store."""
    return str(error).startswith(("Corruption", "IO error"))


def _refuse_service(text: str) -> None:
    problem = _parse_without(text, "service")
    if problem is None:
        return
    if _SERVICE.search(text):
        raise ForbiddenQueryError("SERVICE would ask another server: a query reads this corpus only")
    raise _refusal(text, problem)


def _parse_without(text: str, keyword: str) -> str | None:
    """What the parser says when ``keyword`` is no keyword; None where it does not matter to the query."""
    if not re.search(keyword, _NO_KEYWORDS.sub("", text), _ASCII):
        return None
    from pyoxigraph import Store

    last = next(letter for letter in "xqzjvk" if f"{keyword[:-1]}{letter}" not in text.lower())
    changed = re.sub(f"({keyword[:-1]}){keyword[-1]}", rf"\g<1>{last}", text, flags=_ASCII)
    try:
        Store().query(changed, base_iri=ID, prefixes=prefixes())
    except SyntaxError as error:
        return str(error)
    except (RuntimeError, ValueError):
        # It parses; what is wrong with it will be told when it runs.
        return None
    return None


def _names_graphs(store: Store, text: str) -> bool:
    """Whether the query chooses its graphs by FROM; ``QueryError`` where one of them is not in the store."""
    problem = _parse_without(text, "from")
    if problem is None:
        return False
    from pyoxigraph import NamedNode

    for graph in _from_graphs(text, problem):
        if not store.contains_named_graph(NamedNode(graph)):
            raise ForbiddenQueryError(
                f"FROM <{graph}>: the corpus has no such graph, and nothing is fetched from elsewhere"
            )
    return True


def _from_graphs(text: str, problem: str) -> Iterator[str]:
    """The graphs that the clauses FROM name, as IRIs that the engine makes of them."""
    from pyoxigraph import NamedNode, QuerySolutions, Store

    prologue = _PROLOGUE.match(text)
    names = list(_named_by_from(text))
    if prologue is None or not names:
        raise _refusal(text, problem)
    terms = " ".join(f"({name} AS ?g{number})" for number, name in enumerate(names))
    try:
        found = Store().query(f"{text[: prologue.start(1)]} SELECT {terms} {{}}", base_iri=ID, prefixes=prefixes())
    except (SyntaxError, RuntimeError, ValueError) as error:
        raise _refusal(text, problem) from error
    assert isinstance(found, QuerySolutions)
    for graph in next(found):
        if not isinstance(graph, NamedNode):
            raise _refusal(text, problem)
        yield graph.value


def _named_by_from(text: str) -> Iterator[str]:
    """What stands behind each FROM: an IRI, as it is written."""
    words = (match[0] for match in _WORD.finditer(text) if not match[0].startswith("#"))
    is_expected = False
    for word in words:
        if is_expected and word.upper() != "NAMED":
            yield word
            is_expected = False
        elif word.upper() == "FROM":
            is_expected = True


def _refusal(text: str, problem: str) -> QueryError:
    """The error for a query that does not parse, which an update is to a parser of queries."""
    first = _PROLOGUE.match(text)
    if first and first[1].upper() in _UPDATES:
        word = first[1].upper()
        return ForbiddenQueryError(f"{word} would change data: a query only reads (SELECT, ASK, CONSTRUCT, DESCRIBE)")
    return QueryError(_explained(text, problem))


def _explained(text: str, problem: str) -> str:
    """One line on why a query does not parse: the place, and the words there."""
    place = _POSITION.search(problem)
    if not place:
        return f"this is not a SPARQL query: {problem.splitlines()[0]}"
    line, column = int(place[1]), int(place[2])
    lines = text.splitlines() or [""]
    words = lines[line - 1][max(0, column - 25) : column].strip() if line <= len(lines) else ""
    hint = "; is a prefix not declared?" if "Prefix not found" in problem else ""
    return f"the query does not parse: line {line}, column {column}, near: {words or '(nothing)'}{hint}"
