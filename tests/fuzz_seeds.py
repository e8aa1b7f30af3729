"""Sound documents of every format: what the tests read, and what bench/fuzz_reading.py damages."""

from __future__ import annotations

import base64
import codecs
import struct
import zipfile
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path

import office
import pdf_pages
from docx_files import MACRO_TYPE, docx
from docx_shapes import SHAPES

TITLE, PARAGRAPHS, TASKS = pdf_pages.TITLE, pdf_pages.PARAGRAPHS, pdf_pages.TASKS


@cache
def seeds(kind: str) -> list[bytes]:
    """The sound documents of a format."""
    return {
        "txt": _texts,
        "html": _pages,
        "mht": _mhts,
        "docx": _docx,
        "docm": _docm,
        "pdf": _pdfs,
        "md": _markdown,
        "rtf": _rtfs,
        "zip": _zips,
        "doc": lambda: [_compound("WordDocument")],
        "wps": lambda: [_compound("WordDocument"), _compound("WpsCustomData", "WordDocument")],
        "xls": lambda: [_compound("Workbook"), _compound("Book")],
    }[kind]()


def _texts() -> list[bytes]:
    rows = "\n".join("\t".join(row) for row in TASKS)
    text = f"{pdf_pages.PLAIN}\r\n附件：任务分解表\n{rows}\n发布时间：2024-03-01\n"
    codecs_without_mark = ("utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-32")
    return [
        *(text.encode(codec) for codec in codecs_without_mark),
        codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        f"{text}罕用字㙍𠮷〇，\U0001f600".encode("gb18030"),
        text.encode("big5", "ignore"),
    ]


def _pages() -> list[bytes]:
    table = pdf_pages.html_table()
    spanned = table.replace("<td>", "<td rowspan=2>", 3).replace("<td>1</td>", "<td colspan=3><p>1<p>2</td>")
    facts = "<table><tr><td>索引号：</td><td>YL01-2024-7</td><td>发布机构：</td><td>市教育局</td></tr></table>"
    listed = "<ol start=3>" + "".join(f"<li>{paragraph}</li>" for paragraph in PARAGRAPHS) + "</ol>"
    hidden = "<div style='display:none'>广告链接</div><a href='/'>首页</a><script>var a='<p>';</script>"
    plain = pdf_pages.html_of(PARAGRAPHS, after=table)
    breaks = (
        f"<html><head><title>{TITLE}</title></head><body>{hidden}{facts}{'<br>　　'.join(PARAGRAPHS)}</body></html>"
    )
    nested = f"<table><tr><td><h1>{TITLE}</h1><table><tr><td>{listed}<tr><td>{spanned}</table></table>"
    return [
        plain.encode(),
        plain.replace("utf-8", "gb2312").encode("gb18030"),
        breaks.encode(),
        breaks.encode("utf-16"),
        f"<html><body><pre>{pdf_pages.PLAIN}</pre><dl><dt>来源<dd>市教育局</dl></body></html>".encode(),
        nested.encode(),
    ]


def _docx() -> list[bytes]:
    return [shape.make() for shape in SHAPES.values()]


def _docm() -> list[bytes]:
    macros = {"vbaProject.bin": _compound("VBA"), "vbaData.xml": "<x/>"}
    return [docx(TITLE, *PARAGRAPHS, parts=macros, main_type=MACRO_TYPE), SHAPES["task table"].make()]


def office_seeds(kind: str, folder: Path) -> list[bytes]:
    """Sound .doc, .wps and .xls files of real structure, made by LibreOffice; the same bytes at each making."""
    return {"doc": _old_words, "wps": _wps_words, "xls": _old_sheets}[kind](folder)


def _old_words(folder: Path) -> list[bytes]:
    files = {f"{number}.docx": shape.make() for number, shape in enumerate(SHAPES.values())}
    return list(dict.fromkeys(office.converted(files, "doc:MS Word 97", folder).values()))


def _wps_words(folder: Path) -> list[bytes]:
    """Word files as WPS names them, half of them with a stream that it adds."""
    return [_with_wps_stream(data) if number % 2 else data for number, data in enumerate(_old_words(folder))]


def _with_wps_stream(data: bytes) -> bytes:
    """A compound file whose stream of further properties bears the name of WPS's own."""
    old, new = ("\x05DocumentSummaryInformation".encode("utf-16-le"), "WpsCustomData".encode("utf-16-le"))
    at = data.index(old)
    return data[:at] + new.ljust(64, b"\x00") + struct.pack("<H", len(new) + 2) + data[at + 66 :]


def _old_sheets(folder: Path) -> list[bytes]:
    target, pages = "xls:MS Excel 97", {f"{number}.html": page for number, page in enumerate(_pages())}
    tables = office.converted(pages, target, folder / "pages", infilter="HTML (StarCalc)")
    books = office.converted({"book.fods": _workbook().encode()}, target, folder / "books")
    return list(dict.fromkeys([*books.values(), *tables.values()]))


def _workbook() -> str:
    """A workbook of two sheets with what cells can be: merged, hidden, dated, calculated, commented, linked."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    rows = "".join("<table:table-row>" + "".join(_cell(cell) for cell in row) + "</table:table-row>" for row in TASKS)
    merged = _cell(TITLE, f'table:number-columns-spanned="{len(TASKS[0])}" table:number-rows-spanned="2"')
    kinds = (
        _cell("95%", 'office:value-type="percentage" office:value="0.95"')
        + _cell("2024-03-01", 'office:value-type="date" office:date-value="2024-03-01"')
        + _cell("1200.5", 'office:value-type="float" office:value="1200.5"')
        + _cell("1", 'office:value-type="boolean" office:boolean-value="true"')
        + _cell("3601.5", 'table:formula="of:=SUM([.C4:.C4])*3" office:value-type="float" office:value="3601.5"')
        + _cell("甲科", 'table:formula="of:=CONCATENATE(&quot;甲&quot;;&quot;科&quot;)" office:string-value="甲科"')
    )
    link = '<table:table-cell><text:p><text:a xlink:href="http://a.cn/">附件</text:a></text:p></table:table-cell>'
    note = "<table:table-cell><office:annotation><text:p>待核</text:p></office:annotation><text:p>3所</text:p></table:table-cell>"
    first = f"<table:table-row>{merged}</table:table-row><table:table-row/><table:table-row/><table:table-row>{kinds}</table:table-row>"
    hidden = f'<table:table-row table:visibility="collapse">{link}{note}</table:table-row>'
    second = "".join(f"<table:table-row>{_cell(paragraph)}</table:table-row>" for paragraph in PARAGRAPHS)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {spaces} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f'<office:body><office:spreadsheet><table:table table:name="任务">{first}{rows}{hidden}</table:table>'
        f'<table:table table:name="要点">{second}</table:table></office:spreadsheet></office:body></office:document>'
    )


def _cell(text: str, described: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {described}><text:p>{text}</text:p></table:table-cell>"


def _compound(*streams: str) -> bytes:
    """An OLE compound file (MS-CFB) of one sector each for its allocation table, directory and content."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * (4 * 108)
    table = struct.pack("<III", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE).ljust(512, b"\xff")
    directory = b"".join(_entry(name, 5 if name == "Root Entry" else 2) for name in ("Root Entry", *streams))
    return head + table + directory.ljust(512, b"\x00") + pdf_pages.PLAIN.encode("utf-16-le")[:4096].ljust(4096)


def _entry(name: str, kind: int) -> bytes:
    """An entry of a compound file's directory."""
    raw = name.encode("utf-16-le")
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF)
    return (
        raw.ljust(64, b"\x00")
        + struct.pack("<HBB", len(raw) + 2, kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", 2, 4096)
    )


def _pdfs() -> list[bytes]:
    drawing, buffer = pdf_pages.canvas(pageCompression=1)
    pdf_pages.set_lines(drawing, pdf_pages.lines_of(PARAGRAPHS), top=pdf_pages.set_title(drawing, TITLE))
    return [
        pdf_pages.finished(drawing, buffer),
        _with_object_streams(),
        pdf_pages.typeset(2),
        pdf_pages.two_columns(),
        pdf_pages.turned(90, False),
        pdf_pages.turned(180, True),
        pdf_pages.ruled_table(pages=2),
        pdf_pages.ruled_table(ruled=False),
        pdf_pages.scanned(2, with_text=(2,)),
        pdf_pages.encrypted(),
    ]


def _with_object_streams() -> bytes:
    """A PDF 1.5 whose objects and table of objects are compressed streams."""
    content = zlib.compress(b"BT /F1 16 Tf 80 700 Td (Work plan 2024. 1. Build 3 schools.) Tj ET")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    starts = [sum(len(before) + 1 for before in objects[:n]) for n in range(len(objects))]
    index = " ".join(f"{n + 1} {start}" for n, start in enumerate(starts)).encode() + b" "
    packed = zlib.compress(index + b" ".join(objects))
    data = b"%PDF-1.5\n"
    first = len(data)
    data += b"5 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (len(content), content)
    second = len(data)
    about = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(index))
    data += b"6 0 obj<<%s/Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (about, len(packed), packed)
    third = len(data)
    entries = [(0, 0, 255), *((2, 6, n) for n in range(4)), (1, first, 0), (1, second, 0), (1, third, 0)]
    table = zlib.compress(b"".join(struct.pack(">BIB", *entry) for entry in entries))
    about = b"/Type/XRef/W[1 4 1]/Size 8/Root 1 0 R"
    data += b"7 0 obj<<%s/Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (about, len(table), table)
    return data + b"startxref\n%d\n%%%%EOF\n" % third


def _rtfs() -> list[bytes]:
    def gbk(text: str) -> str:
        return "".join(c if c.isascii() else "".join(f"\\'{b:02x}" for b in c.encode("gbk")) for c in text)

    head = (
        r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce;}}{\info{\title x}}{\header "
        + gbk("页眉")
        + "}"
    )
    body = "".join(f"\\pard\\f0 {{\\listtext 1.\\tab}}{gbk(p)}\\par\n" for p in PARAGRAPHS)
    edges = "".join(f"\\cellx{1000 * n}" for n in range(1, 7))
    rows = "".join(
        f"\\trowd{edges}" + "".join(f"\\pard\\intbl {gbk(c)}\\cell" for c in row) + "\\row\n" for row in TASKS
    )
    inner = "".join(
        "".join(f"\\pard\\intbl\\itap2 {gbk(c)}\\nestcell" for c in row)
        + f"{{\\*\\nesttableprops\\trowd{edges}\\nestrow}}{{\\nonesttables\\par}}\n"
        for row in TASKS
    )
    around = (
        f"\\trowd\\cellx3000\\cellx9000\\pard\\intbl {gbk('附表')}\\cell{inner}\\pard\\intbl {gbk('附注')}\\cell\\row\n"
    )
    escaped = "".join(f"\\u{ord(c)}?" for c in TITLE)
    tables = (rows + body, around + body)
    return [(head + body + "}").encode(), *((head + escaped + "\\par" + rest + "}").encode() for rest in tables)]


def _mhts() -> list[bytes]:
    page = pdf_pages.html_of(PARAGRAPHS, after=pdf_pages.html_table())
    found = []
    for charset in ("utf-8", "gb18030"):
        content = base64.encodebytes(page.replace("utf-8", charset).encode(charset)).decode()
        found.append(
            'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="xx"\r\n\r\n'
            f"--xx\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n{content}\r\n"
            f"--xx\r\nContent-Type: image/png\r\n\r\nabc\r\n--xx--\r\n"
        )
    found.append(found[0].replace("base64", "8bit").replace(content, page))
    return [text.encode() for text in found]


def _zips() -> list[bytes]:
    found = []
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        for names in (["要点.txt"], ["a/要点.txt", "b/plan.md"]):
            buffer = BytesIO()
            with zipfile.ZipFile(buffer, "w", method) as archive:
                for name in names:
                    archive.writestr(name, pdf_pages.PLAIN)
            found.append(buffer.getvalue())
    return found


def _markdown() -> list[bytes]:
    rows = ["| " + " | ".join(row) + " |" for row in TASKS]
    rows.insert(1, "|---" * len(TASKS[0]) + "|")
    text = f"---\ntitle: {TITLE}\n---\n# {TITLE}\n\n" + "\n\n".join(f"**{p[:6]}**{p[6:]}" for p in PARAGRAPHS)
    linked = text.replace("《", "[《").replace("》", "》](a.cn/b)").replace("2.", "- *2.*")
    return [f"{text}\n\n{chr(10).join(rows)}\n".encode(), f"{linked}\n<!-- x -->\n> 注\n```\n# x\n```\n".encode()]
