"""The example plans: about invented cities, in the manner of real ones, and understood as they are meant."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import yaodian
from yaodian.model import Plan, Section
from yaodian.reading import read

LONGEST_SHARED_RUN = 30
"""Han characters and digits in a row; set phrases of the genre are shorter."""


class Expected(NamedTuple):
    city: str
    plan_year: int
    summary_year: int | None
    status: str
    kind: str
    items: int
    top_sections: str
    doc_number: str | None


EXPECTED = {
    "yunchuan-2023.txt": Expected("云川市", 2023, None, "final", "plan", 20, "一二三四五", "云教发〔2023〕3号"),
    "yunchuan-2024.txt": Expected("云川市", 2024, None, "final", "plan", 22, "一二三四五六", "云教发〔2024〕1号"),
    "lanjiang-2023-draft.txt": Expected("岚江市", 2023, None, "draft", "plan", 18, "一二四五", None),
    "qinglan-2023.html": Expected("青澜市", 2023, None, "final", "plan", 16, "一二三四五", "青教〔2023〕9号"),
    "yuanning-2022-2023.txt": Expected("沅宁市", 2023, 2022, "final", "summary+plan", 30, "一二三四一二三四五", None),
}


@cache
def _plan(path: Path) -> Plan:
    return yaodian.read_plan(path)


@pytest.fixture(params=sorted(EXPECTED))
def example(request: pytest.FixtureRequest, examples_dir: Path) -> tuple[Plan, Expected]:
    return _plan(examples_dir / request.param), EXPECTED[request.param]


def test_every_example_is_described_here(examples_dir: Path) -> None:
    assert {p.name for p in examples_dir.iterdir() if p.suffix in (".txt", ".html")} == set(EXPECTED)


def test_examples_are_as_long_as_short_real_plans(examples_dir: Path) -> None:
    for name in EXPECTED:
        assert 2400 <= len(read(examples_dir / name).text) <= 5000, name


def test_the_facts_of_an_example_are_found(example: tuple[Plan, Expected]) -> None:
    plan, expected = example
    facts = plan.facts
    assert (facts.city, facts.plan_year, facts.summary_year) == (
        expected.city,
        expected.plan_year,
        expected.summary_year,
    )
    assert (facts.status, facts.kind, facts.doc_number) == (expected.status, expected.kind, expected.doc_number)
    assert facts.city_code is None


def test_the_outline_of_an_example_is_found(example: tuple[Plan, Expected]) -> None:
    plan, expected = example
    assert len(plan.items) == expected.items
    assert "".join(s.label for s in plan.sections if _is_chapter(s)) == expected.top_sections


def _is_chapter(section: Section) -> bool:
    """Whether a section is headed 一、; not 第一部分 above it nor （一） below it."""
    return re.match("[一二三四五六]{1,2}、", section.span.quote) is not None


def test_an_example_is_full_of_targets_policies_and_themes(example: tuple[Plan, Expected]) -> None:
    plan, expected = example
    assert len(plan.targets) >= 2 * expected.items
    assert len(plan.policies) >= 6
    assert sum(bool(item.themes) for item in plan.items) >= 0.9 * expected.items


def test_quotes_stand_where_the_spans_say(example: tuple[Plan, Expected]) -> None:
    plan, _ = example
    for span in plan.spans():
        assert plan.text[span.start : span.end] == span.quote


def test_the_draft_has_the_defects_that_drafts_have(examples_dir: Path) -> None:
    plan = _plan(examples_dir / "lanjiang-2023-draft.txt")
    found = {(mark.kind, mark.span.quote) for mark in plan.marks}
    kinds = {kind for kind, _ in found}
    assert {
        "placeholder",
        "label-doubled",
        "heading-run-in",
        "missing-character",
        "wrong-word",
        "garbled-number",
        "impossible-percentage",
        "unpaired-opening",
        "injected-text",
        "repeated-words",
        "degenerate-period",
    } <= kinds


@pytest.mark.parametrize(
    "name", ["yunchuan-2023.txt", "yunchuan-2024.txt", "qinglan-2023.html", "yuanning-2022-2023.txt"]
)
def test_clean_examples_have_no_marks_inside_their_items(examples_dir: Path, name: str) -> None:
    plan = _plan(examples_dir / name)
    assert [(m.kind, m.span.quote) for m in plan.marks if m.item] == []


def test_the_web_page_keeps_its_furniture_out_of_the_plan(examples_dir: Path) -> None:
    plan = _plan(examples_dir / "qinglan-2023.html")
    body = plan.document.body.quote
    assert "扫一扫" in plan.text
    assert not re.search("扫一扫|版权所有|您现在的位置|相关链接", body)
    assert plan.facts.title == "2023年青澜市教育工作要点"
    assert plan.facts.published == "2023-03-15"


def test_no_example_copies_a_real_plan(examples_dir: Path, shared_dir: Path) -> None:
    real = [*shared_dir.glob("seeds/*.txt"), *shared_dir.glob("corpus/*.txt")]
    texts = [_bare(path.read_text("utf-8", errors="replace")) for path in real]
    known = {text[i : i + LONGEST_SHARED_RUN] for text in texts for i in range(len(text))}
    for name in EXPECTED:
        text = _bare(read(examples_dir / name).text)
        runs = {text[i : i + LONGEST_SHARED_RUN] for i in range(len(text) - LONGEST_SHARED_RUN)}
        assert runs & known == set(), name


def _bare(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff\d]", "", text)
