"""Files made to do harm: each is refused in one line that names the file and what is beyond a limit, or read as it is.

None takes long, fills the memory, leads out of itself, or loses words without saying so.
"""

from __future__ import annotations

import os
import random
import stat
import struct
import sys
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import fuzz_seeds
import pdf_pages
import pytest
from docx_files import NAMESPACES, OFFICE, PACKAGE, docx, package, para

import yaodian
from yaodian.corpus.sources import find_sources
from yaodian.errors import ReadingError
from yaodian.extraction import extract
from yaodian.model import Document
from yaodian.reading import limits, read, read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from fuzz_damage import FORMATS, damaged

TITLE = "云岭市教育局2024年工作要点"
PLAN = f"{TITLE}\n一、任务\n1.办好学校。新建学校3所，新增学位3000个。\n2.培训教师。培训教师200人次，覆盖率达到95%。\n"
LONGEST = 5.0
"""The seconds of processor time that no file may take to be read or refused."""


def _refusal(data: bytes, name: str) -> str:
    """Why a file is refused: one line, said in time."""
    started = time.process_time()
    with pytest.raises(ReadingError) as raised:
        read_bytes(data, name)
    assert time.process_time() - started < LONGEST
    message = str(raised.value)
    assert message.startswith(f"{name}: ")
    assert len(message.splitlines()) == 1
    return message


def _in_time(data: bytes, name: str) -> Document:
    started = time.process_time()
    document = read_bytes(data, name)
    assert time.process_time() - started < LONGEST
    return document


# Damage at random: some of what bench/fuzz_reading.py does at length


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind not in ("doc", "wps", "xls")])
def test_damaged_files_are_read_or_refused(kind: str) -> None:
    for number in range(25):
        data = damaged(fuzz_seeds.seeds(kind), random.Random(f"test-{kind}-{number}"), kind)
        try:
            document = read_bytes(data, f"plan.{kind}")
        except ReadingError as error:
            assert len(str(error).splitlines()) == 1
            continue
        for offset in (0, len(document.text) // 2, len(document.text)):
            assert document.place(offset).line > 0
            origin = document.origin(offset)
            assert origin is None or origin.start <= offset < origin.end
        assert all(
            document.text[segment.span.start : segment.span.end] == segment.span.quote for segment in document.around
        )
        if number % 5 == 0:
            plan = extract(document)
            assert all(plan.text[span.start : span.end] == span.quote for span in plan.spans())


def test_what_stands_around_a_marked_down_document_is_quoted_as_printed() -> None:
    text = f"**{PLAN}**\n<!-- x -->\n> **说明**\n\n# 注\n"
    document = read_bytes(text.encode(), "plan.md")
    assert [segment.span.quote for segment in document.around][-1] in ("注", "说明")
    assert extract(document).text == text


# Limits: what is beyond one is named


def _page(body: str) -> bytes:
    return f"<html><body>{body}<p>{PLAN}</p></body></html>".encode()


def _mht(part: bytes, head: str = ' boundary="xx"') -> bytes:
    return f"MIME-Version: 1.0\r\nContent-Type: multipart/related;{head}\r\n\r\n".encode() + part


def _nested_parts(depth: int) -> bytes:
    data = b"--xx\r\nContent-Type: text/html\r\n\r\n<p>x"
    for level in range(depth):
        data = f'--xx{level}\r\nContent-Type: multipart/mixed; boundary="xx{level - 1}"\r\n\r\n'.encode() + data
    return _mht(data, f' boundary="xx{depth - 1}"')


def _word(inside: str) -> bytes:
    return package({"document.xml": f"<w:document {NAMESPACES}><w:body>{inside}</w:body></w:document>"})


BOMBS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "lines": ("plan.txt", lambda: b"1\n" * 150_000, "its text has more than 100,000 lines"),
    "line ends of another kind": ("plan.txt", lambda: b"1\r" * 150_000, "its text has more than 100,000 lines"),
    "characters": ("plan.txt", lambda: b"a" * 2_000_001, "its text has more than 2,000,000 characters"),
    "marks": ("plan.md", lambda: b"*a" * 1_500_000, "its text has more than 2,000,000 characters"),
    "elements": ("plan.html", lambda: _page("<p>" * 100_001), "this page has more than 100,000 elements"),
    "attributes": (
        "plan.html",
        lambda: _page(f"<a {'x ' * 2_000_001}>"),
        "this page has more than 2,000,000 attributes",
    ),
    "nesting": ("plan.html", lambda: _page("<div>" * 50_000), "the elements of this page nest deeper than 10,000"),
    "nesting under wrong ends": (
        "plan.html",
        lambda: _page("<div></span>" * 30_000),
        "the elements of this page nest deeper than 10,000",
    ),
    "rows": (
        "plan.rtf",
        lambda: b"{\\rtf1 \\trowd\\cellx1\\cellx2" + b"a\\cell b\\cell\\row " * 51_000 + b"}",
        "more than 100,000 paragraphs and cells",
    ),
    "paragraphs": ("plan.rtf", lambda: b"{\\rtf1 " + b"a\\par " * 100_002 + b"}", "more than 100,000 paragraphs"),
    "groups": ("plan.rtf", lambda: b"{\\rtf1 " + b"{" * 100_000, "nest deeper than 500"),
    "parts in parts": ("plan.mht", lambda: _nested_parts(9), "the parts of this web archive nest deeper than 4"),
    "parameters": (
        "plan.mht",
        lambda: _mht(b"x", ' boundary="' + ";" * 60_000),
        "a part of this web archive has more than 100 parameters",
    ),
    "parts": (
        "plan.mht",
        lambda: _mht(b"--xx\r\nContent-Type: image/png\r\n\r\nx\r\n" * 6_000),
        "this web archive has more than 5,000 parts",
    ),
    "deep XML": ("plan.docx", lambda: _word("<w:sdt>" * 300 + "</w:sdt>" * 300), "nests deeper than 200"),
    "pages": ("plan.pdf", lambda: _pdf_of_pages(3_000), "this PDF is too large"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_is_beyond_a_limit_is_named_with_what_to_do(name: str) -> None:
    file, make, told = BOMBS[name]
    message = _refusal(make(), file)
    assert told in message
    assert message.endswith("; split it, or save the plan by itself")


def test_a_long_line_is_read() -> None:
    text = f"{TITLE}\n1.{'办好学校，' * 300_000}新建学校3所。"
    assert _in_time(text.encode(), "plan.txt").text == text


def test_many_elements_side_by_side_are_no_nesting() -> None:
    document = _in_time(_page("<p><br><img src=x><b>注</b>" * 6_000), "plan.html")
    assert "新建学校3所" in document.body.quote


def test_deep_elements_are_read() -> None:
    assert "新建学校3所" in _in_time(_page("<div>" * 9_000), "plan.html").text


@pytest.mark.parametrize("merged", ["rowspan=1000000 colspan=1000000", "rowspan=65534", "colspan=1000"])
def test_merged_cells_are_believed_up_to_a_limit(merged: str) -> None:
    rows = f"<tr>{f'<td {merged}>甲' * 20}</tr>" * 500
    document = _in_time(_page(f"<table>{rows}</table>"), "plan.html")
    assert document.text.count("甲") == 10_000
    assert all(cell.columns <= limits.TABLE_MOST_MERGED for table in document.tables for cell in table.cells)


def test_entities_are_one_character_each() -> None:
    assert _in_time(_page("&amp;&#x4e00;&#x110000;" * 50_000), "plan.html").text.count("&一\ufffd") == 50_000


def test_runs_of_backticks_take_no_time() -> None:
    text = "".join("`" * length + "a" for length in range(1, 1_000))
    assert _in_time(f"{PLAN}{text}\n".encode(), "plan.md").text.endswith("a\n")


def test_much_damage_in_a_long_text_takes_no_time() -> None:
    # An error in decoding keeps a copy of all that was to be decoded.
    data = ("学".encode() + b"\xff") * 490 + "办学".encode() * 900_000
    document = _in_time(data, "plan.txt")
    assert len(document.problems) == 490
    assert document.text.count("\ufffd") == 490


# Text that is no text


@pytest.mark.parametrize("order", ["le", "be"])
def test_a_lone_surrogate_is_told_with_its_place(order: str) -> None:
    mark = b"\xff\xfe" if order == "le" else b"\xfe\xff"
    half = struct.pack("<H" if order == "le" else ">H", 0xD800)
    data = mark + PLAN.encode(f"utf-16-{order}") + half + "完".encode(f"utf-16-{order}")
    document = read_bytes(data, "plan.txt")
    (problem,) = document.problems
    assert (problem.code, problem.start) == ("undecodable-bytes", len(PLAN))
    assert f"byte offset {len(data) - 4}" in problem.message
    assert document.text == f"{PLAN}\ufffd完"


def test_damage_at_the_edge_of_a_piece_is_told_once() -> None:
    for shift in range(4):
        before = "a" * (64 * 1024 - shift) + "学" * 20
        data = before.encode() + b"\xe5\xad" + PLAN.encode()
        document = read_bytes(data, "plan.txt")
        assert document.text == f"{before}\ufffd{PLAN}"
        assert [(p.start, p.end) for p in document.problems] == [(len(before), len(before) + 1)]


# Archives


def _zip(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_members_of_one_name_are_all_read(tmp_path: Path) -> None:
    path = tmp_path / "plans.zip"
    one, other, third = (PLAN.replace("云岭", city).encode() for city in ("东河", "西山", "南湖"))
    path.write_bytes(_zip(("a/plan.txt", one), ("../a/plan.txt", other), ("a\\..\\plan.txt", third)))
    found = [source.path for source in find_sources([path], tmp_path / "out").sources]
    assert sorted(read(source).text[:2] for source in found) == ["东河", "南湖", "西山"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_that_hide_one_another_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "plans.zip"
    path.write_bytes(_zip(("plan.txt", PLAN.encode()), ("plan.txt", PLAN.replace("云岭", "东河").encode())))
    assert read(f"{path}!/plan.txt").text.startswith("云岭")
    assert read(f"{path}!/plan (2).txt").text.startswith("东河")


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("plan.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "plans.zip"
    path.write_bytes(_zip((link, b"/etc/passwd")))
    with pytest.raises(ReadingError, match="this is a link to another file: links in archives are not followed"):
        read(path)


def test_a_member_without_a_name_is_no_document() -> None:
    data = bytearray(_zip(("x", b""), ("plan.txt", PLAN.encode())))
    at = data.index(b"PK\x01\x02")
    # The name's length becomes 0, and its letter the first of what is said besides.
    data[at + 28 : at + 32] = struct.pack("<HH", 0, 1)
    assert read_bytes(bytes(data), "plan.zip").source == "plan.zip!/plan.txt"


def test_members_that_share_their_bytes_count_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries that all lead to one packed member: a bomb without archives in archives, of a harmless ratio."""
    data = _zip(("0.txt", os.urandom(20_000) + b"\n" * 900_000))
    at, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entries = [data[at:end].replace(b"0.txt", f"{number}.txt".encode()) for number in range(10)]
    size = sum(map(len, entries))
    bomb = data[:at] + b"".join(entries) + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 10, 10, size, at, 0)
    monkeypatch.setattr(limits, "ARCHIVE_LARGEST_UNPACKED", 8 << 20)
    assert "this archive unpacks to more than 8 MB" in _refusal(bomb, "plan.zip")


# Office XML


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_doctype_is_refused_in_every_encoding(encoding: str) -> None:
    declared = "" if encoding.startswith("utf-8") else '<?xml version="1.0" encoding="UTF-16"?>'
    xml = (
        f'{declared}<!DOCTYPE x [<!ENTITY a "{"b" * 50}"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f"<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&a;&f;</w:t></w:r></w:p></w:body></w:document>"
    )
    message = _refusal(package({"document.xml": xml.encode(encoding)}), "plan.docx")
    assert message == "plan.docx: its XML has a DOCTYPE, which Office XML never has: it is not read"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_parts_in_other_encodings_are_read(encoding: str) -> None:
    xml = f"<w:document {NAMESPACES}><w:body>{para(TITLE)}{para('1.办好学校。新建学校3所。')}</w:body></w:document>"
    assert TITLE in read_bytes(package({"document.xml": xml.encode(encoding)}), "plan.docx").text


def test_nothing_outside_a_word_file_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    kinds = ("attachedTemplate", "subDocument", "aFChunk", "image", "header", "footnotes", "styles", "numbering")
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for n, (kind, target, mode) in enumerate(
            (kind, target, mode)
            for kind in kinds
            for target in (secret.as_uri(), str(secret), "../../../../etc/passwd", "http://127.0.0.1:9/x.xml")
            for mode in ("External", "external", "Internal")
        )
    )
    asking = '<w:altChunk r:id="r0"/><w:subDoc r:id="r1"/><w:sectPr><w:headerReference w:type="default" r:id="r2"/></w:sectPr>'
    data = docx(
        TITLE,
        "1.办好学校。新建学校3所。",
        f"<w:p>{asking}</w:p>",
        parts={
            "_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
        },
    )
    document = read_bytes(data, "plan.docx")
    assert document.text == f"{TITLE}\n1.办好学校。新建学校3所。"


# PDFs


def _pdf(*objects: bytes) -> bytes:
    data, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(starts) + 1, table)
    return data + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(starts) + 1, len(data))


def _pdf_of_pages(number: int) -> bytes:
    kids = b" ".join([b"3 0 R"] * number)
    pages = b"<</Type/Pages/Count %d/Kids[%s]>>" % (number, kids)
    return _pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")


@pytest.mark.parametrize(
    "pages",
    [
        b"<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]>>",
        b"<</Type/Pages/Count 2147483647/Kids[3 0 R]>>",
        b"<</Type/Pages/Count -5/Kids[3 0 R 2 0 R]/Parent 2 0 R>>",
    ],
)
def test_a_tree_of_pages_that_leads_in_circles_is_refused(pages: bytes) -> None:
    _refusal(
        _pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, b"<</Type/Pages/Kids[2 0 R]/Count 9/Parent 2 0 R>>"), "a.pdf"
    )


def test_a_huge_picture_is_not_unpacked() -> None:
    picture = b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    for how in (b"JBIG2Decode", b"FlateDecode", b"JPXDecode"):
        data = _pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
            b"<</Length 20>>stream\n600 0 0 800 0 0 cm /I Do\nendstream",
            picture + b"/Filter/" + how + b"/Length 9>>stream\nx\x9c\x03\x00\x00\x00\x00\x01\x00\nendstream",
        )
        assert "no text" in _refusal(data, "scan.pdf")


def test_a_password_is_asked_for_in_one_line() -> None:
    assert _refusal(pdf_pages.encrypted(), "a.pdf") == "a.pdf: this PDF is encrypted: save it without a password first"


# Files that are none


@pytest.mark.skipif(os.name == "nt", reason="sparse files and links are made otherwise")
def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024 * 1024)
    started = time.process_time()
    with pytest.raises(ReadingError, match=r"plan\.txt: larger than 50 MB; split it, or save the plan by itself$"):
        read(path)
    assert time.process_time() - started < 0.1


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_odd_entries_of_a_folder_break_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "folder.txt").mkdir(parents=True)
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "nowhere.txt").symlink_to("missing.txt")
    (folder / "up").symlink_to(folder)
    (folder / "\x1b[31m.txt").write_text("", "utf-8")
    report = yaodian.build(folder, tmp_path / "out")
    assert len(report.plans) == 1
    assert {Path(failure.source).name for failure in report.failed} >= {"circle.txt", "nowhere.txt"}
    assert all(len(failure.error.splitlines()) == 1 for failure in report.failed)


def test_a_file_that_vanishes_after_it_was_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("gone", "plan"):
        (tmp_path / f"{name}.txt").write_text(PLAN.replace("云岭", {"gone": "东河"}.get(name, "云岭")), "utf-8")
    listed = find_sources([tmp_path], tmp_path / "out")
    (tmp_path / "gone.txt").unlink()
    monkeypatch.setattr("yaodian.corpus.building.find_sources", lambda *_: listed)
    report = yaodian.build(tmp_path, tmp_path / "out")
    assert len(report.plans) == 1
    assert [failure.error for failure in report.failed] == ["No such file or directory"]
