"""What a build has done so far, so that the next one goes on from there where it was killed or interrupted.

The journal lies beside the staged plan files: a line that says for which state and tools it was made, then a line for
each plan whose file is on the disk. A line that broke off counts for nothing. A build that came to its end has moved
its files and removed the journal, or its manifest is another one than the journal names.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from yaodian.corpus.folder import Folder, write_synced
from yaodian.corpus.manifest import PlanRow, Toolchain, decode_row


def is_unfinished(folder: Folder, state: str | None) -> bool:
    """Whether the staged files are those of a build that began at this state and did not come to its end."""
    return _head(folder.journal).get("before", "") == state


def done_before(folder: Folder, tools: Toolchain) -> dict[tuple[str | None, str], PlanRow]:
    """The plans that an unfinished build with the same tools made, by content and file name."""
    if _head(folder.journal).get("tools") != asdict(tools):
        return {}
    staged = {path.name for path in folder.staged_plans.glob("*.nq")}
    with folder.journal.open("rb") as lines:
        lines.readline()
        rows = map(_row, lines)
        return {(row.sha256, row.name): row for row in rows if row and f"{row.digest}.nq" in staged}


class Journal:
    """A journal to write; it is begun, with the plans ``kept`` from another one, when it is entered as a context."""

    def __init__(self, folder: Folder, state: str | None, tools: Toolchain, kept: Iterable[PlanRow]) -> None:
        self._path = folder.journal
        self._head = {"before": state, "tools": asdict(tools)}
        self._kept = kept
        self._file: BinaryIO | None = None

    def __enter__(self) -> Journal:
        self._path.parent.mkdir(exist_ok=True)
        waiting = self._path.with_suffix(".new")
        write_synced(waiting, [_line(self._head), *(_line(asdict(row)) for row in self._kept)])
        waiting.replace(self._path)
        self._file = self._path.open("ab")
        return self

    def __exit__(self, *error: object) -> None:
        if self._file:
            self._file.close()

    def note(self, rows: Iterable[PlanRow]) -> None:
        """Add plans whose files are on the disk."""
        assert self._file, "the journal is not open"
        self._file.writelines(_line(asdict(row)) for row in rows)
        self._file.flush()
        os.fsync(self._file.fileno())


def _line(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _head(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline())
            return head if isinstance(head, dict) else {}
    except (OSError, ValueError):
        return {}


def _row(line: bytes) -> PlanRow | None:
    try:
        return decode_row(json.loads(line)) if line.endswith(b"\n") else None
    except (ValueError, TypeError, KeyError):
        return None
