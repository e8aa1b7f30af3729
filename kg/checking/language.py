"""The words of the checker's output, in Chinese and English."""

from __future__ import annotations

from typing import Any

from yaodian.ontology import lexicon


def words(language: str) -> dict[str, Any]:
    """The words of a language."""
    chosen: dict[str, Any] = lexicon("checking")[language]
    return chosen
