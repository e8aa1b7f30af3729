"""The state of the corpus that is served: a new build of the folder is taken up with the next request."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from yaodian.corpus.folder import Folder
from yaodian.corpus.manifest import Manifest
from yaodian.corpus.opening import Corpus, open_corpus
from yaodian.errors import CorpusError

_Stamp = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Edition:
    """One state of the corpus: its manifest, and its index (None where none can be written)."""

    folder: Path
    index: Path | None
    manifest: Manifest
    corpus: Corpus


class Editions:
    """The editions of a corpus folder, one after another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._stamp: _Stamp | None = None
        self._edition: Edition | None = None
        self._renewing = asyncio.Lock()

    async def current(self) -> Edition:
        """The edition that the folder has now; the one before while a build has left it unreadable.

        ``CorpusError`` where there has been none.
        """
        if self._edition and self._stamp_now() == self._stamp:
            return self._edition
        async with self._renewing:
            stamp = self._stamp_now()
            if self._edition is None or stamp != self._stamp:
                try:
                    self._edition = await asyncio.to_thread(_opened, self._folder)
                except CorpusError:
                    if self._edition is None:
                        raise
                self._stamp = stamp
            return self._edition

    async def renewed(self, damaged: Edition) -> Edition:
        """An edition in place of one whose index proved damaged."""
        async with self._renewing:
            if self._edition is damaged:
                await asyncio.to_thread(damaged.corpus.renew)
                self._edition = await asyncio.to_thread(_opened, self._folder)
        return await self.current()

    def _stamp_now(self) -> _Stamp | None:
        try:
            status = Folder(self._folder).manifest.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def _opened(folder: Path) -> Edition:
    corpus = open_corpus(folder)
    index = corpus.index()
    return Edition(folder, index.resolve() if index else None, corpus.manifest, corpus)
