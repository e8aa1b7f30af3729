"""Numbers as automatic numbering writes them: the formats of ISO/IEC 29500-1 §17.18.59.

Formats for scripts that Chinese documents do not number with are written as plain digits. Where the standard leaves a
case open or differs from its own examples, Word's practice is followed: 101 is 一○一 in one Chinese format, 一百〇一 in
another, and 一○○ follows 九十九 in the first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

LARGEST = 99_999
"""The largest number that is written in words or letters: Word counts to 32,767."""

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_PLAIN = "一二三四五六七八九"
_FORMAL = "壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "壹貳參肆伍陸柒捌玖"
_FORMAL_JAPANESE = "壱弐参四伍六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LONGEST_RUN_OF_LETTERS = 30

Format = Callable[[int], str]


def formatted(number: int, name: str) -> str:
    """The number in the format of that name; plain digits where the format does not have it or is not known."""
    if name == "none":
        return ""
    return _FORMATS[name](number) if name in _FORMATS and 0 < number <= LARGEST else str(number)


def _listed(signs: str) -> Format:
    """A format that has a sign for each number up to some, and digits beyond."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _digits(zero: str) -> Format:
    """Chinese digits, one for each place."""
    return lambda number: str(number).translate(str.maketrans("0123456789", zero + _PLAIN))


def _words(digits: str, units: str, zero: str, one_left_out: Literal["never", "in teens", "before units"]) -> Format:
    """Number words: a digit and its unit (ten, hundred, thousand, ten thousand) for each place that is not empty.

    ``zero`` stands for empty places between others. Where it is said, a one is left out: 十二, 百二.
    """

    def words(number: int) -> str:
        written, gap = "", False
        for place in (4, 3, 2, 1, 0):
            digit = number // 10**place % 10
            if digit:
                bare = digit == 1 and one_left_out == "before units" and place in (1, 2, 3)
                unit = units[place - 1] if place else ""
                written += (zero if gap else "") + ("" if bare else digits[digit - 1]) + unit
            gap = bool(written) and not digit
        return written[1:] if one_left_out == "in teens" and 10 <= number < 20 else written

    return words


def _counting(words: Format, digits: Format) -> Format:
    """Number words below a hundred, a digit for each place from there on."""
    return lambda number: words(number) if number < 100 else digits(number)


def _letters(first: str) -> Format:
    """One letter for each of 26 numbers, then two of the same, then three."""

    def letters(number: int) -> str:
        times, letter = divmod(number - 1, 26)
        return chr(ord(first) + letter) * (times + 1) if times < _LONGEST_RUN_OF_LETTERS else str(number)

    return letters


def _roman(number: int) -> str:
    if number > 32_767:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        written += sign * times
    return written


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _sixty(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number <= 60 else str(number)


def _run_of(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


_SIMPLE = _words(_PLAIN, "十百千万", "〇", "in teens")
_TRADITIONAL = _words(_PLAIN, "十百千萬", "零", "in teens")
_FORMATS: dict[str, Format] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _listed(_run_of("①", "⑳")),
    "decimalEnclosedCircleChinese": _listed(_run_of("①", "⑩")),
    "decimalEnclosedFullstop": _listed(_run_of("⒈", "⒛")),
    "decimalEnclosedParen": _listed(_run_of("⑴", "⒇")),
    "numberInDash": lambda number: f"- {number} -",
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "chineseCounting": _counting(_SIMPLE, _digits("○")),
    "chineseCountingThousand": _SIMPLE,
    "chineseLegalSimplified": _words(_FORMAL, "拾佰仟万", "零", "never"),
    "taiwaneseCounting": _counting(_TRADITIONAL, _digits("○")),
    "taiwaneseCountingThousand": _TRADITIONAL,
    "taiwaneseDigital": _digits("○"),
    "ideographDigital": _digits("〇"),
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "ideographEnclosedCircle": _listed(_run_of("㊀", "㊉")),
    "ideographLegalTraditional": _words(_FORMAL_TRADITIONAL, "拾佰仟萬", "零", "never"),
    "japaneseCounting": _words(_PLAIN, "十百千万", "", "before units"),
    "japaneseDigitalTenThousand": _digits("〇"),
    "japaneseLegal": _words(_FORMAL_JAPANESE, "拾百千萬", "", "never"),
    "koreanDigital2": _digits("零"),
}
