"""The words of the checker's output, in Chinese and English."""

from __future__ import annotations

from typing import Any

from yaodian.locales import Language, preferred
from yaodian.ontology import lexicon

__all__ = ["Language", "preferred", "words"]


def words(language: str) -> dict[str, Any]:
    """The words of a language."""
    chosen: dict[str, Any] = lexicon("checking")[language]
    return chosen
