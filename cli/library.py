"""The questions that commands know by name: the ready-made ones, and those of the folder that ``--queries`` names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yaodian.cli.complaints import complain
from yaodian.cli.paths import NamedPath

if TYPE_CHECKING:
    from yaodian.corpus.library import Library

own_queries = click.option(
    "--queries",
    type=NamedPath(path_type=Path),
    metavar="DIR",
    help="A folder of one's own questions (NAME.rq), asked by name like the ready-made ones.",
)
"""The option ``--queries DIR``."""


def library_told(folder: Path | None) -> Library:
    """The questions by name; what is wrong with those that are none is told."""
    from yaodian.corpus.library import library

    known = library(folder)
    for problem in known.broken.values():
        complain(problem)
    return known
