"""Reading: a file, or standard input, becomes a :class:`~yaodian.model.Document`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from yaodian.errors import ReadingError, shown
from yaodian.model import Document, Segment, span_of
from yaodian.reading.body import find_body
from yaodian.reading.encoding import decode
from yaodian.reading.extracted import Extracted
from yaodian.reading.files import bytes_of, standard_input
from yaodian.reading.regular import regular
from yaodian.reading.sniffing import HTML, refuse, sniff
from yaodian.reading.table_headers import header_of
from yaodian.reading.tables import tables_in_text

__all__ = ["read", "read_bytes"]


def read(source: str | Path) -> Document:
    """Read the file at ``source`` (``-``: standard input).

    Raises ``ReadingError`` where it is missing, empty, too large or not text, and ``NotYetSupportedError`` for a
    format that is known but not read yet. Pipes and devices are read too, up to the same limit.
    """
    name = str(source)
    data = standard_input() if name == "-" else bytes_of(Path(source))
    return read_bytes(data, "stdin" if name == "-" else Path(source).name, name)


def read_bytes(data: bytes, name: str, source: str | None = None) -> Document:
    """The document in ``data``; ``name`` is its file name, ``source`` where it came from."""
    media_type = sniff(data, name)
    try:
        refuse(media_type)
        if not data.strip():
            raise ReadingError("the file is empty")
        return _document(_reader(media_type)(data), data, name, source or name, media_type)
    except ReadingError as error:
        raise type(error)(f"{shown(source or name)}: {error}") from None


def _reader(media_type: str) -> Callable[[bytes], Extracted]:
    """What reads a media type. A format's reader is loaded when the first such file comes."""
    if media_type == HTML:
        from yaodian.reading.html import read_html

        return read_html
    return _read_text


def _read_text(data: bytes) -> Extracted:
    decoded = decode(data)
    tables = tables_in_text(regular(decoded.text))
    return Extracted(decoded.text, decoded.encoding, tables=tables, problems=decoded.problems)


def _document(found: Extracted, data: bytes, name: str, source: str, media_type: str) -> Document:
    text = found.text
    # No line of a table that lists work is furniture.
    work = [(table.start, table.end) for table in found.tables if header_of(table)]
    body = find_body(regular(text), found.main or (0, len(text)), work)
    if body.start == body.end:
        raise ReadingError("there is no text in it")
    return Document(
        name=name,
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        encoding=found.encoding,
        text=text,
        body=span_of(text, body.start, body.end),
        title=span_of(text, *body.title) if body.title else None,
        labelled=tuple((key, span_of(text, start, end)) for key, start, end in body.labelled),
        title_hint=found.title,
        tables=found.tables,
        origins=found.origins,
        problems=found.problems,
        around=tuple(Segment(role, span_of(text, start, end)) for role, start, end in body.around),
    )
