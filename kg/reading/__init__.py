"""Reading: a file, or standard input, becomes a :class:`~yaodian.model.Document`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from yaodian.errors import ReadingError
from yaodian.lines import with_line_feeds
from yaodian.model import Document, Segment, span_of
from yaodian.reading.body import Body, find_body
from yaodian.reading.encoding import Decoded, decode
from yaodian.reading.files import bytes_of, shown, standard_input
from yaodian.reading.sniffing import HTML, TEXT, refuse, sniff

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
        if media_type == HTML:
            return _from_html(data, name, source or name)
        return _from_text(data, name, source or name)
    except ReadingError as error:
        raise type(error)(f"{shown(source or name)}: {error}") from None


def _from_text(data: bytes, name: str, source: str) -> Document:
    decoded = decode(data)
    main = (0, len(decoded.text))
    return _document(data, decoded, find_body(with_line_feeds(decoded.text), main), name, source, TEXT)


def _from_html(data: bytes, name: str, source: str) -> Document:
    from yaodian.reading.html import html_to_text

    page = html_to_text(data)
    decoded = Decoded(page.text, page.encoding, page.problems)
    body = find_body(with_line_feeds(page.text), page.main or (0, len(page.text)))
    return replace(_document(data, decoded, body, name, source, HTML), title_hint=page.title)


def _document(data: bytes, decoded: Decoded, body: Body, name: str, source: str, media_type: str) -> Document:
    text = decoded.text
    if body.start == body.end:
        raise ReadingError("there is no text in it")
    return Document(
        name=name,
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        encoding=decoded.encoding,
        text=text,
        body=span_of(text, body.start, body.end),
        title=span_of(text, *body.title) if body.title else None,
        labelled=tuple((key, span_of(text, start, end)) for key, start, end in body.labelled),
        problems=decoded.problems,
        around=tuple(Segment(role, span_of(text, start, end)) for role, start, end in body.around),
    )
