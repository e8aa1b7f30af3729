"""What holds for every document, whatever it says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yaodian.extraction import extract
from yaodian.model import Plan
from yaodian.reading import read_bytes

HEADINGS = ["加强政治建设", "推进学校建设", "深化课程改革", "建强教师队伍", "守护校园安全", "落实“双减”政策"]
SENTENCES = [
    "新建学校6所,新增学位0.8万个。",
    "出台《青岚市学前教育发展提升行动计划》,普惠率达90%以上。",
    "组织教师120人次赴武汉、宜昌跟岗学习。",
    "一是健全机制。二是压实责任。三是强化考核。",
    "责任单位:市教育局、市财政局。",
    "建设幼儿园20所左右,其中新建12所、改扩建8所。",
    "落实《关于全面加强和改进新时代学校体育工作的意见》,习近平总书记的重要论述要入脑入心。",
    "XX县要在年底前完成“一县一策”方案(20232023年)。",
    "办复率达到20230%,投诉按时办结率为100%,“问题清零。",
]
items = st.lists(
    st.tuples(st.sampled_from(HEADINGS), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)),
    min_size=2,
    max_size=6,
)


def text_of(chosen: list[tuple[str, list[str]]]) -> str:
    lines = [
        "青岚市教育局2024年工作要点",
        "",
        "2024年,全市教育工作以高质量发展为主线,办好人民满意的教育,重点抓好以下工作。",
        "",
        "一、重点任务",
    ]
    lines += [f"{n}.{heading}。{''.join(sentences)}" for n, (heading, sentences) in enumerate(chosen, 1)]
    return "\n".join(lines)


def plan_of(text: str) -> Plan:
    return extract(read_bytes(text.encode(), "plan.txt"))


@settings(max_examples=60, deadline=None)
@given(items)
def test_every_span_quotes_the_text(chosen: list[tuple[str, list[str]]]) -> None:
    plan = plan_of(text_of(chosen))
    for span in plan.spans():
        assert plan.text[span.start : span.end] == span.quote


@settings(max_examples=60, deadline=None)
@given(items)
def test_what_an_item_holds_lies_inside_it(chosen: list[tuple[str, list[str]]]) -> None:
    plan = plan_of(text_of(chosen))
    assert len(plan.items) == len(chosen)
    for item in plan.items:
        held = [*item.measures, *item.targets, *item.policies, *item.places, *item.institutions, *item.responsible]
        assert all(item.span.start <= thing.span.start and thing.span.end <= item.span.end for thing in held)
    for before, after in zip(plan.items, plan.items[1:], strict=False):
        assert before.span.end <= after.span.start


@settings(max_examples=40, deadline=None)
@given(items)
def test_furniture_around_a_document_changes_nothing_inside(chosen: list[tuple[str, list[str]]]) -> None:
    text = text_of(chosen)
    head = "您当前的位置: 首页 >> 政务公开 >> 正文\n浏览次数: 128\n\n"
    bare, wrapped = plan_of(text), plan_of(head + text + "\n\n扫一扫在手机打开当前页\n")
    assert wrapped.document.body.quote == bare.document.body.quote
    assert _shape(wrapped) == _shape(bare)


@settings(max_examples=40, deadline=None)
@given(items)
def test_renumbering_changes_only_labels(chosen: list[tuple[str, list[str]]]) -> None:
    text = text_of(chosen)
    renumbered = re.sub(r"(?m)^(\d)\.", lambda m: f"（{'一二三四五六'[int(m[1]) - 1]}）", text)
    assert [i.heading for i in plan_of(renumbered).items] == [i.heading for i in plan_of(text).items]


@settings(max_examples=40, deadline=None)
@given(items)
def test_full_width_digits_give_equal_values(chosen: list[tuple[str, list[str]]]) -> None:
    text = text_of(chosen)
    wide = re.sub(
        r"(?<=[，,。建增校师园所达])\d[\d.]*",
        lambda m: m[0].translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
        text,
    )
    assert [(t.value, t.unit) for t in plan_of(wide).targets] == [(t.value, t.unit) for t in plan_of(text).targets]


@settings(max_examples=30, deadline=None)
@given(items, items)
def test_two_plans_in_one_text_yield_both(
    first: list[tuple[str, list[str]]], second: list[tuple[str, list[str]]]
) -> None:
    texts = text_of(first), text_of(second).replace("青岚市", "宜昌市")
    both = plan_of("\n\n".join(texts))
    alone = [plan_of(text) for text in texts]
    assert [i.text for i in both.items] == [i.text for plan in alone for i in plan.items]
    assert [t.span.quote for t in both.targets] == [t.span.quote for plan in alone for t in plan.targets]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="一二三、。（）()1２.是学校新增所个%年《》“”\n 　XX市|第章①", min_size=1, max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    if not text.strip():
        return
    plan = plan_of("题" + text)
    for span in plan.spans():
        assert plan.text[span.start : span.end] == span.quote


@pytest.mark.parametrize("text", ["题", "一", "1.", "（一）", "。", "《", "\ufeff题目"])
def test_the_smallest_texts_are_read(text: str) -> None:
    assert plan_of(text).items == () or plan_of(text).items


def _shape(plan: Plan) -> list[object]:
    return [
        [(i.id, i.heading, i.text, [t.code for t in i.themes]) for i in plan.items],
        [(t.span.quote, t.indicator, t.item) for t in plan.targets],
        [(p.title, p.action, p.item) for p in plan.policies],
        [(p.span.quote, p.item) for p in plan.places],
        [(m.kind, m.span.quote) for m in plan.marks],
    ]
