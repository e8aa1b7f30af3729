"""What a build is to read: files, folders and patterns become one sorted list of sources."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from yaodian.corpus.folder import MANIFEST, Folder, is_corpus
from yaodian.corpus.keeping import Kept
from yaodian.corpus.manifest import Manifest
from yaodian.errors import ReadingError, shown
from yaodian.reading import content_of
from yaodian.reading.archive import MARK, documents_in, split
from yaodian.reading.formats import is_document


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A file to read, or a document in an archive (``plans.zip!/plan.txt``).

    ``shown`` is its path as given, with ``/`` between the parts and no ``./`` before it. Where the source itself is
    gone, ``kept`` is the plan file that keeps its text.
    """

    shown: str
    path: Path
    kept: Kept | None = None

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.kept.name if self.kept else self.path.name

    def sha256(self) -> str | None:
        """The digest of the content, None where it cannot be read, or only once (a pipe)."""
        if self.kept:
            return self.kept.sha256
        try:
            if MARK in self.shown:
                return hashlib.sha256(content_of(self.path)).hexdigest()
            if not self.path.is_file():
                return None
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

    What cannot be read (a link that leads nowhere, a folder without access) is a source too: reading it says why. The
    folder ``out`` itself and other corpus folders are never read. ``ReadingError`` where a name leads nowhere.
    """
    found: dict[Path, Source] = {}
    skipped: set[str] = set()
    for name in given:
        for path in _named(os.fspath(name)):
            for file in _files(path, out) if path.is_dir() else [path]:
                if file != path and not is_document(file) and not _is_closed(file):
                    skipped.add(_shown(file))
                else:
                    for source in _sources(file):
                        _keep(found, source)
    return SourceList(tuple(sorted(found.values())), tuple(sorted(skipped)))


def sources_of(before: Manifest, folder: Folder) -> SourceList:
    """The sources that a corpus was built from: as they are where they are at hand, else as the corpus keeps them.

    Sources that gave no plan, and copies, are among them where they are still there.
    """
    rows = [_again(row.source, folder.plan_file(row.slug, row.digest), row.name, row.sha256) for row in before.plans]
    names = [one.source for one in before.failed] + [one.source for one in before.duplicates]
    others = [Source(name, Path(name)) for name in names]
    return SourceList(tuple(sorted([*rows, *(source for source in others if source.sha256())])), ())


def _again(shown: str, plan_file: Path, name: str, digest: str) -> Source:
    source = Source(shown, Path(shown))
    return source if source.sha256() == digest else Source(shown, Path(shown), Kept(plan_file, name, digest))


def _sources(file: Path) -> list[Source]:
    """A file as a source; an archive as its documents, or as itself where it gives none, which reading it explains."""
    names = documents_in(file) if file.suffix.lower() == ".zip" else []
    inside = [Source(f"{_shown(file)}{MARK}{name}", Path(f"{file}{MARK}{name}")) for name in names]
    return inside or [Source(_shown(file), file)]


def _keep(found: dict[Path, Source], source: Source) -> None:
    """One file named in two ways is one source, under the name that sorts first."""
    key = Path(os.path.realpath(source.path))
    if key not in found or source < found[key]:
        found[key] = source


def _named(name: str) -> Sequence[Path]:
    """What a name leads to: itself, or what the pattern matches where the shell left one."""
    if not name:
        raise ReadingError("an empty name leads to no file")
    try:
        if Path(name).exists() or split(Path(name)):
            return [Path(name)]
    except OSError as error:
        raise ReadingError(f"{shown(name)}: {error.strerror or error}") from error
    if glob.has_magic(name):
        matches = sorted(Path(match) for match in glob.glob(name, recursive=True))  # noqa: PTH207 - absolute patterns
        if matches:
            return matches
        raise ReadingError(f"{shown(name)}: no file matches this pattern")
    raise ReadingError(f"{shown(name)}: no such file or folder")


def _files(folder: Path, out: Path) -> Iterator[Path]:
    """What is in a folder and the folders below it, and the folders there that cannot be looked into.

    Links to folders are not followed (they may lead in circles): they are yielded like files.
    """
    closed: list[str] = []
    for here, folders, files in os.walk(folder, onerror=lambda error: closed.append(error.filename)):
        base = Path(here)
        within = sorted(f for f in folders if not f.startswith(".") and not _left_out(base / f, files, out))
        links = [name for name in within if (base / name).is_symlink()]
        folders[:] = [name for name in within if name not in links]
        yield from (base / name for name in sorted([*files, *links]) if not name.startswith("."))
    yield from map(Path, closed)


def _is_closed(path: Path) -> bool:
    """Whether the path is that of a folder, and not a link to one."""
    return path.is_dir() and not path.is_symlink()


def _left_out(folder: Path, beside: Sequence[str], out: Path) -> bool:
    """Whether a folder holds no sources: a corpus, or the parts that a browser saves beside a page."""
    if _same(folder, out) or _holds_corpus(folder):
        return True
    stem = folder.name.removesuffix("_files").removesuffix(".files")
    return stem != folder.name and any(f"{stem}{end}" in beside for end in (".html", ".htm"))


def _holds_corpus(folder: Path) -> bool:
    """Whether a folder is a corpus; not where it cannot be looked into, or its manifest would have to be waited for."""
    try:
        manifest = folder / MANIFEST
        return (manifest.is_file() or not manifest.exists()) and is_corpus(folder)
    except OSError:
        return False


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _shown(path: Path) -> str:
    return Path(os.path.normpath(path)).as_posix()
