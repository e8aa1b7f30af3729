"""The text as it is meant to be read: each line end, blank and ideograph as what it stands for, at the same offsets.

Pages that were saved by programs print ``\\r\\n`` or ``&nbsp;`` as letters; others end lines with a lone carriage
return or a Unicode separator. Copies from PDFs print radicals (⽬ ⻩) and compatibility ideographs for the unified
ideographs that share their glyphs. Extraction reads the regular text; what it finds is quoted from the printed one.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, cast
from unicodedata import normalize

from yaodian.lines import ODD_END
from yaodian.model import Document, Plan, Span
from yaodian.ontology import lexicon

_IRREGULAR = re.compile(r"\\|&nbsp;|\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")
_ESCAPED_LINE_END = re.compile(r"\\r\\n|\\[rn](?![A-Za-z\\/:])")
_BLANK_ENTITY = re.compile("&nbsp;")
# CJK Radicals Supplement, Kangxi Radicals, CJK Compatibility Ideographs and their Supplement.
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


def regular(text: str) -> str:
    """The text with line ends, blanks and ideographs as such; of the same length, so that offsets hold in both."""
    text = _LOOKALIKE.sub(_unified, text)
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


def regularised(document: Document) -> Document:
    """The document with its text regular."""
    text = regular(document.text)
    return document if text == document.text else _requoted(document, replace(document, text=text))


def as_printed(plan: Plan, document: Document) -> Plan:
    """The plan that was found in the regular text of ``document``, with its quotes as printed."""
    if plan.document is document:
        return plan
    return cast("Plan", _rebound(replace(plan, document=document), document))


def _requoted(document: Document, into: Document) -> Document:
    changed = {field.name: _rebound(getattr(document, field.name), into) for field in fields(document)}
    return replace(into, **{name: value for name, value in changed.items() if name != "text"})


def _rebound(thing: Any, document: Document) -> Any:
    """The thing with every span in it quoted from the document."""
    if isinstance(thing, Span):
        return document.span(thing.start, thing.end)
    if isinstance(thing, tuple):
        return tuple(_rebound(member, document) for member in thing)
    if is_dataclass(thing) and not isinstance(thing, type | Document):
        values = {field.name: getattr(thing, field.name) for field in fields(thing)}
        changed = {name: _rebound(value, document) for name, value in values.items()}
        return replace(thing, **{name: value for name, value in changed.items() if value is not values[name]})
    return thing
