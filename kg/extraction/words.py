"""Common words, which tell where names and headings do not begin or end."""

from __future__ import annotations

from functools import cache

from yaodian.ontology import lexicon


@cache
def common_pairs() -> frozenset[str]:
    """Common words of two characters."""
    return frozenset(lexicon("word_pairs")["pairs"].split())
