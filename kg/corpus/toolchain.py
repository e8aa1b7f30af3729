"""Which code, vocabularies and rules are at work: a plan built with others is built again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from yaodian.corpus.manifest import Toolchain
from yaodian.corpus.versions import ontology_version
from yaodian.extraction.themes.vocabulary import load

_DATA_FREE = ("cli", "ontology", "shapes", "__pycache__")


def toolchain(themes: Path | None = None) -> Toolchain:
    """The toolchain that is installed here, with a user's theme scheme; ``VocabularyError`` where it is none."""
    if themes is None:
        return _installed()
    load(themes)
    return replace(_installed(), themes=hashlib.sha256(themes.read_bytes()).hexdigest()[:16])


@cache
def _installed() -> Toolchain:
    return Toolchain(
        version("yaodian"),
        _digest("yaodian", ignored=_DATA_FREE),
        _digest("yaodian.ontology", ignored=("__pycache__",)),
        _digest("yaodian.shapes", ignored=("__pycache__",)),
        ontology_version=ontology_version(),
    )


def _digest(package: str, ignored: tuple[str, ...]) -> str:
    """A digest of a package's files and their names, the same wherever it is installed."""
    whole = hashlib.sha256()
    for name, file in sorted(_files(files(package), "", ignored)):
        whole.update(f"{name}\0".encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:16]


def _files(folder: Traversable, prefix: str, ignored: tuple[str, ...]) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.name in ignored or entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/", ignored)
        else:
            yield f"{prefix}{entry.name}", entry
