"""Years as a title may print them, in the digits that patterns look for: ２０２４年 and 二〇二四年 as 2024年.

The text keeps its length, so that offsets hold in both.
"""

from __future__ import annotations

from yaodian.patterns import compiled

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_FULL_WIDTH = compiled("[０-９]+")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN_YEAR = compiled("[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=[年—－～至])")


def plain_years(text: str) -> str:
    """The text with its full-width digits, and the Chinese ones of a year, as half-width ones."""
    plain = _FULL_WIDTH.sub(lambda digits: digits[0].translate(_DIGITS), text)
    return _HAN_YEAR.sub(lambda year: year[0].translate(_HAN_DIGITS), plain)
