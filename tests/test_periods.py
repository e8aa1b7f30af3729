"""The period of a plan that a title names, and the policies whose period is over by the year of the plan."""

from __future__ import annotations

import pytest

from yaodian.checking import check, default_rules
from yaodian.extraction import extract
from yaodian.extraction.policies.periods import last_year
from yaodian.reading import read_bytes

RULES = default_rules()


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("云岭市教育事业发展“十三五”规划", 2020),
        ("云岭市教育事业发展十四五规划", 2025),
        ("云岭市“十二五”教育规划纲要", 2015),
        ("云岭市“十一五”教育规划", 2010),
        ("云岭市学前教育行动计划（2018—2020年）", 2020),
        ("云岭市学前教育行动计划(2021-2025)", 2025),
        ("云岭市学前教育行动计划（2021年～2025年）", 2025),
        ("云岭市“十三五”规划实施方案（2018—2022年）", 2022),
        ("云岭市学前教育行动计划（2018年）", None),
        ("云岭市幼儿园管理办法（试行）", None),
        ("云岭市“八五”普法规划", None),
        ("云岭市学校十五年发展规划", None),
        ("云岭市十三五个试点校名单", None),
        ("云岭市2018—2020年名单", None),
    ],
)
def test_the_last_year_of_a_title(title: str, year: int | None) -> None:
    assert last_year(title) == year


def found(year: int, policy: str, how: str = "落实") -> list[str]:
    text = f"云岭市教育局{year}年工作要点\n一、发展学前教育\n1.扩大普惠资源。{how}《{policy}》，新建幼儿园3所。\n"
    plan = extract(read_bytes(text.encode(), "稿.txt"))
    return [finding.quote for finding in check(plan, rules=RULES.select(["YD-P09"]))]


@pytest.mark.parametrize(
    ("policy", "last"),
    [("国家教育事业发展“十三五”规划", 2020), ("云岭市学前教育行动计划（2018—2020年）", 2020)],
)
def test_a_policy_is_told_of_once_its_period_is_over(policy: str, last: int) -> None:
    assert found(last + 2, policy) != []
    assert found(last, policy) == []
    assert found(last - 1, policy) == []


@pytest.mark.parametrize("policy", ["云岭市幼儿园管理办法（试行）", "云岭市教育发展“十四五”规划"])
def test_a_policy_without_a_period_or_within_it_is_not(policy: str) -> None:
    assert found(2024, policy) == []


def periods(text: str) -> dict[str, list[str]]:
    """What the rules on printed periods say of a sentence: T04 (the same year twice), T05 (the wrong way round)."""
    draft = f"云岭市教育局2024年工作要点\n一、优化学校布局\n1.编制布局规划。{text}，新建学校3所。\n"
    plan = extract(read_bytes(draft.encode(), "稿.txt"))
    told = check(plan, rules=RULES.select(["YD-T04", "YD-T05"]))
    return {code: [f.quote for f in told if f.code == code] for code in ("YD-T04", "YD-T05")}


@pytest.mark.parametrize("dash", ["-", "—", "–", "～", "至"])
def test_a_period_begins_before_it_ends(dash: str) -> None:
    assert periods(f"编制2024{dash}2026年学校布局规划") == {"YD-T04": [], "YD-T05": []}
    assert len(periods(f"编制2024{dash}2024年学校布局规划")["YD-T04"]) == 1
    assert len(periods(f"编制2026{dash}2024年学校布局规划")["YD-T05"]) == 1


def test_what_looks_like_a_period_and_is_none_is_left_alone() -> None:
    for text in ("完成2023—2024学年招生", "改造2026平方米至2024平方米场地", "拨打2024-2024热线电话"):
        assert periods(text)["YD-T05"] == [], text
