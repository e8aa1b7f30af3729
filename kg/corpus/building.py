"""The build: sources become a corpus, and only what changed is done again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from yaodian.corpus.folder import Folder, corpus_of
from yaodian.corpus.index import make_index
from yaodian.corpus.lock import locked
from yaodian.corpus.manifest import Duplicate, Failure, Manifest, PlanRow
from yaodian.corpus.naming import named_apart
from yaodian.corpus.opening import read_manifest
from yaodian.corpus.pages import pages_match, stage_pages
from yaodian.corpus.processing import Broken, Task, process
from yaodian.corpus.sameness import Words, without_copies, words_read
from yaodian.corpus.sources import Source, SourceList, find_sources
from yaodian.corpus.toolchain import toolchain
from yaodian.errors import CorpusError, ReadingError

Progress = Callable[[int, int, str], None]
"""Called with the sources done, their number, and the path of the one that comes next (empty at the end)."""


class Tools:
    """What a build works with: the user's theme scheme, if any, and the toolchain with it."""

    def __init__(self, themes: Path | None) -> None:
        self.themes = themes
        self.chain = toolchain(themes)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. The slugs in ``built`` are new or changed, those in ``removed`` are no longer there.

    ``renamed`` has the former slug and the new one of each plan that is as it was, but has got or lost a suffix.
    """

    out: Path
    plans: tuple[PlanRow, ...]
    built: tuple[str, ...]
    unchanged: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    failed: tuple[Failure, ...]
    duplicates: tuple[Duplicate, ...]
    skipped: tuple[str, ...]
    causes: tuple[Exception, ...]

    @property
    def changed(self) -> bool:
        """Whether the corpus is another one than before."""
        return bool(self.built or self.renamed or self.removed)


def build(
    sources: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    themes: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Make the folder ``out`` the corpus of exactly these sources (files, folders, patterns).

    Plans that the folder holds from other sources are removed. A source that cannot be read or understood is
    reported as failed, and the others are built. ``themes`` is a SKOS scheme (Turtle) that items are indexed by, in
    place of the built-in one; ``VocabularyError`` where it is none. Killed at any moment, the folder has its former
    state or the new one.
    """
    given = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    folder = Folder(Path(out))
    listed = find_sources(given, folder.path)
    if not listed.sources:
        raise ReadingError("nothing to read: the sources hold no documents")
    _refuse_corpora(listed.sources)
    tools = Tools(Path(themes) if themes is not None else None)
    folder.prepare()
    try:
        with locked(folder.lock):
            before = _settled(folder)
            try:
                return _build(folder, before, listed, tools, progress or _silent)
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


def _build(
    folder: Folder, before: Manifest | None, listed: SourceList, tools: Tools, progress: Progress
) -> BuildReport:
    unique, copies = without_copies(listed.sources)
    if before and before.toolchain != tools.chain:
        reusable: dict[tuple[str | None, str], PlanRow] = {}
        words = Words({})
    else:
        reusable, words = _reusable(folder, before), Words(words_read(before) if before else {})
    results = dict(_processed(folder, unique, reusable, words, tools, progress))
    found = {source: result for source, result in results.items() if isinstance(result, PlanRow)}
    rows = tuple(sorted(named_apart(found, folder).values(), key=lambda row: row.slug))
    broken = [result for result in results.values() if isinstance(result, Broken)]
    failed = tuple(sorted(one.failure for one in broken))
    manifest = Manifest(tools.chain, rows, failed, tuple(sorted([*copies, *words.copies])))
    _publish(folder, before, manifest)
    return _report(folder, before, manifest, listed.skipped, tuple(one.cause for one in broken))


def _report(
    folder: Folder,
    before: Manifest | None,
    manifest: Manifest,
    skipped: tuple[str, ...],
    causes: tuple[Exception, ...],
) -> BuildReport:
    old = before.files if before else {}
    former = {(row.sha256, row.name): row.slug for row in before.plans} if before else {}
    names = {row.slug: former.get((row.sha256, row.name), row.slug) for row in manifest.plans}
    renamed = {new: name for new, name in names.items() if name != new and new not in old}
    return BuildReport(
        out=folder.path,
        plans=manifest.plans,
        built=tuple(r.slug for r in manifest.plans if old.get(r.slug) != r.digest and r.slug not in renamed),
        unchanged=tuple(r.slug for r in manifest.plans if old.get(r.slug) == r.digest),
        renamed=tuple(sorted((name, new) for new, name in renamed.items())),
        removed=tuple(sorted(old.keys() - manifest.files.keys() - set(renamed.values()))),
        failed=manifest.failed,
        duplicates=manifest.duplicates,
        skipped=skipped,
        causes=causes,
    )


def _reusable(folder: Folder, before: Manifest | None) -> dict[tuple[str | None, str], PlanRow]:
    """The plans that are there already, by content and file name, both of which stand in their graphs."""
    if before is None:
        return {}
    return {(row.sha256, row.name): row for row in before.plans if folder.holds(row.slug, row.digest)}


def _processed(
    folder: Folder,
    sources: dict[Source, str | None],
    rows: dict[tuple[str | None, str], PlanRow],
    words: Words,
    tools: Tools,
    progress: Progress,
) -> Iterator[tuple[Source, PlanRow | Broken]]:
    """Each source's row, taken over where nothing changed, else made; none for one whose words have come up before."""
    for done, (source, digest) in enumerate(sources.items()):
        progress(done, len(sources), source.shown)
        row = rows.get((digest, source.name))
        if not row and words.known.get(digest or "") in words.first:
            words.are_taken(source, digest, words.known[digest or ""])
            continue
        result = replace(row, source=source.shown) if row else process(Task(source, folder, tools.themes))
        if isinstance(result, Broken) or not words.are_taken(source, digest, result.words):
            yield source, result
    progress(len(sources), len(sources), "")


def _publish(folder: Folder, before: Manifest | None, manifest: Manifest) -> None:
    """Make index and pages for the new state, then begin it; nothing where it is the state that is there."""
    make_index(folder, manifest, before)
    if before is None or before.digest != manifest.digest:
        stage_pages(folder, manifest)
        folder.commit(manifest.encoded)
    elif not pages_match(folder, manifest):
        stage_pages(folder, manifest)
    folder.settle(manifest.files, manifest.digest)
