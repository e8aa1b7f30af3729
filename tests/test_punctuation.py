"""Rules on punctuation marks: each finds the slip, says what should stand there, and leaves right marks alone."""

from __future__ import annotations

import pytest

from yaodian.checking import check, default_rules
from yaodian.extraction import extract
from yaodian.reading import read_bytes

RULES = default_rules()
HEAD = "云岭市教育局2024年工作要点\n"


def found(code: str, lines: str, head: str = HEAD + "一、扩大教育资源\n") -> list[tuple[str, str | None]]:
    """The words at fault and what is expected in their place, for one rule."""
    plan = extract(read_bytes((head + lines).encode(), "稿.txt"))
    return [(f.quote, f.fields.get("expected")) for f in check(plan, rules=RULES.select([code]))]


@pytest.mark.parametrize(
    ("code", "line", "words", "expected"),
    [
        ("YD-X13", "1.增加学位,新建学校，改造食堂，更新机房，排查校舍，完善制度，公开结果。", ",", "，"),
        ("YD-X13", "1.增加学位;新建学校；改造食堂；更新机房，排查校舍，完善制度，公开结果。", ";", "；"),
        ("YD-X14", "1.增加学位。新建学校3所。。", "。。", "。"),
        ("YD-X14", "1.增加学位。新建学校3所，、新增学位90个。", "，、", "，"),
        ("YD-X14", "1.增加学位。新建学校3所， ，新增学位90个。", "， ，", "，"),
        ("YD-X08", "1.增加学位。新建学校3所━━其中小学2所。", "━━", "——"),
        ("YD-P06", "1.普及法律。宣传《教育法》、《教师法》。", "、", None),
        (
            "YD-P07",
            "1.完善督导。落实《关于《督导办法》的通知》。",
            "《关于《督导办法》的通知》",
            "《关于〈督导办法〉的通知》",
        ),
        ("YD-N16", "（一）、增加学位。新建学校3所。\n（二）改善条件。改造食堂5个。", "（一）、", "（一）"),
        ("YD-N17", "1、增加学位。新建学校3所。\n2、改善条件。改造食堂5个。", "1、", "1."),
        ("YD-X16", "1.扩大资源。占比保持在63-68%。", "63-68%", "63%～68%"),
        ("YD-X03", "1.增加学位。按照十四五”规划新建学校。", "十四五”", "“十四五”"),
    ],
)
def test_a_slip_is_found_with_what_should_stand_there(code: str, line: str, words: str, expected: str | None) -> None:
    told = found(code, line + "\n")
    assert [quote for quote, _ in told] == [words]
    if expected is not None:
        assert told[0][1] == expected


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("YD-X13", "1.完善平台。网址为www.example.org,编号A,B,完成率1,200人。"),
        ("YD-X13", "1.增加学位。新建学校3所（9:00-11:30开放）。"),
        ("YD-X14", "1.增加学位。新建学校“示范校”，“特色校”。改善条件……完善制度。"),
        ("YD-X14", "1.营造氛围。“您怎么看？！”他问。"),
        ("YD-X08", "1.增加学位。新建学校3所——其中小学2所。"),
        ("YD-P06", "1.普及法律。宣传《教育法》（修订）、《教师法》及有关办法、细则。"),
        ("YD-P07", "1.完善督导。落实《关于〈督导办法〉的通知》《教师法》。"),
        ("YD-N16", "（一）增加学位。新建学校3所。\n（二）改善条件。改造食堂5个。"),
        ("YD-N17", "1.增加学位。新建学校3所。\n2.改善条件。改造食堂5个。"),
        ("YD-X16", "1.扩大资源。占比保持在63%～68%，2020-2024年新建学校3所。"),
        ("YD-X03", "1.增加学位。按照“十四五”规划新建学校，（一）统一标准；1）分批实施。"),
        ("YD-X04", "1.增加学位。他说：“教育是国之大计。\n教育是党之大计。”要抓好落实。"),
    ],
)
def test_right_marks_are_left_alone(code: str, line: str) -> None:
    assert found(code, line + "\n") == []


def test_a_heading_that_stands_alone_takes_no_stop_and_one_that_runs_on_does() -> None:
    below = "1.增加学位供给。新建学校3所。\n2.改善办学条件。改造食堂5个。\n"
    assert found("YD-N18", below, HEAD + "一、扩大教育资源。\n") != []
    assert found("YD-N18", below, HEAD + "一、扩大教育资源：\n") != []
    assert found("YD-N18", below, HEAD + "一、扩大教育资源\n") == []


def test_a_habit_is_told_once_and_says_how_often() -> None:
    plan = extract(
        read_bytes((HEAD + "一、普法\n1.普及法律。宣传《教育法》、《教师法》、《民法典》。\n").encode(), "稿.txt")
    )
    (finding,) = check(plan, rules=RULES.select(["YD-P06"]))
    assert "2" in finding.message("zh")


@pytest.mark.parametrize(("opening", "closing"), ["“”", "《》", "（）"])
def test_a_lone_mark_is_found_on_whichever_side_it_is(opening: str, closing: str) -> None:
    for code, text in (("YD-X04", f"按照{opening}示范要求"), ("YD-X03", f"按照示范{closing}要求")):
        assert len(found(code, f"1.增加学位。{text}，新建学校3所。\n")) == 1, text
    assert found("YD-X04", f"1.增加学位。按照{opening}示范{closing}要求，新建学校3所。\n") == []
