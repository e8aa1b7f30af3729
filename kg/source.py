"""What the pages ask of a corpus: rows for a SELECT over all its graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

_CONCEPTS = """
SELECT ?concept ?name (LANG(?name) AS ?language) WHERE { ?concept a skos:Concept ; skos:prefLabel ?name
  FILTER NOT EXISTS { ?concept a yd:Policy } FILTER NOT EXISTS { ?concept a yd:Indicator } }"""
ID = "https://w3id.org/yaodian/id/"

Row = Mapping[str, str]


class GraphSource(Protocol):
    """Anything that answers a SELECT with one mapping a row; a variable without a value is absent or None."""

    def select(self, question: str, /) -> Iterable[Mapping[str, object]]:
        """The rows of a SELECT over the union of all graphs; the usual prefixes are declared."""


def select(source: GraphSource, pattern: str) -> Iterator[Row]:
    """The rows of a SELECT, each with the values it has, as text."""
    for row in source.select(pattern):
        yield {name: str(value) for name, value in row.items() if value is not None}


def concept_names(source: GraphSource) -> dict[str, dict[str, str]]:
    """What each concept of the code lists and themes is called, by language."""
    names: dict[str, dict[str, str]] = {}
    for row in sorted(select(source, _CONCEPTS), key=lambda row: (row["concept"], row["name"])):
        names.setdefault(row["concept"], {}).setdefault(row.get("language", ""), row["name"])
    return names
