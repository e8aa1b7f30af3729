"""What a build is to read: files, folders and patterns become one sorted list of sources."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from yaodian.corpus.folder import is_corpus
from yaodian.errors import ReadingError
from yaodian.reading import content_of
from yaodian.reading.archive import MARK, documents_in, split
from yaodian.reading.formats import is_document


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A file to read, or a document in an archive (``plans.zip!/plan.txt``).

    ``shown`` is its path as given, with ``/`` between the parts and no ``./`` before it.
    """

    shown: str
    path: Path

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.name

    def sha256(self) -> str | None:
        """The digest of the content, None where it cannot be read."""
        try:
            if MARK in self.shown:
                return hashlib.sha256(content_of(self.path)).hexdigest()
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ReadingError):
            return None


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources in order of their paths, and the files of the given folders that are no documents."""

    sources: tuple[Source, ...]
    skipped: tuple[str, ...]


def find_sources(given: Iterable[str | os.PathLike[str]], out: Path) -> SourceList:
    """Every file that ``given`` names: files, folders (recursively, hidden files left out), patterns.

    The folder ``out`` itself and other corpus folders are never read. ``ReadingError`` where a name leads nowhere.
    """
    found: dict[Path, Source] = {}
    skipped: set[str] = set()
    for name in given:
        for path in _named(os.fspath(name)):
            for file in _files(path, out) if path.is_dir() else [path]:
                if path.is_dir() and not is_document(file):
                    skipped.add(_shown(file))
                else:
                    for source in _sources(file):
                        _keep(found, source)
    return SourceList(tuple(sorted(found.values())), tuple(sorted(skipped)))


def _sources(file: Path) -> list[Source]:
    """A file as a source; an archive as its documents, or as itself where it gives none, which reading it explains."""
    names = documents_in(file) if file.suffix.lower() == ".zip" else []
    inside = [Source(f"{_shown(file)}{MARK}{name}", Path(f"{file}{MARK}{name}")) for name in names]
    return inside or [Source(_shown(file), file)]


def _keep(found: dict[Path, Source], source: Source) -> None:
    """One file named in two ways is one source, under the name that sorts first."""
    key = source.path.resolve()
    if key not in found or source < found[key]:
        found[key] = source


def _named(name: str) -> Sequence[Path]:
    """What a name leads to: itself, or what the pattern matches where the shell left one."""
    if not name:
        raise ReadingError("an empty name leads to no file")
    if Path(name).exists() or split(Path(name)):
        return [Path(name)]
    if glob.has_magic(name):
        matches = sorted(Path(match) for match in glob.glob(name, recursive=True))  # noqa: PTH207 - absolute patterns
        if matches:
            return matches
        raise ReadingError(f"{name}: no file matches this pattern")
    raise ReadingError(f"{name}: no such file or folder")


def _files(folder: Path, out: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        base = Path(here)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not _left_out(base / f, files, out))
        yield from (base / name for name in sorted(files) if not name.startswith(".") and (base / name).is_file())


def _left_out(folder: Path, beside: Sequence[str], out: Path) -> bool:
    """Whether a folder holds no sources: a corpus, or the parts that a browser saves beside a page."""
    if _same(folder, out) or is_corpus(folder):
        return True
    stem = folder.name.removesuffix("_files").removesuffix(".files")
    return stem != folder.name and any(f"{stem}{end}" in beside for end in (".html", ".htm"))


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _shown(path: Path) -> str:
    return Path(os.path.normpath(path)).as_posix()
