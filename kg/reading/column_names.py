"""The names of columns: how far down they are looked for, how long they are, and what they are without blanks."""

from __future__ import annotations

from yaodian.patterns import compiled

HEADER_ROWS = 3
"""How many rows from the top the header is looked for: above it may stand the table's title and unit."""
LONGEST_COLUMN_NAME = 14

_BLANKS = compiled(r"\s+")


def may_name_column(words: str) -> bool:
    """Whether words are short enough to name a column, blanks between them counted: asked of every line of a text."""
    return len(words) <= 2 * LONGEST_COLUMN_NAME


def plain_name(name: str) -> str:
    """The name without the blanks and line ends in it; empty where it is too long to name a column."""
    plain = _BLANKS.sub("", name)
    return plain if len(plain) <= LONGEST_COLUMN_NAME else ""
