"""Web archives (MHTML, RFC 2557): the page in them is read, and the parts of its frames; pictures are left alone."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from yaodian.errors import ReadingError
from yaodian.model import Problem
from yaodian.reading import limits
from yaodian.reading.extracted import Extracted
from yaodian.reading.html import read_html, read_page
from yaodian.reading.html_main import prose

_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an archive: what its head says, and its content as it stands there."""

    head: Message
    content: bytes

    @property
    def media_type(self) -> str:
        """What it says that it is."""
        return self.head.get_content_type()

    def decoded(self) -> bytes:
        """The content in its own bytes; a damaged encoding gives what can be made of it."""
        encoding = str(self.head.get("Content-Transfer-Encoding", "")).strip().lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(self.content)
        if encoding == "base64":
            plain = re.sub(rb"[^A-Za-z0-9+/]", b"", self.content)
            try:
                return base64.b64decode(plain + b"=" * (-len(plain) % 4))
            except binascii.Error:
                return base64.b64decode(plain[: len(plain) // 4 * 4])
        return self.content


def read_mht(data: bytes) -> Extracted:
    """Read the page of a web archive; ``ReadingError`` where there is none in it."""
    pages = [part for part in _parts(_part(data), 0) if part.media_type in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ReadingError("there is no page in this web archive")
    if len(pages) == 1:
        return read_html(_with_charset(pages[0]))
    # What they show in frames are pages of the archive, too.
    found, *frames = (read_page(_with_charset(page)).found for page in pages)
    if not prose(found.text) and frames:
        # A page that only holds frames: the one with the most words is the document.
        found, frames = _longest([found, *frames])
    shown = sum(len(frame.text) for frame in frames)
    if not shown:
        return found
    what = f"{shown} characters in other frames of the page were left out"
    return replace(found, problems=(*found.problems, Problem("frames", what)))


def _longest(found: list[Extracted]) -> tuple[Extracted, list[Extracted]]:
    longest = max(found, key=lambda one: len(one.text))
    return longest, [one for one in found if one is not longest]


def _part(data: bytes) -> _Part:
    """A head and what follows it."""
    end = _HEAD_END.search(data, 0, limits.MHT_LONGEST_HEAD)
    head, content = (data[: end.start()], data[end.end() :]) if end else (data[: limits.MHT_LONGEST_HEAD], b"")
    if head.count(b";") > limits.MHT_MOST_PARAMETERS:
        raise limits.beyond(f"a part of this web archive has more than {limits.MHT_MOST_PARAMETERS} parameters")
    return _Part(BytesHeaderParser(policy=compat32).parsebytes(head.lstrip(b"\xef\xbb\xbf\r\n") + b"\n\n"), content)


def _parts(part: _Part, depth: int) -> Iterator[_Part]:
    """The parts that hold no others, in order; the one that an archive names as its start before all."""
    boundary = part.head.get_boundary()
    if not part.media_type.startswith("multipart/") or not boundary:
        yield part
        return
    if depth > limits.MHT_DEEPEST_PARTS:
        raise limits.beyond(f"the parts of this web archive nest deeper than {limits.MHT_DEEPEST_PARTS}")
    inner = list(_inner(part.content, boundary))
    start = part.head.get_param("start")
    inner.sort(key=lambda p: not (start and p.head.get("Content-ID") == start))
    for one in inner:
        yield from _parts(one, depth + 1)


def _inner(content: bytes, boundary: str) -> Iterator[_Part]:
    mark = re.compile(
        rb"(?:\A|\r?\n)--" + re.escape(boundary.encode("utf-8", "surrogateescape")) + rb"(--)?[ \t]*(?:\r?\n|\Z)"
    )
    start: int | None = None
    for number, found in enumerate(mark.finditer(content)):
        if start is not None:
            yield _part(content[start : found.start()])
        if number >= limits.MHT_MOST_PARTS:
            raise limits.beyond(f"this web archive has more than {limits.MHT_MOST_PARTS:,} parts")
        start = found.end() if not found[1] else None
    if start is not None:
        yield _part(content[start:])


def _with_charset(part: _Part) -> bytes:
    """The page, with the encoding that its head states where the page itself states none."""
    data = part.decoded()
    charset = part.head.get_content_charset()
    if charset and re.fullmatch(r"[\w.:-]+", charset) and b"charset" not in data[:4096].lower():
        return f'<meta charset="{charset}">'.encode() + data
    return data
