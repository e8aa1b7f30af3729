"""A plan made by hand that fills every field of the model once, about a city where each thing is easy to check."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal

from yaodian.extraction.targets.concepts import concept_of
from yaodian.model import (
    Deliverable,
    Document,
    Facts,
    InstitutionMention,
    Item,
    LeftAside,
    Measure,
    PlaceMention,
    Plan,
    PolicyReference,
    Problem,
    Responsibility,
    Section,
    Span,
    Target,
    TextMark,
    ThemeAssignment,
)

TEXT = """柳湾市教育局2024年工作要点(征求意见稿)
柳教发〔2024〕3号
2023年新增学位1200个,启动集团办学试点。
一一、扩大教育资源
1.增加学位供给。一是在城北区新建学校3所,其中小学2所。二是新增学位2.5万个以上,投入5000-8000万元。
2.规范办学行为 落实《关于进一步减轻学生负担的意见》(柳办〔2022〕7号),出台《XX市办学管理办法》。(牵头单位:市教育局)
二、提升队伍素质
3.培训教师约300人,经费不超过80.5万元,优秀率大于90%,流失率小于1%。确保6月底前每个县的覆盖率由70%提高到85%,惠及农村学生。建成研修平台。依托常州大学办班。
柳湾市教育局 2024年2月30日
"""
NAME = "柳湾市教育局"


def document(text: str = TEXT) -> Document:
    """The sample text as a document."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    body = Span(0, len(text), text)
    return Document("柳湾.txt", "柳湾.txt", digest, "text/plain", "utf-8", text, body)


def at(quote: str, start: int = 0) -> Span:
    """The span of ``quote`` in the sample text."""
    begin = TEXT.index(quote, start)
    return Span(begin, begin + len(quote), quote)


def _facts() -> Facts:
    return Facts(
        title="柳湾市教育局2024年工作要点",
        title_span=at("柳湾市教育局2024年工作要点"),
        issuers=(NAME,),
        issuer_spans=(at(NAME),),
        city="常州市",
        city_code="320400",
        province="江苏省",
        province_code="320000",
        plan_year=2024,
        summary_year=2023,
        published="2024-02-28",
        published_span=at("2024年2月30日"),
        doc_number="柳教发〔2024〕3号",
        doc_number_span=at("柳教发〔2024〕3号"),
        status="draft",
        kind="summary+plan",
    )


def _targets() -> tuple[Target, ...]:
    rows = (
        ("1200个", "1200", None, "eq", "个", "新增学位", "achieved", None, None),
        ("3所", "3", None, "eq", "所", "新建学校", "planned", "p1", None),
        ("2所", "2", None, "eq", "所", "新建小学", "planned", "p1", "t2"),
        ("2.5万个以上", "25000", None, "ge", "个", "新增学位", "planned", "p1", None),
        ("5000-8000万元", "5E+7", "8E+7", "range", "元", "投入", "planned", "p1", None),
        ("约300人", "300", None, "approx", "人", "培训教师", "planned", "p3", None),
        ("不超过80.5万元", "805000.0", None, "le", "元", "培训经费", "planned", "p3", None),
        ("大于90%", "90", None, "gt", "%", "优秀率", "planned", "p3", None),
        ("小于1%", "1.50", None, "lt", "%", "流失率", "planned", "p3", None),
        ("70%", "70", None, "eq", "%", "覆盖率", "planned", "p3", None),
        ("85%", "85", None, "eq", "%", "覆盖率", "planned", "p3", None),
    )
    return tuple(
        _promised(
            Target(f"t{n}", at(quote), Decimal(low), Decimal(high) if high else None, *rest, rule="plain",
                   concept=concept_of(rest[2]).id)
        )
        for n, (quote, low, high, *rest) in enumerate(rows, 1)
    )  # fmt: skip


def _promised(target: Target) -> Target:
    """The target with what is promised by it; the last one says all that can be said."""
    if target.id != "t11":
        return replace(target, deadline="2023" if target.status == "achieved" else "2024")
    return replace(
        target,
        measurement="change",
        bindingness="binding",
        bindingness_span=at("确保"),
        deadline="2024-06-30",
        deadline_span=at("6月底前"),
        baseline="t10",
        per="每个县",
        beneficiary="农村学生",
    )


def _policies() -> tuple[PolicyReference, ...]:
    known, new = "关于进一步减轻学生负担的意见", "XX市办学管理办法"
    number = "柳办〔2022〕7号"
    return (
        PolicyReference("r1", at(known), known, "implement", "减轻学生负担的意见", known, doc_number=number, item="p2",
                        rule="title in brackets", evidence=(at("落实"),)),
        PolicyReference("r2", at(new), new, "issue", "办学管理办法", new, marked=False, nested=True, item="p2",
                        rule="title within a title", evidence=(at("出台"),)),
    )  # fmt: skip


def _deliverables() -> tuple[Deliverable, ...]:
    new, makes = "XX市办学管理办法", "verb that makes what it takes"
    return (
        Deliverable("d1", at("启动集团办学试点"), "启动", "集团办学试点", "achieved", rule=makes,
                    evidence=(at("启动"), at("试点"))),
        Deliverable("d2", at(new), "issue", new, "planned", "办学管理办法", "p2", "policy to be made", (at("出台"),)),
        Deliverable("d3", at("建成研修平台"), "建成", "研修平台", "planned", item="p3", rule=makes,
                    evidence=(at("建成"), at("平台"))),
    )  # fmt: skip


def _institutions() -> tuple[InstitutionMention, ...]:
    name = at("常州大学")
    return (InstitutionMention("n1", name, name.quote, "university", "p3", "behind a division's name"),)


def _marks() -> tuple[TextMark, ...]:
    return (
        TextMark("m1", "label-doubled", at("一一"), expected="一"),
        TextMark("m2", "placeholder", at("XX市"), detail="名称未填", item="p2"),
    )


def _sections() -> tuple[Section, ...]:
    first, second = at("一一、扩大教育资源"), at("二、提升队伍素质")
    return (
        Section("一", "一", "一一", 1, 1, "扩大教育资源", first, "plan"),
        Section("二", "二", "二", 2, 1, "提升队伍素质", second, "plan"),
        Section("二/甲", "", "", None, 2, "", second, "plan", "二"),
    )


def _items() -> tuple[Item, ...]:
    first, second, third = (
        _stretch(*ends) for ends in (("1.增", "2.规"), ("2.规", "二、提"), ("3.培", "柳湾市教育局 "))
    )
    targets, growth, order = _targets(), at("增加学位供给"), at("规范办学行为")
    outline = {"section": "一", "part": "plan"}
    deliverables = _deliverables()
    place = PlaceMention("g1", at("城北区"), ("320411",), ("新北区",), "county", "p1", "full name")
    lead = at("牵头单位")
    unit = Responsibility("u1", at("市教育局", lead.end), "lead", "p2", "label before it", (lead,))
    measures = (Measure("一是", 1, at("一是")), Measure("二是", 2, at("二是")), Measure("此外", None, at("投入")))
    themes = (ThemeAssignment("facilities", (at("学位"),)), ThemeAssignment("compulsory"))
    shares = [tuple(t for t in targets if t.item == item) for item in ("p1", "p3")]
    return (
        Item("p1", "1", 1, growth.quote, growth, first, **outline, measures=measures, themes=themes,
             targets=shares[0], places=(place,)),
        Item("p2", "2", 2, order.quote, order, second, **outline, policies=_policies(), responsible=(unit,),
             deliverables=deliverables[1:2]),
        Item("p3", "3", None, "", third, third, "二", "plan", targets=shares[1], deliverables=deliverables[2:],
             institutions=_institutions()),
    )  # fmt: skip


def _stretch(begin: str, following: str) -> Span:
    """From ``begin`` to before the line end that precedes ``following``."""
    start, end = TEXT.index(begin), TEXT.index(following, TEXT.index(begin)) - 1
    return Span(start, end, TEXT[start:end])


def plan() -> Plan:
    """The sample plan."""
    items = _items()
    outside = PlaceMention(
        "g2", at("柳湾市"), ("320400", "320000"), ("常州市", "江苏省"), "city", rule="name of several divisions"
    )
    return Plan(
        document(),
        _facts(),
        _sections(),
        items,
        _targets(),
        _policies(),
        (*items[0].places, outside),
        items[1].responsible,
        _marks(),
        _deliverables(),
        (LeftAside(at("2024"), "date, time, age or rank"), LeftAside(at("7", TEXT.index("〔2022〕")), "in a name")),
        (Problem("date-impossible", "no such day", TEXT.index("2024年2月30日")),),
        _institutions(),
    )
