"""Line ends and blanks that a text prints as something else are read as what they mean, at the same offsets."""

from __future__ import annotations

from unicodedata import name

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.extraction import extract
from yaodian.extraction.accounting import account
from yaodian.model import Plan
from yaodian.reading import read_bytes
from yaodian.reading.regular import regular

LINES = [
    "云岭市教育局2023年工作总结",
    "一、2023年工作回顾",
    "过去的一年，全市教育系统攻坚克难，圆满完成了各项工作任务。",
    "（一）扩大资源。新建学校3所，新增学位3000个。",
    "（二）提升质量。培训教师200人次，开展教研活动30场次。",
    "（三）守住安全。隐患整改率达到100%。",
]


def _plan(text: str) -> Plan:
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert plan.text == text
    assert all(text[span.start : span.end] == span.quote for span in plan.spans())
    return plan


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\\r\\n", "\\n", "\\r"])
def test_every_line_end_gives_the_same_plan(end: str) -> None:
    plan = _plan(end.join(LINES))
    assert plan.facts.title == LINES[0]
    assert [item.heading for item in plan.items] == ["扩大资源", "提升质量", "守住安全"]
    assert {target.status for target in plan.targets} == {"achieved"}
    assert account(plan).share == 1


def test_blanks_printed_as_entities_part_words() -> None:
    plan = _plan("\n".join(LINES).replace("（二）", "&nbsp;&nbsp;（二）"))
    assert [item.label for item in plan.items] == ["一", "二", "三"]


def test_backslashes_of_paths_and_formulas_stay() -> None:
    assert regular(r"D:\new\readme.txt") == r"D:\new\readme.txt"


def test_radicals_of_a_copied_pdf_are_read_as_the_characters_they_stand_for() -> None:
    printed = "\n".join(LINES).translate(str.maketrans("工一二立力", "⼯⼀⼆⽴⼒"))
    printed = printed.replace("年", "\uf98e")
    plan = _plan(printed)
    assert plan.facts.title == LINES[0]
    assert [item.label for item in plan.items] == ["一", "二", "三"]
    assert plan.items[0].span.quote.startswith("（⼀）扩大资源")


def test_every_radical_that_has_an_ideograph_is_known() -> None:
    kangxi = [chr(code) for code in range(0x2F00, 0x2FD6)]
    supplement = [chr(code) for code in range(0x2E80, 0x2EF4) if name(chr(code), "")]
    assert len(supplement) == 115
    unknown = [radical for radical in (*kangxi, *supplement) if regular(radical) == radical]
    assert unknown == ["\u2e80"]
    assert regular("⽬⽯⻩⻝⺠⻓豈\U0002f800") == "目石黄食民长豈丽"


@given(st.text(alphabet="\\rn\r\n\u2028 新建&nbsp;一、⽬⻩\uf900\U0002fa1d"))
def test_offsets_hold(text: str) -> None:
    assert len(regular(text)) == len(text)
    assert regular(regular(text)) == regular(text)
