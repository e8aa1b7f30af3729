"""A corpus as RDF text, plan by plan: N-Quads, TriG, Turtle, JSON-LD.

N-Quads and TriG keep the graphs; Turtle and JSON-LD have one graph, in which nothing is said twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any

from yaodian.exports.blocks import Block, Contents, flat
from yaodian.exports.describing import Tally, describe, description
from yaodian.exports.formats import Wish
from yaodian.rdf import names
from yaodian.rdf.iris import ID
from yaodian.rdf.jsonld import context, node
from yaodian.rdf.serialise import line
from yaodian.rdf.terms import Term
from yaodian.rdf.turtle import block as turtle_block
from yaodian.rdf.turtle import heading, short

_PREFIXES = {
    **names.PREFIXES,
    "dcat": "http://www.w3.org/ns/dcat#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
}
_NAMED = {namespace: prefix for prefix, namespace in _PREFIXES.items()}
_CHUNK = 256
_TEXT_OF_STRETCH = "referenceContext"
_TEXTS = frozenset({names.CONTEXT, names.OFFSET_STRING})


def all_blocks(contents: Contents, wish: Wish) -> Iterator[Iterable[Block]]:
    """What is to be written, in portions: a plan each, then the shared things, the vocabulary, the description."""
    tally = Tally()
    for row in wish.watched(contents.rows):
        blocks = contents.plan(row)
        tally.add_all(blocks)
        yield blocks
    yield tally.counting(contents.shared())
    yield contents.vocabulary()
    yield describe(contents, wish.license, tally)


def nquads(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """Sorted within each portion of :func:`all_blocks`, in the canonical form of N-Quads."""
    for portion in all_blocks(contents, wish):
        for chunk in _chunks(map(line, flat(portion))):
            yield chunk.encode()


def trig(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """RDF 1.1 TriG."""
    yield heading(_PREFIXES).encode()
    for portion in all_blocks(contents, wish):
        in_order = sorted(portion, key=lambda b: b.graph) if isinstance(portion, list) else portion
        for graph, blocks in groupby(in_order, key=lambda b: b.graph):
            yield f"{short(graph, _NAMED)} {{\n\n".encode()
            for chunk in _chunks(_turtle(blocks)):
                yield chunk.encode()
            yield b"}\n\n"


def turtle(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """RDF 1.1 Turtle."""
    yield heading(_PREFIXES).encode()
    for portion in all_blocks(contents, wish):
        for chunk in _chunks(_turtle(portion)):
            yield chunk.encode()


def void(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """The description of the corpus alone, as Turtle."""
    yield heading(_PREFIXES).encode()
    for chunk in _chunks(_turtle(description(contents, wish))):
        yield chunk.encode()


def _turtle(blocks: Iterable[Block]) -> Iterator[str]:
    return (f"{turtle_block(block.subject, block.said, _NAMED)}\n" for block in blocks)


def jsonld(contents: Contents, wish: Wish) -> Iterator[bytes]:
    """JSON-LD 1.1, framed by plan: what is part of a thing stands in it, and so do the words that it rests on."""
    published = json.dumps(context()["@context"], ensure_ascii=False, indent=1)
    yield f'{{"@context": {published},\n"@graph": ['.encode()
    before = "\n"
    for portion in all_blocks(contents, wish):
        framed = _framed(portion) if isinstance(portion, list) else (node(b.subject, b.said) for b in portion)
        for each in framed:
            yield f"{before}{json.dumps(each, ensure_ascii=False)}".encode()
            before = ",\n"
    yield b"\n]}\n"


def _framed(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    """The nodes of a plan, each once: within the node that it is part of, or that quotes it, else by itself."""
    frame = _Frame(blocks)
    roots = (subject for subject in frame.said if subject not in frame.inside and subject not in frame.texts)
    for subject in chain(roots, _texts_last(frame.said, frame.texts)):
        if subject in frame.open:
            yield frame.tree(subject)


class _Frame:
    """What is said of each subject of a plan, what its parts are, and which subjects have not been told of yet."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.said: dict[str, list[tuple[str, Term]]] = {}
        for block in blocks:
            self.said.setdefault(block.subject, []).extend(block.said)
        self.parts: dict[str, list[str]] = {}
        for subject, statements in self.said.items():
            for term in (term for predicate, term in statements if predicate == names.PART_OF and term in self.said):
                self.parts.setdefault(str(term), []).append(subject)
        self.inside = {part for members in self.parts.values() for part in members}
        self.texts = {subject for subject, statements in self.said.items() if _is_text(statements)}
        self.open = set(self.said)

    def tree(self, subject: str) -> dict[str, Any]:
        """A node with its parts in it, and with the stretches of text that nothing before it has quoted."""
        self.open.discard(subject)
        whole = node(subject, [(p, o) for p, o in self.said[subject] if not (p == names.PART_OF and o in self.said)])
        for key, value in whole.items():
            reference = f"{ID}{value}" if isinstance(value, str) else ""
            # The document's text stands in its plan, not in the first stretch of it.
            if key not in ("@id", _TEXT_OF_STRETCH) and reference in self.texts and reference in self.open:
                whole[key] = self.tree(reference)
        if subject in self.parts:
            whole["parts"] = [self.tree(member) for member in self.parts[subject]]
        return whole


def _texts_last(said: Iterable[str], texts: set[str]) -> Iterator[str]:
    """The stretches of text, in their order: those that nothing quoted are told of by themselves."""
    return (subject for subject in said if subject in texts)


def _is_text(statements: Iterable[tuple[str, Term]]) -> bool:
    return any(predicate == names.TYPE and term in _TEXTS for predicate, term in statements)


def _chunks(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces, many at a time."""
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if len(held) == _CHUNK:
            yield "".join(held)
            held.clear()
    yield "".join(held)
