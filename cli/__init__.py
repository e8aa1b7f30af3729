"""The command line: ``yaodian COMMAND``. Each command lives in a module of its own, imported when it is run.

Exit codes: 0 clean; 1 findings, or some documents failed; 2 the input or the command line is wrong; 3 a defect of
yaodian itself; 130 interrupted; 141 whoever read the output stopped reading.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from yaodian.cli.streams import OutputError, force_utf8, open_streams
from yaodian.errors import YaodianError
from yaodian.terminal import visible

COMMANDS = {
    "build": "Read plans and build a corpus: graph files, store, report and map.",
    "extract": "Show what is found in one plan.",
    "check": "Check a draft and list its defects with place, reason and advice.",
    "fix": "Put right what is safe to change, as a diff or in the file.",
    "suppress": "Accept findings, with the reason, so that check tells them no more.",
    "query": "Ask a corpus in SPARQL, or by the name of a ready-made question.",
    "search": "Find words in the plans of a corpus, with their places.",
    "compare": "Set cities side by side: what each promises, and what one lacks.",
    "track": "Follow a city's targets up: what was reported for them.",
    "diff": "Tell what has changed from one plan to another.",
    "verify": "Verify a corpus: files, quotes, terms, structure, index, sources.",
    "export": "Write a corpus as RDF, tables, networks or StratML.",
    "push": "Load a corpus into a SPARQL server, and keep it current there.",
    "serve": "Serve a corpus: SPARQL endpoint, ready-made questions, a page for each thing.",
    "map": "Draw the relationship map of a corpus as one HTML file.",
    "site": "Write a corpus as a folder of pages for a web server, or to open from disk.",
    "rules": "List the rules that check applies.",
    "explain": "Explain one rule: what it checks, why, the source, examples.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is run: help stays instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"yaodian.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        if _DEBUG not in command.params:
            command.params.append(_DEBUG)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"there is no command {args[0]!r}; {_nearest(args[0])}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _nearest(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, COMMANDS, n=1)
    return f"did you mean {near[0]}?" if near else f"there are: {', '.join(COMMANDS)}"


def _note_debug(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().meta["yaodian.debug"] = True


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"yaodian {version('yaodian')}")
        ctx.exit()


_DEBUG = click.Option(
    ["--debug"], is_flag=True, expose_value=False, callback=_note_debug, help="Show the traceback of an error."
)
_VERSION = click.Option(
    ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Show the version."
)

cli = LazyGroup(
    "yaodian",
    help="""Chinese municipal work plans (工作要点) as a knowledge graph: extract, check, query, see as a map.

    Exit status: 0 clean; 1 findings, or some documents failed; 2 the input or the command line is wrong; 3 a defect
    of yaodian itself.
    """,
    params=[_VERSION, _DEBUG],
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit code."""
    force_utf8()
    open_streams()
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line; its exit code. Errors become one line on the error stream."""
    try:
        code = _invoked(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        return 141
    except OutputError as error:
        _discard_output()
        return _told(str(error), 2)
    return code


def _invoked(arguments: list[str]) -> int:
    meta: dict[str, Any] = {}
    try:
        with cli.make_context("yaodian", list(arguments)) as ctx:
            meta = ctx.meta
            code = cli.invoke(ctx)
            return code if isinstance(code, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        return _shown(error)
    except (click.Abort, KeyboardInterrupt):
        return _told("interrupted", 130)
    except (BrokenPipeError, OutputError):
        raise
    except YaodianError as error:
        return _told(str(error), 2, debug=_debugging(meta, arguments))
    except Exception as error:
        debug = _debugging(meta, arguments)
        hint = "" if debug else " (a defect of yaodian; --debug shows where)"
        return _told(f"unexpected {type(error).__name__}: {error}{hint}", 3, debug=debug)


def _debugging(meta: dict[str, Any], arguments: list[str]) -> bool:
    return bool(meta.get("yaodian.debug")) or "--debug" in arguments


def _shown(error: click.ClickException) -> int:
    """What click says of a wrong command line: how the command is used, and the error."""
    said = io.StringIO()
    error.show(said)
    from yaodian.cli.complaints import in_words

    for line in said.getvalue().splitlines():
        click.echo(visible(in_words(line)), err=True)
    return 2


def _told(message: str, code: int, *, debug: bool = False) -> int:
    if debug:
        import traceback

        for line in traceback.format_exc().splitlines():
            click.echo(visible(line), err=True)
    from yaodian.cli.complaints import complain

    complain(message)
    return code


def _discard_output() -> None:
    """What is still buffered must not raise again at the end: a reader that stopped is no error in a pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
