"""Questions by name: the ready-made ones, and those of a user's folder of ``.rq`` files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yaodian.corpus.guarding import fault
from yaodian.corpus.questions import NamedQuery, broken_header, described, named, named_queries
from yaodian.errors import QueryError, shown


@dataclass(frozen=True, slots=True)
class Library:
    """The questions that can be asked by name, and what is wrong with the files that are none, by their names."""

    queries: Mapping[str, NamedQuery]
    broken: Mapping[str, str]

    def named(self, name: str) -> NamedQuery:
        """The question of that name; ``QueryError`` where there is none, or where its file is broken."""
        if name in self.broken:
            raise QueryError(self.broken[name])
        return named(name, self.queries)


def library(folder: Path | None = None) -> Library:
    """The ready-made questions, and those of the folder; ``QueryError`` where the folder cannot be read."""
    queries, broken = dict(named_queries()), {}
    for file in _files(folder) if folder else ():
        try:
            query = read_query(file)
        except QueryError as error:
            broken[file.stem] = str(error)
        else:
            queries[query.name] = query
    return Library({name: queries[name] for name in sorted(queries)}, broken)


def _files(folder: Path) -> list[Path]:
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".rq")
    except OSError as error:
        raise QueryError(f"{shown(str(folder))}: cannot be read: {error.strerror or error}") from error
    if not files:
        raise QueryError(f"{shown(str(folder))}: the folder has no queries (files that end in .rq)")
    return files


def read_query(file: Path) -> NamedQuery:
    """The question in a file; ``QueryError`` with file and line where it is none."""
    place = shown(str(file))
    if file.stem in named_queries():
        raise QueryError(f"{place}:1: there is a ready-made question of this name; give the file another one")
    if file.exists() and not file.is_file():
        raise QueryError(f"{place}: cannot be read: it is no file")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise QueryError(f"{place}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise QueryError(f"{place}:{line}: this is not UTF-8 text") from error
    found = broken_header(text) or fault(text)
    if found:
        raise QueryError(f"{place}:{found[0]}: {found[1]}")
    return described(file.stem, text)
