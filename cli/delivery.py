"""Where the result of a check goes: to the standard output, or whole into a file that is none of those read."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from yaodian.checking.formats import BINARY, FORMATS, ONE_DRAFT, format_of
from yaodian.reading.archive import split
from yaodian.terminal import visible

STANDARD = "-"
PLAIN = frozenset(("", ".txt", ".text", ".log"))
"""The endings of files that take what the screen shows."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A format, and the file to write; no path is the standard output."""

    form: str
    path: Path | None

    @property
    def on_terminal(self) -> bool:
        """Whether somebody looks at it as it comes."""
        return self.path is None and sys.stdout.isatty()

    @property
    def holds_one(self) -> bool:
        """Whether the format holds one draft."""
        return self.form in ONE_DRAFT

    def deliver(self, content: bytes) -> None:
        """Write it; ``YaodianError`` where the file cannot be written."""
        if self.path is None:
            click.echo(content, nl=False)
            return
        if self.form == "docx":
            from yaodian.word.naming import refuse_misnamed

            refuse_misnamed(content, self.path)
        from yaodian.output import save

        save(self.path, content)


def delivery(form: str | None, out: str | None, files: Sequence[str]) -> Delivery:
    """The delivery that is asked for.

    Raises ``click.UsageError`` where a format is nothing for a terminal, or for that many drafts, or no format has the
    ending of ``out``, and ``YaodianError`` where the file to write is one of those to read.
    """
    if out == "":
        raise click.BadParameter("the name is empty", param_hint="--out")
    path = None if out in (None, STANDARD) else Path(out or "")
    to = Delivery(form or (_form_of(path) if path else "text"), path)
    if to.form in BINARY and to.on_terminal:
        raise click.UsageError(f"{to.form} is nothing for a terminal: give a file with --out")
    if to.holds_one and len(files) > 1:
        raise click.UsageError(f"{to.form} holds one draft: check one FILE at a time")
    if path is not None:
        refuse_inputs(path, files)
    return to


def _form_of(path: Path) -> str:
    """The format that the ending of a file's name asks for; ``click.UsageError`` where it is that of none."""
    form = format_of(path) or ("text" if path.suffix.lower() in PLAIN else None)
    if form is None:
        endings = [".txt", *(ending for endings in FORMATS.values() for ending in endings)]
        raise click.UsageError(
            f"--out {visible(str(path))}: no format has the ending {visible(path.suffix)}; there are: "
            f"{', '.join(endings)} (or give --format)"
        )
    return form


def refuse_inputs(path: Path, files: Sequence[str]) -> None:
    """``YaodianError`` where the file to write is one of those to read."""
    from yaodian.output import refuse_overwriting

    inputs: list[Path | int] = [sys.stdin.fileno()] if STANDARD in files else []
    for file in files:
        inside = split(Path(file))
        inputs.append(inside[0] if inside else Path(os.fspath(file)))
    refuse_overwriting(path, inputs)
