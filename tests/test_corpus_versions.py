"""A corpus of an older version is recognised and renewed, one of a later version is left alone."""

from __future__ import annotations

import json
import re
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
from corpus_texts import contents, plan_text, three_plans

from yaodian.cli import run
from yaodian.corpus import build, open_corpus, renew, verify
from yaodian.corpus.keeping import FROM_KEPT_TEXT
from yaodian.corpus.manifest import FORMAT
from yaodian.corpus.versions import ontology_version
from yaodian.errors import CorpusError, LaterCorpusError, OlderCorpusError


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    three_plans(folder / "source")
    (folder / "source/gbk.txt").write_bytes(plan_text().encode("gbk"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        build("source", "out")
    return folder


@pytest.fixture
def work(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _manifest(work: Path, **changes: object) -> dict[str, object]:
    """Change the manifest's head; None takes an entry out."""
    path = work / "out/manifest.json"
    content = {**json.loads(path.read_bytes()), **changes}
    content = {key: value for key, value in content.items() if value is not None}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    return content


def test_corpus_records_what_it_was_made_with(work: Path) -> None:
    content = _manifest(work)
    assert (content["format"], content["yaodian"]) == (FORMAT, version("yaodian"))
    assert content["ontology_version"] == ontology_version()
    assert re.fullmatch(r"\d+\.\d+\.\d+", ontology_version())


def test_manifest_that_was_laid_out_anew_says_the_same(work: Path) -> None:
    before = open_corpus("out").manifest
    _manifest(work)
    assert open_corpus("out").manifest == before


@pytest.mark.parametrize("older", [{"ontology_version": "0.1.9"}, {"ontology_version": None, "format": 1}])
def test_older_corpus_is_not_read_but_renewed(work: Path, older: dict[str, object]) -> None:
    expected = contents(work / "out")
    _manifest(work, code="0" * 16, ontology="1" * 16, **older)
    for act in (open_corpus, verify):
        with pytest.raises(OlderCorpusError, match="renew it with: yaodian build --renew --out out"):
            act("out")
    report = renew("out")
    assert not report.failed
    assert contents(work / "out") == expected


def test_older_corpus_is_made_again_from_its_sources_by_a_build(work: Path) -> None:
    expected = contents(work / "out")
    _manifest(work, ontology="1" * 16, ontology_version="0.1.0")
    build("source", "out")
    assert contents(work / "out") == expected


def test_older_corpus_without_its_sources_is_renewed_from_its_files(work: Path) -> None:
    before = {row.slug: row for row in open_corpus("out").plans}
    shutil.rmtree(work / "source")
    _manifest(work, ontology="1" * 16, ontology_version="0.1.0")
    report = renew("out")
    after = {row.slug: row for row in report.plans}
    assert after.keys() == before.keys()
    assert not report.failed
    for slug, row in after.items():
        assert [problem["code"] for problem in row.problems] == [FROM_KEPT_TEXT]
        assert (row.name, row.sha256, row.digest) == (before[slug].name, before[slug].sha256, before[slug].digest)
    assert verify("out").flaws == ()
    assert renew("out").unchanged == tuple(sorted(before))


def test_source_that_comes_back_is_read_again(work: Path) -> None:
    expected = contents(work / "out")
    (work / "source").rename(work / "away")
    _manifest(work, ontology="1" * 16)
    renew("out")
    (work / "away").rename(work / "source")
    build("source", "out")
    assert contents(work / "out") == expected


def test_source_that_changed_meanwhile_is_not_what_the_corpus_is_renewed_from(work: Path) -> None:
    (work / "source/luoyang.txt").write_text(plan_text("洛阳市", 2024, "栾川县", 99), "utf-8")
    before = open_corpus("out").plans
    _manifest(work, ontology="1" * 16)
    assert [row.digest for row in renew("out").plans] == [row.digest for row in before]


@pytest.mark.parametrize("later", [{"format": FORMAT + 1}, {"yaodian": "99.0.0"}, {"ontology_version": "99.1.0"}])
def test_later_corpus_is_refused_and_left_alone(
    work: Path, later: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    _manifest(work, **later)
    before = contents(work / "out")
    for act in (open_corpus, verify, renew):
        with pytest.raises(LaterCorpusError, match="of a later yaodian"):
            act("out")
    assert run(["build", "source", "--out", "out"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "install that version, or use another folder" in line
    assert contents(work / "out") == before


def test_nothing_is_renewed_where_there_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such folder"):
        renew(tmp_path / "none")
    assert not (tmp_path / "none").exists()
