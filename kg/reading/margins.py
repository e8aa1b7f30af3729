"""How far furniture reaches into a text from its head and its foot: what lies between is the document's body.

Lines are skipped only where their words or their neighbours show that they are none of the document's. From a
sentence, a numbered line or a row of a table on, everything is the document's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from yaodian.reading.furniture import (
    addresses,
    closes_document,
    heads_contents,
    is_certain_metadata,
    is_contents_entry,
    is_full_sentence,
    is_furniture,
    is_metadata,
    is_numbered,
    is_page_number,
    is_row,
    is_sentence,
    may_continue_footer,
    may_open_footer,
)
from yaodian.reading.lined import Line

CLOSING_LINES = 5


class Kind(Enum):
    """What a line is at the margin of a text."""

    FURNITURE = auto()
    PAGE_NUMBER = auto()
    METADATA = auto()
    CONTENTS = auto()
    RULE = auto()
    BARE = auto()
    """Words without punctuation or number: of the document where they touch it, of a menu where they touch that."""
    CLAUSE = auto()
    """Words with a comma or in brackets: of the document unless furniture stands before them at the foot."""
    TEXT = auto()


class _Open(Enum):
    """What a site and a plan may both have: its kind is told by the lines it touches."""

    FOOTER = auto()
    BELOW_FOOTER = auto()
    LABELLED = auto()


_NOT_TEXT = (Kind.FURNITURE, Kind.METADATA)


def kinds(lines: Sequence[Line], inside: range, first: int, last: int) -> list[Kind]:
    """The kind of each line; line ``first`` is the document's, and so is all from there to line ``last``.

    Between that and the last line of text all is the document's, whatever it is: nothing there is looked at.
    """
    found: list[Kind | _Open] = [Kind.TEXT] * len(lines)
    found[:first] = [_kind(line.text) for line in lines[:first]]
    for i in range(len(lines) - 1, last, -1):
        found[i] = _kind(lines[i].text)
        if found[i] is Kind.TEXT and i < inside.stop:
            break
    for i, kind in enumerate(found):
        if kind is _Open.LABELLED and (i < first or (i > 0 and found[i - 1] in _NOT_TEXT)):
            found[i] = Kind.METADATA
    for start, stop in _footers(found):
        if any(kind in _NOT_TEXT for kind in (*found[max(0, start - 1) : start], *found[stop : stop + 1])):
            found[start:stop] = [Kind.FURNITURE] * (stop - start)
    return [_worded(line.text) if isinstance(kind, _Open) else kind for line, kind in zip(lines, found, strict=True)]


def _footers(found: Sequence[Kind | _Open]) -> Iterator[tuple[int, int]]:
    """The runs of lines that may be a footer: from the first that may open one to the last that may continue it."""
    start = None
    for i, kind in enumerate([*found, Kind.RULE]):
        if kind is _Open.FOOTER and start is None:
            start = i
        if start is not None and kind not in (_Open.FOOTER, _Open.BELOW_FOOTER):
            yield start, i
            start = None


def _kind(line: str) -> Kind | _Open:
    if is_page_number(line):
        return Kind.PAGE_NUMBER
    if is_furniture(line):
        return Kind.FURNITURE
    if is_certain_metadata(line):
        return Kind.METADATA
    if is_contents_entry(line) or heads_contents(line):
        return Kind.CONTENTS
    if is_metadata(line):
        return _Open.LABELLED
    if may_open_footer(line):
        return _Open.FOOTER
    return _Open.BELOW_FOOTER if may_continue_footer(line) else _worded(line)


def _worded(line: str) -> Kind:
    if not re.search(r"\w", line):
        return Kind.RULE
    if is_numbered(line) or is_full_sentence(line) or (is_row(line) and re.search(r"\d", line)):
        return Kind.TEXT
    return Kind.CLAUSE if is_sentence(line) or line.endswith(("）", ")")) else Kind.BARE


def begin(lines: Sequence[Line], found: Sequence[Kind], inside: range, start: int, *, titled: bool) -> int:
    """The first line of the body, which has its title or first paragraph at ``start``."""
    above = [i for i in range(inside.start, start) if _speaks(lines[i].text, found[i])]
    if not above and titled:
        return start
    first = above[0] if above else start
    while first > inside.start and found[first - 1] in (Kind.BARE, Kind.CLAUSE, Kind.TEXT):
        first -= 1
    return first


def _speaks(line: str, kind: Kind) -> bool:
    return kind is Kind.TEXT or (kind is Kind.CLAUSE and is_sentence(line)) or (kind is Kind.BARE and addresses(line))


def end(lines: Sequence[Line], found: Sequence[Kind], inside: range, start: int) -> int:
    """The last line of the body, which has its first paragraph at ``start``."""
    below = range(start, inside.stop)
    last = max((i for i in below if found[i] is Kind.TEXT), default=start)
    parted = next((i for i in below if i > last and found[i] is Kind.FURNITURE), inside.stop)
    last = max((i for i in range(last, parted) if found[i] is Kind.CLAUSE), default=last)
    bare = last
    while bare + 1 < inside.stop and found[bare + 1] is Kind.BARE and _is_chinese(lines[bare + 1].text):
        bare += 1
    close = range(bare + 1, min(parted, bare + 1 + CLOSING_LINES))
    return max((i for i in close if found[i] is Kind.BARE and closes_document(lines[i].text)), default=bare)


def _is_chinese(line: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", line) is not None
