"""What can be found in a plan: its items, the text outside them, and what was found in both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from yaodian.model import Document, Span
from yaodian.rdf import names
from yaodian.sentences import sentence_around

if TYPE_CHECKING:
    from yaodian.corpus.manifest import PlanRow
    from yaodian.corpus.opening import Corpus

Kind = Literal["item", "text", "target", "result", "policy", "deliverable"]
KINDS: tuple[Kind, ...] = ("item", "text", "target", "result", "policy", "deliverable")
WHOLE: tuple[Kind, ...] = ("item", "text")
"""The kinds that hold every word of a document once."""

_KIND_OF: dict[str, Kind] = {
    names.PLAN_ITEM: "item",
    names.TARGET: "target",
    names.RESULT: "result",
    names.POLICY_REFERENCE: "policy",
    names.DELIVERABLE: "deliverable",
}
_PREDICATES = frozenset(f"<{name}>".encode() for name in (
    names.TYPE, names.QUOTED_FROM, names.BEGIN, names.END, names.IS_STRING, names.PART_OF, names.SUBJECT,
    names.TITLE, names.LABEL, names.PRINTED_TITLE, names.ITEM_LABEL,
))  # fmt: skip
_Thing = dict[str, str]
"""What is said of a thing, by property."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that can be found. ``title`` is what it is called, ``iri`` what it is, if anything.

    ``start`` is the offset of ``body`` in the document's text, ``line`` and ``column`` are its place (from 1).
    """

    slug: str
    kind: Kind
    iri: str
    title: str
    body: str
    start: int
    line: int
    column: int
    themes: tuple[str, ...] = ()


def passages(corpus: Corpus, rows: Iterable[PlanRow]) -> Iterator[Passage]:
    """What can be found in these plans, read from their files: each is read once, whatever the corpus holds."""
    for row in rows:
        things = _things(corpus, row)
        texts = [thing[names.IS_STRING] for thing in things.values() if names.IS_STRING in thing]
        for text in texts:
            yield from _of_plan(row.slug, _document(text), things)


def _things(corpus: Corpus, row: PlanRow) -> dict[str, _Thing]:
    """What the plan's graph says of each of its things, by IRI: a value for a property, the themes apart."""
    import pyoxigraph as ox

    things: dict[str, _Thing] = defaultdict(dict)
    for quad in ox.parse(_wanted_lines(corpus.nquads(row), row.plan), ox.RdfFormat.N_QUADS):
        own, predicate, value = things[quad.subject.value], quad.predicate.value, quad.object.value
        if predicate == names.SUBJECT:
            value = f"{own.get(predicate, '')} {value.rpartition('/')[2]}".strip()
        if predicate != names.TYPE or value in _KIND_OF:
            own[predicate] = value
    return things


def _wanted_lines(content: bytes, plan: str) -> bytes:
    """The lines that matter here; our files have one statement a line, with one space between its parts."""
    ending = f" <{plan}> .".encode()
    lines = (line for line in content.split(b"\n") if line.endswith(ending))
    return b"\n".join(line for line in lines if line.split(b" ", 2)[1] in _PREDICATES)


def _document(text: str) -> Document:
    return Document("", "", "", "text/plain", "utf-8", text, Span(0, len(text), text))


def _of_plan(slug: str, document: Document, things: Mapping[str, _Thing]) -> Iterator[Passage]:
    items = []
    for iri, thing in things.items():
        kind = _KIND_OF.get(thing.get(names.TYPE, ""))
        span = things.get(thing.get(names.QUOTED_FROM, ""), {})
        if kind is None or names.BEGIN not in span:
            continue
        start, end = int(span[names.BEGIN]), int(span[names.END])
        if kind == "item":
            items.append((start, end))
        else:
            start, end = sentence_around(document.text, start, end)
        item = thing if kind == "item" else things.get(thing.get(names.PART_OF, ""), {})
        yield _passage(slug, kind, document, start, end, iri, _title(thing), _themes(item))
    for start, end in _outside(document.text, items):
        yield _passage(slug, "text", document, start, end)


def _themes(item: _Thing) -> tuple[str, ...]:
    return tuple(item.get(names.SUBJECT, "").split()) if item.get(names.TYPE) == names.PLAN_ITEM else ()


def _passage(
    slug: str,
    kind: Kind,
    document: Document,
    start: int,
    end: int,
    iri: str = "",
    title: str = "",
    themes: tuple[str, ...] = (),
) -> Passage:
    place = document.place(start)
    return Passage(slug, kind, iri, title, document.text[start:end], start, place.line, place.column, themes)


def _title(thing: _Thing) -> str:
    name = thing.get(names.TITLE) or thing.get(names.LABEL) or thing.get(names.PRINTED_TITLE, "")
    return f"{thing[names.ITEM_LABEL]} {name}" if names.ITEM_LABEL in thing else name


def _outside(text: str, items: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines outside the items."""
    reached = 0
    for start, end in (*sorted(items), (len(text), len(text))):
        yield from _lines(text, reached, start)
        reached = max(reached, end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    offset = start
    for line in text[start:end].splitlines(keepends=True):
        words = line.strip()
        if words:
            lead = len(line) - len(line.lstrip())
            yield offset + lead, offset + lead + len(words)
        offset += len(line)
