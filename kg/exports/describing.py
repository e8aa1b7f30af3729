"""What a corpus is, as RDF: DCAT 3 and VoID with class and property partitions, PROV for where it is from.

Prefixes are declared as SHACL does (section 5.2.1), so that tools for queries pick them up. There is no clock in it:
the same corpus is described by the same statements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from yaodian.corpus.prefixes import prefixes
from yaodian.exports.blocks import Block, Contents
from yaodian.ontology import lexicon
from yaodian.rdf import names
from yaodian.rdf.iris import ID, place_iri, segment
from yaodian.rdf.terms import Literal, Term, integer

if TYPE_CHECKING:
    from yaodian.corpus import PlanRow
    from yaodian.exports.formats import Wish

DESCRIPTION_GRAPH = f"{ID}graph/corpus"
_DCAT, _VOID, _SH = "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#", "http://www.w3.org/ns/shacl#"
_GYEAR, _ANY_URI = f"{names.XSD}gYear", f"{names.XSD}anyURI"
_ONTOLOGY = "https://w3id.org/yaodian/ns"

Said = list[tuple[str, Term]]


class Tally:
    """Counts of statements, subjects and classes, kept while blocks pass by."""

    def __init__(self) -> None:
        self.triples = 0
        self.subjects = 0
        self.classes: Counter[str] = Counter()
        self.uses: Counter[str] = Counter()
        self.users: Counter[str] = Counter()

    def add_all(self, blocks: Iterable[Block]) -> None:
        """Count all these."""
        for block in blocks:
            self._add(block)

    def counting(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks as they come, counted."""
        for block in blocks:
            self._add(block)
            yield block

    def _add(self, block: Block) -> None:
        predicates = [predicate for predicate, _ in block.said]
        self.triples += len(predicates)
        self.subjects += 1
        self.classes.update(block.types)
        self.uses.update(predicates)
        self.users.update(set(predicates))


def description(contents: Contents, wish: Wish) -> Iterator[Block]:
    """The description of a corpus that is not written out at the same time."""
    tally = Tally()
    for row in wish.watched(contents.rows):
        tally.add_all(contents.plan(row))
    tally.add_all(contents.shared())
    return describe(contents, wish.license, tally)


def describe(contents: Contents, license_: str | None, tally: Tally) -> Iterator[Block]:
    """The dataset, its partitions, and each plan's source; counts are those of the plans and the shared things."""
    iri = dataset_iri(contents)
    rows = contents.rows
    blocks = chain(
        [(iri, [*_dataset(contents, rows, iri, license_), *_statistics(iri, tally)])],
        _prefixes(iri),
        _partitions(iri, tally),
        _provenance(contents, rows, iri),
    )
    return (Block(subject, said, DESCRIPTION_GRAPH) for subject, said in blocks)


def dataset_iri(contents: Contents) -> str:
    """The corpus in this state; one without texts is another dataset."""
    return f"{ID}corpus/{contents.corpus.manifest.digest}{'-facts' if contents.facts_only else ''}"


def _dataset(contents: Contents, rows: Iterable[PlanRow], iri: str, license_: str | None) -> Iterator[tuple[str, Term]]:
    words = lexicon("description")
    for class_ in (f"{_DCAT}Dataset", f"{_VOID}Dataset", f"{names.PROV}Entity"):
        yield names.TYPE, class_
    for predicate, key in ((names.TITLE, "title"), (f"{names.DCTERMS}description", "description")):
        yield from _bilingual(predicate, words["dataset"][key])
    if contents.facts_only:
        yield from _bilingual(f"{names.DCTERMS}accessRights", words["dataset"]["facts-only"])
    if license_:
        yield f"{names.DCTERMS}license", license_
    yield f"{names.DCTERMS}conformsTo", _ONTOLOGY
    yield f"{names.DCTERMS}language", "http://publications.europa.eu/resource/authority/language/ZHO"
    for place in sorted({row.city_code for row in rows if row.city_code}):
        yield names.SPATIAL, place_iri(place)
    if any(row.year for row in rows):
        yield f"{names.DCTERMS}temporal", f"{iri}/period"
    yield f"{names.PROV}wasGeneratedBy", f"{iri}/build"
    yield f"{_VOID}uriSpace", Literal(ID)
    for namespace in names.PREFIXES.values():
        yield f"{_VOID}vocabulary", namespace
    for row in list(rows)[:1]:
        yield f"{_VOID}exampleResource", row.plan


def _statistics(iri: str, tally: Tally) -> Iterator[tuple[str, Term]]:
    yield f"{_VOID}triples", integer(tally.triples)
    yield f"{_VOID}distinctSubjects", integer(tally.subjects)
    yield f"{_VOID}classes", integer(len(tally.classes))
    yield f"{_VOID}properties", integer(len(tally.uses))
    for class_ in sorted(tally.classes):
        yield f"{_VOID}classPartition", _partition(iri, "class", class_)
    for predicate in sorted(tally.uses):
        yield f"{_VOID}propertyPartition", _partition(iri, "property", predicate)
    for prefix in prefixes():
        yield f"{_SH}declare", f"{iri}/prefix/{prefix}"


def _prefixes(iri: str) -> Iterator[tuple[str, Said]]:
    for prefix, namespace in prefixes().items():
        declared = Literal(namespace, None, _ANY_URI)
        yield f"{iri}/prefix/{prefix}", [(f"{_SH}prefix", Literal(prefix)), (f"{_SH}namespace", declared)]


def _partitions(iri: str, tally: Tally) -> Iterator[tuple[str, Said]]:
    for class_, count in sorted(tally.classes.items()):
        yield (
            _partition(iri, "class", class_),
            [(names.TYPE, f"{_VOID}Dataset"), (f"{_VOID}class", class_), (f"{_VOID}entities", integer(count))],
        )
    for predicate, count in sorted(tally.uses.items()):
        subjects = integer(tally.users[predicate])
        yield (
            _partition(iri, "property", predicate),
            [
                (names.TYPE, f"{_VOID}Dataset"),
                (f"{_VOID}property", predicate),
                (f"{_VOID}triples", integer(count)),
                (f"{_VOID}distinctSubjects", subjects),
            ],
        )


def _partition(iri: str, kind: str, term: str) -> str:
    for prefix, namespace in names.PREFIXES.items():
        if term.startswith(namespace):
            return f"{iri}/{kind}/{prefix}-{segment(term.removeprefix(namespace))}"
    return f"{iri}/{kind}/{segment(term)}"


def _provenance(contents: Contents, rows: Iterable[PlanRow], iri: str) -> Iterator[tuple[str, Said]]:
    """What was read, by which version: an activity that used each source and made each plan."""
    chain_ = contents.corpus.manifest.toolchain
    agent, words = f"{iri}/software", lexicon("description")
    years = [row.year for row in rows if row.year]
    if years:
        ends = zip(("startDate", "endDate"), (min(years), max(years)), strict=True)
        dates: Said = [(f"{_DCAT}{name}", Literal(str(year), None, _GYEAR)) for name, year in ends]
        yield f"{iri}/period", [(names.TYPE, f"{names.DCTERMS}PeriodOfTime"), *dates]
    used: Said = [(f"{names.PROV}used", _source(row)) for row in rows]
    activity: Said = [(names.TYPE, f"{names.PROV}Activity"), (f"{names.PROV}wasAssociatedWith", agent)]
    yield f"{iri}/build", [*activity, *used]
    parts = {"code": chain_.code, "ontology": chain_.ontology, "rules": chain_.rules, "themes": chain_.themes}
    digests: Said = [(names.IDENTIFIER, Literal(f"{part}:{digest}")) for part, digest in parts.items() if digest]
    version: Said = [(f"{names.SCHEMA}softwareVersion", Literal(chain_.yaodian))]
    yield agent, [(names.TYPE, f"{names.PROV}SoftwareAgent"), (names.LABEL, Literal("yaodian")), *version, *digests]
    for row in rows:
        derived: Said = [(f"{names.PROV}wasGeneratedBy", f"{iri}/build"), (f"{names.PROV}wasDerivedFrom", _source(row))]
        yield row.plan, [*derived, (f"{names.DCTERMS}source", _source(row))]
        yield _source(row), [*_source_facts(row), *_bilingual(f"{names.DCTERMS}rights", words["source"]["rights"])]


def _source_facts(row: PlanRow) -> Said:
    return [
        (names.TYPE, f"{names.PROV}Entity"),
        (names.SOURCE_NAME, Literal(row.name)),
        (names.SOURCE_DIGEST, Literal(f"sha256:{row.sha256}")),
    ]


def _source(row: PlanRow) -> str:
    return f"{ID}source/{row.sha256}"


def _bilingual(predicate: str, words: dict[str, str]) -> Iterator[tuple[str, Term]]:
    return ((predicate, Literal(text, language)) for language, text in sorted(words.items()))
