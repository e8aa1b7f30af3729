"""The quantified statements of a corpus as records: what is counted, how much, of which place, in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from yaodian.errors import QueryError, listed
from yaodian.source import GraphSource, select

if TYPE_CHECKING:
    from yaodian.corpus.manifest import PlanRow
    from yaodian.corpus.opening import Corpus

# The comparator is asked for as if it could be missing: joined, Oxigraph multiplies all with all before it looks.
_QUANTITIES = """
SELECT ?plan ?thing ?class ?year ?indicator ?label ?phrase ?value ?least ?most ?unitCode ?unit ?comparator ?per ?total
       ?start ?quote ?heading ?item WHERE {
  VALUES ?plan { $plans }
  VALUES ?class { yd:Target yd:Result }
  GRAPH ?plan {
    $condition
    ?thing a ?class ; dcterms:isPartOf ?owner ; yd:comparator ?bound ; prov:wasQuotedFrom ?span .
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
    OPTIONAL { ?owner a yd:PlanItem ; dcterms:title ?heading }
    OPTIONAL { ?owner a yd:PlanItem . BIND(?owner AS ?item) }
  }
  OPTIONAL { GRAPH ?plan { ?thing yd:indicator ?indicator } ?indicator skos:prefLabel ?label }
  OPTIONAL { ?bound skos:notation ?comparator }
}"""
_SEVERAL = """
SELECT ?thing ?value WHERE {
  VALUES ?plan { $plans }
  GRAPH ?plan { ?thing $property ?value } }"""
_THEMES = """
SELECT ?thing ?value WHERE {
  VALUES ?plan { $plans }
  GRAPH ?plan { ?thing a yd:PlanItem ; dcterms:subject ?theme }
  ?theme skos:notation ?value }"""


@dataclass(frozen=True, slots=True)
class Statement:
    """A target (``planned``) or a result.

    ``indicator`` is the IRI of what is counted (empty where the words name nothing), ``label`` its normal form.
    ``value`` is in base units; of a range it is the lower end. ``unit`` is the unit's IRI, or its words where it has
    none. ``places`` are IRIs, none where the whole of the plan's place is meant; ``start`` is an offset into the text.
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
    heading: str
    start: int
    quote: str

    @property
    def matter(self) -> tuple[str, str, frozenset[str], str]:
        """What makes two statements comparable: indicator, unit, places, and what the number holds for each of."""
        return self.indicator, self.unit, self.places, self.per


def plans_of(corpus: Corpus, city: str) -> list[PlanRow]:
    """The plans of a city, by name (常州, 常州市), code, or words of the title where no city is known.

    ``QueryError`` where there are none, with the cities that there are.
    """
    found = [row for row in corpus.plans if _is_of(row, city)]
    if found:
        return found
    names = sorted({city_name(row) for row in corpus.plans})
    raise QueryError(f"no plan matches city {city or repr(city)}; there are: {listed(names)}")


def _is_of(row: PlanRow, city: str) -> bool:
    if row.city is None:
        return bool(city) and city in (row.title or "")
    return city in (row.city, row.city_code, row.city.removesuffix("市"))


def city_name(row: PlanRow) -> str:
    """What a plan's city is called; its title where the city is not known."""
    return row.city or row.title or row.slug


def statements(corpus: GraphSource, plans: Sequence[PlanRow], condition: str = "") -> list[Statement]:
    """The quantified statements of these plans, in the order of the plans and of their texts.

    ``condition`` is a further pattern on ``?thing`` and its ``?owner``, the item or plan, in the plan's graph.
    """
    if not plans:
        return []
    asked = _over(plans)
    places = _values(corpus, asked(_SEVERAL).replace("$property", "dcterms:spatial"))
    themes = _values(corpus, asked(_THEMES))
    order = {row.plan: n for n, row in enumerate(plans)}
    cities = {row.plan: city_name(row) for row in plans}
    found = [
        _statement(row, cities[row["plan"]], places, themes)
        for row in select(corpus, asked(_QUANTITIES.replace("$condition", condition)))
        if {"value", "least", "most"} & row.keys()
    ]
    return sorted(found, key=lambda one: (order[one.plan], one.start, one.iri))


def _over(plans: Iterable[PlanRow]) -> Callable[[str], str]:
    """What makes a question one about these plans only."""
    from pyoxigraph import NamedNode

    listed_plans = " ".join(str(NamedNode(row.plan)) for row in plans)
    return lambda question: question.replace("$plans", listed_plans)


def _values(corpus: GraphSource, question: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in select(corpus, question):
        found[row["thing"]].append(row["value"])
    return found


def _statement(
    row: Mapping[str, str], city: str, places: Mapping[str, Sequence[str]], themes: Mapping[str, Sequence[str]]
) -> Statement:
    value = row.get("value") or row.get("least") or row["most"]
    unit = row.get("unit", "")
    return Statement(
        iri=row["thing"],
        plan=row["plan"],
        city=city,
        year=int(row["year"]) if "year" in row else None,
        planned=row["class"].endswith("Target"),
        indicator=row.get("indicator", ""),
        label=row.get("label", row.get("phrase", "")),
        phrase=row.get("phrase", ""),
        comparator=row["comparator"],
        value=Decimal(value),
        value_max=Decimal(row["most"]) if row["comparator"] == "range" and "most" in row else None,
        unit=row.get("unitCode", unit),
        unit_text=unit,
        per=row.get("per", ""),
        is_part="total" in row,
        places=frozenset(places.get(row["thing"], ())),
        themes=tuple(sorted(themes.get(row.get("item", ""), ()))),
        heading=row.get("heading", ""),
        start=int(row["start"]),
        quote=row["quote"],
    )
