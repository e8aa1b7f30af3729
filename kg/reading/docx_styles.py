"""The styles of a Word file, as far as they decide what is read: numbering, hidden text, tables of contents.

ISO/IEC 29500-1 §17.7. A style has what it says itself, then what the style says that it is based on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yaodian.patterns import compiled
from yaodian.reading import limits
from yaodian.reading.office_xml import Node, is_on

_CONTENTS = compiled(r"toc [1-9]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says itself; None where it says nothing."""

    identity: str
    name: str
    based_on: str | None
    list_number: int | None
    level: int | None
    hidden: bool | None


@dataclass(slots=True)
class Styles:
    """The styles by their identities; those for paragraphs, runs and lists share one space of names."""

    by_identity: dict[str, Style] = field(default_factory=dict)
    default: str | None = None
    chains: dict[str | None, tuple[Style, ...]] = field(default_factory=dict)

    def chain(self, identity: str | None) -> tuple[Style, ...]:
        """The style, the one it is based on, and so on."""
        if identity not in self.chains:
            self.chains[identity] = tuple(self._walk(identity))
        return self.chains[identity]

    def hidden(self, identity: str | None) -> bool:
        """Whether text in this style is hidden."""
        return next((style.hidden for style in self.chain(identity) if style.hidden is not None), False)

    def is_for_contents(self, identity: str | None) -> bool:
        """Whether a style is one of those that Word gives the entries of a table of contents."""
        return any(_CONTENTS.fullmatch(style.name) for style in self.chain(identity))

    def _walk(self, identity: str | None) -> Iterator[Style]:
        met = set[str]()
        while identity is not None and identity not in met and len(met) < limits.WORD_LONGEST_CHAIN:
            style = self.by_identity.get(identity)
            if style is None:
                return
            met.add(identity)
            yield style
            identity = style.based_on


def styles_of(root: Node) -> Styles:
    """The styles that the part with styles defines."""
    styles = Styles()
    for node in root.all("w:style"):
        style = _style(node)
        styles.by_identity.setdefault(style.identity, style)
        is_default = node.attributes.get("w:default") in ("1", "true", "on")
        if is_default and node.attributes.get("w:type", "paragraph") == "paragraph":
            styles.default = style.identity
    return styles


def _style(node: Node) -> Style:
    paragraph, run = node.child("w:pPr"), node.child("w:rPr")
    numbered = paragraph.child("w:numPr") if paragraph else None
    vanish = run.child("w:vanish") if run else None
    return Style(
        identity=node.attributes.get("w:styleId", ""),
        name=node.value("w:name") or "",
        based_on=node.value("w:basedOn"),
        list_number=numbered.number("w:numId") if numbered else None,
        level=numbered.number("w:ilvl") if numbered else None,
        hidden=is_on(vanish) if vanish else None,
    )
