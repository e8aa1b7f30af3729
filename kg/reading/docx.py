"""A Word file (.docx, .docm) to text: what its pages show as lines, with the place in the file of each of them.

The body comes first and is the document; the text of text boxes follows it, since where on the page they float is
nobody's reading order. Comments, notes, headers and footers are told of and left out. Macros are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from yaodian.errors import ReadingError
from yaodian.model import Origin
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.docx_blocks import Layout
from yaodian.reading.docx_findings import Findings
from yaodian.reading.docx_numbering import Lists, Story, lists_of
from yaodian.reading.docx_parts import Parts, open_parts
from yaodian.reading.docx_styles import Styles, styles_of
from yaodian.reading.docx_text import Box, Flow, Line, flow_over, put_together
from yaodian.reading.extracted import Extracted
from yaodian.reading.office_xml import Node
from yaodian.reading.word_tables import tables_of

LONGEST_TITLE = 80
FEWEST_CHINESE = 4
"""The Chinese characters that a title has at least."""

_CHINESE = compiled("[\u4e00-\u9fff]")
_WORD = compiled(r"[^\W_]")


def read_docx(data: bytes) -> Extracted:
    """Read a Word file; ``main`` is its body.

    Raises ``ReadingError`` where the file is damaged, protected, beyond the limits, or shows no text.
    """
    parts = open_parts(data)
    name = parts.main()
    body = parts.tree(name).child("w:body")
    if body is None:
        raise ReadingError("this is no Word document: its main part has no body")
    lists, findings = lists_in(parts, name), Findings()
    layout = _laid_out(body, lists, findings)
    lines = all_lines(layout)
    _note_the_rest(parts, name, lists, findings)
    text, stretches = put_together(lines)
    if not text:
        raise ReadingError(_nothing_in_it(findings))
    origins = tuple(Origin(start, end, None, None, *where[:4]) for start, end, where in stretches)
    main = (0, layout.lines[-1].end) if layout.lines else None
    tables = tables_of(text, layout.grids)
    return Extracted(text, "utf-8", main, _title(parts), tables, origins, findings.problems())


def lists_in(parts: Parts, name: str) -> Lists:
    """The lists and styles that the part ``name`` refers to."""
    styles = [styles_of(parts.tree(part)) for part in parts.related(name, "styles")[:1]] or [Styles()]
    numbering = [parts.tree(part, ("w:rFonts",)) for part in parts.related(name, "numbering")[:1]]
    return lists_of(numbering[0] if numbering else None, styles[0])


def _laid_out(node: Node, lists: Lists, findings: Findings, numbers: Story | None = None) -> Layout:
    layout = Layout(flow_over(node, lists, findings, numbers))
    layout.read(node)
    return layout


def all_lines(layout: Layout, kind: type[Flow] = Flow) -> list[Line]:
    """The lines of a text that was laid out, and after them those of its text boxes, which are flows of that kind."""
    flow = layout.flow
    return [*layout.lines, *_boxes(flow.boxes, flow.lists, flow.findings, kind)]


def _boxes(boxes: Iterable[Box], lists: Lists, findings: Findings, kind: type[Flow] = Flow) -> Iterator[Line]:
    """The lines of text boxes in the order of their anchors; one in another comes after it."""
    waiting, numbers = list(boxes)[::-1], Story(lists)
    while waiting:
        box = waiting.pop()
        lines, inner = _box(box, flow_over(_content(box), lists, findings, numbers, kind))
        waiting.extend(reversed(inner))
        if lines:
            findings.note("boxes", " ".join(line.text for line in lines)).mark = None
            yield from lines


def _content(box: Box) -> Node:
    return box.content if isinstance(box.content, Node) else Node("", {})


def _box(box: Box, flow: Flow) -> tuple[list[Line], list[Box]]:
    if isinstance(box.content, str):
        words = " ".join(box.content.split())
        return ([Line(words, [(0, box.where)])] if words else []), []
    flow.where = box.where
    layout = Layout(flow, anchored=True)
    layout.read(box.content)
    return layout.lines, flow.boxes


def _note_the_rest(parts: Parts, name: str, lists: Lists, findings: Findings) -> None:
    """Note what stands beside the text: comments, notes, headers and footers."""
    for part in parts.related(name, "comments"):
        for comment in parts.tree(part).all("w:comment"):
            author = comment.attributes.get("w:author", "")
            words = _words(comment, lists)
            findings.note("comments", f"{author}：{words}" if author else words)
    for kind in ("footnote", "endnote"):
        for part in parts.related(name, f"{kind}s"):
            for note in parts.tree(part).all(f"w:{kind}"):
                if note.attributes.get("w:type", "normal") == "normal":
                    findings.note("notes", _words(note, lists))
    margins = [part for kind in ("header", "footer") for part in parts.related(name, kind)]
    told = dict.fromkeys(_words(parts.tree(part), lists) for part in dict.fromkeys(margins))
    for words in told:
        if _WORD.search(words):
            findings.note("margins", words)


def _words(node: Node, lists: Lists) -> str:
    """The words of a note or a margin, on one line; what is noted in it is nobody's concern."""
    findings = Findings()
    layout = _laid_out(node, lists, findings)
    boxes = _boxes(layout.flow.boxes, lists, findings)
    return " ".join(" ".join(line.text.split()) for line in (*layout.lines, *boxes))


def _nothing_in_it(findings: Findings) -> str:
    pictures = findings.tallies.get("pictures")
    if pictures is None:
        return "there is no text in it"
    return f"there is no text in it, only pictures ({pictures.count}): text in pictures is not read"


def _title(parts: Parts) -> str | None:
    """The title among the file's properties, unless a program put it there."""
    for part in parts.related("", "core-properties")[:1]:
        node = parts.tree(part).child("dc:title")
        title = " ".join(node.text.split()) if node else ""
        is_short = len(title) <= LONGEST_TITLE and len(_CHINESE.findall(title)) >= FEWEST_CHINESE
        if is_short and not _by_program().fullmatch(title):
            return title
    return None


@cache
def _by_program() -> re.Pattern[str]:
    return compiled("|".join(f"(?:{pattern})" for pattern in lexicon("formats")["program_titles"]), re.IGNORECASE)
