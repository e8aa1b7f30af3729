"""The index: an Oxigraph store for one state of the corpus, made from the plan files and never changed after.

It lies in ``store/<state>``, as the manifest names its state. A new state gets a new folder, either loaded from all
plan files or taken over from the state before (files shared by hard links) with only the changed plans replaced.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from yaodian.filenames import readable

if TYPE_CHECKING:
    from pyoxigraph import Store

    from yaodian.corpus.folder import Folder
    from yaodian.corpus.manifest import Head, Manifest


def index_path(folder: Folder, state: Manifest | Head) -> Path:
    """Where the index of this state lies, or would lie."""
    return folder.store / state.digest


def make_index(folder: Folder, manifest: Manifest, before: Manifest | None = None) -> Path:
    """Make the index of this state unless it is there; from the state ``before`` where that is less work."""
    path = index_path(folder, manifest)
    if not path.exists():
        from yaodian.corpus import indexing

        if not (before and indexing.take_over(folder, before, manifest)):
            indexing.load(folder, manifest)
    return path


def engine_path(path: Path) -> str:
    """The path as the engine takes it, which knows UTF-8 alone; ``OSError`` where it has no such name."""
    for named in (os.fspath, os.path.relpath):
        with suppress(UnicodeDecodeError):
            return os.fsencode(named(path)).decode("utf-8")
    raise OSError(errno.EILSEQ, "the index needs a path in UTF-8; choose another folder", readable(str(path)))


def open_index(path: Path) -> Store:
    """The index for reading; ``OSError`` where it is damaged."""
    from pyoxigraph import Store

    try:
        return Store.read_only(engine_path(path))
    except RuntimeError as error:
        raise OSError(str(error)) from error


def drop_index(folder: Folder, state: Manifest | Head) -> None:
    """Remove an index that proved damaged."""
    shutil.rmtree(index_path(folder, state), ignore_errors=True)


def index_in_memory(folder: Folder, manifest: Manifest) -> Store:
    """The index where nothing can be written."""
    from yaodian.corpus import indexing

    return indexing.in_memory(folder, manifest)
