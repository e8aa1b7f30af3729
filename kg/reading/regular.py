"""The text as it is meant to be read: each line end, blank and ideograph as what it stands for, at the same offsets.

Pages that were saved by programs print ``\\r\\n`` or ``&nbsp;`` as letters; others end lines with a lone carriage
return or a Unicode separator. Copies from PDFs print radicals (⽬ ⻩) and compatibility ideographs for the unified
ideographs that share their glyphs. Extraction reads the regular text, of Markdown without its marks, of plain text
without the line breaks inside its paragraphs; what it finds is quoted from the printed one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from typing import Any, TypeVar, cast
from unicodedata import normalize

from yaodian.lines import ODD_END
from yaodian.model import Document, Plan, Span, span_of
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.cutting import Cut
from yaodian.reading.markdown import without_marks
from yaodian.reading.sniffing import MARKDOWN, TEXT
from yaodian.reading.wrapping import unwrapped

Quoting = Callable[[Span], Span]
ThingT = TypeVar("ThingT")

_IRREGULAR = compiled(r"[\\&\r\x0b\x0c\x85\u2028\u2029](?:(?<![&\r])|(?<=&)nbsp;|(?<=\r)(?!\n))")
_ESCAPED_LINE_END = compiled(r"\\r\\n|\\[rn](?![A-Za-z\\/:])")
_BLANK_ENTITY = compiled("&nbsp;")
# CJK Radicals Supplement, Kangxi Radicals, CJK Compatibility Ideographs and their Supplement.
_LOOKALIKE = compiled("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


# Extraction and its accounting ask for the same text.
@lru_cache(maxsize=1)
def regular(text: str) -> str:
    """The text with line ends, blanks and ideographs as such; of the same length, so that offsets hold in both."""
    text = _LOOKALIKE.sub(_unified, text.replace("\r\n", " \n"))
    if not _IRREGULAR.search(text):
        return text
    text = _ESCAPED_LINE_END.sub(lambda match: " " * (len(match[0]) - 1) + "\n", text)
    text = _BLANK_ENTITY.sub(lambda match: " " * len(match[0]), text)
    return ODD_END.sub("\n", text)


def _unified(match: re.Match[str]) -> str:
    """The unified ideograph that a radical or compatibility ideograph stands for; itself where it stands for none."""
    return _radicals().get(match[0]) or normalize("NFKC", match[0])


@cache
def _radicals() -> dict[str, str]:
    return dict(lexicon("radicals")["radicals"])


def unmarked(document: Document) -> Document:
    """The document without marks, and without line breaks inside its paragraphs; itself where there are none."""
    left = _left(document.text, document.media_type)
    if left is None:
        return document
    return _with_text(document, left.text, lambda span: span_of(left.text, *left.left_of(span.start, span.end)))


def regularised(document: Document) -> Document:
    """The document without what only its form needs, its text regular."""
    plain = unmarked(document)
    text = regular(plain.text)
    if text == plain.text:
        return plain
    return _with_text(plain, text, lambda span: span_of(text, span.start, span.end))


def as_printed(plan: Plan, document: Document) -> Plan:
    """The plan that was found in the regular text of ``document``, with its places and quotes as printed."""
    if plan.document is document:
        return plan
    printed = replace(plan, document=document)
    left = _left(document.text, document.media_type)
    if left is None:
        return requoted(printed, lambda span: document.span(span.start, span.end))
    return requoted(printed, left.quoting(document.text))


# It is asked for before a text is read and after, to quote what was found.
@lru_cache(maxsize=1)
def _left(text: str, media_type: str) -> Cut | None:
    """What is left of a text without what only its form needs; None where that is all of it."""
    if media_type == MARKDOWN:
        return without_marks(text)
    return unwrapped(text) if media_type == TEXT else None


def requoted(thing: ThingT, quoted: Quoting) -> ThingT:
    """The dataclass, or the tuple of such, with every span in it quoted anew."""
    return cast("ThingT", _rebound(thing, quoted))


def _with_text(document: Document, text: str, quoted: Quoting) -> Document:
    changed = {field.name: _rebound(getattr(document, field.name), quoted) for field in fields(document)}
    return replace(document, **(changed | {"text": text}))


def _rebound(thing: Any, quoted: Quoting) -> Any:
    if isinstance(thing, Span):
        return quoted(thing)
    if isinstance(thing, tuple):
        return tuple(_rebound(member, quoted) for member in thing)
    if is_dataclass(thing) and not isinstance(thing, type | Document):
        values = {field.name: getattr(thing, field.name) for field in fields(thing)}
        changed = {name: _rebound(value, quoted) for name, value in values.items()}
        return replace(thing, **{name: value for name, value in changed.items() if value is not values[name]})
    return thing
