"""The prefixes that every query may use without declaring them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from yaodian.ontology import lexicon

XSD: Final = "http://www.w3.org/2001/XMLSchema#"


@cache
def prefixes() -> dict[str, str]:
    """Namespaces by prefix."""
    return dict(lexicon("prefixes"))


def declared(query: str) -> str:
    """The declarations (``PREFIX …``, a line each) of the prefixes that a query may use."""
    used = (name for name in prefixes() if re.search(rf"(?<![\w-]){re.escape(name)}:", query))
    return "".join(f"PREFIX {name}: <{prefixes()[name]}>\n" for name in used)


def shortened(iri: str) -> str:
    """The IRI by the longest prefix that fits it, for people to read; as it is where none does."""
    fitting = ((namespace, prefix) for prefix, namespace in prefixes().items() if iri.startswith(namespace))
    namespace, prefix = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))
    return f"{prefix}:{iri[len(namespace) :]}" if namespace else iri
