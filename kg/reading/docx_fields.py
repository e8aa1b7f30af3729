"""Fields: codes whose results stand in the text (ISO/IEC 29500-1 §17.16).

Page numbers and tables of contents are made by Word out of the document and are none of its words. A field without a
result in the file may have its words in the code: Chinese documents write encircled numbers as ``EQ \\o\\ac(○,11)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from yaodian.patterns import compiled
from yaodian.reading.docx_symbols import symbol
from yaodian.reading.office_xml import Node

Shown = Literal["text", "contents", "nothing"]

_PAGES = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_CONTENTS = frozenset(("TOC", "TOA", "INDEX"))
_NAME = compiled(r"\s*([A-Za-z]+)")
_OVERLAID = compiled(r"\\o(?:\\a[lcrd])?\s*\(")
_SIGN = compiled(
    r'\s*SYMBOL\s+(0x[0-9A-F]{1,6}|[1-9]\d{0,6}|0)\b(?:[^\\]*\\f\s*"?([^"\\]{1,40}?)"?\s*(?:\\|$))?', re.IGNORECASE
)
_CIRCLES = frozenset("○〇◯")
_FURTHER = compiled(r"\\s\\(?:up|do)\s*\d*\s*\([^()]*\)")
_CIRCLED = {**{n: chr(0x245F + n) for n in range(1, 21)}, **{n: chr(0x323C + n) for n in range(21, 36)}}


def field_name(code: str) -> str:
    """What kind of field a code is of."""
    match = _NAME.match(code)
    return match[1].upper() if match else ""


def result_of(code: str) -> Shown:
    """What the result of a field with that code is."""
    name = field_name(code)
    return "nothing" if name in _PAGES else "contents" if name in _CONTENTS else "text"


def words_in(code: str) -> str:
    """The words that a field shows by its code alone: characters over one another (EQ), signs of a font (SYMBOL)."""
    name = field_name(code)
    sign = _SIGN.match(code) if name == "SYMBOL" else None
    if sign:
        return symbol(int(sign[1], 0), sign[2] or "")
    overlaid = _OVERLAID.search(code) if name == "EQ" else None
    return _last_overlaid(code[overlaid.end() :]) if overlaid else ""


def _last_overlaid(code: str) -> str:
    """The character on top: what lies beneath is a circle, or what stands above in small print."""
    inside = _FURTHER.sub("", code).rstrip().removesuffix(")")
    words = [word.strip() for word in re.split("[,，;；]", inside)]
    plain = [word for word in words if word and word not in _CIRCLES]
    last = plain[-1] if plain else ""
    if len(plain) < len(words) and last.isdecimal() and len(last) < 3:
        return _CIRCLED.get(int(last), last)
    return last


@dataclass(slots=True)
class Field:
    """A field that is open: its mark, how text around it shows, its code, and its result once that begins."""

    begin: Node
    around: Shown
    code: list[str] = field(default_factory=list)
    shows: Shown | None = None


@dataclass(slots=True)
class Fields:
    """The fields that are open where one is. ``owners`` gives each mark of a complete field the one that begins it.

    A field that is never ended is none: its words must not be lost.
    """

    owners: Mapping[int, Node] = field(default_factory=dict)
    open: list[Field] = field(default_factory=list)
    shown: Shown = "text"

    def code(self, words: str) -> None:
        """Take words of a code."""
        if self.open and self.open[-1].shows is None:
            self.open[-1].code.append(words)

    def mark(self, node: Node) -> str:
        """Pass a mark that begins a field, ends its code, or ends it; what a field without a result shows."""
        owner = self.owners.get(id(node))
        words = ""
        if owner is node:
            self.open.append(Field(node, self.shown))
        elif self.open and self.open[-1].begin is owner:
            if node.attributes.get("w:fldCharType") == "separate":
                self.open[-1].shows = result_of("".join(self.open[-1].code))
            else:
                ended = self.open.pop()
                words = words_in("".join(ended.code)) if ended.shows is None and ended.around == "text" else ""
        self.shown = _shown(self.open[-1]) if self.open else "text"
        return words


def _shown(field: Field) -> Shown:
    shown = (field.around, field.shows or "nothing")
    return "contents" if "contents" in shown else "nothing" if "nothing" in shown else "text"


def owners_of(marks: Iterable[Node]) -> dict[int, Node]:
    """The mark that begins the field of each mark, for all fields that are ended."""
    owners: dict[int, Node] = {}
    open: list[list[Node]] = []
    for mark in marks:
        kind = mark.attributes.get("w:fldCharType")
        if kind == "begin":
            open.append([mark])
        elif open and kind == "separate":
            open[-1].append(mark)
        elif open and kind == "end":
            complete = [*open.pop(), mark]
            owners.update((id(each), complete[0]) for each in complete)
    return owners
