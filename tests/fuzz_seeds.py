"""Sound documents of every format: what the tests read, and what bench/fuzz_reading.py damages."""

from __future__ import annotations

import base64
import zipfile
from io import BytesIO

import pdf_pages

TITLE, PARAGRAPHS, TASKS = pdf_pages.TITLE, pdf_pages.PARAGRAPHS, pdf_pages.TASKS


def seeds(kind: str) -> list[bytes]:
    """The sound documents of a format."""
    return {"pdf": _pdfs, "rtf": _rtfs, "mht": _mhts, "zip": _zips, "md": _markdown}[kind]()


def _pdfs() -> list[bytes]:
    return [
        pdf_pages.typeset(2),
        pdf_pages.two_columns(),
        pdf_pages.turned(90, False),
        pdf_pages.turned(180, True),
        pdf_pages.ruled_table(pages=2),
        pdf_pages.ruled_table(ruled=False),
        pdf_pages.scanned(2, with_text=(2,)),
        pdf_pages.encrypted(),
    ]


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
    escaped = "".join(f"\\u{ord(c)}?" for c in TITLE)
    return [(head + body + "}").encode(), (head + escaped + "\\par" + rows + body + "}").encode()]


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
