"""What kind of file some bytes are, told by what they contain; a file's name only decides between text formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePath

from yaodian.errors import NotYetSupportedError, ReadingError
from yaodian.patterns import compiled

TEXT = "text/plain"
HTML = "text/html"
MARKDOWN = "text/markdown"
PDF = "application/pdf"
RTF = "application/rtf"
MHT = "multipart/related"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
ZIP = "application/zip"
BINARY = "application/octet-stream"

_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = _OFFICE + "wordprocessingml.document"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAGIC = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
)

# Part names stand uncompressed in a zip's directory, stream names in UTF-16 in an OLE directory.
_ZIP_PARTS = (
    (b"word/document.xml", DOCX),
    (b"word/document2.xml", DOCX),
    (b"xl/workbook.xml", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/presentation.xml", _OFFICE + "presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),
)
_TYPE_AT, _OPEN_DOCUMENT = 30, b"mimetypeapplication/vnd.oasis.opendocument"
"""What OpenDocument 1.3 part 2 §3.3 begins its archives with, behind the head of their first file."""
_OLE_STREAMS = (
    ("WordDocument".encode("utf-16-le"), DOC),
    ("Workbook".encode("utf-16-le"), XLS),
    ("PowerPoint Document".encode("utf-16-le"), "application/vnd.ms-powerpoint"),
)

_NAMES = {
    PDF: "a PDF",
    RTF: "an RTF document",
    DOCX: "a Word document (docx)",
    _OFFICE + "spreadsheetml.sheet": "an Excel workbook (xlsx)",
    _OFFICE + "presentationml.presentation": "a PowerPoint presentation (pptx)",
    "application/ofd": "an OFD document",
    "application/vnd.oasis.opendocument": "an OpenDocument file (odt, ods)",
    DOC: "an old Word document (doc)",
    XLS: "an old Excel workbook (xls)",
    "application/vnd.ms-powerpoint": "an old PowerPoint presentation (ppt)",
    "application/x-ole-storage": "an old Office document",
    ZIP: "a zip archive",
    "application/vnd.rar": "a RAR archive",
    "application/x-7z-compressed": "a 7z archive",
    "application/gzip": "a gzip archive",
    MHT: "a web archive (mht)",
}

_HTML_NAMES = {".html", ".htm", ".shtml", ".xhtml", ".asp", ".aspx", ".jsp", ".php"}
_HTML_HEAD = re.compile(rb"<(!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_HTML_FRAGMENT = re.compile(rb"\s*<(div|p|table|section|article|h[1-6]|meta|title|span|ul|ol)[\s>]", re.IGNORECASE)
_MARKDOWN_NAMES = {".md", ".markdown", ".mdown", ".mkd"}
_MARKDOWN_HEADING = re.compile(rb"(?m)^ {0,3}#{1,6}[ \t]+\S")
FEWEST_HEADINGS = 2
"""So many lines that are marked as headings make a text Markdown, whatever its name."""
_ORDINARY = compiled(r"[\t\n\r\x20-\x7e\xa0\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
LARGEST_NUL_SHARE = 0.05
"""The share of NUL characters that a text may have besides which it is text: more are a binary file's."""
_LEAST_ORDINARY = 0.9
LONGEST_SAMPLE = 256 * 1024
"""The bytes by which an encoding is judged where nothing states it."""

_MHT_HEAD = re.compile(rb"\A[\w-]+:[\s\S]{0,2000}?content-type:\s*multipart/related", re.IGNORECASE)


_READ = ".txt, .md, .html, .docx or .pdf"


def sniff(data: bytes, name: str = "") -> str:
    """The media type of ``data``; ``name`` only tells between kinds of text where the content leaves it open."""
    return _binary(data) or _textual(data, name)


def refuse(media_type: str) -> None:
    """Raise the error that says in one line why a file of this media type is not read as text; nothing for text."""
    if media_type.startswith("text/"):
        return
    if media_type.startswith("image/"):
        raise NotYetSupportedError(f"this is an image: text in pictures is not read; give the plan as {_READ}")
    if named := _NAMES.get(media_type):
        raise NotYetSupportedError(f"this is {named}: the format is not read yet; save the plan as {_READ}")
    raise ReadingError(f"this is a binary file, not text: give the plan as {_READ}")


def nul_encoding(data: bytes) -> str | None:
    """UTF-16 without a byte order mark, recognised by its NUL bytes; None where it is not that."""
    if len(data) % 2 or b"\x00" not in data:
        return None
    # NULs alone do not tell the byte order: ASCII has one in the high byte, 一 (U+4E00) in the low.
    share, encoding = max((_ordinary_share(data, e), e) for e in ("utf-16-le", "utf-16-be"))
    return encoding if share > max(_LEAST_ORDINARY, _share_without_nuls(data)) else None


def _has_stray_nuls(data: bytes) -> bool:
    """Whether a few NUL characters stand in what is text otherwise."""
    return _share_without_nuls(data) > _LEAST_ORDINARY


def _share_without_nuls(data: bytes) -> float:
    """The share of ordinary characters, NULs not counted, in an encoding of single bytes; 0 where NULs are many."""
    if data.count(b"\x00") > LARGEST_NUL_SHARE * len(data):
        return 0
    rest = data.replace(b"\x00", b"")
    return max(_ordinary_share(rest, encoding) for encoding in ("utf-8", "gb18030"))


def _ordinary_share(data: bytes, encoding: str) -> float:
    """The share of characters that Chinese text is made of, in the beginning of a long file."""
    text = data[:LONGEST_SAMPLE].decode(encoding, errors="replace")
    return len(_ORDINARY.findall(text)) / max(1, len(text))


def _binary(data: bytes) -> str | None:
    head = data[:16]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if data[_TYPE_AT:].startswith(_OPEN_DOCUMENT):
            return "application/vnd.oasis.opendocument"
        directory = _directory(data)
        return next((media for part, media in _ZIP_PARTS if part in directory), ZIP)
    if head.startswith(_OLE):
        return next((media for stream, media in _OLE_STREAMS if stream in data), "application/x-ole-storage")
    for magic, media in _MAGIC:
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:64]):
            return media
    if b"%PDF-" in data[:1024] and b"endobj" in data:
        return PDF
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in data:
        return None
    if nul_encoding(data) or _has_stray_nuls(data):
        return None
    return "image/webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else BINARY


def _directory(data: bytes) -> bytes:
    """The directory at the end of a zip, all of it where that is not found: what is inside its files does not count."""
    end = data.rfind(b"PK\x05\x06")
    start = int.from_bytes(data[end + 16 : end + 20], "little") if end >= 0 else 0
    return data[start:] if start < end else data


def _textual(data: bytes, name: str) -> str:
    # Dropping NUL bytes makes the ASCII markup of UTF-16 visible.
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _MHT_HEAD.match(head):
        return MHT
    if _HTML_HEAD.search(head) or _HTML_FRAGMENT.match(head):
        return HTML
    suffix = PurePath(name).suffix.lower()
    if suffix in _HTML_NAMES and b"<" in head:
        return HTML
    headings = _MARKDOWN_HEADING.finditer(data[:65536].replace(b"\x00", b""))
    return MARKDOWN if suffix in _MARKDOWN_NAMES or _reach(headings, FEWEST_HEADINGS) else TEXT


def _reach(found: Iterator[object], number: int) -> bool:
    """Whether there are so many."""
    return len(list(islice(found, number))) == number
