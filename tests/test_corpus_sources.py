"""What a build is to read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from yaodian.corpus import build
from yaodian.corpus.sources import find_sources
from yaodian.errors import ReadingError
from yaodian.reading import limits, read


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("p/b.txt", "p/a.html", "p/deep/c.txt", "p/.hidden.txt", "p/.git/d.txt", "p/notes.md", "p/scan.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def _shown(*given: str, out: str = "build") -> list[str]:
    return [source.shown for source in find_sources(given, Path(out)).sources]


def test_folder_gives_its_documents_at_any_depth_in_order(folder: Path) -> None:
    found = find_sources(["p"], Path("build"))
    assert [source.shown for source in found.sources] == ["p/a.html", "p/b.txt", "p/deep/c.txt", "p/scan.pdf"]
    assert found.skipped == ("p/notes.md",)


def test_order_and_repetition_of_the_given_names_do_not_matter(folder: Path) -> None:
    assert _shown("p/b.txt", "./p", "p/deep/../a.html", "p/*.txt") == _shown("p")


def test_pattern_that_the_shell_left_is_expanded(folder: Path) -> None:
    assert _shown("p/*.txt") == ["p/b.txt"]
    assert _shown("p/**/*.txt") == ["p/b.txt", "p/deep/c.txt"]


def test_file_whose_name_looks_like_a_pattern_is_a_file(folder: Path) -> None:
    (folder / "p/[1].txt").write_text("x")
    assert _shown("p/[1].txt") == ["p/[1].txt"]


def test_file_named_by_itself_is_read_whatever_its_ending(folder: Path) -> None:
    assert _shown("p/notes.md") == ["p/notes.md"]


def test_corpus_folders_are_not_read(folder: Path) -> None:
    for name in ("p/out/report.html", "p/other/map.html"):
        (folder / name).parent.mkdir()
        (folder / name).write_text("<html>")
    (folder / "p/other/manifest.json").write_text('{"yaodian": "0"}')
    assert not [name for name in _shown("p", out="p/out") if "out" in name or "other" in name]


def test_parts_of_a_saved_page_are_not_read(folder: Path) -> None:
    (folder / "p/a_files").mkdir()
    (folder / "p/a_files/frame.html").write_text("<html>")
    assert "p/a_files/frame.html" not in _shown("p")


@pytest.mark.parametrize("name", ["nowhere.txt", "p/*.doc", ""])
def test_name_that_leads_nowhere_is_an_error(folder: Path, name: str) -> None:
    with pytest.raises(ReadingError):
        find_sources([name], Path("build"))


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_link_to_a_given_file_is_the_same_source(folder: Path) -> None:
    (folder / "p/z.txt").symlink_to(folder / "p/b.txt")
    assert "p/z.txt" not in _shown("p")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_what_cannot_be_read_is_a_source_that_says_why(folder: Path) -> None:
    (folder / "p/gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "p/round.html").symlink_to(folder / "p/round.html")
    (folder / "p/note").symlink_to(folder / "nowhere")
    found = find_sources(["p"], Path("build"))
    assert [s.shown for s in found.sources if not s.path.is_file()] == ["p/gone.txt", "p/round.html"]
    assert found.skipped == ("p/note", "p/notes.md")
    for source in found.sources:
        if not source.path.is_file():
            assert source.sha256() is None
            with pytest.raises(ReadingError, match=source.shown):
                read(source.path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_a_folder_is_no_obstacle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PIPE_SECONDS_WITHOUT_WRITER", 0.1)
    for name in ("p/pipe.txt", "p/pipe", "p/deep/manifest.json"):
        os.mkfifo(folder / name)
    report = build(["p"], "out")
    assert [failure.source for failure in report.failed if "pipe" in failure.error] == ["p/pipe.txt"]
    assert "p/pipe" in report.skipped


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_that_is_given_is_read_once(folder: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, "云岭市教育局2024年工作要点\n一、任务\n1.办好学校。新建学校3所。\n".encode())
    os.close(writing)
    try:
        report = build([f"/dev/fd/{reading}"], "out")
    finally:
        os.close(reading)
    assert [(plan.city, plan.items) for plan in report.plans] == [("云岭市", 1)]


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="needs a folder without access")
def test_a_folder_without_access_is_told(folder: Path) -> None:
    (folder / "p/deep").chmod(0)
    try:
        assert "p/deep" in _shown("p")
        with pytest.raises(ReadingError, match="Permission denied"):
            read(folder / "p/deep")
    finally:
        (folder / "p/deep").chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_folder_is_not_followed_in_silence(folder: Path) -> None:
    (folder / "p/again").symlink_to(folder / "p")
    found = find_sources(["p"], Path("build"))
    assert "p/again" in found.skipped
    assert len(found.sources) == 4


@pytest.mark.parametrize("name", ["a\0b", "云岭市教育局2024年工作要点\n" * 60, "新建学校[3]所，" * 60])
def test_a_name_that_no_file_can_have_is_told_in_short(folder: Path, name: str) -> None:
    with pytest.raises(ReadingError) as raised:
        find_sources([name], Path("build"))
    assert len(str(raised.value)) < 200
    assert "\0" not in str(raised.value)
