"""What the columns of an answer are called where people read them."""

from __future__ import annotations

from typing import Any

from yaodian.ontology import lexicon


def column_label(name: str, lang: str) -> str:
    """The name of a column in ``zh`` or ``en``; its variable where it has none."""
    known: dict[str, str] = lexicon("columns").get(name, {})
    return known.get(lang, name)


def value_label(column: str, value: str, lang: str) -> str:
    """What a value of that column is called in ``zh`` or ``en``; the value itself where it is no code."""
    known: dict[str, Any] = lexicon("columns").get(column, {})
    return str(known.get(f"values-{lang}", {}).get(value, value))


def words(lang: str) -> dict[str, Any]:
    """The words around questions and answers in that language."""
    chosen: dict[str, Any] = lexicon("questions")[lang]
    return chosen
