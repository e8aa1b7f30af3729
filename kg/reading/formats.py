"""Which files of a folder or an archive are documents, told by their names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath

from yaodian.ontology import lexicon
from yaodian.patterns import compiled


def is_document(name: str | PurePath) -> bool:
    """Whether a file of that name can be a document: what a build takes from a folder."""
    path = PurePath(name)
    return path.suffix.lower() in _suffixes() and not _notes().fullmatch(path.name)


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(lexicon("formats")["document_suffixes"])


@cache
def _notes() -> re.Pattern[str]:
    return compiled("|".join(lexicon("formats")["notes"]), re.IGNORECASE)
