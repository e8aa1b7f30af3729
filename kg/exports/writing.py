"""Where an export goes: the standard output, a file, or a folder; whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from yaodian.corpus.folder import corpus_of, is_corpus
from yaodian.corpus.lock import locked
from yaodian.errors import CorpusError, YaodianError
from yaodian.exports.blocks import Contents
from yaodian.exports.formats import Export, Wish
from yaodian.output import refuse_overwriting, write_file

DESCRIPTOR = "datapackage.json"
_STAGING, _LOCK = ".export-", ".lock"


def write_export(
    form: Export, contents: Contents, wish: Wish, out: Path | None, emit: Callable[[bytes], object]
) -> int:
    """Write the export to ``out``, or to ``emit`` where that is None; the number of files written.

    Which paths are folders :func:`goes_to_folder` tells. ``YaodianError`` where it cannot be written, or the form is
    not for such a place.
    """
    if out is None:
        if not form.stream:
            raise YaodianError(f"--format {form.name} is a folder of files: give --out FOLDER")
        for chunk in form.to_stream(contents, wish):
            emit(chunk)
        return 0
    try:
        if goes_to_folder(form, out):
            if not form.folder:
                raise YaodianError(
                    f"--format {form.name} is one file, and {out} is a folder: give --out FILE{form.ending}"
                )
            return _write_folder(form, contents, wish, out)
        refuse_overwriting(out, [])
        write_file(out, form.to_stream(contents, wish))
    except OSError as error:
        raise YaodianError(f"{out}: cannot be written: {error.strerror or error}") from error
    return 1


def goes_to_folder(form: Export, out: Path) -> bool:
    """Whether the path is a folder, or is to be one: a new name without an ending, for a form of several files."""
    return out.is_dir() or bool(form.folder and not out.suffix and not out.exists())


def _write_folder(form: Export, contents: Contents, wish: Wish, out: Path) -> int:
    """Write all files beside the folder first; those of an earlier export that are no more go."""
    earlier = _earlier(out)
    out.mkdir(parents=True, exist_ok=True)
    _clear_up(out)
    making = tempfile.TemporaryDirectory(prefix=_STAGING, dir=out, ignore_cleanup_errors=True)
    with making as staging, locked(Path(staging) / _LOCK):
        names = form.to_folder(contents, wish, Path(staging))
        for name in [*(n for n in names if n != DESCRIPTOR), *(n for n in names if n == DESCRIPTOR)]:
            (Path(staging) / name).replace(out / name)
    for name in earlier - set(names):
        (out / name).unlink(missing_ok=True)
    return len(names)


def _clear_up(out: Path) -> None:
    """Remove what exports that were killed have left behind: nobody holds its lock."""
    for left in (path.parent for path in out.glob(f"{_STAGING}*/{_LOCK}")):
        with suppress(CorpusError, OSError), locked(left / _LOCK):
            shutil.rmtree(left, ignore_errors=True)


def _earlier(out: Path) -> set[str]:
    """The files of an earlier export in the folder; ``YaodianError`` where it holds other things."""
    if folder := out if is_corpus(out) else corpus_of(out):
        raise YaodianError(f"{out}: this belongs to the corpus in {folder}; give --out another name")
    try:
        # What an export that was killed left behind is no other thing.
        found = {entry.name for entry in out.iterdir() if not entry.name.startswith(_STAGING)}
    except FileNotFoundError:
        return set()
    if not found:
        return set()
    try:
        listed = json.loads((out / DESCRIPTOR).read_bytes())
        names = {resource["path"] for resource in listed["resources"]} if "yaodian" in listed else set()
    except (OSError, ValueError, TypeError, KeyError):
        names = set()
    if not names:
        raise YaodianError(f"{out}: the folder holds other things ({min(found)}); give an empty one")
    return {name for name in names if Path(name).name == name} | {DESCRIPTOR}
