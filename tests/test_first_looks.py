"""A detector that first looks for single characters finds what its patterns find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yaodian.extraction.marks import glyphs, placeholders, repetition
from yaodian.extraction.marks.oddity import Region, alternation, proofreading

TEXTS = [
    "XX市、××县和某某局在20XX年X月X日前完成，培训**名教师，覆盖__%，（待补充）。",
    "（此处填写学校名称）【待定】[请填写]，XXX年，＊＊学校，高二XX班，1X2，平均每校××人。",
    "第×中学、20××学年、某某某同志、某某同志，某项工作，2X年。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_placeholders(text: str) -> None:
    region = Region(text, 0, len(text))
    plain = [match.span() for match in region.find(re.compile(alternation("placeholder", "patterns")))]
    assert plain
    assert [match.span() for match in placeholders._blanks(region)] == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("推进推进工作工作", ["推进", "工作"]),
        ("教师教师节", []),
        ("建设建设建设者", ["建设"]),
        ("管理管理管理管理", ["管理", "管理"]),
    ],
)
def test_doubled_words(text: str, words: list[str]) -> None:
    assert [odd.expected for odd in repetition._doubled_words(Region(text, 0, len(text)))] == words


@pytest.mark.parametrize(
    ("text", "found"),
    [("工作，。任务", ["，。"]), ("&nbsp；；好", []), ("a，b ,;c", [",;"]), (",;b", []), ("一、 ，二", ["、 ，"])],
)
def test_doubled_punctuation(text: str, found: list[str]) -> None:
    assert [match[0] for match in Region(text, 0, len(text)).find(glyphs._DOUBLED)] == found


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_site_name_contains_a_sign(data: st.DataObject) -> None:
    names = proofreading("injected")
    pattern = data.draw(st.sampled_from([*names["cores"], *names["strong_brands"]]))
    name = data.draw(st.from_regex(re.compile(re.sub(r"\(\?!.*?\)", "", pattern)), fullmatch=True))
    assert any(sign in name for sign in names["signs"])
