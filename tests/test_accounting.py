"""Every character of a body has a place, or is reported."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from yaodian.extraction import extract
from yaodian.extraction.accounting import account
from yaodian.interchange import to_json
from yaodian.reading import read, read_bytes

PLAN = """青岚市教育局2024年工作要点

2024年,全市教育工作以高质量发展为主线,重点抓好以下工作,办好人民满意的教育。

一、资源供给

1.推进学校建设。新建学校6所。

{}2.优化学校布局。编制专项规划。

3.做好招生工作。坚持免试就近入学。

青岚市教育局
2024年3月1日
"""


def test_roles_of_a_whole_plan() -> None:
    found = account(extract(read_bytes(PLAN.format("").encode(), "plan.txt")))
    assert [segment.role for segment in found.segments] == [
        "title", "introduction", "heading", "item", "item", "item", "closing", "closing",
    ]  # fmt: skip
    assert (found.share, found.unaccounted) == (1.0, ())


def test_segments_follow_each_other_and_quote_the_text() -> None:
    plan = extract(read_bytes(PLAN.format("").encode(), "plan.txt"))
    segments = account(plan).segments
    assert all(plan.text[s.span.start : s.span.end] == s.span.quote for s in segments)
    assert all(a.span.end <= b.span.start for a, b in pairwise(segments))


def test_page_numbers_are_furniture() -> None:
    found = account(extract(read_bytes(PLAN.format("- 2 -\n\n").encode(), "plan.txt")))
    assert "furniture" in [segment.role for segment in found.segments]
    assert found.share == 1.0


@pytest.mark.parametrize(
    "name", ["yunchuan-2023.txt", "yunchuan-2024.txt", "yuanning-2022-2023.txt", "qinglan-2023.html"]
)
def test_the_examples_are_accounted_for(examples_dir: Path, name: str) -> None:
    assert account(extract(read(examples_dir / name))).share == 1.0


def test_the_real_plans_are_accounted_for(shared_dir: Path) -> None:
    for path in sorted((shared_dir / "seeds").iterdir()):
        assert account(extract(read(path))).share > 0.98


def _roles(body: str) -> list[tuple[str, str]]:
    """What each line of a text below a title is, with its first words."""
    plan = extract(read_bytes(f"青岚市教育局2024年工作要点\n{body}".encode(), "plan.txt"))
    return [(segment.role, segment.span.quote.split("。")[0]) for segment in account(plan).segments][1:]


ITEMS = "一、任务\n1.建好学校。新建学校3所。\n2.配好教师。招聘教师30人。\n3.守好安全。新建警务室3个。\n"


def test_lines_outside_the_body_count() -> None:
    text = f"本期内容\n青岚市教育局2024年工作要点\n{ITEMS}Public domain\n"
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    found = account(plan)
    assert [span.quote for span in found.unaccounted] == ["本期内容", "Public domain"]
    assert 0.7 < found.share < 0.8
    assert [(p.code, p.start) for p in plan.problems] == [
        ("unaccounted-text", 0),
        ("unaccounted-text", text.index("Public")),
    ]
    assert "4 characters" in plan.problems[0].message
    assert "“本期内容”" in plan.problems[0].message


def test_lines_without_a_place_in_a_row_are_one_problem() -> None:
    stages = f"第一阶段动员部署\n第二阶段{'组织实施' * 20}\n"
    text = f"青岚市教育局2024年工作要点\n{ITEMS}4.办好食堂。新建1个。\n{stages}二、保障\n5.加强领导。压实责任。\n"
    (problem,) = extract(read_bytes(text.encode(), "plan.txt")).problems
    assert (problem.start, problem.end) == (text.index("第一阶段"), text.index("\n二、保障"))
    assert len(problem.message) < 120


def test_attachments_and_tables_have_roles_of_their_own() -> None:
    attached = "青岚市教育局\n2024年3月1日\n附件1\n重点任务分解\n序号\t任务\n1\t新建学校3所\n"
    assert _roles(ITEMS + attached)[4:] == [
        ("closing", "青岚市教育局"),
        ("closing", "2024年3月1日"),
        ("attachment", "附件1"),
        ("attachment", "重点任务分解"),
        ("table", "序号\t任务"),
        ("table", "1\t新建学校3所"),
    ]


def test_a_table_among_the_aims() -> None:
    assert _roles("一、主要目标\n指标\t2023年\t2024年\n学位\t1万个\t2万个\n" + ITEMS.replace("一", "二"))[:3] == [
        ("heading", "一、主要目标"),
        ("table", "指标\t2023年\t2024年"),
        ("table", "学位\t1万个\t2万个"),
    ]


def test_numbered_aims_introduce() -> None:
    aims = "一、基本原则\n1.坚持育人为本。面向全体。\n2.坚持改革创新。协同推进。\n"
    assert [role for role, _ in _roles(aims + ITEMS.replace("一", "二"))][:3] == ["heading", *["introduction"] * 2]


def test_a_sentence_that_ends_like_an_office_is_no_signature() -> None:
    assert _roles(f"2024年，奋力开创教育新格局\n{ITEMS}")[0] == ("introduction", "2024年，奋力开创教育新格局")
    assert _roles(ITEMS.removesuffix("\n") + "\n奋力开创全市教育新格局\n")[-1][0] != "closing"


def test_what_the_json_says_of_each_line() -> None:
    text = f"来源：青岚市教育局\n青岚市教育局2024年工作要点\n{ITEMS}打印本页\n"
    segments = to_json(extract(read_bytes(text.encode(), "plan.txt")))["segments"]
    assert [segment["role"] for segment in segments] == [
        "metadata", "title", "heading", "item", "item", "item", "furniture",
    ]  # fmt: skip
    assert text[segments[1]["start"] : segments[1]["end"]] == "青岚市教育局2024年工作要点"
