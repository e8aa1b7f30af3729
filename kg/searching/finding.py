"""Looking for words in a corpus: what was found, the best first (Okapi BM25, as FTS5 has it)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from yaodian.comparing.sheets import Marked
from yaodian.comparing.statements import plans_of
from yaodian.comparing.themes import theme_code
from yaodian.errors import QueryError, listed
from yaodian.lines import LINE_END
from yaodian.searching.asked import Asked, asked
from yaodian.searching.excerpts import best, excerpt
from yaodian.searching.index import ask_index
from yaodian.searching.passages import WHOLE, Kind
from yaodian.searching.words import marks

if TYPE_CHECKING:
    from yaodian.corpus.manifest import PlanRow
    from yaodian.corpus.opening import Corpus

_Row: TypeAlias = tuple[str, Kind, str, str, str, int, int, int, int]

LIMIT = 20
_TITLE, _BODY = 2.0, 1.0
"""What a find in the title and one in the text count."""
# The best are chosen before their words are read.
_BEST = f"""
WITH matching AS MATERIALIZED (
  SELECT passages.id AS chosen, bm25(found, {_TITLE}, {_BODY}) AS worth, slug AS plan, start AS place
  FROM found JOIN passages ON passages.id = found.rowid
  WHERE found MATCH :expression AND kind IN (SELECT value FROM json_each(:kinds))
  AND (:slugs IS NULL OR slug IN (SELECT value FROM json_each(:slugs)))
  AND (:theme IS NULL OR instr(themes, :theme) > 0)
)
SELECT slug, kind, iri, title, body, start, line, col, (SELECT count(*) FROM matching)
FROM (SELECT * FROM matching ORDER BY worth, plan, place, chosen LIMIT :limit) JOIN passages ON id = chosen
ORDER BY worth, plan, place, chosen
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where to look: cities by name or code, themes by name or code; none means everywhere. ``limit`` 0: all."""

    cities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    theme: str | None = None
    kinds: tuple[Kind, ...] = WHOLE
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with the words in it.

    ``title`` is what the passage is called, ``text`` its words around the best find. ``start`` and ``end`` are the
    find's offsets in the document's text, ``line`` and ``column`` its place there (from 1); ``iri`` is what it is
    called in the graph, empty for text outside items.
    """

    plan: PlanRow
    kind: Kind
    iri: str
    title: Marked
    text: Marked
    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Found:
    """``hits`` are the best of ``total``."""

    hits: tuple[Hit, ...]
    total: int


def search(corpus: Corpus, text: str, wanted: Wanted | None = None) -> Found:
    """What the words find. All must be in one passage; those in quotation marks, and those written without a space
    between, one after the other; a - before one excludes it.

    ``QueryError`` where there is nothing to look for, or no such city, year or theme; ``CorpusError`` where the folder
    has changed since it was opened.
    """
    where, looked_for = wanted or Wanted(), asked(text)
    slugs = _slugs(corpus, where)
    bound = {
        "expression": looked_for.expression,
        "kinds": json.dumps(where.kinds),
        "slugs": None if slugs is None else json.dumps(slugs),
        "limit": where.limit or -1,
    }

    def question(index: sqlite3.Connection) -> list[_Row]:
        return index.execute(_BEST, {**bound, "theme": _theme(index, where.theme)}).fetchall()

    rows = ask_index(corpus, question)
    return Found(tuple(_hits(corpus, rows, looked_for)), rows[0][-1] if rows else 0)


def _slugs(corpus: Corpus, wanted: Wanted) -> list[str] | None:
    """The plans to look into, None for all."""
    if not wanted.cities and not wanted.years:
        return None
    years = sorted({row.year for row in corpus.plans if row.year is not None})
    for year in wanted.years:
        if year not in years:
            raise QueryError(f"no plan matches year {year}; there are: {listed(list(map(str, years)))}")
    of_cities = {row.slug: row for city in wanted.cities for row in plans_of(corpus, city)}
    rows = of_cities.values() if wanted.cities else corpus.plans
    return sorted(row.slug for row in rows if not wanted.years or row.year in wanted.years)


def _theme(index: sqlite3.Connection, wanted: str | None) -> str | None:
    """The theme's code as passages have it: with spaces around."""
    if wanted is None:
        return None
    (names,) = index.execute("SELECT value FROM state WHERE name = 'themes'").fetchone()
    return f" {theme_code(json.loads(names), wanted)} "


def _hits(corpus: Corpus, rows: Sequence[_Row], asked: Asked) -> Iterator[Hit]:
    plans = {row.slug: row for row in corpus.plans}
    for slug, kind, iri, title, body, start, line, column, _ in rows:
        at = best(body, asked.phrases, _end_of_heading(title, body) if kind == "item" else 0)
        before = body[: at[0]]
        breaks = [match.end() for match in LINE_END.finditer(before)]
        yield Hit(
            plan=plans[slug],
            kind=kind,
            iri=iri,
            title=Marked(title, tuple(marks(title, asked.phrases))),
            text=excerpt(body, at, asked.phrases),
            start=start + at[0],
            end=start + at[1],
            line=line + len(breaks),
            column=at[0] - breaks[-1] + 1 if breaks else column + at[0],
        )


def _end_of_heading(title: str, body: str) -> int:
    """Where a passage's own heading ends in it, 0 where it has none there."""
    heading = title.partition(" ")[2]
    at = body.find(heading) if heading else -1
    return at + len(heading) if at >= 0 else 0
