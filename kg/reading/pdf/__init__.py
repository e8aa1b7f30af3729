"""A PDF with a text layer to text: paragraphs put together again, tables row by row, running heads left out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from yaodian.errors import ReadingError, on_one_line
from yaodian.model import Problem
from yaodian.patterns import compiled
from yaodian.reading import limits
from yaodian.reading.extracted import Extracted
from yaodian.reading.pdf.lines import Line
from yaodian.reading.pdf.page import Page
from yaodian.reading.pdf.paragraphs import paragraphs
from yaodian.reading.pdf.sheets import sheets
from yaodian.reading.pdf.writing import write

SHORTEST_TITLE, LONGEST_TITLE = 4, 100
"""The ideographs that a stated title has at least, and the characters that it has at most."""
_PROGRAMS = compiled(
    r"^(?:Microsoft (?:Word|PowerPoint|Excel) - |WPS \S+ - )|\.(?:docx?|wps|rtf|pdf|html?|txt|xlsx?|et)$", re.I
)
_IDEOGRAPH = compiled("[\u4e00-\u9fff]")
SHOWN = 40
"""The characters of left-out text that a message shows."""


def read_pdf(data: bytes) -> Extracted:
    """Read a PDF. Its pages are taken apart in a process of their own, which is ended where it takes too long.

    ``ReadingError`` where it is encrypted, damaged, beyond a limit, or has no text layer.
    """
    from yaodian.reading.pdf.asking import ask

    answer = ask(data)
    return extracted(answer.pages, answer.title)


def extracted(pages: Sequence[Page], title: str = "") -> Extracted:
    """The text of pages as PDFium found them; ``title`` is what the file states."""
    without_text = sorted({page.number for page in pages if page.pictured})
    if not any(page.runs for page in pages):
        raise ReadingError(_nothing(pages, without_text))
    found = sheets(pages, _clock(len(pages)))
    written = write(paragraphs(found.stretches))
    problems = (
        *_on_pages("broken-page", "cannot be read: damaged", [p.number for p in pages if p.broken]),
        *_on_pages("no-text-layer", "no text layer, only pictures: not read", without_text),
        *_left_out("running-heads", "running heads and page numbers left out", found.furniture),
        *_left_out("repeated-head", "heads of tables that are printed again left out", written.repeated),
        *_aside("turned-text", "text that runs in another direction left out", [t for p in pages for t in p.aside]),
        *_aside("hidden-text", "text beyond the pages' edges left out", [t for p in pages for t in p.hidden]),
        *_unknown(pages, written.text),
    )
    return Extracted(written.text, "pdf", None, sensible_title(title), written.tables, written.origins, problems)


def sensible_title(stated: str) -> str | None:
    """A stated title without the names of programs and files around it; None where it is no Chinese title."""
    title = _PROGRAMS.sub("", " ".join(stated.split()))
    return title if len(_IDEOGRAPH.findall(title)) >= SHORTEST_TITLE and len(title) <= LONGEST_TITLE else None


def _clock(pages: int) -> Callable[[], None]:
    """What raises once reading takes longer than so many pages may."""
    end = time.monotonic() + limits.PDF_SECONDS + limits.PDF_SECONDS_A_PAGE * pages

    def check() -> None:
        if time.monotonic() > end:
            raise ReadingError("reading this PDF takes too long: it was given up")

    return check


def _nothing(pages: Sequence[Page], pictured: Sequence[int]) -> str:
    if not pictured:
        return "there is no text in this PDF"
    return (
        f"this PDF has no text layer: {_pages(pictured)} of {len(pages)} only show pictures; recognise their text first"
    )


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, those that follow one another as ranges: ``1-3, 7``."""
    found = []
    for _, group in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        found.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return ", ".join(found)


def _pages(numbers: Iterable[int]) -> str:
    listed = ranges(numbers)
    return f"page {listed}" if listed.isdecimal() else f"pages {listed}"


def _on_pages(code: str, what: str, numbers: Sequence[int]) -> Iterable[Problem]:
    if numbers:
        yield Problem(code, f"{_pages(numbers)}: {what}")


def _left_out(code: str, what: str, lines: Sequence[Line]) -> Iterable[Problem]:
    if lines:
        shown = list(dict.fromkeys(line.text for line in lines))[:3]
        quoted = ", ".join(f"“{_short(text)}”" for text in shown)
        yield Problem(code, f"{_pages(line.page for line in lines)}: {what}, such as {quoted}")


def _aside(code: str, what: str, texts: Sequence[str]) -> Iterable[Problem]:
    if texts:
        yield Problem(code, f"{sum(map(len, texts))} characters of {what}, such as “{_short(texts[0])}”")


def _short(text: str) -> str:
    return on_one_line(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


def _unknown(pages: Sequence[Page], text: str) -> Iterable[Problem]:
    count, at = sum(page.unknown for page in pages), text.find("\ufffd")
    if count:
        what = "1 glyph has" if count == 1 else f"{count} glyphs have"
        where = _pages(page.number for page in pages if page.unknown)
        yield Problem("unknown-glyphs", f"{where}: {what} no meaning in the file", *((at, at + 1) if at >= 0 else ()))
