"""Making an index: all plans loaded in bulk, or the index of the state before with the changed plans replaced."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import NamedNode, RdfFormat, Store

from yaodian.checking.results import findings_graph
from yaodian.corpus.chain import Chain
from yaodian.corpus.executables import executables
from yaodian.corpus.folder import Folder, has_digest
from yaodian.corpus.index import engine_path, index_path, open_index
from yaodian.corpus.manifest import Manifest, PlanRow
from yaodian.corpus.questions import named_queries
from yaodian.corpus.sharing import unused_subjects
from yaodian.errors import CorpusError
from yaodian.ontology import resource
from yaodian.rdf import names
from yaodian.rdf.iris import SHARED_GRAPH, VOCABULARY_GRAPH
from yaodian.rdf.serialise import serialise
from yaodian.rdf.terms import Literal

_PORTION = 24_000_000
_FILE = 64_000_000
"""What the engine lets a merged file grow to, in bytes."""
_FEW_FILES = 60
"""So many files has an index that was merged, or changed a few times since, beside those that are full."""


def load(folder: Folder, manifest: Manifest) -> None:
    """Make the index of this state from nothing."""

    def fill(making: Path) -> None:
        _fill(Store(engine_path(making)), folder, manifest)

    _make(index_path(folder, manifest), fill)


def in_memory(folder: Folder, manifest: Manifest) -> Store:
    """The index of this state, in memory."""
    return _fill(Store(), folder, manifest)


def take_over(folder: Folder, before: Manifest, after: Manifest) -> bool:
    """Make the index of this state from that of the state before; False where it is not there or not worth it."""
    base = index_path(folder, before)
    if not base.exists() or not _is_worth_it(before, after):
        return False

    def fill(making: Path) -> None:
        open_index(base).backup(engine_path(making))
        store = Store(engine_path(making))
        _replace_plans(store, folder, _states(before), _states(after))
        if _is_scattered(making):
            store.optimize()

    try:
        _make(index_path(folder, after), fill)
    except (OSError, CorpusError):
        shutil.rmtree(base, ignore_errors=True)
        return False
    return True


def _make(path: Path, fill: Callable[[Path], None]) -> None:
    """Fill a folder under another name, then give it its own: an index is whole or absent."""
    path.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=path.parent, ignore_cleanup_errors=True) as making:
        fill(Path(making) / "index")
        try:
            os.rename(Path(making) / "index", path)  # noqa: PTH104 - must not replace
        except OSError:
            # Another process made the same index meanwhile.
            if not path.exists():
                raise


def _fill(store: Store, folder: Folder, manifest: Manifest) -> Store:
    _load_vocabulary(store)
    _load_plans(store, folder, manifest.plans)
    store.flush()
    # Each portion has left files of its own, and a look-up goes into all of them.
    store.optimize()
    return store


def _load_vocabulary(store: Store) -> None:
    graph = NamedNode(VOCABULARY_GRAPH)
    for entry in sorted(resource("").iterdir(), key=lambda e: e.name):
        # Policies that plans name are described in the shared graph: a query must not find them twice.
        if entry.name.endswith(".ttl") and entry.name != "policies.ttl":
            store.load(entry.read_bytes(), RdfFormat.TURTLE, to_graph=graph)
    store.load(_rule_names().encode(), RdfFormat.N_QUADS)
    store.load(serialise(executables(named_queries().values())).encode(), RdfFormat.N_QUADS)


def _rule_names() -> str:
    """What the rules are called, so that findings can be told by name."""
    from yaodian.checking import default_rules

    return serialise(
        (rule.shape, predicate, term, VOCABULARY_GRAPH)
        for rule in default_rules().rules
        for predicate, term in (
            (f"{names.YD}ruleCode", Literal(rule.code)),
            (names.LABEL, Literal(rule.name.zh, "zh")),
            (names.LABEL, Literal(rule.name.en, "en")),
        )
    )


def _load_plans(store: Store, folder: Folder, rows: Iterable[PlanRow]) -> None:
    for files in _portions(_checked(folder, row) for row in rows):
        # Lenient: the digests have shown that the files are those that were written, and what is written is valid.
        store.bulk_load(cast("IO[bytes]", Chain(files)), RdfFormat.N_QUADS, lenient=True)


def _portions(files: Iterable[Path]) -> Iterator[list[Path]]:
    """The files in portions of some megabytes: the engine holds what it loads at one time, several times over."""
    portion: list[Path] = []
    size = 0
    for file in files:
        portion.append(file)
        size += file.stat().st_size
        if size >= _PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _checked(folder: Folder, row: PlanRow) -> Path:
    """A plan's file; ``CorpusError`` where it is not the one of the manifest: an index of it would answer wrong."""
    file = folder.plan_file(row.slug, row.digest)
    if not has_digest(file, row.digest):
        if not file.exists():
            raise CorpusError(f"{file}: it is missing; build the corpus again")
        raise CorpusError(f"{file}: it is not the file that manifest.json tells of; build the corpus again")
    return file


def _states(manifest: Manifest) -> dict[tuple[str, str], PlanRow]:
    return {(row.plan, row.digest): row for row in manifest.plans}


def _is_worth_it(before: Manifest, after: Manifest) -> bool:
    """Replacing graphs one by one costs more than loading all in bulk: worth it below a third."""
    changed = set(_states(before)) ^ set(_states(after))
    return before.toolchain == after.toolchain and len(changed) * 3 <= len(after.plans) + 3


def _is_scattered(making: Path) -> bool:
    """Whether changes have left so many files that they are worth merging: after some six of them."""
    sizes = [file.stat().st_size for file in making.glob("*.sst")]
    return len(sizes) > _FEW_FILES + sum(sizes) // _FILE


def _replace_plans(
    store: Store, folder: Folder, old: dict[tuple[str, str], PlanRow], new: dict[tuple[str, str], PlanRow]
) -> None:
    _remove_plans(store, folder, [row for state, row in old.items() if state not in new])
    _load_plans(store, folder, [row for state, row in new.items() if state not in old])
    store.flush()


def _remove_plans(store: Store, folder: Folder, rows: Iterable[PlanRow]) -> None:
    described: set[str] = set()
    for row in rows:
        described |= _shared_subjects(_checked(folder, row))
        for graph in (row.plan, findings_graph(row.plan)):
            store.remove_graph(NamedNode(graph))
    shared = NamedNode(SHARED_GRAPH)
    for subject in sorted(unused_subjects(store, described)):
        for quad in list(store.quads_for_pattern(NamedNode(subject), None, None, shared)):
            store.remove(quad)


def _shared_subjects(file: Path) -> set[str]:
    """The subjects that a plan file describes in the shared graph; our files have one statement a line, IRIs first."""
    ending = f" <{SHARED_GRAPH}> .\n".encode()
    with file.open("rb") as lines:
        return {line[1 : line.index(b">")].decode() for line in lines if line.endswith(ending)}
