"""The folder of a site: what lies in it, and how only what has changed is written.

``.yaodian-site`` has a line for each file that was written here: the digest of what it was made from (``-`` where that
is not known), the digest of its content, its path. A line is added as soon as its file is there, so that a run that was
killed leaves nothing that the next one does not know. What the list does not name is never touched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from yaodian.corpus.folder import has_digest
from yaodian.corpus.lock import locked
from yaodian.errors import YaodianError, shown
from yaodian.output import write_file

LIST = ".yaodian-site"
LOCK = ".yaodian-lock"
UNKNOWN = "-"


@dataclass(frozen=True, slots=True)
class Changes:
    """How many files a run wrote, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Entry:
    made_from: str
    digest: str


class Shelf:
    """The files of a site while it is being written. Memory holds a line of the list for each."""

    def __init__(self, folder: Path, known: dict[str, _Entry], journal: TextIO) -> None:
        self._folder, self._known, self._journal = folder, known, journal
        self._kept: dict[str, _Entry] = {}
        self._written = 0

    def has(self, path: str, made_from: str) -> bool:
        """Whether the file is there as it was made from just this; it is then kept."""
        entry = self._known.get(path)
        if entry is None or entry.made_from != made_from or not has_digest(self._folder / path, entry.digest):
            return False
        self._kept[path] = entry
        return True

    def put(self, path: str, content: bytes, made_from: str = UNKNOWN) -> None:
        """Have the file hold this; nothing is written where it does already."""
        entry = _Entry(made_from, hashlib.sha256(content).hexdigest())
        if not has_digest(self._folder / path, entry.digest):
            (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
            write_file(self._folder / path, [content])
            self._written += 1
        self._keep(path, entry)

    def stream(self, path: str, chunks: Iterable[bytes], made_from: str) -> None:
        """Write a file that may be long, piece by piece."""
        whole = hashlib.sha256()

        def counted() -> Iterator[bytes]:
            for chunk in chunks:
                whole.update(chunk)
                yield chunk

        (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
        write_file(self._folder / path, counted())
        self._written += 1
        self._keep(path, _Entry(made_from, whole.hexdigest()))

    def _keep(self, path: str, entry: _Entry) -> None:
        self._kept[path] = entry
        if self._known.get(path) != entry:
            self._journal.write(_line(path, entry))
            self._journal.flush()

    def finish(self) -> Changes:
        """Remove what earlier runs wrote and this one did not, and write the list anew."""
        gone = [path for path in self._known if path not in self._kept]
        for path in gone:
            (self._folder / path).unlink(missing_ok=True)
        for folder in sorted({parent for path in gone for parent in Path(path).parents}, reverse=True):
            if folder != Path() and not any((self._folder / folder).iterdir()):
                (self._folder / folder).rmdir()
        self._journal.close()
        lines = (_line(path, entry).encode() for path, entry in sorted(self._kept.items()))
        write_file(self._folder / LIST, lines)
        return Changes(self._written, len(self._kept) - self._written, len(gone))


@contextmanager
def opened(folder: Path) -> Iterator[Shelf]:
    """The shelf of a folder; ``YaodianError`` where it holds other things, or cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = sorted(entry.name for entry in folder.iterdir() if entry.name not in (LIST, LOCK))
        if foreign and not (folder / LIST).exists():
            raise YaodianError(f"{shown(str(folder))}: the folder holds other things ({foreign[0]}); give an empty one")
        with locked(folder / LOCK), (folder / LIST).open("a", encoding="utf-8", newline="\n") as journal:
            yield Shelf(folder, _read(folder / LIST), journal)
    except OSError as error:
        raise YaodianError(f"{shown(str(folder))}: cannot write there: {error.strerror or error}") from error


def _read(path: Path) -> dict[str, _Entry]:
    known = {}
    for line in path.read_text("utf-8", "replace").splitlines():
        made_from, _, rest = line.partition(" ")
        digest, _, name = rest.partition(" ")
        if name and not Path(name).is_absolute() and ".." not in Path(name).parts:
            known[name] = _Entry(made_from, digest)
    return known


def _line(path: str, entry: _Entry) -> str:
    return f"{entry.made_from} {entry.digest} {path}\n"
