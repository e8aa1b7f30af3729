"""One font for all that a PDF only names, so that a page reads the same whatever fonts the machine has.

PDFium tells where words stand by the outlines of their glyphs, and leaves out what has none: turned text, and single
characters. A file may name its fonts without bringing them along; then the outlines are those of whatever the system
has for that script, and none where it has nothing. Here each such glyph is one box, narrow enough to leave the widths
that the file states as they are.

The font is written as OpenType 1.9 lays it out; its ``cmap`` is of format 13, many characters to one glyph, as in a
last resort font.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from functools import cache
from struct import pack
from typing import Any

import pypdfium2.raw as pdfium

EM = 1000
LEFT, BOTTOM, RIGHT, TOP = 40, -100, 400, 840
"""The box that stands for each glyph, in thousandths of an em."""
ASCENT, DESCENT = 880, -120
_CHARACTERS = ((0x20, 0xD7FF), (0xE000, 0x10FFFF))
_NAME = b"Yaodian Boxes"
_HANDLE = 1


def _map_font(*_: Any) -> int:
    return _HANDLE


def _data(_: Any, font: Any, table: int, buffer: Any, size: int) -> int:
    """Hand over a table, or for 0 the whole file, where there is room; how long it is."""
    data = tables().get(table.to_bytes(4, "big").decode("latin-1"), b"") if table else font_file()
    return _handed(data, buffer, size)


def _face_name(_: Any, font: Any, buffer: Any, size: int) -> int:
    return _handed(_NAME + b"\0", buffer, size)


def _handed(data: bytes, buffer: Any, size: int) -> int:
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


def _charset(*_: Any) -> int:
    return int(pdfium.FXFONT_GB2312_CHARSET)


def _nothing(*_: Any) -> None:
    """There are no fonts to tell of, and nothing to give back."""


_ANSWERS: Mapping[str, Callable[..., Any]] = {
    "Release": _nothing,
    "EnumFonts": _nothing,
    "MapFont": _map_font,
    "GetFont": _map_font,
    "GetFontData": _data,
    "GetFaceName": _face_name,
    "GetFontCharset": _charset,
    "DeleteFont": _nothing,
}


@cache
def use_boxes() -> object:
    """Let PDFium take the boxes for every font that a file only names, in this process and from now on."""
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    asked = pdfium.FPDF_SYSFONTINFO(1, *(kinds[name](answer) for name, answer in _ANSWERS.items()))
    pdfium.FPDF_SetSystemFontInfo(asked)
    return asked


@cache
def font_file() -> bytes:
    """The font as a file."""
    count = len(tables())
    head, body = pack(">IHHHH", 0x00010000, count, 128, 3, 16 * count - 128), b""
    for tag, data in sorted(tables().items()):
        head += pack(">4sIII", tag.encode(), 0, 12 + 16 * count + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body


@cache
def tables() -> Mapping[str, bytes]:
    """The tables of the font: glyph 0 for what is no character, glyph 1 for every character; both are the box."""
    box = _box()
    return {
        "head": pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, EM, 0, 0, LEFT, BOTTOM, RIGHT, TOP, 0, 8, 2, 1, 0
        ),
        "hhea": pack(">IhhhHhhhhhh8xhH", 0x10000, ASCENT, DESCENT, 0, EM, LEFT, EM - RIGHT, RIGHT, 1, 0, 0, 0, 1),
        "maxp": pack(">IHHH22x", 0x10000, 2, 4, 1),
        "hmtx": pack(">Hhh", EM, LEFT, LEFT),
        "loca": pack(">III", 0, len(box), 2 * len(box)),
        "glyf": 2 * box,
        "cmap": _cmap(),
        "post": pack(">IIhhI16x", 0x30000, 0, 0, 0, 0),
        "name": pack(">HHHHHHHHH", 0, 1, 18, 3, 1, 0x409, 1, 2 * len(_NAME), 0) + _NAME.decode().encode("utf-16-be"),
    }


def _box() -> bytes:
    """A glyph of one contour with four corners, from the left bottom one."""
    head = pack(">hhhhhHH", 1, LEFT, BOTTOM, RIGHT, TOP, 3, 0)
    across = pack(">hhhh", LEFT, 0, RIGHT - LEFT, 0)
    upward = pack(">hhhh", BOTTOM, TOP - BOTTOM, 0, BOTTOM - TOP)
    glyph = head + b"\x01\x01\x01\x01" + across + upward
    return glyph + bytes(-len(glyph) % 4)


def _cmap() -> bytes:
    groups = b"".join(pack(">III", first, last, 1) for first, last in _CHARACTERS)
    table = pack(">HHIII", 13, 0, 16 + len(groups), 0, len(_CHARACTERS)) + groups
    return pack(">HHHHI", 0, 1, 3, 10, 12) + table
