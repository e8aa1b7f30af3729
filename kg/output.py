"""Files written for the user: whole or untouched at every moment, and never in the place of what was read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from yaodian.corpus.folder import corpus_of
from yaodian.errors import YaodianError

_LONGEST_STEM = 40


def write_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file so that it is the old one or the whole new one at every moment; ``OSError`` where that cannot be.

    A link keeps leading where it leads; what is no file (a device, a pipe) is written to as it is.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            stream.writelines(chunks)
        return
    waiting = target.with_name(f".{target.name[:_LONGEST_STEM]}.{secrets.token_hex(4)}")
    try:
        with waiting.open("xb") as file:
            file.writelines(chunks)
        if target.exists():
            _keep_rights(target, waiting)
        waiting.replace(target)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise


def save(path: Path, content: bytes) -> None:
    """Write a file as :func:`write_file` does; ``YaodianError`` where it cannot be written."""
    try:
        write_file(path, [content])
    except OSError as error:
        raise YaodianError(f"{path}: cannot be written: {error.strerror or error}") from error


def _keep_rights(target: Path, waiting: Path) -> None:
    """A file that may not be written stays as it is, another one keeps its mode."""
    with target.open("ab"):
        pass
    waiting.chmod(target.stat().st_mode & 0o7777)


def refuse_overwriting(out: Path, inputs: Iterable[Path | int]) -> None:
    """``YaodianError`` where ``out`` is one of the inputs (paths, or open files by number), or belongs to a corpus."""
    if any(_is_same(out, one) for one in inputs):
        raise YaodianError(f"{out}: this is what is read; give --out another name")
    if folder := corpus_of(out):
        raise YaodianError(f"{out}: this belongs to the corpus in {folder}; give --out another name")


def _is_same(out: Path, one: Path | int) -> bool:
    try:
        return out.is_file() and os.path.samestat(out.stat(), os.stat(one))  # noqa: PTH116 - it may be a number
    except OSError:
        return False
