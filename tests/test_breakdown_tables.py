"""Tables that break a plan's figures down by place: each value is a target of its column, of its row's place."""

from __future__ import annotations

import pytest
from docx_files import docx, table

from yaodian.checking import check
from yaodian.extraction import extract
from yaodian.model import Plan
from yaodian.reading import read_bytes

LINES = [
    "绍兴市教育局2024年工作要点",
    "一、扩大资源。新建学校六所。",
    "二、建强队伍。招聘教师九十名。",
]
CAPTION = "附件：2024年教育民生实事任务分解表"
ROWS = [
    ["序号", "县（市、区）", "新增学位（个）", "2025年培训教师（人次）", "备注"],
    ["1", "上虞区", "1200", "300", "无"],
    ["2", "诸暨市", "0.15万", "—", "含民办"],
    ["3", "合计", "2700", "300", "无"],
]
EXPECTED = [
    ("1200", 1200, "个", "新增学位", "2024", ["上虞区"], "2700"),
    ("300", 300, "人次", "培训教师", "2025", ["上虞区"], "300"),
    ("0.15万", 1500, "个", "新增学位", "2024", ["诸暨市"], "2700"),
    ("2700", 2700, "个", "新增学位", "2024", [], None),
    ("300", 300, "人次", "培训教师", "2025", [], None),
]


def _text(rows: list[str], caption: str = CAPTION) -> str:
    return "\n".join([*LINES, caption, *rows, ""])


def _html() -> str:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in [*LINES, CAPTION])}<table>{cells}</table></body></html>"


FORMS: dict[str, str | bytes] = {
    "tabs.txt": _text(["\t".join(row) for row in ROWS]),
    "bars.md": _text(["| " + " | ".join(row) + " |" for row in [ROWS[0], ["---"] * len(ROWS[0]), *ROWS[1:]]]),
    "blanks.txt": _text(["　　".join(row) for row in ROWS]),
    "page.html": _html(),
    "table.docx": docx(*LINES, CAPTION, table(*ROWS)),
}


def _plan(text: str | bytes, name: str = "plan.txt") -> Plan:
    plan = extract(read_bytes(text.encode() if isinstance(text, str) else text, name))
    assert all(plan.text[span.start : span.end] == span.quote for span in plan.spans())
    return plan


def _told(plan: Plan) -> list[tuple[object, ...]]:
    quotes = {target.id: target.span.quote for target in plan.targets}
    places = {place.id: place.span.quote for place in plan.places}
    return [
        (
            target.span.quote,
            target.value,
            target.unit,
            target.indicator,
            target.deadline,
            [places[place] for place in target.places],
            quotes[target.part_of] if target.part_of else None,
        )
        for target in plan.targets
        if target.item is None
    ]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_table_gives_the_same_targets(name: str) -> None:
    plan = _plan(FORMS[name], name)
    assert _told(plan) == EXPECTED
    assert [item.label for item in plan.items] == ["一", "二"]


def test_a_sum_that_its_rows_do_not_make_is_found() -> None:
    rows = ["\t".join(row) for row in ROWS]
    assert not [finding for finding in check(_plan(_text(rows))) if finding.code == "YD-T07"]
    wrong = _text([*rows[:-1], rows[-1].replace("2700", "2900")])
    (finding,) = [finding for finding in check(_plan(wrong)) if finding.code == "YD-T07"]
    assert finding.span is not None
    assert finding.span.quote == "2900"


@pytest.mark.parametrize("caption", ["附件：教育基本情况", "附件：各地任务完成情况"])
def test_a_table_of_what_there_is_plans_nothing(caption: str) -> None:
    assert not _told(_plan(_text(["\t".join(row) for row in ROWS], caption)))


def test_a_table_without_units_is_text() -> None:
    rows = [["县区", "学校数", "学生数"], ["上虞区", "35", "12000"], ["诸暨市", "41", "15000"]]
    assert not _told(_plan(_text(["\t".join(row) for row in rows])))
