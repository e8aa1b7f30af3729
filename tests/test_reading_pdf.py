"""PDFs: the words as printed, in reading order, each with its page and line; what is left out is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pdf_pages as fixtures
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_pages import PARAGRAPHS, PLAIN, SIZE, TASK_TITLE, TASKS, TITLE

from yaodian.errors import ReadingError
from yaodian.extraction import extract
from yaodian.extraction.accounting import account
from yaodian.model import Document, Plan
from yaodian.reading import read_bytes
from yaodian.reading.pdf import ranges, sensible_title
from yaodian.reading.pdf.glyphs import open_pdf, read_page
from yaodian.reading.pdf.paragraphs import paragraphs
from yaodian.reading.pdf.sheets import sheets
from yaodian.reading.pdf.writing import write

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ("browser",)

TASK_ROWS = "\n".join("\t".join(row) for row in TASKS)


def _read(data: bytes) -> Document:
    document = read_bytes(data, "plan.pdf")
    assert document.media_type == "application/pdf"
    _check_origins(document)
    return document


def _check_origins(document: Document) -> None:
    """Each character has its page and line, and they count up."""
    assert [o.start for o in document.origins] == sorted({o.start for o in document.origins})
    assert document.origins[0].start == 0
    assert document.origins[-1].end == len(document.text)
    for one, other in pairwise(document.origins):
        assert one.end == other.start
        assert (one.page or 0) <= (other.page or 0) or one.table
    assert all(o.page and o.line for o in document.origins)


def _plan(data: bytes) -> Plan:
    plan = extract(_read(data))
    assert all(plan.text[span.start : span.end] == span.quote for span in plan.spans())
    return plan


def _codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


@pytest.mark.parametrize("pages", [1, 2, 3, 4])
def test_wrapped_lines_are_paragraphs_again_also_over_pages(pages: int) -> None:
    document = _read(fixtures.typeset(pages, heads=pages > 1))
    assert document.text == PLAIN
    assert _codes(document) == (["running-heads"] if pages > 1 else [])


OUTLINE = [
    *("一、总体要求", "二、重点任务", "（一）扩大资源供给", "（二）深化课程改革", "1.修订课程方案", "2.开展教研活动"),
    *("（三）加强教师队伍建设", "（四）改善学校办学条件", "（五）深化教育评价改革", "三、保障措施"),
    *("（一）加强党对教育领导", "（二）严格督导检查问责", "（三）强化教育经费保障"),
]


@pytest.mark.parametrize("indent", [0, 2])
def test_short_lines_of_one_length_are_paragraphs(indent: int) -> None:
    drawing, buffer = fixtures.canvas()
    fixtures.set_lines(drawing, [(line, indent) for line in OUTLINE])
    assert _read(fixtures.finished(drawing, buffer)).text == "\n".join(OUTLINE)


def test_narrow_text_beside_a_wide_margin_is_joined() -> None:
    drawing, buffer = fixtures.canvas()
    paragraphs = [*OUTLINE[:4], PARAGRAPHS[1], *OUTLINE[4:]]
    fixtures.set_lines(drawing, fixtures.lines_of(paragraphs, 15))
    assert _read(fixtures.finished(drawing, buffer)).text == "\n".join(paragraphs)


def test_indented_headings_that_nearly_fill_their_lines_are_paragraphs() -> None:
    drawing, buffer = fixtures.canvas()
    headings = [f"（{number}）持续推动全市义务教育优质均衡和城乡一体发展" for number in "一二三四"]
    paragraphs = [PARAGRAPHS[1], *headings, PARAGRAPHS[3]]
    fixtures.set_lines(drawing, fixtures.lines_of(paragraphs))
    assert _read(fixtures.finished(drawing, buffer)).text == "\n".join(paragraphs)


def test_a_paragraph_whose_last_line_is_full_ends_before_an_indent() -> None:
    drawing, buffer = fixtures.canvas()
    full = ("扩大优质教育资源" * 8)[: 2 * fixtures.CHARACTERS - 2]
    paragraphs = [PARAGRAPHS[1], full, "落实责任", PARAGRAPHS[3]]
    fixtures.set_lines(drawing, fixtures.lines_of(paragraphs))
    assert _read(fixtures.finished(drawing, buffer)).text == "\n".join(paragraphs)


def test_running_heads_and_page_numbers_are_told() -> None:
    (problem,) = _read(fixtures.typeset(3)).problems
    assert problem.message == (
        "pages 1-3: running heads and page numbers left out, such as “云岭市教育局文件”, “— 1 —”, “— 2 —”"
    )


def test_every_place_has_its_page_and_line() -> None:
    document = _read(fixtures.typeset(3))
    title, item = document.origin(0), document.origin(document.text.index("4.强化安全管理"))
    assert title and (title.page, title.line) == (1, 1)
    assert item and (item.page, item.line) == (3, 4)
    turns = [o.start for one, o in pairwise(document.origins) if one.page != o.page]
    assert len(turns) == 2
    assert any("\n" not in document.text[turn - 1 : turn + 1] for turn in turns)


def test_a_plan_in_a_pdf_says_what_its_text_says() -> None:
    plan, plain = _plan(fixtures.typeset(3)), extract(read_bytes(PLAIN.encode(), "plan.txt"))
    assert plan.facts.title == TITLE
    assert [(i.label, i.heading) for i in plan.items] == [(i.label, i.heading) for i in plain.items]
    assert [t.span.quote for t in plan.targets] == [t.span.quote for t in plain.targets]
    assert [unit.span.quote for unit in plan.responsible] == ["学前教育科"]
    assert account(plan).share == 1


def test_columns_are_read_one_after_the_other() -> None:
    assert _read(fixtures.two_columns()).text == PLAIN


@pytest.mark.parametrize("by_page", [True, False])
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pages_are_read(degrees: int, by_page: bool) -> None:
    document = _read(fixtures.turned(degrees, by_page))
    assert document.text == "\n".join([TITLE, *PARAGRAPHS[:6]])
    assert document.problems == ()


def test_single_characters_and_turned_words_of_a_font_that_is_only_named_are_read() -> None:
    drawing, buffer = fixtures.canvas()
    drawing.setFont(fixtures.FONT, SIZE)
    for line, character in enumerate("甲乙丙丁戊"):
        drawing.drawString(80, 700 - 40 * line, character)
    drawing.rotate(90)
    drawing.drawString(200, -400, "内部资料")
    document = _read(fixtures.finished(drawing, buffer))
    assert "".join(document.text.split()) == "甲乙丙丁戊"
    assert "“内部资料”" in document.problems[0].message


def test_no_font_of_the_machine_is_asked_for() -> None:
    """Where words stand must not depend on what is installed: each named glyph is the same narrow box."""
    drawing, buffer = fixtures.canvas()
    drawing.setFont(fixtures.FONT, 10)
    drawing.drawString(100, 500, "一")
    drawing.drawString(100, 400, "龍")
    found = open_pdf(fixtures.finished(drawing, buffer))
    extents = [thing.get_bounds() for thing in found[0].get_objects()]
    sizes = [(round(x1 - x0, 2), round(y1 - y0, 2)) for x0, y0, x1, y1 in extents]
    assert sizes[0] == sizes[1] != (0, 0)


@pytest.mark.parametrize(
    "data",
    [fixtures.ruled_table(), fixtures.ruled_table(pages=3), fixtures.ruled_table(ruled=False)],
    ids=["ruled", "over three pages", "unruled"],
)
def test_a_task_table_is_read_row_by_row_and_makes_items(data: bytes) -> None:
    plan = _plan(data)
    assert plan.text == f"{TASK_TITLE}\n{TASK_ROWS}"
    (table,) = plan.document.tables
    assert [cell.span.quote for cell in table.cells] == [cell for row in TASKS for cell in row]
    assert [(cell.row, cell.column) for cell in table.cells] == [(r, c) for r in range(4) for c in range(6)]
    assert [(i.label, i.heading, i.deadline) for i in plan.items] == [
        ("1", "扩大学前教育资源", "2024-09-30"),
        ("2", "深化课堂教学改革", "2024"),
        ("3", "加强教师队伍建设", "2024-09-30"),
    ]
    assert [unit.span.quote for unit in plan.items[0].responsible] == ["学前教育科", "规划科", "各县区教育局"]
    assert account(plan).share == 1


def test_cells_know_their_row_and_column_on_the_page() -> None:
    document = _read(fixtures.ruled_table(pages=3))
    origin = document.origin(document.text.index("人事科"))
    assert origin and (origin.page, origin.table, origin.row, origin.column) == (3, 1, 4, 4)
    assert _codes(document) == ["repeated-head"]


def test_a_scanned_pdf_says_that_it_has_no_text_layer() -> None:
    with pytest.raises(ReadingError, match=r"plan\.pdf: this PDF has no text layer: pages 1-3 of 3 only show pictures"):
        _read(fixtures.scanned())


def test_scanned_pages_between_others_are_named() -> None:
    document = _read(fixtures.scanned(5, with_text=(2,)))
    assert document.text == "\n".join([TITLE, *PARAGRAPHS[:4]])
    assert [problem.message for problem in document.problems] == [
        "pages 1, 3-5: no text layer, only pictures: not read"
    ]


def test_a_pdf_without_anything_says_so() -> None:
    drawing, buffer = fixtures.canvas()
    drawing.showPage()
    with pytest.raises(ReadingError, match="there is no text in this PDF"):
        _read(fixtures.finished(drawing, buffer))


def test_an_encrypted_pdf_is_refused_in_one_line() -> None:
    with pytest.raises(ReadingError, match=r"^plan\.pdf: this PDF is encrypted: save it without a password first$"):
        _read(fixtures.encrypted())


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj trailer"]
)
def test_a_damaged_pdf_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(ReadingError, match=r"^plan\.pdf: .*damaged.*$|^plan\.pdf: there is no text in this PDF$"):
        _read(data)


def test_bytes_before_the_header_are_skipped() -> None:
    assert _read(b"\r\n\x00junk" + fixtures.typeset(1, heads=False)).text == PLAIN


def test_gaps_between_digits_and_ideographs_are_no_blanks_and_wide_ones_are() -> None:
    drawing, buffer = fixtures.canvas()
    drawing.setFont(fixtures.FONT, SIZE)
    for x, words in (
        (80, "新建学校"),
        (80 + 4.25 * SIZE, "12"),
        (80 + 5.5 * SIZE, "所。"),
        (80 + 10 * SIZE, "新增学位"),
    ):
        drawing.drawString(x, 700, words)
    drawing.drawString(80, 670, "Smart education")
    assert _read(fixtures.finished(drawing, buffer)).text == "新建学校12所。  新增学位\nSmart education"


def test_raised_and_lowered_characters_stay_in_their_line() -> None:
    drawing, buffer = fixtures.canvas()
    drawing.setFont(fixtures.FONT, SIZE)
    drawing.drawString(80, 700, "新建校舍3万m")
    end = 80 + 5 * SIZE + fixtures.pdfmetrics.stringWidth("3m", fixtures.FONT, SIZE)
    drawing.setFont(fixtures.FONT, SIZE / 2)
    drawing.drawString(end, 708, "2")
    drawing.setFont(fixtures.FONT, SIZE)
    drawing.drawString(end + SIZE / 4 + 1, 699, "，改造厕所。")
    assert _read(fixtures.finished(drawing, buffer)).text == "新建校舍3万m2，改造厕所。"


def test_what_runs_in_other_directions_is_told() -> None:
    drawing, buffer = fixtures.canvas()
    fixtures.set_lines(drawing, fixtures.lines_of(PARAGRAPHS[:4]), top=fixtures.set_title(drawing, TITLE))
    drawing.rotate(45)
    drawing.setFont(fixtures.FONT, 60)
    drawing.drawString(300, 100, "内部资料")
    document = _read(fixtures.finished(drawing, buffer))
    assert document.text == "\n".join([TITLE, *PARAGRAPHS[:4]])
    assert [problem.message for problem in document.problems] == [
        "4 characters of text that runs in another direction left out, such as “内部资料”"
    ]


def test_text_drawn_twice_for_bold_type_is_read_once() -> None:
    drawing, buffer = fixtures.canvas()
    for shift in (0, 0.4):
        drawing.setFont(fixtures.FONT, SIZE)
        drawing.drawString(80 + shift, 700, "一、总体要求")
    assert _read(fixtures.finished(drawing, buffer)).text == "一、总体要求"


def test_a_row_that_a_page_breaks_is_whole() -> None:
    rows = [["序号", "重点任务", "责任单位"], ["1", "扩大学前教育资源", "学前科"], ["", "并提高质量", ""]]
    document = _read(
        fixtures.ruled_table(
            [
                rows[0],
                rows[1],
                rows[2],
            ],
            pages=2,
        )
    )
    assert document.text.endswith("1\t扩大学前教育资源并提高质量\t学前科")


RADICALS = "建设⽯桥镇⻩河两岸⻝堂和⺠办学校⻓效机制"


def test_radicals_are_kept_and_read_as_what_they_stand_for(chromium: Browser) -> None:
    html = fixtures.html_of([*PARAGRAPHS[:3], f"1.{RADICALS}。新建⻝堂3所。", PARAGRAPHS[4]])
    plan = _plan(fixtures.printed(chromium, html))
    assert RADICALS in plan.text
    assert plan.items[0].heading == "建设石桥镇黄河两岸食堂和民办学校长效机制"
    assert plan.items[0].span.quote.startswith(f"1.{RADICALS}")


CHROMIUM = {
    "indented": fixtures.html_of(PARAGRAPHS),
    "with gaps": fixtures.html_of(PARAGRAPHS, style="p{text-indent:0;margin:1em 0}"),
    "ragged": fixtures.html_of(PARAGRAPHS, style="p{text-align:left}"),
    "small": fixtures.html_of(PARAGRAPHS, style="body{font-size:10pt;line-height:1.4}"),
    "sans": fixtures.html_of(PARAGRAPHS, style="body{font-family:'Noto Sans CJK SC'}"),
    "two columns": fixtures.html_of(PARAGRAPHS * 3, style="body{columns:2}h1{column-span:all}"),
}


@pytest.mark.parametrize("name", CHROMIUM)
def test_what_chromium_prints_is_read_as_it_was_written(name: str, chromium: Browser) -> None:
    data = fixtures.printed(
        chromium,
        CHROMIUM[name],
        display_header_footer=True,
        header_template="<span style='font-size:9px;margin-left:2cm'>云岭市教育局</span>",
        footer_template="<span style='font-size:9px;margin:auto'><span class=pageNumber></span>/<span class=totalPages></span></span>",
    )
    document = _read(data)
    times = 3 if name == "two columns" else 1
    assert document.text.removeprefix("云岭市教育局\n") == "\n".join([TITLE, *PARAGRAPHS * times])


def test_a_table_that_chromium_prints_is_a_table(chromium: Browser) -> None:
    html = fixtures.html_of([], after=f"<h2>任务分解表</h2>{fixtures.html_table()}")
    plan = _plan(fixtures.printed(chromium, html))
    assert plan.text.endswith(TASK_ROWS)
    assert [item.heading for item in plan.items] == [row[1] for row in TASKS[1:]]


@pytest.fixture(scope="module")
def export() -> Callable[[str, Path], bytes]:
    """What exports PDFs by way of LibreOffice."""
    found = fixtures.office()
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


def test_what_libreoffice_exports_is_read_as_it_was_written(
    export: Callable[[str, Path], bytes], tmp_path: Path
) -> None:
    document = _read(export(fixtures.html_of(PARAGRAPHS * 6), tmp_path))
    assert document.text == "\n".join([TITLE, *PARAGRAPHS * 6])
    assert document.title_hint == TITLE


def test_a_table_that_libreoffice_exports_is_a_table(export: Callable[[str, Path], bytes], tmp_path: Path) -> None:
    rows = [TASKS[0], *([str(n), *TASKS[1 + n % 3][1:]] for n in range(1, 40))]
    plan = _plan(export(fixtures.html_of([], after=fixtures.html_table(rows)), tmp_path))
    assert plan.text == "\n".join([TITLE, *("\t".join(row) for row in rows)])
    assert len(plan.items) == 39
    assert {origin.page for origin in plan.document.origins} == {1, 2, 3} or len(plan.document.tables) == 1


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (TITLE, TITLE),
        ("Microsoft Word - 云岭市教育局2024年工作要点.docx", TITLE),
        ("about:blank", None),
        ("文档1", None),
        ("untitled", None),
        ("", None),
    ],
)
def test_a_stated_title_counts_where_it_is_one(stated: str, expected: str | None) -> None:
    assert sensible_title(stated) == expected


def test_ranges_of_pages() -> None:
    assert ranges([3, 1, 2, 2, 7, 9, 10]) == "1-3, 7, 9-10"


WORDS = st.text("新建学校培训教师推进改革，。12", min_size=1, max_size=40)
PLACES = st.tuples(
    st.floats(20, 560), st.floats(20, 820), st.sampled_from([9, 12, 16, 22]), st.sampled_from([0, 0, 0, 90, 30])
)


def _about(piece: tuple[str, tuple[float, float, int, int]]) -> tuple[float, float]:
    """About where a piece stands: text printed over itself is read once, however often it is there."""
    _, (x, y, _, _) = piece
    return x // 24, y // 24


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.tuples(WORDS, PLACES), max_size=12, unique_by=_about), min_size=1, max_size=3))
def test_every_visible_character_is_read_or_told(pages: list[list[tuple[str, tuple[float, float, int, int]]]]) -> None:
    drawing, buffer = fixtures.canvas()
    for page in pages:
        for words, (x, y, size, turn) in page:
            drawing.saveState()
            drawing.translate(x, y)
            drawing.rotate(turn)
            drawing.setFont(fixtures.FONT, size)
            drawing.drawString(0, 0, words)
            drawing.restoreState()
        drawing.showPage()
    _check_all_is_there(fixtures.finished(drawing, buffer))


@pytest.mark.parametrize("data", [fixtures.typeset(), fixtures.two_columns(), fixtures.ruled_table(pages=3)])
def test_every_visible_character_of_a_fixture_is_read_or_told(data: bytes) -> None:
    _check_all_is_there(data)


def _check_all_is_there(data: bytes) -> None:
    document = open_pdf(data)
    pages = [page for index in range(len(document)) for page in read_page(document, index)]
    found = sheets(pages, lambda: None)
    written = write(paragraphs(found.stretches))
    told = [line.text for line in (*found.furniture, *written.repeated)]
    told += [text for page in pages for text in (*page.aside, *page.hidden)]
    shown = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    assert _visible(written.text + "".join(told)) == _visible(shown)
    assert all(o.start < o.end for o in written.origins)
    for one, other in pairwise(written.origins):
        assert one.end == other.start


def _visible(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\s\ufffe\x02]", "", text))


def test_text_too_small_to_see_is_no_obstacle() -> None:
    drawing, buffer = fixtures.canvas()
    fixtures.set_lines(drawing, fixtures.lines_of(PARAGRAPHS))
    drawing.setFont(fixtures.FONT, 0.002)
    drawing.drawString(fixtures.LEFT, 90, "看不见的字")
    assert _read(fixtures.finished(drawing, buffer)).text == "\n".join(PARAGRAPHS)


def test_a_page_without_end_is_read_as_far_as_pages_go() -> None:
    drawing, buffer = fixtures.canvas()
    fixtures.set_lines(drawing, fixtures.lines_of(PARAGRAPHS))
    endless = fixtures.finished(drawing, buffer).replace(b"595.2756", b"5" * 40 + b".2756")
    assert _read(endless).text == "\n".join(PARAGRAPHS)


def test_what_is_told_of_text_left_out_is_one_line() -> None:
    drawing, buffer = fixtures.canvas()
    fixtures.set_lines(drawing, fixtures.lines_of(PARAGRAPHS))
    drawing.drawString(fixtures.LEFT, 3000, "页外的\u2028字\x85和\x1b[31m红字")
    (problem,) = _read(fixtures.finished(drawing, buffer)).problems
    assert len(problem.message.splitlines()) == 1
    assert "\x1b" not in problem.message
    assert "页外的" in problem.message
