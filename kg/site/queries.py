"""The questions that the site asks of a whole corpus, and of one plan, which is ``$plan``."""

from __future__ import annotations

HOMES = """
SELECT ?plan ?place ?name WHERE {
  GRAPH ?plan { ?plan a yd:Plan ; dcterms:spatial ?place }
  OPTIONAL { ?place skos:prefLabel ?name }
}"""

COVERAGE = """
SELECT ?plan ?thing (COUNT(DISTINCT ?item) AS ?times) WHERE {
  GRAPH ?plan { ?item a yd:PlanItem ; dcterms:subject ?thing }
} GROUP BY ?plan ?thing"""

CITED = """
SELECT ?plan ?thing (COUNT(DISTINCT ?reference) AS ?times) WHERE {
  GRAPH ?plan { ?reference a yd:PolicyReference ; yd:policy ?thing }
} GROUP BY ?plan ?thing"""

COUNTED = """
SELECT ?plan ?thing (COUNT(DISTINCT ?quantity) AS ?times) WHERE {
  GRAPH ?plan { ?quantity yd:indicator ?thing }
} GROUP BY ?plan ?thing"""

RULED = """
SELECT ?graph ?thing ?severity (COUNT(DISTINCT ?finding) AS ?times) WHERE {
  GRAPH ?graph { ?finding a sh:ValidationResult ; yd:ruleCode ?thing ; sh:resultSeverity ?severity }
} GROUP BY ?graph ?thing ?severity"""

RULE_NAMES = """
SELECT ?code ?name (LANG(?name) AS ?language) WHERE {
  { SELECT DISTINCT ?code ?shape WHERE {
    GRAPH ?graph { ?finding a sh:ValidationResult ; yd:ruleCode ?code ; sh:sourceShape ?shape } } }
  ?shape rdfs:label ?name .
}"""

POLICIES = """
SELECT ?thing ?name ?number ?issued ?valid ?known WHERE {
  ?thing a yd:Policy ; skos:prefLabel ?name .
  OPTIONAL { ?thing dcterms:identifier ?number }
  OPTIONAL { ?thing dcterms:issued ?issued }
  OPTIONAL { ?thing dcterms:valid ?valid }
  OPTIONAL { ?thing yd:authority ?known }
}"""

ISSUERS = """
SELECT DISTINCT ?thing ?name WHERE { ?thing a yd:Policy ; dcterms:creator ?org . ?org skos:prefLabel ?name }"""

INDICATORS = """
SELECT ?thing ?name WHERE { ?thing a yd:Indicator ; skos:prefLabel ?name }"""

ITEMS = """
SELECT ?thing ?theme ?label ?title ?start WHERE { GRAPH $plan {
  ?thing a yd:PlanItem ; dcterms:subject ?theme ; prov:wasQuotedFrom ?span .
  ?span nif:beginIndex ?start .
  OPTIONAL { ?thing yd:label ?label }
  OPTIONAL { ?thing dcterms:title ?title }
} }"""

REFERENCES = """
SELECT ?thing ?policy ?action ?quote ?start ?title WHERE { GRAPH $plan {
  ?thing a yd:PolicyReference ; yd:policy ?policy ; dcterms:isPartOf ?owner ; prov:wasQuotedFrom ?span .
  ?span nif:beginIndex ?start ; nif:anchorOf ?quote .
  OPTIONAL { ?thing yd:action ?action }
  OPTIONAL { ?owner a yd:PlanItem ; dcterms:title ?title }
} }"""

FINDINGS = """
SELECT ?thing ?code ?quote ?start ?message (LANG(?message) AS ?language) WHERE {
  GRAPH $findings {
    ?thing a sh:ValidationResult ; yd:ruleCode ?code ; prov:wasQuotedFrom ?span .
    OPTIONAL { ?thing sh:resultMessage ?message }
  }
  ?span nif:beginIndex ?start ; nif:anchorOf ?quote .
}"""
