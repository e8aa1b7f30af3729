"""Writing a fixed text back into a Word file: as tracked changes, which the author accepts or rejects in Word."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from yaodian.checking.fixing.edits import Edit, applied, narrowed
from yaodian.errors import NotWritableError, shown
from yaodian.model import Document
from yaodian.reading import content_of, read_bytes
from yaodian.reading.sniffing import DOCX
from yaodian.word.revisions import Change, Obstacle, Reviser, Revisions
from yaodian.word.tracing import trace

AUTHOR = "yaodian"


def is_word(document: Document) -> bool:
    """Whether the document is a Word file that can be read again."""
    return document.media_type == DOCX and document.source != "-"


def revisions_of(document: Document) -> Revisions:
    """What can be changed in the document's file; ``NotWritableError`` where it is another file by now."""
    data = content_of(Path(document.source))
    traced = trace(data, into_boxes=True)
    if hashlib.sha256(data).hexdigest() != document.sha256 or traced.text != document.text:
        raise NotWritableError(f"{shown(document.source)}: it has changed since it was read")
    return Revisions(traced)


def hindrance_in(revisions: Revisions) -> Callable[[Edit], Obstacle | None]:
    """Why the Word file cannot take an edit of its text; None where it can."""

    def hindrance(edit: Edit) -> Obstacle | None:
        obstacles = (revisions.obstacle(change) for change in _changes(revisions.traced.text, [edit]))
        return next((obstacle for obstacle in obstacles if obstacle), None)

    return hindrance


def tracked(revisions: Revisions, edits: Iterable[Edit], name: str, date: str | None = None) -> bytes:
    """The Word file with the edits, which it can take, as tracked changes of ``AUTHOR``.

    It is read again before it is given: ``NotWritableError`` where its text would not be the one wanted.
    """
    text, wanted = revisions.traced.text, tuple(edits)
    data = revisions.made(list(_changes(text, wanted)), Reviser(AUTHOR, date))
    if read_bytes(data, name).text != applied(text, wanted):
        raise NotWritableError(f"{shown(name)}: its changes cannot be written without changing more")
    return data


def _changes(text: str, edits: Iterable[Edit]) -> Iterator[Change]:
    """The edits reduced to the characters that change, so that nobody looks through words that stay."""
    for edit in edits:
        yield from (Change(each.start, each.end, each.replacement) for each in narrowed(text, edit))
