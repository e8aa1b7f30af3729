"""``yaodian fix``: put right what is safe to change, as a diff or in the file."""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yaodian.checking.language import Language, preferred, words
from yaodian.cli.choosing import Choice, all_rules, choosing_rules
from yaodian.errors import YaodianError
from yaodian.filenames import readable
from yaodian.terminal import visible

if TYPE_CHECKING:
    from yaodian.checking.fixing import Fixed
    from yaodian.model import Document

EXAMPLES = """\b
Examples:
  yaodian fix draft.txt                       what would change, as a diff
  yaodian fix draft.txt --write               change it
  yaodian fix draft.txt --rule YD-X13         one rule only
  yaodian fix draft.txt --show-unsafe         also what only the author can decide
"""


@click.command("fix", epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--write", is_flag=True, help="Change the files, instead of showing what would change.")
@click.option("--show-unsafe", is_flag=True, help="Show also what probably should stand there; it is never changed.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language; Chinese unless the locale names another language."
)
@choosing_rules
def command(choice: Choice, files: tuple[str, ...], write: bool, show_unsafe: bool, lang: Language | None) -> None:
    """Put right what is safe to change: numbering, half-width marks, document numbers, doubled labels and marks.

    Prints a unified diff; with --write the files are changed, each as a whole or not at all, and keep their encoding
    and line ends. Only text files can be written; of others the diff of their text is shown.

    Exit status: 0 nothing to change, or written; 1 something would change; 2 a FILE cannot be read or written.
    """
    language, chosen = lang or preferred(), [rule.code for rule in choice.rules().rules]
    rules, changes, failed = all_rules(choice.own), False, False
    from yaodian.checking.fixing import fix
    from yaodian.reading import read

    for file in files:
        try:
            document = read(file)
            fixed = fix(document, rules, chosen)
            if fixed.edits and write:
                _write(document, fixed)
            elif fixed.edits:
                click.echo("".join(_diff(document, fixed)), nl=False)
        except YaodianError as error:
            failed = True
            click.echo(f"yaodian: {visible(str(error))}", err=True)
            continue
        changes = changes or bool(fixed.edits)
        for line in _told(document, fixed, write, show_unsafe, language):
            click.echo(line, err=not write and bool(fixed.edits))
    sys.exit(2 if failed else int(changes and not write))


def _write(document: Document, fixed: Fixed) -> None:
    from yaodian.checking.fixing.files import NotWritableError, encoded, is_text
    from yaodian.output import write_file
    from yaodian.reading.archive import MARK
    from yaodian.reading.files import bytes_of

    name = readable(document.source)
    if document.source == "-" or MARK in document.source or not is_text(document):
        raise NotWritableError(f"{name}: only text files can be written; without --write, what would change is shown")
    path = Path(document.source)
    content = encoded(document, bytes_of(path), fixed.text)
    try:
        write_file(path, [content])
    except OSError as error:
        raise NotWritableError(f"{name}: cannot be written: {error.strerror or error}") from error


def _diff(document: Document, fixed: Fixed) -> Iterator[str]:
    """A unified diff of the text. On a terminal nothing in it acts; elsewhere it is as patch wants it."""
    name = readable(document.name)
    before, after = _lines(document.text), _lines(fixed.text)
    for line in difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", n=1):
        whole = line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
        yield f"{visible(whole.rstrip())}\n" if sys.stdout.isatty() else whole


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends, as patch counts them: by line feeds."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    return [line for line in lines if line]


def _told(document: Document, fixed: Fixed, write: bool, show_unsafe: bool, language: Language) -> Iterator[str]:
    from yaodian.checking.fixing.files import is_text

    said, file = words(language)["fixing"], visible(document.source)
    codes = Counter(edit.code for edit in fixed.edits)
    if not codes:
        yield said["nothing"].format(file=file)
    else:
        told = said["between"].join(f"{code} ×{number}" for code, number in sorted(codes.items()))
        yield said["written" if write else "would"].format(file=file, number=codes.total(), codes=told)
    if codes and not is_text(document):
        yield said["text_only"].format(file=file)
    if show_unsafe:
        for finding in fixed.left:
            if "expected" in finding.fields:
                yield said["unsafe"].format(
                    file=file,
                    code=finding.code,
                    quote=visible(finding.quote),
                    expected=visible(finding.fields["expected"]),
                )
