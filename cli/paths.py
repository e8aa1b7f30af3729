"""Paths on the command line: an empty one is no name for the current folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from yaodian.errors import CorpusError

DEFAULT_CORPUS = Path("build")
CommandT = TypeVar("CommandT", bound=Callable[..., Any])


class NamedPath(click.Path):
    """A path that is not empty, as an empty variable of a script leaves it."""

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, as ``click.Path`` gives it."""
        if not os.fspath(value):
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


def corpus_option(command: CommandT) -> CommandT:
    """-d, the folder of the corpus, as ``corpus``; ``build`` by default."""
    return click.option(
        "--corpus",
        "-d",
        type=NamedPath(path_type=Path),
        default=DEFAULT_CORPUS,
        show_default=True,
        help="The folder of the corpus.",
    )(command)


def corpus_here() -> Path:
    """The corpus in the folder that builds go to; ``CorpusError`` where there is none."""
    if DEFAULT_CORPUS.is_dir():
        return DEFAULT_CORPUS
    raise CorpusError("which corpus? give its folder with -d, or make one: yaodian build SOURCE... --out build")


def corpus_folder(command: CommandT) -> CommandT:
    """The folder of the corpus as ``corpus``: the argument DIR, or -d as elsewhere; ``build`` by default."""

    @wraps(command)
    def placed(*args: Any, folder: Path | None, corpus: Path | None, **options: Any) -> Any:
        if folder and corpus:
            raise click.UsageError("the folder is given twice: as DIR, and with -d")
        return command(*args, corpus=folder or corpus or DEFAULT_CORPUS, **options)

    kind = NamedPath(path_type=Path)
    option = click.option("--corpus", "-d", type=kind, help="The same as DIR.")
    return cast(CommandT, click.argument("folder", metavar="[DIR]", type=kind, required=False)(option(placed)))
