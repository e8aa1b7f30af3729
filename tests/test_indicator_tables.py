"""Tables of indicators: each value is a target of its row's indicator, in its row's unit, by its column's year."""

from __future__ import annotations

import pdf_pages
import pytest
from docx_files import cell, docx, row, table

from yaodian.checking import check
from yaodian.derivation import derivations
from yaodian.extraction import extract
from yaodian.extraction.accounting import account
from yaodian.model import Plan, Target
from yaodian.reading import read_bytes

TITLE = "云岭市教育扩优提质行动方案（2024—2027年）"
PROSE = "一、主要目标\n到2027年，全市学位供给更加充足，办学水平明显提高。\n二、重点任务\n1.扩大资源。新建幼儿园6所。\n"
ROWS = [
    ["序号", "指标名称", "单位", "2022年（基期）", "2025年目标值", "2027年", "属性"],
    ["1", "公办园在园幼儿占比", "%", "51.5", "≥56", "60以上", "约束性"],
    ["2", "新增义务教育学位", "万个", "0.4", "1.2", "2.5", "预期性"],
    ["3", "学前教育毛入园率（%）", "—", "88.3", "90", "92", "预期性"],
]
# Words, indicator, value, bound, unit, status, year, its words, firmness.
EXPECTED = [
    ("51.5", "公办园在园幼儿占比", "51.5", "eq", "%", "achieved", "2022", "2022年", "stated"),
    ("56", "公办园在园幼儿占比", "56", "ge", "%", "planned", "2025", "2025年", "binding"),
    ("60以上", "公办园在园幼儿占比", "60", "ge", "%", "planned", "2027", "2027年", "binding"),
    ("0.4", "新增义务教育学位", "4000", "eq", "个", "achieved", "2022", "2022年", "stated"),
    ("1.2", "新增义务教育学位", "12000", "eq", "个", "planned", "2025", "2025年", "expected"),
    ("2.5", "新增义务教育学位", "25000", "eq", "个", "planned", "2027", "2027年", "expected"),
    ("88.3", "学前教育毛入园率", "88.3", "eq", "%", "achieved", "2022", "2022年", "stated"),
    ("90", "学前教育毛入园率", "90", "eq", "%", "planned", "2025", "2025年", "expected"),
    ("92", "学前教育毛入园率", "92", "eq", "%", "planned", "2027", "2027年", "expected"),
]


def _markdown(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _html(rows: list[list[str]]) -> str:
    cells = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
    paragraphs = "".join(f"<p>{line}</p>" for line in PROSE.splitlines())
    return f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{paragraphs}<table>{cells}</table></body></html>"


def _text(*lines: str) -> str:
    return "\n".join([TITLE, PROSE, "附件", "主要指标", *lines, ""])


FORMS: dict[str, str | bytes] = {
    "tabs.txt": _text(*("\t".join(row) for row in ROWS)),
    "bars.txt": _text(*("|".join(row) for row in ROWS)),
    "bars.md": _text(_markdown(ROWS)),
    "cells.txt": _text(*(cell for row in ROWS for cell in row)),
    "page.html": _html(ROWS),
    "table.docx": docx(TITLE, *PROSE.splitlines(), "附件", "主要指标", table(*ROWS)),
}


def _plan(text: str | bytes, name: str = "plan.txt") -> Plan:
    plan = extract(read_bytes(text.encode() if isinstance(text, str) else text, name))
    assert all(plan.text[span.start : span.end] == span.quote for span in plan.spans())
    return plan


def _tabled(plan: Plan) -> list[Target]:
    return [target for target in plan.targets if target.rule == "indicator table"]


def _found(*lines: str) -> list[tuple[str, str, str, str, str | None]]:
    """Words, indicator, unit, status and year of each value in a table with these lines."""
    return [(t.span.quote, t.indicator, t.unit, t.status, t.deadline) for t in _tabled(_plan(_text(*lines)))]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_table_gives_the_same_values(name: str) -> None:
    plan = _plan(FORMS[name], name)
    found = [
        (
            *(t.span.quote, t.indicator, f"{t.value:f}", t.comparator, t.unit, t.status),
            *(t.deadline, t.deadline_span.quote if t.deadline_span else "", t.bindingness),
        )
        for t in _tabled(plan)
    ]
    assert found == EXPECTED
    assert [t.span.quote for t in plan.targets if t.rule != "indicator table"] == ["6所"]
    assert [target.id for target in plan.targets] == [str(i) for i in range(1, 11)]
    assert [item.heading for item in plan.items] == ["扩大资源"]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_in_a_pdf_gives_the_same_values(ruled: bool) -> None:
    rows = [row[:6] for row in ROWS]
    plan = _plan(pdf_pages.ruled_table(rows, ruled=ruled), "plan.pdf")
    found = [(t.span.quote, t.indicator, f"{t.value:f}", t.comparator, t.unit) for t in _tabled(plan)]
    assert found == [expected[:5] for expected in EXPECTED]


def test_planned_values_start_from_the_one_that_is_there() -> None:
    targets = _tabled(_plan(FORMS["tabs.txt"], "tabs.txt"))
    assert [target.baseline for target in targets] == [None, "2", "2", None, "5", "5", None, "8", "8"]


def test_a_value_is_explained_by_its_row_and_column() -> None:
    plan = _plan(FORMS["tabs.txt"], "tabs.txt")
    (reasons,) = [dict(d.reasons) for d in derivations(plan, "zh") if d.quote == "60以上"]
    assert reasons["规则"] == "数字表（指标表、任务分解表等）中所在行、列的数"
    assert reasons["指标"].startswith("公办园在园幼儿占比")
    assert "2027年" in reasons["期限"]
    assert "约束性" in reasons["约束力"]
    assert "51.5" in reasons["基准"]


def test_cells_on_lines_of_their_own_end_where_no_row_follows() -> None:
    lines = ["指标", "2023年", "2025年", "集团化办学覆盖率", "41%", "70%", "公办园占比", "54.3%", "58%以上"]
    assert _found(*lines, "附件2", "2024年项目清单", "幼儿园", "4所") == [
        ("41%", "集团化办学覆盖率", "%", "achieved", "2023"),
        ("70%", "集团化办学覆盖率", "%", "planned", "2025"),
        ("54.3%", "公办园占比", "%", "achieved", "2023"),
        ("58%以上", "公办园占比", "%", "planned", "2025"),
    ]


@pytest.mark.parametrize("separator", ["\t", "\n"])
def test_a_category_is_printed_once_above_blank_cells(separator: str) -> None:
    rows = [
        ["类别", "指标", "单位", "现状值", "2027年"],
        ["学前教育", "毛入园率", "%", "88", "92"],
        ["", "普惠率", "%", "86", "90"],
        ["义务教育", "巩固率", "%", "96", "97"],
    ]
    assert _found(*(separator.join(row).lstrip("\n") for row in rows)) == [
        ("88", "学前教育毛入园率", "%", "achieved", None),
        ("92", "学前教育毛入园率", "%", "planned", "2027"),
        ("86", "学前教育普惠率", "%", "achieved", None),
        ("90", "学前教育普惠率", "%", "planned", "2027"),
        ("96", "义务教育巩固率", "%", "achieved", None),
        ("97", "义务教育巩固率", "%", "planned", "2027"),
    ]


def _merged(text: str, *, across: int = 1, down: bool | None = None) -> str:
    merge = "" if down is None else f'<w:vMerge w:val="{"restart" if down else "continue"}"/>'
    return cell(text, properties=f'<w:gridSpan w:val="{across}"/>{merge}')


MERGED_HTML = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>一、主要目标</p>
<p>到2027年，全市学位供给更加充足，办学水平明显提高。</p><table>
<tr><td rowspan=2 colspan=2>指标</td><td rowspan=2>2023年</td><td colspan=2>目标值</td></tr>
<tr><td>2025年</td><td>2027年</td></tr>
<tr><td rowspan=2>学前教育</td><td>毛入园率</td><td>88.3%</td><td>90%</td><td>92%</td></tr>
<tr><td>公办园在园幼儿占比</td><td>51.5%</td><td>56%</td><td>60%</td></tr>
<tr><td colspan=5>高中教育</td></tr><tr><td colspan=2>毛入学率</td><td>93%</td><td>94%</td><td>95%左右</td></tr>
</table></body></html>"""
MERGED_DOCX = docx(
    *(TITLE, "一、主要目标", "到2027年，全市学位供给更加充足，办学水平明显提高。"),
    table(
        row(_merged("指标", across=2, down=True), _merged("2023年", down=True), _merged("目标值", across=2)),
        row(_merged("", across=2, down=False), _merged("", down=False), "2025年", "2027年"),
        row(_merged("学前教育", down=True), "毛入园率", "88.3%", "90%", "92%"),
        row(_merged("", down=False), "公办园在园幼儿占比", "51.5%", "56%", "60%"),
        row(_merged("高中教育", across=5)),
        row(_merged("毛入学率", across=2), "93%", "94%", "95%左右"),
    ),
)


@pytest.mark.parametrize(("text", "name"), [(MERGED_HTML, "merged.html"), (MERGED_DOCX, "merged.docx")])
def test_merged_cells_head_columns_and_complete_short_names(text: str | bytes, name: str) -> None:
    found = [(t.span.quote, t.indicator, t.status, t.deadline) for t in _tabled(_plan(text, name))]
    assert found == [
        ("88.3%", "学前教育毛入园率", "achieved", "2023"),
        ("90%", "学前教育毛入园率", "planned", "2025"),
        ("92%", "学前教育毛入园率", "planned", "2027"),
        ("51.5%", "公办园在园幼儿占比", "achieved", "2023"),
        ("56%", "公办园在园幼儿占比", "planned", "2025"),
        ("60%", "公办园在园幼儿占比", "planned", "2027"),
        ("93%", "高中教育毛入学率", "achieved", "2023"),
        ("94%", "高中教育毛入学率", "planned", "2025"),
        ("95%左右", "高中教育毛入学率", "planned", "2027"),
    ]


def test_a_column_below_another_says_what_that_leaves_open() -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>一、主要目标</p>"
        "<p>到2027年，全市学位供给更加充足，办学水平明显提高。</p><table>"
        "<tr><td rowspan=2>类别</td><td rowspan=2>指标</td><td colspan=2>2025年</td></tr>"
        "<tr><td>目标值</td><td>实际值</td></tr>"
        "<tr><td>约束性</td><td>巩固率</td><td>96%</td><td>97%</td></tr></table></body></html>"
    )
    found = [
        (t.span.quote, t.indicator, t.status, t.deadline, t.bindingness) for t in _tabled(_plan(page, "page.html"))
    ]
    assert found == [
        ("96%", "巩固率", "planned", "2025", "binding"),
        ("97%", "巩固率", "achieved", "2025", "stated"),
    ]


@pytest.mark.parametrize(
    ("value", "unit", "quote", "read"),
    [
        ("[2.4]", "万个", "2.4", ("24000", None, "eq", "个")),
        ("＞95", "%", "95", ("95", None, "ge", "%")),
        ("不低于85%", "%", "不低于85%", ("85", None, "ge", "%")),
        ("3—5", "所", "3—5", ("3", "5", "range", "所")),
        ("2.4万", "人", "2.4万", ("24000", None, "eq", "人")),
        ("1,250", "万元", "1,250", ("12500000", None, "eq", "元")),
        ("14.5", "年", "14.5", ("14.5", None, "eq", "年")),
        ("14.5年", "年", "14.5年", ("14.5", None, "eq", "年")),
        ("95（省定）", "%", "95", ("95", None, "eq", "%")),
        ("七成以上", "—", "七成以上", ("70", None, "ge", "%")),
    ],
)
def test_a_value_has_the_unit_of_its_cell_or_of_its_row(
    value: str, unit: str, quote: str, read: tuple[str, str | None, str, str]
) -> None:
    (target,) = _tabled(_plan(_text("指标\t单位\t2027年", f"某项监测数值\t{unit}\t{value}")))
    high = None if target.value_max is None else f"{target.value_max:f}"
    assert target.span.quote == quote
    assert (f"{target.value:f}", high, target.comparator, target.unit) == read


@pytest.mark.parametrize("value", ["—", "全覆盖", "120", "新建幼儿园5所，新增学位900个", "2026年"])
def test_what_is_no_single_value_with_a_unit_is_read_as_ever(value: str) -> None:
    plan = _plan(_text("指标\t2023年\t2027年", f"学校\t41所\t{value}"))
    assert [target.span.quote for target in _tabled(plan)] == ["41所"]
    others = [t.span.quote for t in plan.targets if t.rule != "indicator table"]
    assert others == ["6所", *(["5所", "900个"] if "900" in value else [])]


def test_what_was_aimed_at_in_a_year_gone_by_is_no_result() -> None:
    lines = ["指标\t单位\t2023年目标值\t2023年实际值\t2024年目标值", "招聘教师\t名\t300\t320\t350"]
    assert [(status, year) for *_, status, year in _found(*lines)] == [
        ("planned", "2023"),
        ("achieved", "2023"),
        ("planned", "2024"),
    ]


def test_values_of_different_years_do_not_contradict_each_other() -> None:
    findings = check(_plan(FORMS["tabs.txt"], "tabs.txt"))
    assert not [finding for finding in findings if finding.code in ("YD-T09", "YD-T14", "YD-T18")]


def test_rows_that_name_who_does_it_stay_work_items() -> None:
    lines = [
        "序号\t重点任务\t主要指标\t单位\t现状值\t2025年目标\t责任单位\t完成时限",
        "1\t扩大学前教育资源\t新增学位\t个\t900\t1500\t学前教育科\t2025年9月底前",
        "2\t加强教师队伍建设\t招聘教师\t名\t280\t300\t人事科\t2025年全年",
    ]
    plan = _plan("\n".join(["云岭市教育局2025年工作要点任务分解表", *lines, ""]))
    assert [(item.heading, [unit.span.quote for unit in item.responsible]) for item in plan.items] == [
        ("扩大学前教育资源", ["学前教育科"]),
        ("加强教师队伍建设", ["人事科"]),
    ]
    assert [(t.span.quote, t.indicator, t.unit, t.item, t.status, t.deadline) for t in plan.targets] == [
        ("900", "新增学位", "个", "p1", "achieved", None),
        ("1500", "新增学位", "个", "p1", "planned", "2025"),
        ("280", "招聘教师", "名", "p2", "achieved", None),
        ("300", "招聘教师", "名", "p2", "planned", "2025"),
    ]
    assert account(plan).share == 1


def test_a_table_of_tasks_is_none_of_indicators() -> None:
    lines = [
        "序号\t重点任务\t工作目标\t责任单位",
        "1\t扩大资源\t新建学校3所，新增学位900个\t规划科",
        "2\t提质\t95%\t基教科",
    ]
    plan = _plan("\n".join(["云岭市教育局2025年工作要点任务分解表", *lines, ""]))
    assert not _tabled(plan)
    assert [target.span.quote for target in plan.targets] == ["3所", "900个", "95%"]


def test_columns_with_nothing_but_blanks_between_them() -> None:
    lines = [
        "一、重点任务",
        "1.扩大学位。新建学校3所，新增学位900个。",
        "二、2024年重点指标",
        "指标名称 单位 2023年完成 2024年目标 责任科室",
        "学前三年毛入园率 % 91.6 92.5 学前教育科",
        "中职招生数 人 20860 21000 职成教科",
        "以上指标按季调度。",
    ]
    plan = _plan("\n".join(["云岭市教育局2024年工作要点", *lines, ""]))
    assert [(t.span.quote, t.indicator, t.unit, t.status) for t in _tabled(plan)] == [
        ("91.6", "学前三年毛入园率", "%", "achieved"),
        ("92.5", "学前三年毛入园率", "%", "planned"),
        ("20860", "中职招生数", "人", "achieved"),
        ("21000", "中职招生数", "人", "planned"),
    ]
    assert [item.heading for item in plan.items] == ["扩大学位"]  # who answers for an indicator makes it no work
    assert [unit.span.quote for unit in plan.responsible] == ["学前教育科", "职成教科"]


def test_a_sentence_with_blanks_is_no_table() -> None:
    plan = _plan("云岭市教育局2024年工作要点\n指标 单位 2023年 2024年\n学位 供给 要 扩大\n师资 队伍 要 加强\n")
    assert not plan.document.tables
