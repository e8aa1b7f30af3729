"""The corpus folder: what lies where, and how its files change so that the folder is never half of two states.

A build writes all it has made under ``.staged``; replacing ``manifest.json`` is the one moment at which the new
state begins; then the staged files move to their places. Whoever finds staged files that the manifest names
reads them there (:meth:`Folder.plan_file`), the next build moves them (:meth:`Folder.settle`). Staged files that
the manifest does not name belong to a build that never came to its end; the next build goes on from them where its
journal (``.staged/work.jsonl``, see ``journal``) tells what they are.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from yaodian.errors import CorpusError

MANIFEST = "manifest.json"
LOCK = ".lock"
PAGES = ("report.html", "map.html")
PAGES_RECORD = ".pages.json"
STAMPS = ".stamps.json"
SEARCH_INDEX = "search.sqlite"
_STAGED = ".staged"
_OURS = frozenset({MANIFEST, LOCK, _STAGED, PAGES_RECORD, STAMPS, SEARCH_INDEX, *PAGES, "plans", "store"})
_BEGINNING = re.compile(rb'\{\s*"format": \d+,\s*"yaodian": ')


@dataclass(frozen=True, slots=True)
class Folder:
    """A corpus folder, by its path."""

    path: Path

    @property
    def manifest(self) -> Path:
        """The file whose content is the state of the corpus."""
        return self.path / MANIFEST

    @property
    def lock(self) -> Path:
        """The file that a build holds locked."""
        return self.path / LOCK

    @property
    def plans(self) -> Path:
        """Where the plans' N-Quads files lie."""
        return self.path / "plans"

    @property
    def store(self) -> Path:
        """Where the index lies: a folder for each state, named as the manifest names it."""
        return self.path / "store"

    @property
    def search_index(self) -> Path:
        """The file of the full-text index, which search makes and keeps current."""
        return self.path / SEARCH_INDEX

    @property
    def staged_plans(self) -> Path:
        """Where new plan files wait, each named by the digest of its content."""
        return self.path / _STAGED / "plans"

    @property
    def journal(self) -> Path:
        """Where a build tells what it has done so far."""
        return self.path / _STAGED / "work.jsonl"

    @property
    def stamps(self) -> Path:
        """Where the sizes and times of files stand whose content is known."""
        return self.path / STAMPS

    def staged_pages(self, digest: str) -> Path:
        """Where new pages wait that belong to the manifest of that digest."""
        return self.path / _STAGED / "pages" / digest

    def plan_file(self, slug: str, digest: str) -> Path:
        """The file of a plan whose content has that digest, be it in its place or still staged."""
        staged = self.staged_plans / f"{digest}.nq"
        return staged if staged.exists() else self.plans / f"{slug}.nq"

    def prepare(self) -> None:
        """Make the folder; ``CorpusError`` where that cannot be, or where it holds other things."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            foreign = sorted(e.name for e in self.path.iterdir() if e.name not in _OURS and not e.name.startswith("."))
            if foreign and not self.manifest.exists():
                raise CorpusError(f"{self.path}: the folder holds other things ({foreign[0]}); give an empty one")
            self.lock.open("ab").close()
        except OSError as error:
            raise CorpusError(f"{self.path}: cannot write there: {error.strerror or error}") from error

    def stage_plan(self, text: str, digest: str) -> None:
        """Keep a plan file until the manifest that names it is there."""
        self.staged_plans.mkdir(parents=True, exist_ok=True)
        write_synced(self.staged_plans / f"{digest}.nq", [text.encode()])

    def commit(self, manifest: Iterable[bytes]) -> None:
        """Begin the new state: the staged files that this manifest names are the corpus from here on."""
        waiting = self.path / _STAGED / MANIFEST
        waiting.parent.mkdir(exist_ok=True)
        _sync_folder(self.staged_plans)
        write_synced(waiting, manifest)
        waiting.replace(self.manifest)
        _sync_folder(self.path)

    def settle(self, plans: Mapping[str, str], digest: str) -> None:
        """Move what is staged for this state to its place, remove all that no longer belongs to it.

        ``plans`` has the digest of each plan file by its slug, ``digest`` is the manifest's.
        """
        self.plans.mkdir(exist_ok=True)
        waiting = {path.name for path in self.staged_plans.glob("*.nq")}
        for slug, content in plans.items():
            if f"{content}.nq" in waiting:
                _move(self.staged_plans / f"{content}.nq", self.plans / f"{slug}.nq")
        for name in (*PAGES, PAGES_RECORD):
            _move(self.staged_pages(digest) / name, self.path / name)
        for entry in map(Path, os.scandir(self.plans)):
            if entry.suffix == ".nq" and entry.stem not in plans and not is_directory(entry):
                entry.unlink()
        self._discard_stale_pages(digest)
        self.discard_indexes(digest)
        _sync_folder(self.plans)
        self.discard_staged()

    def _discard_stale_pages(self, digest: str) -> None:
        """Remove pages that were made for another state: they would show what is no longer so."""
        try:
            made_for = json.loads((self.path / PAGES_RECORD).read_bytes())["manifest"]
        except (OSError, ValueError, KeyError, TypeError):
            return
        if made_for != digest:
            self.discard_pages()

    def discard_pages(self) -> None:
        """Remove report and map."""
        for name in (*PAGES, PAGES_RECORD):
            (self.path / name).unlink(missing_ok=True)

    def discard_indexes(self, digest: str | None) -> None:
        """Remove all indexes but that of the state with this digest."""
        for state in self.store.glob("*"):
            if state.name != digest:
                shutil.rmtree(state, ignore_errors=True)

    def is_unsettled(self) -> bool:
        """Whether a build is at work, or was killed."""
        return (self.path / _STAGED).exists()

    def discard_staged(self) -> None:
        """Remove what is staged."""
        shutil.rmtree(self.path / _STAGED, ignore_errors=True)


def is_corpus(path: Path) -> bool:
    """Whether a build wrote into the folder at ``path``."""
    try:
        with (path / MANIFEST).open("rb") as file:
            beginning = file.read(200)
            return bool(_BEGINNING.match(beginning)) or "yaodian" in json.loads(beginning + file.read())
    except (OSError, ValueError, TypeError, RecursionError):
        return (path / _STAGED).is_dir() and (path / LOCK).is_file()


def has_digest(path: Path, digest: str) -> bool:
    """Whether the file is there, and that is the SHA-256 of its content."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def is_directory(path: Path) -> bool:
    """Whether that is a folder, and not a link to one."""
    return path.is_dir() and not path.is_symlink()


def is_ours(path: Path) -> bool:
    """Whether a corpus folder has an entry of that name."""
    return Path(os.path.realpath(path)).name in _OURS


def corpus_of(path: Path) -> Path | None:
    """The corpus folder that the file at ``path`` belongs to, or would belong to."""
    file = Path(os.path.realpath(path))
    for folder in file.parents:
        if file.relative_to(folder).parts[0] in _OURS and is_corpus(folder):
            return folder
    return None


def write_synced(path: Path, data: Iterable[bytes]) -> None:
    """Write a file and see it on the disk."""
    with path.open("wb") as file:
        file.writelines(data)
        file.flush()
        os.fsync(file.fileno())


def _move(source: Path, target: Path) -> None:
    if source.exists():
        source.replace(target)


def _sync_folder(path: Path) -> None:
    """See a folder's entries on the disk, where the system lets a folder be opened."""
    if os.name == "nt" or not path.exists():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
