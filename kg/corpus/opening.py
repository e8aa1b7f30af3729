"""An opened corpus: its plans, and answers to questions about them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from yaodian.corpus.answers import Answer, Rows, answer_of
from yaodian.corpus.asking import DEFAULT_MEMORY, Question, ask_in_worker
from yaodian.corpus.folder import MANIFEST, Folder
from yaodian.corpus.guarding import run
from yaodian.corpus.index import drop_index, index_in_memory, index_path, make_index, open_index
from yaodian.corpus.journal import is_unfinished
from yaodian.corpus.lock import locked
from yaodian.corpus.manifest import Head, Manifest, PlanRow, decode_head, decode_manifest
from yaodian.corpus.questions import resolve
from yaodian.corpus.versions import refuse_older
from yaodian.errors import CorpusError, QueryError, shown

if TYPE_CHECKING:
    from pyoxigraph import Store

    from yaodian.notebook import Frame


class Corpus:
    """One state of a corpus folder. A later build of the folder does not change it; open the folder again.

    It is given by its manifest, or by the head of it: then the manifest is read when it is first needed.
    """

    def __init__(self, folder: Folder, state: Manifest | Head) -> None:
        self._folder = folder
        self._state = state

    def __repr__(self) -> str:
        return f"Corpus({str(self._folder.path)!r}, {len(self.plans)} plans)"

    def _repr_html_(self) -> str:
        from yaodian.notebook import corpus_html

        return corpus_html(self)

    @property
    def path(self) -> Path:
        """The folder."""
        return self._folder.path

    @cached_property
    def manifest(self) -> Manifest:
        """What the corpus is made of; ``CorpusError`` where it has to be read and is that of another state by now."""
        if isinstance(self._state, Manifest):
            return self._state
        manifest = read_manifest(self._folder)
        if manifest.digest != self._state.digest:
            raise self._changed()
        return manifest

    @property
    def plans(self) -> tuple[PlanRow, ...]:
        """A row for each plan, sorted by slug."""
        return self.manifest.plans

    @cached_property
    def store(self) -> Store:
        """The index, for reading: made anew where it is missing or damaged, in memory where it cannot be written."""
        path = self.index()
        if path is None:
            return index_in_memory(self._folder, self.manifest)
        try:
            return open_index(path)
        except OSError:
            drop_index(self._folder, self._state)
            path = self.index()
            return open_index(path) if path else index_in_memory(self._folder, self.manifest)

    def index(self) -> Path | None:
        """The folder of the index, made where it is missing; None where it cannot be written."""
        path = index_path(self._folder, self._state)
        try:
            return path if path.exists() else make_index(self._folder, self.manifest)
        except OSError:
            return None

    def nquads(self, row: PlanRow) -> bytes:
        """A plan's N-Quads file: its graph, its findings, and its share of the shared graph."""
        try:
            return self._folder.plan_file(row.slug, row.digest).read_bytes()
        except OSError as error:
            raise CorpusError(f"{row.slug}: its file is missing; build the corpus again") from error

    def query(
        self,
        question: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        memory: int | None = None,
        **more: object,
    ) -> Answer:
        """Answer a SPARQL query, or a ready-made question by its name.

        SELECT gives :class:`Rows`, ASK a ``bool``, CONSTRUCT and DESCRIBE give ``Triples``. The default graph is the
        union of all graphs; the usual prefixes are declared. Parameters fill the query's ``VALUES ?name { UNDEF }``.
        With ``timeout`` (seconds) or ``memory`` (megabytes) the query runs in a process of its own, which is ended
        where it needs more; see :class:`~yaodian.corpus.asking.Question`.
        """
        text = resolve(question, {**(parameters or {}), **more})
        if timeout is not None or memory is not None:
            limit = DEFAULT_MEMORY if memory is None else memory
            return ask_in_worker(self, Question(text, timeout=timeout, memory=limit)).answer()
        try:
            return run(self.store, text, answer_of)
        except OSError:
            self.renew()
            return self._asked_again(text)

    def _asked_again(self, text: str) -> Answer:
        try:
            return run(self.store, text, answer_of)
        except OSError as error:
            raise self._changed() from error

    def _changed(self) -> CorpusError:
        return CorpusError(f"{self.path}: the folder has changed since it was opened; open it again")

    def select(self, question: str, /, **parameters: object) -> Rows:
        """The rows of a SELECT; ``QueryError`` for other forms of query."""
        answer = self.query(question, parameters)
        if isinstance(answer, Rows):
            return answer
        raise QueryError("rows come from a SELECT; this is another form of query")

    def map(
        self,
        *,
        cities: Sequence[str] = (),
        years: Sequence[int] = (),
        themes: Sequence[str] = (),
        lang: str = "zh",
        height: int = 640,
    ) -> Frame:
        """The relationship map of the corpus, or of a part of it, to be shown in a notebook (see ``yaodian map``).

        ``QueryError`` where the corpus has nothing of one of the values, or of all of them at once.
        """
        from yaodian.maps import drawn
        from yaodian.maps.selection import Selection
        from yaodian.notebook import Frame
        from yaodian.ontology import lexicon

        page, _ = drawn(self, Selection(tuple(cities), tuple(years), tuple(themes)), lang=lang)
        return Frame(page, lexicon("notebook")["notes"]["map"][lang], height)

    def renew(self) -> None:
        """Have the index made anew when it is next needed."""
        self.__dict__.pop("store", None)
        drop_index(self._folder, self._state)


def read_manifest(folder: Folder) -> Manifest:
    """The state of the folder; ``CorpusError`` where it holds no corpus."""
    name = shown(str(folder.path))
    try:
        with folder.manifest.open("rb") as lines:
            return decode_manifest(lines, name)
    except ValueError as error:
        raise CorpusError(f"{name}: no folder can have this name") from error
    except OSError as error:
        raise CorpusError(f"{name}: {_why_none(folder.path, name)}") from error


def _read_head(folder: Folder) -> Manifest | Head:
    """The head of the state of the folder, or all of it where it has none; ``CorpusError`` where there is no corpus."""
    try:
        with folder.manifest.open("rb") as lines:
            head = decode_head(lines, shown(str(folder.path)))
    except (OSError, ValueError):
        head = None
    return head or read_manifest(folder)


def _why_none(path: Path, name: str) -> str:
    """Why there is no corpus at the path, and what to do."""
    build = f"yaodian build SOURCE... --out {name}"
    try:
        if path.is_dir():
            return f"no corpus there ({MANIFEST} cannot be read); make one with: {build}"
        if path.exists():
            build = f"yaodian build {name} --out FOLDER"
            return f"no such folder: it is a file ({MANIFEST} cannot be read); make one with: {build}"
    except OSError:
        return "no folder can have this name"
    return f"no such folder ({MANIFEST} cannot be read); make one with: {build}"


def open_corpus(path: str | os.PathLike[str]) -> Corpus:
    """Open the corpus in the folder at ``path``; ``CorpusError`` where there is none, or one of another version."""
    return _opened(Folder(Path(path)), read_manifest)


def open_to_ask(path: str | os.PathLike[str]) -> Corpus:
    """Open a corpus as :func:`open_corpus` does, for questions to its index, in the same time whatever its size.

    Its rows are read when they are first needed; a build that came before that makes it ``CorpusError``.
    """
    return _opened(Folder(Path(path)), _read_head)


def _opened(folder: Folder, read: Callable[[Folder], Manifest | Head]) -> Corpus:
    state = read(folder)
    refuse_older(shown(str(folder.path)), state.toolchain.ontology_version)
    if folder.is_unsettled() and not is_unfinished(folder, state.digest):
        _try_to_settle(folder)
        state = read(folder)
    return Corpus(folder, state)


def _try_to_settle(folder: Folder) -> None:
    """Finish what a killed build began, unless one is at work or the folder cannot be written."""
    try:
        with locked(folder.lock):
            manifest = read_manifest(folder)
            if not is_unfinished(folder, manifest.digest):
                folder.settle(manifest.files, manifest.digest)
    except (OSError, CorpusError):
        return
