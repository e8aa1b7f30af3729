"""What of a Word file is not in its text, or only there because it was decided so: counted, sampled and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from yaodian.model import Problem

Kind = Literal[
    "inserted", "deleted", "hidden", "contents", "comments", "notes", "margins", "boxes", "embedded", "pictures"
]
SAMPLE_LENGTH = 40


@dataclass(slots=True)
class Mark:
    """A place in the text, known as ``at`` once the text is put together."""

    offset: int
    at: int | None = None


@dataclass(slots=True)
class Tally:
    """How often something was met, how long it is in all, how it begins, and where it was first."""

    count: int = 0
    characters: int = 0
    sample: str = ""
    mark: Mark | None = None

    def told(self) -> str:
        """How it begins, as a quotation to be added."""
        return f", such as “{self.sample}”" if self.sample else ""


@dataclass(slots=True)
class Findings:
    """What was met besides the text, by kind."""

    tallies: dict[Kind, Tally] = field(default_factory=dict)

    def note(self, kind: Kind, words: str, characters: int | None = None) -> Tally:
        """Count one more of a kind, with its words, or its first words and how many ``characters`` there are."""
        tally = self.tallies.setdefault(kind, Tally())
        shown = " ".join(words[: 4 * SAMPLE_LENGTH].split())
        tally.count += 1
        tally.characters += len(words) if characters is None else characters
        tally.sample = tally.sample or (shown if len(shown) <= SAMPLE_LENGTH else f"{shown[:SAMPLE_LENGTH]}…")
        return tally

    def problems(self) -> tuple[Problem, ...]:
        """What is told of them, in the order in which a reader looks at a page."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        changes = [self.tallies[kind] for kind in _CHANGES if kind in self.tallies]
        if changes:
            marks = [tally.mark.at for tally in changes if tally.mark and tally.mark.at is not None]
            yield Problem("tracked-changes", self._changes(), min(marks, default=None))
        for kind, code, message in _MESSAGES:
            # A reference to a note that is not there makes a tally of none.
            if (tally := self.tallies.get(kind)) and tally.count:
                told = message.format(
                    n=tally.count, s="" if tally.count == 1 else "s", were="was" if tally.count == 1 else "were",
                    characters=tally.characters, entries="entry" if tally.count == 1 else "entries", told=tally.told(),
                )  # fmt: skip
                yield Problem(code, told, tally.mark.at if tally.mark else None)

    def _changes(self) -> str:
        inserted, deleted = self.tallies.get("inserted", Tally()), self.tallies.get("deleted", Tally())
        return (
            f"the draft has tracked changes: {_counted(inserted, 'insertion')} kept,"
            f" {_counted(deleted, 'deletion')} left out{deleted.told()}"
        )


def _counted(tally: Tally, noun: str) -> str:
    return f"{tally.count} {noun}{'' if tally.count == 1 else 's'} ({tally.characters} characters)"


_CHANGES: tuple[Kind, ...] = ("inserted", "deleted")
_MESSAGES: tuple[tuple[Kind, str, str], ...] = (
    ("comments", "comments", "{n} comment{s} {were} left out{told}"),
    ("notes", "notes", "{n} footnote{s} or endnote{s} {were} left out{told}"),
    ("margins", "headers-and-footers", "the text of {n} header{s} or footer{s} was left out{told}"),
    ("boxes", "text-boxes", "the text of {n} text box{s} stands after the body{told}"),
    ("hidden", "hidden-text", "{characters} characters of hidden text were left out{told}"),
    ("contents", "table-of-contents", "a table of contents was left out: {n} {entries}{told}"),
    ("embedded", "embedded-documents", "{n} document{s} embedded in this one or linked to it {were} not read{told}"),
)
