"""The documents that readers are compared on: the tests' fixtures, with what must come out and what must not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import docx_shapes
import html_shapes
import pdf_pages
from docx_files import docx, num, numbering, para
from offline_pages import browser_path

RADICALS = "1.建设⽯桥镇⻩河两岸⻝堂和⺠办学校，健全⻓效机制。"
UNIFIED = "1.建设石桥镇黄河两岸食堂和民办学校，健全长效机制。"
RUNNING_HEADS = ("云岭市教育局文件", "—1—", "—2—", "—3—")
NOT_OF_THE_BODY = ("开展调研", "内部掌握", "请核实", "含改建1所", "目录", "—1—")
LONG = 20
"""How many times its text a long document has it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A file, the lines that its document has, what must not be in it, and which lines have automatic numbers."""

    name: str
    data: bytes
    lines: tuple[str, ...]
    foreign: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()


def samples(kind: str) -> list[Sample]:
    """The fixtures of a format: ``html``, ``docx`` or ``pdf``."""
    return list({"html": _pages, "docx": _word_files, "pdf": _pdfs}[kind]())


def long_samples(kind: str) -> list[Sample]:
    """A long document of a format, for speed alone."""
    return list({"html": _long_page, "docx": _long_word_file, "pdf": _long_pdf}[kind]())


def _pages() -> Iterator[Sample]:
    for name, shape in html_shapes.SHAPES.items():
        foreign = (*html_shapes.FURNITURE, html_shapes.SPAM)
        yield Sample(name, shape.make(), shape.lines, foreign)


def _word_files() -> Iterator[Sample]:
    for name, shape in docx_shapes.SHAPES.items():
        typed = ("typed numbers", "fields", "nested tables", "task table", "odd characters", "content controls")
        numbered = () if name in typed else tuple(line for line in shape.lines if _has_number(line))
        yield Sample(name, shape.make(), shape.lines, NOT_OF_THE_BODY, numbered)


def _has_number(line: str) -> bool:
    return line[0] in "一二三四五六七八九十（第①②③123456789⑪" and len(line) > 1 and "教育" not in line[:4]


def _pdfs() -> Iterator[Sample]:
    whole = (pdf_pages.TITLE, *pdf_pages.PARAGRAPHS)
    rows = tuple("\t".join(row) for row in pdf_pages.TASKS)
    yield Sample("three pages with running heads", pdf_pages.typeset(3), whole, RUNNING_HEADS)
    yield Sample("two columns", pdf_pages.two_columns(), whole)
    for degrees in (90, 180):
        yield Sample(f"turned by {degrees}°", pdf_pages.turned(degrees, True), whole[:7])
    yield Sample("table", pdf_pages.ruled_table(), (pdf_pages.TASK_TITLE, *rows))
    yield Sample("table over three pages", pdf_pages.ruled_table(pages=3), (pdf_pages.TASK_TITLE, *rows))
    printed = _printer()
    if printed:
        yield Sample("Chromium print", printed(pdf_pages.html_of(pdf_pages.PARAGRAPHS * 3)), (whole[0], *whole[1:] * 3))
        radicals = printed(pdf_pages.html_of([*pdf_pages.PARAGRAPHS[:3], RADICALS]))
        yield Sample("radicals", radicals, (*whole[:4], UNIFIED))


def _printer() -> Callable[[str], bytes] | None:
    """What prints pages by way of Chromium; None where that or what drives it is not installed."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    executable = browser_path()
    if executable is None:
        return None

    def printed(html: str) -> bytes:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
            return pdf_pages.printed(browser, html)

    return printed


def _long_page() -> Iterator[Sample]:
    text = html_shapes.joined(lines=html_shapes.PARAGRAPHS * LONG)
    body = (
        f"{html_shapes.NAVIGATION}{html_shapes.CRUMBS}<h1>{html_shapes.TITLE}</h1><div>{text}</div>{html_shapes.FOOTER}"
    )
    yield Sample("long page", html_shapes.page(body), ())


def _long_word_file() -> Iterator[Sample]:
    blocks = [para(line, (1, n % 3)) for n, line in enumerate(html_shapes.PARAGRAPHS * LONG)]
    parts = {"numbering.xml": numbering(docx_shapes.FIVE_LEVELS, num(1, 1))}
    yield Sample("long document", docx(docx_shapes.TITLE, *blocks, parts=parts), ())


def _long_pdf() -> Iterator[Sample]:
    printed = _printer()
    if printed:
        yield Sample("Chromium print, long", printed(pdf_pages.html_of(pdf_pages.PARAGRAPHS * LONG)), ())
