"""What each line around a body is. Text that nothing tells apart from the document is unaccounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from yaodian.model import TextRole
from yaodian.reading.furniture import closes_document, is_full_sentence, is_letterhead
from yaodian.reading.lined import Line
from yaodian.reading.margins import Kind

LONGEST_MENU_ENTRY = 20
LONGEST_LINK = 60
SHORTEST_SENTENCE = 15

_ROLES: dict[Kind, TextRole] = {
    Kind.FURNITURE: "furniture",
    Kind.PAGE_NUMBER: "furniture",
    Kind.RULE: "furniture",
    Kind.METADATA: "metadata",
    Kind.CONTENTS: "contents",
}


@dataclass(frozen=True)
class Margins:
    """A text's lines, their kinds, which of them its format shows as the document, which are the body, its title."""

    lines: Sequence[Line]
    kinds: Sequence[Kind]
    inside: range
    body: range
    title: str

    @cached_property
    def above(self) -> int:
        """The first line of furniture; behind the last line where there is none."""
        return self._furniture(self.inside.start)

    @cached_property
    def below(self) -> int:
        """The first line of furniture below the body."""
        return self._furniture(self.body.stop)

    @cached_property
    def said(self) -> frozenset[str]:
        """What the body's lines say: a page may have its text once more, for narrow screens."""
        return frozenset(line.text for line in self.lines[self.body.start : self.body.stop])

    def _furniture(self, start: int) -> int:
        found = (i for i in range(start, len(self.kinds)) if self.kinds[i] is Kind.FURNITURE)
        return next(found, len(self.kinds))


def surroundings(margins: Margins) -> Iterator[tuple[TextRole, Line]]:
    """Each line around the body, with what it is."""
    for i, line in enumerate(margins.lines):
        if i not in margins.body:
            yield _role(margins, i), line


def _role(margins: Margins, i: int) -> TextRole:
    line, kind = margins.lines[i].text, margins.kinds[i]
    if role := _ROLES.get(kind):
        return role
    if i not in margins.inside:
        return "furniture" if line in margins.said else _role_beside(line, margins.title)
    if i >= margins.body.stop and _is_link(margins, i):
        return "furniture"
    if _repeats(line, margins.title):
        return "title"
    if closes_document(line) or is_letterhead(line):
        return "closing"
    return "furniture" if _is_link(margins, i) else "unaccounted"


def _role_beside(line: str, title: str) -> TextRole:
    """What a line is that the format shows to be beside the document (the menus and sidebars of a web page)."""
    if _repeats(line, title):
        return "title"
    return "unaccounted" if is_full_sentence(line) and len(line) >= SHORTEST_SENTENCE else "furniture"


def _repeats(line: str, title: str) -> bool:
    """Whether the line is the title once more, or a part of it."""
    bare, whole = (re.sub(r"[\W_]", "", words) for words in (line, title))
    return len(bare) > 3 and (bare in whole or (whole != "" and whole in bare and len(bare) < 2 * len(whole)))


def _is_link(margins: Margins, i: int) -> bool:
    """Whether bare words belong to a menu or a list of links: they stand below furniture, or right above it."""
    if margins.kinds[i] is not Kind.BARE:
        return False
    length = len(margins.lines[i].text)
    if i >= margins.body.stop:
        return length <= LONGEST_LINK and margins.below < i
    return length <= LONGEST_MENU_ENTRY and (margins.above < i or margins.kinds[i + 1] is Kind.FURNITURE)
