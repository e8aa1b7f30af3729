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


def test_a_full_line_that_ends_a_sentence_goes_on_where_paragraphs_are_indented() -> None:
    items = [
        "\u3000\u3000一、扩大资源。新建学校六所新增学位九百个改造食堂十二个更",
        "新课桌八千套全部投入使用办学条件明显改善群众满意度提高到九成以上。",
        "1.2万名学生从中受益。",
        "\u3000\u3000二、建强队伍。招聘教师九十名培训教师三百人评选骨干教师四",
        "十名交流轮岗六十名健全师德考核制度严肃查处违规行为全年开展督查。",
        "完善待遇保障机制建设周转房落实津贴补贴关心教师身心健康解除后顾之",
        "忧。",
        "\u3000\u3000三、提高质量。开展教研活动八十场推广智慧课堂培育特色学校八",
        "所建设学科基地十二个评选精品课三十节办好艺术节运动会科技节读书节",
        "等活动学生综合素质明显提升体质健康优良率稳步提高近视率逐年下降。",
        "守牢安全底线。",
        "附件：任务分工表",
    ]
    cut = unwrapped("青岚市教育局2024年工作要点\n" + "\n".join(items))
    assert cut is not None
    assert "全年开展督查。完善待遇" in cut.text
    assert "下降。守牢安全底线。\n附件：任务分工表" in cut.text
    assert "\n\u3000\u3000二、" in cut.text


def test_few_lines_are_enough_where_most_full_ones_break_off() -> None:
    paragraph = "全市教育系统坚持以提高质量为核心统筹推进各项任务不断扩大优质资源供给建强教师队伍守牢安全底线办好人民满意的教育努力建设教育强市"
    text = "青岚市教育局工作总结\n" + wrapped("\n".join(f"第{n}，{paragraph}。" for n in "一二三"), 30, "\u3000\u3000")
    cut = unwrapped(text)
    assert cut is not None
    assert cut.text.count("\n") == 3


def test_paragraphs_that_end_in_brackets_are_not_broken() -> None:
    lines = [
        f"建设资源教室十{n}间适龄残疾儿童入学率达到九成以上健全关爱体系。（市教育局牵头，市民政局配合）"
        for n in "一二三四五六七八九"
    ]
    assert unwrapped("\n".join(lines)) is None


def test_one_indented_paragraph_in_lines_goes_on_behind_every_full_one() -> None:
    words = "全年新建学校六所新增学位九百个。"
    text = wrapped(words * 12 + "（责任单位：基础教育科、市财政局）", 32, "\u3000\u3000")
    cut = unwrapped(f"青岚市教育局2023年工作总结\n{text}\n附件：任务清单（略）")
    assert cut is not None
    assert cut.text.splitlines()[1:] == [
        f"\u3000\u3000{words * 12}（责任单位：基础教育科、市财政局）",
        "附件：任务清单（略）",
    ]
