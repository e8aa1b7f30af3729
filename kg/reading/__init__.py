"""Reading: a file, or standard input, becomes a :class:`~yaodian.model.Document`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path, PurePosixPath

from yaodian.errors import ReadingError, shown
from yaodian.model import Document, Segment, span_of
from yaodian.reading import limits
from yaodian.reading.archive import MARK, member_bytes, only_member, split
from yaodian.reading.body import find_body
from yaodian.reading.cutting import cut
from yaodian.reading.encoding import decode
from yaodian.reading.extracted import Extracted
from yaodian.reading.files import bytes_of, standard_input
from yaodian.reading.markdown import stated_title, without_marks
from yaodian.reading.regular import regular, requoted
from yaodian.reading.sniffing import DOC, DOCX, HTML, MARKDOWN, MHT, PDF, RTF, XLS, ZIP, refuse, sniff
from yaodian.reading.tables import is_told, tables_in_text

__all__ = ["content_of", "read", "read_bytes"]

_READERS = {
    HTML: ("html", "read_html"),
    DOCX: ("docx", "read_docx"),
    PDF: ("pdf", "read_pdf"),
    RTF: ("rtf", "read_rtf"),
    MHT: ("mht", "read_mht"),
    DOC: ("legacy", "read_doc"),
    XLS: ("legacy", "read_xls"),
}


def read(source: str | Path) -> Document:
    """Read the file at ``source``; ``-`` is standard input, ``archive.zip!/plan.txt`` a document in an archive.

    Raises ``ReadingError`` where it is missing, empty, too large or not a document, and ``NotYetSupportedError`` for a
    format that is known but not read. Pipes and devices are read too, up to the same limit.
    """
    name = str(source)
    if name == "-":
        return read_bytes(standard_input(), "stdin", name)
    path = Path(source)
    return read_bytes(content_of(path), path.name, name)


def content_of(path: Path) -> bytes:
    """The bytes of a file, or of a document in an archive; ``ReadingError`` where it cannot be read."""
    if MARK in path.as_posix() and (inside := split(path)):
        return member_bytes(*inside)
    return bytes_of(path)


def read_bytes(data: bytes, name: str, source: str | None = None) -> Document:
    """The document in ``data``; ``name`` is its file name, ``source`` where it came from."""
    media_type = sniff(data, name)
    try:
        if not data.strip():
            raise ReadingError("the file is empty")
        if media_type == ZIP and MARK not in (source or ""):
            member, data = only_member(data, source or name)
            name, source = PurePosixPath(member).name, f"{source or name}{MARK}{member}"
            media_type = sniff(data, name)
        if media_type == ZIP:
            raise ReadingError("an archive inside an archive is not opened: unpack it first")
        return _document(_reader(media_type)(data), data, name, source or name, media_type)
    except ReadingError as error:
        raise type(error)(f"{shown(source or name)}: {error}") from None


def _reader(media_type: str) -> Callable[[bytes], Extracted]:
    """What reads a media type; an error where nothing does. A reader is loaded when its first file comes."""
    if media_type in _READERS:
        module, function = _READERS[media_type]
        reader: Callable[[bytes], Extracted] = getattr(import_module(f"yaodian.reading.{module}"), function)
        return reader
    refuse(media_type)
    return _read_markdown if media_type == MARKDOWN else _read_text


def _read_text(data: bytes) -> Extracted:
    decoded = decode(data)
    text = regular(decoded.text)
    limits.check_text(text)
    tables = tables_in_text(text)
    return Extracted(decoded.text, decoded.encoding, tables=tables, problems=decoded.problems)


def _read_markdown(data: bytes) -> Extracted:
    """Read Markdown: the text is the file's; its tables are found in the text without marks."""
    decoded = decode(data)
    limits.check_text(decoded.text)
    text, left = decoded.text, without_marks(decoded.text)
    tables = requoted(tables_in_text(regular(left.text)), left.quoting(text))
    return Extracted(text, decoded.encoding, title=stated_title(text), tables=tables, problems=decoded.problems)


def _document(found: Extracted, data: bytes, name: str, source: str, media_type: str) -> Document:
    text = found.text
    limits.check_text(text)
    left = without_marks(text) if media_type == MARKDOWN else cut(text, ())
    # No line of a table that lists work or indicators is furniture.
    work = [left.left_of(table.start, table.end) for table in found.tables if is_told(table)]
    body = find_body(regular(left.text), left.left_of(*(found.main or (0, len(text)))), work)
    if body.start == body.end:
        raise ReadingError("there is no text in it")
    return Document(
        name=name,
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        encoding=found.encoding,
        text=text,
        body=span_of(text, *left.as_printed(body.start, body.end)),
        title=span_of(text, *left.as_printed(*body.title)) if body.title else None,
        labelled=tuple((key, span_of(text, *left.as_printed(*at))) for key, *at in body.labelled),
        title_hint=found.title,
        tables=found.tables,
        origins=found.origins,
        problems=found.problems,
        around=tuple(Segment(role, span_of(text, *left.as_printed(*at))) for role, *at in body.around),
    )
