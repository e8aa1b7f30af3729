"""The questions that the report asks about one plan, whose graph is ``$plan``; ``?start ?end`` are a thing's place."""

from __future__ import annotations

_PLACED = (
    """?thing prov:wasQuotedFrom ?span . ?span nif:beginIndex ?start ; nif:endIndex ?end ; nif:anchorOf ?quote ."""
)


def about(pattern: str, plan: str) -> str:
    """The question asked about this plan."""
    return pattern.replace("$plan", f"<{plan}>").replace("$findings", f"<{plan}/findings>")


FACTS = """
SELECT ?title ?year ?summary_year ?kind ?status ?issued ?number ?file ?digest ?place ?spatial ?words ?from ?to WHERE {
  GRAPH $plan {
    $plan yd:text ?text . ?text nif:isString ?words .
    OPTIONAL { $plan dcterms:title ?title }
    OPTIONAL { $plan yd:planYear ?year }
    OPTIONAL { $plan yd:summaryYear ?summary_year }
    OPTIONAL { $plan yd:kind ?kind }
    OPTIONAL { $plan yd:draftStatus ?status }
    OPTIONAL { $plan dcterms:issued ?issued }
    OPTIONAL { $plan dcterms:identifier ?number }
    OPTIONAL { $plan yd:sourceName ?file }
    OPTIONAL { $plan yd:sourceDigest ?digest }
    OPTIONAL { $plan prov:wasQuotedFrom ?body . ?body nif:beginIndex ?from ; nif:endIndex ?to }
  }
  OPTIONAL { GRAPH $plan { $plan dcterms:spatial ?spatial } ?spatial skos:prefLabel ?place }
}"""

ISSUERS = """
SELECT ?name WHERE { GRAPH $plan { $plan dcterms:creator ?org } ?org skos:prefLabel ?name }"""

SECTIONS = f"""
SELECT ?thing ?label ?title ?level ?start ?end WHERE {{ GRAPH $plan {{
  ?thing a yd:Section .
  {_PLACED}
  OPTIONAL {{ ?thing yd:printedLabel ?label }}
  OPTIONAL {{ ?thing dcterms:title ?title }}
  OPTIONAL {{ ?thing yd:level ?level }}
}} }}"""

ITEMS = f"""
SELECT ?thing ?label ?title ?start ?end WHERE {{ GRAPH $plan {{
  ?thing a yd:PlanItem .
  {_PLACED}
  OPTIONAL {{ ?thing yd:label ?label }}
  OPTIONAL {{ ?thing dcterms:title ?title }}
}} }}"""

THEMES = """
SELECT ?thing ?theme WHERE { GRAPH $plan { ?thing a yd:PlanItem ; dcterms:subject ?theme } }"""

RESPONSIBLE = f"""
SELECT ?thing ?owner ?role ?start ?end ?quote WHERE {{ GRAPH $plan {{
  ?thing a yd:Responsibility ; dcterms:isPartOf ?owner .
  {_PLACED}
  OPTIONAL {{ ?thing org:role ?role }}
}} }}"""

QUANTITIES = f"""
SELECT ?thing ?class ?owner ?indicator ?concept ?value ?least ?most ?unit ?comparator ?start ?end ?quote
WHERE {{ GRAPH $plan {{
  VALUES ?class {{ yd:Target yd:Result }}
  ?thing a ?class ; dcterms:isPartOf ?owner .
  {_PLACED}
  OPTIONAL {{ ?thing yd:indicatorText ?indicator }}
  OPTIONAL {{ ?thing yd:indicator ?concept }}
  OPTIONAL {{ ?thing schema:value ?value }}
  OPTIONAL {{ ?thing schema:minValue ?least }}
  OPTIONAL {{ ?thing schema:maxValue ?most }}
  OPTIONAL {{ ?thing schema:unitText ?unit }}
  OPTIONAL {{ ?thing yd:comparator ?comparator }}
}} }}"""

REFERENCES = f"""
SELECT ?thing ?owner ?policy ?name ?number ?action ?start ?end ?quote WHERE {{
  GRAPH $plan {{
    ?thing a yd:PolicyReference ; dcterms:isPartOf ?owner ; yd:policy ?policy .
    {_PLACED}
    OPTIONAL {{ ?thing yd:action ?action }}
  }}
  OPTIONAL {{ ?policy skos:prefLabel ?name }}
  OPTIONAL {{ ?policy dcterms:identifier ?number }}
}}"""

PLACES = f"""
SELECT ?thing ?start ?end ?quote WHERE {{ GRAPH $plan {{
  ?thing a yd:PlaceMention .
  {_PLACED}
}} }}"""

FINDINGS = """
SELECT ?thing ?code ?severity ?start ?end ?quote WHERE {
  GRAPH $findings {
    ?thing a sh:ValidationResult ; sh:resultSeverity ?severity ; yd:ruleCode ?code ; prov:wasQuotedFrom ?span .
  }
  ?span nif:beginIndex ?start ; nif:endIndex ?end ; nif:anchorOf ?quote .
}"""

SAID = """
SELECT ?thing ?kind ?words (LANG(?words) AS ?language) WHERE { GRAPH $findings {
  VALUES ?kind { sh:resultMessage yd:advice }
  ?thing ?kind ?words .
} }"""
