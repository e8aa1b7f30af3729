"""Every way of ending a line is read, and no offset moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.checking import check
from yaodian.checking.snippet import snippet
from yaodian.extraction import extract
from yaodian.extraction.accounting import account
from yaodian.model import Plan
from yaodian.rdf import nquads
from yaodian.reading import read_bytes
from yaodian.reports.marking import lines

PLAN = """来源:云岭市教育局
云岭市教育局
2024年工作要点

2024年,全市教育工作以高质量发展为主线,办好人民满意的教育。
一、扩大供给
1.建好学校。新建学校3所,新增学位1.2万个。
(责任单位:基教科)
2.落实政策。落实《云岭市
学前教育行动计划》,普惠率达90%以上。
二、建强队伍
3.配好教师。招聘教师30人。

云岭市教育局
2024年3月1日
"""
ENDS = ["\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c"]


def _plan(end: str) -> Plan:
    return extract(read_bytes(PLAN.replace("\n", end).encode(), "plan.txt"))


def _found(plan: Plan) -> list[object]:
    """All that was found, by its place."""
    places = [(span.start, span.end) for span in plan.spans()]
    facts = plan.facts
    return [places, facts.issuers, facts.plan_year, facts.published, facts.city, plan.document.body.start]


@pytest.mark.parametrize("end", ENDS)
def test_a_plan_is_read_alike_whatever_ends_its_lines(end: str) -> None:
    assert _found(_plan(end)) == _found(_plan("\n"))
    labelled = [(label, span.start, span.quote) for label, span in _plan(end).document.labelled]
    assert labelled == [("来源", 3, "云岭市教育局")]


@pytest.mark.parametrize("end", ENDS)
def test_spans_quote_the_text_as_it_was_written(end: str) -> None:
    plan = _plan(end)
    assert plan.text == PLAN.replace("\n", end)
    assert all(plan.text[span.start : span.end] == span.quote for span in plan.spans())
    assert plan.document.title is not None
    assert plan.document.title.quote == f"云岭市教育局{end}2024年工作要点"
    assert end in plan.policies[0].span.quote
    assert nquads(plan)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_lines_are_counted_alike(end: str) -> None:
    plan = _plan(end)
    at = plan.text.index("招聘教师")
    assert str(plan.document.place(at)) == "12:8"
    assert plan.document.line(12) == "3.配好教师。招聘教师30人。"
    shown = {line.number: "".join(piece.words for piece in line.pieces) for line in lines(plan.text, [])}
    assert shown[12] == plan.document.line(12)
    assert len(shown) == 13


@pytest.mark.parametrize("end", ["\r", "\u2028"])
def test_a_finding_shows_one_line(end: str) -> None:
    plan = _plan(end)
    for finding in check(plan):
        line, carets = snippet(plan.document, finding.span, 80)
        assert len(line) < 60
        assert carets.strip("^ ") == ""


@given(st.text(st.sampled_from("一、1.工作\n\r\x85\u2028\x0c 。"), max_size=60))
def test_every_offset_lies_in_a_line(text: str) -> None:
    document = read_bytes(("青岚市教育局2024年工作要点\n" + text).encode(), "plan.txt")
    for offset in range(len(document.text)):
        place = document.place(offset)
        line = document.line(place.line)
        assert place.column <= len(line) + 2
        if place.column <= len(line):
            assert line[place.column - 1] == document.text[offset]


@pytest.mark.parametrize("end", ENDS)
def test_a_plan_is_accounted_for_alike(end: str) -> None:
    told, plain = account(_plan(end)), account(_plan("\n"))
    assert [(s.role, s.span.start, s.span.end) for s in told.segments] == [
        (s.role, s.span.start, s.span.end) for s in plain.segments
    ]
