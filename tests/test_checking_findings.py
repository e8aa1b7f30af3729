"""Findings: where they point, what they say, and that both engines say the same."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import yaodian
from yaodian.checking import Finding, Severity, check
from yaodian.checking.findings import filled
from yaodian.errors import YaodianError
from yaodian.model import Plan
from yaodian.reading import read_bytes

DRAFT = """云岭市教育局2024年工作要点
（征求意见稿）
一一、扩大教育资源
1.增加学位供给。XX市新建学校3所，按照十四五”规划新增学位1200个。
3.改善办学条件。改造食堂5个，办结率20240%。
二、建设教师队伍
4.培训教师。一是培训教师300人。二是选派骨干20人。四是聘请名师6人。
"""


def plan(text: str = DRAFT, name: str = "云岭.txt") -> Plan:
    return yaodian.extract(read_bytes(text.encode(), name))


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    return check(plan())


def one(findings: tuple[Finding, ...], code: str) -> Finding:
    (finding,) = [f for f in findings if f.code == code]
    return finding


def test_the_draft_has_its_defects(findings: tuple[Finding, ...]) -> None:
    codes = {f.code for f in findings if f.severity > Severity.INFO}
    assert codes == {"YD-N04", "YD-X01", "YD-X03", "YD-N05", "YD-T01", "YD-N11"}


def test_findings_stand_in_text_order(findings: tuple[Finding, ...]) -> None:
    assert [f.span.start for f in findings] == sorted(f.span.start for f in findings)


def test_a_finding_quotes_its_words(findings: tuple[Finding, ...]) -> None:
    assert all(DRAFT[f.span.start : f.span.end] == f.quote for f in findings)
    assert one(findings, "YD-X01").quote == "XX市"
    assert str(one(findings, "YD-X01").place) == "4:10"


def test_items_and_measures_are_shown_by_their_heads(findings: tuple[Finding, ...]) -> None:
    assert one(findings, "YD-N05").quote == "3.改善办学条件"
    assert one(findings, "YD-N11").quote == "四是"


def test_a_finding_knows_its_item(findings: tuple[Finding, ...]) -> None:
    assert one(findings, "YD-T01").item == "p3"
    assert one(findings, "YD-N11").item == "p4"
    assert one(findings, "YD-N04").item is None


def test_a_finding_about_the_whole_points_at_the_title(findings: tuple[Finding, ...]) -> None:
    assert one(findings, "YD-M08").quote == "云岭市教育局2024年工作要点"


def test_a_finding_about_the_whole_points_at_the_first_line_where_there_is_no_title() -> None:
    text = "一、扩大教育资源\n1.增加学位供给。新建学校3所。\n二、改善条件\n2.改造食堂。改造食堂5个。\n"
    assert one(check(plan(text)), "YD-M01").quote == "一、扩大教育资源"


def test_messages_speak_of_the_case(findings: tuple[Finding, ...]) -> None:
    gap, partner = one(findings, "YD-N05"), one(findings, "YD-X03")
    assert gap.message("zh") == "工作条目序号从「1」跳到「3」，中间缺号"
    assert gap.message("en") == "the item numbers jump from 1 to 3"
    assert partner.message("zh") == "「十四五”」缺少前一半，应为「“十四五”」"
    assert partner.advice("en") == "Add the opening mark, or remove the closing one."
    assert partner.rationale["en"] and "15834" in partner.source["zh"]


def test_a_part_of_a_message_without_its_field_is_left_out() -> None:
    assert filled("{a}[[ and {b}]][[ or {c}]].", {"a": "x", "c": "z"}) == "x or z."


def test_the_fingerprint_outlives_edits_elsewhere() -> None:
    moved = DRAFT.replace("增加学位供给。", "增加学位供给。全市统筹布局，")
    before, after = check(plan()), check(plan(moved))
    assert one(before, "YD-T01").fingerprint == one(after, "YD-T01").fingerprint
    assert one(before, "YD-T01").span != one(after, "YD-T01").span
    assert len({f.fingerprint for f in before}) == len(before)


def test_a_finding_cannot_be_changed(findings: tuple[Finding, ...]) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        findings[0].fingerprint = "x"  # type: ignore[misc]


def test_the_same_plan_gives_the_same_findings() -> None:
    assert check(plan()) == check(plan())


def test_engines_agree_on_the_draft() -> None:
    assert check(plan(), engine="shacl") == check(plan(), engine="pyshacl")


def test_without_the_compiled_engine_the_reference_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = check(plan())
    monkeypatch.setattr("yaodian.checking.engine.find_spec", lambda name: None)
    assert check(plan()) == expected
    with pytest.raises(YaodianError, match="pyshacl"):
        check(plan(), engine="shacl")


def test_carriage_returns_change_no_finding(findings: tuple[Finding, ...]) -> None:
    windows = check(plan(DRAFT.replace("\n", "\r\n")))
    assert [(f.code, f.quote, f.place) for f in windows] == [(f.code, f.quote, f.place) for f in findings]


SEEDS = {
    "000": {"YD-N04": 2, "YD-N10": 7, "YD-X05": 1, "YD-X10": 1, "YD-X09": 1},
    "001": {"YD-N05": 1, "YD-N06": 1, "YD-X01": 20, "YD-T01": 1, "YD-T03": 5, "YD-T04": 3, "YD-M07": 1},
    "002": {"YD-X02": 3, "YD-P01": 3},
    "003": {"YD-X03": 1},
    "004": {"YD-N09": 1, "YD-X08": 4, "YD-N13": 1},
}


@pytest.mark.parametrize("number", SEEDS)
def test_the_known_defects_of_a_real_plan_are_found(number: str, shared_dir: Path) -> None:
    (path,) = (shared_dir / "seeds").glob(f"{number}_*.txt")
    found = [finding.code for finding in check(yaodian.read_plan(path))]
    for code, least in SEEDS[number].items():
        assert found.count(code) >= least, code


@pytest.mark.parametrize("number", SEEDS)
def test_engines_agree_on_a_real_plan(number: str, shared_dir: Path) -> None:
    (path,) = (shared_dir / "seeds").glob(f"{number}_*.txt")
    real = yaodian.read_plan(path)
    assert check(real, engine="shacl") == check(real, engine="pyshacl")


def test_the_example_plans_that_are_clean_have_no_error(examples_dir: Path) -> None:
    for name in ("yunchuan-2023.txt", "yunchuan-2024.txt"):
        findings = check(yaodian.read_plan(examples_dir / name))
        assert [f.code for f in findings if f.severity > Severity.INFO] == [], name


@pytest.mark.parametrize(("verb", "found"), [("下降到", False), ("压减至", False), ("提高到", True)])
def test_a_share_that_is_to_fall_may_have_a_lower_target(verb: str, found: bool) -> None:
    text = f"云岭市教育局2024年工作要点\n一、优化结构\n1.调整学科结构。文科专业招生比例由46%{verb}38%。\n"
    assert ("YD-T15" in {f.code for f in check(plan(text))}) is found


def test_a_number_behind_parts_that_make_up_the_total_is_no_part() -> None:
    text = "云岭市教育局2024年工作要点\n一、建设队伍\n1.补充教师。招聘教师95名，其中高中40名、初中55名，选调教师8名。\n"
    assert not {"YD-T06", "YD-T07"} & {f.code for f in check(plan(text))}
    assert "YD-T06" in {f.code for f in check(plan(text.replace("初中55名", "初中60名")))}


@pytest.mark.parametrize(
    ("aim", "found"), [("稳定在99.5%以上", False), ("达到99.5%", True), ("稳定在95%以上", True), ("达到99.7%", False)]
)
def test_a_floor_may_be_set_a_little_below_what_was_reached(aim: str, found: bool) -> None:
    text = (
        "云岭市教育局2023年工作总结及2024年工作计划\n一、2023年工作总结\n1.控辍保学。义务教育巩固率达到99.6%。\n"
        f"二、2024年工作计划\n1.控辍保学。义务教育巩固率{aim}。\n"
    )
    assert ("YD-T15" in {finding.code for finding in check(plan(text))}) is found


@pytest.mark.parametrize(("words", "found"), [("它们的设备利用率", False), ("实训中心设备利用率", True)])
def test_what_a_pronoun_stands_for_may_differ(words: str, found: bool) -> None:
    text = (
        "云岭市教育局2024年工作要点\n一、改善条件\n"
        + f"1.改善条件。建设一批新实训室，{words}达到32%。\n2.推进共享。建设一批共享中心，{words}达到47%。\n"
    )
    assert ("YD-T09" in {f.code for f in check(plan(text))}) == found


def test_degrees_that_include_one_another_are_no_parts_of_a_total() -> None:
    text = "云岭市教育局2024年工作要点\n一、建设队伍\n1.补充教师。招聘教师95名，其中{}学历90名、研究生学历20名。\n"
    assert "YD-T06" not in {f.code for f in check(plan(text.format("本科及以上")))}
    assert "YD-T06" in {f.code for f in check(plan(text.format("本科")))}


def test_a_speech_needs_no_work_items() -> None:
    speech = plan(
        "在全市教育工作会议上的讲话\n一、肯定成绩，看清差距，进一步坚定办好教育的信心\n"
        "二、突出重点，聚焦关键，全面完成今年的目标任务\n三、认清形势，增强做好工作的责任感\n"
        "要加强学习，真学真懂真信真用，不能一知半解、似懂非懂。要深入基层，机关干部要沉下去，多到山区学校走一走、"
        "看一看，听一听老师们的心里话。要严守纪律，吃吃喝喝、拉拉扯扯那一套，在教育系统没有市场。\n"
    )
    assert speech.items == ()
    assert "YD-C03" not in {finding.code for finding in check(speech)}


def test_the_halves_of_a_year_are_reported_and_planned_in_one() -> None:
    text = "云岭市教育局2021年{}工作总结及{}工作安排\n一、工作总结\n1.学位。新建学校3所。\n二、工作安排\n1.学位。新建学校2所。\n"
    halves, years = (text.format(*words) for words in (("上半年", "下半年"), ("", "2021年")))
    assert "YD-M07" not in {finding.code for finding in check(plan(halves))}
    assert "YD-M07" in {finding.code for finding in check(plan(years))}


def test_a_report_titled_by_its_own_year_may_plan_the_next() -> None:
    text = (
        "云岭市教育局局长2023年度述职报告\n一、履职情况\n1.学位。新建学校3所。\n二、2024年打算\n1.学位。新建学校2所。\n"
    )
    told = plan(text)
    assert (told.facts.summary_year, told.facts.plan_year) == (2023, 2024)
    assert "YD-M06" not in {finding.code for finding in check(told)}
