"""Writing files: whole or untouched, and never over what was read."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_texts import contents, plan_text, three_plans, write_plans

from yaodian.cli import run
from yaodian.output import write_file

POSIX = pytest.mark.skipif(os.name == "nt", reason="links, modes, devices and pipes are other ones there")


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_plans(tmp_path, plan=plan_text())
    return tmp_path


def _broken() -> Iterator[bytes]:
    yield b"new"
    raise OSError(28, "No space left on device")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "要点.json"
    write_file(path, [b"old"])
    with pytest.raises(OSError, match="No space"):
        write_file(path, _broken())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@POSIX
def test_links_and_rights_are_kept(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write_file(link, [b"new"])
    assert link.is_symlink()
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", 0o640)


@POSIX
def test_new_files_have_the_rights_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "file", [b"new"])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640


@POSIX
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, [b"one", b"two"])
    reader.join(10)
    assert read == [b"onetwo"]
    assert pipe.is_fifo()


def test_a_name_as_long_as_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("要点" * 42)
    write_file(path, [b"new"])
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("out", ["plan.txt", "./plan.txt", "link.txt", "hard.txt"])
def test_extract_does_not_overwrite_its_input(work: Path, out: str, capsys: pytest.CaptureFixture[str]) -> None:
    if out.startswith("link"):
        (work / out).symlink_to(work / "plan.txt")
    if out.startswith("hard"):
        (work / out).hardlink_to(work / "plan.txt")
    assert run(["extract", "plan.txt", "--out", out]) == 2
    assert f"{Path(out)}: this is what is read" in capsys.readouterr().err
    assert (work / "plan.txt").read_text("utf-8") == plan_text()


def test_extract_does_not_overwrite_the_scheme_that_it_reads(work: Path) -> None:
    (work / "mine.ttl").write_text("<urn:scheme> a <http://www.w3.org/2004/02/skos/core#ConceptScheme> .")
    assert run(["extract", "plan.txt", "--themes", "mine.ttl", "--out", "mine.ttl"]) == 2
    assert (work / "mine.ttl").read_text().startswith("<urn:scheme>")


@POSIX
def test_extract_does_not_overwrite_the_file_on_its_standard_input(work: Path) -> None:
    with (work / "plan.txt").open("rb") as stdin:
        command = [sys.executable, "-c", "from yaodian.cli import main; main()", "extract", "-", "--out", "plan.txt"]
        done = subprocess.run(command, stdin=stdin, capture_output=True, check=False)
    assert done.returncode == 2
    assert (work / "plan.txt").read_text("utf-8") == plan_text()


@pytest.mark.parametrize(
    "out",
    ["manifest.json", "report.html", "map.html", "plans/330600-2024.nq", "plans/new.html", "store/x.html", ".lock"],
)
@pytest.mark.parametrize("command", [["map", "-d", "out"], ["extract", "plan.txt"]], ids=["map", "extract"])
def test_nothing_is_written_into_a_corpus(
    work: Path, command: list[str], out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["build", "plan.txt", "--out", "out"])
    before = contents(work / "out")
    assert run([*command, "--out", f"out/{out}"]) == 2
    assert "belongs to the corpus in" in capsys.readouterr().err
    assert contents(work / "out") == before
    assert run([*command, "--out", f"out/mine-{Path(out).name}"]) == 0


@pytest.mark.parametrize("given", ["out", "out/report.html", "out/*.html", "out/plans"])
def test_a_corpus_is_not_built_from_itself_or_another(
    work: Path, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["build", str(three_plans(work / "source")), "--out", "out"])
    before = contents(work / "out")
    for target in ("out", "other"):
        assert run(["build", given, "--out", target]) == 2
        assert capsys.readouterr().err
    assert contents(work / "out") == before
