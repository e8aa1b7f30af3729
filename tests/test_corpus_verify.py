"""`yaodian verify`: a sound corpus is called sound, and each kind of damage by its name, with what to do."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from corpus_texts import contents, plan_text, three_plans, write_plans

from yaodian.cli import run
from yaodian.corpus import build, open_corpus, verify
from yaodian.corpus.manifest import decode_manifest
from yaodian.ontology import lexicon

SLUG = "330600-2024"
FILE = f"plans/{SLUG}.nq"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    three_plans(folder / "source")
    return folder


@pytest.fixture(scope="module")
def built(made: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        build("source", "out")
    return made


@pytest.fixture
def work(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _codes(out: str = "out", **options: bool) -> set[tuple[str, str]]:
    return {(flaw.code, flaw.where) for flaw in verify(out, **options).flaws}  # type: ignore[arg-type]


def _rewritten(work: Path, change: Callable[[str], str]) -> None:
    """Change the plan file, and the manifest with it, as someone might who knows the format; the index is made anew."""
    file, manifest = work / "out" / FILE, work / "out/manifest.json"
    old, text = hashlib.sha256(file.read_bytes()).hexdigest(), change(file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    new = hashlib.sha256(text.encode()).hexdigest()
    known = decode_manifest(manifest.read_bytes(), "out")
    rows = tuple(replace(row, digest=new) if row.digest == old else row for row in known.plans)
    manifest.write_bytes(replace(known, plans=rows).encoded)
    shutil.rmtree(work / "out/store")
    shutil.rmtree(work / "out/.pages.json", ignore_errors=True)
    (work / "out/.pages.json").unlink()


def test_sound_corpus_is_called_sound_and_left_alone(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(work / "out")
    assert run(["verify", "-d", "out", "--sources", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "sound: 3 plans in out\n"
    assert contents(work / "out") == before


def test_processes_see_the_same(work: Path) -> None:
    (work / "out" / FILE).unlink()
    (work / "out/plans/410300-2024.nq").write_text("nonsense")
    assert verify("out", jobs=2) == verify("out")
    assert len(verify("out").flaws) > 2


def test_real_plans_are_sound(shared_dir: Path, tmp_path: Path) -> None:
    build(shared_dir / "seeds", tmp_path / "out", pages=False)
    assert verify(tmp_path / "out", deep=True).flaws == ()


def test_file_that_is_gone_or_not_ours_or_changed(work: Path) -> None:
    (work / "out" / FILE).unlink()
    (work / "out/plans/foreign.nq").touch()
    other = work / "out/plans/350500-2023.nq"
    other.write_bytes(other.read_bytes().replace(b"2023", b"2022", 1))
    assert {
        ("file-missing", FILE),
        ("file-foreign", "plans/foreign.nq"),
        ("file-changed", "plans/350500-2023.nq"),
    } <= _codes()


def test_file_that_is_cut(work: Path) -> None:
    file = work / "out" / FILE
    file.write_bytes(file.read_bytes()[:-40])
    assert {("file-changed", FILE), ("file-syntax", FILE)} <= _codes()


@pytest.mark.parametrize(
    ("old", "new", "flaws"),
    [
        ('anchorOf> "诸暨市"', 'anchorOf> "嵊州市"', {"quote-differs"}),
        ("isString> ", "isStrung> ", {"quote-differs", "shape-violated"}),
        ("<https://w3id.org/yaodian/ns#position>", "<https://w3id.org/yaodian/ns#posture>", {"term-unknown"}),
        ("<http://purl.org/dc/terms/isPartOf>", "<http://example.org/isPartOf>", {"term-unknown", "shape-violated"}),
        ("22-rdf-syntax-ns#type> <https://w3id.org/yaodian/ns#Plan>", "22-rdf-syntax-ns#type> <https://w3id.org/yaodian/ns#Plane>", {"term-unknown"}),
        ('sourceDigest> "sha256:', 'sourceDigest> "', {"shape-violated"}),
        (f"<https://w3id.org/yaodian/id/plan/{SLUG}", "<https://w3id.org/yaodian/id/plan/999999-2024", {"shape-violated"}),
    ],
    ids=["quote", "text", "property", "foreign property", "class", "digest", "plan"],
)  # fmt: skip
def test_what_is_wrong_in_a_file_that_the_manifest_vouches_for(work: Path, old: str, new: str, flaws: set[str]) -> None:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    _rewritten(work, change)
    assert _codes() == {(code, FILE) for code in flaws}


def _store(work: Path) -> ox.Store:
    (index,) = (work / "out/store").iterdir()
    return ox.Store(str(index))


def _lose_a_statement(store: ox.Store) -> None:
    store.remove(next(store.quads_for_pattern(None, None, None, ox.NamedNode(open_corpus("out").plans[0].plan))))


def _say_more(graph: str) -> Callable[[ox.Store], None]:
    thing = ox.NamedNode("http://example.org/x")
    return lambda store: store.add(ox.Quad(thing, thing, thing, ox.NamedNode(graph)))


@pytest.mark.parametrize(
    "damage",
    [
        _lose_a_statement,
        _say_more(f"https://w3id.org/yaodian/id/plan/{SLUG}"),
        _say_more("http://example.org/graph"),
        _say_more("https://w3id.org/yaodian/id/graph/shared"),
    ],
    ids=["lost", "more of a plan", "another graph", "more that is shared"],
)
def test_index_that_does_not_say_what_the_files_say(work: Path, damage: Callable[[ox.Store], None]) -> None:
    store = _store(work)
    damage(store)
    store.flush()
    del store
    assert {code for code, _ in _codes()} == {"index-differs"}


def test_index_that_cannot_be_opened_and_one_that_is_not_there(work: Path) -> None:
    (index,) = (work / "out/store").iterdir()
    (index / "CURRENT").write_text("garbage")
    assert _codes() == {("index-damaged", f"store/{index.name}")}
    shutil.rmtree(work / "out/store")
    assert _codes() == set()


def _take_away(file: Path) -> None:
    file.unlink()


def _make_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _make_a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (_take_away, "file-missing"),
        (_make_a_folder, "no-file"),
        pytest.param(_make_a_pipe, "no-file", marks=pytest.mark.skipif(os.name == "nt", reason="no pipes")),
        (_empty, "file-changed"),
    ],
)
def test_what_a_file_became_is_told_and_the_index_is_not_blamed(
    work: Path, damage: Callable[[Path], None], code: str
) -> None:
    damage(work / "out" / FILE)
    assert _codes() == {(code, FILE)}
    if (work / "out" / FILE).is_dir():
        (work / "out" / FILE).rmdir()
    assert run(["build", "--renew", "--out", "out"]) == 0
    assert _codes() == set()


def test_what_a_build_does_not_remove_is_to_be_moved_by_hand(work: Path) -> None:
    (work / "out/plans/folder.nq").mkdir()
    (work / "out/plans/notes.txt").write_text("mine")
    (work / "out/plans/gone.nq").touch()
    build("source", "out")
    assert run(["build", "--renew", "--out", "out"]) == 0
    assert _codes() == {("entry-foreign", "plans/folder.nq"), ("entry-foreign", "plans/notes.txt")}


@pytest.mark.skipif(os.name == "nt", reason="no such names")
def test_a_name_cannot_write_lines_or_act_on_a_terminal(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "out/plans/x\nsound: 3 plans\x1b[2J.nq").touch()
    assert run(["verify", "out", "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert len(said.splitlines()) == 3


def test_page_that_was_changed(work: Path) -> None:
    with (work / "out/map.html").open("a") as page:
        page.write("<!-- -->")
    assert _codes() == {("page-changed", "report.html, map.html")}


def test_source_that_changed_and_one_that_is_gone(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_plans(work / "source", shaoxing=plan_text(number=99))
    (work / "source/luoyang.txt").unlink()
    assert run(["verify", "-d", "out", "--lang", "en"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{FILE}: source-changed: its source has changed since the corpus was built: source/shaoxing.txt",
        "  → run: yaodian build SOURCE... --out out",
        "sources that are not where they were, so not compared: 1",
        "flaws: 1, in 3 plans of out",
    ]


def test_text_that_is_not_what_the_source_reads_as(work: Path) -> None:
    def change(text: str) -> str:
        return text.replace("办好人民满意的教育", "办好人民滿意的教育")

    _rewritten(work, change)
    assert ("source-text", FILE) in _codes(deep=True)


def test_build_that_did_not_end(work: Path) -> None:
    def interrupt(done: int, total: int, upcoming: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    write_plans(work / "source", shaoxing=plan_text(number=13))
    with pytest.raises(KeyboardInterrupt):
        build("source", "out", progress=interrupt)
    assert ("build-unfinished", ".staged") in _codes()


def test_json_tells_everything(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "out" / FILE).unlink()
    assert run(["verify", "-d", "out", "--format", "json", "--lang", "zh"]) == 1
    told = json.loads(capsys.readouterr().out)
    (flaw,) = told["flaws"]
    assert (flaw["file"], flaw["code"]) == (FILE, "file-missing")
    assert "清单" in flaw["message"]
    assert "yaodian build --renew --out out" in flaw["advice"]


@pytest.mark.parametrize("content", [b"{", None])
def test_no_corpus_and_a_damaged_manifest_are_one_line(
    work: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    (work / "out/manifest.json").unlink()
    if content:
        (work / "out/manifest.json").write_bytes(content)
    assert run(["verify", "-d", "out"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_every_flaw_is_told_in_both_languages_with_what_to_do() -> None:
    words = lexicon("verifying")
    for flaw in words["flaws"].values():
        assert flaw["zh"]
        assert flaw["en"]
        assert words["do"][flaw["do"]].keys() == {"zh", "en"}


def test_what_the_advice_says_makes_it_sound(work: Path) -> None:
    """Even where a file was changed and has the size and time that it had."""
    other = work / "out/plans/350500-2023.nq"
    times, content = other.stat(), other.read_bytes()
    build("source", "out")
    other.write_bytes(content.replace(b"2023", b"2022", 1))
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    (work / "out" / FILE).unlink()
    (work / "out/plans/foreign.nq").touch()
    assert run(["build", "--renew", "--out", "out"]) == 0
    assert verify("out").flaws == ()


def test_the_folder_is_an_argument_or_an_option_but_not_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.txt").write_text("青岚市教育局2024年工作要点\n一、重点\n1.加强学校建设。新建学校3所。\n", "utf-8")
    build([tmp_path / "plan.txt"], tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    assert [run(["verify", *folder]) for folder in (["out"], ["-d", "out"], ["out", "-d", "out"])] == [0, 0, 2]
    assert "given twice" in capsys.readouterr().err
