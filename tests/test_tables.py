"""Task tables: their rows are work items, with targets, responsible units and deadlines in their columns."""

from __future__ import annotations

import pytest
from docx_files import cell, docx, row, table
from hypothesis import given
from hypothesis import strategies as st

from yaodian.extraction import extract
from yaodian.extraction.accounting import account
from yaodian.model import Item, Plan
from yaodian.rdf.convert import to_rdflib
from yaodian.reading import read_bytes
from yaodian.reading.table_headers import column_kind

TITLE = "云岭市教育局2024年工作要点任务分解表"
ROWS = [
    ["序号", "重点任务", "工作目标", "牵头单位", "配合单位", "完成时限"],
    ["1", "扩大学前教育资源", "新建公办幼儿园5所，新增学位1500个", "学前教育科", "规划科、各县区教育局", "9月底前"],
    ["2", "深化课堂教学改革", "培育市级示范校20所", "基教科", "教科院", "全年"],
    ["3", "加强教师队伍建设", "招聘教师300名", "人事科", "财务科和师训中心", "第三季度"],
]
EXPECTED = [
    ("1", "扩大学前教育资源", ["学前教育科", "规划科", "各县区教育局"], "2024-09-30"),
    ("2", "深化课堂教学改革", ["基教科", "教科院"], "2024"),
    ("3", "加强教师队伍建设", ["人事科", "财务科", "师训中心"], "2024-09-30"),
]


def _html(rows: list[list[str]]) -> str:
    cells = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><table>{cells}</table></body></html>"


def _markdown(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return f"# {TITLE}\n\n" + "\n".join(lines) + "\n"


FORMS: dict[str, str | bytes] = {
    "tabs.txt": TITLE + "\n" + "\n".join("\t".join(row) for row in ROWS) + "\n",
    "bars.md": _markdown(ROWS),
    "page.html": _html(ROWS),
    "table.docx": docx(TITLE, table(*ROWS)),
    "cells.txt": TITLE + "\n" + "\n".join(cell for row in ROWS for cell in row) + "\n",
}


def _plan(text: str | bytes, name: str) -> Plan:
    plan = extract(read_bytes(text.encode() if isinstance(text, str) else text, name))
    assert all(plan.text[span.start : span.end] == span.quote for span in plan.spans())
    return plan


def _units(item: Item) -> list[str]:
    return [unit.span.quote for unit in item.responsible]


def test_a_table_of_lines_may_go_on_with_numbers_and_break_its_cells() -> None:
    rows = [[str(int(row[0]) + 10), *row[1:]] if row[0].isdigit() else row for row in ROWS]
    lines = "\n".join(cell.replace("规划科、各", "规划科、\n各") for row in rows for cell in row)
    plan = _plan(f"{TITLE}\n一要压实责任。各单位要认真落实，按时报送进展。\n二要加强督查。\n{lines}\n", "cells.txt")
    assert [(item.label, item.heading, _units(item)) for item in plan.items] == [
        (str(int(label) + 10), heading, units) for label, heading, units, _ in EXPECTED
    ]


def test_cells_of_a_table_of_lines_may_take_several() -> None:
    rows = [
        [ROWS[0][0], *ROWS[0][1:3], "责任单位", ROWS[0][-1]],
        ["1", "扩大学前教育资源", "（1）新建公办幼儿园5所。\n（2）新增学位1500个。", "学前教育科\n规划科", "9月底前"],
        ["2", "深化课堂教学改革", "培育市级示范校20所。", "牵头单位：基教科\n配合单位：教科院", "全年"],
        ["3", "加强教师队伍建设", "招聘教师300名。", "人事科", "第三季度"],
    ]
    plan = _plan(f"{TITLE}\n" + "\n".join(cell for row in rows for cell in row) + "\n", "cells.txt")
    assert [(i.label, i.heading, _units(i), i.deadline) for i in plan.items] == [
        ("1", "扩大学前教育资源", ["学前教育科", "规划科"], "2024-09-30"),
        ("2", "深化课堂教学改革", ["基教科", "教科院"], "2024"),
        ("3", "加强教师队伍建设", ["人事科"], "2024-09-30"),
    ]
    assert len(plan.items[0].measures) == 2


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_table_gives_the_same_items(name: str) -> None:
    plan = _plan(FORMS[name], name)
    assert plan.facts.title == TITLE
    assert [(i.label, i.heading, _units(i), i.deadline) for i in plan.items] == EXPECTED
    assert [unit.role for unit in plan.items[0].responsible] == ["lead", "support", "support"]
    found = [(t.span.quote, t.indicator, t.item, t.deadline) for t in plan.targets]
    assert found == [
        ("5所", "新建公办幼儿园", "p1", "2024-09-30"),
        ("1500个", "新增学位", "p1", "2024-09-30"),
        ("20所", "培育市级示范校", "p2", "2024"),
        ("300名", "招聘教师", "p3", "2024-09-30"),
    ]
    assert account(plan).share == 1


MERGED = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>
<p>一、总体要求</p><p>落实立德树人根本任务，扩大优质教育资源，办好人民满意的教育。</p><p>二、重点任务</p>
<table><tr><th rowspan=2>序号</th><th rowspan=2>类别</th><th rowspan=2>工作任务</th><th rowspan=2>具体措施</th>
<th colspan=2>责任单位</th><th rowspan=2>完成时限</th></tr><tr><th>牵头单位</th><th>配合单位</th></tr>
<tr><td>1</td><td rowspan=2>资源扩容</td><td rowspan=2>扩大学位供给</td><td>新建学校3所</td>
<td rowspan=3>规划科</td><td>财务科</td><td>6月底前</td></tr>
<tr><td></td><td>改扩建幼儿园5所</td><td><p>学前科</p><p>基教科</p></td><td>11月底前</td></tr>
<tr><td>2</td><td>质量提升</td><td>推进集团化办学</td><td>组建教育集团10个</td><td>基教科</td><td>持续推进</td></tr>
</table><p>三、保障措施</p><p>（一）加强领导。各单位要压实责任，确保任务落实。</p>
<p>（二）加强督查。每季度通报一次进展情况，发现问题及时整改。</p></body></html>"""


def _merged(text: str, *, across: int = 1, down: bool | None = None) -> str:
    """A Word table's cell that is merged: with cells to its right, and as the first of a column or as one below it."""
    merge = "" if down is None else f'<w:vMerge w:val="{"restart" if down else "continue"}"/>'
    return cell(text, properties=f'<w:gridSpan w:val="{across}"/>{merge}')


MERGED_DOCX = docx(
    *(TITLE, "一、总体要求", "落实立德树人根本任务，扩大优质教育资源，办好人民满意的教育。", "二、重点任务"),
    table(
        row(
            *(_merged(name, down=True) for name in ("序号", "类别", "工作任务", "具体措施")),
            *(_merged("责任单位", across=2), _merged("完成时限", down=True)),
        ),
        row(*(_merged("", down=False) for _ in range(4)), "牵头单位", "配合单位", _merged("", down=False)),
        row(
            *("1", _merged("资源扩容", down=True), _merged("扩大学位供给", down=True), "新建学校3所"),
            *(_merged("规划科", down=True), "财务科", "6月底前"),
        ),
        row(
            *("", _merged("", down=False), _merged("", down=False), "改扩建幼儿园5所", _merged("", down=False)),
            *(cell("学前科", "基教科"), "11月底前"),
        ),
        row("2", "质量提升", "推进集团化办学", "组建教育集团10个", _merged("", down=False), "基教科", "持续推进"),
    ),
    *("三、保障措施", "（一）加强领导。各单位要压实责任，确保任务落实。"),
    "（二）加强督查。每季度通报一次进展情况，发现问题及时整改。",
)


@pytest.mark.parametrize(("text", "name"), [(MERGED, "merged.html"), (MERGED_DOCX, "merged.docx")])
def test_merged_cells_hold_for_all_the_rows_they_cover(text: str | bytes, name: str) -> None:
    plan = _plan(text, name)
    sections = {section.id: (section.heading, section.level) for section in plan.sections}
    first, second, *others = plan.items
    assert (first.heading, sections[first.section or ""]) == ("扩大学位供给", ("资源扩容", 2))
    assert [measure.span.quote for measure in first.measures] == ["新建学校3所", "改扩建幼儿园5所"]
    assert _units(first) == ["规划科", "财务科", "学前科", "基教科"]
    assert [target.deadline for target in first.targets] == ["2024-06-30", "2024-11-30"]
    assert first.deadline == "2024-11-30"
    assert (second.heading, sections[second.section or ""]) == ("推进集团化办学", ("质量提升", 2))
    assert _units(second) == ["规划科", "基教科"]
    assert second.deadline is None
    assert [item.heading for item in others] == ["加强领导", "加强督查"]
    assert account(plan).share == 1


def test_a_deadline_behind_a_label_holds_for_the_item_and_its_targets() -> None:
    text = (
        "云岭市教育局2024年工作要点\n一、主要任务\n"
        "1.扩大资源。新建学校3所，新增学位3000个。（责任单位：规划科；完成时限：2024年8月）\n"
        "2.提升质量。6月底前培训教师200人次，完成教研活动30场次。（责任单位：教科院；完成时间：长期坚持）\n"
    )
    plan = _plan(text, "plan.txt")
    assert [item.deadline for item in plan.items] == ["2024-08-31", None]
    assert [target.deadline for target in plan.targets] == ["2024-08-31", "2024-08-31", "2024-06-30", "2024-06-30"]
    graph = to_rdflib(plan)
    asked = """PREFIX yd: <https://w3id.org/yaodian/ns#>
        SELECT ?end WHERE { ?item a yd:PlanItem ; yd:deadline ?end ; yd:deadlineSpan ?span }"""
    assert [str(row[0]) for row in graph.query(asked)] == ["2024-08-31"]  # type: ignore[index]


def test_an_item_without_targets_has_the_last_day_that_it_promises() -> None:
    text = (
        "云岭市教育局2024年工作要点\n一、主要任务\n"
        "1.做好筹备。3月15日前召开全市会议，6月底前完成改革任务。\n"
        "2.扩大资源。9月底前新建学校3所。\n"
        "3.抓好考试。做好6月底考试的组织工作，提升1至3月份检查的质量。\n"
    )
    plan = _plan(text, "plan.txt")
    assert [item.deadline for item in plan.items] == ["2024-06-30", None, None]
    assert plan.items[0].deadline_span is not None
    assert plan.items[0].deadline_span.quote == "6月底前"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2024年6月30日前", "2024-06-30"),
        ("2024.6.30", "2024-06-30"),
        ("3月—6月", "2024-06-30"),
        ("5月中旬", "2024-05-20"),
        ("第二季度", "2024-06-30"),
        ("上半年", "2024-06-30"),
        ("年底前", "2024-12-31"),
        ("全年", "2024"),
        ("2025年", "2025"),
        ("长期坚持", None),
        ("2月30日", None),
    ],
)
def test_deadlines_in_a_column_are_dates(words: str, expected: str | None) -> None:
    rows = [ROWS[0], *([*row[:5], words] for row in ROWS[1:])]
    plan = _plan(_html(rows), "page.html")
    assert [item.deadline for item in plan.items] == [expected] * 3


def test_lines_among_the_rows_head_those_below_them() -> None:
    rows = [["序号", "重点任务", "主要目标及措施", "责任单位"], *([*row[:3], row[3]] for row in ROWS[1:])]
    lines = ["\t".join(row) for row in rows]
    text = "\n".join([TITLE, lines[0], "一、优化资源供给", lines[1], "二、提高育人质量", lines[2], lines[3]])
    plan = _plan(text + "\n", "plan.txt")
    assert [(item.label, item.heading, _units(item)) for item in plan.items] == [
        (number, heading, units[:1]) for number, heading, units, _ in EXPECTED
    ]
    assert [section.heading for section in plan.sections] == ["优化资源供给", "提高育人质量"]


def test_a_line_between_two_tables_heads_no_rows() -> None:
    rows = ["\t".join(row) for row in ROWS]
    plan = _plan("\n".join([TITLE, *rows, "附件2：任务分解表（续）", *rows]) + "\n", "plan.txt")
    assert [item.heading for item in plan.items] == [heading for _, heading, *_ in EXPECTED] * 2


def test_a_table_that_lists_no_work_makes_no_items() -> None:
    rows = [["县区", "学校数", "学生数"], ["东山县", "35", "12000"], ["西河县", "41", "15000"]]
    text = "云岭市教育局2024年工作要点\n1.扩大资源。新建学校3所。\n2.提升质量。培训教师200人次。\n附件：基本情况\n"
    plan = _plan(text + "\n".join("\t".join(row) for row in rows) + "\n", "plan.txt")
    assert [item.label for item in plan.items] == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("序  号", "ordinal"),
        ("责任单位（科室）", "responsible"),
        ("牵头科室", "lead"),
        ("责任领导", "person"),
        ("完成时间节点", "deadline"),
        ("年度目标", "target"),
        ("工作举措", "measures"),
        ("重点工作任务", "task"),
        ("学校名称", None),
    ],
)
def test_names_of_columns_tell_what_they_hold(name: str, kind: str | None) -> None:
    assert column_kind(name) == kind


WORDS = st.text("新建学校培训教师推进改革落实项目", min_size=4, max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8), st.sampled_from(["tabs", "bars", "page", "word"]))
def test_each_row_is_one_item_with_its_units(rows: list[tuple[str, str]], form: str) -> None:
    rows_of = [["序号", "工作任务", "责任科室"]]
    rows_of += [[str(n), task, f"{unit}科"] for n, (task, unit) in enumerate(rows, 1)]
    text = {
        "tabs": TITLE + "\n" + "\n".join("\t".join(row) for row in rows_of),
        "bars": _markdown(rows_of),
        "page": _html(rows_of),
        "word": docx(TITLE, table(*rows_of)),
    }[form]
    plan = _plan(text, {"page": "page.html", "word": "plan.docx"}.get(form, "plan.txt"))
    assert [item.heading for item in plan.items] == [task for task, _ in rows]
    assert [item.label for item in plan.items] == [str(n) for n in range(1, len(rows) + 1)]
    assert [_units(item)[-1] for item in plan.items] == [f"{unit}科" for _, unit in rows]


def test_an_item_right_above_a_table_keeps_its_words() -> None:
    text = (
        "云岭市教育局2024年工作要点\n1.扩大资源。新建学校3所。\n2.提升质量。培训教师200人次。\n"
        "序号\t重点任务\t责任单位\n1\t新建幼儿园2所\t学前科\n2\t招聘教师90名\t人事科\n"
    )
    plan = _plan(text, "plan.txt")
    assert [item.heading for item in plan.items] == ["扩大资源", "提升质量", "新建幼儿园2所", "招聘教师90名"]
    assert account(plan).share == 1
