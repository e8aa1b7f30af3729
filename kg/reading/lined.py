"""A text as its lines that are not blank, with years in plain digits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yaodian.patterns import compiled
from yaodian.reading.years import plain_years

_MARKDOWN_HEADING = compiled(r"^#{1,6}\s+")
_OUTER = "\ufeff \t\r\x0b\x0c\xa0\u2002\u2003\u3000\u200b"


@dataclass(frozen=True, slots=True)
class Line:
    """A stripped, non-blank line and where it stands, without a Markdown heading's marks, years in plain digits."""

    start: int
    end: int
    text: str


def lined(text: str, main: tuple[int, int]) -> Iterator[Line]:
    """The lines of the text; one that reaches into the range ``main``, or out of it, is parted there."""
    text = plain_years(text)
    for start, end in ((0, main[0]), main, (main[1], len(text))):
        for match in compiled(r"[^\n]+").finditer(text, start, end):
            stripped = _MARKDOWN_HEADING.sub("", match[0].strip(_OUTER))
            if stripped:
                at = match.start() + match[0].index(stripped)
                yield Line(at, at + len(stripped), stripped)
