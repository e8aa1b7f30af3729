"""Which sources hold the same plan: equal bytes, or equal words in other bytes (another encoding, other line ends)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from yaodian.corpus.manifest import Duplicate, Manifest
from yaodian.corpus.sources import Source
from yaodian.corpus.stamps import Stamps


def words_digest(text: str) -> str:
    """The SHA-256 of a text in which every stretch of blanks and line ends is one space."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


def without_copies(sources: Sequence[Source], stamps: Stamps) -> tuple[dict[Source, str | None], list[Duplicate]]:
    """The sources with the digests of their content; of those with equal content only the first."""
    first: dict[str, Source] = {}
    unique: dict[Source, str | None] = {}
    copies = []
    for source in sources:
        digest = stamps.sha256(source.path, source.sha256) if not source.kept else source.sha256()
        if digest is None or digest not in first:
            unique[source] = digest
            first[digest or ""] = source
        else:
            copies.append(Duplicate(source.shown, digest, first[digest].shown))
    return unique, copies


@dataclass(slots=True)
class Words:
    """The words that have come up so far, each text with the source that stands for it."""

    known: dict[str, str]
    """The digest of the words of a content, by that of the content, as far as an earlier build has read it."""
    first: dict[str, Source] = field(default_factory=dict)
    copies: list[Duplicate] = field(default_factory=list)

    def are_taken(self, source: Source, content: str | None, words: str | None) -> bool:
        """Whether an earlier source has these words; the source is a copy then, else it stands for them."""
        if not words:
            return False
        other = self.first.setdefault(words, source)
        if other is not source:
            self.copies.append(Duplicate(source.shown, content or "", other.shown))
        return other is not source


def words_read(before: Manifest) -> dict[str, str]:
    """The digest of the words of each content that the corpus was built from, copies included."""
    of_source = {row.source: row.words for row in before.plans}
    copies = {copy.sha256: of_source.get(copy.duplicate_of, "") for copy in before.duplicates}
    return {**copies, **{row.sha256: row.words for row in before.plans}}
