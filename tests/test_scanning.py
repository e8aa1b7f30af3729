"""Searching by what a pattern needs must find what searching by the pattern finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.extraction.marks.oddity import proofreading
from yaodian.extraction.scanning import words_needed

PATTERNS = [
    pattern
    for section, key in (("wrong", "words"), ("laundered", "strong"), ("laundered", "weak"))
    for pattern, _ in proofreading(section)[key]
]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("布署", {"布署"}),
        ("渡过(?=寒假|暑假)", {"渡过"}),
        ("(?:校园|食品)(平安)(?=教育|形势)", {"平安"}),
        ("(?:校园|学校)(安全稳患|安全隐悉)", {"安全稳患", "安全隐悉"}),
        ("新?葡京|乙肝", {"葡京", "乙肝"}),
        (r"管理方法(?=[（(]暂行|[（(]试行|》)", {"管理方法"}),
        ("甲[乙丙]丁戊(?:己|庚)", {"丁戊"}),
        ("(?:甲|乙)", set()),
        ("甲乙|[丙丁]", set()),
    ],
)
def test_words_that_a_pattern_needs(pattern: str, words: set[str]) -> None:
    assert words_needed(pattern) == words


@given(st.sampled_from(PATTERNS).flatmap(lambda pattern: st.tuples(st.just(pattern), st.from_regex(pattern))))
def test_each_match_has_one_of_the_words_needed(made: tuple[str, str]) -> None:
    pattern, text = made
    needed = words_needed(pattern)
    assert not needed or any(word in text for word in needed) or not re.search(pattern, text)
