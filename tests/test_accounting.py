"""Every character of a body has a place, or is reported."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from yaodian.extraction import extract
from yaodian.extraction.accounting import account
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
