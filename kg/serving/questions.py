"""What the pages about things ask of the corpus. ``$thing`` stands for an IRI, written by the engine's serialiser."""

from __future__ import annotations

from typing import Final

from yaodian.errors import QueryError
from yaodian.rdf.iris import VOCABULARY_GRAPH

FACTS: Final = """
SELECT DISTINCT ?property ?value ?name ?quote WHERE {
  $thing ?property ?value .
  OPTIONAL { ?value rdfs:label|skos:prefLabel|dcterms:title ?name }
  OPTIONAL { ?value nif:anchorOf ?quote }
}"""
"""What is said of a thing, with the names and the words of what it is said to be related to."""

REFERENCES: Final = """
SELECT ?property ?value ?name ?quote WHERE {
  { SELECT DISTINCT ?property ?value WHERE { ?value ?property $thing } LIMIT $most }
  OPTIONAL { ?value rdfs:label|skos:prefLabel|dcterms:title ?name }
  OPTIONAL { ?value nif:anchorOf|(prov:wasQuotedFrom/nif:anchorOf) ?quote }
}"""
"""What is related to a thing."""

PASSAGES: Final = """
SELECT ?part ?begin ?name WHERE {
  ?part nif:referenceContext $thing ; nif:beginIndex ?begin ; nif:anchorOf ?name
} ORDER BY ?begin DESC(STRLEN(?name)) LIMIT $most"""
"""The passages of a text that are quoted."""

TERMS: Final = f"""
SELECT ?part ?name ?note WHERE {{
  GRAPH <{VOCABULARY_GRAPH}> {{
    ?part rdfs:label ?name
    FILTER(STRSTARTS(STR(?part), CONCAT(STR($thing), "#")))
    OPTIONAL {{ ?part skos:definition|rdfs:comment ?note FILTER(LANG(?note) = LANG(?name)) }}
  }}
}} ORDER BY ?part"""
"""The terms of a vocabulary, and the rules."""

MEMBERS: Final = """
SELECT DISTINCT ?part ?name WHERE {
  { SELECT DISTINCT ?part WHERE { GRAPH $thing { ?part ?property ?value } } LIMIT $most }
  OPTIONAL { ?part rdfs:label|skos:prefLabel|dcterms:title ?name }
}"""
"""What a graph describes."""

DESCRIPTION: Final = """
CONSTRUCT { ?subject ?property ?value } WHERE {
  { VALUES ?subject { $thing } ?subject ?property ?value }
  UNION { ?subject nif:referenceContext $thing . ?subject ?property ?value }
}"""
"""A thing's statements, and those of the passages of a text."""

VOCABULARY: Final = f"""
CONSTRUCT {{ ?subject ?property ?value }} WHERE {{
  GRAPH <{VOCABULARY_GRAPH}> {{ ?subject ?property ?value }}
  FILTER(?subject = $thing || STRSTARTS(STR(?subject), CONCAT(STR($thing), "#")))
}}"""
"""A vocabulary with its terms."""

CONTENT: Final = "CONSTRUCT { ?subject ?property ?value } WHERE { GRAPH $thing { ?subject ?property ?value } }"
"""A graph's statements."""

MENTIONS: Final = """
CONSTRUCT { ?subject ?property ?value } WHERE {
  { SELECT DISTINCT ?subject ?property ?value WHERE {
    { VALUES ?value { $thing } ?subject ?property ?value } UNION
    { VALUES ?property { $thing } ?subject ?property ?value }
  } LIMIT $most }
}"""
"""The statements in which a thing is an object or a property."""

LABELS: Final = f"SELECT ?term ?name WHERE {{ GRAPH <{VOCABULARY_GRAPH}> {{ ?term rdfs:label ?name }} }}"
"""What the terms of the vocabulary are called."""

USED: Final = "SELECT DISTINCT ?term WHERE { GRAPH $thing { { ?s ?term ?o } UNION { ?s a ?term } } }"
"""The properties and classes in a plan's graph."""


def about(question: str, iri: str, most: int = 0) -> str:
    """The question about that IRI; ``QueryError`` where it is none."""
    from pyoxigraph import NamedNode

    try:
        thing = str(NamedNode(iri))
    except ValueError as error:
        raise QueryError(f"this is no IRI: {error}") from error
    return question.replace("$thing", thing).replace("$most", str(most))
