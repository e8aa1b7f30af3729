"""Word files beside what LibreOffice prints of them, and files that other programs wrote."""

from __future__ import annotations

import random
import re
from io import BytesIO
from pathlib import Path

import docx_files as word
import office
import pytest
from docx import Document as WordDocument
from docx_shapes import SHAPES, TITLE

import yaodian
from yaodian.reading import read_bytes
from yaodian.reading.docx import read_docx

AGREED = (
    *("typed numbers", "five levels", "list style", "task table", "nested tables"),
    *("strict", "macros", "embedded document", "another name"),
)
"""The shapes that show the same words in LibreOffice. It shows what tracked changes deleted, tables of contents and
the numbers of footnotes, leaves text boxes out, and knows neither legal numbers nor levels that count through."""

FORMATS = {
    "chineseCounting": ("%{}、", "（%{}）", "第%{}章"),
    "chineseCountingThousand": ("%{}、", "（%{}）"),
    "japaneseCounting": ("%{}、", "（%{}）"),
    "decimal": ("%{}.", "%{}、", "（%{}）", "%{})", "%{}．"),
    "decimalEnclosedCircle": ("%{}",),
    "lowerLetter": ("%{})",),
    "upperRoman": ("%{}.",),
    "lowerRoman": ("（%{}）",),
    "ideographTraditional": ("%{}、",),
}
MOST_PARAGRAPHS, NUMBERED_FILES = 30, 40


def _words(text: str) -> list[str]:
    """The lines of a text without white space; a table's cells are lines of their own."""
    return [bare for line in re.split(r"[\n\t]", text) if (bare := re.sub(r"\s", "", line))]


def _printed(files: dict[str, bytes], folder: Path) -> dict[str, list[str]]:
    texts = office.converted(files, office.PLAIN_TEXT, folder)
    return {name: _words(text.decode("utf-8-sig")) for name, text in texts.items()}


def test_shapes_show_what_libreoffice_prints_of_them(tmp_path: Path) -> None:
    files = {f"{number}.docx": SHAPES[name].make() for number, name in enumerate(AGREED)}
    printed = _printed(files, tmp_path)
    assert {name: _words(read_docx(data).text) for name, data in files.items()} == printed


def test_numbers_are_those_that_libreoffice_prints(tmp_path: Path) -> None:
    files = {f"{seed}.docx": _numbered(random.Random(seed)) for seed in range(NUMBERED_FILES)}
    printed = _printed(files, tmp_path)
    for name, data in files.items():
        assert _words(read_docx(data).text) == printed[name], name


def _numbered(chance: random.Random) -> bytes:
    """A file of paragraphs in two lists of one definition and one of another, at random levels."""
    definitions = [word.abstract(number, *_levels(chance)) for number in (1, 2)]
    anew = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{chance.randint(1, 5)}"/></w:lvlOverride>'
    lists = [word.num(1, 1), word.num(2, 2), word.num(3, 1, anew)]
    paragraphs = [word.para(TITLE)]
    for number in range(chance.randint(5, MOST_PARAGRAPHS)):
        where = None if chance.random() < 0.2 else (chance.choice((1, 1, 1, 2, 3)), chance.choice((0, 0, 1, 1, 2, 3)))
        paragraphs.append(word.para(f"任务{number}。", where))
    return word.docx(*paragraphs, parts={"numbering.xml": word.numbering(*definitions, *lists)})


def _levels(chance: random.Random) -> list[str]:
    levels = []
    for index in range(4):
        form = chance.choice(list(FORMATS))
        text = chance.choice(FORMATS[form]).format(index + 1)
        suffix = chance.choice(("tab", "space", "nothing"))
        levels.append(word.level(index, (form, text, suffix), start=chance.choice((1, 1, 1, 3))))
    return levels


PAGE = f"""<html><head><meta charset="utf-8"></head><body><h1>{TITLE}</h1>
<p>一、重点任务</p><p>扩大优质资源供给，办好人民满意的教育。</p>
<ol><li>增加学位供给。新建学校3所。</li><li>改善办学条件。改造食堂5个。</li></ol>
<table border="1"><tr><td>序号</td><td>任务</td></tr><tr><td rowspan="2">1</td><td>布局</td></tr><tr><td>招生</td></tr></table>
<p>附注：以上任务年底前完成。</p></body></html>"""


def test_a_file_that_libreoffice_wrote_is_read(tmp_path: Path) -> None:
    source = {"plan.html": PAGE.encode()}
    (data,) = office.converted(source, "docx:MS Word 2007 XML", tmp_path, infilter="HTML (StarWriter)").values()
    document = read_bytes(data, "plan.docx")
    assert document.text.split("\n") == [
        *(TITLE, "一、重点任务", "扩大优质资源供给，办好人民满意的教育。"),
        *("1. 增加学位供给。新建学校3所。", "2. 改善办学条件。改造食堂5个。"),
        *("序号\t任务", "1\t布局", "招生", "附注：以上任务年底前完成。"),
    ]
    assert [item.heading for item in yaodian.extract(document).items] == ["增加学位供给", "改善办学条件"]


def test_a_file_that_python_docx_wrote_is_read() -> None:
    file = WordDocument()
    file.add_heading(TITLE, 0)
    file.add_paragraph("增加学位供给。新建学校3所。", style="List Number")
    file.add_paragraph("改善办学条件。", style="List Number").add_run("改造食堂5个。").bold = True
    file.add_paragraph("老城区2个。", style="List Bullet")
    table = file.add_table(2, 3)
    for column, (head, words) in enumerate(zip(("序号", "任务", "单位"), ("1", "布局", "规划科"), strict=True)):
        table.cell(0, column).text, table.cell(1, column).text = head, words
    table.cell(0, 1).merge(table.cell(0, 2))
    file.sections[0].header.paragraphs[0].text = "内部资料"
    buffer = BytesIO()
    file.save(buffer)
    found = read_docx(buffer.getvalue())
    assert found.text.split("\n") == [
        *(TITLE, "1. 增加学位供给。新建学校3所。", "2. 改善办学条件。改造食堂5个。", "•老城区2个。"),
        *("序号", "任务", "单位", "1\t布局\t规划科"),
    ]
    assert [problem.code for problem in found.problems] == ["headers-and-footers"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (TITLE, {"paragraph": 1}),
        ("招生", {"table": 1, "row": 3, "column": 2}),
        ("附注", {"paragraph": 4}),
    ],
)
def test_each_word_has_its_place_in_the_file(words: str, told: dict[str, int]) -> None:
    blocks = [TITLE, "一、总体要求", "扩大优质资源供给。"]
    rows = word.table(["序号", "任务"], ["1", "布局"], ["2", "招生"])
    document = read_bytes(word.docx(*blocks, rows, "附注"), "plan.docx")
    origin = document.origin(document.text.index(words))
    assert origin is not None
    assert {name: getattr(origin, name) for name in told} == told
