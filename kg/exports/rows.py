"""Tables of a plan: which there are and what stands in them is told in ``ontology/lexicons/exports.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeAlias

from yaodian.corpus.prefixes import prefixes
from yaodian.exports.blocks import Block, Contents
from yaodian.exports.publishing import text_properties
from yaodian.ontology import lexicon
from yaodian.rdf import names
from yaodian.rdf.serialise import without_surrogates
from yaodian.rdf.terms import Literal, Term

SEPARATOR = "; "

Said: TypeAlias = dict[str, list[Term]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, where its cells come from (a path, see the lexicon), and what it is."""

    name: str
    source: str
    type: str
    zh: str
    en: str

    @property
    def holds_text(self) -> bool:
        """Whether it has nothing but words of documents, none of which are published."""
        ends = [expand(way.rpartition("/")[2].partition("@")[0].strip()) for way in self.source.split("|")]
        return all(end in text_properties() and not text_properties()[end][1] for end in ends)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a row for each thing of some classes, or for each value that such a thing has for ``each``."""

    name: str
    zh: str
    en: str
    of: frozenset[str]
    each: str
    columns: tuple[Column, ...]

    def shown(self, contents: Contents) -> tuple[Column, ...]:
        """The columns that this export has."""
        return tuple(column for column in self.columns if not (contents.facts_only and column.holds_text))


@cache
def tables() -> dict[str, Table]:
    """All tables, by name."""
    return {table["name"]: _table(table) for table in lexicon("exports")["table"]}


def _table(told: dict[str, object]) -> Table:
    of, columns = told["of"], told["columns"]
    assert isinstance(of, list) and isinstance(columns, list)
    made = tuple(Column(c["name"], c["from"], c["type"], c["zh"], c["en"]) for c in columns)
    each = str(told.get("each", ""))
    return Table(str(told["name"]), str(told["zh"]), str(told["en"]), frozenset(map(expand, of)), each, made)


@cache
def expand(name: str) -> str:
    """A prefixed name of the lexicon as an IRI."""
    prefix, _, local = name.partition(":")
    return f"{prefixes()[prefix]}{local}" if prefix in prefixes() else name


class View:
    """What a plan's file and the vocabulary say, to be followed along paths."""

    def __init__(self, plan: str, blocks: Iterable[Block], vocabulary: dict[str, Said]) -> None:
        self.plan = plan
        self._said: dict[str, Said] = {}
        for block in blocks:
            node = self._said.setdefault(block.subject, {})
            for predicate, term in block.said:
                node.setdefault(predicate, []).append(term)
        self._vocabulary = vocabulary

    def values(self, subject: str, predicate: str) -> list[Term]:
        """The values of a property."""
        said = self._said.get(subject) or self._vocabulary.get(subject) or {}
        return said.get(predicate, [])

    def of_class(self, classes: frozenset[str]) -> list[str]:
        """The things of these classes, in the order of the text."""
        found = [s for s, said in self._said.items() if not classes.isdisjoint(map(str, said.get(names.TYPE, ())))]
        return sorted(found, key=self._place)

    def _place(self, subject: str) -> tuple[int, str]:
        start = self.follow(subject, "", "prov:wasQuotedFrom/nif:beginIndex")
        return int(plain(start[0])) if start else 0, subject

    def follow(self, subject: str, each: Term, path: str) -> list[Term]:
        """The terms at the end of the path, of its first way that leads to some."""
        for way in path.split("|"):
            found = self._walk(subject, each, way.strip())
            if found:
                return found
        return []

    def _walk(self, subject: str, each: Term, way: str) -> list[Term]:
        way, _, language = way.partition("@")
        first, *rest = way.split("/")
        starts: dict[str, Term] = {".": subject, "plan": self.plan, "each": each}
        terms = [starts[first]] if first in starts else self.values(subject, expand(first))
        for step in rest:
            terms = [end for term in terms if isinstance(term, str) for end in self.values(term, expand(step))]
        if language:
            terms = [term for term in terms if isinstance(term, Literal) and term.language == language]
        return list(dict.fromkeys(terms))


class Vocabulary:
    """The names and codes of the vocabulary, read once."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents

    @cached_property
    def said(self) -> dict[str, Said]:
        """What is said of each of its subjects."""
        found: dict[str, Said] = {}
        for block in self._contents.vocabulary():
            node = found.setdefault(block.subject, {})
            for predicate, term in block.said:
                node.setdefault(predicate, []).append(term)
        return found


def rows_of(table: Table, columns: Iterable[Column], view: View) -> Iterator[list[str]]:
    """The rows of a plan, in the order of its text."""
    chosen = tuple(columns)
    for subject in view.of_class(table.of):
        for each in view.follow(subject, "", table.each) if table.each else [""]:
            yield [_cell(view.follow(subject, each, column.source), column.type) for column in chosen]


def _cell(terms: list[Term], type_: str) -> str:
    values = [plain(term) for term in terms]
    if type_ == "name":
        values = [value.rpartition("#")[2].rpartition("/")[2] for value in values]
    if type_ in ("integer", "number", "boolean"):
        return values[0] if values else ""
    return SEPARATOR.join(values)


def plain(term: Term) -> str:
    """The words of a literal, or the IRI."""
    return without_surrogates(term.value) if isinstance(term, Literal) else term
