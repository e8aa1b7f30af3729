"""The frame of the command line: help, errors, exit codes, streams."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import types
from contextlib import suppress
from pathlib import Path

import click
import pytest
from corpus_texts import plan_text, write_plans

from yaodian.cli import COMMANDS, run
from yaodian.corpus import build
from yaodian.errors import YaodianError

MAIN = [sys.executable, "-c", "from yaodian.cli import main; main()"]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """The command ``map`` replaced by one that does what the test says."""
    module = types.ModuleType("yaodian.cli.map")
    monkeypatch.setitem(sys.modules, "yaodian.cli.map", module)
    return module


def _command(module: types.ModuleType, error: BaseException | None, code: int = 0) -> None:
    @click.command("map")
    @click.pass_context
    def command(ctx: click.Context) -> None:
        if error:
            raise error
        ctx.exit(code)

    module.command = command  # type: ignore[attr-defined]


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    out = capsys.readouterr().out
    assert "--debug" in out
    assert len(out.splitlines()) > 5


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("yaodian 0.")


def test_unknown_command_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["biuld"]) == 2
    assert "did you mean build?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (YaodianError("build: it is\nbroken"), 2, "yaodian: build: it is broken\n"),
        (ValueError("x"), 3, "yaodian: unexpected ValueError: x (a defect of yaodian; --debug shows where)\n"),
        (KeyboardInterrupt(), 130, "yaodian: interrupted\n"),
        (click.BadParameter("no"), 2, "Error: Invalid value: no\n"),
        (YaodianError("a\x1b]0;b\x07c\x9bd"), 2, "yaodian: a\ufffd]0;b\ufffdc\ufffdd\n"),
        (KeyError("a\x1b]0;b\x07c"), 3, "where)\n"),
        (click.BadParameter("a\x1b]0;b\x07c"), 2, "Error: Invalid value: a\ufffd]0;b\ufffdc\n"),
    ],
)
def test_errors_are_one_line(
    failing: types.ModuleType, error: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _command(failing, error)
    assert run(["map"]) == code
    err = capsys.readouterr().err
    assert err.endswith(line)
    assert not set("\x1b\x07\x9b") & set(err)


WRONG = [
    (["extract", "无.txt"], "yaodian: 无.txt: 没有这个文件或文件夹\n", "yaodian: 无.txt: No such file or directory\n"),
    (
        ["query", "targetz"],
        "yaodian: 没有叫 'targetz' 的现成问题；是不是 targets、target-changes 或 targets-by-theme？\n",
        "yaodian: there is no ready-made question 'targetz'; did you mean targets or target-changes or targets-by-theme?\n",
    ),
    (
        ["search", "学位", "-d", "无"],
        "yaodian: 无: 没有这个文件夹（读不到 manifest.json）；可以构建一个：yaodian build SOURCE... --out 无\n",
        "yaodian: 无: no such folder (manifest.json cannot be read); make one with: yaodian build SOURCE... --out 无\n",
    ),
    (
        ["biuld"],
        "用法：yaodian [OPTIONS] COMMAND [ARGS]...\n用 'yaodian --help' 查看帮助。\n\n错误：没有命令 'biuld'；是不是 build？\n",
        "Usage: yaodian [OPTIONS] COMMAND [ARGS]...\nTry 'yaodian --help' for help.\n\n"
        "Error: there is no command 'biuld'; did you mean build?\n",
    ),
    (["check", "无.txt"], "yaodian: 无.txt: 没有这个文件或文件夹\n", "yaodian: 无.txt: No such file or directory\n"),
    (["fix", "无.txt"], "yaodian: 无.txt: 没有这个文件或文件夹\n", "yaodian: 无.txt: No such file or directory\n"),
]


@pytest.mark.parametrize(("arguments", "chinese", "english"), WRONG)
def test_errors_are_told_in_the_language_of_the_locale(
    arguments: list[str],
    chinese: str,
    english: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for locale, told in (("zh_CN.UTF-8", chinese), ("C.UTF-8", english), ("en_GB.UTF-8", english), ("", english)):
        monkeypatch.setenv("LANG", locale)
        with suppress(SystemExit):
            assert run(arguments) == 2
        assert capsys.readouterr().err == told


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("x"), "yaodian: 意外错误 ValueError：x（这是 yaodian 的缺陷；加 --debug 可看出在哪里）\n"),
        (AssertionError(), "yaodian: 意外错误 AssertionError（这是 yaodian 的缺陷；加 --debug 可看出在哪里）\n"),
        (KeyboardInterrupt(), "yaodian: 已中断\n"),
        (
            click.BadParameter("an empty reason says nothing", param_hint="--reason"),
            "错误：--reason 的值无效：理由不能是空的\n",
        ),
    ],
)
def test_defects_and_interruptions_are_told_in_chinese(
    failing: types.ModuleType,
    error: BaseException,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _command(failing, error)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    run(["map"])
    assert capsys.readouterr().err.endswith(line)


@pytest.mark.parametrize("arguments", [["--debug", "map"], ["map", "--debug"]])
@pytest.mark.parametrize("error", [YaodianError("wrong"), ZeroDivisionError("worse")])
def test_debug_shows_where(
    failing: types.ModuleType, error: Exception, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _command(failing, error)
    run(arguments)
    err = capsys.readouterr().err
    assert err.startswith("Traceback")
    assert str(error) in err.splitlines()[-1]


def test_a_traceback_does_not_act_on_the_terminal(
    failing: types.ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    _command(failing, ValueError("a\x1b]0;b\x07c\x9bd"))
    run(["map", "--debug"])
    err = capsys.readouterr().err
    assert err.startswith("Traceback")
    assert not set("\x1b\x07\x9b") & set(err)


def test_exit_code_of_a_command_is_kept(failing: types.ModuleType) -> None:
    _command(failing, None, 1)
    assert run(["map"]) == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way there")
def test_reader_that_stops_is_no_error() -> None:
    script = "import sys, yaodian.cli as c, click\n"
    script += "c.cli.invoke = lambda ctx: [click.echo('学位' * 1000) for _ in range(1000)]\nc.main(['map'])"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "gbk"}, {"PYTHONUTF8": "0", "LANG": "C"}]
)
def test_output_is_utf8_in_any_locale(environment: dict[str, str]) -> None:
    result = subprocess.run([*MAIN, "--help"], capture_output=True, env={**os.environ, **environment}, check=True)
    assert "工作要点" in result.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", ""],
        ["extract", "x.txt", "--out", ""],
        ["extract", "x.txt", "--themes", ""],
        ["build", "x.txt", "--out", ""],
        ["build", ""],
        ["map", "--out", ""],
        ["map", "-d", ""],
        ["query", "targets", "-d", ""],
    ],
)
def test_an_empty_name_is_no_name(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    assert "empty" in capsys.readouterr().err


QUERY = "query -d build -e 'SELECT ?n WHERE { VALUES ?n { 1 } }'"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with plans, one of them in GBK, and their corpus; in it all commands can work."""
    folder = write_plans(tmp_path_factory.mktemp("streams"), plan=plan_text(), 泉州=plan_text("云川市", 2023, "晋江市"))
    build([folder / "plan.txt", folder / "泉州.txt"], folder / "build")
    return folder


def _shell(folder: Path, arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    program = f"{shlex.quote(sys.executable)} -c 'from yaodian.cli import main; main()'"
    command = ["sh", "-c", f"{program} {arguments}"]
    return subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, check=False)


FULL, CLOSED = ("/dev/full", "No space left on device"), ("&-", "it is closed")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(
    ("arguments", "to", "reason"),
    [
        ("--help", *FULL),
        ("rules --format md", *FULL),
        (QUERY, *FULL),
        ("extract plan.txt --format nq", *FULL),
        ("check plan.txt", *FULL),
        ("build plan.txt -o new", *FULL),
        ("--version", *CLOSED),
        (f"{QUERY} --format csv", *CLOSED),
        ("build plan.txt -o new", *CLOSED),
    ],
)
def test_output_that_cannot_be_written_is_one_line(made: Path, arguments: str, to: str, reason: str) -> None:
    done = _shell(made, f"{arguments} >{to}")
    assert done.stderr.decode() == f"yaodian: the output cannot be written: {reason}\n"
    assert done.returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="the shell is another one there")
@pytest.mark.parametrize("to", ["&-", "/dev/full"])
def test_error_stream_that_cannot_be_written_changes_nothing_else(made: Path, to: str) -> None:
    done = _shell(made, f"extract nowhere.txt 2>{to}")
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")
    assert json.loads(_shell(made, f"extract plan.txt 2>{to}").stdout)["doc"] == "plan.txt"
    assert _shell(made, f"build plan.txt empty.txt -o other 2>{to}").returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="the shell is another one there")
def test_closed_input_is_empty(made: Path) -> None:
    done = _shell(made, "extract - <&-")
    assert (done.returncode, done.stderr) == (2, b"yaodian: -: the file is empty\n")


@pytest.mark.skipif(os.name == "nt", reason="there is no such locale there")
@pytest.mark.parametrize(
    "arguments",
    [
        "build 泉州.txt plan.txt -o 语料", "extract 泉州.txt", "extract 泉州.txt --format text", "check 泉州.txt",
        "query -d build targets -p city=泉州", "map -d build --city 云川 -o 图.html", "query -d build -e 'ASK { ?s ?p \"云\" }'",
    ],
)  # fmt: skip
def test_a_locale_without_chinese_changes_nothing(made: Path, arguments: str) -> None:
    usual = _shell(made, arguments)
    bare = _shell(made, arguments, PYTHONUTF8="0", LC_ALL="C")
    assert bare.returncode == usual.returncode < 2
    assert bare.stderr == usual.stderr
    assert bare.stdout == usual.stdout or arguments.startswith("build")


@pytest.mark.skipif(os.name == "nt", reason="the processor time of other processes is not told there")
def test_help_is_instant() -> None:
    def processor_seconds(*command: str) -> float:
        before = os.times()
        subprocess.run([sys.executable, "-c", *command], capture_output=True, check=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    # By turns: another program's work slows both down.
    turns = [
        (processor_seconds("import click"), processor_seconds("from yaodian.cli import main; main()", "--help"))
        for _ in range(6)
    ]
    bare, whole = map(min, zip(*turns, strict=True))
    assert whole < bare * 1.5 + 0.03


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    script = "import sys, yaodian.cli as c; c.run(['--help']); print(*sys.modules, file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    loaded = set(result.stderr.decode().split())
    assert not loaded & {"rdflib", "pyshacl", "pyoxigraph", "networkx", "jinja2", "selectolax", "yaodian.model"}
