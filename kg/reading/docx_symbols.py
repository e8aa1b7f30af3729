"""Characters of symbol fonts as characters of Unicode.

Word writes a sign from such a font as a number in the private use area (U+F000 to U+F0FF), whose meaning is the font's.
"""

from __future__ import annotations

from functools import cache

from yaodian.ontology import lexicon

ANY_BULLET = "•"
"""What a bullet of an unknown sign is."""

_PRIVATE = range(0xF000, 0xF100)
_PRINTED = (range(0x20, 0xD800), range(0xE000, 0xF000), range(0xF100, 0x110000))


def symbol(code: int, font: str) -> str:
    """The character that a code means in a font; empty where that is not known."""
    signs = _fonts().get(font.lower())
    if signs is not None or code in _PRIVATE:
        return (signs or {}).get(code & 0xFF, "")
    return chr(code) if any(code in codes for codes in _PRINTED) else ""


def bullet(text: str, font: str) -> str:
    """A list's bullet as a character of Unicode."""
    return "".join((symbol(ord(c), font) or ANY_BULLET) if ord(c) in _PRIVATE else c for c in text)


@cache
def _fonts() -> dict[str, dict[int, str]]:
    fonts = lexicon("symbol_fonts")
    return {font: {int(code, 16): sign for code, sign in signs.items()} for font, signs in fonts.items()}
