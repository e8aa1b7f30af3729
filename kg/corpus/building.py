"""The build: sources become a corpus, and only what changed is done again."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yaodian.corpus.folder import Folder, corpus_of
from yaodian.corpus.index import make_index
from yaodian.corpus.lock import locked
from yaodian.corpus.manifest import Duplicate, Failure, Manifest, PlanRow
from yaodian.corpus.opening import read_manifest
from yaodian.corpus.pages import pages_match, stage_pages
from yaodian.corpus.processing import Broken, Task, process
from yaodian.corpus.sources import Source, SourceList, find_sources
from yaodian.corpus.toolchain import toolchain
from yaodian.errors import CorpusError, ReadingError

Progress = Callable[[int, int, str], None]
"""Called with the sources done, their number, and the path of the one that comes next (empty at the end)."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. The slugs in ``built`` are new or changed, those in ``removed`` are no longer there."""

    out: Path
    plans: tuple[PlanRow, ...]
    built: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[Failure, ...]
    duplicates: tuple[Duplicate, ...]
    skipped: tuple[str, ...]
    causes: tuple[Exception, ...]

    @property
    def changed(self) -> bool:
        """Whether the corpus is another one than before."""
        return bool(self.built or self.removed)


def build(
    sources: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    progress: Progress | None = None,
) -> BuildReport:
    """Make the folder ``out`` the corpus of exactly these sources (files, folders, patterns).

    Plans that the folder holds from other sources are removed. A source that cannot be read or understood is
    reported as failed, and the others are built. Killed at any moment, the folder has its former state or the new one.
    """
    given = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    folder = Folder(Path(out))
    listed = find_sources(given, folder.path)
    if not listed.sources:
        raise ReadingError("nothing to read: the sources hold no documents")
    _refuse_corpora(listed.sources)
    folder.prepare()
    try:
        with locked(folder.lock):
            before = _settled(folder)
            try:
                return _build(folder, before, listed, progress or _silent)
            except BaseException:
                _undo(folder, before)
                raise
    except OSError as error:
        raise CorpusError(f"{folder.path}: {error.strerror or error} ({error.filename or 'while writing'})") from error


def _refuse_corpora(sources: Iterable[Source]) -> None:
    """A corpus is no source, of itself least of all."""
    for source in sources:
        if folder := corpus_of(source.path):
            raise ReadingError(f"{source.shown}: this belongs to the corpus in {folder}; build from documents")


def _silent(done: int, total: int, upcoming: str) -> None:
    """The progress of a build that nobody watches."""


def _settled(folder: Folder) -> Manifest | None:
    """The state that the last build left, with all its files in their places."""
    try:
        before = read_manifest(folder)
    except CorpusError:
        folder.discard_staged()
        return None
    folder.settle(before.files, before.digest)
    return before


def _undo(folder: Folder, before: Manifest | None) -> None:
    """Leave nothing of a state that did not begin; the rest of one that did is settled by whoever comes next."""
    former = before.digest if before else None
    if _digest(folder) == former:
        folder.discard_staged()
        folder.discard_indexes(former)


def _digest(folder: Folder) -> str | None:
    try:
        return read_manifest(folder).digest
    except CorpusError:
        return None


def _build(folder: Folder, before: Manifest | None, listed: SourceList, progress: Progress) -> BuildReport:
    unique, duplicates = _without_duplicates(listed.sources)
    known = _reusable(folder, before)
    results = _process_all(folder, unique, known, progress)
    rows = tuple(sorted((r for r in results.values() if isinstance(r, PlanRow)), key=lambda row: row.slug))
    broken = [r for r in results.values() if isinstance(r, Broken)]
    manifest = Manifest(toolchain(), rows, tuple(sorted(b.failure for b in broken)), duplicates)
    _publish(folder, before, manifest)
    old = before.files if before else {}
    return BuildReport(
        out=folder.path,
        plans=rows,
        built=tuple(row.slug for row in rows if old.get(row.slug) != row.digest),
        unchanged=tuple(row.slug for row in rows if old.get(row.slug) == row.digest),
        removed=tuple(sorted(old.keys() - manifest.files.keys())),
        failed=manifest.failed,
        duplicates=duplicates,
        skipped=listed.skipped,
        causes=tuple(b.cause for b in broken),
    )


def _without_duplicates(sources: Sequence[Source]) -> tuple[dict[Source, str | None], tuple[Duplicate, ...]]:
    """The sources with their digests; of those with equal content only the first."""
    first: dict[str, Source] = {}
    unique: dict[Source, str | None] = {}
    duplicates = []
    for source in sources:
        digest = source.sha256()
        if digest is None or digest not in first:
            unique[source] = digest
            first[digest or ""] = source
        else:
            duplicates.append(Duplicate(source.shown, digest, first[digest].shown))
    return unique, tuple(sorted(duplicates))


def _reusable(folder: Folder, before: Manifest | None) -> dict[tuple[str | None, str], PlanRow]:
    """The plans that are there already, by content and file name, both of which stand in their graphs."""
    if before is None or before.toolchain != toolchain():
        return {}
    return {(row.sha256, row.name): row for row in before.plans if folder.holds(row.slug, row.digest)}


def _process_all(
    folder: Folder,
    sources: dict[Source, str | None],
    known: dict[tuple[str | None, str], PlanRow],
    progress: Progress,
) -> dict[Source, PlanRow | Broken]:
    """Each source's row: taken over where nothing changed, else made; again where short names collide."""
    results: dict[Source, PlanRow | Broken] = {}
    for source, result in _first_pass(folder, sources, known, progress):
        results[source] = result
    wanted = Counter(result.base_slug for result in results.values() if isinstance(result, PlanRow))
    for source, result in results.items():
        if isinstance(result, PlanRow) and _is_misnamed(result, wanted[result.base_slug] > 1):
            results[source] = process(Task(source, wanted[result.base_slug] > 1, folder))
    return results


def _first_pass(
    folder: Folder,
    sources: dict[Source, str | None],
    known: dict[tuple[str | None, str], PlanRow],
    progress: Progress,
) -> Iterator[tuple[Source, PlanRow | Broken]]:
    for done, (source, digest) in enumerate(sources.items()):
        progress(done, len(sources), source.shown)
        row = known.get((digest, source.name))
        yield source, replace(row, source=source.shown) if row else process(Task(source, False, folder))
    progress(len(sources), len(sources), "")


def _is_misnamed(row: PlanRow, collides: bool) -> bool:
    """Whether a plan has the plain name that others want too, or a suffix that it no longer needs."""
    return (row.slug == row.base_slug) == collides


def _publish(folder: Folder, before: Manifest | None, manifest: Manifest) -> None:
    """Make index and pages for the new state, then begin it; nothing where it is the state that is there."""
    make_index(folder, manifest, before)
    if before is None or before.digest != manifest.digest:
        stage_pages(folder, manifest)
        folder.commit(manifest.encoded)
    elif not pages_match(folder, manifest):
        stage_pages(folder, manifest)
    folder.settle(manifest.files, manifest.digest)
