"""The command line: ``yaodian COMMAND``. Each command lives in a module of its own, imported when it is run."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "build": "Read plans and build a corpus: graph files, store, report and map.",
    "extract": "Show what is found in one plan.",
    "check": "Check a draft and list its defects with place, reason and advice.",
    "query": "Ask a corpus in SPARQL, or by the name of a ready-made question.",
    "map": "Draw the relationship map of a corpus as one HTML file.",
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
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
