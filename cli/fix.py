"""``yaodian fix``: put right what is safe to change, as a diff or in the file."""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yaodian.checking.formats import format_of
from yaodian.checking.language import words
from yaodian.cli.choosing import Choice, all_rules, choosing_rules
from yaodian.cli.complaints import complain
from yaodian.cli.delivery import STANDARD, refuse_inputs
from yaodian.errors import NotWritableError, YaodianError
from yaodian.filenames import readable
from yaodian.locales import Language, preferred
from yaodian.terminal import visible

if TYPE_CHECKING:
    from yaodian.checking import RuleSet
    from yaodian.checking.fixing import Fixed
    from yaodian.model import Document
    from yaodian.word.revisions import Revisions

EXAMPLES = """\b
Examples:
  yaodian fix draft.txt                       what would change, as a diff
  yaodian fix draft.txt --write               change it
  yaodian fix draft.docx --out fixed.docx     a copy with tracked changes, to accept or reject in Word
  yaodian fix draft.txt --rule YD-X13         one rule only
  yaodian fix draft.txt --show-unsafe         also what only the author can decide
"""


@click.command("fix", epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--write", is_flag=True, help="Change the files, instead of showing what would change.")
@click.option("--out", metavar="FILE", help="Write the one FILE as it is after the changes to this file, as a copy.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="The date of changes in Word files; they have none unless it is given, so that the same draft gives the same.",
)
@click.option("--show-unsafe", is_flag=True, help="Show also what probably should stand there; it is never changed.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language; Chinese unless the locale names another language."
)
@choosing_rules
def command(
    choice: Choice,
    files: tuple[str, ...],
    write: bool,
    out: str | None,
    date: datetime | None,
    show_unsafe: bool,
    lang: Language | None,
) -> None:
    """Put right what is safe to change: numbering, half-width marks, document numbers, doubled labels and marks.

    Prints a unified diff; with --write the files are changed, each as a whole or not at all, with --out a copy is.
    Text files keep their encoding and line ends. Word files get tracked changes, which their author accepts or rejects.
    Of other files the diff of their text is shown.

    Exit status: 0 nothing to change, or written; 1 something would change; 2 a FILE cannot be read or written.
    """
    language, chosen = lang or preferred(), [rule.code for rule in choice.rules().rules]
    target = _target(out, files, write)
    rules, changes, failed = all_rules(choice.own), False, False
    for file in files:
        try:
            one = _One.of(file, rules, chosen, date)
            if target or (write and one.fixed.edits):
                one.write(target)
            elif one.fixed.edits:
                click.echo("".join(_diff(one.document, one.fixed)), nl=False)
        except YaodianError as error:
            failed = True
            complain(str(error), lang)
            continue
        changes = changes or bool(one.fixed.edits)
        for line in _told(one, bool(write or target), show_unsafe, language):
            click.echo(line, err=not (write or target) and bool(one.fixed.edits))
    sys.exit(2 if failed else int(changes and not (write or target)))


def _target(out: str | None, files: tuple[str, ...], write: bool) -> Path | None:
    """The file for the copy, if one is asked for."""
    if out is None:
        return None
    if write:
        raise click.UsageError("--write changes the file itself, --out writes a copy: give one of them")
    if len(files) > 1:
        raise click.UsageError("--out takes one copy: fix one FILE at a time")
    if out in ("", STANDARD):
        raise click.BadParameter("give the name of a file", param_hint="--out")
    refuse_inputs(Path(out), files)
    return Path(out)


@dataclass(frozen=True)
class _One:
    """A file after its fixes, and what its Word file can take, if it is one."""

    document: Document
    fixed: Fixed
    date: datetime | None
    revisions: Revisions | None = None

    @classmethod
    def of(cls, file: str, rules: RuleSet, chosen: list[str], date: datetime | None) -> _One:
        """``ReadingError`` where the file cannot be read."""
        from yaodian.checking.fixing import fix
        from yaodian.reading import read

        document = read(file)
        if not _is_word(document):
            return cls(document, fix(document, rules, chosen), date)
        from yaodian.checking.fixing.word import hindrance_in, revisions_of

        revisions = revisions_of(document)
        return cls(document, fix(document, rules, chosen, hindrance_in(revisions)), date, revisions)

    @property
    def can_be_written(self) -> bool:
        """Whether there is a way to put the changes into the file."""
        from yaodian.checking.fixing.files import is_text

        return self.revisions is not None or is_text(self.document)

    def write(self, target: Path | None) -> None:
        """Write it to ``target``, or to its own file; ``YaodianError`` where that cannot be."""
        from yaodian.output import write_file
        from yaodian.reading.archive import MARK

        source = self.document.source
        own = target is None
        if not self.can_be_written or source == STANDARD or (own and MARK in source):
            raise NotWritableError(
                f"{readable(source)}: only text and Word files can be written; "
                "without --write, what would change is shown"
            )
        path = target or Path(source)
        content = self._content(path)
        try:
            write_file(path, [content])
        except OSError as error:
            raise NotWritableError(f"{readable(str(path))}: cannot be written: {error.strerror or error}") from error

    def _content(self, path: Path) -> bytes:
        if self.revisions is None:
            from yaodian.checking.fixing.files import encoded
            from yaodian.reading import content_of

            if format_of(path) == "docx":
                raise NotWritableError(f"{readable(str(path))}: the copy is text as its draft is: give it that ending")
            return encoded(self.document, content_of(Path(self.document.source)), self.fixed.text)
        from yaodian.checking.fixing.word import tracked
        from yaodian.word.naming import refuse_misnamed

        date = self.date.strftime("%Y-%m-%dT%H:%M:%SZ") if self.date else None
        content = tracked(self.revisions, self.fixed.edits, self.document.name, date)
        refuse_misnamed(content, path)
        return content


def _is_word(document: Document) -> bool:
    from yaodian.checking.fixing.word import is_word

    return is_word(document)


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


def _told(one: _One, written: bool, show_unsafe: bool, language: Language) -> Iterator[str]:
    said, file = words(language)["fixing"], visible(one.document.source)
    codes = Counter(edit.code for edit in one.fixed.edits)
    if not codes:
        yield said["nothing"].format(file=file)
    else:
        told = said["between"].join(f"{code} ×{number}" for code, number in sorted(codes.items()))
        yield said["written" if written else "would"].format(file=file, number=codes.total(), codes=told)
    if codes and not one.can_be_written:
        yield said["text_only"].format(file=file)
    for edit, reason in one.fixed.refused:
        place = one.document.place(edit.start)
        yield said["refused"].format(
            file=f"{file}:{place.line}:{place.column}",
            code=edit.code,
            quote=visible(one.document.text[edit.start : edit.end]),
            replacement=visible(edit.replacement),
            reason=said["obstacles"][reason],
        )
    if show_unsafe:
        yield from _unsafe(one, said, file)


def _unsafe(one: _One, said: dict[str, Any], file: str) -> Iterator[str]:
    for finding in one.fixed.left:
        if "expected" in finding.fields:
            yield said["unsafe"].format(
                file=file,
                code=finding.code,
                quote=visible(finding.quote),
                expected=visible(finding.fields["expected"]),
            )
