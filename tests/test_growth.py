"""Texts that say one thing over and over take time in proportion to their length, whatever it is they say."""

from __future__ import annotations

import time

import pytest

from yaodian.extraction import extract
from yaodian.reading import read_bytes

TITLE = "云岭市教育局2024年工作要点\n一、扩大资源\n1.增加学位供给。"
SHORT, LONG = 5_000, 20_000
MOST = 9.0
"""What four times the text may take: in proportion it is 4, with the square of the length 16."""
ROUNDS = 4
# Openings without ends, labels, lists, numbers, names, words that begin many patterns, a run without punctuation.
REPEATED = (
    "（", "《", "”", "1.", "1.\n", "（一）", "一是", "一是抓", "达到", "0123456789", "一二三四五", "甲乙、", "城东镇、", "城东镇",
    "学校、和", "推进教育改革发展", "　", "教育《关于（", "新建3所学校", "从3所到5所", "（责任", "完成时限：", "关于印发通知",
    "甲乙等", "教发〔2024〕3号", "2024年1月1日", "|", "XX市", "意见", "培训教师300人，", "……", "&nbsp;",
    "任务一：市教育局牵头，市财政局配合\n", "责任单位：甲局\n", "毛入园率 % 90 92\n",
)  # fmt: skip


def _seconds(unit: str, length: int, before: str = "", behind: str = "") -> float:
    """The processor time of the quickest of some runs, each of its own text: what was found in one may be kept."""
    times = []
    for year in range(2024, 2024 + ROUNDS):
        text = TITLE.replace("2024", str(year)) + before + unit * (length // len(unit)) + behind
        document = read_bytes(text.encode(), "plan.txt")
        start = time.process_time()
        extract(document)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("unit", REPEATED)
def test_time_grows_with_the_text(unit: str) -> None:
    _seconds(unit, SHORT // 10)  # what is built when it is first used
    short, long = _seconds(unit, SHORT), _seconds(unit, LONG)
    assert long < MOST * max(short, 0.002)


@pytest.mark.parametrize("blank", [" ", "\n"])
def test_time_grows_with_the_blanks_between_lines(blank: str) -> None:
    around = "\n", "\n2.增加教师。"
    _seconds(blank, SHORT // 10, *around)
    assert _seconds(blank, LONG, *around) < MOST * max(_seconds(blank, SHORT, *around), 0.002)
