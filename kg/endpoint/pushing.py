"""A corpus brought to a server, and kept current there: only what has changed is sent, what is gone is removed.

The record on the server first tells which graphs are about to be sent, then they are, then it tells their states:
broken off at any moment, the next push finds all that has to be sent again or removed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yaodian.checking.results import findings_graph
from yaodian.endpoint.http import Connection
from yaodian.endpoint.loading import Loader, loader
from yaodian.endpoint.record import RECORDS, Pushed, counts, graphs_of_others, read_record, written_record
from yaodian.endpoint.server import EndpointError, refuse_silent
from yaodian.errors import YaodianError, listed
from yaodian.exports.blocks import Block, Contents
from yaodian.exports.describing import DESCRIPTION_GRAPH, description
from yaodian.exports.formats import Progress, Wish
from yaodian.output import write_file
from yaodian.rdf.iris import SHARED_GRAPH, VOCABULARY_GRAPH
from yaodian.rdf.serialise import literal
from yaodian.rdf.terms import Literal

NAME_FILE = ".pushed-as"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did: graphs sent, found to be the same, and removed; and the statements on the server, by graph."""

    name: str
    sent: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    triples: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Portion:
    """Graphs that are sent together, the state that they are in, and where their statements come from."""

    label: str
    graphs: tuple[str, ...]
    state: str
    blocks: Callable[[], Iterable[Block]]
    adds: bool = False


def corpus_name(folder: Path, given: str | None) -> str:
    """What the corpus is called on servers: the name given, or one that is made once and kept in the folder."""
    if given is not None:
        if not _NAME.fullmatch(given):
            raise YaodianError(f"--as {given}: use up to 64 letters, digits, dots, hyphens and underscores")
        return given
    file = folder / NAME_FILE
    try:
        kept = file.read_text("utf-8").strip()
        if _NAME.fullmatch(kept):
            return kept
    except (OSError, UnicodeDecodeError):
        pass
    name = f"corpus-{secrets.token_hex(6)}"
    try:
        write_file(file, [f"{name}\n".encode()])
    except OSError as error:
        raise YaodianError(f"{file}: cannot be written ({error.strerror}); give the corpus a name with --as") from error
    return name


def push(
    contents: Contents,
    connection: Connection,
    name: str,
    *,
    protocol: str = "auto",
    wish: Wish | None = None,
) -> PushReport:
    """Bring the corpus to the server; ``EndpointError`` where it refuses, or does not hold what it was sent."""
    wish = wish or Wish()
    record = f"{RECORDS}{name}"
    before = read_record(connection, record)
    others = graphs_of_others(connection, record)
    portions = list(_portions(contents, name, wish, shared_with_others=SHARED_GRAPH in others))
    whole = {graph: one for graph, one in before.items() if one.state}
    held = counts(connection, whole)
    same = {graph: one for graph, one in whole.items() if held[graph] == one.triples}
    changed = [portion for portion in portions if not _is_there(portion, same)]
    wanted = {graph for portion in portions for graph in portion.graphs}
    gone = sorted(before.keys() - wanted)
    now = {graph: one for graph, one in same.items() if graph in wanted}
    if changed or gone:
        refuse_silent(connection.server, connection.software)
        to = loader(connection, protocol, f"{RECORDS}probe/{name}")
        sending = {graph: Pushed("", 0) for portion in changed for graph in portion.graphs}
        to.put(record, written_record(record, {**before, **now, **sending}))
        now |= _send(to, changed, wish.progress)
        for graph in gone:
            if graph not in others:
                to.drop(graph)
        _verify(connection, {g: now[g] for g in sending}, exact={g for p in changed if not p.adds for g in p.graphs})
        to.put(record, written_record(record, now))
    sent = tuple(graph for portion in changed for graph in portion.graphs if now[graph].triples)
    unchanged = tuple(sorted(graph for graph, one in now.items() if graph not in sent and one.triples))
    triples = {graph: one.triples for graph, one in sorted(now.items()) if one.triples}
    return PushReport(name, sent, unchanged, tuple(gone), triples)


def _portions(contents: Contents, name: str, wish: Wish, *, shared_with_others: bool) -> Iterator[_Portion]:
    form = "-facts" if contents.facts_only else ""
    state = f"{contents.corpus.manifest.digest}{form}"
    for row in contents.rows:
        graphs = (row.plan, findings_graph(row.plan))
        yield _Portion(row.slug, graphs, f"{row.digest}{form}", lambda row=row: contents.plan(row))  # type: ignore[misc]
    yield _Portion("shared things", (SHARED_GRAPH,), state, contents.shared, adds=shared_with_others)
    ontology = f"{contents.corpus.manifest.toolchain.ontology}-{contents.corpus.manifest.toolchain.rules}"
    yield _Portion("vocabulary", (VOCABULARY_GRAPH,), ontology, contents.vocabulary)
    graph = f"{DESCRIPTION_GRAPH}/{name}"
    said = f"{state}-{wish.license or ''}"
    told = Wish(wish.license)
    yield _Portion("description", (graph,), said, lambda: _moved(description(contents, told), graph))


def _moved(blocks: Iterable[Block], graph: str) -> Iterator[Block]:
    return (Block(block.subject, block.said, graph) for block in blocks)


def _is_there(portion: _Portion, same: Mapping[str, Pushed]) -> bool:
    return all(graph in same and same[graph].state == portion.state for graph in portion.graphs)


def _send(to: Loader, portions: list[_Portion], progress: Progress | None) -> dict[str, Pushed]:
    sent: dict[str, Pushed] = {}
    for done, portion in enumerate(portions):
        if progress:
            progress(done, len(portions), portion.label)
        for graph, number in _send_portion(to, portion):
            sent[graph] = Pushed(portion.state, number)
    if progress:
        progress(len(portions), len(portions), "")
    return sent


def _send_portion(to: Loader, portion: _Portion) -> Iterator[tuple[str, int]]:
    if len(portion.graphs) == 1:
        counted = _Counted(_statements(portion.blocks()))
        (to.add if portion.adds else to.put)(portion.graphs[0], counted)
        yield portion.graphs[0], counted.number
        return
    blocks = list(portion.blocks())
    for graph in portion.graphs:
        counted = _Counted(_statements(block for block in blocks if block.graph == graph))
        first = next(counted, None)
        if first is None:
            to.drop(graph)
        else:
            to.put(graph, _with_first(first, counted))
        yield graph, counted.number


def _with_first(first: str, others: Iterable[str]) -> Iterator[str]:
    yield first
    yield from others


class _Counted(Iterator[str]):
    """Statements that are counted as they pass."""

    def __init__(self, statements: Iterable[str]) -> None:
        self._statements = iter(statements)
        self.number = 0

    def __next__(self) -> str:
        statement = next(self._statements)
        self.number += 1
        return statement


def _statements(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        for predicate, term in block.said:
            written = literal(term) if isinstance(term, Literal) else f"<{term}>"
            yield f"<{block.subject}> <{predicate}> {written} ."


def _verify(connection: Connection, sent: Mapping[str, Pushed], exact: set[str]) -> None:
    """``EndpointError`` where the server counts otherwise; a graph that was only added to may have more."""
    found = counts(connection, sent)
    wrong = [
        f"{graph} ({found[graph]} statements of {one.triples})"
        for graph, one in sent.items()
        if found[graph] < one.triples or (graph in exact and found[graph] != one.triples)
    ]
    if wrong:
        raise EndpointError(
            f"{connection.server.query}: the server does not hold what it was sent: {listed(wrong, ', ')}; push again"
        )
