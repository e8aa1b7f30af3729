"""Whatever the numbering, the ends of the lines and the furniture around: no sentence of a plan is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from yaodian.extraction import extract
from yaodian.extraction.accounting import account
from yaodian.extraction.numerals import numeral
from yaodian.interchange import to_json
from yaodian.model import Plan
from yaodian.reading import read_bytes

TITLE = "云岭市教育局2024年工作要点"
INTRODUCTION = "2024年，全市教育工作以高质量发展为主线，办好人民满意的教育。"
PRACTICES = {
    "1.": lambda n: f"{n}.",
    "1、": lambda n: f"{n}、",
    "１．": lambda n: f"{chr(0xFF10 + n)}．",
    "（1）": lambda n: f"（{n}）",
    "(1)": lambda n: f"({n})",
    "①": lambda n: chr(0x2460 + n - 1),
    "一、": lambda n: f"{numeral(n)}、",
    "（一）": lambda n: f"（{numeral(n)}）",
    "第一，": lambda n: f"第{numeral(n)}，",
    "一是": lambda n: f"{numeral(n)}是",
}
HEADINGS = [
    "抓好招生入学",
    "办好中小学生运动会",
    "保护学生隐私",
    "推行扫码入校",
    "加强会员管理",
    "完善客服热线",
    "构建教育新格局",
    "开展阅读活动",
    "规范二维码使用",
    "下一阶段改革",
]
SENTENCES = [
    "新建学校{n}所",
    "力争校外培训机构备案号公示率达到{n}%",
    "组织{n}名学生下载后使用教材",
    "欢迎{n}名家长走进校园",
    "将{n}项经验分享到全市",
    "承办单位：第{n}中学",
    "阅读：开展{n}场读书会",
    "时间：{n}月底前",
    "责任部门：第{n}科",
    "联系电话：0700-{n}",
    "相关文件{n}份印发到校",
    "版权声明{n}项全部落实",
]
ENDS = ["。", "）", "；", "", "（责任单位：基教科）", "（责任单位：招生办）。"]
HEADS = [
    "您当前的位置：首页 >> 政务公开 >> 正文",
    "今天是：2024年3月5日 欢迎访问云岭市教育局网站！",
    "浏览次数：135",
    "来源：云岭市教育局 发布时间：2024-03-01",
    "索引号：LY01-2024-7",
    "【字体：大 中 小】",
    "打印 | 关闭 | 收藏",
    "信息公开",
]
FEET = [
    "分享到：",
    "【打印本页】 【关闭窗口】",
    "打印 关闭",
    "上一篇：云岭市教育局召开会议",
    "下一篇：没有了",
    "相关链接",
    "责任编辑：张三",
    "（责任编辑：李四）",
    "扫一扫在手机打开当前页",
    "主办单位：云岭市教育局\n承办单位：云岭市教育信息中心\n联系电话：0700-0000000\n网站标识码：0000000000",
    "地址：云岭市书院路1号，邮编：435000\n电话：0700-0000000\n版权所有：云岭市教育局",
    "版权所有：云岭市教育局 备案号：鄂ICP备00000000号",
    "鄂公网安备 00000000000000号",
    "网站标识码：1000000000 技术支持：云岭信息公司",
    "网站地图 | 联系我们 | 关于我们",
    "第7页 共7页",
    "- 7 -",
    "7",
    "本站不代表作者立场，如有侵权请联系本站。",
    "Copyright 2024 All Rights Reserved",
]

LAST_WORDS: list[list[str]] = [
    [],
    ["云岭市教育局", "2024年3月1日"],
    ["（此件公开发布）"],
    ["附件：1.重点任务清单", "　　　2.责任分工表", "云岭市教育局"],
    ["附件1", "重点任务清单", "序号\t任务\t单位", "1\t新建学校3所\t基教科"],
]
_FEW = st.integers(0, 2)


@dataclass(frozen=True)
class Case:
    """A plan's lines, the sentences in them, and the furniture before and after."""

    head: tuple[str, ...]
    lines: tuple[str, ...]
    sentences: tuple[str, ...]
    foot: tuple[str, ...]

    @property
    def plan(self) -> str:
        return "\n".join(self.lines)

    @property
    def text(self) -> str:
        return "\n".join((*self.head, *self.lines, *self.foot)) + "\n"


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A plan with one numbering for its items, under headings or not, its last words, and furniture around."""
    practice = PRACTICES[draw(st.sampled_from(sorted(PRACTICES)))]
    under_headings = practice(1) != "一、" and draw(st.booleans())
    lines, sentences, count = [TITLE], [], 0
    if draw(st.booleans()):
        lines.append(INTRODUCTION)
        sentences.append(INTRODUCTION)
    for section in range(1, draw(st.integers(1, 3)) + 1):
        if under_headings:
            lines.append(f"{numeral(section)}、{draw(st.sampled_from(['重点任务', '资源供给', '队伍建设']))}")
        restarts = under_headings and draw(st.booleans())
        for number in range(1, draw(st.integers(1, 3)) + 1):
            count += 1
            written = [draw(st.sampled_from(SENTENCES)).format(n=200 + 10 * count + i) for i in range(draw(_FEW))]
            lines += _item(draw, practice(number if restarts else count), written)
            sentences += written
    lines += draw(st.sampled_from(LAST_WORDS))
    lines = draw(st.sampled_from([lines, "\n\n".join(lines).split("\n"), [f"　　{line}" for line in lines]]))
    return Case(_furniture(draw, HEADS), tuple(lines), tuple(sentences), _furniture(draw, FEET))


def _item(draw: st.DrawFn, label: str, sentences: list[str]) -> list[str]:
    """An item: its heading, alone, before its sentences or above them."""
    heading, end = draw(st.sampled_from(HEADINGS)), draw(st.sampled_from(ENDS))
    joined = "，".join(sentences)
    if not sentences:
        return [f"{label}{heading}{draw(st.sampled_from(['', '。', '；']))}"]
    if draw(st.booleans()):
        return [f"{label}{heading}", joined + end]
    return [f"{label}{heading}。{joined}{end}"]


def _furniture(draw: st.DrawFn, lines: list[str]) -> tuple[str, ...]:
    return tuple(draw(st.lists(st.sampled_from(lines), max_size=4, unique=True)))


def _read(text: str) -> Plan:
    return extract(read_bytes(text.encode(), "plan.txt"))


def _roles(plan: Plan, words: str) -> set[str]:
    """What the words are said to be."""
    start = plan.text.index(words)
    end = start + len(words)
    return {s.role for s in account(plan).segments if s.span.start < end and s.span.end > start}


@settings(max_examples=100, deadline=None)
@given(cases())
def test_every_sentence_has_its_place(case: Case) -> None:
    plan = _read(case.text)
    for sentence in case.sentences:
        assert _roles(plan, sentence) <= {"item", "heading", "introduction"}, (sentence, case.text)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_furniture_changes_nothing_inside(case: Case) -> None:
    bare, framed = _read(case.plan), _read(case.text)
    shift = framed.text.index(case.plan)
    assert framed.document.body.quote == bare.document.body.quote
    assert [(s.start + shift, s.end + shift) for s in bare.spans()] == [(s.start, s.end) for s in framed.spans()]


@settings(max_examples=80, deadline=None)
@given(cases())
def test_furniture_is_told_apart_and_nothing_is_left_over(case: Case) -> None:
    plan = _read(case.text)
    around = {segment.span.quote: segment.role for segment in plan.document.around}
    for line in "\n".join((*case.head, *case.foot)).split("\n"):
        assert not line or around[line.strip()] in ("furniture", "metadata"), (line, case.text)
    assert to_json(plan)["coverage"] == {"share": 1.0, "unaccounted": []}
    assert plan.problems == ()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from([*HEADS, *FEET, TITLE, INTRODUCTION, *HEADINGS, "一、任务", "1.建好学校", "3.办好高中。"])
    ),
    st.sampled_from(["\n", "\r\n", "\r", "\u2028"]),
)
def test_every_word_of_any_text_is_accounted_for_once(lines: list[str], end: str) -> None:
    text = end.join(["一、任务", *lines]).replace("\n", end)
    plan = _read(text)
    segments = account(plan).segments
    assert all(one.span.end <= other.span.start for one, other in pairwise(segments))
    covered = {offset for segment in segments for offset in range(segment.span.start, segment.span.end)}
    assert {match.start() for match in re.finditer(r"\w", text)} <= covered, text
    lost = [problem for problem in plan.problems if problem.code == "unaccounted-text"]
    unaccounted = {offset for span in account(plan).unaccounted for offset in range(span.start, span.end)}
    told = {offset for problem in lost for offset in range(problem.start or 0, problem.end or 0)}
    assert unaccounted <= told, (text, lost)
