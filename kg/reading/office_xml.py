"""XML of Office files to trees: without DOCTYPE, entities or references to anything outside, within the limits.

Names are given the prefixes that the specification uses (``w:p``), whatever prefixes a file has, and the same in the
strict and the transitional form of ISO/IEC 29500. Formatting that nobody asks for is not kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from yaodian.errors import ReadingError
from yaodian.reading import limits

PROPERTIES = frozenset(
    f"w:{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr")
)
"""The elements that describe others, and are none of what a document shows."""

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://purl.org/dc/elements/1.1/": "dc",
    "urn:schemas-microsoft-com:vml": "v",
}
_XML = {"xml": "xml"}
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_TEXTS = frozenset(("w:t", "w:delText", "w:instrText", "m:t", "dc:title"))
_LETTERING = frozenset(("v:textpath",))
# Of what describes runs, paragraphs, rows and cells these children are kept; the rest is looks.
_KEPT = {
    "w:rPr": frozenset(("w:vanish", "w:specVanish", "w:rStyle", "w:ins", "w:del", "w:moveFrom", "w:moveTo")),
    "w:pPr": frozenset(("w:pStyle", "w:numPr", "w:rPr", "w:framePr", "w:sectPr")),
    "w:tblPr": frozenset[str](),
    "w:tblGrid": frozenset[str](),
    "w:sectPr": frozenset[str](),
    "w:trPr": frozenset(("w:gridBefore", "w:hidden", "w:ins", "w:del")),
    "w:tcPr": frozenset(("w:gridSpan", "w:vMerge", "w:hMerge", "w:cellDel", "w:cellIns")),
}
_WITHOUT_ATTRIBUTES = frozenset(("w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:pPr", "w:rPr"))


@dataclass(slots=True)
class Node:
    """An element: its name with the usual prefix, its attributes, the elements in it and its text.

    Text is kept of elements that hold text of a document and nothing else. ``worded``: there is such text in it.
    ``begin`` and ``close`` are the bytes of the part at which its start tag and its end tag begin; an element that is
    one tag has no telling ``close``.
    """

    tag: str
    attributes: Mapping[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""
    worded: bool = False
    begin: int = 0
    close: int = 0

    def child(self, tag: str) -> Node | None:
        """The first child of that name."""
        return next((node for node in self.children if node.tag == tag), None)

    def all(self, tag: str) -> Iterator[Node]:
        """The children of that name."""
        return (node for node in self.children if node.tag == tag)

    def value(self, tag: str, name: str = "w:val") -> str | None:
        """An attribute of the first child of that name."""
        node = self.child(tag)
        return None if node is None else node.attributes.get(name)

    def number(self, tag: str, name: str = "w:val") -> int | None:
        """The whole number that an attribute of the first child of that name is; None where it is none."""
        return whole(self.value(tag, name))


@dataclass(slots=True)
class Budget:
    """What all XML parts of one document may still have."""

    elements: int = field(default_factory=lambda: limits.XML_MOST_ELEMENTS)
    attributes: int = field(default_factory=lambda: limits.XML_MOST_ATTRIBUTES)


def whole(text: str | None) -> int | None:
    """The whole number of at most nine digits that a text is; None for anything else."""
    digits = (text or "").strip().removeprefix("-")
    return int((text or "").strip()) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None


def is_on(node: Node | None) -> bool:
    """Whether a property that is on or off stands there and is on."""
    return node is not None and node.attributes.get("w:val", "true") not in ("0", "false", "off")


def parse(data: bytes, name: str, budget: Budget, keep: Collection[str] = ()) -> Node:
    """The root of the part ``name``; ``keep`` names formatting to keep besides.

    Raises ``ReadingError`` where the part is broken, has a DOCTYPE or goes beyond the limits.
    """
    _look_over(data, budget)
    parser = expat.ParserCreate()
    builder = _Builder(parser, budget, frozenset(keep))
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ReadingError(f"its part {name} is damaged ({error})") from None
    except (ValueError, LookupError) as error:
        raise ReadingError(f"its part {name} is in an encoding that Office XML does not have ({error})") from None
    return builder.root.children[0]


def _look_over(data: bytes, budget: Budget) -> None:
    """Refuse what a parser would act on before it tells of it: a DOCTYPE, and an element with any number of attributes.

    ``<!`` begins nothing in text, so that a DOCTYPE is found by its characters.
    """
    if any(doctype in data for doctype in _DOCTYPES):
        _refuse_doctype()
    budget.attributes -= data.count(b"=")
    if budget.attributes < 0:
        raise limits.beyond(f"its XML has more than {limits.XML_MOST_ATTRIBUTES:,} attributes")


def _refuse_doctype(*_: object) -> None:
    raise ReadingError("its XML has a DOCTYPE, which Office XML never has: it is not read")


@dataclass(slots=True)
class _Builder:
    """The tree being built. ``names`` holds what the names in scope stand for; an outer scope waits in ``scopes``."""

    parser: expat.XMLParserType
    budget: Budget
    keep: frozenset[str]
    root: Node = field(default_factory=lambda: Node("", {}))
    stack: list[Node] = field(default_factory=list)
    skipping: int = 0
    names: _Names = field(default_factory=lambda: _Names(dict(_XML)))
    scopes: list[tuple[int, _Names]] = field(default_factory=list)
    words: list[str] | None = None

    def __post_init__(self) -> None:
        self.stack.append(self.root)

    def start(self, raw: str, attributes: dict[str, str]) -> None:
        self.budget.elements -= 1
        if self.budget.elements < 0:
            raise limits.beyond(f"its XML has more than {limits.XML_MOST_ELEMENTS:,} elements")
        if self.skipping or len(self.stack) > limits.XML_DEEPEST:
            self._skip()
            return
        if attributes and any(name.startswith("xmlns") for name in attributes):
            self.scopes.append((len(self.stack), self.names))
            self.names = self.names.with_declarations(attributes)
        tag = self.names[raw]
        parent = self.stack[-1]
        if parent.tag in _KEPT and tag not in _KEPT[parent.tag] and tag not in self.keep:
            self._leave_scope()
            self.skipping = 1
            return
        node = Node(tag, self._named(attributes) if attributes and tag not in _WITHOUT_ATTRIBUTES else {})
        node.begin = self.parser.CurrentByteIndex
        parent.children.append(node)
        self.stack.append(node)
        self.words = [] if tag in _TEXTS else None

    def end(self, _: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        node = self.stack.pop()
        node.close = self.parser.CurrentByteIndex
        if self.words is not None:
            node.text = "".join(self.words)
            node.worded = True
            self.words = None
        if node.worded or node.tag in _LETTERING:
            self.stack[-1].worded = True
        self._leave_scope()

    def characters(self, words: str) -> None:
        if self.words is not None and not self.skipping:
            self.words.append(words)

    def _skip(self) -> None:
        if not self.skipping:
            raise limits.beyond(f"its XML nests deeper than {limits.XML_DEEPEST} elements")
        self.skipping += 1

    def _leave_scope(self) -> None:
        if self.scopes and self.scopes[-1][0] == len(self.stack):
            self.names = self.scopes.pop()[1]

    def _named(self, attributes: dict[str, str]) -> dict[str, str]:
        # A name without a prefix is in no namespace, unlike an element's.
        return {self.names[name] if ":" in name else name: value for name, value in attributes.items()}


class _Names(dict[str, str]):
    """Names as printed to names with the usual prefix; names in a namespace that nobody asks for are one."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        super().__init__()
        self.prefixes = prefixes

    def __missing__(self, raw: str) -> str:
        prefix, _, local = raw.rpartition(":")
        usual = self.prefixes.get(prefix)
        self[raw] = found = f"{usual}:{local}" if usual else "?"
        return found

    def with_declarations(self, attributes: Mapping[str, str]) -> _Names:
        """The names where the declarations among the attributes hold too."""
        declarations = ((name[6:], uri) for name, uri in attributes.items() if name == "xmlns" or name[:6] == "xmlns:")
        declared = {prefix: _PREFIXES.get(uri, "") for prefix, uri in declarations}
        if declared.items() <= self.prefixes.items():
            return self
        if len(self.prefixes) + len(declared) > limits.XML_MOST_PREFIXES:
            raise limits.beyond(f"its XML has more than {limits.XML_MOST_PREFIXES} namespace prefixes")
        return _Names({**self.prefixes, **declared})
