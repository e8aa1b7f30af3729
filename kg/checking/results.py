"""Findings as RDF: each a SHACL validation result (SHACL, section 3.6.2), in a graph beside the plan's."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from yaodian.rdf import names
from yaodian.rdf.iris import span_iri
from yaodian.rdf.outline import item_iri
from yaodian.rdf.terms import Literal, Quad, Triple, integer

if TYPE_CHECKING:
    from yaodian.checking import Finding

SH = "http://www.w3.org/ns/shacl#"
LANGUAGES = ("zh", "en")


def findings_graph(plan: str) -> str:
    """The graph with the findings on a plan."""
    return f"{plan}/findings"


def finding_quads(plan: str, findings: Sequence[Finding], described: Container[str]) -> Iterator[Quad]:
    """The findings on the plan of that IRI, numbered in text order; where there are any, the plan says where they are.

    Stretches of text that are ``described`` in the plan's own graph are not described again: a query over the union
    of both graphs would count them twice.
    """
    graph = findings_graph(plan)
    if findings:
        yield plan, names.FINDINGS, graph, plan
    for position, finding in enumerate(findings, 1):
        for subject, predicate, term in _describe(plan, position, finding):
            if subject not in described:
                yield subject, predicate, term, graph


def _said(plan: str, iri: str, finding: Finding) -> Iterator[Triple]:
    """What the engine reported (SHACL, sections 3.6.2.1 to 3.6.2.7); the shape is the rule's, which has a name."""
    result = finding.result
    yield iri, f"{SH}focusNode", _whole(plan, result.focus)
    yield iri, f"{SH}resultSeverity", f"{SH}{finding.severity.word.capitalize()}"
    yield iri, f"{SH}sourceShape", finding.rule.shape
    yield iri, f"{SH}sourceConstraintComponent", result.component
    if result.path:
        yield iri, f"{SH}resultPath", result.path
    if result.value.startswith("/"):
        yield iri, f"{SH}value", _whole(plan, result.value)


def _whole(plan: str, node: str) -> str:
    """The IRI of a node; of one below the plan, the rest of it is given."""
    return f"{plan}{node}" if not node or node.startswith("/") else node


def _describe(plan: str, position: int, finding: Finding) -> Iterator[Triple]:
    iri, span = f"{plan}/finding/{position}", span_iri(f"{plan}/text", finding.span)
    owner = item_iri(plan, finding.item) if finding.item else plan
    yield iri, names.TYPE, f"{SH}ValidationResult"
    yield from _said(plan, iri, finding)
    yield iri, names.PART_OF, owner
    yield iri, names.POSITION, integer(position)
    yield iri, f"{names.YD}ruleCode", Literal(finding.code)
    for language in LANGUAGES:
        yield iri, f"{SH}resultMessage", Literal(finding.message(language), language)
        yield iri, f"{names.YD}advice", Literal(finding.advice(language), language)
    yield iri, names.QUOTED_FROM, span
    yield span, names.TYPE, names.OFFSET_STRING
    yield span, names.BEGIN, integer(finding.span.start)
    yield span, names.END, integer(finding.span.end)
    yield span, names.ANCHOR, Literal(finding.quote)
    yield span, names.IN_CONTEXT, f"{plan}/text"
