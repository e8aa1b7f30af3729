"""Fixes in Word files: tracked changes that give the fixed text where accepted, and the draft where rejected."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from docx_files import MACRO_TYPE, abstract, cell, docx, level, num, numbering, para, run, table
from docx_shapes import SHAPES
from hypothesis import given, settings
from hypothesis import strategies as st
from office import accepted_text, opened, rejected_text

from yaodian.checking import default_rules
from yaodian.checking.fixing import applied, fix
from yaodian.cli.check import command as check_command
from yaodian.cli.fix import command as fix_command
from yaodian.reading import read, read_bytes
from yaodian.word.naming import ending_of
from yaodian.word.revisions import Change, Reviser, Revisions
from yaodian.word.tracing import trace

RULES = default_rules()
OURS = Reviser("yaodian")
LINES = [
    "云岭市教育局2024年工作要点",
    "发布时间：2024-02-18",
    "云教发[2024]第03号",
    "一一、扩大教育资源",
    "1.增加学位供给。新建学校3所,新增学位1200个。。",
    "3.改善办学条件。改造食堂5个,更新机房20间。",
    "三、建设教师队伍",
    "4.培训教师。培训教师300人，，选派骨干20人。",
]
LOOKS = ["", "<w:b/>", '<w:color w:val="FF0000"/>', '<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/>']


def revisions(data: bytes) -> Revisions:
    return Revisions(trace(data, into_boxes=True))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def rejected(data: bytes, author: str = "yaodian") -> bytes:
    """The file with the author's tracked changes rejected: what they inserted is gone, what they deleted is back."""
    parts = members(data)
    (name,) = (name for name in parts if re.fullmatch(r"word/document\d*\.xml", name))
    root = ElementTree.fromstring(parts[name])
    space = re.match(r"\{(.*)\}", root.tag)
    assert space is not None
    _reject(root, f"{{{space[1]}}}", author)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member, content in (parts | {name: ElementTree.tostring(root)}).items():
            archive.writestr(member, content)
    return buffer.getvalue()


def _reject(node: ElementTree.Element, w: str, author: str) -> None:
    children: list[ElementTree.Element] = []
    for child in node:
        _reject(child, w, author)
        if child.get(f"{w}author") != author:
            children.append(child)
        elif child.tag == f"{w}del":
            for each in child.iter(f"{w}delText"):
                each.tag = f"{w}t"
            children += child
    node[:] = children


def test_rejecting_is_told_from_leaving_as_it_is() -> None:
    made = revisions(docx("新建学校5所")).made([Change(4, 5, "6")], OURS)
    assert read_bytes(made, "a.docx").text == "新建学校6所"
    assert read_bytes(rejected(made), "a.docx").text == "新建学校5所"
    assert read_bytes(rejected(made, "别人"), "a.docx").text == "新建学校6所"


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_accepting_gives_the_changes_and_rejecting_the_original(name: str, data: st.DataObject) -> None:
    original = SHAPES[name].make()
    words = revisions(original)
    text = words.traced.text
    assert text == read_bytes(original, "a.docx").text
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=12)))
    news = st.sampled_from(["", "换", "<&>\u3000“新”", " 两 字 "])
    wanted = [Change(a, b, data.draw(news)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    changes = [change for change in wanted if words.obstacle(change) is None]
    made = words.made(changes, OURS)
    after = text
    for change in reversed(changes):
        after = after[: change.start] + change.replacement + after[change.end :]
    assert sorted(_lines(read_bytes(made, "a.docx").text)) == sorted(_lines(after))
    assert read_bytes(rejected(made), "a.docx").text == text
    assert made == words.made(changes, OURS), "the same changes give the same file"
    before, now = members(original), members(made)
    assert {part for part in now if now[part] != before[part]} <= {words.traced.name}
    assert list(now) == list(before)


def _lines(text: str) -> list[str]:
    """What is seen of lines: one of which nothing is left is none."""
    return [line.strip() for line in re.split(r"[\n\t]", text) if line.strip()]


@st.composite
def word_drafts(draw: st.DrawFn) -> bytes:
    """The lines of a draft with faults: cut into runs of any look, in insertions, links and cells."""
    blocks: list[str] = []
    for line in LINES:
        cuts = [0, *sorted(draw(st.sets(st.integers(1, len(line) - 1), max_size=4))), len(line)]
        runs = [run(line[a:b], draw(st.sampled_from(LOOKS))) for a, b in pairwise(cuts)]
        n = draw(st.integers(0, len(runs) - 1))
        wrapped = draw(
            st.sampled_from(["{}", '<w:ins w:id="7" w:author="李">{}</w:ins>', "<w:hyperlink>{}</w:hyperlink>"])
        )
        runs[n] = wrapped.format(runs[n])
        paragraph = para("".join(runs))
        boxed = draw(st.integers(0, 5)) == 0
        blocks.append(table([cell(paragraph)]) if boxed else paragraph)
    return docx(*blocks)


@settings(max_examples=25, deadline=None)
@given(word_drafts())
def test_accepting_gives_what_fix_gives_of_the_text(data: bytes) -> None:
    document = read_bytes(data, "a.docx")
    words = revisions(data)
    fixed = fix(document, RULES, hindrance=lambda edit: words.obstacle(Change(edit.start, edit.end, edit.replacement)))
    plain = fix(read_bytes(document.text.encode(), "a.txt"), RULES)
    assert fixed.text == plain.text != document.text
    assert not fixed.refused
    made = words.made([Change(edit.start, edit.end, edit.replacement) for edit in fixed.edits], OURS)
    assert read_bytes(made, "a.docx").text == plain.text == applied(document.text, fixed.edits)
    assert read_bytes(rejected(made), "a.docx").text == document.text


def test_a_run_keeps_its_looks_in_all_its_pieces() -> None:
    looks = '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>'
    original = docx(para(run("新建学校 6所。", '<w:b/><w:color w:val="FF0000"/>')))
    made = members(revisions(original).made([Change(5, 6, "8")], OURS))["word/document.xml"].decode()
    space = ' xml:space="preserve"'
    assert (
        f"<w:p><w:r>{looks}<w:t{space}>新建学校 </w:t></w:r>"
        f'<w:del w:id="0" w:author="yaodian"><w:r>{looks}<w:delText{space}>6</w:delText></w:r></w:del>'
        f'<w:ins w:id="1" w:author="yaodian"><w:r>{looks}<w:t{space}>8</w:t></w:r></w:ins>'
        f"<w:r>{looks}<w:t{space}>所。</w:t></w:r></w:p>"
    ) in made


def test_words_inserted_by_others_stay_theirs() -> None:
    original = docx(para(f'<w:ins w:id="3" w:author="李">{run("新建学校6所。")}</w:ins>'))
    made = revisions(original).made([Change(4, 5, "8")], OURS)
    seen = members(made)["word/document.xml"].decode()
    assert len(set(re.findall(r'w:id="(\d+)"', seen))) == len(re.findall(r'w:id="', seen)), "no number is given twice"
    assert read_bytes(rejected(made), "a.docx").text == "新建学校6所。"
    assert "8" not in read_bytes(rejected(made), "a.docx").text
    with pytest.raises(Exception, match="no text"):
        read_bytes(rejected(rejected(made), "李"), "a.docx")


def test_both_forms_of_a_text_box_are_changed_alike() -> None:
    original = SHAPES["text boxes"].make()
    words = revisions(original)
    at = words.traced.text.index("〔")
    made = members(words.made([Change(at, at + 1, "[")], OURS))["word/document.xml"].decode()
    assert made.count(">[</w:t>") == made.count(">〔</w:delText>") == 2
    unlike = original_with(original, "汀教〔2024〕8号", "汀教〔2024〕9号")
    words = revisions(unlike)
    assert words.obstacle(Change(at, at + 1, "[")) == "twofold"


def original_with(data: bytes, old: str, new: str) -> bytes:
    """The file with the last of those words in its main part changed."""
    parts = members(data)
    head, _, tail = parts["word/document.xml"].decode().rpartition(old)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in (parts | {"word/document.xml": (head + new + tail).encode()}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("shape", "words", "obstacle"),
    [
        ("five levels", "（一）", "made"),
        ("heading styles", "1．", "made"),
        ("fields", "附件2", "field"),
        ("tracked changes", "新增学位0.6万个", "moved"),
        ("typed numbers", "\n一", "layout"),
        ("text boxes", "征求意见稿", "made"),
    ],
)
def test_what_is_not_the_files_own_words_is_refused(shape: str, words: str, obstacle: str) -> None:
    found = revisions(SHAPES[shape].make())
    at = found.traced.text.index(words)
    change = Change(at, at + len(words), "换")
    assert found.obstacle(change) == obstacle
    with pytest.raises(ValueError, match=obstacle):
        found.made([change], OURS)


def test_words_bound_to_data_are_refused() -> None:
    bound = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent>'
    found = revisions(docx("云岭市", para(f"{bound}{run('规划科')}</w:sdtContent></w:sdt>{run('负责')}")))
    assert found.obstacle(Change(4, 5, "换")) == "bound"
    assert found.obstacle(Change(7, 8, "换")) is None


def test_libreoffice_and_python_docx_open_what_is_written(tmp_path: Path) -> None:
    python_docx = pytest.importorskip("docx", reason="python-docx is not installed")
    files: dict[str, bytes] = {}
    texts: dict[str, tuple[str, str]] = {}
    for name in ("typed numbers", "task table", "nested tables", "strict", "another name"):
        words, key = revisions(SHAPES[name].make()), name.replace(" ", "-")
        text = words.traced.text
        places = [match.start() for match in re.finditer(r"(?<=[^\n\t])[^\n\t](?=[^\n\t])", text)][::3]
        changes = [change for at in places if words.obstacle(change := Change(at, at + 1, "换")) is None]
        assert len(changes) > 3, name
        files[key] = words.made(changes, OURS)
        # What Word makes is no text for LibreOffice; tabs and line ends are between its elements.
        own = [
            n
            for each in words.traced.stretches
            if not each.is_made
            for n in range(each.start, each.end)
            if text[n] > " "
        ]
        new = {change.start for change in changes}
        texts[key] = "".join("换" if n in new else text[n] for n in own), "".join(text[n] for n in own)
        python_docx.Document(BytesIO(files[key]))
    for key, root in opened(files, tmp_path).items():
        seen = ("".join(told(root, "yaodian").split()) for told in (accepted_text, rejected_text))
        assert tuple(seen) == texts[key]


def test_libreoffice_understands_changes_beside_those_of_others_and_in_text_boxes(tmp_path: Path) -> None:
    theirs = f'<w:ins w:id="3" w:author="李">{run("新建学校6所")}</w:ins>{run("，改建3所。")}'
    ours = revisions(docx(para(theirs)))
    boxed = revisions(SHAPES["text boxes"].make())
    at = boxed.traced.text.index("〔")
    files = {
        "theirs": ours.made([Change(4, 5, "8"), Change(9, 10, "4")], OURS),
        "box": boxed.made([Change(at, at + 1, "[")], OURS),
    }
    seen = opened(files, tmp_path)
    assert accepted_text(seen["theirs"], "yaodian") == "新建学校8所，改建4所。"
    assert rejected_text(seen["theirs"], "yaodian") == "新建学校6所，改建3所。"
    assert "汀教[2024〕8号" in accepted_text(seen["box"], "yaodian")
    assert "汀教〔2024〕8号" in rejected_text(seen["box"], "yaodian")


def run_fix(*arguments: object) -> Result:
    return CliRunner().invoke(fix_command, [*map(str, arguments), "--lang", "zh"], catch_exceptions=False)


def test_the_command_shows_a_diff_and_writes_a_copy(tmp_path: Path) -> None:
    source, out = tmp_path / "稿.docx", tmp_path / "改.docx"
    source.write_bytes(docx(*LINES))
    original = source.read_bytes()
    shown = run_fix(source)
    assert shown.exit_code == 1 and "+云教发〔2024〕3号" in shown.stdout
    written = run_fix(source, "--out", out, "--date", "2024-03-01")
    assert written.exit_code == 0 and "已改" in written.stdout
    assert source.read_bytes() == original
    assert read(out).text == fix(read(source), RULES).text
    assert read_bytes(rejected(out.read_bytes()), "a.docx").text == read(source).text
    assert 'w:date="2024-03-01T00:00:00Z"' in members(out.read_bytes())["word/document.xml"].decode()
    assert run_fix(out).exit_code == 0, "what is fixed is fixed"
    assert run_fix(source, "--write").exit_code == 0
    assert read(source).text == read(out).text


def test_an_automatic_number_is_refused_with_a_word_and_no_half_is_done(tmp_path: Path) -> None:
    levels = (("chineseCounting", "%1、"), level(1, ("decimal", "%2."), start=4))
    blocks = [
        *LINES[:2],
        "一、扩大教育资源",
        "1.增加学位供给。新建学校3所,新增学位90个。",
        "3.改善办学条件。改造食堂5个。",
    ]
    automatic = para("改善校舍。改造校舍40栋。", (1, 1))
    parts = {"numbering.xml": numbering(abstract(1, *levels), num(1, 1))}
    source = tmp_path / "稿.docx"
    source.write_bytes(docx(*blocks, automatic, parts=parts))
    assert "4.改善校舍" in read(source).text
    result = run_fix(source, "--write")
    assert result.exit_code == 0
    assert "YD-N05「4」应改为「3」，未改：这里的文字由Word自动生成" in result.stdout
    assert "3.改善办学条件" in read(source).text, "half of the items renumbered would be worse than none"
    assert "3所，新增" in read(source).text


def test_macros_stay_and_the_name_must_say_so(tmp_path: Path) -> None:
    source = tmp_path / "稿.docm"
    source.write_bytes(docx(*LINES, parts={"vbaProject.bin": b"\xd0\xcf macros"}, main_type=MACRO_TYPE))
    for command, good, bad in ((run_fix, "改.docm", "改.docx"), (run_check, "审.docm", "审.docx")):
        refused = command(source, "--out", tmp_path / bad)
        assert refused.exit_code and re.search(r"macros.*\.docm", refused.stderr + str(refused.exception))
        assert not (tmp_path / bad).exists()
        command(source, "--out", tmp_path / good)
        made = members((tmp_path / good).read_bytes())
        assert made["word/vbaProject.bin"] == b"\xd0\xcf macros"
        assert MACRO_TYPE in made["[Content_Types].xml"].decode()
    assert run_fix(source, "--out", tmp_path / "改.DOCM").exit_code == 0


def run_check(*arguments: object) -> Result:
    return CliRunner().invoke(check_command, [*map(str, arguments), "--lang", "zh"])


def test_a_file_without_macros_is_not_called_one_with_them(tmp_path: Path) -> None:
    (tmp_path / "稿.docx").write_bytes(docx(*LINES))
    (tmp_path / "稿.txt").write_text("\n".join(LINES), "utf-8")
    for source in ("稿.docx", "稿.txt"):
        refused = run_check(tmp_path / source, "--out", tmp_path / "审.docm")
        assert refused.exit_code and ".docx" in str(refused.exception)
    assert "纯文本" in run_fix(tmp_path / "稿.txt", "--out", tmp_path / "改.docx").stderr
    assert list(tmp_path.glob("[审改]*")) == []


@pytest.mark.parametrize(
    ("name", "ending"), [("macros", ".docm"), ("typed numbers", ".docx"), ("another name", ".docx")]
)
def test_the_type_of_a_file_says_its_ending(name: str, ending: str) -> None:
    assert ending_of(trace(SHAPES[name].make()).parts) == ending


def test_a_copy_is_never_written_over_the_draft(tmp_path: Path) -> None:
    source = tmp_path / "稿.docx"
    source.write_bytes(docx(*LINES))
    other = tmp_path / "二.docx"
    other.write_bytes(docx(*LINES))
    assert run_fix(source, "--out", tmp_path / "a.docx", "--write").exit_code == 2
    assert run_fix(source, other, "--out", tmp_path / "a.docx").exit_code == 2
    assert list(tmp_path.glob("a*")) == []
    with pytest.raises(Exception, match="is what is read"):
        run_fix(source, "--out", source)
