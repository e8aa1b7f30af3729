"""What a build is to read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from yaodian.corpus.sources import find_sources
from yaodian.errors import ReadingError


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
