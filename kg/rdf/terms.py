"""The terms of a quad: an IRI is a plain ``str``, a literal is a :class:`Literal`."""

from __future__ import annotations

from datetime import date as calendar_date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from yaodian.patterns import compiled
from yaodian.rdf.names import XSD

_INTEGER, _DECIMAL, _DATE, _BOOLEAN = f"{XSD}integer", f"{XSD}decimal", f"{XSD}date", f"{XSD}boolean"
_ISO_DATE = compiled(r"[0-9]{4}(-[0-9]{2}){0,2}")
_DATES = {0: (f"{XSD}gYear", "-01-01"), 1: (f"{XSD}gYearMonth", "-01"), 2: (_DATE, "")}


class Literal(NamedTuple):
    """An RDF literal; a plain string where neither ``language`` nor ``datatype`` is given."""

    value: str
    language: str | None = None
    datatype: str | None = None


Term: TypeAlias = str | Literal
Triple: TypeAlias = tuple[str, str, Term]
Quad: TypeAlias = tuple[str, str, Term, str]

TRUE, FALSE = Literal("true", None, _BOOLEAN), Literal("false", None, _BOOLEAN)


def zh(value: str) -> Literal:
    """A Chinese literal."""
    return Literal(value, "zh")


def integer(value: int) -> Literal:
    """An ``xsd:integer``."""
    return Literal(str(value), None, _INTEGER)


def boolean(value: bool) -> Literal:
    """An ``xsd:boolean``."""
    return TRUE if value else FALSE


def decimal(value: Decimal) -> Literal:
    """An ``xsd:decimal`` in the canonical form of XSD 1.1: no exponent, no trailing zeros, no sign on zero."""
    if not value.is_finite():
        raise ValueError(f"{value} is not a decimal number")
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return Literal("0" if digits == "-0" else digits, None, _DECIMAL)


def date(value: str) -> Literal:
    """An ``xsd:date`` (a part of one: ``xsd:gYearMonth``, ``xsd:gYear``), a plain string where there is no such day."""
    datatype, rest = _DATES.get(value.count("-"), (None, ""))
    if datatype is None or not _ISO_DATE.fullmatch(value):
        return Literal(value)
    try:
        calendar_date.fromisoformat(value + rest)
    except ValueError:
        return Literal(value)
    return Literal(value, None, datatype)
