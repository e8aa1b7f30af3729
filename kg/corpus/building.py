"""The build: sources become a corpus, and only what changed is done again.

A build that was killed or interrupted is gone on with: what its journal names is not read again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from yaodian.corpus.executing import execute
from yaodian.corpus.folder import Folder, corpus_of, is_ours
from yaodian.corpus.index import make_index
from yaodian.corpus.journal import Journal, done_before, is_unfinished
from yaodian.corpus.keeping import FROM_KEPT_TEXT
from yaodian.corpus.lock import locked
from yaodian.corpus.manifest import Duplicate, Failure, Manifest, PlanRow
from yaodian.corpus.naming import named_apart
from yaodian.corpus.opening import read_manifest
from yaodian.corpus.pages import pages_match, stage_pages
from yaodian.corpus.processing import Broken, Task, process
from yaodian.corpus.sameness import Words, without_copies, words_read
from yaodian.corpus.sources import Source, SourceList, find_sources, sources_of
from yaodian.corpus.stamps import Stamps
from yaodian.corpus.toolchain import toolchain
from yaodian.errors import CorpusError, LaterCorpusError, ReadingError

Progress = Callable[[int, int, str], None]
"""Called with the sources done, their number, and the path of the one that comes next (empty at the end)."""

MOST_ON_PAGES = 100
"""Report and map are made for corpora of up to so many plans: each takes in all of them, and so would whoever reads."""
_MOST_TRACES = 20


@dataclass(frozen=True, slots=True)
class Means:
    """How a build is done; none of it changes what comes out.

    ``jobs`` is the number of processes (None: one a processor where there is enough to do), ``scheduler`` the address
    of a dask.distributed cluster that does the work instead. ``progress`` is told how far it is.
    """

    jobs: int | None = 1
    scheduler: str | None = None
    progress: Progress = field(default=lambda done, total, upcoming: None)


class Tools:
    """What a build works with: the user's theme scheme, if any, and the toolchain with it; how it is done."""

    read_all = False
    """Whether no file is taken to be as it was because its size and time are."""

    def __init__(self, themes: Path | None, means: Means, pages: bool | None) -> None:
        self.themes = themes
        self.chain = toolchain(themes)
        self.means = means
        self.pages = pages

    def want_pages(self, plans: int) -> bool:
        """Whether report and map are to be made for so many plans."""
        return plans <= MOST_ON_PAGES if self.pages is None else self.pages


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. The slugs in ``built`` are new or changed, those in ``removed`` are no longer there.

    ``renamed`` has the former slug and the new one of each plan that is as it was, but has got or lost a suffix.
    ``traces`` says of the first failures where in the code they came up. ``pages`` is whether report and map are there.
    ``restored`` are plans whose files were missing or damaged, and are as they were again.
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
    traces: tuple[str, ...]
    pages: bool
    restored: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the corpus is another one than before."""
        return bool(self.built or self.renamed or self.removed or self.restored)


def build(
    sources: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    themes: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    jobs: int | None = 1,
    scheduler: str | None = None,
    pages: bool | None = None,
) -> BuildReport:
    """Make the folder ``out`` the corpus of exactly these sources (files, folders, patterns).

    Plans that the folder holds from other sources are removed. A source that cannot be read or understood is
    reported as failed, and the others are built. ``themes`` is a SKOS scheme (Turtle) that items are indexed by, in
    place of the built-in one; ``VocabularyError`` where it is none. Killed at any moment, the folder has its former
    state or the new one, and the next build goes on from there. ``jobs`` and ``scheduler`` are those of
    :class:`Means`; ``pages`` is whether report and map are made (None: for corpora of a size that can be read).
    """
    given = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    folder = Folder(Path(out))
    listed = find_sources(given, folder.path)
    if not listed.sources:
        raise ReadingError("nothing to read: the sources hold no documents")
    _refuse_corpora(listed.sources)
    folder.prepare()
    return _made(folder, lambda before: listed, _tools(themes, progress, jobs, scheduler, pages))


def renew(
    out: str | os.PathLike[str],
    *,
    themes: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    jobs: int | None = 1,
    scheduler: str | None = None,
    pages: bool | None = None,
) -> BuildReport:
    """Build the corpus in ``out`` again from what it was built from, as after a change of version.

    A source that is gone or has changed is read from the text that its plan file keeps. Every file is looked at, also
    where its size and time are as they were. ``CorpusError`` where there is no corpus. The other parameters are those
    of :func:`build`.
    """
    folder = Folder(Path(out))
    read_manifest(folder)
    folder.prepare()

    def listed(before: Manifest | None) -> SourceList:
        return sources_of(before, folder) if before else SourceList((), ())

    tools = _tools(themes, progress, jobs, scheduler, pages)
    tools.read_all = True
    return _made(folder, listed, tools)


def _tools(
    themes: str | os.PathLike[str] | None,
    progress: Progress | None,
    jobs: int | None,
    scheduler: str | None,
    pages: bool | None,
) -> Tools:
    if jobs is not None and jobs < 1:
        raise CorpusError(f"a build needs at least one process, not {jobs}")
    means = Means(jobs, scheduler, progress) if progress else Means(jobs, scheduler)
    return Tools(Path(themes) if themes is not None else None, means, pages)


def _made(folder: Folder, listed: Callable[[Manifest | None], SourceList], tools: Tools) -> BuildReport:
    """The build, with the folder locked; what it made so far is kept where it was interrupted, and only there."""
    try:
        with locked(folder.lock):
            before = _settled(folder)
            try:
                return _build(folder, before, listed(before), tools)
            except KeyboardInterrupt:
                raise
            except BaseException:
                _undo(folder, before)
                raise
    except OSError as error:
        place = error.filename2 or error.filename or "while writing"
        raise CorpusError(f"{folder.path}: {error.strerror or error} ({place})") from error


def _refuse_corpora(sources: Iterable[Source]) -> None:
    """A corpus is no source, of itself least of all."""
    known: dict[Path, Path | None] = {}
    for source in sources:
        # Files beside each other belong to the same corpus, unless one has the name of a file of ours.
        place = source.path if is_ours(source.path) else source.path.parent
        if place not in known:
            known[place] = corpus_of(source.path)
        if folder := known[place]:
            raise ReadingError(f"{source.shown}: this belongs to the corpus in {folder}; build from documents")


def _settled(folder: Folder) -> Manifest | None:
    """The state that the last build left, with all its files in their places; what an unfinished one made is kept.

    ``LaterCorpusError`` where a later version left it.
    """
    try:
        before = read_manifest(folder)
    except LaterCorpusError:
        raise
    except CorpusError:
        if not is_unfinished(folder, None):
            folder.discard_staged()
        folder.discard_indexes(None)
        return None
    if is_unfinished(folder, before.digest):
        folder.discard_indexes(before.digest)
    else:
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


def _build(folder: Folder, before: Manifest | None, listed: SourceList, tools: Tools) -> BuildReport:
    if listed.sources:
        tools.means.progress(0, len(listed.sources), listed.sources[0].shown)
    stamps = Stamps(folder, read_all=tools.read_all)
    unique, copies = without_copies(listed.sources, stamps)
    same = before if before and before.toolchain == tools.chain else None
    made = done_before(folder, tools.chain)
    held, words = _reusable(folder, same, stamps), Words(words_read(same) if same else {})
    rows = held | made
    journal = Journal(folder, before.digest if before else None, tools.chain, made.values())
    results = dict(_processed(folder, unique, rows, words, tools, journal))
    found = {source: result for source, result in results.items() if isinstance(result, PlanRow)}
    plans = tuple(sorted(named_apart(found, folder).values(), key=lambda row: row.slug))
    broken = [result for result in results.values() if isinstance(result, Broken)]
    failed = tuple(sorted(one.failure for one in broken))
    manifest = Manifest(tools.chain, plans, failed, tuple(sorted([*copies, *words.copies])))
    pages = tools.want_pages(len(plans))
    _publish(folder, before, manifest, pages)
    stamps.save(folder, manifest.files)
    report = _report(folder, before, manifest)
    traces = tuple(one.trace for one in broken[:_MOST_TRACES])
    lost = {row.slug for row in same.plans if (row.sha256, row.name) not in held} if same else set()
    restored = tuple(slug for slug in report.unchanged if slug in lost)
    return replace(report, skipped=listed.skipped, traces=traces, pages=pages, restored=restored)


def _report(folder: Folder, before: Manifest | None, manifest: Manifest) -> BuildReport:
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
        skipped=(),
        traces=(),
        pages=False,
    )


def _reusable(folder: Folder, before: Manifest | None, stamps: Stamps) -> dict[tuple[str | None, str], PlanRow]:
    """The plans that are there already, by content and file name, both of which stand in their graphs."""
    if before is None:
        return {}
    rows = (row for row in before.plans if stamps.holds(folder.plans / f"{row.slug}.nq", row.digest))
    return {(row.sha256, row.name): row for row in rows}


def _processed(
    folder: Folder,
    sources: dict[Source, str | None],
    rows: dict[tuple[str | None, str], PlanRow],
    words: Words,
    tools: Tools,
    journal: Journal,
) -> Iterator[tuple[Source, PlanRow | Broken]]:
    """Each source's row, taken over where nothing changed, else made; none for one whose words have come up before."""
    taken = _taken_over(sources, rows)
    known = _known_copies(sources, taken, words)
    tasks = [Task(source, folder, tools.themes) for source in sources if source not in taken and source not in known]
    made = _executed(tasks, len(sources), tools.means, journal)
    for source, digest in sources.items():
        if source in known and words.known[digest or ""] in words.first:
            words.are_taken(source, digest, words.known[digest or ""])
            continue
        result = taken.get(source) or made.get(source) or process(Task(source, folder, tools.themes))
        if isinstance(result, Broken) or not words.are_taken(source, digest, result.words):
            yield source, result


def _taken_over(
    sources: dict[Source, str | None], rows: dict[tuple[str | None, str], PlanRow]
) -> dict[Source, PlanRow]:
    """The rows of the sources that are as they were."""
    taken: dict[Source, PlanRow] = {}
    for source, digest in sources.items():
        row = rows.get((digest, source.name))
        if row and (source.kept or not _is_from_kept_text(row)):
            taken[source] = row if row.source == source.shown else replace(row, source=source.shown)
    return taken


def _is_from_kept_text(row: PlanRow) -> bool:
    """Whether the plan was made without its source, which may tell more."""
    return any(problem["code"] == FROM_KEPT_TEXT for problem in row.problems)


def _known_copies(sources: dict[Source, str | None], taken: dict[Source, PlanRow], words: Words) -> set[Source]:
    """The sources that need not be read: an earlier build has, and their words are those of another source."""
    seen: set[str] = set()
    copies: set[Source] = set()
    for source, digest in sources.items():
        said = taken[source].words if source in taken else words.known.get(digest or "", "")
        if said in seen and source not in taken:
            copies.add(source)
        elif said:
            seen.add(said)
    return copies


def _executed(tasks: list[Task], total: int, means: Means, journal: Journal) -> dict[Source, PlanRow | Broken]:
    """The results of the tasks; each batch is noted in the journal as it comes."""
    results: dict[Source, PlanRow | Broken] = {}
    before = total - len(tasks)
    if tasks:
        with journal, closing(execute(tasks, means.jobs, means.scheduler)) as batches:
            for batch in batches:
                journal.note(row for _, row in batch if isinstance(row, PlanRow))
                results.update((task.source, row) for task, row in batch)
                if len(results) < len(tasks):
                    means.progress(before + len(results), total, tasks[len(results)].source.shown)
    means.progress(total, total, "")
    return results


def _publish(folder: Folder, before: Manifest | None, manifest: Manifest, pages: bool) -> None:
    """Make index and pages for the new state, then begin it; nothing where it is the state that is there."""
    make_index(folder, manifest, before)
    is_new = before is None or before.digest != manifest.digest
    if pages and (is_new or not pages_match(folder, manifest)):
        stage_pages(folder, manifest)
    if is_new:
        folder.commit(manifest.lines())
    folder.settle(manifest.files, manifest.digest)
    if not pages:
        folder.discard_pages()
