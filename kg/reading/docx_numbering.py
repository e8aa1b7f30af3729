"""Automatic numbering: what Word prints before a paragraph, though the paragraph's text does not have it.

ISO/IEC 29500-1 §17.9. A list (``w:num``) goes by a definition (``w:abstractNum``) of nine levels; all lists of one
definition count on together, until one of them says where to start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from yaodian.patterns import compiled
from yaodian.reading import limits
from yaodian.reading.docx_styles import Styles
from yaodian.reading.docx_symbols import ANY_BULLET, bullet
from yaodian.reading.number_formats import formatted
from yaodian.reading.office_xml import Node, is_on, whole

LEVELS = 9
_PLACE = compiled(r"%([1-9])")
_PADDED = compiled(r"(0+)1,")
_WIDE = frozenset("WFA")


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered. ``restart`` is the highest level, counted from 1, that lets it begin anew."""

    start: int = 0
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    hidden: bool = False
    width: int = 0


@dataclass(frozen=True, slots=True)
class Numbering:
    """A list: the definition it counts with, its levels, and the levels that start anew where the list begins."""

    definition: int
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Counters:
    """The numbers last given by one definition at each level, and the lists that began at a number of their own."""

    numbers: dict[int, int] = field(default_factory=dict)
    began: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class Lists:
    """The lists of a file by their numbers, and how the paragraph styles use them."""

    lists: dict[int, Numbering]
    styles: Styles

    def of_paragraph(self, properties: Node | None) -> tuple[int, int] | None:
        """The list and the level (from 0) that a paragraph with those properties is numbered by; None for none.

        What a paragraph does not say its style says, and the styles that is based on; list 0 is none.
        """
        direct = properties.child("w:numPr") if properties else None
        chain = self.styles.chain((properties and properties.value("w:pStyle")) or self.styles.default)
        number = direct.number("w:numId") if direct else None
        if number is None:
            number = next((style.list_number for style in chain if style.list_number is not None), None)
        if number is None or number not in self.lists:
            return None
        level = direct.number("w:ilvl") if direct else None
        if level is None:
            level = self._level_by_style(self.lists[number], [(style.identity, style.level) for style in chain])
        return number, min(max(level, 0), LEVELS - 1)

    def _level_by_style(self, numbering: Numbering, chain: Iterable[tuple[str, int | None]]) -> int:
        """The level that is linked to a style; else the one that a style names."""
        linked = {level.style: index for index, level in numbering.levels.items() if level.style}
        for style, level in chain:
            if style in linked:
                return linked[style]
            if level is not None:
                return level
        return 0


@dataclass(slots=True)
class Story:
    """The numbers of one flow of text: the body counts apart from notes and text boxes."""

    lists: Lists
    counters: dict[int, Counters] = field(default_factory=dict)

    def label(self, properties: Node | None) -> tuple[str, str] | None:
        """The number of the next paragraph and what follows it; None for a paragraph without one."""
        found = self.lists.of_paragraph(properties)
        if found is None:
            return None
        number, index = found
        numbering = self.lists.lists[number]
        counters = self.counters.setdefault(numbering.definition, Counters())
        _count(counters, numbering, number, index)
        level = numbering.levels.get(index)
        if level is None or level.hidden:
            return None
        written = _written(numbering, index, counters.numbers)[: limits.WORD_LONGEST_LABEL]
        return (written, _gap(level.suffix, written)) if written.strip() else None


def lists_of(root: Node | None, styles: Styles) -> Lists:
    """The lists that the part with numbering defines."""
    if root is None:
        return Lists({}, styles)
    definitions = {}
    for node in root.all("w:abstractNum"):
        identity = whole(node.attributes.get("w:abstractNumId"))
        if identity is not None:
            definitions[identity] = node
    lists = {whole(node.attributes.get("w:numId")): node for node in root.all("w:num")}
    named = {node.value("w:styleLink"): identity for identity, node in definitions.items() if node.child("w:styleLink")}
    levels = {identity: _levels(node) for identity, node in definitions.items()}
    found = {}
    for number, node in lists.items():
        definition = _defining(node.number("w:abstractNumId"), definitions, named)
        if number and definition is not None:
            found[number] = _list(node, definition, levels[definition])
    return Lists(found, styles)


def _defining(identity: int | None, definitions: Mapping[int, Node], named: Mapping[str | None, int]) -> int | None:
    """The definition that has the levels: one may only name the list style whose levels it has."""
    for _ in range(limits.WORD_LONGEST_CHAIN):
        if identity is None or identity not in definitions:
            return None
        link = definitions[identity].value("w:numStyleLink")
        if link is None or named.get(link) in (None, identity):
            return identity
        identity = named[link]
    return identity


def _levels(definition: Node) -> dict[int, Level]:
    levels = {}
    for node in definition.all("w:lvl"):
        index = whole(node.attributes.get("w:ilvl"))
        if index is not None and 0 <= index < LEVELS:
            levels[index] = _level(node)
    return levels


def _list(node: Node, definition: int, levels: Mapping[int, Level]) -> Numbering:
    own, starts = dict(levels), {}
    for override in node.all("w:lvlOverride"):
        index = whole(override.attributes.get("w:ilvl"))
        if index is None or not 0 <= index < LEVELS:
            continue
        replaced = override.child("w:lvl")
        if replaced:
            own[index] = _level(replaced)
        start = override.number("w:startOverride")
        if start is not None:
            starts[index] = start
    return Numbering(definition, own, starts)


def _level(node: Node) -> Level:
    form, width = _format(node)
    run = node.child("w:rPr")
    text = (node.value("w:lvlText") or "")[: limits.WORD_LONGEST_LABEL]
    if form == "bullet":
        fonts = run.child("w:rFonts") if run else None
        text = bullet(text, (fonts.attributes.get("w:ascii") if fonts else None) or "Wingdings")
        text = ANY_BULLET if node.child("w:lvlPicBulletId") else text
    return Level(
        start=node.number("w:start") or 0,
        form=form,
        text=text,
        suffix=node.value("w:suff") or "tab",
        restart=node.number("w:lvlRestart"),
        legal=is_on(node.child("w:isLgl")),
        style=node.value("w:pStyle"),
        hidden=is_on(run.child("w:vanish") if run else None),
        width=width,
    )


def _format(node: Node) -> tuple[str, int]:
    """The name of the number format, and how many digits it has at least (001, 002 is given as an example)."""
    alternative = node.child("mc:AlternateContent")
    choice = alternative.child("mc:Choice") if alternative else None
    given = (choice.child("w:numFmt") if choice else None) or node.child("w:numFmt")
    if given is None:
        return "decimal", 0
    form = given.attributes.get("w:val", "decimal")
    padded = _PADDED.match(given.attributes.get("w:format", "")) if form == "custom" else None
    return ("decimal", len(padded[1]) + 1) if padded else (form, 0)


def _count(counters: Counters, numbering: Numbering, number: int, index: int) -> None:
    """Count one paragraph at a level: levels below begin anew, levels above that have no number yet get their first."""
    numbers = counters.numbers
    for below in range(index + 1, LEVELS):
        level = numbering.levels.get(below)
        if index < (below if level is None or level.restart is None else level.restart):
            numbers.pop(below, None)
    for above in range(index):
        numbers.setdefault(above, _start(numbering, above))
    override = numbering.starts.get(index)
    if override is not None and (number, index) not in counters.began:
        counters.began.add((number, index))
        numbers[index] = override
    elif index in numbers:
        numbers[index] += 1
    else:
        numbers[index] = _start(numbering, index) if override is None else override


def _start(numbering: Numbering, index: int) -> int:
    level = numbering.levels.get(index)
    return level.start if level else 0


def _gap(suffix: str, written: str) -> str:
    """What follows a number. A tab there only aligns: after a number that ends wide, as 一、 does, it is no gap."""
    if suffix == "nothing" or (suffix == "tab" and east_asian_width(written[-1]) in _WIDE):
        return ""
    return " "


def _written(numbering: Numbering, index: int, numbers: Mapping[int, int]) -> str:
    """The number as printed: the text of the level ``index`` with the numbers of the levels that it refers to."""
    level = numbering.levels[index]

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        of = numbering.levels.get(place)
        if of is None or place > index or of.form == "bullet":
            return ""
        form = "decimal" if level.legal and of.form not in ("none", "decimalZero") else of.form
        return formatted(numbers[place], form).rjust(of.width, "0")

    return level.text if level.form == "bullet" else _PLACE.sub(number, level.text)
