"""What can be wrong with a plan's file: its bytes, its quotes, its terms, its shape, and what the index says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from yaodian.checking.results import findings_graph
from yaodian.corpus.folder import Folder, has_digest
from yaodian.corpus.manifest import PlanRow
from yaodian.errors import ReadingError
from yaodian.rdf import names
from yaodian.rdf.iris import SHARED_GRAPH

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """Something wrong: where (a path in the folder), what (a code of ``lexicons/verifying.toml``), in which part."""

    where: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """A plan to look at, in a folder; ``index`` is where its index lies. ``deep`` reads the source again."""

    folder: Folder
    row: PlanRow
    index: Path | None
    deep: bool = False

    @property
    def where(self) -> str:
        """The plan's file, as it is told of."""
        return f"plans/{self.row.slug}.nq"


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found wrong with a plan, which shared statements it makes, and whether its source was there."""

    flaws: tuple[Flaw, ...]
    shared: frozenset[int] = frozenset()
    compared: bool = False


def examine(plan: Examined) -> Examination:
    """Everything that can be said of one plan by itself."""
    flaws, quads = _file(plan)
    text = _text(quads)
    if quads:
        # The index is of the state that the manifest names: a file that is not of it says nothing against the index.
        index = [] if flaws else _index(plan, quads)
        flaws += (*_quotes(plan, quads, text), *_terms(plan, quads), *_shape(plan, quads), *index)
    told = list(_source(plan, text))
    shared = frozenset(_digest(quad) for quad in quads if quad.graph == SHARED_GRAPH)
    return Examination((*flaws, *(flaw for flaw in told if flaw)), shared, bool(told))


def unexamined(plan: Examined) -> Examination:
    """What stands for a plan whose examination killed the process."""
    return Examination((Flaw(plan.where, "file-syntax", "reading it took more memory than there is"),))


def _file(plan: Examined) -> tuple[list[Flaw], list[_Statement]]:
    """What is wrong with the file as a file, and its statements where it can be parsed."""
    file = plan.folder.plan_file(plan.row.slug, plan.row.digest)
    if not file.is_file():
        return [Flaw(plan.where, "no-file" if file.exists() else "file-missing")], []
    flaws = [] if has_digest(file, plan.row.digest) else [Flaw(plan.where, "file-changed")]
    try:
        return flaws, _parsed(file)
    except (SyntaxError, ValueError) as error:
        return [*flaws, Flaw(plan.where, "file-syntax", " ".join(str(error).split()))], []


class _Statement(NamedTuple):
    """A quad with the values of its terms."""

    subject: str
    predicate: str
    value: str
    graph: str
    term: Quad


def _parsed(file: Path) -> list[_Statement]:
    import pyoxigraph as ox

    quads = ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS)
    return [_Statement(_plain(q.subject), q.predicate.value, _plain(q.object), _plain(q.graph_name), q) for q in quads]


def _plain(term: Any) -> str:
    return str(getattr(term, "value", term))


def _digest(statement: _Statement) -> int:
    """The same in every process, which ``hash`` is not."""
    return int.from_bytes(hashlib.blake2b(str(statement.term).encode(), digest_size=8).digest())


def _text(quads: Iterable[_Statement]) -> str | None:
    return next((quad.value for quad in quads if quad.predicate == names.IS_STRING), None)


def _quotes(plan: Examined, quads: Iterable[_Statement], text: str | None) -> Iterator[Flaw]:
    """The spans whose quote is not what the text says there; all where there is no text."""
    spans: dict[str, dict[str, str]] = {}
    for quad in quads:
        if quad.predicate in (names.BEGIN, names.END, names.ANCHOR):
            spans.setdefault(quad.subject, {})[quad.predicate] = quad.value
    for span, told in sorted(spans.items()):
        if names.ANCHOR in told and not _says(text, told):
            yield Flaw(plan.where, "quote-differs", span.rpartition("#")[2])


def _says(text: str | None, told: dict[str, str]) -> bool:
    try:
        begin, end = int(told[names.BEGIN]), int(told[names.END])
    except (KeyError, ValueError):
        return False
    return text is not None and 0 <= begin <= end <= len(text) and text[begin:end] == told[names.ANCHOR]


def _terms(plan: Examined, quads: Iterable[_Statement]) -> Iterator[Flaw]:
    """Our own terms that the ontology does not define, and those of vocabularies that it does not build on."""
    from yaodian.corpus.prefixes import prefixes

    used = {quad.predicate for quad in quads}
    used |= {quad.value for quad in quads if quad.predicate == names.TYPE}
    spaces = tuple(space for space in prefixes().values() if space != names.YD)
    for term in sorted(used - _own_terms()):
        if not term.startswith(spaces):
            yield Flaw(plan.where, "term-unknown", term)


@cache
def _own_terms() -> frozenset[str]:
    import pyoxigraph as ox

    from yaodian.ontology import resource

    sources = (resource("yaodian.ttl"), files("yaodian.shapes").joinpath("vocabulary.ttl"))
    quads = (quad for source in sources for quad in ox.parse(source.read_bytes(), ox.RdfFormat.TURTLE))
    return frozenset(_plain(quad.subject) for quad in quads if quad.predicate.value == names.TYPE)


@cache
def _structure() -> str:
    """The structural shapes as N-Triples."""
    import pyoxigraph as ox

    source = files("yaodian.shapes").joinpath("structure/structure.ttl").read_bytes()
    triples = (quad.triple for quad in ox.parse(source, ox.RdfFormat.TURTLE))
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _shape(plan: Examined, quads: Iterable[_Statement]) -> Iterator[Flaw]:
    from yaodian.checking.engine import validator

    data = "".join(dict.fromkeys(f"{quad.term.triple} .\n" for quad in quads))
    for result in sorted(validator(_structure())(data)):
        focus = result.focus.removeprefix(plan.row.plan).lstrip("/") or plan.row.slug
        yield Flaw(plan.where, "shape-violated", f"{result.shape.rpartition('#')[2]}: {focus}")
    if not any(quad.subject == plan.row.plan for quad in quads):
        yield Flaw(plan.where, "shape-violated", f"Plan: {plan.row.slug}")


def _index(plan: Examined, quads: list[_Statement]) -> Iterator[Flaw]:
    """Whether the index has all of the file's statements, and no others in the plan's graphs."""
    if plan.index is None:
        return
    store = _store(plan.index)
    own = (plan.row.plan, findings_graph(plan.row.plan))
    expected = sum(1 for quad in quads if quad.graph in own)
    if statements(store, own) != expected or any(quad.term not in store for quad in quads):
        yield Flaw(f"store/{plan.index.name}", "index-differs", plan.row.slug)


def statements(store: Store, graphs: Iterable[str]) -> int:
    """How many statements are in these graphs; counted by the engine, which need not write them out for that."""
    count = 0
    for graph in graphs:
        (row,) = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")  # type: ignore[misc]
        count += int(row["n"].value)
    return count


@cache
def _store(index: Path) -> Store:
    """The index, opened once in a process; :func:`close` lets it go."""
    from yaodian.corpus.index import open_index

    return open_index(index)


def close() -> None:
    """Let the opened indexes go: the next examination sees them as they are then."""
    _store.cache_clear()


def _source(plan: Examined, text: str | None) -> Iterator[Flaw | None]:
    """Nothing where the source is not there, else whether it is what the plan was made from."""
    from yaodian.corpus.sources import Source

    source = Source(plan.row.source, Path(plan.row.source))
    digest = source.sha256()
    if digest is None:
        return
    yield Flaw(plan.where, "source-changed", plan.row.source) if digest != plan.row.sha256 else None
    if plan.deep and text is not None and digest == plan.row.sha256 and _reads_as(source.path) != text:
        yield Flaw(plan.where, "source-text", plan.row.source)


def _reads_as(path: Path) -> Any:
    from yaodian.rdf.serialise import without_surrogates
    from yaodian.reading import read

    try:
        return without_surrogates(read(path).text)
    except ReadingError:
        return None
