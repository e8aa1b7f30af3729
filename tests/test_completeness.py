"""The score: which parts of the work are stated, by item and by plan, in text, JSON and graph alike."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import yaodian
from yaodian.cli.check import command as check
from yaodian.completeness import PARTS, POINTS, completeness
from yaodian.model import Plan
from yaodian.rdf import names, plan_iri, quads
from yaodian.reading import read_bytes

DRAFT = """云岭市教育局2024年工作要点
一、扩大教育资源
1.增加学位供给。按照《云岭市教育设施规划》，6月底前在昆明市新建校舍3栋，新增学位1200个。（责任单位：基建科）
2.改善办学条件。改造食堂5个。
3.守护校园安全
二、建设教师队伍
4.培训教师。6月底前，一是培训教师300人。二是选派骨干20人。（责任单位：人事科）
"""


def plan(text: str = DRAFT) -> Plan:
    return yaodian.extract(read_bytes(text.encode(), "稿.txt"))


def test_each_part_is_met_or_not() -> None:
    score = completeness(plan())
    assert score is not None
    stated = [[part for part in PARTS if item.states[part]] for item in score.items]
    assert stated[0] == ["who", "what", "how-far", "when", "where", "basis"]
    assert stated[1] == ["what", "how-far"]
    assert stated[2] == []
    assert stated[3] == ["who", "what", "how-far", "when"]
    assert [item.value for item in score.items] == [1, Decimal("0.4"), 0, Decimal("0.8")]
    assert score.value == Decimal("0.55")
    assert score.parts["where"] == Decimal("0.25")


@given(st.permutations(DRAFT.splitlines()[2:5]))
def test_the_order_of_items_does_not_matter(items: list[str]) -> None:
    lines = DRAFT.splitlines()
    score, other = completeness(plan()), completeness(plan("\n".join([*lines[:2], *items, *lines[5:]])))
    assert score is not None and other is not None
    assert score.parts == other.parts


def test_the_whole_is_the_mean_of_the_points_and_of_the_items() -> None:
    score = completeness(plan())
    assert score is not None
    assert score.value == sum(score.parts[point] for point in POINTS) / len(POINTS)
    assert score.value == sum(item.value for item in score.items) / len(score.items)


def test_what_is_reported_is_not_scored() -> None:
    text = "云岭市教育局2023年工作总结及2024年工作计划\n一、2023年工作总结\n1.学位供给增加。新建学校3所。\n二、2024年工作计划\n1.增加学位供给。新建学校2所。\n"
    score = completeness(plan(text))
    assert score is not None and len(score.items) == 1
    assert completeness(plan("云岭市教育局2023年工作总结\n全年平稳。\n")) is None


def test_the_graph_holds_the_measurements() -> None:
    found = {
        (s, p): getattr(o, "value", o)
        for s, p, o, _ in quads(plan())
        if p in (names.COMPUTED_ON, names.MEASUREMENT_OF, names.MEASURED)
    }
    iri = plan_iri(plan())
    whole, item = f"{iri}/quality/completeness", f"{iri}/item/p2/quality/completeness"
    assert (found[whole, names.MEASURED], found[whole, names.COMPUTED_ON]) == ("0.55", iri)
    assert found[item, names.MEASURED] == "0.4"
    assert found[f"{iri}/quality/how-far", names.MEASUREMENT_OF] == "https://w3id.org/yaodian/id/metric/how-far"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "稿.txt"
    path.write_text(DRAFT, "utf-8")
    return path


def run(*arguments: object) -> str:
    return CliRunner().invoke(check, [*map(str, arguments), "--lang", "zh"], catch_exceptions=False).stdout


def test_check_tells_the_score(file: Path) -> None:
    line = f"{file}：完整度55%（谁 50%，做什么 75%，到什么程度 75%，何时 50%，在哪 25%，依据 25%）"
    assert line in run(file)
    assert line not in run(file, "--rule", "YD-X")
    table = [row.strip() for row in run(file, "--score").splitlines()]
    assert "100%  ✓   ✓       ✓           ✓     ✓     ✓     1 增加学位供给" in table


def test_json_has_the_score(file: Path) -> None:
    score = json.loads(run(file, "--format", "json"))["files"][0]["score"]
    assert score["value"] == 0.55
    assert score["items"][1] == {"item": "p2", "value": 0.4, "states": ["what", "how-far"]}
