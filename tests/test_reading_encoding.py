"""Bytes to text, whatever the encoding, and a plain word about what is not text."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.errors import NotYetSupportedError, ReadingError
from yaodian.reading import read_bytes
from yaodian.reading.encoding import decode, sniff

PLAN = "云川市教育局2023年工作要点\r\n一、扩大供给\n1.新建学校3所，新增学位1.2万个。\u3000力争88%以上达标……\n"


@pytest.mark.parametrize(
    ("written_as", "read_as"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_an_encoding_is_recognised_and_the_text_is_unchanged(written_as: str, read_as: str) -> None:
    decoded = decode(PLAN.encode(written_as))
    assert (decoded.text, decoded.encoding, decoded.problems) == (PLAN, read_as, ())


def test_characters_beyond_gbk_are_read() -> None:
    assert decode("罕用字㙍𠮷〇，教育。".encode("gb18030")).text == "罕用字㙍𠮷〇，教育。"


def test_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode(PLAN.encode(), declared="gb2312").text == PLAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_a_plan_reads_the_same_in_every_encoding(encoding: str) -> None:
    rare = "" if encoding == "gbk" else "㙍𠮷"  # four bytes each in GB18030
    text = f"云岭市教育局2024年工作要点\n1.建设{rare}桥学校。新增学位1.2万个。\n"
    assert len("㙍𠮷".encode("gb18030")) == 8
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert decode(mark + text.encode(encoding)).text == text


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "no-such-encoding", None])
def test_gb18030_is_read_under_a_wrong_declaration(declared: str | None) -> None:
    assert decode(PLAN.encode("gb18030"), declared=declared).text == PLAN


def test_declared_big5_is_believed() -> None:
    text = "教育工作要點，加強學校建設。"
    assert decode(text.encode("big5"), declared="big5").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_undecodable_bytes_stay_visible_and_are_reported(encoding: str) -> None:
    before, after = "第一段，扩大学位供给。" * 20, "第二段，加强队伍建设。" * 20
    head = before.encode(encoding)
    decoded = decode(head + b"\xff" + after.encode(encoding.removesuffix("-sig")))
    assert decoded.text == f"{before}\ufffd{after}"
    (problem,) = decoded.problems
    assert (problem.code, problem.start, problem.end) == ("undecodable-bytes", len(before), len(before) + 1)
    assert f"byte offset {len(head)}" in problem.message


def test_a_truncated_file_loses_only_its_last_character() -> None:
    decoded = decode((PLAN * 10).encode()[:-5])
    assert decoded.encoding == "utf-8"
    assert decoded.text.endswith("\ufffd")
    assert len(decoded.problems) == 1


def test_a_replacement_character_of_the_source_is_no_problem_of_ours() -> None:
    assert decode("新增学位\ufffd万个".encode()).problems == ()


def test_touching_bytes_are_one_problem() -> None:
    decoded = decode(PLAN.encode() * 5 + b"\xfe\xfe\xff" + PLAN.encode())
    assert [p.message.split(" at ")[0] for p in decoded.problems] == ["3 bytes"]


def test_noise_is_refused() -> None:
    with pytest.raises(ReadingError, match="encoding is not recognised"):
        decode(b"\x80\x81\xff\x90" * 200)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")))
def test_utf8_text_comes_back_as_it_was(text: str) -> None:
    data = text.encode()
    if sniff(data).startswith("text/"):
        assert decode(data).text == text


def _zip(part: str, content: str = "<x/>") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, content)
    return buffer.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7\n\x00\xff", "PDF"),
        (_zip("word/document.xml"), "docx"),
        (_zip("xl/workbook.xml"), "xlsx"),
        (_zip("anything.txt"), "zip"),
        (_zip("mimetype", "application/vnd.oasis.opendocument.text"), "OpenDocument"),
        (_OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (_OLE + "Workbook".encode("utf-16-le"), "xls"),
        (b"{\\rtf1\\ansi ...}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00", "image"),
        (b"\xff\xd8\xff\xe0\x00", "image"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "mht"),
    ],
)
def test_a_format_that_is_not_read_is_named_in_one_line(data: bytes, named: str) -> None:
    with pytest.raises(NotYetSupportedError, match=named) as raised:
        decode(data)
    assert "\n" not in str(raised.value)


def test_other_binary_data_is_refused() -> None:
    with pytest.raises(ReadingError, match="binary"):
        decode(b"\x00\x01\x02\x03\xfe" * 50)


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PLAN.encode(), "plan.txt", "text/plain"),
        (PLAN.encode(), "plan.docx", "text/plain"),
        (b"<!DOCTYPE html><title>x</title>", "plan.txt", "text/html"),
        ("<html><body>要点</body></html>".encode("utf-16"), "", "text/html"),
        (b"<div class='TRS_Editor'><p>x</p></div>", "", "text/html"),
        ("<!-- saved -->要点<br>".encode(), "a.shtml", "text/html"),
        ("增速<3%，不是标签。".encode(), "a.txt", "text/plain"),
        (b"", "empty.html", "text/plain"),
    ],
)
def test_the_content_decides_before_the_name(data: bytes, name: str, media_type: str) -> None:
    assert sniff(data, name) == media_type


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_stray_nul_characters_are_kept_and_reported(encoding: str) -> None:
    text = PLAN * 3 + "\x00二、推进改革\x00\x00" + PLAN
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    (problem,) = decoded.problems
    assert (problem.code, problem.start, problem.end) == ("nul-character", text.index("\x00"), text.index("\x00") + 1)
    assert "3 NUL characters" in problem.message


def test_nul_and_undecodable_bytes_are_both_reported() -> None:
    decoded = decode(PLAN.encode() * 4 + b"\x00\xff" + PLAN.encode())
    assert [problem.code for problem in decoded.problems] == ["undecodable-bytes", "nul-character"]


def test_a_nul_in_ascii_text_does_not_make_it_utf16() -> None:
    assert decode(b"<p>work\x00plan</p>" * 10 + b"x" * 300).text.startswith("<p>work\x00plan")


def test_a_page_with_a_nul_is_read() -> None:
    page = read_bytes(f"<html><body><p>{PLAN}\x00</p></body></html>".encode(), "a.html")
    assert "新建学校3所" in page.text
    assert [problem.code for problem in page.problems] == ["nul-character"]


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01" + bytes(range(256)) * 20, bytes(range(1, 255)) * 9 + b"\x00"])
def test_a_program_is_not_text_with_nuls(data: bytes) -> None:
    with pytest.raises(ReadingError, match="binary"):
        decode(data)
