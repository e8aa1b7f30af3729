"""The index file: one SQLite database for the corpus as it is now, brought up to date plan by plan.

All that changes does so in one transaction: a process that is killed leaves the state before, one that comes at the
same time waits. A file that is damaged, or made by another version, is made anew.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeVar

from yaodian.comparing.themes import theme_names
from yaodian.corpus.folder import Folder
from yaodian.corpus.opening import read_manifest
from yaodian.errors import CorpusError, YaodianError
from yaodian.searching.passages import Passage, passages
from yaodian.searching.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from yaodian.corpus.manifest import PlanRow
    from yaodian.corpus.opening import Corpus

Answer = TypeVar("Answer")

_FORMAT = 1
_WAIT = 120.0
"""Seconds to wait for another process that brings the index up to date."""
# What is asked of all that matches comes first in a row, the long words last: then these are not read.
_TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE plans (slug TEXT PRIMARY KEY, digest TEXT);
CREATE TABLE passages (
  id INTEGER PRIMARY KEY, kind TEXT, slug TEXT, themes TEXT, start INTEGER, line INTEGER, col INTEGER, iri TEXT,
  title TEXT, body TEXT);
CREATE INDEX passages_of ON passages (slug);
CREATE VIRTUAL TABLE found USING fts5(title, body, content='', tokenize='ascii');
"""


def ask_index(corpus: Corpus, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """The answer of the index, which is up to date; of one in memory where none can be written.

    ``CorpusError`` where the folder has changed since it was opened.
    """
    path = Folder(corpus.path).search_index
    for _ in range(2):
        try:
            with closing(_opened(path, corpus)) as index:
                return question(index)
        except sqlite3.OperationalError as error:
            _explain_missing(error)
            break
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.unlink()
    with closing(_opened(":memory:", corpus)) as index:
        return question(index)


def _explain_missing(error: sqlite3.OperationalError) -> None:
    if "fts5" in str(error):
        raise YaodianError(
            "the SQLite of this Python has no full-text search (FTS5); use a Python from python.org or uv"
        ) from error


def _opened(path: Path | str, corpus: Corpus) -> sqlite3.Connection:
    index = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        if _state(index) != _wanted(corpus):
            _bring_up_to_date(index, corpus)
    except BaseException:
        index.close()
        raise
    return index


def _wanted(corpus: Corpus) -> dict[str, str]:
    """What the index was made of: the corpus, and all that folding depends on."""
    made_by = f"{_FORMAT} {unicodedata.unidata_version} {version('opencc')}"
    return {"made by": made_by, "corpus": corpus.manifest.digest}


def _state(index: sqlite3.Connection) -> dict[str, str]:
    if not index.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone():
        return {}
    return dict(index.execute("SELECT name, value FROM state WHERE name IN ('made by', 'corpus')"))


def _bring_up_to_date(index: sqlite3.Connection, corpus: Corpus) -> None:
    index.execute("BEGIN IMMEDIATE")
    try:
        state, wanted = _state(index), _wanted(corpus)
        if state != wanted:
            _refuse_outdated(corpus)
            if state.get("made by") != wanted["made by"]:
                _make_tables(index)
            _replace_plans(index, corpus)
            rows = {**wanted, "themes": json.dumps(theme_names(corpus), ensure_ascii=False)}
            index.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", rows.items())
        index.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            index.execute("ROLLBACK")
        raise


def _refuse_outdated(corpus: Corpus) -> None:
    """An opened corpus shows one state; the index is of the one that the folder has now."""
    if read_manifest(Folder(corpus.path)).digest != corpus.manifest.digest:
        raise CorpusError(f"{corpus.path}: the folder has changed since it was opened; open it again")


def _make_tables(index: sqlite3.Connection) -> None:
    for name in ("found", "passages", "plans", "state"):
        index.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in filter(str.strip, _TABLES.split(";")):
        index.execute(statement)


def _replace_plans(index: sqlite3.Connection, corpus: Corpus) -> None:
    there = dict(index.execute("SELECT slug, digest FROM plans"))
    wanted = {row.slug: row.digest for row in corpus.plans}
    for slug, digest in there.items():
        if wanted.get(slug) != digest:
            _remove(index, slug)
    _add(index, corpus, [row for row in corpus.plans if there.get(row.slug) != row.digest])


def _remove(index: sqlite3.Connection, slug: str) -> None:
    """Take a plan's passages out; the index of words is given the words again, for it keeps no text itself."""
    rows = index.execute("SELECT id, title, body FROM passages WHERE slug = ?", (slug,)).fetchall()
    index.executemany(
        "INSERT INTO found (found, rowid, title, body) VALUES ('delete', ?, ?, ?)",
        ((number, _spaced(title), _spaced(body)) for number, title, body in rows),
    )
    index.execute("DELETE FROM passages WHERE slug = ?", (slug,))
    index.execute("DELETE FROM plans WHERE slug = ?", (slug,))


def _add(index: sqlite3.Connection, corpus: Corpus, rows: list[PlanRow]) -> None:
    index.executemany("INSERT INTO plans VALUES (?, ?)", ((row.slug, row.digest) for row in rows))
    (last,) = index.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()
    for number, passage in enumerate(passages(corpus, rows), last + 1):
        index.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *_columns(passage)))
        index.execute(
            "INSERT INTO found (rowid, title, body) VALUES (?, ?, ?)",
            (number, _spaced(passage.title), _spaced(passage.body)),
        )


def _columns(passage: Passage) -> Iterable[str | int]:
    themes = "".join(f" {code} " for code in passage.themes)
    return (
        passage.kind, passage.slug, themes, passage.start, passage.line, passage.column, passage.iri,
        passage.title, passage.body,
    )  # fmt: skip


def _spaced(text: str) -> str:
    return " ".join(words(text))
