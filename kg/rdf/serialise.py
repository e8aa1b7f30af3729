"""Quads as N-Quads text, in the canonical form of RDF 1.2 N-Quads (section 4), sorted by code point.

A lone surrogate, which no RDF literal can hold, becomes U+FFFD: one code point for one, so offsets stay right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from yaodian.patterns import compiled
from yaodian.rdf.terms import Literal, Quad

_UNSAFE = compiled('["\\\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')
_SURROGATE = compiled("[\ud800-\udfff]")
_ECHAR = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}


def without_surrogates(value: str) -> str:
    """``value`` as RDF can hold it."""
    return _SURROGATE.sub("\ufffd", value)


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _ECHAR.get(char) or f"\\u{ord(char):04X}"


def quoted(value: str) -> str:
    """The characters of a literal, escaped and in quotation marks."""
    return f'"{_UNSAFE.sub(_escaped, value)}"' if _UNSAFE.search(value) else f'"{value}"'


def literal(term: Literal) -> str:
    """A literal in N-Quads syntax."""
    value, language, datatype = term
    if language:
        return f"{quoted(value)}@{language}"
    return f"{quoted(value)}^^<{datatype}>" if datatype else quoted(value)


def line(quad: Quad) -> str:
    """One statement, with its line end."""
    subject, predicate, term, graph = quad
    if isinstance(term, Literal):
        return f"<{subject}> <{predicate}> {literal(term)} <{graph}> .\n"
    return f"<{subject}> <{predicate}> <{term}> <{graph}> .\n"


def serialise(quads: Iterable[Quad]) -> str:
    """N-Quads text: each statement once, in code-point order."""
    return "".join(sorted(dict.fromkeys(map(line, quads))))
