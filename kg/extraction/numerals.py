"""Numerals as Chinese official prose writes them: 12, １２, 3.1万, 三十六, 两, 二〇二三.

Usage follows GB/T 15835-2011 (Arabic and Chinese numerals in publications).
"""

from __future__ import annotations

import re
from decimal import Decimal

from yaodian.patterns import compiled

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0, "俩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_PLAIN = compiled(r"[0-9]+(?:\.[0-9]+)?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")

LONGEST = 24
HAN = "〇零○一二三四五六七八九十百千两"
HAN_NUMBER = f"[{HAN}]+(?:[万亿][{HAN}]*)*(?:点[〇零一二三四五六七八九]+)?"
_DIGIT = "[0-9０-９]"
_FRACTION = rf"(?:[.．]{_DIGIT}+)?"
_GROUPED = rf"(?<![0-9０-９.．]){_DIGIT}{{1,3}}(?:[ \u2002\u2003\xa0]{_DIGIT}{{3}})+{_FRACTION}(?![0-9０-９.．])"
# Digits that a scan has set apart (6 8 412名): right behind a word and right before one, unlike the cells of a row.
_BROKEN = rf"(?<=[\u4e00-\u9fff，、：（）(]){_DIGIT}{{1,3}}(?: {_DIGIT}{{1,3}}){{1,2}}{_FRACTION}(?=[\u4e00-\u9fff%％])"
ARABIC = rf"(?:{_GROUPED}|{_BROKEN}|{_DIGIT}+(?:[,，]{_DIGIT}{{3}})*{_FRACTION})"


def parse_han(numeral: str) -> int | None:
    """The integer a Chinese numeral means (三十六 → 36, 二〇二三 → 2023, 一百二 → 120), None if it is none."""
    if not numeral or len(numeral) > LONGEST:
        return None
    if all(c in _DIGITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = myriad = section = digit = 0
    last_unit = 1
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            last_unit = _UNITS[c]
            section += (digit or 1) * last_unit
            digit = 0
        elif c == "万":
            # 万 alone (近万人) is one of them.
            myriad, section, digit, last_unit = (section + digit or not (total or myriad)) * 10**4, 0, 0, 10**4
        elif c == "亿":
            total += (myriad + section + digit) * 10**8
            myriad, section, digit, last_unit = 0, 0, 0, 10**8
        else:
            return None
    trailing = digit * last_unit // 10 if digit and last_unit > 10 and "零" not in numeral else digit
    return total + myriad + section + trailing


def parse_arabic(numeral: str) -> Decimal | None:
    """The value of Arabic digits, full-width or with thousands separators, None if it is none."""
    plain = re.sub(r"[,\s]", "", numeral.translate(_FULL_WIDTH))
    if len(plain) > LONGEST:
        return None
    return Decimal(plain) if _PLAIN.fullmatch(plain) else None


def parse(numeral: str) -> Decimal | None:
    """The value of a numeral in either script (１２ → 12, 十二 → 12, 四十九点六 → 49.6), None if it is none."""
    if numeral.isascii() and numeral.isdecimal() and len(numeral) <= LONGEST:
        return Decimal(numeral)
    value = None if numeral[:1] in _DIGITS or numeral[:1] in _UNITS else parse_arabic(numeral)
    if value is not None:
        return value
    whole, _, decimals = numeral.partition("点")
    han = parse_han(whole)
    if han is None or not all(c in _DIGITS for c in decimals):
        return None
    return Decimal(f"{han}.{''.join(str(_DIGITS[c]) for c in decimals)}" if decimals else han)


def numeral(number: int) -> str:
    """The Chinese numeral of a number below a hundred (3 → 三, 21 → 二十一)."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    head = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return head + (digits[ones] if ones or not tens else "")


def multiplier(word: str) -> Decimal:
    """The factor of a multiplier word (万 → 10000, 千万 → 10000000, empty → 1)."""
    factor = Decimal(1)
    for c in word:
        factor *= _UNITS.get(c) or _MYRIADS[c]
    return factor
