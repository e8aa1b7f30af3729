"""Full-text search over a corpus: items, targets, results, policies and all other text, ranked, with their places.

The index is SQLite's FTS5 (https://www.sqlite.org/fts5.html), which comes with Python: one file in the corpus folder
that can be thrown away. Each Chinese character is a word there, so that any two characters find what they stand in;
what people write without a space between is looked for as it stands.
"""

from __future__ import annotations

from yaodian.searching.finding import Found, Hit, Wanted, search

__all__ = ["Found", "Hit", "Wanted", "search"]
