"""Building a corpus, and building it again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from corpus_texts import contents, plan_text, three_plans, write_plans

import yaodian
from yaodian.cli import run
from yaodian.corpus import BuildReport, build, executing, indexing, open_corpus
from yaodian.corpus.folder import Folder
from yaodian.corpus.index import index_path
from yaodian.corpus.indexing import in_memory
from yaodian.corpus.lock import locked
from yaodian.corpus.opening import open_to_ask
from yaodian.errors import CorpusError, ReadingError
from yaodian.rdf import nquads

SLUGS = ("330600-2024", "350500-2023", "410300-2024")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sources and the corpus built from them; tests copy it."""
    folder = tmp_path_factory.mktemp("made")
    three_plans(folder / "source")
    build(folder / "source", folder / "out")
    return folder


@pytest.fixture
def work(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of sources and corpus to change, which is the working directory."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _rebuilt(work: Path) -> BuildReport:
    """The report of a second build, after making sure that its result is that of a build from nothing."""
    report = build("source", "out")
    build("source", "fresh")
    assert contents(work / "out") == contents(work / "fresh")
    assert _statements(work / "out") == _statements(work / "fresh")
    return report


def _statements(out: Path) -> set[str]:
    return {str(quad) for quad in open_corpus(out).store.quads_for_pattern(None, None, None, None)}


def test_corpus_has_its_parts(made: Path) -> None:
    manifest = json.loads((made / "out/manifest.json").read_text("utf-8"))
    assert [row["slug"] for row in manifest["plans"]] == list(SLUGS)
    assert sorted(path.name for path in (made / "out/plans").iterdir()) == [f"{slug}.nq" for slug in SLUGS]
    assert (made / "out/report.html").read_text("utf-8").startswith("<!doctype html>")
    assert (made / "out/map.html").stat().st_size > 10_000
    assert len(list((made / "out/store").iterdir())) == 1
    assert not (made / "out/.staged").exists()


def test_plan_file_is_sorted_and_each_statement_stands_once(made: Path) -> None:
    lines = (made / "out/plans/330600-2024.nq").read_text("utf-8").splitlines()
    assert lines == sorted(set(lines))


def test_same_sources_give_the_same_bytes(work: Path) -> None:
    build(["source/luoyang.txt", "source/*z*.txt", "source/shaoxing.txt"], "again")
    build("source", "other")
    assert contents(work / "again") == contents(work / "other")


def test_unchanged_sources_cost_nothing(work: Path) -> None:
    build("source", "out")
    ours = (".lock", ".stamps.json")
    before = {path: path.stat().st_mtime_ns for path in (work / "out").rglob("*") if path.name not in ours}
    report = build("source", "out")
    assert report.unchanged == SLUGS
    assert not report.changed
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())


SMALL = """
import resource, sys
from yaodian.cli import run
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.exit(run(["build", "source", "--out", sys.argv[2]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files cannot be limited there")
@pytest.mark.parametrize("size", [20_000, 200_000, 400_000])
@pytest.mark.parametrize("out", ["out", "new"])
def test_build_that_cannot_write_leaves_the_former_state_and_nothing_else(work: Path, size: int, out: str) -> None:
    before = _files(work / out)
    write_plans(work / "source", shaoxing=plan_text(number=13), jinhua=plan_text("金华市", 2024, "义乌市", 9))
    done = subprocess.run([sys.executable, "-c", SMALL, str(size), out], capture_output=True, check=False)
    assert done.returncode == 2
    (told,) = done.stderr.decode().splitlines()
    assert told.startswith(f"yaodian: {out}: ")
    assert "File too large" in told
    assert _files(work / out) - {".lock"} == before - {".lock"}
    assert build("source", out).changed
    assert len(open_corpus(out).plans) == 4


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """What makes a disk of so many bytes, which is there as a folder."""
    mounted: list[Path] = []

    def make(size: int) -> Path:
        folder = tmp_path / f"disk{size}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("no file system can be mounted here")
        mounted.append(folder)
        return folder

    yield make
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_full_disk_is_told_in_one_line_and_leaves_the_former_state(
    work: Path, small_disk: Callable[[int], Path], jobs: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is room for the former state and a little more, then for less and less of the new one."""
    used = sum(path.stat().st_size + 4096 for path in (work / "out").rglob("*"))
    write_plans(work / "source", shaoxing=plan_text(number=13), jinhua=plan_text("金华市", 2024, "义乌市", 9))
    for more in (16_000, 120_000, 400_000):
        out = small_disk(used + more) / "out"
        shutil.copytree(work / "out", out)
        before = contents(out)
        assert run(["build", "source", "--out", str(out), "--jobs", str(jobs)]) == 2
        (told,) = capsys.readouterr().err.splitlines()
        assert told.startswith(f"yaodian: {out}: ")
        assert "No space left on device" in told
        assert contents(out) == before
        assert len(open_corpus(out).plans) == 3


def test_second_build_in_a_folder_is_refused_in_one_line(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(work / "out")
    (work / "source/luoyang.txt").unlink()
    with locked(work / "out/.lock"):
        assert run(["build", "source", "--out", "out"]) == 2
    (told,) = capsys.readouterr().err.splitlines()
    assert f"another build is at work in this folder (process {os.getpid()}); wait for it" in told
    assert contents(work / "out") == before


def _files(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def test_interrupted_build_leaves_the_former_state_and_is_gone_on_with(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(done: int, total: int, upcoming: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    before, manifest = contents(work / "out"), open_corpus("out").manifest
    write_plans(work / "source", shaoxing=plan_text(number=13), luoyang=plan_text("洛阳市", 2025))
    with pytest.raises(KeyboardInterrupt):
        build("source", "out", progress=interrupt)
    assert contents(work / "out").items() >= before.items()
    assert open_corpus("out").manifest == manifest
    read = _watched(monkeypatch)
    _rebuilt(work)
    assert read[:2] == ["shaoxing.txt", "luoyang.txt"]
    assert len(read) == 4


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that are read from now on."""
    read: list[str] = []
    process = executing.process
    monkeypatch.setattr(executing, "process", lambda task: (read.append(task.source.name), process(task))[1])
    return read


def test_changed_source_is_replaced(work: Path) -> None:
    write_plans(work / "source", shaoxing=plan_text(county="嵊州市", number=99))
    report = _rebuilt(work)
    assert (report.built, report.unchanged) == (SLUGS[:1], SLUGS[1:])
    places = [row["placeName"] for row in open_corpus("out").select("places-named", city="绍兴")]
    assert "嵊州市" in places
    assert "诸暨市" not in places


def test_removed_source_is_removed_with_what_only_it_named(work: Path) -> None:
    (work / "source/quanzhou.txt").unlink()
    report = _rebuilt(work)
    assert report.removed == (SLUGS[1],)
    names = {row["name"] for row in open_corpus("out").select("SELECT ?name { ?p a yd:Place ; skos:prefLabel ?name }")}
    assert {"绍兴市", "浙江省", "洛阳市"} <= names
    assert not names & {"泉州市", "福建省", "晋江市"}


def test_moved_source_keeps_its_plan(work: Path) -> None:
    (work / "source/moved").mkdir()
    (work / "source/luoyang.txt").rename(work / "source/moved/luoyang.txt")
    report = _rebuilt(work)
    assert report.unchanged == SLUGS
    assert report.plans[2].source == "source/moved/luoyang.txt"


def test_renamed_source_is_built_again_because_its_name_is_in_its_graph(work: Path) -> None:
    (work / "source/luoyang.txt").rename(work / "source/洛阳.txt")
    assert _rebuilt(work).built == SLUGS[2:]


def test_broken_documents_break_nothing_else(work: Path) -> None:
    (work / "source/scan.pdf").write_bytes(b"%PDF-1.7 scanned")
    (work / "source/empty.txt").write_bytes(b"")
    report = _rebuilt(work)
    assert report.unchanged == SLUGS
    assert [failure.source for failure in report.failed] == ["source/empty.txt", "source/scan.pdf"]
    assert all(len(failure.error.splitlines()) == 1 for failure in report.failed)
    assert build("source", "out").failed == report.failed


def test_source_that_broke_takes_its_plan_with_it(work: Path) -> None:
    (work / "source/luoyang.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    report = _rebuilt(work)
    assert (report.removed, len(report.failed)) == (SLUGS[2:], 1)


def test_same_content_twice_is_one_plan(work: Path) -> None:
    shutil.copy(work / "source/shaoxing.txt", work / "source/copy.txt")
    report = _rebuilt(work)
    assert [row.source for row in report.plans if row.city == "绍兴市"] == ["source/copy.txt"]
    assert [(d.source, d.duplicate_of) for d in report.duplicates] == [("source/shaoxing.txt", "source/copy.txt")]
    (work / "source/copy.txt").unlink()
    assert _rebuilt_in(work, "third").duplicates == ()


def _rebuilt_in(work: Path, fresh: str) -> BuildReport:
    report = build("source", "out")
    build("source", fresh)
    assert contents(work / "out") == contents(work / fresh)
    return report


def test_plans_that_want_one_name_all_get_a_suffix(work: Path) -> None:
    write_plans(work / "source", shaoxing2=plan_text(number=50))
    first = _rebuilt(work)
    rivals = [row for row in first.plans if row.city == "绍兴市"]
    assert [row.slug for row in rivals] == sorted(f"330600-2024-{row.sha256[:8]}" for row in rivals)
    old, new = sorted(rivals, key=lambda row: row.source)
    assert first.renamed == ((SLUGS[0], old.slug),)
    assert (first.built, first.removed, first.unchanged) == ((new.slug,), (), SLUGS[1:])
    assert {path.stem for path in (work / "out/plans").iterdir()} == {old.slug, new.slug, *SLUGS[1:]}
    (work / "source/shaoxing.txt").unlink()
    last = _rebuilt_in(work, "third")
    assert [row.slug for row in last.plans] == list(SLUGS)
    assert (last.renamed, last.removed, last.built) == (((new.slug, SLUGS[0]),), (old.slug,), ())


def test_a_plan_is_read_once_whatever_others_are_called(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = _watched(monkeypatch)
    write_plans(work / "source", shaoxing2=plan_text(number=50), shaoxing3=plan_text(number=51))
    build("source", "fresh")
    assert sorted(read) == sorted(path.name for path in (work / "source").iterdir())
    read.clear()
    build("source", "out")
    assert sorted(read) == ["shaoxing2.txt", "shaoxing3.txt"]
    read.clear()
    build("source", "out")
    assert read == []


def test_another_name_changes_nothing_in_the_words_of_a_plan(tmp_path: Path) -> None:
    iri = "https://w3id.org/yaodian/id/plan/330600-2024"
    hostile = f'见<{iri}/item/p1> <{iri}> .\\" <{iri}>\u2028<{iri}> .'
    source = write_plans(tmp_path / "source", a=plan_text(), b=plan_text().replace("抓好教师培训", f"抓好{hostile}"))
    rows = build(source, tmp_path / "both").plans
    for name in "ab":
        (row,) = (row for row in rows if row.source.endswith(f"{name}.txt"))
        plan = yaodian.read_plan(source / f"{name}.txt")
        statements = set(nquads(plan, row.slug).splitlines(keepends=True))
        written = open_corpus(tmp_path / "both").nquads(row).decode()
        assert statements <= set(written.split("\n")) | set(written.splitlines(keepends=True))
        lines = [f"{line}\n" for line in written.split("\n") if line]
        assert lines == sorted(set(lines))
        assert f"<{iri}/" not in "".join(line.partition('"')[0] for line in lines)


@pytest.mark.parametrize(
    "data",
    [
        plan_text().encode("gbk"),
        plan_text().encode("utf-16"),
        b"\xef\xbb\xbf" + plan_text().encode(),
        plan_text().replace("\n", "\r\n").encode(),
        plan_text().replace("\n\n", "\n\n\n").encode() + b"\n\n",
    ],
    ids=["gbk", "utf-16", "mark", "line ends", "blank lines"],
)
def test_same_words_in_other_bytes_are_one_plan(work: Path, data: bytes) -> None:
    (work / "source/zz.txt").write_bytes(data)
    report = _rebuilt(work)
    assert report.unchanged == SLUGS
    assert not report.changed
    assert [(d.source, d.duplicate_of) for d in report.duplicates] == [("source/zz.txt", "source/shaoxing.txt")]
    (work / "source/shaoxing.txt").unlink()
    assert [row.source for row in _rebuilt_in(work, "third").plans] == [
        "source/zz.txt",
        "source/quanzhou.txt",
        "source/luoyang.txt",
    ]


def test_words_in_other_bytes_are_not_read_again(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (work / "source/zz.txt").write_bytes(plan_text().encode("gbk"))
    build("source", "out")
    read = _watched(monkeypatch)
    assert not build("source", "out").changed
    assert read == []


def test_plan_file_that_was_tampered_with_is_made_again(work: Path) -> None:
    build("source", "out")
    expected = contents(work / "out")
    (work / "out/plans/330600-2024.nq").write_text("nonsense")
    (work / "out/plans/foreign.nq").write_text("nonsense")
    (work / "out/map.html").unlink()
    report = build("source", "out")
    assert report.restored == SLUGS[:1]
    assert contents(work / "out") == expected


def test_plan_built_by_another_version_is_built_again(work: Path) -> None:
    build("source", "out")
    expected = contents(work / "out")
    now = open_corpus("out").manifest
    other = replace(now, toolchain=replace(now.toolchain, code=f"0{now.toolchain.code}"))
    (work / "out/manifest.json").write_bytes(other.encoded)
    build("source", "out")
    assert contents(work / "out") == expected


def test_damaged_manifest_is_replaced(work: Path) -> None:
    (work / "out/manifest.json").write_text("{")
    with pytest.raises(CorpusError):
        open_corpus("out")
    build("source", "out")
    assert len(open_corpus("out").plans) == 3


def test_question_reads_no_more_of_the_manifest_than_its_head(work: Path) -> None:
    """However many plans there are, it is answered in the same time."""
    expected = open_corpus("out").query("ASK { ?p a yd:Plan }")
    manifest = work / "out/manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'{"source"', b"nonsense"))
    corpus = open_to_ask("out")
    assert corpus.query("ASK { ?p a yd:Plan }") == expected
    assert run(["query", "-d", "out", "-e", "ASK { ?p a yd:Plan }"]) == 0
    with pytest.raises(CorpusError, match="damaged"):
        _ = corpus.plans


def test_rows_are_those_of_the_state_that_was_opened(work: Path) -> None:
    corpus = open_to_ask("out")
    assert [row.slug for row in corpus.plans] == list(SLUGS)
    corpus = open_to_ask("out")
    (work / "source/luoyang.txt").unlink()
    build("source", "out")
    with pytest.raises(CorpusError, match="has changed since it was opened"):
        _ = corpus.plans


def test_index_has_every_statement_of_the_plan_files(made: Path) -> None:
    corpus = open_corpus(made / "out")
    lines = {line for row in corpus.plans for line in corpus.nquads(row).splitlines()}
    graphs = "FILTER(!STRENDS(STR(?g), '/vocabulary'))"
    (row,) = corpus.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {graphs} }}")
    assert row.n == len(lines)


def test_missing_and_damaged_index_are_made_again(work: Path) -> None:
    rows = list(open_corpus("out").select("targets"))
    shutil.rmtree(work / "out/store")
    assert list(open_corpus("out").select("targets")) == rows
    for file in (work / "out/store").rglob("*"):
        if file.is_file():
            file.write_bytes(b"garbage")
    assert list(open_corpus("out").select("targets")) == rows


@pytest.mark.parametrize("timeout", [None, 60])
def test_index_with_rotten_data_is_made_again(work: Path, timeout: float | None) -> None:
    rows = open_corpus("out").query("targets")
    for file in (work / "out/store").rglob("*.sst"):
        data = bytearray(file.read_bytes())
        data[: len(data) // 2] = bytes(len(data) // 2)
        file.write_bytes(data)
    assert open_corpus("out").query("targets", timeout=timeout) == rows


DAMAGE: dict[str, Callable[[bytes], bytes] | None] = {
    "cut": lambda data: data[:-30],
    "nonsense": lambda data: b"nonsense",
    "another encoding": lambda data: data.replace("绍兴".encode(), "绍兴".encode("gbk")),
    "lines lost": lambda data: b"\n".join(data.split(b"\n")[:50]) + b"\n",
    "empty": lambda data: b"",
    "missing": None,
}


@pytest.mark.parametrize("timeout", [None, 60])
@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_plan_file_is_named_where_an_index_has_to_be_made(
    work: Path, damage: str, timeout: float | None
) -> None:
    shutil.rmtree(work / "out/store")
    file, change = work / "out/plans/330600-2024.nq", DAMAGE[damage]
    if change:
        file.write_bytes(change(file.read_bytes()))
    else:
        file.unlink()
    corpus = open_corpus("out")
    with pytest.raises(CorpusError, match=r"330600-2024\.nq: .*build the corpus again"):
        corpus.query("targets", timeout=timeout)
    with pytest.raises(CorpusError, match=r"330600-2024\.nq"):
        in_memory(Folder(work / "out"), corpus.manifest)
    build("source", "out")
    assert len(open_corpus("out").select("targets")) > 0


def test_build_with_a_changed_source_and_a_damaged_plan_file(work: Path) -> None:
    write_plans(work / "source", shaoxing=plan_text(county="嵊州市", number=99))
    file = work / "out/plans/330600-2024.nq"
    file.write_bytes(file.read_bytes()[:-300] + b"\xff")
    _rebuilt(work)


def test_index_in_memory_is_the_same(made: Path) -> None:
    corpus = open_corpus(made / "out")
    store = in_memory(Folder(made / "out"), corpus.manifest)
    assert len(store) == len(corpus.store)
    assert index_path(Folder(made / "out"), corpus.manifest).is_dir()


def _engine_files(out: Path) -> int:
    """In how many files the index lies: a look-up goes into each."""
    (index,) = (out / "store").iterdir()
    return len(list(index.glob("*.sst")))


def test_index_of_many_portions_lies_in_about_as_many_files_as_one_of_one(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _statements(work / "out")
    files = _engine_files(work / "out")
    shutil.rmtree(work / "out/store")
    monkeypatch.setattr(indexing, "_PORTION", 1)
    assert _statements(work / "out") == expected
    # The engine writes two or three more at times; unmerged there would be nine.
    assert _engine_files(work / "out") <= files + 4


def test_index_does_not_scatter_with_changes(work: Path) -> None:
    for number in range(12):
        write_plans(work / "source", shaoxing=plan_text(county="嵊州市", number=100 + number))
        assert build("source", "out").built == SLUGS[:1]
        assert _engine_files(work / "out") <= 60
    build("source", "fresh")
    assert _statements(work / "out") == _statements(work / "fresh")


@pytest.mark.parametrize("sources", [["nowhere.txt"], ["empty"], []])
def test_nothing_to_read_is_an_error_and_leaves_the_corpus(work: Path, sources: list[str]) -> None:
    (work / "empty").mkdir()
    before = contents(work / "out")
    with pytest.raises(ReadingError):
        build(sources, "out")
    assert contents(work / "out") == before


def test_progress_is_told(work: Path) -> None:
    told: list[tuple[int, int, str]] = []
    build("source", "out", progress=lambda done, total, upcoming: told.append((done, total, upcoming)))
    assert told[0] == (0, 3, "source/luoyang.txt")
    assert told[-1] == (3, 3, "")


def test_findings_are_in_a_graph_of_their_own(work: Path) -> None:
    write_plans(work / "source", draft=plan_text("丽水市", 2024, "XX县"))
    build("source", "out")
    corpus = open_corpus("out")
    row = next(row for row in corpus.plans if row.city == "丽水市")
    query = f"SELECT ?f WHERE {{ GRAPH <{row.plan}/findings> {{ ?f a sh:ValidationResult }} }}"
    assert len(corpus.select(query)) == sum(row.findings.values()) > 0
    placeholder = corpus.select("findings", city="丽水", rule="YD-X01")
    assert [found.quote for found in placeholder] == ["XX县"]


def test_seeds_build(shared_dir: Path, tmp_path: Path) -> None:
    report = build(shared_dir / "seeds", tmp_path / "out")
    assert len(report.plans) == 5
    assert not report.failed


def test_name_of_a_place_cannot_lead_out_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yaodian.corpus.manifest import PlanRow
    from yaodian.corpus.processing import Task, process
    from yaodian.corpus.sources import find_sources

    monkeypatch.setattr("yaodian.rdf.slug", lambda plan, *, distinct=False: "../../x/年 1")
    (source,) = find_sources([write_plans(tmp_path / "source", a=plan_text())], tmp_path / "out").sources
    row = process(Task(source, Folder(tmp_path / "out")))
    assert isinstance(row, PlanRow)
    assert row.slug == "..%2F..%2Fx%2F年%201"
    assert row.plan.endswith(f"/plan/{row.slug}")
