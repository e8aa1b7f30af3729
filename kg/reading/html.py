"""A saved web page to text: all that a visitor sees, as lines, and where in it the document lies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from yaodian.errors import ReadingError
from yaodian.model import Problem
from yaodian.patterns import compiled
from yaodian.reading import limits
from yaodian.reading.encoding import decode
from yaodian.reading.extracted import Extracted
from yaodian.reading.html_frames import addresses, left_out, quoted, text_in_frames
from yaodian.reading.html_layout import Layout, lay_out
from yaodian.reading.html_main import find_main, has_prose
from yaodian.reading.html_scripts import text_in_scripts
from yaodian.reading.html_survey import tags
from yaodian.reading.tables import is_told, tables_in_page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

SUBSTANTIAL_HIDDEN_TEXT = 20
"""From this many characters on, hidden text that is left out is reported."""

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BEGINNING = compiled("<[A-Za-z]")
_TAG = compiled(r"<(/?)([A-Za-z][^\s/>]*)")
_END_BY_THEMSELVES = tags(
    "area base br col colgroup dd dt embed hr img input li link meta option optgroup p param source tbody td tfoot th"
    " thead tr track wbr"
)
_BETWEEN_ATTRIBUTES = compiled(r"[\s/\"']+")
_FRAME = compiled("<i?frame", re.IGNORECASE)
_FRAMES = compiled(r"<(?=/?frame(?:set)?\b)", re.IGNORECASE)
_TITLE_METAS = ('meta[name="ArticleTitle" i]', 'meta[property="og:title" i]')


@dataclass(frozen=True, slots=True)
class Page:
    """What was found in a page, and the addresses of the files that it shows in frames."""

    found: Extracted
    frames: Sequence[str]


def read_html(data: bytes) -> Extracted:
    """Read a page by itself: other files that it shows in frames are told; ``ReadingError`` where it shows no more."""
    page = read_page(data)
    if page.found.text.strip() or not page.frames:
        return replace(page.found, problems=(*page.found.problems, *left_out(page.frames)))
    raise ReadingError(f"the page only shows other files in frames: {quoted(page.frames)}; save the one with the text")


def read_page(data: bytes) -> Page:
    """Read a page: blocks and ``<br>`` end lines, table cells are parted by tabs, hidden text is left out."""
    from selectolax.lexbor import LexborHTMLParser

    decoded = decode(data, declared=_declared(data))
    _check(decoded.text)
    tree = LexborHTMLParser(decoded.text)
    layout, problem = _visible(tree, decoded.text)
    limits.check_text(layout.text)
    title = _title(tree)
    tables = tables_in_page(layout.text, layout.elements)
    cells = [cell.span.start for table in tables if is_told(table) for cell in table.cells]
    main = find_main(layout, title, cells)
    # Offsets of damage are offsets into the markup, which nobody sees: only the message is kept.
    problems = tuple(Problem(p.code, p.message) for p in decoded.problems)
    found = Extracted(layout.text, decoded.encoding, main, title, tables, problems=problems + problem)
    return Page(found, addresses(tree) if _FRAME.search(decoded.text) else ())


def _check(markup: str) -> None:
    """``ReadingError`` where the markup would make more elements or attributes than pages have, or nest them deeper.

    Who parses a page looks through all open elements for each that begins, which takes the square of their depth.
    """
    if len(markup) > limits.HTML_MOST_ATTRIBUTES and _reach(_BETWEEN_ATTRIBUTES, markup, limits.HTML_MOST_ATTRIBUTES):
        raise limits.beyond(f"this page has more than {limits.HTML_MOST_ATTRIBUTES:,} attributes")
    if markup.count("<") <= limits.HTML_DEEPEST:
        return
    if _reach(_BEGINNING, markup, limits.HTML_MOST_ELEMENTS):
        raise limits.beyond(f"this page has more than {limits.HTML_MOST_ELEMENTS:,} elements")
    if _depth(markup) > limits.HTML_DEEPEST:
        raise limits.beyond(f"the elements of this page nest deeper than {limits.HTML_DEEPEST:,}")


def _reach(pattern: re.Pattern[str], text: str, most: int) -> bool:
    """Whether a pattern is found more often than so many times."""
    return next(islice(pattern.finditer(text), most, None), None) is not None


def _depth(markup: str) -> int:
    """How deep elements may nest: those that were begun and not ended, but for what ends by itself."""
    depth = deepest = 0
    unended: Counter[str] = Counter()
    for tag in _TAG.finditer(markup):
        ends, name = tag[1], tag[2].lower()
        if name in _END_BY_THEMSELVES:
            continue
        if not ends:
            unended[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif unended[name]:
            unended[name] -= 1
            depth -= 1
    return deepest


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _visible(tree: LexborHTMLParser, markup: str) -> tuple[Layout, tuple[Problem, ...]]:
    """The visible text; where a page has no prose until a script runs, what it hides, or what its scripts hold."""
    layout = lay_out(tree.root)
    if not has_prose(layout.text):
        return _until_a_script_runs(tree, markup) or (layout, tuple(_left_out(layout)))
    return layout, tuple(_left_out(layout))


def _left_out(layout: Layout) -> Iterator[Problem]:
    if layout.hidden_length >= SUBSTANTIAL_HIDDEN_TEXT:
        message = f"{layout.hidden_length} characters of hidden text were left out, such as “{layout.hidden_sample}”"
        yield Problem("hidden-text", message)
    if layout.struck:
        message = f"{len(layout.struck)} characters of struck-out text were left out, such as “{layout.struck[:40]}”"
        yield Problem("struck-text", message)


def _until_a_script_runs(tree: LexborHTMLParser, markup: str) -> tuple[Layout, tuple[Problem, ...]] | None:
    from selectolax.lexbor import LexborHTMLParser

    everything = lay_out(tree.root, hidden_too=True)
    if has_prose(everything.text):
        message = "the page hides its text until a script runs: it was read"
        return everything, (Problem("hidden-text-read", message),)
    code, where, found = "frame-text-read", "a frame", text_in_frames(tree)
    if found is None:
        code, where, found = "script-text-read", "a script", text_in_scripts(tree)
    if found is None:
        return None
    message = f"the page has its text in {where}: the longest text there was read, below the page's own"
    whole = f"{_without_frames(markup)}<div>{found}</div>"
    _check(whole)
    return lay_out(LexborHTMLParser(whole).root), (Problem(code, message),)


def _without_frames(markup: str) -> str:
    """A page in which no frames stand for its body: they let no text follow them."""
    return _FRAMES.sub("<!", markup)


def _title(tree: LexborHTMLParser) -> str | None:
    for selector in _TITLE_METAS:
        meta = tree.css_first(selector)
        if meta is not None and (content := _one_line(meta.attributes.get("content"))):
            return content
    title = tree.css_first("title")
    return _one_line(title.text()) if title is not None else None


def _one_line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None
