"""The quantified statements of a corpus as records: what is counted, how much, of which place, in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from yaodian.corpus.hints import offered
from yaodian.errors import QueryError, listed
from yaodian.filenames import readable
from yaodian.rdf.iris import place_iri
from yaodian.source import GraphSource, select

if TYPE_CHECKING:
    from yaodian.corpus.manifest import PlanRow
    from yaodian.corpus.opening import Corpus

# The comparator is asked for as if it could be missing: joined, Oxigraph multiplies all with all before it looks.
# Asked plan by plan and class by class: the engine answers from one graph at once, and joins many of them slowly.
# Where a result began (the 9 of “from 9 to 4”) was reached by nobody.
_QUANTITIES = """
SELECT ?thing ?year ?indicator ?phrase ?value ?least ?most ?unitCode ?unit ?bound ?per ?total ?start ?quote ?heading
       ?owner ?isItem WHERE {
  GRAPH $plan {
    ?thing a $class ; dcterms:isPartOf ?owner ; yd:comparator ?bound ; prov:wasQuotedFrom ?span .
    ?span nif:beginIndex ?start ; nif:anchorOf ?quote .
    OPTIONAL { ?thing yd:year ?year }
    OPTIONAL { ?thing yd:indicator ?indicator }
    OPTIONAL { ?thing yd:indicatorText ?phrase }
    OPTIONAL { ?thing schema:value ?value }
    OPTIONAL { ?thing schema:minValue ?least }
    OPTIONAL { ?thing schema:maxValue ?most }
    OPTIONAL { ?thing schema:unitText ?unit }
    OPTIONAL { ?thing schema:unitCode ?unitCode }
    OPTIONAL { ?thing yd:per ?per }
    OPTIONAL { ?thing yd:isPartOfTotal ?total }
    OPTIONAL { ?owner yd:position ?isItem }
    OPTIONAL { ?owner dcterms:title ?heading }
    FILTER NOT EXISTS { ?after a yd:Result ; yd:baseline ?thing }
  }
}"""
_LABELS = """
SELECT DISTINCT ?thing ?value WHERE {
  { SELECT DISTINCT ?thing WHERE { GRAPH $plan { ?one yd:indicator ?thing } } }
  ?thing skos:prefLabel ?value }"""
_SCOPES = """
SELECT ?thing ?value WHERE { GRAPH $plan { ?thing yd:comparator ?bound ; dcterms:spatial ?value } }"""
_THEMES = """
SELECT ?thing ?value WHERE {
  GRAPH $plan { ?thing a yd:PlanItem ; dcterms:subject ?theme }
  ?theme skos:notation ?value }"""
_CLASSES = {"yd:Target": True, "yd:Result": False}


@dataclass(frozen=True, slots=True)
class Statement:
    """A target (``planned``) or a result.

    ``indicator`` is the IRI of what is counted (empty where the words name nothing), ``label`` its normal form.
    ``value`` is in base units; of a range it is the lower end. ``unit`` is the unit's IRI, or its words where it has
    none. ``places`` are IRIs, none where the whole of the plan's place is meant; ``owner`` is the item or plan that
    states it; ``start`` is an offset into the text.
    """

    iri: str
    plan: str
    city: str
    year: int | None
    planned: bool
    indicator: str
    label: str
    phrase: str
    comparator: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    unit_text: str
    per: str
    is_part: bool
    places: frozenset[str]
    themes: tuple[str, ...]
    owner: str
    heading: str
    start: int
    quote: str

    @property
    def matter(self) -> tuple[str, str, frozenset[str], str]:
        """What makes two statements comparable: indicator, unit, places, and what the number holds for each of."""
        return self.indicator, self.unit, self.places, self.per


def plans_of(corpus: Corpus, city: str) -> list[PlanRow]:
    """The plans of a city, county or province, by name (常州市), code or IRI, else by short name (常州).

    A county is no part of its city here: what it promises is not what the city does. Words of the title serve where
    the place of a plan is not known. ``QueryError`` where there are no plans, with the places that there are, and where
    several places are called so.
    """
    for is_meant in (_has_place, _has_short_name, _has_in_title):
        if found := [row for row in corpus.plans if city and is_meant(row, city)]:
            _refuse_several(city, found)
            return found
    names = sorted({city_name(row) for row in corpus.plans})
    raise QueryError(f"no plan matches city {city or repr(city)}; {offered(city, names)}")


def _has_place(row: PlanRow, city: str) -> bool:
    key = _place(row)
    return key is not None and city in (key, city_name(row), place_iri(key))


def _has_short_name(row: PlanRow, city: str) -> bool:
    from yaodian.extraction.places import division

    if (key := _place(row)) is None:
        return False
    entry = division(key)
    return city in (city_name(row).removesuffix("市"), entry and entry.short)


def _has_in_title(row: PlanRow, city: str) -> bool:
    return _place(row) is None and city in (row.title or "")


def _refuse_several(city: str, found: Sequence[PlanRow]) -> None:
    places = {key: city_name(row) for row in found if (key := _place(row))}
    if len(places) > 1:
        known = listed([f"{name} ({key})" for key, name in sorted(places.items())])
        raise QueryError(f"{city} could be {known}; give the whole name or the code")


def _place(row: PlanRow) -> str | None:
    """The place that a plan is for, by its code, or by its name where it has no code."""
    return row.home or row.city_code or row.city


def city_name(row: PlanRow) -> str:
    """What the place of a plan is called; the plan's title, or else its file, where the place is not known."""
    return place_called(row) or row.title or readable(row.name)


def place_called(row: PlanRow) -> str | None:
    """What the place of a plan is called; None where it is not known."""
    if row.home in (None, row.city_code, row.city):
        return row.city
    # Reading the names of all divisions takes a while, which plans of cities need not wait for.
    from yaodian.rdf.shared import place_name

    return place_name(row.home) or row.city


def statements(corpus: GraphSource, plans: Sequence[PlanRow]) -> list[Statement]:
    """The quantified statements of these plans, in the order of the plans and of their texts."""
    return [one for row in plans for one in _of_plan(corpus, row)]


def _of_plan(corpus: GraphSource, row: PlanRow) -> list[Statement]:
    from pyoxigraph import NamedNode

    def asked(question: str) -> str:
        return question.replace("$plan", str(NamedNode(row.plan)))

    found = [
        (each, planned)
        for name, planned in _CLASSES.items()
        for each in select(corpus, asked(_QUANTITIES.replace("$class", name)))
        if {"value", "least", "most"} & each.keys()
    ]
    if not found:
        return []
    labels = {thing: values[0] for thing, values in _values(corpus, asked(_LABELS)).items()}
    about = _About(row.plan, city_name(row), labels, _values(corpus, asked(_SCOPES)), _values(corpus, asked(_THEMES)))
    return sorted((_statement(each, planned, about) for each, planned in found), key=lambda one: (one.start, one.iri))


@dataclass(frozen=True, slots=True)
class _About:
    """What is known of a plan besides its statements: names of indicators, places of statements, themes of items."""

    plan: str
    city: str
    labels: Mapping[str, str]
    places: Mapping[str, Sequence[str]]
    themes: Mapping[str, Sequence[str]]


def _values(corpus: GraphSource, question: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in select(corpus, question):
        found[row["thing"]].append(row["value"])
    return found


def _statement(row: Mapping[str, str], planned: bool, about: _About) -> Statement:
    value = row.get("value") or row.get("least") or row["most"]
    unit, indicator, phrase = row.get("unit", ""), row.get("indicator", ""), row.get("phrase", "")
    comparator = row["bound"].rpartition("/")[2]
    return Statement(
        iri=row["thing"],
        plan=about.plan,
        city=about.city,
        year=int(row["year"]) if "year" in row else None,
        planned=planned,
        indicator=indicator,
        label=about.labels.get(indicator, phrase),
        phrase=phrase,
        comparator=comparator,
        value=Decimal(value),
        value_max=Decimal(row["most"]) if comparator == "range" and "most" in row else None,
        unit=row.get("unitCode", unit),
        unit_text=unit,
        per=row.get("per", ""),
        is_part="total" in row,
        places=frozenset(about.places.get(row["thing"], ())),
        themes=tuple(sorted(about.themes.get(row["owner"], ()))),
        owner=row["owner"],
        heading=row.get("heading", "") if "isItem" in row else "",
        start=int(row["start"]),
        quote=row["quote"],
    )
