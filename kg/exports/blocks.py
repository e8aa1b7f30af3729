"""The statements of a corpus, subject by subject, one plan at a time: memory does not grow with the corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import TYPE_CHECKING

from yaodian.errors import CorpusError
from yaodian.exports.publishing import publishable
from yaodian.rdf import names
from yaodian.rdf.iris import SHARED_GRAPH, VOCABULARY_GRAPH
from yaodian.rdf.terms import Literal, Term

if TYPE_CHECKING:
    import pyoxigraph as ox

    from yaodian.corpus import Corpus, PlanRow

_STRING = f"{names.XSD}string"


@dataclass(frozen=True, slots=True)
class Block:
    """What one graph says of one subject."""

    subject: str
    said: Sequence[tuple[str, Term]]
    graph: str

    @property
    def types(self) -> list[str]:
        """The classes of the subject."""
        return [term for predicate, term in self.said if predicate == names.TYPE and isinstance(term, str)]


@dataclass(frozen=True)
class Contents:
    """A corpus to be written elsewhere: all its plans or some, with the words of the documents or without."""

    corpus: Corpus
    facts_only: bool = False
    slugs: frozenset[str] = field(default_factory=frozenset)

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        """The plans chosen, sorted by slug; all where none is named."""
        return tuple(row for row in self.corpus.plans if not self.slugs or row.slug in self.slugs)

    def plan(self, row: PlanRow) -> list[Block]:
        """The plan's own graph and its findings, in the order of the file."""
        return [block for block in self.file(row) if block.graph != SHARED_GRAPH]

    def file(self, row: PlanRow) -> list[Block]:
        """All that the plan's file says: the shared things that it names are told of too."""
        import pyoxigraph as ox

        content = self.corpus.nquads(row)
        if hashlib.sha256(content).hexdigest() != row.digest:
            raise CorpusError(
                f"{row.slug}: its file is not the one that manifest.json tells of; build the corpus again"
            )
        return list(self._published(_blocks(ox.parse(content, ox.RdfFormat.N_QUADS))))

    def shared(self) -> Iterator[Block]:
        """What plans name together (policies, places, organisations, indicators), each thing once."""
        return self._published(_blocks(self._of_graph(SHARED_GRAPH)))

    def vocabulary(self) -> Iterator[Block]:
        """The classes, properties and code lists that the plans are told in, and the names of the rules."""
        return _blocks(self._of_graph(VOCABULARY_GRAPH))

    def _of_graph(self, graph: str) -> Iterable[ox.Quad]:
        from pyoxigraph import NamedNode

        return self.corpus.store.quads_for_pattern(None, None, None, NamedNode(graph))

    def _published(self, blocks: Iterable[Block]) -> Iterator[Block]:
        if not self.facts_only:
            yield from blocks
            return
        for block in blocks:
            types = block.types
            said = [(predicate, term) for predicate, term in block.said if publishable(predicate, term, types)]
            if said:
                yield Block(block.subject, said, block.graph)


def _blocks(quads: Iterable[ox.Quad]) -> Iterator[Block]:
    """Neighbouring statements about one subject together, those of each graph sorted."""
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        graphs: dict[str, list[tuple[str, Term]]] = {}
        for quad in about:
            said = graphs.setdefault(getattr(quad.graph_name, "value", ""), [])
            said.append((quad.predicate.value, _term(quad.object)))
        for graph, statements in graphs.items():
            yield Block(subject.value, sorted(statements, key=_order), graph)


def _order(said: tuple[str, Term]) -> tuple[str, bool, tuple[str, ...]]:
    predicate, term = said
    parts = tuple(part or "" for part in term) if isinstance(term, Literal) else (term,)
    return predicate, isinstance(term, Literal), parts


def _term(term: object) -> Term:
    datatype = getattr(term, "datatype", None)
    value = str(term.value) if hasattr(term, "value") else str(term)
    if datatype is None:
        return value
    language: str | None = getattr(term, "language", None)
    return Literal(value, language, None if language or datatype.value == _STRING else datatype.value)


def flat(blocks: Iterable[Block]) -> Iterator[tuple[str, str, Term, str]]:
    """The blocks as quads."""
    return chain.from_iterable(((b.subject, p, o, b.graph) for p, o in b.said) for b in blocks)
