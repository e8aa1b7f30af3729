"""The questions that the map asks of the graph. ``?start ?end ?text`` are a thing's place in its document."""

from __future__ import annotations

_PLACED = (
    "?thing prov:wasQuotedFrom ?span . ?span nif:beginIndex ?start ; nif:endIndex ?end ; nif:referenceContext ?text ."
)

PLANS = """
SELECT ?plan ?title ?year ?summary ?kind ?status ?issued ?number ?file ?place ?start ?end ?text WHERE {
  ?plan a yd:Plan .
  OPTIONAL { ?plan yd:titleSpan ?span . ?span nif:beginIndex ?start ; nif:endIndex ?end ; nif:referenceContext ?text }
  OPTIONAL { ?plan dcterms:title ?title }
  OPTIONAL { ?plan yd:planYear ?year }
  OPTIONAL { ?plan yd:summaryYear ?summary }
  OPTIONAL { ?plan yd:kind ?kind }
  OPTIONAL { ?plan yd:draftStatus ?status }
  OPTIONAL { ?plan dcterms:issued ?issued }
  OPTIONAL { ?plan dcterms:identifier ?number }
  OPTIONAL { ?plan yd:sourceName ?file }
  OPTIONAL { ?plan dcterms:spatial ?place }
}"""

ISSUERS = """
SELECT ?thing ?name WHERE { ?thing a yd:Plan ; dcterms:creator ?org . ?org skos:prefLabel ?name }"""

POLICY_ISSUERS = """
SELECT ?thing ?name WHERE { ?thing a yd:Policy ; dcterms:creator ?org . ?org skos:prefLabel ?name }"""

PLACES = """
SELECT DISTINCT ?place ?name ?code ?level ?above WHERE {
  ?plan a yd:Plan ; dcterms:spatial ?place .
  OPTIONAL { ?place skos:prefLabel ?name }
  OPTIONAL { ?place skos:notation ?code }
  OPTIONAL { ?place yd:adminLevel ?level }
  OPTIONAL { ?place skos:broader/skos:prefLabel ?above }
}"""

ITEMS = f"""
SELECT ?thing ?plan ?label ?title ?position ?section ?start ?end ?text WHERE {{
  ?thing a yd:PlanItem ; dcterms:isPartOf ?plan ; yd:position ?position .
  {_PLACED}
  OPTIONAL {{ ?thing yd:label ?label }}
  OPTIONAL {{ ?thing dcterms:title ?title }}
  OPTIONAL {{ ?thing yd:inSection/dcterms:title ?section }}
}}"""

PLACES_NAMED = """
SELECT ?thing ?name WHERE { ?thing a yd:PlanItem ; dcterms:spatial/skos:prefLabel ?name }"""

RESPONSIBLE = """
SELECT ?thing ?name WHERE { ?thing a yd:PlanItem ; yd:responsibility/yd:organisation/skos:prefLabel ?name }"""

THEMES = """
SELECT ?thing ?theme WHERE { ?thing a yd:PlanItem ; dcterms:subject ?theme }"""

QUANTITIES = f"""
SELECT ?thing ?owner ?class ?label ?indicator ?quote ?year ?start ?end ?text WHERE {{
  VALUES ?class {{ yd:Target yd:Result }}
  ?thing a ?class ; dcterms:isPartOf ?owner .
  {_PLACED}
  ?span nif:anchorOf ?quote .
  OPTIONAL {{ ?thing rdfs:label ?label }}
  OPTIONAL {{ ?thing yd:indicatorText ?indicator }}
  OPTIONAL {{ ?thing yd:year ?year }}
}}"""

REFERENCES = f"""
SELECT ?thing ?owner ?policy ?action ?title ?start ?end ?text WHERE {{
  ?thing a yd:PolicyReference ; dcterms:isPartOf ?owner ; yd:policy ?policy .
  {_PLACED}
  OPTIONAL {{ ?thing yd:action ?action }}
  OPTIONAL {{ ?thing yd:printedTitle ?title }}
}}"""

POLICIES = """
SELECT ?policy ?name ?number ?issued WHERE {
  ?policy a yd:Policy .
  OPTIONAL { ?policy skos:prefLabel ?name }
  OPTIONAL { ?policy dcterms:identifier ?number }
  OPTIONAL { ?policy dcterms:issued ?issued }
}"""

TEXTS = """
SELECT ?text ?words ?file WHERE {{
  VALUES ?text {{ {texts} }}
  ?text nif:isString ?words .
  ?plan yd:text ?text .
  OPTIONAL {{ ?plan yd:sourceName ?file }}
}}"""

SECTIONS = f"""
SELECT ?thing ?plan ?label ?title ?start ?end ?text WHERE {{
  ?thing a yd:Section ; dcterms:isPartOf+ ?plan .
  ?plan a yd:Plan .
  {_PLACED}
  OPTIONAL {{ ?thing yd:label ?label }}
  OPTIONAL {{ ?thing dcterms:title ?title }}
}}"""

IN_SECTIONS = """
SELECT ?thing ?section WHERE { ?thing a yd:PlanItem ; yd:inSection ?section }"""

NAMED_PLACES = """
SELECT ?thing ?place ?name ?code WHERE {
  ?thing a yd:PlanItem ; dcterms:spatial ?place .
  ?place skos:prefLabel ?name .
  OPTIONAL { ?place skos:notation ?code }
}"""
