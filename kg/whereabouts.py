"""Where in its file a stretch of text stands, in words and as data: page and line, paragraph, or a table's cell."""

from __future__ import annotations

from yaodian.model import Document, Origin
from yaodian.ontology import lexicon

_NUMBERS = ("page", "line", "paragraph", "table", "row", "column")


def whereabouts(document: Document, offset: int, language: str) -> str:
    """The place in the file as its reader finds it (第3页第4行); empty where the text's own lines are the file's."""
    origin = document.origin(offset)
    if origin is None:
        return ""
    said = lexicon("whereabouts")[language]
    numbers = origin_data(origin)
    return str(said["between"]).join(said[name].format(numbers[name]) for name in _NUMBERS if name in numbers)


def origin_data(origin: Origin) -> dict[str, int]:
    """The numbers that an origin has, by name, all counted from 1."""
    numbers = {name: getattr(origin, name) for name in _NUMBERS}
    return {name: number for name, number in numbers.items() if number is not None}
