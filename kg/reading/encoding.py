"""Bytes to text: byte order marks, UTF-8, UTF-16 and GB18030 (with GBK and GB2312 inside it).

Line ends stay as they are, and so do stray NUL characters, which are reported. Bytes that mean nothing in the
encoding become U+FFFD, and each such place is a problem: nothing is lost in silence.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace

from yaodian.errors import ReadingError
from yaodian.model import Problem
from yaodian.reading.sniffing import nul_encoding, refuse, sniff

__all__ = ["Decoded", "decode", "sniff"]

REPLACEMENT = "\ufffd"
LARGEST_DAMAGE = 0.05
"""The share of bytes that may be undecodable before a file counts as not being text in a known encoding."""
MOST_DAMAGED_PLACES = 500
"""The number of undecodable places after which a file counts as not being text in a known encoding."""

PIECE = 64 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ABOVE_ASCII = bytes(range(0x80, 0x100))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the codec it was read with (``data.decode(encoding)`` where nothing was damaged), and what was lost."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Decode ``data``; ``declared`` is the encoding that a page states for itself, believed only where it fits."""
    refuse(sniff(data))
    decoded = _decoded(data, declared)
    return replace(decoded, problems=(*decoded.problems, *_nuls(decoded.text)))


def _decoded(data: bytes, declared: str | None) -> Decoded:
    for encoding in _candidates(data, declared):
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return _decode_damaged(data)


def _nuls(text: str) -> Iterator[Problem]:
    """The report of NUL characters: one for all of them, at the first."""
    if count := text.count("\x00"):
        first = text.index("\x00")
        what = "a NUL character stands" if count == 1 else f"{count} NUL characters stand"
        yield Problem("nul-character", f"{what} in the text (kept as it is)", first, first + 1)


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    certain = _marked(data) or nul_encoding(data)
    if certain:
        yield certain
        return
    # UTF-8 proves itself: text in another encoding is hardly ever valid UTF-8. One damaged byte
    # must not turn a UTF-8 text into GB18030, which accepts most byte pairs.
    if _mostly_utf8(data):
        yield "utf-8"
    else:
        yield from (*_declared_codec(declared), "gb18030")


def _marked(data: bytes) -> str | None:
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)


def _declared_codec(declared: str | None) -> tuple[str, ...]:
    """The declared codec where it is neither UTF-8 nor inside GB18030, nor one that accepts any bytes."""
    try:
        name = codecs.lookup(declared or "").name
    except LookupError:
        return ()
    return (name,) if name.startswith("big5") else ()


def _mostly_utf8(data: bytes) -> bool:
    """Whether the bytes above ASCII are UTF-8 but for few: counted in characters read against bytes lost."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count(REPLACEMENT) - data.count(REPLACEMENT.encode())
    beyond_ascii = len(text) - len(data.translate(None, _ABOVE_ASCII)) - lost
    return lost * 4 <= beyond_ascii


def _decode_damaged(data: bytes) -> Decoded:
    encoding = _marked(data) or nul_encoding(data) or ("utf-8" if _mostly_utf8(data) else "gb18030")
    pieces: list[str] = []
    damage: list[tuple[int, int, int, int]] = []
    length = 0
    for piece, start, end in _pieces(data, encoding):
        pieces.append(piece)
        length += len(piece)
        if start < end:
            _note(damage, (length, length + 1, start, end))
            pieces.append(REPLACEMENT)
            length += 1
    if sum(end - start for _, _, start, end in damage) > max(4, LARGEST_DAMAGE * len(data)):
        raise _not_text(encoding)
    return Decoded("".join(pieces), encoding, tuple(_problem(encoding, *place) for place in damage))


def _pieces(data: bytes, encoding: str) -> Iterator[tuple[str, int, int]]:
    """The decodable stretches, each with the undecodable bytes (start, end) after it, if any.

    They are decoded piece by piece: an error of Python's keeps all the bytes that it was met in.
    """
    codec, position = _without_bom(data, encoding)
    places = 0
    while position < len(data):
        decoder = codecs.getincrementaldecoder(codec)()
        piece = data[position : position + PIECE]
        try:
            text = decoder.decode(piece, final=position + PIECE >= len(data))
            position += len(piece) - len(decoder.getstate()[0])
            yield text, position, position
        except UnicodeDecodeError as error:
            places += 1
            if places >= MOST_DAMAGED_PLACES:
                raise _not_text(encoding) from None
            yield piece[: error.start].decode(codec), position + error.start, position + error.end
            position += error.end


def _without_bom(data: bytes, encoding: str) -> tuple[str, int]:
    """A codec that expects no byte order mark, and where the text behind the mark starts."""
    if encoding == "utf-8-sig":
        return "utf-8", len(codecs.BOM_UTF8)
    if encoding in ("utf-16", "utf-32"):
        width = int(encoding[-2:]) // 8
        order = "le" if data[:2] == codecs.BOM_UTF16_LE else "be"
        return f"{encoding}-{order}", width
    return encoding, 0


def _note(damage: list[tuple[int, int, int, int]], place: tuple[int, int, int, int]) -> None:
    """Add a damaged place, joined to the one before where they touch."""
    start, end, first, last = place
    if damage and damage[-1][1] == start and damage[-1][3] == first:
        start, _, first, _ = damage.pop()
    damage.append((start, end, first, last))


def _problem(encoding: str, start: int, end: int, first: int, last: int) -> Problem:
    count = "1 byte" if last - first == 1 else f"{last - first} bytes"
    return Problem("undecodable-bytes", f"{count} at byte offset {first} cannot be read as {encoding}", start, end)


def _not_text(encoding: str) -> ReadingError:
    return ReadingError(f"the encoding is not recognised: too many bytes cannot be read (tried {encoding})")
