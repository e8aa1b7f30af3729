"""Plain text that was broken into lines of one width reads as the text that it was before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.extraction import extract
from yaodian.model import Plan
from yaodian.reading import read_bytes
from yaodian.reading.wrapping import unwrapped

EXAMPLE = (Path(__file__).resolve().parents[1] / "examples" / "yunchuan-2023.txt").read_text("utf-8")


def wrapped(text: str, width: int, indent: str = "", below: str = "") -> str:
    """The text in lines of so many characters, the first of each paragraph and those below it indented."""
    lines = []
    for paragraph in text.split("\n"):
        words = indent + paragraph
        while len(words) > width:
            lines.append(words[:width])
            words = below + words[width:]
        lines.append(words if paragraph else "")
    return "\n".join(lines)


def found(plan: Plan) -> list[object]:
    """What was found, without where it stands."""
    return [
        [(item.id, item.heading, len(item.measures), [theme.code for theme in item.themes]) for item in plan.items],
        [(t.value, t.value_max, t.comparator, t.unit, t.indicator, t.status, t.item) for t in plan.targets],
        [(policy.title, policy.action) for policy in plan.policies],
        [("".join(place.span.quote.split()), place.item) for place in plan.places],
        plan.facts.title,
    ]


@pytest.mark.parametrize("indent", ["", "\u3000\u3000", "    "])
@pytest.mark.parametrize("width", [29, 36, 44])
def test_lines_of_one_width_change_nothing_that_is_found(width: int, indent: str) -> None:
    broken = extract(read_bytes(wrapped(EXAMPLE, width, indent).encode(), "plan.txt"))
    assert found(broken) == found(extract(read_bytes(EXAMPLE.encode(), "plan.txt")))
    for thing in (*broken.targets, *broken.policies, *broken.places, *broken.items):
        assert broken.document.text[thing.span.start : thing.span.end] == thing.span.quote


def test_a_text_in_whole_paragraphs_is_left_as_it_is() -> None:
    assert unwrapped(EXAMPLE) is None


def test_short_lines_without_stops_are_no_broken_paragraphs() -> None:
    assert unwrapped("\n".join(f"第{n}阶段动员部署" for n in range(12))) is None


def test_numbers_headings_and_rows_begin_lines_of_their_own() -> None:
    line = "全市教育工作要点在于扩大资源建强队伍提升质量守牢底线办好人民满意"
    text = "\n".join([line] * 9 + ["1.建好学校", line, "二、提升质量", line, "县区\t任务\t时限", line, "— 3 —", line])
    cut = unwrapped(text)
    assert cut is not None
    assert cut.text.split("\n") == [
        line * 9,
        "1.建好学校",
        line,
        "二、提升质量",
        line,
        "县区\t任务\t时限",
        line,
        "— 3 —",
        line,
    ]


@given(st.text(alphabet="教育，。1a \n\t\r　一、", max_size=400), st.integers(15, 60))
def test_what_is_left_stands_in_the_printed_text(text: str, width: int) -> None:
    printed = wrapped(text * 8, width)
    cut = unwrapped(printed)
    if cut and cut.text:
        start, end = cut.as_printed(0, len(cut.text))
        assert "".join(printed[start:end].split()) == "".join(cut.text.split())
