"""The errors a user can meet: each is one clean line, with what to do where that is known."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category

LONGEST_NAME = 255
LONGEST_PATH = 4096
"""More bytes than these no part of a path has, and no path."""
SHOWN_OF_A_TEXT = 30


class YaodianError(Exception):
    """Base of every error that yaodian raises on purpose."""


class ReadingError(YaodianError):
    """A source cannot be read: missing, not a plan's format, undecodable, over a limit."""


class NotYetSupportedError(ReadingError):
    """The format is known, but this version does not read it."""


class VocabularyError(YaodianError):
    """A vocabulary, lexicon or rule file that came with yaodian, or was given to it, is broken."""


class NotWritableError(YaodianError):
    """A file cannot be written: not at all, or not without changing more than is meant, or not under that name."""


class CorpusError(YaodianError):
    """A corpus folder is missing, locked, or not what its manifest says."""


class LaterCorpusError(CorpusError):
    """A corpus was made by a later version, which this one must neither read nor replace."""


class OlderCorpusError(CorpusError):
    """A corpus was made with an older ontology: it has to be renewed before it is asked."""


class QueryError(YaodianError):
    """A query does not parse, is not allowed, or names something that does not exist."""


class ForbiddenQueryError(QueryError):
    """A query would change data, or fetch something from elsewhere."""


class LargeAnswerError(QueryError):
    """An answer has more rows or bytes than the limits allow."""


_MOST = 40


def listed(values: Sequence[str], separator: str = "、", rest: str = "… (and {more} more)") -> str:
    """The values that there are, for an error to end with: the first ones where they are many, and ``rest``."""
    more = len(values) - _MOST
    return separator.join(values[:_MOST]) + (rest.format(more=more) if more > 0 else "")


def shown(name: str) -> str:
    """A source's name in a message: on one line, and only its beginning where no file can have such a name."""
    plain = on_one_line(name)
    sizes = [len(part.encode("utf-8", "surrogatepass")) for part in name.split("/")]
    if max(sizes) <= LONGEST_NAME and sum(sizes) + len(sizes) <= LONGEST_PATH:
        return plain
    return f"{plain[:SHOWN_OF_A_TEXT]}… ({len(name)} characters; a file's name is wanted, not a text)"


def on_one_line(text: str) -> str:
    """A document's words in a message: line ends and control characters as escapes, so that they do nothing there."""
    return "".join(_escaped(c) if category(c) in ("Cc", "Zl", "Zp") else c for c in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
