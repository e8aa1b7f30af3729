"""One file read in a new process by one reader; loads nothing that the reader does not need."""

from __future__ import annotations

from pathlib import Path


def read(kind: str, name: str, path: str) -> None:
    """Read a file by the reader of that name."""
    if name == "yaodian":
        from yaodian import reading

        reading.read(path)
        return
    from side_by_side.peers import PEERS

    PEERS[kind][name]()(Path(path).read_bytes())
