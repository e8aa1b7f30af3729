"""One cause, one finding: a rule that yields to another is silent where both hit the same words, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.checking import Finding, Rule, check, default_rules
from yaodian.checking.precedence import settled
from yaodian.extraction import extract
from yaodian.model import Plan, Span
from yaodian.reading import read_bytes

RULES = default_rules()
HEAD = "云岭市教育局2024年工作要点\n一、扩大教育资源\n"
PAIRS = {
    ("YD-T11", "YD-T10"): "1.扩大普惠资源。普惠性幼儿园覆盖率至少90%以上左右。\n",
    ("YD-T16", "YD-T03"): "1.增加学位供给。新建学校2024所2024所，新增学位1200个。\n",
    (
        "YD-X10",
        "YD-X09",
    ): "1.推动发展。大力推动全市学校教育事业发展发展。新建学校3所。大力推动全市学校教育事业发展发展。\n",
    ("YD-P02", "YD-P07"): "1.完善督导。落实《关于印发《督导<条例>办法》的通知》，开展督导10次。\n",
    (
        "YD-A06",
        "YD-C01",
    ): "1.增加学位。新建学校3所。\n2.改造食堂。改造食堂5个。\n3.加强管理。进一步加强日常管理，不断提升服务水平，持续优化工作作风。\n4.举办讲座。举办讲座40场。\n",
    (
        "YD-N17",
        "YD-N15",
    ): "1.增加学位。新建学校3所。\n2.改善条件。改造食堂5个。\n3、完善管理。排查校舍40栋。\n4.规范财务。审计10次。\n",
    ("YD-P12", "YD-X04"): "1.增加学位。落实《云岭市学位建设方案》（云政发〔2023]8号），新建学校3所。\n",
    ("YD-P12", "YD-X03"): "1.增加学位。落实《云岭市学位建设方案》（云政发[2023〕8号），新建学校3所。\n",
}
"""A text in which the first rule has something to say, and the second one says the same better."""


def plan(text: str) -> Plan:
    return extract(read_bytes((HEAD + text).encode(), "稿.txt"))


def codes(text: str, *asked: str) -> list[str]:
    return [finding.code for finding in check(plan(text), rules=RULES.select(asked))]


def places(text: str, *asked: str) -> list[tuple[str, int, int]]:
    return [(f.code, f.span.start, f.span.end) for f in check(plan(text), rules=RULES.select(asked))]


@pytest.mark.parametrize(("yielding", "better"), PAIRS)
def test_of_two_rules_at_the_same_words_the_better_one_speaks(yielding: str, better: str) -> None:
    text = PAIRS[yielding, better]
    alone, other, both = codes(text, yielding), codes(text, better), codes(text, yielding, better)
    assert yielding in alone, "the rule has something to say as long as nobody says it better"
    assert better in other
    assert both.count(better) == other.count(better), "who is yielded to says all that it has to say"
    assert both.count(yielding) < alone.count(yielding)


def test_a_rule_yields_at_the_same_words_only() -> None:
    text = "1.推动发展。大力推动全市学校教育事业发展发展。新建学校3所。大力推动全市学校教育事业发展发展。\n"
    assert codes(text, "YD-X09", "YD-X10") == ["YD-X10", "YD-X09"], "the first place is nobody else's"


def test_a_title_that_is_missing_is_no_issuer_and_no_year_that_are_missing() -> None:
    text = "一、扩大教育资源\n1.增加学位供给。新建学校3所，新增学位1200个。\n2.改善办学条件。改造食堂5个。\n"
    bare = extract(read_bytes(text.encode(), "稿.txt"))
    assert {f.code for f in check(bare, rules=RULES.select(["YD-M02", "YD-M03"]))} == {"YD-M02", "YD-M03"}
    assert [f.code for f in check(bare, rules=RULES.select(["YD-M01", "YD-M02", "YD-M03"]))] == ["YD-M01"]


def test_precedence_never_silences_a_rule_that_yields_to_none_of_those_asked() -> None:
    text = "".join(PAIRS.values())
    chosen = sorted({code for pair in PAIRS for code in pair})
    together = set(places(text, *chosen))
    for code in chosen:
        rule = RULES.get(code)
        assert rule is not None
        if not rule.yields_to & {known.shape for known in RULES.select(chosen).rules}:
            assert set(places(text, code)) <= together


def test_rules_yield_to_rules_that_exist_and_never_in_a_circle() -> None:
    by_shape = {rule.shape: rule for rule in RULES.rules}
    for rule in RULES.rules:
        assert rule.yields_to <= set(by_shape)
        waiting, seen = list(rule.yields_to), set[str]()
        while waiting:
            shape = waiting.pop()
            assert shape != rule.shape, f"{rule.code} would yield to itself"
            if shape not in seen:
                seen.add(shape)
                waiting += by_shape[shape].yields_to


@dataclass(frozen=True)
class Hit:
    """A rule's word about a place, as small as precedence needs it."""

    rule: Rule
    span: Span


TEXT = "甲乙丙丁戊己庚辛"
FIRST, SECOND, THIRD = (
    replace(RULES.rules[n], shape=shape, yields_to=frozenset(to))
    for n, (shape, to) in enumerate((("urn:1", ["urn:2"]), ("urn:2", ["urn:3"]), ("urn:3", [])))
)


def hit(rule: Rule, start: int, end: int) -> Hit:
    return Hit(rule, Span(start, end, TEXT[start:end]))


def test_places_that_touch_share_no_words() -> None:
    assert len(settled([hit(FIRST, 0, 2), hit(SECOND, 2, 4)])) == 2
    assert settled([hit(FIRST, 0, 3), hit(SECOND, 2, 4)]) == [hit(SECOND, 2, 4)]
    assert settled([hit(SECOND, 0, 8), hit(FIRST, 3, 4)]) == [hit(SECOND, 0, 8)]


def test_who_yields_itself_is_still_yielded_to() -> None:
    assert settled([hit(FIRST, 0, 2), hit(SECOND, 1, 4), hit(THIRD, 3, 5)]) == [hit(THIRD, 3, 5)]


HITS = st.lists(
    st.builds(
        lambda rule, start, length: hit(rule, start, min(start + length, len(TEXT))),
        st.sampled_from([FIRST, SECOND, THIRD]),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 4),
    ),
    max_size=8,
)


@given(HITS)
def test_the_laws_of_precedence(hits: list[Hit]) -> None:
    left = settled(hits)
    assert [one for one in hits if one in left] == left, "nothing new, in the same order"
    assert [one for one in hits if one.rule is THIRD] == [one for one in left if one.rule is THIRD]
    for one in hits:
        rivals = [other for other in hits if other.rule.shape in one.rule.yields_to]
        shared = any(set(range(*_bounds(one))) & set(range(*_bounds(other))) for other in rivals)
        assert (one in left) == (not shared)


def _bounds(one: Hit) -> tuple[int, int]:
    return one.span.start, one.span.end


def test_a_finding_is_what_precedence_looks_at() -> None:
    found: tuple[Finding, ...] = check(plan(PAIRS["YD-X10", "YD-X09"]))
    assert settled(found) == list(found), "what is told is settled already"
