"""Web archives, zip archives and old Office files: their documents are read as if they lay there by themselves."""

from __future__ import annotations

import base64
import os
import quopri
import shutil
import stat
import struct
import subprocess
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

import yaodian
from yaodian.corpus.sources import find_sources
from yaodian.errors import NotYetSupportedError, ReadingError
from yaodian.reading import legacy, limits, read, read_bytes

TITLE = "云岭市教育局2024年工作要点"
PLAN = f"{TITLE}\n一、任务\n1.办好学校。新建学校3所，新增学位3000个。\n2.培训教师。培训教师200人次，覆盖率达到95%。\n"
PAGE = "<html><head><title>{}</title></head><body>{}</body></html>".format(
    TITLE, "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
)
BOUNDARY = "----MultipartBoundary--x7"


def _mht(*parts: tuple[str, str, bytes], head: str = "") -> bytes:
    """A web archive of parts: media type, encoding, content."""
    lines = [
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";{head}\r\n\tboundary="{BOUNDARY}"\r\n'
    ]
    data = lines[0].encode() + b"\r\n"
    for media, encoding, content in parts:
        coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(encoding, bytes)(content)
        data += (
            f"\r\n--{BOUNDARY}\r\nContent-Type: {media}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
            + coded
        )
    return data + f"\r\n--{BOUNDARY}--\r\n".encode()


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_web_archive_is_read_as_its_page(encoding: str, charset: str) -> None:
    data = _mht((f"text/html; charset={charset}", encoding, PAGE.encode(charset)), ("image/png", "base64", b"\x89PNG"))
    document = read_bytes(data, "plan.mht")
    assert document.media_type == "multipart/related"
    assert document.text == PLAN.strip()
    assert document.title_hint == TITLE
    assert document.problems == ()


def test_the_page_with_the_words_is_read_where_others_only_frame_it() -> None:
    frames = b"<html><frameset><frame src='cid:a'></frameset></html>"
    data = _mht(("text/html", "8bit", frames), ("text/html; charset=utf-8", "base64", PAGE.encode()))
    assert read_bytes(data, "plan.mht").text == PLAN.strip()


def test_a_set_of_frames_whose_pages_are_in_the_archive_is_read() -> None:
    frames = b"<html><frameset cols='20%,80%'><frame src=left.htm><frame src=main.htm></frameset></html>"
    left = "<meta charset=utf-8><p>首页</p>".encode()
    parts = (("text/html", "8bit", page) for page in (frames, left, PAGE.encode()))
    document = read_bytes(_mht(*parts), "plan.mht")
    assert document.text == PLAN.rstrip("\n")
    assert [problem.code for problem in document.problems] == ["frames"]
    with pytest.raises(ReadingError, match=r"^plan\.mht: the page only shows other files in frames: “left\.htm”"):
        read_bytes(_mht(("text/html", "8bit", frames)), "plan.mht")


def test_frames_beside_the_page_are_told() -> None:
    data = _mht(("text/html; charset=utf-8", "8bit", PAGE.encode()), ("text/html", "8bit", b"<p>advertisement</p>"))
    (problem,) = read_bytes(data, "plan.mht").problems
    assert problem.message == "13 characters in other frames of the page were left out"


def test_an_archive_without_a_page_is_refused() -> None:
    with pytest.raises(ReadingError, match=r"^plan\.mht: there is no page in this web archive$"):
        read_bytes(_mht(("image/png", "base64", b"x")), "plan.mht")


def test_web_archives_beyond_the_limits_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MHT_MOST_PARTS", 3)
    with pytest.raises(ReadingError, match="more than 3 parts"):
        read_bytes(_mht(*[("image/png", "base64", b"x")] * 9), "plan.mht")


def _zip(members: dict[str, bytes], *, raw: str | None = None) -> bytes:
    """A zip; ``raw`` is the encoding in which old programs write names without saying so."""
    names = {f"{n}".rjust(len(name.encode(raw or "utf-8")), "x"): name for n, name in enumerate(members)}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for placeholder, name in names.items():
            archive.writestr(placeholder if raw else name, members[name])
    data = buffer.getvalue()
    for placeholder, name in names.items() if raw else ():
        data = data.replace(placeholder.encode(), name.encode(raw or ""))
    return data


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _plans(number: int) -> dict[str, bytes]:
    return {f"市/{n}.txt": PLAN.replace("云岭", "东河西山南湖北原"[2 * n : 2 * n + 2]).encode() for n in range(number)}


def test_a_document_in_an_archive_is_read_by_its_name(folder: Path) -> None:
    (folder / "plans.zip").write_bytes(_zip(_plans(3)))
    document = read("plans.zip!/市/1.txt")
    assert (document.name, document.source) == ("1.txt", "plans.zip!/市/1.txt")
    assert "西山市教育局" in document.text
    assert yaodian.read_plan(folder / "plans.zip!/市/2.txt").items


def test_an_archive_of_one_document_is_that_document(folder: Path) -> None:
    (folder / "plan.zip").write_bytes(
        _zip({"a/要点.txt": PLAN.encode(), "a/logo.png": b"x", "__MACOSX/a/._要点.txt": b"x"})
    )
    document = read("plan.zip")
    assert (document.name, document.source, document.text) == ("要点.txt", "plan.zip!/a/要点.txt", PLAN)


def test_an_archive_of_several_documents_asks_for_a_name(folder: Path) -> None:
    (folder / "plans.zip").write_bytes(_zip(_plans(3)))
    with pytest.raises(
        ReadingError,
        match=r"plans\.zip: this archive holds 3 documents: name one of them, such as plans\.zip!/市/0\.txt",
    ):
        read("plans.zip")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_names_without_a_stated_encoding_are_understood(folder: Path, encoding: str) -> None:
    (folder / "plan.zip").write_bytes(_zip({"云岭市/工作要点.txt": PLAN.encode()}, raw=encoding))
    assert read("plan.zip").source == "plan.zip!/云岭市/工作要点.txt"
    assert read("plan.zip!/云岭市/工作要点.txt").text == PLAN


def test_names_that_lead_out_lead_nowhere(folder: Path) -> None:
    (folder / "plan.zip").write_bytes(
        _zip({"../../evil.txt": PLAN.encode(), "/etc/x.txt": PLAN.encode(), "b\\c.txt": PLAN.encode()})
    )
    assert [s.shown for s in find_sources(["plan.zip"], Path("build")).sources] == [
        "plan.zip!/b/c.txt",
        "plan.zip!/etc/x.txt",
        "plan.zip!/evil.txt",
    ]
    assert read("plan.zip!/evil.txt").text == PLAN
    assert [path.name for path in folder.iterdir()] == ["plan.zip"]


def test_archives_in_archives_are_refused(folder: Path) -> None:
    (folder / "plan.zip").write_bytes(_zip({"inner.zip": _zip(_plans(1))}))
    for name in ("plan.zip", "plan.zip!/inner.zip"):
        with pytest.raises(ReadingError, match=r"plan\.zip!/inner\.zip: an archive inside an archive is not opened"):
            read(name)


def test_a_document_that_is_not_there(folder: Path) -> None:
    (folder / "plan.zip").write_bytes(_zip(_plans(1)))
    with pytest.raises(ReadingError, match=r"^plan\.zip!/nothing\.txt: there is no such document in this archive$"):
        read("plan.zip!/nothing.txt")
    with pytest.raises(ReadingError, match="No such file"):
        read("none.zip!/nothing.txt")


def test_a_bomb_is_refused(folder: Path) -> None:
    (folder / "plan.zip").write_bytes(_zip({"plan.txt": b"\n" * 30_000_000}))
    with pytest.raises(ReadingError, match="unpacks to more than 200 times its size"):
        read("plan.zip")


def test_a_bomb_that_lies_about_its_size_is_refused(folder: Path) -> None:
    data = bytearray(_zip({"plan.txt": zlib.compress(b"") + os.urandom(90_000) + b"\n" * 60_000_000}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(mark) + at, 1000)
    (folder / "plan.zip").write_bytes(data)
    with pytest.raises(ReadingError, match=r"^plan\.zip"):
        read("plan.zip")


def test_an_archive_of_very_many_files_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_MOST_MEMBERS", 5)
    (folder / "plan.zip").write_bytes(_zip({f"{n}.txt": b"x" for n in range(9)}))
    with pytest.raises(ReadingError, match="more than 5 files"):
        read("plan.zip")


def test_an_encrypted_member_is_refused(folder: Path) -> None:
    data = bytearray(_zip({"plan.txt": PLAN.encode()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    (folder / "plan.zip").write_bytes(data)
    with pytest.raises(ReadingError, match="this archive is encrypted"):
        read("plan.zip")


def test_a_zip_that_holds_a_word_file_unpacked_is_an_archive(folder: Path) -> None:
    inner = _zip({"word/document.xml": b"<x/>"})
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("plan.txt", PLAN)
        archive.writestr("picture.bin", inner)
    assert read_bytes(buffer.getvalue(), "plan.zip").text == PLAN


def test_a_build_takes_folders_and_archives_of_every_format(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in/plans.zip").write_bytes(_zip(_plans(2) | {"readme.md": b"# x", "logo.png": b"x"}))
    (folder / "in/plan.md").write_text(PLAN.replace("云岭", "青田"), "utf-8")
    (folder / "in/README.md").write_text("# 说明", "utf-8")
    (folder / "in/page.mht").write_bytes(_mht(("text/html; charset=utf-8", "8bit", PAGE.encode())))
    report = yaodian.build("in", "out")
    assert [row.source for row in sorted(report.plans, key=lambda row: row.source)] == [
        "in/page.mht",
        "in/plan.md",
        "in/plans.zip!/市/0.txt",
        "in/plans.zip!/市/1.txt",
    ]
    assert report.failed == ()
    assert report.skipped == ("in/README.md",)
    assert yaodian.build("in", "out").built == ()


def test_a_broken_document_in_an_archive_breaks_no_other(folder: Path) -> None:
    (folder / "plans.zip").write_bytes(_zip(_plans(1) | {"bad.pdf": b"%PDF-1.7 endobj", "in.zip": _zip(_plans(1))}))
    report = yaodian.build("plans.zip", "out")
    assert len(report.plans) == 1
    assert [failure.source for failure in report.failed] == ["plans.zip!/bad.pdf", "plans.zip!/in.zip"]
    assert all("\n" not in failure.error and "!/" not in failure.error for failure in report.failed)


def test_a_damaged_archive_is_a_failed_source(folder: Path) -> None:
    (folder / "plans.zip").write_bytes(b"PK\x03\x04broken")
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    report = yaodian.build(["plans.zip", "plan.txt"], "out")
    assert [failure.source for failure in report.failed] == ["plans.zip"]
    assert "damaged" in report.failed[0].error


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le")


def test_without_libreoffice_an_old_document_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "office", lambda: None)
    with pytest.raises(NotYetSupportedError, match=r"plan\.doc: .*needs LibreOffice, which is not installed"):
        read_bytes(OLD, "plan.doc")


def _office_that(does: str, folder: Path, monkeypatch: pytest.MonkeyPatch, starts: str = "started") -> None:
    """Let a shell script stand for LibreOffice, with the functions ``started`` and ``turned`` for the files it is given.

    ``starts`` is what it does until it has turned the first of them, ``$made`` the folder that its results lie in.
    """
    program = folder / "soffice"
    program.write_text(f"{_STAND_IN}{starts}\n{does}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(legacy, "office", lambda: str(program))


_STAND_IN = r"""#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
made="$2"; shift 2; mkdir -p "$made"
save() { name=$(basename "$1"); printf %s '{\rtf1 plan}' > "$made/${name%.*}.rtf"; }
first="$1"; last="$2"
started() { save "$first"; }
turned() { save "$last"; }
"""
by_shell = pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")


@by_shell
def test_an_old_document_is_turned_after_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _office_that("turned", tmp_path, monkeypatch)
    assert read_bytes(OLD, "plan.doc").text == "plan"


@by_shell
def test_libreoffice_that_waits_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _office_that(f"{_NOTED}sleep 60 &\nsleep 60", tmp_path, monkeypatch)
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 0.1)
    with pytest.raises(ReadingError, match=r"^plan\.doc: LibreOffice took too long over it: .*$"):
        read_bytes(OLD, "plan.doc")
    _assert_ended(tmp_path)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no system that tells processor time")
def test_libreoffice_that_works_without_end_is_ended_by_processor_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _office_that(f"{_NOTED}(while :; do :; done) &\nsleep 60", tmp_path, monkeypatch)
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 0.1)
    monkeypatch.setattr(limits, "OFFICE_TIMES_ON_THE_CLOCK", 1000)
    with pytest.raises(ReadingError, match=r"^plan\.doc: LibreOffice took too long over it: .*$"):
        read_bytes(OLD, "plan.doc")
    _assert_ended(tmp_path)


_NOTED = 'echo $$ > "$(dirname "$0")/session"\n'
"""A line of a stand-in that lays down beside it of which session its processes are."""


def _assert_ended(folder: Path) -> None:
    """Of the stand-in's session there is nothing any more but what waits for its parent to look at it."""
    session = int((folder / "session").read_text())
    said = subprocess.run(["ps", "-A", "-o", "sess=,stat=,args="], check=True, capture_output=True, text=True).stdout
    assert [line for line in said.splitlines() if line.split()[0] == f"{session}" and line.split()[1][0] != "Z"] == []


@by_shell
def test_the_start_of_libreoffice_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _office_that("turned", tmp_path, monkeypatch, starts="sleep 2; started")
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 0.3)
    assert limits.OFFICE_SECONDS * limits.OFFICE_TIMES_ON_THE_CLOCK < 2
    assert read_bytes(OLD, "plan.doc").text == "plan"


@by_shell
def test_a_large_old_document_is_given_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _office_that("sleep 2; turned", tmp_path, monkeypatch)
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 0.05)
    with pytest.raises(ReadingError, match="took too long"):
        read_bytes(OLD, "plan.doc")
    assert read_bytes(OLD + bytes(1 << 20), "plan.doc").text == "plan"
    monkeypatch.setattr(limits, "OFFICE_MOST_SECONDS", 0.1)
    with pytest.raises(ReadingError, match="took too long"):
        read_bytes(OLD + bytes(1 << 20), "plan.doc")


@by_shell
@pytest.mark.parametrize("starts", ["sleep 60", "exit 1"])
def test_libreoffice_that_does_not_start_is_not_blamed_on_the_document(
    starts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _office_that("turned", tmp_path, monkeypatch, starts=starts)
    monkeypatch.setattr(limits, "OFFICE_SECONDS_TO_START", 0.3)
    with pytest.raises(ReadingError, match=r"^plan\.doc: LibreOffice, which is to open it, does not start.*$"):
        read_bytes(OLD, "plan.doc")


@by_shell
def test_libreoffice_that_writes_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _office_that('head -c 2000000 /dev/zero > "$made/lu1.tmp"\nsleep 60', tmp_path, monkeypatch)
    monkeypatch.setattr(limits, "OFFICE_LARGEST_RESULT", 1 << 20)
    with pytest.raises(ReadingError, match=r"plan\.doc: this document becomes larger than 1 MB"):
        read_bytes(OLD, "plan.doc")


@by_shell
def test_what_libreoffice_lays_down_for_a_while_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))
    _office_that('mktemp -d > "$made.where"; echo x > "$(cat "$made.where")/x"; sleep 60', tmp_path, monkeypatch)
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 0.1)
    with pytest.raises(ReadingError):
        read_bytes(OLD, "plan.doc")
    assert list(scratch.iterdir()) == []


@pytest.fixture(scope="module")
def soffice() -> str:
    found = legacy.office()
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


def _converted(soffice: str, folder: Path, source: str, target: str) -> bytes:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    infilter = "--infilter=HTML (StarWriter)" if target == "doc" else "--infilter=calc_HTML_WebQuery"
    command = [soffice, "--headless", profile, infilter, "--convert-to", target, "--outdir", str(folder), source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Path(source).with_suffix(f".{target}").read_bytes()


def test_an_old_word_file_is_read_by_way_of_libreoffice(soffice: str, tmp_path: Path) -> None:
    table = "<table border=1><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>扩大资源</td></tr></table>"
    source = tmp_path / "plan.html"
    source.write_text(
        PAGE.replace("<head>", "<head><meta charset=utf-8>").replace("</body>", f"{table}</body>"), "utf-8"
    )
    document = read_bytes(_converted(soffice, tmp_path, str(source), "doc"), "plan.doc")
    assert document.media_type == "application/msword"
    assert document.text == PLAN + "序号\t任务\n1\t扩大资源"
    assert len(document.tables) == 1


def test_an_old_workbook_is_read_by_way_of_libreoffice(soffice: str, tmp_path: Path) -> None:
    rows = (
        ("序号", "重点任务", "责任单位", "完成时限"),
        ("1", "扩大资源", "学前科", "9月底前"),
        ("2", "深化改革", "基教科", "年底前"),
    )
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    source = tmp_path / "plan.html"
    source.write_text(f"<meta charset=utf-8><table>{cells}</table>", "utf-8")
    plan = yaodian.extract(read_bytes(_converted(soffice, tmp_path, str(source), "xls"), "plan.xls"))
    assert [item.heading for item in plan.items] == ["扩大资源", "深化改革"]


def test_a_damaged_old_file_is_refused_in_one_line(soffice: str) -> None:
    with pytest.raises(ReadingError, match=r"^plan\.doc: .*$"):
        read_bytes(OLD, "plan.doc")


def test_nothing_of_a_conversion_is_left_behind(soffice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(ReadingError):
        read_bytes(OLD, "plan.doc")
    shutil.rmtree(tmp_path / "lu", ignore_errors=True)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("yaodian-")] == []
