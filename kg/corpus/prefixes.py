"""The prefixes that every query may use without declaring them."""

from __future__ import annotations

from functools import cache
from typing import Final

from yaodian.ontology import lexicon

XSD: Final = "http://www.w3.org/2001/XMLSchema#"


@cache
def prefixes() -> dict[str, str]:
    """Namespaces by prefix."""
    return dict(lexicon("prefixes"))
