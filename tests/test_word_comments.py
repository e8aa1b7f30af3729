"""Comments in Word files: at the right words, for LibreOffice and for python-docx, and nothing else changed."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx_files import NAMESPACES, docx, para, run
from docx_shapes import SHAPES
from hypothesis import given, settings
from hypothesis import strategies as st
from office import annotations, opened, text_of

from yaodian.checking import check
from yaodian.checking.formats import Checked, write
from yaodian.cli.check import command
from yaodian.extraction import extract
from yaodian.reading import read, read_bytes
from yaodian.word.comments import Comment, commented
from yaodian.word.tracing import trace

PLAIN = "typed numbers", "tracked changes", "task table", "nested tables", "strict", "another name"
"""Shapes whose text LibreOffice has in the same words (but for what is deleted, which it shows)."""


def comment(text: str, start: int, end: int) -> Comment:
    return Comment(start, end, "要点", "要点", (text[start:end],))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


@pytest.mark.parametrize("name", SHAPES)
def test_the_trace_reads_what_the_reader_reads(name: str) -> None:
    data = SHAPES[name].make()
    traced, text = trace(data), read_bytes(data, "a.docx").text
    assert traced.text == text
    covered = {offset for stretch in traced.stretches for offset in range(stretch.start, stretch.end)}
    assert {text[offset] for offset in set(range(len(text))) - covered} <= set("\n\t")


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_comments_change_no_word(name: str, data: st.DataObject) -> None:
    original = SHAPES[name].make()
    text = read_bytes(original, "a.docx").text
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda place: place[0] < place[1]
    )
    comments = [comment(text, *place) for place in data.draw(st.lists(places, min_size=1, max_size=8))]
    once = commented(original, comments)
    assert read_bytes(once, "a.docx").text == text
    assert read_bytes(commented(once, comments), "a.docx").text == text
    assert once == commented(original, comments)


def test_only_four_parts_are_touched() -> None:
    original = SHAPES["five levels"].make()
    before, after = members(original), members(commented(original, [comment("一", 0, 1)]))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert list(before) == [name for name in after if name in before]


def test_a_run_is_split_and_keeps_its_looks() -> None:
    original = docx(para(run("新建学校 6所。", '<w:b/><w:color w:val="FF0000"/>')))
    text = read_bytes(original, "a.docx").text
    made = members(commented(original, [comment(text, 2, 5)]))["word/document.xml"].decode()
    looks = re.escape('<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>')
    assert re.findall(rf"<w:r>{looks}<w:t xml:space=\"preserve\">([^<]*)</w:t></w:r>", made) == [
        "新建",
        "学校 ",
        "6所。",
    ]


def test_comments_that_are_there_stay() -> None:
    original = SHAPES["comments, notes and margins"].make()
    text = read_bytes(original, "a.docx").text
    after = members(commented(original, [comment(text, 0, 3)]))
    assert "请核实。" in after["word/comments.xml"].decode()
    assert re.findall(r'<w:comment w:id=["\'](\d+)', after["word/comments.xml"].decode()) == ["0", "1"]
    assert after["word/document.xml"].decode().count("commentReference") == 2


def test_utf_16_parts_are_understood() -> None:
    parts = members(docx("云岭市教育局2024年工作要点"))
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    parts["word/document.xml"] = (head + parts["word/document.xml"].decode()).encode("utf-16")
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    made = commented(buffer.getvalue(), [comment("云岭市", 0, 3)])
    assert read_bytes(made, "a.docx").text == "云岭市教育局2024年工作要点"


def test_libreoffice_has_every_comment_at_its_words(tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    wanted: dict[str, set[tuple[str, str]]] = {}
    counts: dict[str, int] = {}
    for name in PLAIN:
        data, key = SHAPES[name].make(), name.replace(" ", "-")
        text = read_bytes(data, "a.docx").text
        places = [match.span() for match in re.finditer(r"[^\n\t]{5,}", text)]
        comments = [comment(text, start + 2, start + 4) for start, _ in places]
        comments += [comment(text, start, end) for start, end in places if "6" not in text[start:end]]
        files[key] = commented(data, comments)
        wanted[key] = {(text[one.start : one.end], "要点") for one in comments}
        counts[key] = len(comments)
    for name, root in opened(files, tmp_path).items():
        seen = {(one.said, one.author) for one in annotations(root) if one.words == one.said}
        # A number that Word makes is no text for LibreOffice either: what is left of it stands at its paragraph.
        missing = {said for said, _ in wanted[name] - seen}
        assert all(re.match(r"[一二三四五六七八九十]、|、", said) for said in missing), (name, missing)
        assert len(annotations(root)) == counts[name]


def test_a_number_of_a_list_is_marked_at_its_paragraph(tmp_path: Path) -> None:
    data = SHAPES["five levels"].make()
    text = read_bytes(data, "a.docx").text
    at = text.index("二、重点任务")
    made = commented(data, [comment(text, at, at + 2), comment(text, at, at + 6)])
    first, second = annotations(opened({"numbers": made}, tmp_path)["numbers"])
    assert {first.words, second.words} == {"重", "重点任务"}


def test_python_docx_reads_the_comments() -> None:
    python_docx = pytest.importorskip("docx", reason="python-docx is not installed")
    data = SHAPES["typed numbers"].make()
    text = read_bytes(data, "a.docx").text
    document = python_docx.Document(BytesIO(commented(data, [comment(text, 0, 3), comment(text, 5, 9)])))
    assert [(one.comment_id, one.author, one.text) for one in document.comments] == [
        (0, "要点", text[0:3]),
        (1, "要点", text[5:9]),
    ]
    assert "\n".join(p.text for p in document.paragraphs) == text


DRAFT = """云岭市教育局2024年工作要点

一、扩大教育资源
1.增加学位供给。XX市新建学校3所\t新增学位1200个。
2.改善办学条件。按照“十四五<规划>改造食堂5个。
"""


def test_a_draft_that_is_no_word_file_becomes_one(tmp_path: Path) -> None:
    plan = extract(read_bytes(DRAFT.encode(), "plan.txt", "plan.txt"))
    one = Checked(plan, check(plan))
    made = write("docx", [one], "zh")
    lines = [line for line in DRAFT.splitlines() if line]
    assert read_bytes(made, "a.docx").text == "\n".join(lines)
    root = opened({"fresh": made}, tmp_path)["fresh"]
    assert text_of(root) == "".join(lines)
    assert sorted(one.words or "" for one in annotations(root)) == sorted(finding.quote for finding in one.findings)
    assert all(finding.message("zh") in "".join(a.said for a in annotations(root)) for finding in one.findings)


def test_the_command_comments_a_copy(root_dir: Path, tmp_path: Path) -> None:
    draft = root_dir / "docs" / "drafts" / "yunling-2024.docx"
    done = CliRunner().invoke(command, [str(draft), "--out", str(tmp_path / "reviewed.docx"), "--lang", "zh"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert read(tmp_path / "reviewed.docx").text == read(draft).text
    plan = extract(read(draft))
    seen = annotations(opened({"reviewed": (tmp_path / "reviewed.docx").read_bytes()}, tmp_path)["reviewed"])
    told = {(one.said.split("\n")[0].partition(" ")[0], one.words) for one in seen}
    assert len(seen) == len(check(plan))
    for finding in check(plan):
        in_one_cell = "\t" not in finding.quote
        assert not in_one_cell or (finding.code, finding.quote) in told


def test_a_draft_that_changed_meanwhile_is_not_commented(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(docx("云岭市教育局2024年工作要点"))
    plan = extract(read(file))
    file.write_bytes(docx("云岭市教育局2025年工作要点"))
    with pytest.raises(Exception, match="has changed"):
        write("docx", [Checked(plan, check(plan))], "zh")


def test_names_in_the_root_decide_the_prefix() -> None:
    body = f"<x:document {NAMESPACES.replace('xmlns:w=', 'xmlns:x=')}><x:body><x:p><x:r><x:t>云岭市要点</x:t></x:r></x:p></x:body></x:document>"
    parts = members(docx("云"))
    parts["word/document.xml"] = body.encode()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    made = members(commented(buffer.getvalue(), [comment("云岭市", 1, 3)]))["word/document.xml"].decode()
    assert '<x:commentRangeStart x:id="0"/>' in made
    assert "w:" not in re.sub(r"<x:document[^>]*>", "", made)
