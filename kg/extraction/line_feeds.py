"""A document whose lines all end in line feeds, for those who look for lines, and the way back to its own text."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from yaodian.lines import with_line_feeds
from yaodian.model import Document, Span, span_of

QuotingT = TypeVar("QuotingT")


def line_fed(document: Document) -> Document:
    """The document with a text of the same length that has no odd line ends; itself where it has none."""
    text = with_line_feeds(document.text)
    return document if text == document.text else replace(requoted(document, text), text=text)


def requoted(value: QuotingT, text: str) -> QuotingT:
    """The value with every span in it, however deep, quoting ``text``."""
    found: Any = value
    if isinstance(value, Span):
        found = span_of(text, value.start, value.end)
    elif isinstance(value, tuple):
        found = tuple(requoted(part, text) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(value, **{field.name: requoted(getattr(value, field.name), text) for field in fields(value)})
    return found  # type: ignore[no-any-return]
