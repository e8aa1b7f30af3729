"""``yaodian query`` as people run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus_texts import plan_text, write_plans

from yaodian.cli import run
from yaodian.cli.tables import cut, printable, table, width
from yaodian.corpus import build, open_corpus
from yaodian.errors import QueryError

PLANS = "SELECT ?plan ?title WHERE { ?plan a yd:Plan ; dcterms:title ?title } ORDER BY ?plan"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("query")
    write_plans(folder / "source", a=plan_text(), b=plan_text("泉州市", 2023, "晋江市", 20))
    build(folder / "source", folder / "build")
    return folder


@pytest.fixture
def work(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(made)
    return made


def test_table_is_aligned_for_the_width_of_chinese(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(["query", "-e", "SELECT ?name ?code WHERE { ?p a yd:Place ; skos:prefLabel ?name ; skos:notation ?code }"])
        == 0
    )
    header, rule, *lines, count = capsys.readouterr().out.splitlines()
    assert count == f"{len(lines)} rows"
    assert len({len(line.split()[0]) for line in lines}) > 0
    assert {width(line[: line.index(line.split()[1])]) for line in lines} == {width(header[: header.index("code")])}
    assert width(rule) == max(width(line) for line in lines)


def test_file_expression_and_name_are_questions(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "plans.rq").write_text(f"# 所有要点\n{PLANS}", "utf-8")
    answers = []
    for question in (["plans.rq"], ["-e", PLANS], ["-d", "build", "-e", PLANS]):
        assert run(["query", *question]) == 0
        answers.append(capsys.readouterr().out)
    assert len(set(answers)) == 1
    assert "plan:330600-2024  绍兴市教育局2024年工作要点" in answers[0]


@pytest.mark.parametrize("question", ["-", "/dev/stdin"])
def test_standard_input_is_a_question(work: Path, question: str) -> None:
    if question != "-" and not Path(question).exists():
        pytest.skip("there is no such device")
    text = f"\ufeff# 所有要点\n{PLANS}".encode()
    assert _program("query", question, "--format", "csv", stdin=text).stdout.count(b"\r\n") == 3
    assert b"not UTF-8" in _program("query", question, stdin="查询".encode("gbk"), code=2).stderr


def test_a_name_is_a_name_whatever_files_there_are(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = work / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("places-named", "mine", "Mine.RQ"):
        (folder / name).write_text("SELECT ?ownFile WHERE { VALUES ?ownFile { 1 } }")
    for question, own in (("places-named", False), ("./places-named", True), ("./mine", True), ("Mine.RQ", True)):
        assert run(["query", "-d", "../build", question]) == 0
        assert ("ownFile" in capsys.readouterr().out) is own
    assert run(["query", "-d", "../build", "mine"]) == 2
    assert "write ./mine" in capsys.readouterr().err


def test_a_triple_as_a_value_is_shown(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = 'SELECT ?t WHERE { BIND(<<( plan:x a <<( plan:y a "云\\u001b[31m"@zh )>> )>> AS ?t) }'
    assert run(["query", "-e", query]) == 0
    assert "<<( plan:x rdf:type <<( plan:y rdf:type 云 )>> )>>" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "excel"])
def test_formats(work: Path, form: str) -> None:
    content = _program("query", "-e", PLANS, "--format", form).stdout
    assert "绍兴市教育局2024年工作要点" in content.decode()
    if form == "json":
        assert len(json.loads(content)["results"]["bindings"]) == 2
    if form == "csv":
        assert content.splitlines(keepends=True)[0] == b"plan,title\r\n"


def test_triples_and_truth(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "-e", "ASK { ?p a yd:Plan }"]) == 0
    assert capsys.readouterr().out == "true\n"
    assert run(["query", "-e", "CONSTRUCT { ?p a yd:Plan } WHERE { ?p a yd:Plan }", "--format", "ttl"]) == 0
    assert "plan:330600-2024 a yd:Plan ." in capsys.readouterr().out


def test_list_has_every_question_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    from yaodian.corpus import named_queries

    for lang in ("zh", "en"):
        assert run(["query", "--list", "--lang", lang]) == 0
        out = capsys.readouterr().out
        for query in named_queries().values():
            assert f"{query.name}  {query.title_zh if lang == 'zh' else query.title_en}" in out
            assert all(f"--{parameter.name} …" in out for parameter in query.parameters)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["target"], "did you mean targets"),
        (["nowhere.rq"], "nowhere.rq: cannot be read"),
        (["targets", "-p", "cty=x"], "did you mean city"),
        (["targets", "-p", "year=next"], "is no integer"),
        (["targets", "-p", "year"], "NAME=VALUE"),
        (["targets", "-p", "year=2023", "-p", "year=2024"], "-p year is given twice"),
        (["targets", "-p", "lang=fr"], "parameter lang: 'fr' is none of its values (zh, en)"),
        (["findings", "-p", "severity=bad"], "violation, warning, info"),
        ([], "give one question"),
        (["targets", "-e", "ASK { }"], "give one question"),
        (["-d", "nowhere", "targets"], "nowhere: no such folder"),
        (["-e", "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], "SERVICE"),
        (["-e", "DROP ALL"], "would change data"),
        (["-e", "SELECT ?x WHERE {"], "does not parse"),
        (["-e", PLANS, "--format", "ttl"], "Turtle"),
    ],
)
def test_what_cannot_be_answered_is_exit_2_and_one_word_why(
    work: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", *arguments]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml", "excel"])
def test_value_that_matches_nothing_is_told_with_those_that_would(
    work: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", "targets", "-p", "theme=astronomy", "-p", "city=绍兴", "--format", form]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("yaodian: nothing here matches theme=astronomy; there are: ")
    assert "teachers (" in line
    assert run(["query", "targets", "-p", "city=泉州", "--format", form]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("question", "parameter", "told"),
    [
        ("targets", "city=常洲", "泉州市、绍兴市"),
        ("places-named", "year=1999", "2023、2024"),
        ("findings", "rule=YD-Q", "YD-"),
        ("policy-cities", "policy=天文学", "新时代中小学教师职业行为十项准则"),
        ("items-by-theme", "theme=天文 -p lang=en", "teachers (Teaching staff)"),
        ("indicators", "indicator=新增座位", "did you mean 新增学位"),
        ("places-ranking", "place=诸继", "did you mean 诸暨市?"),
    ],
)
def test_each_parameter_has_values(
    work: Path, question: str, parameter: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", question, "-p", *parameter.split()]) == 0
    assert told in capsys.readouterr().err


def test_every_parameter_of_a_question_has_values_or_says_them() -> None:
    from yaodian.corpus import named_queries
    from yaodian.ontology import lexicon

    for query in named_queries().values():
        for parameter in query.parameters:
            assert parameter.values or parameter.default or parameter.name in lexicon("parameters")


def test_full_width_digits_are_digits(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "targets", "-p", "year=２０２３", "--format", "csv"]) == 0
    full = capsys.readouterr()
    assert run(["query", "targets", "-p", "year=2023", "--format", "csv"]) == 0
    assert full.out == capsys.readouterr().out
    assert full.out.count("泉州市") > 2
    assert run(["query", "targets", "-p", "year=٢٠٢٣"]) == 2


def test_without_a_corpus_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["query", "targets"]) == 2
    assert "yaodian build SOURCE... --out build" in capsys.readouterr().err


def test_endless_query_is_stopped(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert run(["query", "-e", endless, "--timeout", "0.5"]) == 2
    assert time.monotonic() - began < 20
    assert "no answer after 0.5 seconds" in capsys.readouterr().err


HUNGRY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited through RLIMIT_AS, and measured through /proc")
def test_query_that_needs_too_much_memory_is_stopped(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "-e", HUNGRY, "--memory", "64"]) == 2
    told = capsys.readouterr()
    assert "needs more memory than 64 MB" in told.err
    assert "ask for less" in told.err
    assert told.err.count("\n") == 1
    with pytest.raises(QueryError, match="more memory than 50 MB"):
        open_corpus("build").query(HUNGRY, memory=50)


@pytest.mark.parametrize("memory", ["0", "64", "4096"])
def test_modest_query_needs_no_more_memory_than_it_is_given(work: Path, memory: str) -> None:
    assert run(["query", "targets", "--memory", memory]) == 0


@pytest.mark.parametrize("timeout", ["nan", "inf", "-inf", "1e300", "-1", "86401", "ten"])
def test_time_that_cannot_be_waited_is_refused(work: Path, timeout: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "-e", PLANS, f"--timeout={timeout}"]) == 2
    told = capsys.readouterr().err
    assert "86400" in told or "not a valid float" in told


@pytest.mark.parametrize("limits", [{"timeout": float("nan")}, {"timeout": 1e300}, {"timeout": -1}, {"memory": -1}])
def test_limits_that_are_none_are_refused_in_python_too(work: Path, limits: dict[str, Any]) -> None:
    with pytest.raises(QueryError, match="given"):
        open_corpus("build").query(PLANS, **limits)


def test_table_shows_nothing_that_a_terminal_acts_on() -> None:
    hostile = "标题\x1b[2J\x1b]0;pwn\x07\r\n\u202e反向\u200b\x00\x9b31m"
    assert printable(hostile) == "标题 反向31m"
    assert "\x1b" not in table(["a"], [[hostile]])


@pytest.mark.parametrize("room", [1, 7, 20, 40, 80, 100])
def test_no_line_is_wider_than_the_screen(room: int) -> None:
    header = ["cityName", "planYear", "themeName", "heading", "indicator", "comparator", "value", "unit", "quote"]
    row = [
        "云川市",
        "2023",
        "学校建设与办学条件",
        "加快学校建设" * 3,
        "新增学位",
        "ge",
        "3000",
        "个",
        "新增学位3000个以上",
    ]
    lines = table(header, [row, row], right=[6], room=room).splitlines()
    assert all(width(line) <= room for line in lines)
    assert len(lines) == 4
    whole = table(header, [row, row], right=[6])
    assert "…" not in whole


def test_short_columns_are_left_whole_while_long_ones_can_give(tmp_path: Path) -> None:
    header = ["plan", "city", "year", "kind", "items", "targets", "results", "policies", "findings"]
    row = ["沅宁市-2023-summary-plan-3f2a91c0", "沅宁市", "2023", "summary+plan", "30", "45", "48", "14", "1"]
    lines = table(header, [row], right=range(4, 9), room=80).splitlines()
    assert all(width(line) <= 80 for line in lines)
    assert lines[0].split()[2:] == header[2:]
    assert lines[2].split()[2:3] + lines[2].split()[4:] == ["2023", "30", "45", "48", "14", "1"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals there")
def test_tables_fit_the_terminal_and_are_whole_in_a_pipe(work: Path) -> None:
    question = ["query", "targets"]
    shown = _on_terminal(60, *question)
    assert all(width(line) <= 60 for line in shown.splitlines())
    assert "…" in shown
    piped = _program(*question).stdout.decode()
    assert "…" not in piped
    assert max(map(width, piped.splitlines())) > 60


def _on_terminal(columns: int, *arguments: str) -> str:
    """What the program shows on a terminal of that width."""
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    command = [sys.executable, "-c", "from yaodian.cli import main; main()", *arguments]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment):
        os.close(slave)
        return b"".join(_read(master)).decode()


def _read(terminal: int) -> Iterator[bytes]:
    """Everything that is written to a terminal until its writer ends, which Linux tells by an error."""
    try:
        while piece := os.read(terminal, 4096):
            yield piece
    except OSError:
        return
    finally:
        os.close(terminal)


def test_wide_cells_are_cut_to_the_screen() -> None:
    assert cut("新增学位个数", 7) == "新增学…"
    assert width(cut("a新增学位", 4)) <= 4
    lines = table(["名称", "n"], [["很长的名称" * 10, "1"], ["短", "22"]], right=[1], room=40).splitlines()
    assert all(width(line) <= 40 for line in lines)
    assert lines[2].endswith(" 1")
    assert lines[3].endswith("22")


def _program(*arguments: str, stdin: bytes = b"", code: int = 0) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from yaodian.cli import main; main()", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    assert done.returncode == code
    return done
