"""A plan as plain data for JSON: what ``yaodian extract --format json`` prints.

Offsets are Unicode code points into the document's text, ``text[start:end] == quote``; ``line`` and ``column``
count from 1; ``origin`` is the place in a file of pages or paragraphs. A target's ``part_of`` and ``baseline`` are
indexes into ``targets``: of its total, of the value it starts from; its ``places`` are indexes into ``places``: where
it holds. ``segments`` say of each line of the document what it is; ``coverage`` is the share of its characters that
have a place, and what has none.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from yaodian.extraction.accounting import Accounting, account
from yaodian.extraction.targets.concepts import normalised
from yaodian.filenames import readable
from yaodian.model import (
    Deliverable,
    Document,
    InstitutionMention,
    Item,
    LeftAside,
    PlaceMention,
    Plan,
    PolicyReference,
    Problem,
    Responsibility,
    Section,
    Segment,
    Span,
    Target,
    TextMark,
)
from yaodian.whereabouts import origin_data

Json = dict[str, Any]


def to_json(plan: Plan, *, left_aside: bool = False) -> Json:
    """The plan as dictionaries, lists, strings and numbers; with the numbers that are no targets where asked."""
    document = plan.document
    labels = {section.id: section.label for section in plan.sections}
    accounting = account(plan)
    indexes = {target.id: index for index, target in enumerate(plan.targets)}
    mentions = {mention.id: index for index, mention in enumerate(plan.places)}
    aside = {"left_aside": [_left_aside(number, document) for number in plan.left_aside]} if left_aside else {}
    return {
        "doc": readable(document.name),
        "sha256": document.sha256,
        "body": {"start": document.body.start, "end": document.body.end},
        "plan": _facts(plan),
        "sections": [_section(section, document) for section in plan.sections],
        "items": [_item(item, labels, document) for item in plan.items],
        "targets": [_target(target, indexes, mentions, document) for target in plan.targets],
        "deliverables": [_deliverable(deliverable, document) for deliverable in plan.deliverables],
        "policies": [_policy(reference, document) for reference in plan.policies],
        "places": [_place(mention, document) for mention in plan.places],
        "institutions": [_institution(mention, document) for mention in plan.institutions],
        "responsible": [_responsible(unit, document) for unit in plan.responsible],
        "marks": [_mark(mark, document) for mark in plan.marks],
        **aside,
        "segments": [_segment(segment) for segment in accounting.segments],
        "coverage": _coverage(accounting),
        "problems": [_problem(problem, document) for problem in plan.problems],
    }


def _where(span: Span, document: Document) -> Json:
    place = document.place(span.start)
    origin = document.origin(span.start)
    in_file = {"origin": origin_data(origin)} if origin else {}
    return {"start": span.start, "end": span.end, "line": place.line, "column": place.column, **in_file}


def _at(span: Span | None) -> Json | None:
    return None if span is None else {"start": span.start, "end": span.end, "quote": span.quote}


def _facts(plan: Plan) -> Json:
    facts = plan.facts
    return {
        "title": facts.title,
        "issuers": list(facts.issuers),
        "city": facts.city,
        "city_code": facts.city_code,
        "county": facts.county,
        "county_code": facts.county_code,
        "province": facts.province,
        "province_code": facts.province_code,
        "plan_year": facts.plan_year,
        "summary_year": facts.summary_year,
        "published": facts.published,
        "doc_number": facts.doc_number,
        "status": facts.status,
        "kind": facts.kind,
    }


def _section(section: Section, document: Document) -> Json:
    return {
        "id": section.id,
        "label": section.label,
        "printed_label": section.printed_label,
        "heading": section.heading,
        "level": section.level,
        "part": section.part,
        "parent": section.parent,
        **_where(section.span, document),
    }


def _item(item: Item, labels: dict[str, str], document: Document) -> Json:
    return {
        "id": item.id,
        "label": item.label,
        "heading": item.heading,
        "section": None if item.section is None else labels[item.section],
        "section_id": item.section,
        "part": item.part,
        "measures": len(item.measures),
        "deadline": item.deadline,
        "deadline_span": _at(item.deadline_span),
        "themes": [theme.code for theme in item.themes],
        **_where(item.span, document),
    }


def _target(target: Target, indexes: dict[str, int], mentions: dict[str, int], document: Document) -> Json:
    return {
        "quote": target.span.quote,
        "value": _number(target.value),
        "value_max": None if target.value_max is None else _number(target.value_max),
        "comparator": target.comparator,
        "unit": target.unit,
        "indicator": target.indicator,
        "status": target.status,
        "item": target.item,
        "part_of": None if target.part_of is None else indexes[target.part_of],
        "rule": target.rule,
        **_commitment(target, indexes, mentions),
        **_where(target.span, document),
    }


def _commitment(target: Target, indexes: dict[str, int], mentions: dict[str, int]) -> Json:
    """What is promised with the number. Without a ``deadline_span`` the deadline is the document's year."""
    label = normalised(target.indicator)
    return {
        "indicator_concept": target.concept if label and target.concept else None,
        "indicator_label": label or None,
        "measurement": target.measurement,
        "bindingness": target.bindingness,
        "bindingness_span": _at(target.bindingness_span),
        "deadline": target.deadline,
        "deadline_span": _at(target.deadline_span),
        "baseline": None if target.baseline is None else indexes[target.baseline],
        "per": target.per,
        "beneficiary": target.beneficiary,
        "places": [mentions[place] for place in target.places],
    }


def _number(value: Decimal) -> int | float:
    """A whole number where it is one, else the nearest float: what readers of JSON expect."""
    return int(value) if value == value.to_integral_value() else float(value)


def _deliverable(deliverable: Deliverable, document: Document) -> Json:
    return {
        "quote": deliverable.span.quote,
        "action": deliverable.action,
        "object": deliverable.object,
        "status": deliverable.status,
        "policy": deliverable.policy,
        "item": deliverable.item,
        "rule": deliverable.rule,
        "evidence": [_at(span) for span in deliverable.evidence],
        **_where(deliverable.span, document),
    }


def _left_aside(number: LeftAside, document: Document) -> Json:
    return {"quote": number.span.quote, "reason": number.reason, **_where(number.span, document)}


def _segment(segment: Segment) -> Json:
    return {"role": segment.role, "start": segment.span.start, "end": segment.span.end}


def _coverage(accounting: Accounting) -> Json:
    return {"share": round(accounting.share, 4), "unaccounted": [_at(span) for span in accounting.unaccounted]}


def _policy(reference: PolicyReference, document: Document) -> Json:
    return {
        "title": reference.title,
        "action": reference.action,
        "policy": reference.policy,
        "canonical": reference.canonical,
        "doc_number": reference.doc_number,
        "unmarked": not reference.marked,
        "nested": reference.nested,
        "item": reference.item,
        "rule": reference.rule,
        "evidence": [_at(span) for span in reference.evidence],
        **_where(reference.span, document),
    }


def _place(mention: PlaceMention, document: Document) -> Json:
    return {
        "text": mention.span.quote,
        "admin": mention.admin,
        "codes": list(mention.codes),
        "names": list(mention.names),
        "item": mention.item,
        "rule": mention.rule,
        **_where(mention.span, document),
    }


def _institution(mention: InstitutionMention, document: Document) -> Json:
    return {
        "text": mention.span.quote,
        "name": mention.name,
        "kind": mention.kind,
        "item": mention.item,
        "rule": mention.rule,
        **_where(mention.span, document),
    }


def _responsible(unit: Responsibility, document: Document) -> Json:
    return {
        "text": unit.span.quote,
        "role": unit.role,
        "item": unit.item,
        "rule": unit.rule,
        "evidence": [_at(span) for span in unit.evidence],
        **_where(unit.span, document),
    }


def _mark(mark: TextMark, document: Document) -> Json:
    return {
        "kind": mark.kind,
        "quote": mark.span.quote,
        "expected": mark.expected,
        "detail": mark.detail,
        "item": mark.item,
        **_where(mark.span, document),
    }


def _problem(problem: Problem, document: Document) -> Json:
    place = None if problem.start is None else document.place(problem.start)
    return {
        "code": problem.code,
        "message": problem.message,
        "start": problem.start,
        "end": problem.end,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
