"""Writing a fixed text back into its file: encoding, byte order mark and line ends stay, and nothing else changes."""

from __future__ import annotations

import codecs
import hashlib

from yaodian.errors import NotWritableError, shown
from yaodian.model import Document
from yaodian.reading.sniffing import MARKDOWN, TEXT

_WITH_MARKS = {
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
    "utf-8-sig": ((codecs.BOM_UTF8, "utf-8"),),
}


def is_text(document: Document) -> bool:
    """Whether the document's text is its file's."""
    return document.media_type in (TEXT, MARKDOWN)


def encoded(document: Document, original: bytes, text: str) -> bytes:
    """The file with ``text`` in the place of the document's; ``NotWritableError`` where more than that would change."""
    name = shown(document.source)
    if hashlib.sha256(original).hexdigest() != document.sha256:
        raise NotWritableError(f"{name}: it has changed since it was read")
    for mark, codec in _WITH_MARKS.get(document.encoding, ((b"", document.encoding),)):
        try:
            if original.startswith(mark) and mark + document.text.encode(codec) == original:
                return mark + text.encode(codec)
        except UnicodeEncodeError:
            continue
    raise NotWritableError(
        f"{name}: in {document.encoding} it cannot be written back without changing other places; convert it to UTF-8"
    )
