"""The numbers that a browser writes before the items of ordered lists: HTML §4.4.5 and CSS Counter Styles 3 §6-7."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from yaodian.patterns import compiled
from yaodian.reading.number_formats import formatted

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_RULES = 100
"""The rules of style sheets that are looked at for the styles of lists."""
LONGEST_SELECTOR = 80
"""The characters of a selector that is looked for: longer ones are not those of lists."""

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_STYLES = {
    "decimal-leading-zero": ("decimalZero", "."),
    "lower-alpha": ("lowerLetter", "."),
    "lower-latin": ("lowerLetter", "."),
    "upper-alpha": ("upperLetter", "."),
    "upper-latin": ("upperLetter", "."),
    "lower-roman": ("lowerRoman", "."),
    "upper-roman": ("upperRoman", "."),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-ideographic": ("taiwaneseCountingThousand", "、"),
    "trad-chinese-informal": ("taiwaneseCountingThousand", "、"),
    "trad-chinese-formal": ("ideographLegalTraditional", "、"),
    "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "japanese-informal": ("japaneseCounting", "、"),
    "japanese-formal": ("japaneseLegal", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}
"""Counter styles: how they write a number, in the words of ``number_formats``, and what follows it."""
_WITHOUT_NUMBERS = {"none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"}
_DECLARED = compiled(r"list-style(?:-type)?\s*:\s*([^;}]*)", re.IGNORECASE)
_BLOCK = compiled(r"\{([^{}]*)\}")
_COMMENT = compiled(r"/\*.*?\*/", re.DOTALL)


@dataclass(slots=True)
class Numbering:
    """The counters of a page's lists, and the counter styles that its style sheets give to elements."""

    sheet: Mapping[int, str]
    counts: dict[int, int] = field(default_factory=dict)

    def label(self, item: LexborNode) -> str:
        """The number of an item, counted on; empty where it has none. To be asked of each item, in order."""
        parent = item.parent
        if parent is None or parent.tag != "ol":
            return ""
        step = -1 if "reversed" in parent.attributes else 1
        stated = _integer(item.attributes.get("value"))
        if parent.mem_id not in self.counts:
            self.counts[parent.mem_id] = _first(parent)
        number = self.counts[parent.mem_id] if stated is None else stated
        self.counts[parent.mem_id] = number + step
        return written(number, self._style(item) or self._style(parent) or "decimal")

    def _style(self, node: LexborNode) -> str | None:
        attributes = node.attributes
        own = _declared(attributes.get("style") or "")
        return own or self.sheet.get(node.mem_id) or _TYPES.get(attributes.get("type") or "")


def numbering(root: LexborNode | None) -> Numbering:
    """The numbering of the lists under ``root``."""
    sheets = "\n".join(node.text() for node in root.css("style")) if root is not None else ""
    if root is None or "list-style" not in sheets.lower():
        return Numbering({})
    rules = islice(_rules(_COMMENT.sub("", sheets)), MOST_RULES)
    return Numbering({node.mem_id: style for selector, style in rules for node in _selected(root, selector)})


def _rules(sheets: str) -> Iterator[tuple[str, str]]:
    """The selectors of rules that name a counter style, and that style."""
    end = 0
    for block in _BLOCK.finditer(sheets):
        selector = sheets[end : block.start()].rpartition("{")[2].strip(" \t\r\n}")
        end = block.end()
        if len(selector) <= LONGEST_SELECTOR and (style := _declared(block[1])):
            yield selector, style


def written(number: int, style: str) -> str:
    """A number in a counter style with what follows it, without the blank; plain digits for a style not known."""
    if style in _WITHOUT_NUMBERS:
        return ""
    name, suffix = _STYLES.get(style, ("decimal", "."))
    return f"{formatted(number, name)}{suffix}"


def _declared(style: str) -> str | None:
    """The counter style that a declaration names, beside an image and a position; None where it names none."""
    matches = _DECLARED.findall(style)
    words = matches[-1].lower().replace("!important", "").split() if matches else []
    return next((word for word in words if word in _STYLES or word in _WITHOUT_NUMBERS or word == "decimal"), None)


def _selected(root: LexborNode, selector: str) -> list[LexborNode]:
    from selectolax.lexbor import SelectolaxError

    try:
        return root.css(selector)
    except SelectolaxError:
        return []


def _first(parent: LexborNode) -> int:
    start = _integer(parent.attributes.get("start"))
    if start is not None:
        return start
    return sum(child.tag == "li" for child in parent.iter()) if "reversed" in parent.attributes else 1


def _integer(attribute: str | None) -> int | None:
    match = re.match(r"\s*([-+]?\d{1,9})", attribute or "")
    return int(match[1]) if match else None
