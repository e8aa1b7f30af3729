"""The text that a plan's file keeps: what a plan is renewed from where its source is no longer at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from yaodian.errors import ReadingError
from yaodian.rdf import names

if TYPE_CHECKING:
    from yaodian.model import Document

FROM_KEPT_TEXT = "kept-text"
"""The code of the problem that a plan has which was renewed from its own file."""


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """A plan file that stands for a source, and the source's name and digest."""

    file: Path
    name: str
    sha256: str


def kept_text(nquads: bytes) -> str | None:
    """The document's text in a plan's N-Quads; None where there is none."""
    import pyoxigraph as ox

    sign = f"> <{names.IS_STRING}> ".encode()
    for line in nquads.splitlines():
        if sign in line and line.index(sign) < line.find(b'"'):
            (quad,) = ox.parse(line, ox.RdfFormat.N_QUADS)
            return str(quad.object.value)
    return None


def kept_document(kept: Kept, source: str, nquads: bytes | None = None) -> Document:
    """The document as its text was kept; what only its file could tell (pages, paragraphs) is lost, and said so.

    ``nquads`` is the plan file's content, where the file itself may not be at hand.
    """
    from yaodian.model import Problem
    from yaodian.reading import read_bytes

    if nquads is None and kept.file.exists():
        nquads = kept.file.read_bytes()
    text = kept_text(nquads) if nquads is not None else None
    if text is None:
        raise ReadingError(f"{source}: the source is gone, and {kept.file.name} does not keep its text")
    document = read_bytes(b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass"), f"{kept.name}.txt", source)
    lost = Problem(FROM_KEPT_TEXT, "the source was not at hand: read from the text that the corpus keeps")
    return replace(document, name=kept.name, sha256=kept.sha256, problems=(*document.problems, lost))
