"""The manifest, the toolchain that it names, the lock, and a folder's own rules."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sample

from yaodian.corpus.folder import Folder, is_corpus
from yaodian.corpus.lock import locked
from yaodian.corpus.manifest import Duplicate, Failure, Head, Manifest, PlanRow, Toolchain, decode_head, decode_manifest
from yaodian.corpus.rows import Filed, plan_row
from yaodian.corpus.toolchain import toolchain
from yaodian.errors import CorpusError
from yaodian.model import Problem

TOOLS = Toolchain("0.1.0", "c", "o", "r")


def _row(**changes: object) -> PlanRow:
    filed = Filed("https://example.org/plan/x", "x", "x", "0" * 64, 12)
    return replace(plan_row("plans/柳湾.txt", sample.plan(), filed, ()), **changes)  # type: ignore[arg-type]


def test_row_counts_what_was_found() -> None:
    problem = Problem("date-impossible", "no such day", 3)
    filed = Filed("https://example.org/plan/x", "x", "x", "0" * 64, 12)
    row = plan_row("plans/柳湾.txt", replace(sample.plan(), problems=(problem, problem)), filed, ())
    assert (row.sections, row.items, row.targets, row.results) == (3, 3, 10, 1)
    assert (row.policies, row.places, row.themes, row.year) == (2, 3, 2, 2024)
    assert row.problems == ({"code": "date-impossible", "message": "no such day"},)


def test_manifest_survives_its_file() -> None:
    manifest = Manifest(TOOLS, (_row(findings={"info": 2}),), (Failure("b", None, "e"),), (Duplicate("c", "d", "a"),))
    assert decode_manifest(manifest.encoded, "x") == manifest
    assert "柳湾" in manifest.encoded.decode()


def test_name_that_is_not_utf8_survives_the_file() -> None:
    manifest = Manifest(TOOLS, (_row(source="plans/\udcc0.txt"),))
    assert decode_manifest(manifest.encoded, "x").plans[0].source == "plans/\udcc0.txt"


def test_digest_changes_with_the_content() -> None:
    assert Manifest(TOOLS, (_row(),)).digest != Manifest(TOOLS, (_row(digest="1" * 64),)).digest
    assert len(Manifest(TOOLS).digest) == 16


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"format": 1}', b'{"format": 1, "plans": 3}', b"\xff", b"[" * 99_999]
)
def test_damaged_manifest_is_told(data: bytes) -> None:
    with pytest.raises(CorpusError, match=r"damaged"):
        decode_manifest(data, "build")


@pytest.mark.parametrize("name", ["../../elsewhere", "/etc/passwd", "a\\b", "", 5, None, ["a"]])
@pytest.mark.parametrize("field", ["slug", "digest"])
def test_plan_whose_file_would_be_elsewhere_is_not_believed(field: str, name: object) -> None:
    """What is staged is moved to the name that the manifest gives: one that somebody sends may not choose any place."""
    row = replace(_row(), **{field: name})
    with pytest.raises(CorpusError, match="damaged"):
        decode_manifest(Manifest(TOOLS, (row,)).encoded, "build")


def test_versions_that_are_no_text_are_not_believed() -> None:
    for version in (None, ["0.4.0"]):
        tools = replace(TOOLS, ontology_version=version)  # type: ignore[arg-type]
        with pytest.raises(CorpusError, match="damaged"):
            decode_manifest(Manifest(tools).encoded, "build")
        assert decode_head(Manifest(tools).encoded.splitlines(keepends=True), "x") is None


def test_manifest_of_another_format_is_told() -> None:
    with pytest.raises(CorpusError, match="format 99"):
        decode_manifest(json.dumps({"format": 99}).encode(), "build")


def test_head_is_read_without_the_entries() -> None:
    manifest = Manifest(TOOLS, (_row(),))
    lines = iter(manifest.lines())
    head = decode_head(lines, "x")
    assert head == Head(TOOLS, manifest.digest)
    assert next(lines).startswith(b'  {"source"')


@pytest.mark.parametrize("name", ["../elsewhere", "", "0123456789abcde", 7, None])
def test_state_that_is_no_digest_is_not_believed(name: object) -> None:
    manifest = Manifest(TOOLS, (_row(),))
    data = manifest.encoded.replace(json.dumps(manifest.digest).encode(), json.dumps(name).encode())
    assert decode_head(data.splitlines(keepends=True), "x") is None
    with pytest.raises(CorpusError, match="damaged"):
        decode_manifest(data, "x")


def test_entries_that_are_not_those_of_the_state_are_told() -> None:
    data = Manifest(TOOLS, (_row(),)).encoded
    with pytest.raises(CorpusError, match="damaged"):
        decode_manifest(data.replace(b'"year": 2024', b'"year": 2023'), "x")


def test_manifest_without_a_state_is_read_in_whole() -> None:
    """Those written before there was one."""
    manifest = Manifest(TOOLS, (_row(),))
    lines = [line for line in manifest.encoded.splitlines(keepends=True) if b'"state"' not in line]
    assert decode_head(lines, "x") is None
    assert decode_manifest(lines, "x") == manifest
    assert decode_manifest(lines, "x").digest == manifest.digest


def test_head_of_a_later_format_is_told() -> None:
    lines = Manifest(TOOLS).encoded.replace(b'"format": 2', b'"format": 99').splitlines(keepends=True)
    with pytest.raises(CorpusError, match="format 99"):
        decode_head(lines, "build")


def test_toolchain_names_code_vocabulary_and_rules() -> None:
    tools = toolchain()
    assert tools == toolchain()
    assert len({tools.code, tools.ontology, tools.rules}) == 3
    assert tools.themes == ""


def test_second_build_is_refused_while_one_is_at_work(tmp_path: Path) -> None:
    with locked(tmp_path / ".lock"), pytest.raises(CorpusError, match="another build is at work"):
        _lock_elsewhere(tmp_path / ".lock")
    _lock_elsewhere(tmp_path / ".lock")


def test_lock_of_a_dead_process_counts_for_nothing(tmp_path: Path) -> None:
    script = "import os, sys; from yaodian.corpus.lock import locked; from pathlib import Path\n"
    script += "with locked(Path(sys.argv[1])): os._exit(9)"
    subprocess.run([sys.executable, "-c", script, str(tmp_path / ".lock")], check=False)
    assert (tmp_path / ".lock").read_text().isdigit()
    with locked(tmp_path / ".lock"):
        pass


def _lock_elsewhere(path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(_take_lock, (path,))


def _take_lock(path: Path) -> None:
    with locked(path):
        pass


def test_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(CorpusError, match=r"thesis\.docx"):
        Folder(tmp_path).prepare()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CorpusError, match="cannot write there"):
        Folder(tmp_path / "file" / "out").prepare()


def test_only_folders_that_a_build_made_are_corpora(tmp_path: Path) -> None:
    assert not is_corpus(tmp_path)
    (tmp_path / "manifest.json").write_text('{"name": "web app"}')
    assert not is_corpus(tmp_path)
    (tmp_path / "manifest.json").write_text('{"yaodian": "0.1"}')
    assert is_corpus(tmp_path)
