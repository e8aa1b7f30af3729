"""The classes and properties that a plan's graph uses, ours (``yd:``) and those of others."""

from __future__ import annotations

from typing import Final

YD: Final = "https://w3id.org/yaodian/ns#"
DCTERMS: Final = "http://purl.org/dc/terms/"
NIF: Final = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ORG: Final = "http://www.w3.org/ns/org#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "https://schema.org/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final = {
    "dcterms": DCTERMS,
    "nif": NIF,
    "org": ORG,
    "prov": PROV,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "xsd": XSD,
    "yd": YD,
}

TYPE: Final = f"{RDF}type"
LABEL: Final = f"{RDFS}label"
COMMENT: Final = f"{RDFS}comment"
QUOTED_FROM: Final = f"{PROV}wasQuotedFrom"

TITLE: Final = f"{DCTERMS}title"
CREATOR: Final = f"{DCTERMS}creator"
ISSUED: Final = f"{DCTERMS}issued"
VALID: Final = f"{DCTERMS}valid"
REPLACED_BY: Final = f"{DCTERMS}isReplacedBy"
IDENTIFIER: Final = f"{DCTERMS}identifier"
SPATIAL: Final = f"{DCTERMS}spatial"
SUBJECT: Final = f"{DCTERMS}subject"
REFERENCES: Final = f"{DCTERMS}references"
PART_OF: Final = f"{DCTERMS}isPartOf"

CONTEXT: Final = f"{NIF}Context"
OFFSET_STRING: Final = f"{NIF}OffsetBasedString"
IS_STRING: Final = f"{NIF}isString"
BEGIN: Final = f"{NIF}beginIndex"
END: Final = f"{NIF}endIndex"
ANCHOR: Final = f"{NIF}anchorOf"
IN_CONTEXT: Final = f"{NIF}referenceContext"

VALUE: Final = f"{SCHEMA}value"
MIN_VALUE: Final = f"{SCHEMA}minValue"
MAX_VALUE: Final = f"{SCHEMA}maxValue"
UNIT_TEXT: Final = f"{SCHEMA}unitText"
UNIT_CODE: Final = f"{SCHEMA}unitCode"

CONCEPT: Final = f"{SKOS}Concept"
PREF_LABEL: Final = f"{SKOS}prefLabel"
ALT_LABEL: Final = f"{SKOS}altLabel"
NOTATION: Final = f"{SKOS}notation"
BROADER: Final = f"{SKOS}broader"
FORMAL_ORGANIZATION: Final = f"{ORG}FormalOrganization"
ROLE: Final = f"{ORG}role"

PLAN: Final = f"{YD}Plan"
SECTION: Final = f"{YD}Section"
PLAN_ITEM: Final = f"{YD}PlanItem"
MEASURE: Final = f"{YD}Measure"
DELIVERABLE: Final = f"{YD}Deliverable"
INDICATOR: Final = f"{YD}Indicator"
TARGET: Final = f"{YD}Target"
RESULT: Final = f"{YD}Result"
POLICY: Final = f"{YD}Policy"
POLICY_REFERENCE: Final = f"{YD}PolicyReference"
PLACE: Final = f"{YD}Place"
PLACE_MENTION: Final = f"{YD}PlaceMention"
RESPONSIBILITY: Final = f"{YD}Responsibility"
TEXT_MARK: Final = f"{YD}TextMark"

PLAN_YEAR: Final = f"{YD}planYear"
SUMMARY_YEAR: Final = f"{YD}summaryYear"
DRAFT_STATUS: Final = f"{YD}draftStatus"
KIND: Final = f"{YD}kind"
SOURCE_NAME: Final = f"{YD}sourceName"
SOURCE_DIGEST: Final = f"{YD}sourceDigest"
TEXT: Final = f"{YD}text"
TITLE_SPAN: Final = f"{YD}titleSpan"
CREATOR_SPAN: Final = f"{YD}creatorSpan"
ISSUED_SPAN: Final = f"{YD}issuedSpan"
IDENTIFIER_SPAN: Final = f"{YD}identifierSpan"

IN_SECTION: Final = f"{YD}inSection"
PRINTED_LABEL: Final = f"{YD}printedLabel"
ITEM_LABEL: Final = f"{YD}label"
ORDINAL: Final = f"{YD}ordinal"
POSITION: Final = f"{YD}position"
LEVEL: Final = f"{YD}level"
PART: Final = f"{YD}part"
NEXT: Final = f"{YD}next"

HAS_MEASURE: Final = f"{YD}measure"
HAS_TARGET: Final = f"{YD}target"
HAS_RESULT: Final = f"{YD}result"
HAS_DELIVERABLE: Final = f"{YD}deliverable"
HAS_REFERENCE: Final = f"{YD}policyReference"
HAS_PLACE_MENTION: Final = f"{YD}placeMention"
HAS_RESPONSIBILITY: Final = f"{YD}responsibility"
HAS_MARK: Final = f"{YD}textMark"

COMPARATOR: Final = f"{YD}comparator"
INDICATOR_TEXT: Final = f"{YD}indicatorText"
HAS_INDICATOR: Final = f"{YD}indicator"
MEASUREMENT: Final = f"{YD}measurement"
BINDINGNESS: Final = f"{YD}bindingness"
DEADLINE: Final = f"{YD}deadline"
DEADLINE_STATED: Final = f"{YD}deadlineStated"
DEADLINE_SPAN: Final = f"{YD}deadlineSpan"
BASELINE: Final = f"{YD}baseline"
PER: Final = f"{YD}per"
BENEFICIARY: Final = f"{YD}beneficiary"
DELIVERABLE_STATUS: Final = f"{YD}deliverableStatus"
OBJECT: Final = f"{YD}object"
VERB: Final = f"{YD}verb"
YEAR: Final = f"{YD}year"
PART_OF_TOTAL: Final = f"{YD}isPartOfTotal"
NAMES_POLICY: Final = f"{YD}policy"
ACTION: Final = f"{YD}action"
PRINTED_TITLE: Final = f"{YD}printedTitle"
MARKED: Final = f"{YD}marked"
NESTED: Final = f"{YD}nested"
NAMES_PLACE: Final = f"{YD}place"
ORGANISATION: Final = f"{YD}organisation"
MARK_KIND: Final = f"{YD}markKind"
EXPECTED: Final = f"{YD}expected"
AUTHORITY: Final = f"{YD}authority"
ADMIN_LEVEL: Final = f"{YD}adminLevel"
