"""RTF: Chinese in every form that Word and WPS write it, printed numbers, tables; what is left out is told."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.errors import ReadingError
from yaodian.extraction import extract
from yaodian.model import Document, Plan
from yaodian.reading import limits, read_bytes

TITLE = "云岭市教育局2024年工作要点"
LINES = [
    TITLE,
    "一、扩大资源",
    "1.增加学位供给。新建学校3所，新增学位3.1万个。（牵头单位：学前教育科）",
    "2.提升质量。培训教师200人次，开展“双减”督查—2次。",
]
HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fswiss\fcharset0 Arial;}}"


def _gbk(text: str) -> str:
    """Text as Word writes it in a Chinese font."""
    return "".join(
        c if c.isascii() and c not in "\\{}" else "".join(f"\\'{b:02x}" for b in c.encode("gbk")) for c in text
    )


def _escaped(text: str) -> str:
    """Text as UTF-16 numbers, each with a sign for old readers."""
    units = text.encode("utf-16-le")
    codes = (int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2))
    return "".join(f"\\u{code}?" for code in codes)


def _rtf(*paragraphs: str, head: str = HEAD) -> bytes:
    return (head + "".join(f"\\pard {paragraph}\\par\r\n" for paragraph in paragraphs) + "}").encode("ascii")


def _read(data: bytes) -> Document:
    document = read_bytes(data, "plan.rtf")
    assert document.media_type == "application/rtf"
    assert all(one.end == other.start for one, other in pairwise(document.origins))
    return document


def _plan(data: bytes) -> Plan:
    plan = extract(_read(data))
    assert all(plan.text[span.start : span.end] == span.quote for span in plan.spans())
    return plan


@pytest.mark.parametrize("written", [_gbk, _escaped, lambda text: "{\\f1 }" + _gbk(text)])
def test_every_form_of_chinese_is_read(written) -> None:  # type: ignore[no-untyped-def]
    plan = _plan(_rtf(*map(written, LINES)))
    assert plan.text == "\n".join(LINES)
    assert plan.facts.title == TITLE
    assert [(item.label, item.heading) for item in plan.items] == [("1", "增加学位供给"), ("2", "提升质量")]
    origin = plan.document.origin(plan.text.index("2.提升"))
    assert origin and origin.paragraph == 4


def test_characters_beyond_the_basic_plane_are_read() -> None:
    assert _read(_rtf(_escaped("𠀀学校"))).text == "𠀀学校"


def test_printed_numbers_are_words_and_definitions_are_not() -> None:
    numbered = r"{\listtext\pard\plain " + _gbk("一、") + r"\tab}" + _gbk("扩大资源")
    old = r"{\*\pn\pnlvlbody{\pntxta .}}{\pntext 1.\tab}" + _gbk("增加学位")
    data = _rtf(r"{\*\generator Writer;}{\stylesheet{\s1 heading;}}", numbered, old)
    assert _read(data).text == "一、扩大资源\n1.增加学位"


def test_signs_and_breaks() -> None:
    assert _read(_rtf(r"a\~b\_c\{d\}\\ \emdash\ldblquote x\rdblquote\line y\tab z")).text == "a\xa0b-c{d}\\ —“x”\ny  z"


def test_deleted_and_hidden_text_and_notes_are_left_out_and_told() -> None:
    document = _read(
        _rtf(
            "1." + _gbk("新建") + r"{\deleted " + _gbk("两所") + "}" + _gbk("三所") + r"{\v " + _gbk("内部") + "}",
            _gbk("正文") + r"{\footnote\pard " + _gbk("脚注") + "}",
            head=HEAD + r"{\header\pard " + _gbk("云岭市教育局") + r"\par}",
        )
    )
    assert document.text == "1.新建三所\n正文"
    assert [(p.code, p.message) for p in document.problems] == [
        (
            "apart-text",
            "9 characters of headers, footers, notes, comments and text boxes left out, such as “云岭市教育局 脚注”",
        ),
        ("hidden-text", "4 characters of hidden or deleted text left out"),
    ]


def test_pictures_and_raw_bytes_are_passed_over() -> None:
    picture = HEAD.encode() + b"{\\pict\\pngblip 89504e47}{\\pict\\bin5 }{\\}}}" + _gbk("正文").encode() + b"}"
    assert _read(picture).text == "正文"


def test_bytes_that_the_file_does_not_have_hide_no_text() -> None:
    document = _read(HEAD.encode() + b"{\\pict\\bin99999 }\\pard " + _gbk(TITLE).encode() + b"\\par}")
    assert document.text.strip() == TITLE
    (problem,) = document.problems
    assert problem.code == "damaged-file"
    assert "99,999 bytes" in problem.message


def test_bytes_without_a_number_are_none() -> None:
    document = _read(HEAD.encode() + b"{\\pict\\bin }" + _gbk(TITLE).encode() + b"\\par}")
    assert document.text.strip() == TITLE


@pytest.mark.parametrize("end", [b"{\\pict\\bin9 }" + _gbk("正文").encode() + b"}", b"{\\pict 8950", b""])
def test_a_file_that_ends_within_a_group_says_so(end: bytes) -> None:
    document = _read(HEAD.encode() + _gbk(TITLE).encode() + b"\\par " + end)
    assert TITLE in document.text
    assert [problem.code for problem in document.problems] == ["damaged-file"]


def _row(*cells: str, edges: tuple[int, ...], merged: tuple[int, ...] = ()) -> str:
    defined = "".join(("\\clvmrg" if n in merged else "") + f"\\cellx{edge}" for n, edge in enumerate(edges))
    words = "".join(f"\\pard\\intbl {cell}\\cell" for cell in cells)
    return f"\\trowd{defined}{words}\\row"


def test_a_task_table_makes_items() -> None:
    edges = (500, 3000, 5000, 7000)
    rows = [
        _row(*map(_gbk, ("序号", "重点任务", "责任单位", "完成时限")), edges=edges),
        _row("1", _gbk("扩大资源"), _gbk("学前科") + "\\par " + _gbk("基教科"), _gbk("9月底前"), edges=edges),
        _row("2", _gbk("深化改革"), "", _gbk("年底前"), edges=edges, merged=(2,)),
        _row(_gbk("合计两项"), edges=(7000,)),
    ]
    document = _read(_rtf(_gbk(TITLE), "".join(rows), _gbk("说明。")))
    assert document.text == (
        f"{TITLE}\n序号\t重点任务\t责任单位\t完成时限\n1\t扩大资源\n学前科\n基教科\n9月底前\n2\t深化改革\t年底前\n合计两项\n说明。"
    )
    (table,) = document.tables
    placed = {cell.span.quote: (cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells}
    assert placed["学前科\n基教科"] == (1, 2, 2, 1)
    assert placed["年底前"] == (2, 3, 1, 1)
    assert placed["合计两项"] == (3, 0, 1, 4)
    items = extract(document).items
    assert [(item.heading, item.deadline) for item in items] == [("扩大资源", "2024-09-30"), ("深化改革", "2024-12-31")]


def test_a_page_in_a_cell_is_read_line_by_line() -> None:
    words = "\\par \\pard\\intbl ".join(map(_gbk, LINES))
    plan = _plan(_rtf(_row(words, edges=(9000,)) + r"\pard " + _gbk("说明。")))
    assert plan.text == "\n".join((*LINES, "说明。"))
    assert [item.heading for item in plan.items] == ["增加学位供给", "提升质量"]


def _inner_row(*cells: str, edges: tuple[int, ...]) -> str:
    """A row of a table in a table's cell: what is said of it comes after its cells."""
    words = "".join(f"\\pard\\intbl\\itap2 {cell}\\nestcell" for cell in cells)
    defined = "".join(f"\\cellx{edge}" for edge in edges)
    return f"{words}{{\\*\\nesttableprops\\trowd{defined}\\nestrow}}{{\\nonesttables\\par}}"


def test_a_task_table_in_a_cell_makes_items() -> None:
    edges = (500, 3000, 5000, 7000)
    rows = [
        ("序号", "重点任务", "责任单位", "完成时限"),
        ("1", "扩大资源", "学前科", "9月底前"),
        ("2", "深化改革", "", "年底前"),
    ]
    inner = "".join(_inner_row(*map(_gbk, row), edges=edges) for row in rows)
    around = (
        f"\\trowd\\cellx2000\\cellx9000\\pard\\intbl {_gbk('附表')}\\cell{inner}\\pard\\intbl {_gbk('附注')}\\cell\\row"
    )
    plan = _plan(_rtf(_gbk(TITLE), around, r"\trowd\cellx9000\pard\intbl " + _gbk("说明。") + r"\cell\row"))
    lines = (
        TITLE,
        "附表",
        "序号\t重点任务\t责任单位\t完成时限",
        "1\t扩大资源\t学前科\t9月底前",
        "2\t深化改革\t年底前",
        "附注",
        "说明。",
    )
    assert plan.text == "\n".join(lines)
    (table,) = plan.document.tables
    assert [cell.span.quote for cell in table.cells if cell.column == 3] == ["完成时限", "9月底前", "年底前"]
    origin = plan.document.origin(plan.text.index("学前科"))
    assert origin
    assert (origin.table, origin.row, origin.column) == (2, 2, 3)
    assert [(item.heading, item.deadline) for item in plan.items] == [
        ("扩大资源", "2024-09-30"),
        ("深化改革", "2024-12-31"),
    ]


@pytest.mark.parametrize("row", ["甲\\cell 乙", "甲\\cell 乙\\row", "甲\\nestcell 乙", "\\itap3 甲\\nestcell 乙\\cell"])
def test_a_row_that_does_not_end_loses_no_word(row: str) -> None:
    words = row.replace("甲", _gbk("甲")).replace("乙", _gbk("乙"))
    for rest in ("", "\\pard " + _gbk("丙") + "\\par"):
        text = _read((HEAD + r"\trowd\cellx900\pard\intbl " + words + rest + "}").encode()).text
        assert re.sub(r"\s", "", text) == "甲乙" + "丙" * bool(rest)


@pytest.mark.parametrize(
    "words", ["", "\\cell", "\\row", "\\nestrow\\cell\\row", "{\\*\\nesttableprops\\cellx9\\nestrow}"]
)
def test_a_document_without_words_is_refused(words: str) -> None:
    with pytest.raises(ReadingError, match=r"^plan\.rtf: .*$"):
        _read((HEAD + words + "}").encode())


def test_the_stated_title_is_a_hint() -> None:
    head = HEAD + r"{\info{\title {\upr{????}{\*\ud " + _escaped("要点") + r"}}}{\author x}}"
    assert _read(_rtf(_gbk("正文。"), head=head)).title_hint == "要点"


def test_what_goes_beyond_a_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadingError, match=r"nest deeper than 500"):
        _read(b"{\\rtf1" + b"{" * 2000)
    monkeypatch.setattr(limits, "RTF_MOST_MARKS", 100)
    with pytest.raises(ReadingError, match=r"plan\.rtf: this RTF document has more than 100 marks"):
        _read(b"{\\rtf1" + b"\\b" * 200)


def test_bytes_without_a_meaning_are_told() -> None:
    document = _read(_rtf(_gbk("正文") + r"\'ff."))
    assert "\ufffd" in document.text
    assert [problem.code for problem in document.problems] == ["undecodable-bytes"]


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\\{}\u2028\u2029\x85"),
        min_size=1,
    )
)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    read = read_bytes(_rtf(_escaped(f"甲{text}乙")), "plan.rtf").text
    assert read == f"甲{text}乙"
