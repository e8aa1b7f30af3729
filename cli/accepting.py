"""The options that leave out accepted findings: suppressions beside the drafts, and a baseline of old findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from yaodian.checking import Finding, RuleSet
from yaodian.checking.accepted import (
    SIDE_FILE,
    Acceptance,
    Sifted,
    accept,
    added,
    load,
    relative_name,
    save,
    sift,
    without,
)
from yaodian.checking.language import words
from yaodian.cli.paths import NamedPath
from yaodian.locales import Language
from yaodian.reading.archive import MARK
from yaodian.terminal import visible

F = TypeVar("F", bound=Callable[..., Any])


def suppressions_option(command: F) -> F:
    """The option that names the file of suppressions."""
    return click.option(
        "--suppressions",
        type=NamedPath(path_type=Path, dir_okay=False),
        metavar="FILE",
        help=f"The accepted findings.  [default: {SIDE_FILE} beside each FILE]",
    )(command)


@dataclass
class Ledger:
    """What was accepted of each file in this run, and what is to be written at its end."""

    suppressions: Path | None = None
    ignored: bool = False
    baseline: Path | None = None
    new_baseline: Path | None = None
    prune: bool = False
    _entries: dict[tuple[Path, bool], tuple[Acceptance, ...]] = field(default_factory=dict)
    _sifted: dict[str, list[tuple[Path, Sifted]]] = field(default_factory=dict)
    _baselined: list[Acceptance] = field(default_factory=list)

    def open(self) -> None:
        """Read the files that the command line names, so that a broken one is told before any work is done."""
        if self.suppressions and not self.ignored:
            self._read(self.suppressions, reasons=True)
        if self.baseline:
            self._read(self.baseline, reasons=False)

    def sift(self, file: str, findings: Sequence[Finding], rules: RuleSet) -> tuple[Finding, ...]:
        """The findings in a file that were not accepted; ``SuppressionError`` where the file beside it is broken."""
        left, self._sifted[file] = tuple(findings), []
        for path, reasons in self._sources(file):
            sifted = sift(
                left, _active(self._read(path, reasons), rules), relative_name(file, path), by_file=not reasons
            )
            self._sifted[file].append((path, sifted))
            left = sifted.kept
        if self.new_baseline:
            self._baselined += (accept(f, relative_name(file, self.new_baseline)) for f in left)
            left = ()
        return left

    def close(self) -> None:
        """Write what is to be written: the new baseline, and the files without their unused entries."""
        if self.new_baseline:
            save(self.new_baseline, self._baselined)
        if self.prune:
            for (path, _), entries in self._entries.items():
                gone = {e for told in self._sifted.values() for where, s in told if where == path for e in s.unused}
                if gone:
                    save(path, without(entries, gone))

    def lines(self, file: str, language: Language) -> Iterator[str]:
        """What to tell of a file: how much was accepted, and which entries are not used any more."""
        said = words(language)["accepted"]
        for path, sifted in self._sifted.get(file, []):
            where = visible(str(path))
            if sifted.accepted:
                yield said["told"].format(file=visible(file), number=len(sifted.accepted), where=where)
            for entry in sifted.unused:
                gone = said["pruned"] if self.prune else said["unused"]
                yield gone.format(where=where, rule=visible(entry.rule), quote=visible(entry.quote))
        if self.new_baseline:
            yield said["written"].format(file=visible(file), where=visible(str(self.new_baseline)))

    def as_data(self, file: str) -> dict[str, Any]:
        """The same as JSON has it."""
        told = self._sifted.get(file, [])
        return {
            "suppressed": sum(len(sifted.accepted) for _, sifted in told),
            "unused_suppressions": [
                {"in": str(path), "rule": e.rule, "fingerprint": e.fingerprint, "quote": e.quote}
                for path, sifted in told
                for e in sifted.unused
            ],
        }

    def _sources(self, file: str) -> Iterator[tuple[Path, bool]]:
        """The files of entries that hold for a draft, and whether their entries need reasons."""
        if not self.ignored:
            path = self.suppressions or side_file(file)
            if path is not None:
                yield path, True
        if self.baseline:
            yield self.baseline, False

    def _read(self, path: Path, reasons: bool) -> tuple[Acceptance, ...]:
        if (path, reasons) not in self._entries:
            self._entries[path, reasons] = load(path, reasons=reasons)
        return self._entries[path, reasons]


def side_file(file: str) -> Path | None:
    """The file of suppressions beside a draft, None where there is none. A draft in an archive has the archive's."""
    path = usual_side_file(file)
    return path if path is not None and path.is_file() else None


def usual_side_file(file: str) -> Path | None:
    """Where the suppressions of a draft lie, unless told otherwise; None for standard input."""
    return None if file == "-" else Path(file.split(MARK, maxsplit=1)[0]).parent / SIDE_FILE


def record(path: Path, new: Sequence[Acceptance]) -> None:
    """Add entries to a file, which is made where it is missing."""
    save(path, added(load(path) if path.exists() else (), new))


def _active(entries: Sequence[Acceptance], rules: RuleSet) -> list[Acceptance]:
    """The entries of rules that were applied: of the others nobody knows whether they are used."""
    codes = {rule.code for rule in rules.rules}
    return [entry for entry in entries if entry.rule in codes]


def accepting(command: F) -> F:
    """Give a command the options about accepted findings; it is handed a :class:`Ledger`."""

    @suppressions_option
    @click.option("--no-suppressions", "ignored", is_flag=True, help="Show what was accepted too.")
    @click.option(
        "--baseline",
        type=NamedPath(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Only what is not in this list of old findings.",
    )
    @click.option(
        "--write-baseline",
        "new_baseline",
        type=NamedPath(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write all of today's findings into such a list.",
    )
    @click.option("--prune", is_flag=True, help="Remove suppressions and baseline entries that are not used any more.")
    @wraps(command)
    def with_ledger(
        *,
        suppressions: Path | None,
        ignored: bool,
        baseline: Path | None,
        new_baseline: Path | None,
        prune: bool,
        **others: Any,
    ) -> Any:
        return command(ledger=Ledger(suppressions, ignored, baseline, new_baseline, prune), **others)

    return with_ledger  # type: ignore[return-value]
