"""PDFs for tests: drawn glyph by glyph, printed by Chromium, exported by LibreOffice. The cities are invented."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FONT = "STSong-Light"
SIZE = 16.0
PITCH = 28.0
LEFT, TOP = 80.0, 760.0
CHARACTERS = 27
"""The characters of a full line: A4 with the margins of GB/T 9704."""
OPENING, CLOSING = "（《“", "，。、；：！？）》”"

TITLE = "云岭市教育局2024年工作要点"
PARAGRAPHS = [
    "一、总体要求",
    "2024年，全市教育系统要坚持以人民为中心的发展思想，全面贯彻党的教育方针，落实立德树人根本任务，扩大优质教育资源，办好人民满意的教育。",
    "二、重点任务",
    "1.扩大学前教育资源。新建公办幼儿园12所，新增学位3600个，公办园在园幼儿占比达到60%以上。落实《云岭市学前教育提升计划》，完善普惠性幼儿园认定管理办法。（责任单位：学前教育科）",
    "2.深化课堂教学改革。培育市级示范校20所，开展教研活动300场次，评选优秀课例150节，推动“双减”工作走深走实。",
    "3.加强教师队伍建设。招聘教师300名，组织骨干教师培训2000人次，实施“青蓝工程”，结对帮扶农村学校40所。",
    "三、保障措施",
    "4.强化安全管理。开展校园安全隐患排查，整改率达到100%，配齐专职保安员。",
]
PLAIN = "\n".join([TITLE, *PARAGRAPHS])
TASKS = [
    ["序号", "重点任务", "工作目标", "牵头单位", "配合单位", "完成时限"],
    ["1", "扩大学前教育资源", "新建公办幼儿园5所，新增学位1500个", "学前教育科", "规划科、各县区教育局", "9月底前"],
    ["2", "深化课堂教学改革", "培育市级示范校20所", "基教科", "教科院", "全年"],
    ["3", "加强教师队伍建设", "招聘教师300名", "人事科", "财务科和师训中心", "第三季度"],
]
TASK_TITLE = "云岭市教育局2024年工作要点任务分解表"


def canvas(**options: Any) -> tuple[Canvas, BytesIO]:
    """An empty A4 document with a Chinese font that the file only names."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = BytesIO()
    return Canvas(buffer, **{"pagesize": A4, "pageCompression": 0, **options}), buffer


def finished(drawing: Canvas, buffer: BytesIO) -> bytes:
    """The bytes of a document."""
    drawing.save()
    return buffer.getvalue()


def wrapped(paragraph: str, width: int = CHARACTERS, indent: int = 2) -> list[str]:
    """A paragraph as the lines of a page: two characters in, no closing sign at a line's beginning."""
    lines = [""]
    room = float(width - indent)
    for at, character in enumerate(paragraph):
        size = _width(character)
        keeps = paragraph[at + 1] if at + 1 < len(paragraph) and paragraph[at + 1] in CLOSING else ""
        if size + _width(keeps) > room and character not in CLOSING:
            lines.append("")
            room = float(width)
        lines[-1] += character
        room -= size
    return lines


def _width(text: str) -> float:
    return sum(pdfmetrics.stringWidth(c, FONT, SIZE) for c in text) / SIZE


def set_lines(drawing: Canvas, lines: Sequence[tuple[str, int]], left: float = LEFT, top: float = TOP) -> float:
    """Draw lines with their indents in characters; the height of the next."""
    for text, indent in lines:
        drawing.setFont(FONT, SIZE)
        drawing.drawString(left + indent * SIZE, top, text)
        top -= PITCH
    return top


def lines_of(paragraphs: Sequence[str], width: int = CHARACTERS) -> list[tuple[str, int]]:
    """The lines of paragraphs with their indents."""
    return [(line, 0 if at else 2) for paragraph in paragraphs for at, line in enumerate(wrapped(paragraph, width))]


def set_title(drawing: Canvas, *lines: str, top: float = TOP) -> float:
    """Draw a title in the middle; the height of the next line."""
    for line in lines:
        drawing.setFont(FONT, 22)
        drawing.drawCentredString(LEFT + CHARACTERS * SIZE / 2, top, line)
        top -= 36
    return top


def typeset(pages: int = 3, heads: bool = True) -> bytes:
    """The plan on so many pages, with running heads and page numbers; paragraphs run over the page's end."""
    drawing, buffer = canvas()
    lines = lines_of(PARAGRAPHS)
    each = -(-len(lines) // pages)
    for number in range(1, pages + 1):
        if heads:
            drawing.setFont(FONT, 9)
            drawing.drawCentredString(A4[0] / 2, 800, "云岭市教育局文件")
            drawing.drawCentredString(A4[0] / 2, 40, f"— {number} —")
        top = set_title(drawing, TITLE) if number == 1 else TOP
        set_lines(drawing, lines[(number - 1) * each : number * each], top=top)
        drawing.showPage()
    return finished(drawing, buffer)


def two_columns() -> bytes:
    """A title over the page's width, below it two columns."""
    drawing, buffer = canvas()
    top = set_title(drawing, TITLE)
    lines = lines_of(PARAGRAPHS, 12)
    half = -(-len(lines) // 2)
    set_lines(drawing, lines[:half], 70, top)
    set_lines(drawing, lines[half:], 70 + 14 * SIZE, top)
    return finished(drawing, buffer)


def turned(degrees: int, by_page: bool) -> bytes:
    """The plan on a page whose text is turned, by the page's own entry or by how it is drawn."""
    # A page that is turned by a right angle changes its sides.
    drawing, buffer = canvas(pagesize=landscape(A4) if by_page and degrees % 180 else A4)
    if by_page:
        drawing.setPageRotation(degrees)
    else:
        drawing.translate(A4[0] / 2, A4[1] / 2)
        drawing.rotate(degrees)
        drawing.translate(-A4[0] / 2, -A4[1] / 2)
    set_lines(drawing, lines_of(PARAGRAPHS[:6]), top=set_title(drawing, TITLE, top=700))
    return finished(drawing, buffer)


def ruled_table(rows: Sequence[Sequence[str]] = TASKS, pages: int = 1, *, ruled: bool = True) -> bytes:
    """A table with its head on each page, its cells' words wrapped."""
    drawing, buffer = canvas(pagesize=landscape(A4))
    widths = [36, 110, 150, 80, 100, 70] if len(rows[0]) == 6 else [36, *[140] * (len(rows[0]) - 1)]
    body = rows[1:]
    each = -(-len(body) // pages)
    for number in range(pages):
        top = 480.0
        if number == 0:
            drawing.setFont(FONT, 22)
            drawing.drawCentredString(landscape(A4)[0] / 2, 530, TASK_TITLE)
        for row in (rows[0], *body[number * each : (number + 1) * each]):
            top = _row(drawing, row, widths, top, ruled)
        drawing.showPage()
    return finished(drawing, buffer)


def _row(drawing: Canvas, row: Sequence[str], widths: Sequence[float], top: float, ruled: bool) -> float:
    size, left = 12.0, 60.0
    cells = [_fitted(text, width - 12, size) for text, width in zip(row, widths, strict=True)]
    height = 18.0 * max(len(cell) for cell in cells) + 8
    for lines, width in zip(cells, widths, strict=True):
        if ruled:
            drawing.rect(left, top - height, width, height)
        drawing.setFont(FONT, size)
        for number, line in enumerate(lines):
            drawing.drawString(left + 6, top - 18 - 18 * number, line)
        left += width
    return top - height


def _fitted(text: str, width: float, size: float) -> list[str]:
    lines = [""]
    for character in text:
        if pdfmetrics.stringWidth(lines[-1] + character, FONT, size) > width:
            lines.append("")
        lines[-1] += character
    return lines


def scanned(pages: int = 3, with_text: Sequence[int] = ()) -> bytes:
    """Pages that show a picture; those in ``with_text`` have text too."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("L", (60, 80), 200))
    drawing, buffer = canvas()
    for number in range(1, pages + 1):
        drawing.drawImage(picture, 0, 0, *A4)
        if number in with_text:
            set_lines(drawing, lines_of(PARAGRAPHS[:4]), top=set_title(drawing, TITLE))
        drawing.showPage()
    return finished(drawing, buffer)


def encrypted() -> bytes:
    """A document that opens with a password only."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    drawing, buffer = canvas(encrypt=StandardEncryption("geheim"))
    set_title(drawing, TITLE)
    return finished(drawing, buffer)


def html_of(paragraphs: Sequence[str], *, style: str = "", after: str = "") -> str:
    """A page with a title and paragraphs."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        "<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><style>"
        "body{font:16pt/28pt 'Noto Serif CJK SC',serif}p{margin:0;text-indent:2em;text-align:justify}"
        f"h1{{font-size:22pt;text-align:center}}{style}</style><title>{TITLE}</title></head>"
        f"<body><h1>{TITLE}</h1>{body}{after}</body></html>"
    )


def html_table(rows: Sequence[Sequence[str]] = TASKS) -> str:
    """The rows as a table."""
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table border='1' cellspacing='0'>{lines}</table>"


def printed(browser: Browser, html: str, **options: Any) -> bytes:
    """A page as Chromium prints it."""
    page = browser.new_page()
    try:
        page.set_content(html)
        margins = {"top": "37mm", "bottom": "35mm", "left": "28mm", "right": "26mm"}
        return with_words(page.pdf(**{"format": "A4", "margin": margins, **options}))
    finally:
        page.close()


def with_words(data: bytes) -> bytes:
    """A PDF that another program made; skips the test where that program found no Chinese font to print with."""
    shown = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    if not any("\u4e00" <= character <= "\u9fff" for character in shown):
        pytest.skip("no Chinese font is installed to print with")
    return data


def office() -> Callable[[str, Path], bytes] | None:
    """What exports a page as PDF by way of LibreOffice, None where that is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None

    def export(html: str, folder: Path) -> bytes:
        source = folder / "plan.html"
        source.write_text(html, "utf-8")
        command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)]
        done = subprocess.run([*command, str(source)], check=False, capture_output=True, timeout=120)
        if b"No fonts could be found" in done.stdout + done.stderr:
            pytest.skip("no font is installed to export with")
        done.check_returncode()
        return with_words(source.with_suffix(".pdf").read_bytes())

    return export
