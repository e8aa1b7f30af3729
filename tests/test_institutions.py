"""Institutions: schools and others that the text names, and none that it only speaks of as a kind."""

from __future__ import annotations

import pytest
import sample

from yaodian.extraction.institutions import find_institutions
from yaodian.model import Plan
from yaodian.rdf import nquads


def found(text: str, excluded: str = "") -> list[tuple[str, str]]:
    document = sample.document(text)
    at = text.find(excluded)
    titles = [document.span(at, at + len(excluded))] if excluded else []
    mentions = find_institutions(document, titles)
    assert all(text[m.span.start : m.span.end] == m.name and m.rule for m in mentions)
    return [(mention.name, mention.kind) for mention in mentions]


def names(text: str) -> list[str]:
    return [name for name, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持扬州大学建设一流学科。", ["扬州大学"]),
        ("支持江苏工程职业技术学院升格。", ["江苏工程职业技术学院"]),
        ("新建市第七中学。", ["市第七中学"]),
        ("发挥市教育科学研究院的作用。", ["市教育科学研究院"]),
        ("建成青溪和悦幼儿园。", ["青溪和悦幼儿园"]),
        ("推广扬州三中、高邮一中等学校的做法。", ["扬州三中", "高邮一中"]),
        ("办好扬州三中、十六中等。", ["扬州三中", "十六中"]),
        ("推进仪征中等专业学校迁建。", ["仪征中等专业学校"]),
        ("联合扬大附属眼科医院，开展筛查。", ["扬大附属眼科医院"]),
        ("支持华东师范大学办班。", ["华东师范大学"]),
        ("举办扬州大学附属中学开放日。", ["扬州大学附属中学"]),
        ("与扬州大学和南通大学签约。", ["扬州大学", "南通大学"]),
        ("启用柏塘镇中心小学、梅汀幼儿园。", ["柏塘镇中心小学", "梅汀幼儿园"]),
        ("扬州市第一人民医院等单位。", ["扬州市第一人民医院"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "全市中小学、乡镇中心幼儿园和各级各类学校。",
        "建设优质高中、普通高中、职业学校、示范高中、特殊教育学校、农村小学。",
        "扬州市民办学校、扬州市中小学、扬州大学生就业。",
        "贯彻党的二十届三中全会精神，照护“一老一小”。",
        "全市特殊教育学校，设立市、县开放大学。",
        "对接南京一所优质基础教育学校，减轻学校负担。",
        "师资不足的地区和学校，扬州市政府和学校要重视学校工作。",
        "昆明、玉溪等城市兴建大学园区。",
    ],
)
def test_kinds_of_schools_are_none(text: str) -> None:
    assert names(text) == []


def test_kinds() -> None:
    text = "扬州大学、扬州市第二幼儿园、扬州三中、扬州市教育科学研究院、扬州市中医院。"
    assert [kind for _, kind in found(text)] == ["university", "kindergarten", "school", "institute", "hospital"]


def test_titles_hold_no_institutions() -> None:
    assert found("落实《扬州大学章程》，支持扬州大学。", "扬州大学章程") == [("扬州大学", "university")]


def test_graph_names_the_organisation_and_its_kind() -> None:
    lines = [line for line in nquads(sample.plan()).splitlines() if "/institution/1>" in line]
    assert len(lines) == 6
    assert any("ns#institutionMention>" in line and "/item/p3>" in line for line in lines)
    assert any("ns#organisation>" in line and "/org/320400/" in line for line in lines)
    assert any("<https://w3id.org/yaodian/id/institution-kind/university>" in line for line in lines)


def test_a_plan_without_institutions_has_none() -> None:
    plan: Plan = sample.plan()
    assert [item.institutions for item in plan.items[:2]] == [(), ()]
    assert [mention.item for mention in plan.institutions] == ["p3"]
