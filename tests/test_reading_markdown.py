"""Markdown: the text stays the file's, and what is found in it is what a reader of the shown page finds."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.extraction import extract
from yaodian.extraction.accounting import account
from yaodian.model import Plan
from yaodian.reading import read_bytes
from yaodian.reading.cutting import cut
from yaodian.reading.markdown import without_marks

TITLE = "云岭市教育局2024年工作要点"
MARKED = f"""---
title: {TITLE}
tags: [教育]
---
# **{TITLE}**

## 一、扩大资源

**1\\. 增加学位供给。** 新建**12**所学校，新增学位**3000个**以上，覆盖率达到`85%`。落实[《关于办好教育的意见》](https://a.cn/b "意见")。

- **2. 提升质量。**培训教师*200*人次，开展教研活动30场次。（牵头单位：**学前教育科**）

二、深化改革
---

### 3.建强队伍 ###
招聘教师~~200名~~300名。
> 4、守住安全。隐患整改率达到100%。
<!-- 5.这一条
不要。 -->
[意见]: https://a.cn/c

***

- 1 -
"""
PLAIN = f"""{TITLE}
一、扩大资源
1. 增加学位供给。 新建12所学校，新增学位3000个以上，覆盖率达到85%。落实《关于办好教育的意见》。
2. 提升质量。培训教师200人次，开展教研活动30场次。（牵头单位：学前教育科）
二、深化改革
3.建强队伍
招聘教师300名。
4、守住安全。隐患整改率达到100%。
- 1 -
"""


def _plan(text: str, name: str = "plan.md") -> Plan:
    plan = extract(read_bytes(text.encode(), name))
    assert plan.text == text
    assert all(text[span.start : span.end] == span.quote for span in plan.spans())
    return plan


def _said(plan: Plan) -> tuple[object, ...]:
    return (
        plan.facts.title,
        [(section.label, section.heading) for section in plan.sections],
        [(item.label, item.heading, item.section) for item in plan.items],
        [(target.value, target.indicator, target.comparator, target.item) for target in plan.targets],
        [reference.title for reference in plan.policies],
        [unit.item for unit in plan.responsible],
    )


@pytest.mark.parametrize("name", ["plan.md", "plan.txt"])
def test_a_marked_text_says_what_the_plain_one_says(name: str) -> None:
    marked = _plan(MARKED, name)
    assert marked.document.media_type == "text/markdown"
    assert _said(marked) == _said(_plan(PLAIN, "plain.txt"))
    assert [target.span.quote for target in marked.targets][:2] == ["12**所", "3000个**以上"]
    assert marked.document.title_hint == TITLE
    assert account(marked).share == 1


def test_windows_line_ends_change_nothing() -> None:
    assert _said(_plan(MARKED.replace("\n", "\r\n"))) == _said(_plan(MARKED))


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("## 一、总体要求 ##", "一、总体要求"),
        ("##一、总体要求", "一、总体要求"),
        ("> > * [x] 完成", "完成"),
        ("完成率5\\*3", "完成率5*3"),
        ("由___年__月", "由___年__月"),
        ("文件_2024_终稿", "文件_2024_终稿"),
        ("见[附件](a.docx)和![图](b.png)", "见附件和图"),
        ("常教发[2024]（3号）和[2024](3号)", "常教发[2024]（3号）和[2024](3号)"),
        ("见[意见][1]", "见意见"),
        ("``` \n# 不是标题\n```", "\n# 不是标题\n"),
        ("共*一次*、_二次_、__三次__、***四次***", "共一次、二次、三次、四次"),
        ("成本 < 3 万 <b>元</b>", "成本 < 3 万 元"),
        ("行末\\\n下一行", "行末\n下一行"),
        ("#1 楼", "#1 楼"),
    ],
)
def test_marks_are_told_from_text(printed: str, shown: str) -> None:
    assert without_marks(printed).text == shown


def test_one_marked_line_does_not_make_a_text_markdown() -> None:
    assert _plan(f"# {TITLE}\n1.扩大资源。新建*3*所。\n", "plan.txt").document.media_type == "text/plain"


@pytest.mark.parametrize(
    "piece", ["[", "**", "*a", "[a](", "<b", "`", "_a", "~~a", "<!--", "> ", "- - ", "\\", "---\na: b\n"]
)
def test_hostile_marks_cost_no_more_than_their_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        taken = []
        for _ in range(2):
            began = time.process_time()
            without_marks(text)
            taken.append(time.process_time() - began)
        return min(taken)

    assert seconds(200_000) < 12 * seconds(50_000) + 0.1


@given(st.text("一1.*_#`[]()-~\\<b> \n|", max_size=60))
def test_what_is_left_stands_where_it_says(text: str) -> None:
    left = without_marks(text)
    assert left.text.count("\n") == text.count("\n")
    for offset, character in enumerate(left.text):
        start, end = left.as_printed(offset, offset + 1)
        assert text[start:end] == character
        assert left.left_of(start, end) == (offset, offset + 1)


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted), max_size=5))
def test_cuts_take_away_what_they_cover_and_nothing_else(text: str, stretches: list[list[int]]) -> None:
    covered = {offset for start, end in stretches for offset in range(start, end)}
    left = cut(text, [(start, min(end, len(text))) for start, end in stretches if start < len(text)])
    assert left.text == "".join(c for offset, c in enumerate(text) if offset not in covered)
    offsets = [left.as_printed(offset, offset + 1)[0] for offset in range(len(left.text))]
    assert all(one < other for one, other in pairwise(offsets))


def test_what_stands_around_the_document_is_told_at_its_place_in_the_file() -> None:
    text = "# 云岭市教育局2024年工作要点\n\n**一、扩大资源**\n\n1.增加学位。新建学校3所。\n\n上一篇：*无*\n\n网站地图\n"
    document = read_bytes(text.encode(), "plan.md")
    assert [segment.span.quote for segment in document.around] == ["上一篇：*无", "网站地图"]
    assert extract(document).items[0].heading == "增加学位"
