"""The digests of files by their size and time, so that what has not been touched is not read again.

As in git's index, a file that was written at about the time when the record was made is not believed: it may have
been written again at the same time. The record may be thrown away; `yaodian verify` does not use it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from yaodian.corpus.folder import Folder, has_digest

# The coarsest clock of a file system in use (FAT) counts two seconds.
_GRAIN = 2_000_000_000
Stamp = tuple[int, int, int]


class Stamps:
    """What is known of files, by their absolute paths; nothing where every file is to be read."""

    def __init__(self, folder: Folder, *, read_all: bool = False) -> None:
        self._file = folder.stamps
        self._known = {} if read_all else _read(folder.stamps)
        self._seen: dict[str, tuple[Stamp, str]] = {}

    def sha256(self, path: Path, digest_of: Callable[[], str | None]) -> str | None:
        """The digest of a file: the known one, or what ``digest_of()`` says."""
        name, stamp = os.path.abspath(path), _stamp(path)  # noqa: PTH100 - links stay as they are
        known = self._known.get(name)
        if stamp is not None and known and known[0] == stamp:
            self._seen[name] = known
            return known[1]
        digest = digest_of()
        if stamp is not None and digest is not None:
            self._seen[name] = (stamp, digest)
        return digest

    def holds(self, path: Path, digest: str) -> bool:
        """Whether the file is there with that content."""
        return self.sha256(path, lambda: digest if has_digest(path, digest) else None) == digest

    def save(self, folder: Folder, files: dict[str, str]) -> None:
        """Keep what was seen, with the plan files of a new state; nothing is lost where that cannot be."""
        now: dict[str, tuple[Stamp, str]] = {}
        plans = os.path.abspath(folder.plans)  # noqa: PTH100
        now.update((name, seen) for name, seen in self._seen.items() if os.path.dirname(name) != plans)  # noqa: PTH120
        for slug, digest in files.items():
            path = folder.plans / f"{slug}.nq"
            if stamp := _stamp(path):
                now[os.path.abspath(path)] = (stamp, digest)  # noqa: PTH100
        with suppress(OSError):
            _write(self._file, now)


def _stamp(path: Path) -> Stamp | None:
    try:
        state = path.stat()
    except (OSError, ValueError):
        return None
    return state.st_size, state.st_mtime_ns, state.st_ino


def _read(file: Path) -> dict[str, tuple[Stamp, str]]:
    """The record, without the files that changed too shortly before it was written."""
    try:
        written = file.stat().st_mtime_ns
        with file.open(encoding="utf-8", errors="surrogateescape") as lines:
            rows = (json.loads(line) for line in lines)
            return {name: ((s, m, i), digest) for name, s, m, i, digest in rows if m < written - _GRAIN}
    except (OSError, ValueError, TypeError):
        return {}


def _write(file: Path, known: dict[str, tuple[Stamp, str]]) -> None:
    waiting = file.with_suffix(".new")
    with waiting.open("w", encoding="utf-8", errors="surrogateescape") as lines:
        lines.writelines(f"{json.dumps([name, *stamp, digest])}\n" for name, (stamp, digest) in known.items())
    waiting.replace(file)
