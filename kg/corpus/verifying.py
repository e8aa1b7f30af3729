"""Whether a corpus is what its manifest says: files, quotes, terms, structure, index, sources. It changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from yaodian.checking.results import findings_graph
from yaodian.corpus.executing import FEWEST_FOR_POOL, batches, processors
from yaodian.corpus.flaws import Examination, Examined, Flaw, close, examine, statements, unexamined
from yaodian.corpus.folder import PAGES_RECORD, Folder, is_directory
from yaodian.corpus.index import index_path, open_index
from yaodian.corpus.journal import is_unfinished
from yaodian.corpus.manifest import Manifest
from yaodian.corpus.opening import read_manifest
from yaodian.corpus.pages import pages_match
from yaodian.corpus.pool import Job, in_pool
from yaodian.corpus.versions import refuse_older
from yaodian.errors import shown
from yaodian.rdf.iris import SHARED_GRAPH, VOCABULARY_GRAPH

_BATCH = 25
# What the files share cannot be compared with the index where some are not those that it was made from.
_NOT_OF_THE_STATE = frozenset({"file-missing", "no-file", "file-changed", "file-syntax"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in a corpus of so many plans; ``absent`` sources were not there to compare with."""

    folder: Path
    plans: int
    flaws: tuple[Flaw, ...]
    absent: int


def verify(
    path: str | os.PathLike[str],
    *,
    jobs: int | None = 1,
    deep: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Verdict:
    """Examine the corpus in the folder at ``path``, with that many processes (None: one a processor where it pays).

    ``deep`` reads the sources again that are still there, else their digests are compared. ``CorpusError`` where there
    is no corpus, its manifest is damaged, or another version made it.
    """
    folder = Folder(Path(path))
    manifest = read_manifest(folder)
    refuse_older(shown(str(folder.path)), manifest.toolchain.ontology_version)
    index, damage = _index(folder, manifest)
    plans = [Examined(folder, row, index, deep) for row in manifest.plans]
    flaws = [*damage, *_foreign(folder, manifest), *_unfinished(folder, manifest), *_pages(folder, manifest)]
    shared: set[int] = set()
    absent = done = 0
    close()
    for batch in _examined(plans, jobs):
        for plan, found in batch:
            flaws += found.flaws
            shared |= found.shared
            absent += not found.compared
            done += 1
            if progress:
                progress(done, len(plans), plan.row.source if done < len(plans) else "")
    close()
    if index and not any(flaw.code in _NOT_OF_THE_STATE for flaw in flaws):
        flaws += _surplus(index, manifest, len(shared))
    return Verdict(folder.path, len(plans), tuple(sorted(set(flaws))), absent)


def _examined(plans: list[Examined], jobs: int | None) -> Iterator[list[tuple[Examined, Examination]]]:
    number = jobs if jobs is not None else processors() if len(plans) >= FEWEST_FOR_POOL else 1
    if number == 1 or len(plans) < 2:
        return ([(plan, examine(plan))] for plan in plans)
    return in_pool(Job(examine, unexamined), batches(plans, _BATCH), number)


def _index(folder: Folder, manifest: Manifest) -> tuple[Path | None, list[Flaw]]:
    """The index to compare with, None where there is none: it is made when it is needed, which is no flaw."""
    path = index_path(folder, manifest)
    if not path.exists():
        return None, []
    try:
        open_index(path)
    except OSError as error:
        return None, [Flaw(f"store/{path.name}", "index-damaged", " ".join(str(error).split()))]
    return path, []


def _foreign(folder: Folder, manifest: Manifest) -> Iterator[Flaw]:
    """What lies among the plan files and is none of them; a build removes files with their ending, nothing else."""
    known = {f"{slug}.nq" for slug in manifest.files}
    for entry in folder.plans.glob("*"):
        if entry.name not in known:
            is_removed = entry.suffix == ".nq" and not is_directory(entry)
            yield Flaw(f"plans/{entry.name}", "file-foreign" if is_removed else "entry-foreign")


def _unfinished(folder: Folder, manifest: Manifest) -> Iterator[Flaw]:
    if folder.is_unsettled() and is_unfinished(folder, manifest.digest):
        yield Flaw(".staged", "build-unfinished")


def _pages(folder: Folder, manifest: Manifest) -> Iterator[Flaw]:
    if (folder.path / PAGES_RECORD).exists() and not pages_match(folder, manifest):
        yield Flaw("report.html, map.html", "page-changed")


def _surplus(index: Path, manifest: Manifest, shared: int) -> Iterator[Flaw]:
    """Graphs in the index that belong to no plan, and shared statements that none makes."""
    store = open_index(index)
    plans = [row.plan for row in manifest.plans]
    known = {*plans, *map(findings_graph, plans), SHARED_GRAPH, VOCABULARY_GRAPH}
    for graph in store.named_graphs():
        if graph.value not in known:
            yield Flaw(f"store/{index.name}", "index-differs", graph.value)
    if statements(store, [SHARED_GRAPH]) != shared:
        yield Flaw(f"store/{index.name}", "index-differs", SHARED_GRAPH)
