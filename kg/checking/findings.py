"""Findings: what a rule says about a place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from yaodian.checking.engine import Result
from yaodian.checking.fingerprint import fingerprints
from yaodian.checking.graph import PlanGraph
from yaodian.checking.precedence import settled
from yaodian.checking.rules import Rule, Severity
from yaodian.model import Place, Span
from yaodian.patterns import compiled
from yaodian.rdf import names

_OPTIONAL = compiled(r"\[\[(.*?)\]\]")
_FIELD = compiled(r"\{(\w+)\}")
_LOCAL_NAME = compiled(r"[^/#]+$")
_FIRST_LINE = compiled(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold at a place. ``fields`` are what its message says about the case at hand.

    ``fixable``: whether ``yaodian fix`` knows what should stand there. ``result`` is what the engine said, with nodes
    below the plan's by the rest of their IRI. ``absent`` names what the plan lacks as a whole, where it is that.
    """

    rule: Rule
    span: Span
    place: Place
    fields: Mapping[str, str]
    item: str | None
    fingerprint: str
    result: Result
    fixable: bool = False
    absent: str = ""

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """The rule's severity."""
        return self.rule.severity

    @property
    def quote(self) -> str:
        """The words at fault."""
        return self.span.quote

    @property
    def rationale(self) -> Mapping[str, str]:
        """Why the rule exists, by language."""
        return {"zh": self.rule.rationale.zh, "en": self.rule.rationale.en}

    @property
    def source(self) -> Mapping[str, str]:
        """What the rule rests on, by language."""
        return {"zh": self.rule.source.zh, "en": self.rule.source.en}

    def message(self, language: str = "zh") -> str:
        """What is wrong here."""
        return filled(self.rule.message[language], _spoken(self.fields, language))

    def advice(self, language: str = "zh") -> str:
        """What to do about it."""
        return filled(self.rule.advice[language], _spoken(self.fields, language))


def _spoken(fields: Mapping[str, str], language: str) -> Mapping[str, str]:
    """The fields as a language has them: those of its own (name@zh) stand for the ones without."""
    own = f"@{language}"
    return {**fields, **{name.removesuffix(own): value for name, value in fields.items() if name.endswith(own)}}


def filled(template: str, fields: Mapping[str, str]) -> str:
    """A template with its {fields} filled in; a [[part]] is left out where one of its fields is not known."""

    def part(match: re.Match[str]) -> str:
        known = all(fields.get(name) for name in _FIELD.findall(match[1]))
        return match[1] if known else ""

    return _FIELD.sub(lambda m: fields.get(m[1], ""), _OPTIONAL.sub(part, template))


def sketched(template: str) -> str:
    """A template as it reads whatever the case: all its parts, with … for its fields."""
    return filled(template, dict.fromkeys(_FIELD.findall(template), "…"))


def findings(graph: PlanGraph, results: Iterable[Result], rules: Mapping[str, Rule]) -> tuple[Finding, ...]:
    """The findings that an engine's results stand for: one a rule and place, in text order.

    What the plan lacks has no words there: of that, one a rule and thing.
    """
    found: dict[tuple[str, int, int, str], Finding] = {}
    for result in sorted(results):
        rule = rules.get(result.shape)
        if rule is None:
            continue
        subject = _subject(graph, result)
        span = _span(graph, subject, rule)
        key = rule.code, span.start, span.end, _absent(graph, subject)
        found.setdefault(key, _finding(graph, subject, result, rule, span))
    ordered = sorted(settled(found.values()), key=lambda f: (f.span.start, f.span.end, -f.severity, f.code, f.absent))
    marks = fingerprints(graph.plan.document, [(f"{f.code} {f.absent}".rstrip(), f.span) for f in ordered])
    return tuple(replace(finding, fingerprint=mark) for finding, mark in zip(ordered, marks, strict=True))


def _subject(graph: PlanGraph, result: Result) -> str:
    """What a result is about: its value where that is itself a thing found in the text, else its focus node."""
    return result.value if graph.one(result.value, names.QUOTED_FROM) else result.focus


def _absent(graph: PlanGraph, subject: str) -> str:
    """The name of a subject that is not found in the text, but should be; empty for all others."""
    found = graph.one(subject, names.QUOTED_FROM) or graph.is_a(subject, names.PLAN)
    return "" if found else _local(subject)


def _finding(graph: PlanGraph, subject: str, result: Result, rule: Rule, span: Span) -> Finding:
    fields = _fields(graph, subject) | {"quote": span.quote}
    if result.value and result.value != subject:
        fields["value"] = result.value
    place, said = graph.plan.document.place(span.start), _below(graph.iri, result)
    return Finding(rule, span, place, fields, _item(graph, subject), "", said, absent=_absent(graph, subject))


def _below(plan: str, result: Result) -> Result:
    return replace(result, focus=result.focus.removeprefix(plan), value=result.value.removeprefix(plan))


def _fields(graph: PlanGraph, subject: str) -> dict[str, str]:
    """What messages may speak of: the subject's own properties, and those of what it hangs together with.

    They are the thing before it (before_), around it (in_), the policy it names (policy_), what replaced that (new_).
    """
    policy = graph.one(subject, names.NAMES_POLICY)
    around = {
        "": subject,
        "before_": graph.subject_of(names.NEXT, subject),
        "in_": graph.one(subject, names.PART_OF),
        "policy_": policy,
        "new_": graph.one(policy, names.REPLACED_BY) if policy else None,
    }
    return {
        name: literal.value
        for prefix, node in around.items()
        if node is not None
        for predicate, literal in graph.literals(node)
        for name in _names(prefix + _local(predicate), literal.language)
    }


def _names(name: str, language: str | None) -> tuple[str, ...]:
    return (name, f"{name}@{language}") if language else (name,)


def _local(predicate: str) -> str:
    match = _LOCAL_NAME.search(predicate)
    return match[0] if match else predicate


def _item(graph: PlanGraph, focus: str) -> str | None:
    node: str | None = focus
    while node is not None and not graph.is_a(node, names.PLAN_ITEM):
        node = graph.one(node, names.PART_OF)
    return graph.one(node, names.IDENTIFIER) if node is not None else None


def _span(graph: PlanGraph, focus: str, rule: Rule) -> Span:
    """Where to point: what the rule names, else the node's own stretch of text, headings and labels for long ones."""
    pointed = graph.span(graph.one(focus, rule.points_at)) if rule.points_at else None
    if pointed is not None:
        return pointed
    if graph.is_a(focus, names.PLAN):
        return graph.span(graph.one(focus, names.TITLE_SPAN)) or _first_line(graph)
    own = graph.span(graph.one(focus, names.QUOTED_FROM))
    if own is None:
        return graph.span(graph.one(graph.iri, names.TITLE_SPAN)) or _first_line(graph)
    return _head(graph, focus, own)


def _head(graph: PlanGraph, focus: str, own: Span) -> Span:
    """The label and heading of an item or section, the label of a measure; anything else whole."""
    mark = graph.one(focus, names.ITEM_LABEL)
    if mark is None:
        return own
    heading = graph.one(focus, names.TITLE) or mark
    at = own.quote.find(heading)
    return graph.plan.document.span(own.start, own.start + at + len(heading)) if at >= 0 else own


def _first_line(graph: PlanGraph) -> Span:
    document = graph.plan.document
    match = _FIRST_LINE.search(document.text, document.body.start) or _FIRST_LINE.search(document.text)
    return document.span(*match.span()) if match else document.body
