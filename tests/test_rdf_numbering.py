"""What rules on numbering join on: where the number before stands, which label comes twice, what a mark overlaps."""

from __future__ import annotations

from itertools import pairwise

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import DCTERMS, PROV

import yaodian
from yaodian.rdf.names import NIF as NIF_IRI
from yaodian.rdf.names import YD as YD_IRI
from yaodian.reading import read_bytes

YD, NIF = rdflib.Namespace(YD_IRI), rdflib.Namespace(NIF_IRI)
HEAD = "云岭市教育局2024年工作要点\n"
SHARES = "新建学校3所。"


def graph(*lines: str) -> rdflib.Graph:
    """The graph of a plan with these lines below its title."""
    text = HEAD + "".join(f"{line}\n" for line in lines)
    return yaodian.extract(read_bytes(text.encode(), "例.txt")).to_rdflib()


def headed(found: rdflib.Graph, heading: str) -> rdflib.term.Node:
    """The section or item of that heading."""
    [thing] = [subject for subject, words in found.subject_objects(DCTERMS.title) if str(words) == heading]
    return thing


def before(found: rdflib.Graph, thing: rdflib.term.Node) -> str | None:
    """The words at the place of the number before that of ``thing``; what is said of the place is right."""
    place = found.value(thing, YD.numberBefore)
    if place is None:
        return None
    begin, end = (found.value(place, each).toPython() for each in (NIF.beginIndex, NIF.endIndex))  # type: ignore[union-attr]
    words = str(found.value(place, NIF.anchorOf))
    [whole] = found.objects(None, NIF.isString)
    assert str(whole)[begin:end] == words
    return words


def measures(found: rdflib.Graph) -> list[rdflib.term.Node]:
    """The measures in the order of the text."""
    return sorted(
        set(found.objects(None, YD.measure)),
        key=lambda measure: found.value(found.value(measure, PROV.wasQuotedFrom), NIF.beginIndex).toPython(),  # type: ignore[union-attr]
    )


@pytest.mark.parametrize(
    ("between", "words"),
    [
        ("另有两点：2.做好收尾。", "2"),
        ("另有两点：2 ．做好收尾。", "2"),
        ("另有：二、做好收尾。", "二"),
        ("另有：12.做好收尾。", None),
        ("另有：十二、做好收尾。", None),
        ("新建学校2所。", None),
    ],
)
def test_a_skipped_number_is_looked_for_in_the_running_text(between: str, words: str | None) -> None:
    found = graph("一、扩大资源", f"1.增加学位。{SHARES}", between, f"3.改善条件。{SHARES}")
    assert before(found, headed(found, "改善条件")) == words


def test_a_skipped_section_may_be_an_item_and_a_skipped_item_a_section() -> None:
    found = graph("一、扩大资源", f"2.增加学位。{SHARES}", "三、改善条件", f"4.改造食堂。{SHARES}", "五、提高质量")
    assert (before(found, headed(found, "改善条件")) or "").startswith("2.增加学位")
    assert (before(found, headed(found, "改造食堂")) or "").startswith("三、")


@pytest.mark.parametrize(
    "between",
    [
        (f"1.增加学位。{SHARES}", f"2.改善条件。{SHARES}", f"3.改造食堂。{SHARES}"),
        ("（一）信息采集：4月完成。", "（二）政策公布：5月完成。", "（三）注册：8月完成。"),
        ("具体步骤：（一）采集。（二）公布。（三）注册。",),
    ],
)
def test_what_counts_the_parts_of_a_section_is_not_the_section_that_is_skipped(between: tuple[str, ...]) -> None:
    found = graph("一、扩大资源", *between, "三、提高质量", f"1.培训教师。{SHARES}")
    assert before(found, headed(found, "提高质量")) is None


def test_what_carries_on_needs_no_place() -> None:
    found = graph("一、扩大资源", f"1.增加学位。{SHARES}", f"2.改善条件。{SHARES}", "二、提高质量")
    assert not set(found.subjects(YD.numberBefore))


def test_the_first_of_several_sections_may_carry_on_others_of_its_level() -> None:
    first = ("一、扩大资源", "（一）增加学位", f"1.新建。{SHARES}")
    found = graph(*first, "二、提高质量", "（二）改善条件", f"2.改造。{SHARES}")
    assert (before(found, headed(found, "改善条件")) or "").startswith("（一）")
    alone = graph("一、扩大资源", "（四）改善条件", f"1.新建。{SHARES}")
    assert before(alone, headed(alone, "改善条件")) is None


def test_measures_lead_to_the_measure_with_the_number_before() -> None:
    found = graph("一、扩大资源", "1.增加学位。一是新建学校；二是改建学校；四是扩建学校；三是租用学校。")
    assert [(before(found, measure) or "")[:2] for measure in measures(found)] == ["", "一是", "三是", "二是"]


def test_a_label_comes_twice_unless_counting_begins_anew() -> None:
    found = graph("一、扩大资源", "1.增加学位。一是新建；二是改建；二是扩建；一是租用；二是借用；二是共用；二是合用。")
    listed = measures(found)
    numbers = {measure: n for n, measure in enumerate(listed)}
    assert [numbers.get(found.value(each, YD.labelBefore)) for each in listed] == [None, None, 1, None, None, 4, 5]  # type: ignore[arg-type]


ORDINALS = st.lists(st.integers(1, 4), min_size=2, max_size=12)


@settings(max_examples=40, deadline=None)
@given(ORDINALS)
def test_facts_on_measures_are_what_comparing_all_pairs_gives(ordinals: list[int]) -> None:
    found = graph("一、扩大资源", "1.增加学位。" + "；".join(f"（{n}）推进建设" for n in [1, 2, *ordinals]) + "。")
    listed = measures(found)
    known = [found.value(measure, YD.ordinal).toPython() for measure in listed]  # type: ignore[union-attr]
    for at, (measure, ordinal) in enumerate(zip(listed, known, strict=True)):
        assert (found.value(measure, YD.numberBefore) is not None) == (ordinal > 1 and ordinal - 1 in known)
        earlier = [i for i in range(at) if known[i] == ordinal and 1 not in known[i + 1 : at]]
        assert found.value(measure, YD.labelBefore) == (listed[earlier[-1]] if ordinal > 1 and earlier else None)


LABELS = st.lists(st.tuples(st.sampled_from("sbi"), st.integers(1, 5)), min_size=1, max_size=14)


@settings(max_examples=40, deadline=None)
@given(LABELS)
def test_facts_on_headings_are_what_comparing_all_pairs_gives(labels: list[tuple[str, int]]) -> None:
    """A heading that skips a number leads to one of the other kind in between, exactly where there is one."""
    printed = {"s": "{}、", "b": "（{}）", "i": "{}."}
    rows = [
        printed[kind].format(n if kind == "i" else "一二三四五"[n - 1]) + f"推进第{at + 10}类。{SHARES}"
        for at, (kind, n) in enumerate(labels)
    ]
    plan = yaodian.extract(read_bytes((HEAD + "\n".join(rows) + "\n").encode(), "例.txt"))
    found = plan.to_rdflib()
    for one, other in pairwise(plan.items):
        skips = one.ordinal is not None and other.ordinal is not None and other.ordinal > one.ordinal + 1
        between = [s for s in plan.sections if one.span.start < s.span.start < other.span.start]
        if skips and one.part == other.part:
            borne = any(section.ordinal == (other.ordinal or 0) - 1 for section in between)
            assert (before(found, headed(found, other.heading)) is not None) == borne


def test_a_mark_leads_to_the_titles_it_shares_characters_with() -> None:
    found = graph(
        "一、扩大资源",
        "1.增加学位。落实《关于澳门某都网上娱乐|某都娱乐首页|工作的意见》，做好信访、澳门某都网上娱乐|某都娱乐首页|、保密工作。",
    )
    titles = {str(found.value(reference, YD.printedTitle)) for reference in found.objects(None, YD.overlaps)}
    assert titles == {"关于澳门某都网上娱乐|某都娱乐首页|工作的意见"}
    assert len(set(found.subjects(YD.markKind, rdflib.URIRef("https://w3id.org/yaodian/id/mark/injected-text")))) == 2
    assert len(set(found.subjects(YD.overlaps))) == 1
