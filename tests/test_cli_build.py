"""``yaodian build`` as people run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from corpus_texts import contents, plan_text, three_plans, write_plans

from yaodian.cli import run

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    three_plans(tmp_path / "source")
    return tmp_path


def test_summary_then_nothing_to_do(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "source", "--out", "out"]) == 0
    first = capsys.readouterr()
    lines = first.out.splitlines()
    assert lines[0].split()[:4] == ["plan", "city", "year", "kind"]
    assert lines[2].startswith("330600-2024  绍兴市  2024  plan")
    assert lines[-2:] == ["built: 3", "corpus: out"]
    assert first.err == ""
    assert run(["build", "source", "--out", "out"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["unchanged: 3", "nothing to do: out"]


def test_broken_document_is_one_line_and_exit_1(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_plans(work / "source", empty="")
    (work / "source/scan.pdf").write_bytes(b"%PDF-1.7")
    (work / "source/copy.txt").write_bytes((work / "source/luoyang.txt").read_bytes())
    (work / "source/logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert run(["build", "source", "--out", "out"]) == 1
    told = capsys.readouterr()
    assert [line.split(":")[0] for line in told.err.splitlines()] == ["source/empty.txt", "source/scan.pdf"]
    assert "built: 3\nfailed: 2\n" in told.out
    assert "duplicate: source/luoyang.txt has the same content as source/copy.txt" in told.out
    assert "not documents: 1 (.png)" in told.out


def test_a_reader_of_chinese_is_told_in_chinese(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plans(work / "source", empty="", odd="没有城市。\n")
    (work / "source/copy.txt").write_bytes((work / "source/luoyang.txt").read_bytes())
    (work / "source/logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert run(["build", "source", "--out", "out", "--lang", "zh"]) == 1
    told = capsys.readouterr()
    assert told.err.splitlines() == ["source/empty.txt: 文件是空的"]
    lines = told.out.splitlines()
    assert lines[0].split() == ["计划", "城市", "年度", "类型", "事项", "目标", "成果", "政策", "问题"]
    assert "注意：source/odd.txt 中没有找到城市、年度、工作事项" in lines
    assert lines[-5:] == [
        "新建：4", "失败：1", "重复：source/luoyang.txt 与 source/copy.txt 内容相同", "不是文档：1（.png）", "语料库：out",
    ]  # fmt: skip
    assert not [line for line in lines if "built" in line or "note" in line]
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run(["build", "source", "--out", "out"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "没有其他变化：out"
    assert run(["build", "source", "--out", "out", "--lang", "en"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "no other changes: out"


@pytest.mark.skipif(os.name == "nt", reason="no such names")
def test_a_name_cannot_write_lines_or_act_on_a_terminal(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "x\nbuilt: 99\x1b[2J"
    (work / f"source/{name}.txt").write_bytes((work / "source/luoyang.txt").read_bytes())
    (work / f"source/{name}.pdf").write_bytes(b"%PDF-1.7")
    assert run(["build", "source", "--out", "out"]) == 1
    told = capsys.readouterr()
    assert len(told.err.splitlines()) == 1
    assert "\x1b" not in told.err + told.out
    assert not [line for line in told.out.splitlines() if line.startswith("built: 99")]


def test_what_is_odd_is_remarked_on_with_the_names_of_the_files(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_plans(work / "source", notice="关于开会的通知。\n请准时参加。\n", revised=plan_text(number=13))
    (work / "source/gbk.txt").write_bytes(plan_text("泉州市", 2023, "晋江市", 20).encode("gbk"))
    assert run(["build", "source", "--out", "out"]) == 0
    out = capsys.readouterr().out
    assert "duplicate: source/quanzhou.txt has the same text as source/gbk.txt, in other bytes: counted once" in out
    assert "note: 2 plans are 330600-2024, so each has a suffix: source/revised.txt, source/shaoxing.txt\n" in out
    assert "note: no city and no year and no work items found in source/notice.txt\n" in out
    named = {line.split()[1] for line in out.splitlines()[2:] if line.split()[1:2]}
    assert {"notice.txt", "revised.txt", "shaoxing.txt"} <= named
    assert "luoyang.txt" not in named


def test_plans_that_get_other_names_are_neither_new_nor_removed(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["build", "source", "--out", "out"])
    write_plans(work / "source", revised=plan_text(number=13))
    capsys.readouterr()
    run(["build", "source", "--out", "out"])
    lines = capsys.readouterr().out.splitlines()
    assert "built: 1" in lines
    assert "unchanged: 2" in lines
    assert any(line.startswith("renamed: 1 (330600-2024 → 330600-2024-") for line in lines)
    assert not any(line.startswith("removed") for line in lines)


def test_build_in_which_all_failed_says_so(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "empty.txt").write_text("")
    for _ in range(2):
        assert run(["build", "empty.txt", "--out", "none"]) == 1
        assert capsys.readouterr().out.splitlines() == ["failed: 1", "corpus without plans: none"]
    run(["build", "source", "--out", "out"])
    run(["build", "source", "empty.txt", "--out", "out"])
    assert capsys.readouterr().out.splitlines()[-3:] == ["unchanged: 3", "failed: 1", "no other changes: out"]


def test_removed_plan_is_named(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["build", "source", "--out", "out"])
    run(["build", "source/shaoxing.txt", "source/q*.txt", "--out", "out"])
    assert "removed: 1 (410300-2024)" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nowhere"], ["*.nothing"], ["empty"]])
def test_nothing_to_read_is_exit_2(work: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (work / "empty").mkdir()
    assert run(["build", *arguments, "--out", "out"]) == 2
    assert capsys.readouterr().err
    assert not (work / "out").exists()


def test_folder_of_other_things_is_refused(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "source", "--out", "source"]) == 2
    assert "holds other things" in capsys.readouterr().err
    assert not (work / "source/plans").exists()


@pytest.mark.skipif(os.name == "nt", reason="rights of folders are other ones there")
def test_folder_without_write_permission_is_exit_2(work: Path) -> None:
    locked = work / "locked"
    locked.mkdir()
    locked.chmod(0o555)
    result = _program("build", str(work / "source"), "--out", str(locked / "out"), unprivileged=True)
    assert result.returncode == 2
    assert result.stderr.decode().startswith(f"yaodian: {locked}/out: cannot write there")


@pytest.mark.skipif(os.name == "nt", reason="rights of folders are other ones there")
def test_corpus_without_write_permission_answers_even_without_index(work: Path) -> None:
    run(["build", "source", "--out", "out"])
    shutil.rmtree(work / "out/store")
    (work / "out").chmod(0o555)
    result = _program("query", "-d", str(work / "out"), "items-by-theme", "--format", "csv", unprivileged=True)
    assert (result.returncode, result.stderr) == (0, b"")
    assert len(result.stdout.splitlines()) > 3


def test_second_build_at_once_is_refused(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from yaodian.corpus.lock import locked

    run(["build", "source", "--out", "out"])
    with locked(work / "out/.lock"):
        result = _program("build", "source", "--out", "out")
    assert result.returncode == 2
    assert b"another build is at work" in result.stderr
    assert f"(process {os.getpid()})".encode() in result.stderr


def test_same_bytes_in_another_process_and_locale(work: Path) -> None:
    for out, environment in (("one", {"PYTHONHASHSEED": "1"}), ("two", {"PYTHONHASHSEED": "2", "LC_ALL": "C"})):
        assert _program("build", "source", "--out", out, **environment).returncode == 0
    assert contents(work / "one") == contents(work / "two")


def _program(*arguments: str, unprivileged: bool = False, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from yaodian.cli import main; main()", *arguments]
    if unprivileged and IS_ROOT:
        command = [*_without_privilege(), *command]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False)


def _without_privilege() -> list[str]:
    """The beginning of a command that takes from root what lets it write anywhere."""
    if not (setpriv := shutil.which("setpriv")):
        pytest.skip("setpriv is not installed, and root may write anywhere")
    rights = "-dac_override,-dac_read_search"
    return [setpriv, f"--bounding-set={rights}", f"--inh-caps={rights}"]


SCHEME = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix yd: <https://w3id.org/yaodian/ns#> .
<https://example.org/t/growth> a yd:Theme, skos:Concept ; skos:prefLabel "资源供给"@zh, "supply"@en ;
  skos:altLabel "学位"@zh, "新建"@zh, "学校"@zh .
"""


def test_a_theme_scheme_of_ones_own(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "my.ttl").write_text(SCHEME, encoding="utf-8")
    assert run(["build", "source", "--out", "out", "--themes", "my.ttl"]) == 0
    assert run(["build", "source", "--out", "out", "--themes", "my.ttl"]) == 0
    assert "nothing to do" in capsys.readouterr().out
    asked = (
        "SELECT DISTINCT ?theme ?name { ?item a yd:PlanItem ; dcterms:subject ?theme . ?theme skos:prefLabel ?name }"
    )
    assert run(["query", "-e", asked, "-d", "out", "--format", "csv"]) == 0
    rows = set(capsys.readouterr().out.split()[1:])
    assert rows == {"https://example.org/t/growth,资源供给", "https://example.org/t/growth,supply"}
    assert "资源供给" in (work / "out/map.html").read_text("utf-8")
    assert run(["build", "source", "--out", "out"]) == 0
    assert "built: 3" in capsys.readouterr().out


def test_a_broken_theme_scheme_leaves_the_corpus_alone(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "my.ttl").write_text("no Turtle", encoding="utf-8")
    assert run(["build", "source", "--out", "out"]) == 0
    before = contents(work / "out")
    assert run(["build", "source", "--out", "out", "--themes", "my.ttl"]) == 2
    assert "my.ttl" in capsys.readouterr().err
    assert contents(work / "out") == before
