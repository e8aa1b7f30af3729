"""The errors a user can meet: each is one clean line, with what to do where that is known."""

from __future__ import annotations

from collections.abc import Sequence


class YaodianError(Exception):
    """Base of every error that yaodian raises on purpose."""


class ReadingError(YaodianError):
    """A source cannot be read: missing, not a plan's format, undecodable, over a limit."""


class NotYetSupportedError(ReadingError):
    """The format is known, but this version does not read it."""


class VocabularyError(YaodianError):
    """A vocabulary, lexicon or rule file that came with yaodian, or was given to it, is broken."""


class CorpusError(YaodianError):
    """A corpus folder is missing, locked, or not what its manifest says."""


class QueryError(YaodianError):
    """A query does not parse, is not allowed, or names something that does not exist."""


_MOST = 40


def listed(values: Sequence[str], separator: str = "、") -> str:
    """The values that there are, for an error to end with: the first ones where they are many."""
    more = len(values) - _MOST
    return separator.join(values[:_MOST]) + (f"… (and {more} more)" if more > 0 else "")
