"""``yaodian map``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import yaodian
from yaodian.cli import run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, examples_dir: Path) -> Path:
    out = tmp_path_factory.mktemp("map") / "build"
    yaodian.build([examples_dir / "yunchuan-2023.txt", examples_dir / "yunchuan-2024.txt"], out)
    return out


def drawn(page: Path) -> list[dict[str, str]]:
    """The nodes of a written map."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    assert found
    nodes: list[dict[str, str]] = json.loads(found[1])["nodes"]
    return nodes


def test_the_whole_corpus(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "maps" / "all.html"
    assert run(["map", "-d", str(folder), "--out", str(out)]) == 0
    nodes = drawn(out)
    assert capsys.readouterr().out == f"{out}: {len(nodes)} nodes\n"
    assert sum(node["kind"] == "plan" for node in nodes) == 2


def test_the_build_writes_the_same_map(folder: Path, tmp_path: Path) -> None:
    run(["map", "-d", str(folder), "--out", str(tmp_path / "map.html")])
    assert (tmp_path / "map.html").read_bytes() == (folder / "map.html").read_bytes()


def test_a_part_in_english(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "part.html"
    assert run(["map", "-d", str(folder), "-o", str(out), "--year", "2024", "--theme", "teachers", "--lang", "en"]) == 0
    assert sum(node["kind"] == "plan" for node in drawn(out)) == 1
    assert '<html lang="en">' in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-d", "nowhere"], "nowhere"),
        (["-d", "{folder}", "--year", "1999"], "no plan matches"),
        (["-d", "{folder}", "--out", "{folder}/manifest.json/map.html"], "manifest.json"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert run(["map", *(argument.format(folder=folder) for argument in arguments)]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1
