from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.extraction.numerals import multiplier, parse, parse_han


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("三十六", 36), ("十二", 12), ("二十", 20), ("一百零五", 105), ("一百二", 120), ("两千三百", 2300),
        ("二〇二三", 2023), ("两", 2), ("１２", 12), ("1,234.5", "1234.5"), ("３．１", "3.1"),
        ("十二亿六千万", 1_260_000_000), ("二万八千五百", 28_500), ("四十九点六", "49.6"), ("两千三", 2300), ("一万二", 12_000),
    ],
)  # fmt: skip
def test_numerals_of_both_scripts(numeral: str, value: str | int) -> None:
    assert parse(numeral) == Decimal(value)


@pytest.mark.parametrize("words", ["", "甲", "12个", "三个"])
def test_words_that_are_no_numeral(words: str) -> None:
    assert parse(words) is None


@given(st.integers(0, 10**9))
def test_full_width_digits_mean_the_same(number: int) -> None:
    full_width = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert parse(full_width) == parse(str(number)) == number


@given(st.integers(1, 9999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert parse_han(_han(number)) == number


def test_multipliers() -> None:
    assert multiplier("万") == 10_000
    assert multiplier("千万") == 10_000_000
    assert multiplier("") == 1


def _han(number: int) -> str:
    digits = "零一二三四五六七八九"
    words, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if pending_zero and words else "") + digits[digit] + name
            pending_zero = False
        else:
            pending_zero = True
    return words
