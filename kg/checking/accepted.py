"""Findings that were looked at and accepted: kept in a TOML file beside the draft, never in the draft itself.

An entry names the rule and the fingerprint of the words (see :mod:`yaodian.checking.fingerprint`), so that it goes on
holding when the draft is edited elsewhere. A *suppression* says why; it holds for every file of its folder, for drafts
are renamed from version to version. A *baseline* takes in all that is found in old files, and holds for each file by
its name.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yaodian.checking.findings import Finding
from yaodian.errors import YaodianError, shown
from yaodian.filenames import readable
from yaodian.output import write_file

SIDE_FILE = ".yaodian-ignore.toml"
_TABLE = "accepted"
_KEYS = ("file", "rule", "fingerprint", "quote", "reason")
_NEEDED = ("rule", "fingerprint")
_LONGEST_QUOTE = 40
_HEAD = """\
# Findings of yaodian check that were looked at and accepted. rule and fingerprint (of the words and those around them)
# decide; file and quote are for people. Written by: yaodian suppress FILE CODE@LINE:COLUMN --reason "..."
# 下列各处经核对，予以保留。以 rule 和 fingerprint（文字及其前后文的指纹）为准，file 和 quote 供人查阅。
"""


class SuppressionError(YaodianError):
    """A file of accepted findings cannot be read, or an entry of it is broken."""


@dataclass(frozen=True, slots=True, order=True)
class Acceptance:
    """One accepted finding. ``file`` is relative to the folder of the file that the entry stands in."""

    file: str
    rule: str
    fingerprint: str
    quote: str = ""
    reason: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a finding has to agree with."""
        return self.rule, self.fingerprint


def load(path: Path, *, reasons: bool = True) -> tuple[Acceptance, ...]:
    """The entries of a file; ``SuppressionError`` where it is broken, or ``reasons`` are wanted and one is missing."""
    where = shown(str(path))
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SuppressionError(f"{where}: not in UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise SuppressionError(f"{where}: not valid TOML: {error}") from error
    except (OSError, ValueError) as error:
        raise SuppressionError(f"{where}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    unknown = sorted(set(table) - {_TABLE})
    if unknown:
        raise SuppressionError(f"{where}: there is no table {shown(unknown[0])}; each entry is an [[{_TABLE}]]")
    entries = table.get(_TABLE, [])
    if not isinstance(entries, list):
        raise SuppressionError(f"{where}: each entry begins with [[{_TABLE}]]")
    return tuple(_entry(entry, f"{where}: entry {n}", reasons) for n, entry in enumerate(entries, 1))


def _entry(entry: Any, where: str, reasons: bool) -> Acceptance:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise SuppressionError(f"{where}: its keys are {', '.join(_KEYS)}, each with a text in quotation marks")
    for key in entry:
        if key not in _KEYS:
            raise SuppressionError(f"{where}: there is no key {shown(key)}; there are: {', '.join(_KEYS)}")
    for key in (*_NEEDED, "reason") if reasons else _NEEDED:
        if not entry.get(key, "").strip():
            raise SuppressionError(f"{where}: {key} is missing")
    return Acceptance(**{"file": "", **entry})


def dump(entries: Iterable[Acceptance]) -> str:
    """The entries as the text of a file: sorted, each once, the same text for the same entries."""
    return "\n".join([_HEAD, *(_written(entry) for entry in sorted(set(entries)))])


def save(path: Path, entries: Iterable[Acceptance]) -> None:
    """Write the entries to a file, whole or not at all; ``SuppressionError`` where that cannot be."""
    try:
        write_file(path, [dump(entries).encode("utf-8", "backslashreplace")])
    except OSError as error:
        raise SuppressionError(f"{shown(str(path))}: cannot be written: {error.strerror or error}") from error


def _written(entry: Acceptance) -> str:
    values = ((key, getattr(entry, key)) for key in _KEYS)
    return f"[[{_TABLE}]]\n" + "".join(f"{key} = {_quoted(value)}\n" for key, value in values if value)


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes, and DEL, which only JSON lets stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def accept(finding: Finding, file: str, reason: str = "") -> Acceptance:
    """The entry for a finding in the file of that name."""
    quote = " ".join(finding.quote.split())
    cut = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"
    return Acceptance(file, finding.code, finding.fingerprint, cut, " ".join(reason.split()))


def relative_name(file: str, beside: Path) -> str:
    """What an entry in the file ``beside`` calls a draft: its path from there, with slashes."""
    if file == "-":
        return file
    try:
        name = os.path.relpath(file, beside.parent)
    except ValueError:  # on another drive
        name = str(Path(file).absolute())
    return readable(Path(name).as_posix())


@dataclass(frozen=True, slots=True)
class Sifted:
    """Findings apart from those that were accepted, and the entries that nothing agreed with any more."""

    kept: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    unused: tuple[Acceptance, ...]


def sift(findings: Sequence[Finding], entries: Sequence[Acceptance], file: str, *, by_file: bool = False) -> Sifted:
    """Take accepted findings out. Entries hold ``by_file`` only for the file that they name; unused ones of the file
    ``file`` are told."""
    valid = [entry for entry in entries if not by_file or entry.file == file]
    keys = {entry.key for entry in valid}
    found = {(finding.code, finding.fingerprint) for finding in findings}
    return Sifted(
        kept=tuple(f for f in findings if (f.code, f.fingerprint) not in keys),
        accepted=tuple(f for f in findings if (f.code, f.fingerprint) in keys),
        unused=tuple(entry for entry in valid if entry.file == file and entry.key not in found),
    )


def without(entries: Iterable[Acceptance], gone: Iterable[Acceptance]) -> Iterator[Acceptance]:
    """The entries that are not among those gone."""
    left = set(gone)
    return (entry for entry in entries if entry not in left)


def added(entries: Iterable[Acceptance], new: Iterable[Acceptance]) -> tuple[Acceptance, ...]:
    """The entries and the new ones; a new one takes the place of one with the same key and file."""
    by_key = {(entry.file, *entry.key): entry for entry in (*entries, *new)}
    return tuple(sorted(by_key.values()))
