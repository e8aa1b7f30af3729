"""The frame of the command line: help, errors, exit codes, streams."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from pathlib import Path

import click
import pytest

from yaodian.cli import COMMANDS, run
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


@pytest.mark.skipif(os.name == "nt", reason="the processor time of other processes is not told there")
def test_help_is_instant() -> None:
    def processor_seconds(*command: str) -> float:
        before = os.times()
        subprocess.run([sys.executable, "-c", *command], capture_output=True, check=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    bare = min(processor_seconds("import click") for _ in range(4))
    whole = min(processor_seconds("from yaodian.cli import main; main()", "--help") for _ in range(4))
    assert whole < bare * 1.5 + 0.03


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    script = "import sys, yaodian.cli as c; c.run(['--help']); print(*sys.modules, file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    loaded = set(result.stderr.decode().split())
    assert not loaded & {"rdflib", "pyshacl", "pyoxigraph", "networkx", "jinja2", "selectolax", "yaodian.model"}
