"""Names whose bytes are no UTF-8, as archives from Chinese Windows leave them on other systems."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from corpus_texts import plan_text, write_plans

from yaodian.cli import run
from yaodian.corpus import open_corpus
from yaodian.filenames import readable


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_bytes_of_a_name_are_read_in_its_encoding(encoding: str) -> None:
    words = "教育局要点a1（终稿）𠀀b" if encoding != "gbk" else "教育局要点a1（终稿）b"
    name = f"folder/{words}.txt".encode(encoding).decode("ascii", "surrogateescape")
    assert readable(name) == f"folder/{words}.txt"


def test_each_part_of_a_path_has_its_own_encoding() -> None:
    assert readable("文档/" + "要点".encode("gbk").decode("utf-8", "surrogateescape")) == "文档/要点"


@pytest.mark.parametrize(("name", "shown"), [("a.txt", "a.txt"), ("x\udcff.txt", "x\ufffd.txt"), ("\ud800", "\ufffd")])
def test_what_no_encoding_explains_is_marked(name: str, shown: str) -> None:
    assert readable(name) == shown


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Plans, a copy, and an empty file, with names in GBK."""
    if sys.platform in ("win32", "darwin"):
        pytest.skip("file names are Unicode there")
    folder = tmp_path / "source"
    folder.mkdir()
    texts = {"绍兴": plan_text(), "复件": plan_text(), "无题": "关于开会的通知。\n请准时参加。\n", "空白": ""}
    for name, text in texts.items():
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name.encode("gbk") + b".txt")).write_text(text, "utf-8")
    return folder


def test_a_name_in_another_encoding_stops_no_batch(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = source.parent / "out"
    assert run(["build", str(source), "--out", str(out)]) == 1
    told = capsys.readouterr()
    assert "空白.txt: the file is empty" in told.err
    assert "绍兴.txt has the same content as" in told.out
    report = (out / "report.html").read_text("utf-8")
    assert all(f"{name}.txt" in report for name in ("绍兴", "复件", "无题", "空白"))
    assert "复件.txt" in (out / "map.html").read_text("utf-8")
    names = {row["name"] for row in open_corpus(out).select("SELECT ?name { ?plan yd:sourceName ?name }")}
    assert names == {"复件.txt", "无题.txt"}
    assert run(["build", str(source), "--out", str(out)]) == 1
    assert "unchanged: 2" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["json", "jsonld", "ttl", "nq"])
def test_extract_shows_the_name(source: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    (plan,) = (path for path in source.iterdir() if readable(path.name) == "绍兴.txt")
    assert run(["extract", str(plan), "--format", form]) == 0
    out = capsys.readouterr().out
    assert "绍兴.txt" in out
    if form == "json":
        assert json.loads(out)["doc"] == "绍兴.txt"


def test_errors_show_the_name(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty,) = (path for path in source.iterdir() if readable(path.name) == "空白.txt")
    assert run(["extract", str(empty)]) == 2
    assert "空白.txt: the file is empty" in capsys.readouterr().err


@pytest.fixture
def gbk_folder(tmp_path: Path) -> Path:
    """A folder whose name is in GBK, with a plan in it."""
    if sys.platform in ("win32", "darwin"):
        pytest.skip("file names are Unicode there")
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "文档".encode("gbk")))
    write_plans(folder, plan=plan_text())
    return folder


def test_a_corpus_below_such_a_folder(
    gbk_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(gbk_folder)
    assert run(["build", "plan.txt", "--out", "out"]) == 0
    for question in (["places-named"], ["-e", "SELECT ?n WHERE { VALUES ?n { 1 } }"]):
        assert run(["query", "-d", "out", *question]) == 0
    capsys.readouterr()
    assert run(["query", "-d", str(gbk_folder / "out"), "places-named", "--format", "csv"]) == 0
    assert "诸暨市" in capsys.readouterr().out
    assert len(open_corpus(gbk_folder / "out").select("places-named")) > 0


def test_a_corpus_that_is_to_be_called_so_is_refused(gbk_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(gbk_folder / "plan.txt"), "--out", str(gbk_folder / "out")]) == 2
    told = capsys.readouterr().err
    assert "文档/out" in told
    assert "UTF-8" in told


def test_words_given_in_another_encoding_are_understood(
    gbk_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(gbk_folder)
    run(["build", "plan.txt", "--out", "out"])
    capsys.readouterr()
    city = os.fsdecode("绍兴".encode("gbk"))
    assert run(["query", "-d", "out", "places-named", "-p", f"city={city}", "--format", "csv"]) == 0
    assert "诸暨市" in capsys.readouterr().out
    assert run(["map", "-d", "out", "--city", city]) == 0
