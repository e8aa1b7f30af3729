"""Responsible units: from labels, from brackets, with their roles."""

from __future__ import annotations

import pytest

from yaodian.extraction.organisations import find_responsibilities
from yaodian.model import Document, Span


def units(text: str) -> list[tuple[str, str]]:
    doc = Document("plan.txt", "plan.txt", "0" * 64, "text/plain", "utf-8", text, Span(0, len(text), text))
    found = find_responsibilities(doc)
    assert all(text[r.span.start : r.span.end] == r.span.quote for r in found)
    return [(r.span.quote, r.role) for r in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "责任单位：市教育局、各县（市、区）政府",
            [("市教育局", "responsible"), ("各县（市、区）政府", "responsible")],
        ),
        (
            "（牵头单位：市教育局；配合单位：市财政局，市人力资源和社会保障局）",
            [("市教育局", "lead"), ("市财政局", "support"), ("市人力资源和社会保障局", "support")],
        ),
        (
            "做好招生。〔市教育局、市委编办按职责分工落实〕",
            [("市教育局", "responsible"), ("市委编办", "responsible")],
        ),
        (
            "做好招生。(招生科牵头,基教科、职成科配合)",
            [("招生科", "lead"), ("基教科", "support"), ("职成科", "support")],
        ),
        ("保障安全。（各县（市、区）教育局负责）", [("各县（市、区）教育局", "responsible")]),
        (
            "（市商务委、市教委和有关区县政府具体负责）",
            [("市商务委", "responsible"), ("市教委", "responsible"), ("有关区县政府", "responsible")],
        ),
        ("责任部门：市教育局（牵头）、市文旅局等部门。", [("市教育局", "lead"), ("市文旅局", "responsible")]),
        ("完成审计。（财务审计科、人事科）", [("财务审计科", "responsible"), ("人事科", "responsible")]),
        ("[责任处室:高教处;配合处室:学生处]", [("高教处", "responsible"), ("学生处", "support")]),
        (
            "推进改革。由县编办牵头，县教育局、县人社局配合。",
            [("县编办", "lead"), ("县教育局", "support"), ("县人社局", "support")],
        ),
        (
            "实现全覆盖。由县教育局会同县融媒体中心、中国电信云岭分公司负责，2024年3月底前完成。",
            [("县教育局", "responsible"), ("县融媒体中心", "responsible"), ("中国电信云岭分公司", "responsible")],
        ),
        ("推进改革。县教育局负责，县财政局配合。", [("县教育局", "responsible"), ("县财政局", "support")]),
        ("牵头领导：张某；责任科室：基教科", [("基教科", "responsible")]),
    ],
)
def test_units_and_roles(text: str, expected: list[tuple[str, str]]) -> None:
    assert units(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "建立健全教育部门牵头、有关部门分工负责的工作机制。",
        "本意见由市卫生局负责解释。",
        "各校要密切配合。教师要认真负责。",
        "学校组织，家长配合。",
        "处理相关人员116名（含7所学校主要负责人）。",
        "新建幼儿园12所（含民办园）。",
        "（责任人：李某；完成时限：6月）",
    ],
)
def test_running_text_names_no_responsible_unit(text: str) -> None:
    assert units(text) == []


def test_a_remark_among_the_units_names_none() -> None:
    text = "1.编制规划。完善布局。（责任单位：县教育局、县住建局，列第一位的为牵头单位，下同）"
    assert [name for name, _ in units(text)] == ["县教育局", "县住建局"]


def test_a_list_whose_line_ends_in_a_separator_goes_on_in_the_next() -> None:
    assert units("牵头单位：甲局；配合单位：县公安局、\n县城市管理和综合执法局\n2.强化协同。") == [
        ("甲局", "lead"),
        ("县公安局", "support"),
        ("县城市管理和综合执法局", "support"),
    ]


def test_roles_that_a_sentence_opens_with() -> None:
    text = "由区教育局牵头，区住建局、各镇人民政府配合，对全区163所学校进行排查。\n由学校牵头组建集团，力争增加三个。由群众负责监督，效果明显。"
    assert units(text) == [("区教育局", "lead"), ("区住建局", "support"), ("各镇人民政府", "support")]


def test_a_list_ends_with_its_line() -> None:
    text = "责任单位：基教科\n2.推进改革。坚持问题导向、目标导向。"
    assert units(text) == [("基教科", "responsible")]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("责任单位：市教育局、市财政局", [("label before it", ["责任单位"])] * 2),
        ("做好招生。(招生科牵头,基教科配合)", [("role behind it, in brackets", [word]) for word in ("牵头", "配合")]),
        ("推进改革。由县编办牵头，县教育局配合。",
         [("role behind it, in a sentence of its own", [word]) for word in ("牵头", "配合")]),
        ("完成审计。（财务审计科、人事科）", [("offices in brackets behind a sentence", [])] * 2),
        ("责任部门：市教育局（牵头）、市文旅局。",
         [("mark of the lead behind it", ["（牵头）"]), ("label before it", ["责任部门"])]),
    ],
)  # fmt: skip
def test_the_rule_and_the_words_that_decided(text: str, rules: list[tuple[str, list[str]]]) -> None:
    doc = Document("plan.txt", "plan.txt", "0" * 64, "text/plain", "utf-8", text, Span(0, len(text), text))
    found = find_responsibilities(doc)
    assert [(r.rule, [span.quote for span in r.evidence]) for r in found] == rules
    assert all(text[span.start : span.end] == span.quote for r in found for span in r.evidence)


def test_a_clause_of_names_and_roles_behind_a_heading_and_a_blank() -> None:
    text = "4.推进集团化办学 由市教育局牵头，市编办、市人社局配合，组建共同体60个。"
    assert units(text) == [("市教育局", "lead"), ("市编办", "support"), ("市人社局", "support")]


def test_a_tab_parts_units_from_the_next_cell_of_their_row() -> None:
    text = "足球普及\t牵头单位：体卫艺处；配合单位：市体育局、市足球协会\t5月底前\n近视防控\t牵头单位：市疾控中心\t全年"
    assert units(text) == [
        ("体卫艺处", "lead"), ("市体育局", "support"), ("市足球协会", "support"), ("市疾控中心", "lead")
    ]  # fmt: skip


def test_units_listed_by_task_at_the_end() -> None:
    text = "附：责任分工\n任务一：市教育局负责，市教研中心参与\n任务二：团市委牵头，市妇联、市残联配合\n"
    assert units(text) == [
        ("市教育局", "responsible"), ("市教研中心", "support"),
        ("团市委", "lead"), ("市妇联", "support"), ("市残联", "support"),
    ]  # fmt: skip


def test_the_next_label_ends_a_list_of_units() -> None:
    text = "责任科室：资助中心    完成时限：6月底、12月底分两批\n"
    assert units(text) == [("资助中心", "responsible")]


def test_a_name_that_shares_its_last_word_with_the_next_is_one_with_it() -> None:
    assert units("（牵头单位：各区、县级市人民政府；配合单位：各区、市教育局）") == [
        ("各区、县级市人民政府", "lead"),
        ("各区", "support"),
        ("市教育局", "support"),
    ]


def test_words_behind_units_tell_their_role_behind_a_label_too() -> None:
    assert units("责任：县教育局牵头，县发改委、县财政局配合\n") == [
        ("县教育局", "lead"),
        ("县发改委", "support"),
        ("县财政局", "support"),
    ]
    assert units("责任单位：县教育局（牵头）、县财政局\n") == [("县教育局", "lead"), ("县财政局", "responsible")]


def test_a_role_behind_a_unit_says_so_of_those_of_its_clause() -> None:
    assert units("责任单位：县教育局、县财政局，各乡镇配合。\n") == [
        ("县教育局", "responsible"),
        ("县财政局", "responsible"),
        ("各乡镇", "support"),
    ]
    assert units("责任单位：各学校，由基教股牵头。\n") == [("各学校", "responsible"), ("基教股", "lead")]
    assert units("牵头单位：基教股、人事股、各学校配合。\n") == [
        ("基教股", "lead"),
        ("人事股", "lead"),
        ("各学校", "support"),
    ]
