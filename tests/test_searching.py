"""Search: what is found, in which order and where; the index that stays current; and the command."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from corpus_texts import plan_text, write_plans
from hypothesis import given
from hypothesis import strategies as st

from yaodian.cli import run
from yaodian.corpus import Corpus, build, open_corpus
from yaodian.errors import CorpusError, QueryError
from yaodian.searching import Hit, Wanted, search
from yaodian.searching.asked import MOST, asked
from yaodian.searching.words import marks, words

INDEX = "search.sqlite"
TEXTS = {
    "a": plan_text("绍兴市", 2023),
    "b": plan_text("绍兴市", 2024, number=15),
    "c": plan_text("湖州市", 2024, "德清县").replace("学位", "學位").replace("培训骨干教师", "培训ＡＩ骨干教师"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searched")
    build([write_plans(folder / "texts", **TEXTS)], folder / "corpus")
    return folder / "corpus"


@pytest.fixture(scope="module")
def corpus(built: Path) -> Corpus:
    return open_corpus(built)


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A copy of the corpus without an index of words, to do with as the test wants."""
    return Path(shutil.copytree(built, tmp_path / "own", ignore=shutil.ignore_patterns(INDEX)))


def _titles(corpus: Corpus, text: str, **wanted: object) -> set[tuple[str, str]]:
    found = search(corpus, text, Wanted(limit=0, **wanted))  # type: ignore[arg-type]
    assert found.total == len(found.hits)
    return {(hit.plan.slug, hit.title.words) for hit in found.hits}


def _document(hit: Hit) -> str:
    return {"330600-2023": TEXTS["a"], "330600-2024": TEXTS["b"], "330500-2024": TEXTS["c"]}[hit.plan.slug]


BUILDING, TRAINING = "1 加快学校建设", "4 抓好教师培训"


@pytest.mark.parametrize("text", ["学位", "學位", "增学", '"增 学"', "个以上 公办", "“幼儿园” 「学位」", "個 幼儿園"])
def test_words_are_found_in_any_script_and_number_of_characters(corpus: Corpus, text: str) -> None:
    assert _titles(corpus, text) == {("330600-2023", BUILDING), ("330600-2024", BUILDING), ("330500-2024", BUILDING)}


def test_width_and_case_make_no_difference(corpus: Corpus) -> None:
    assert _titles(corpus, "ai 骨干") == _titles(corpus, "ＡＩ骨干") == {("330500-2024", TRAINING)}
    assert _titles(corpus, "３００人次") == {("330600-2023", TRAINING), ("330500-2024", TRAINING)}


def test_all_words_must_be_there_and_none_of_the_excluded(corpus: Corpus) -> None:
    assert {title for _, title in _titles(corpus, "骨干 教师")} == {TRAINING}
    assert _titles(corpus, "骨干 学位") == set()
    assert _titles(corpus, "骨干 -ai") == {("330600-2023", TRAINING), ("330600-2024", TRAINING)}
    assert _titles(corpus, '骨干 －"ai 骨干"') == _titles(corpus, "骨干 -ＡＩ")


def test_a_number_is_a_word_of_its_own(corpus: Corpus) -> None:
    assert ("330600-2023", TRAINING) in _titles(corpus, "300人次")
    assert _titles(corpus, "00人次") == set()


def test_only_plans_and_items_that_are_wanted(corpus: Corpus) -> None:
    assert {slug for slug, _ in _titles(corpus, "学位", cities=("绍兴",))} == {"330600-2023", "330600-2024"}
    assert {slug for slug, _ in _titles(corpus, "学位", years=(2024,))} == {"330500-2024", "330600-2024"}
    assert {slug for slug, _ in _titles(corpus, "学位", cities=("330600",), years=(2024,))} == {"330600-2024"}
    assert {title for _, title in _titles(corpus, "教师", theme="teachers")} <= {TRAINING, "3 加强师德师风建设"}
    assert _titles(corpus, "学位", theme="teachers") == set()
    assert {hit.kind for hit in search(corpus, "扩大优质 ", Wanted(limit=0)).hits} == {"text"}
    (target, *_) = search(corpus, "学位", Wanted(kinds=("target",), cities=("绍兴",), years=(2023,))).hits
    assert (target.kind, "学位" in target.title.words) == ("target", True)


def test_what_is_asked_for_and_not_there_is_told(corpus: Corpus) -> None:
    for wanted in (Wanted(cities=("常州",)), Wanted(years=(1999,)), Wanted(theme="渔业")):
        with pytest.raises(QueryError, match="there are: "):
            search(corpus, "学位", wanted)


def test_every_hit_says_where_it_stands(corpus: Corpus) -> None:
    for hit in search(corpus, "教师 -公办", Wanted(limit=0)).hits:
        text = _document(hit)
        assert words(text[hit.start : hit.end]) == ["教", "师"]
        line = text.split("\n")[hit.line - 1]
        assert words(line[hit.column - 1 :])[:2] == ["教", "师"]
        assert {hit.text.words[start:end] for start, end in hit.text.marks} == {"教师"}
        assert hit.text.words.strip("…") in text


def test_a_title_weighs_more_and_the_best_are_kept(corpus: Corpus) -> None:
    ranked = [hit.title.words for hit in search(corpus, "建设", Wanted(limit=0, cities=("绍兴",), years=(2023,))).hits]
    assert set(ranked[:2]) == {BUILDING, "3 加强师德师风建设"}
    few = search(corpus, "教师", Wanted(limit=1))
    assert few.hits == search(corpus, "教师", Wanted(limit=0)).hits[:1]
    assert few.total > 1


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('"-“”「」*()^: 学位教师aA0\0')), max_size=40))
def test_no_words_are_a_syntax_error(corpus: Corpus, text: str) -> None:
    try:
        found = search(corpus, text)
    except QueryError as error:
        assert "nothing to look for" in str(error)
    else:
        assert found.total >= len(found.hits)


def test_words_without_anything_to_find(corpus: Corpus) -> None:
    for text in ("", "  ", "-", '""', "。，！", "-公办", "*", '-"学位"'):
        with pytest.raises(QueryError, match="nothing to look for"):
            search(corpus, text)
    with pytest.raises(QueryError, match="too many"):
        asked(" ".join(f"w{n}" for n in range(MOST + 1)))


@given(st.text(max_size=30), st.text(max_size=30), st.text(min_size=1, max_size=6))
def test_a_phrase_is_marked_wherever_its_words_are(before: str, after: str, phrase: str) -> None:
    wanted = tuple(words(phrase))
    text = f"{before} {phrase} {after}"
    found = marks(text, [wanted])
    assert bool(found) == bool(wanted)
    for (_, end), (start, _) in pairwise(found):
        assert end < start
    if len(wanted) == 1:
        assert all(set(words(text[start:end])) == set(wanted) for start, end in found)


def _rowids(folder: Path) -> dict[str, set[int]]:
    """The numbers that the index gave each plan's passages: new ones where it was read again."""
    index = sqlite3.connect(folder / INDEX)
    plans: dict[str, set[int]] = {}
    for slug, number in index.execute("SELECT slug, id FROM passages"):
        plans.setdefault(slug, set()).add(number)
    index.close()
    return plans


def test_the_index_follows_the_corpus_plan_by_plan(tmp_path: Path) -> None:
    texts, folder = write_plans(tmp_path / "texts", **TEXTS), tmp_path / "corpus"
    build([texts], folder)
    opened = open_corpus(folder)
    assert _titles(opened, "帆船") == set()
    before = _rowids(folder)
    write_plans(texts, c=TEXTS["c"].replace("公办幼儿园", "帆船学校"), d=plan_text("衢州市", 2024, "龙游县"))
    (texts / "b.txt").unlink()
    build([texts], folder)
    assert {slug for slug, _ in _titles(open_corpus(folder), "帆船")} == {"330500-2024"}
    assert {slug for slug, _ in _titles(open_corpus(folder), "学位")} == {"330600-2023", "330500-2024", "330800-2024"}
    after = _rowids(folder)
    assert after["330600-2023"] == before["330600-2023"]
    assert after["330500-2024"].isdisjoint(before["330500-2024"])
    index = sqlite3.connect(folder / INDEX)
    index.execute("INSERT INTO found (found) VALUES ('integrity-check')")
    index.close()
    with pytest.raises(CorpusError, match="changed since it was opened"):
        search(opened, "学位")


def test_a_building_keeps_the_folder_a_corpus_with_the_index_in_it(own: Path, tmp_path: Path) -> None:
    search(open_corpus(own), "学位")
    assert run(["build", str(write_plans(tmp_path / "more", a=TEXTS["a"])), "--out", str(own)]) == 0
    assert {slug for slug, _ in _titles(open_corpus(own), "学位")} == {"330600-2023"}


def _scribble(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def _tear(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:8192] + bytes(len(content) // 2) + content[8192 + len(content) // 2 :])


def _age(path: Path) -> None:
    index = sqlite3.connect(path)
    with index:
        index.execute("UPDATE state SET value = 'an older version' WHERE name = 'made by'")
    index.close()


def _block(path: Path) -> None:
    """A folder in its place: no file can be written there, by anyone."""
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harm", [_scribble, _tear, _age, _block])
def test_a_damaged_index_is_made_anew_or_done_without(own: Path, harm: Callable[[Path], None]) -> None:
    expected = search(open_corpus(own), "学位 教师 建设 -骨干").total
    harm(own / INDEX)
    assert search(open_corpus(own), "学位 教师 建设 -骨干").total == expected
    assert {title for _, title in _titles(open_corpus(own), "学位")} == {BUILDING}


def test_processes_that_search_at_the_same_time_find_the_same(own: Path) -> None:
    command = [sys.executable, "-c", "from yaodian.cli import main; main()"]
    arguments = ["search", "学位", "-d", str(own), "--format", "json"]
    running = [
        subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)
    ]
    done = [process.communicate() for process in running]
    assert [error.decode() for _, error in done] == [""] * 4
    assert len({out for out, _ in done}) == 1
    assert len(json.loads(done[0][0])["rows"]) == 3


def _told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["search", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command_shows_tables_data_and_pages(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = ["-d", str(built)]
    code, out, _ = _told(capsys, "学位", "-培训", *corpus, "--limit", "2")
    assert code == 0
    assert out.startswith("检索：学位 -培训\n找到 3 处，列出最相关的 2 处")
    assert len([line for line in out.splitlines() if BUILDING in line]) == 2
    code, out, _ = _told(capsys, "学位", *corpus, "--format", "csv", "--lang", "en", "--city", "湖州")
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["city"], row["year"], row["kind"], row["plan"]) == ("湖州市", "2024", "item", "330500-2024")
    assert TEXTS["c"][int(row["start"]) : int(row["end"])] == "學位"
    page = tmp_path / "found.html"
    assert _told(capsys, "学位", *corpus, "--out", str(page))[0] == 0
    assert page.read_text("utf-8").count("<mark>学位</mark>") == 2
    assert _told(capsys, "没有的词", *corpus)[:2] == (0, "检索：没有的词\n找到 0 处\n\n没有可列的内容。\n")


def test_the_command_marks_what_it_found_on_a_terminal(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    _, coloured, _ = _told(capsys, "学位", "-d", str(built))
    assert "\x1b[1m学位\x1b[0m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    _, plain, _ = _told(capsys, "学位", "-d", str(built))
    assert coloured.replace("\x1b[31m", "").replace("\x1b[1m", "").replace("\x1b[0m", "") == plain


def test_the_command_says_what_is_wrong_in_one_line(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (
        ["学位", "-d", str(tmp_path)],
        ["-公办", "-d", str(built)],
        ["学位", "-d", str(built), "--theme", "渔业"],
        ["学位", "-d", str(built), "--city", ""],
    ):
        code, out, err = _told(capsys, *arguments)
        assert (code, out, len(err.splitlines())) == (2, "", 1)
    code, _, err = _told(capsys, "学位", "--limt", "5", "-d", str(built))
    assert (code, "--limt" in err) == (2, True)


def test_hostile_words_stay_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = TEXTS["a"].replace("新增学位", "</script><img src=x onerror=alert(1)>\x1b]0;x\x07新增学位")
    build([write_plans(tmp_path / "texts", a=text)], tmp_path / "corpus")
    for form in ("table", "csv", "json", "html"):
        _, out, _ = _told(capsys, "img", "<b>-学位'", "-d", str(tmp_path / "corpus"), "--format", form)
        assert "\x1b" not in out
        assert form != "html" or ("<img" not in out and "<b>" not in out)
