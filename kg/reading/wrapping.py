"""Plain text whose paragraphs a printer or a PDF has broken into lines of one width: where they go on.

Such a text shows itself by its lines: most of the long ones end at the same column, and in the middle of sentences.
Widths are in columns, two for a Chinese character, as GB 18030 has bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from yaodian.patterns import compiled
from yaodian.reading.cutting import Cut, cut
from yaodian.reading.furniture import closes_document, heads_numbered, is_furniture, is_page_number, is_row

NARROWEST, WIDEST = 30, 120
"""The columns that a line of such a text has at least and at most."""
SLACK = 6
"""How many columns a full line may lack: a word or a mark that may not begin a line has gone to the next."""
INDENT = 4
"""The columns that the first line of a paragraph is indented by."""
FEWEST_LINES = 8
LARGEST_REST = 0.15
"""The share of lines that may be longer than the others: what stands around the text."""
LEAST_SHARE = 0.4
"""The share of the long lines that break off in the middle of a sentence."""

FEWEST_BROKEN, WIDE, BROKEN_SHARE = 5, 50, 0.6
"""How many lines of a short text break off at least, how many columns they have, and the share of the full that do
where paragraphs are not indented."""
INDENTED_SHARE = 0.7
"""The share of the paragraphs of several lines that have their first line indented where that tells paragraphs."""

_LINE = compiled(r"[^\r\n]+")
_ENDED = compiled(r"[。；！？!?;:：…](?:[”’）)》」]?|[（(][^\n]{2,60}[)）])$")
_CLOSED = ("）", ")", "】", "》")
_BREAK = compiled(r"[^\S\n]*\n[^\S\n]*")
_WORD = compiled(r"[A-Za-z]")


def unwrapped(text: str) -> Cut | None:
    """The text without the line breaks inside its paragraphs; None where its lines are not broken so."""
    lines = [line for line in _LINE.finditer(text) if not line[0].isspace()]
    if len(lines) < FEWEST_LINES or sum(len(line[0]) > WIDEST for line in lines) > LARGEST_REST * len(lines):
        return None
    words = [line[0].rstrip() for line in lines]
    # Most are set by columns; some programs count characters.
    columns, doubled = [_columns(line) for line in words], [2 * len(line) for line in words]
    open_ended, full = max(_full_lines(words, columns), _full_lines(words, doubled), key=lambda found: sum(found[0]))
    long = sum(width >= NARROWEST for width in columns)
    indents = _indents_paragraphs(words, open_ended, full)
    few = LEAST_SHARE if indents else BROKEN_SHARE
    if sum(open_ended) < max(FEWEST_LINES, LEAST_SHARE * long) and not _few_break_off(words, columns, open_ended, few):
        return None
    if indents:
        below = [*words[1:], " "]
        goes_on = zip(open_ended, full, below, strict=True)
        open_ended = [
            (open_ or (is_full and _ends(line))) and not line[:1].isspace() for open_, is_full, line in goes_on
        ]
        return cut(text, _breaks(text, lines, open_ended, numbered=True))
    return cut(text, _breaks(text, lines, open_ended))


def _ends(line: str) -> bool:
    """Whether a line is that of a paragraph, not a title: a stop ends it, or it is long."""
    ends = _columns(line) >= WIDE or _ENDED.search(line) is not None or line.endswith(_CLOSED)
    return ends and not closes_document(line)


def _few_break_off(lines: Sequence[str], columns: Sequence[int], open_ended: Sequence[bool], share: float) -> bool:
    """Whether the lines of a short text break off that are full: a few are enough where this share of them does."""
    broken = [columns[i] for i, line in enumerate(lines) if open_ended[i] and not line.endswith(_CLOSED)]
    if len(broken) < FEWEST_BROKEN or min(broken) < WIDE:
        return False
    return len(broken) >= share * sum(width >= min(broken) for width in columns)


def _indents_paragraphs(lines: Sequence[str], open_ended: Sequence[bool], full: Sequence[bool]) -> bool:
    """Whether the first lines of paragraphs are indented, and no others: so a full line goes on below where none is."""
    indented = [line[:1].isspace() for line in lines]
    first = [indented[i + 1] for i in range(len(lines) - 1) if full[i + 1] and not full[i]]
    below = [indented[i + 1] for i in range(len(lines) - 1) if open_ended[i]]
    begin = any(indented) and sum(first) >= INDENTED_SHARE * len(first)
    return begin and sum(below) <= (1 - INDENTED_SHARE) * len(below)


def _full_lines(lines: Sequence[str], widths: Sequence[int]) -> tuple[list[bool], list[bool]]:
    """For each line whether it is full and breaks off, and whether it is full at all.

    What is copied may lack the indent of a paragraph's first line.
    """
    long = sorted(width for width in widths if width >= NARROWEST)
    usual = long[3 * len(long) // 4] if long else WIDEST + 1
    if usual > WIDEST or sum(width > usual + SLACK for width in long) > LARGEST_REST * len(long):
        return [False] * len(lines), [False] * len(lines)
    open_ended: list[bool] = []
    full: list[bool] = []
    for line, width in zip(lines, widths, strict=True):
        begins = not (open_ended and open_ended[-1]) and not line[0].isspace()
        full.append(width >= usual - SLACK - (INDENT if begins else 0))
        open_ended.append(full[-1] and not _ENDED.search(line))
    return open_ended, full


def _breaks(
    text: str, lines: Sequence[re.Match[str]], open_ended: Sequence[bool], *, numbered: bool = False
) -> Iterator[tuple[int, int]]:
    """The breaks behind lines that break off, where the next line goes on and is no row, number or heading.

    One that is ``numbered`` may yet go on, too.
    """
    for (line, after), is_open in zip(pairwise(lines), open_ended, strict=False):
        gap = _BREAK.match(text, line.start() + len(line[0].rstrip()))
        words = after[0].strip()
        if not is_open or gap is None or gap.end() != after.start() + len(after[0]) - len(after[0].lstrip()):
            continue
        if _stands_alone(line[0].strip()) or _stands_alone(words) or (heads_numbered(words) and not numbered):
            continue
        if not (_WORD.match(words) and _WORD.search(text, gap.start() - 1, gap.start())):
            yield gap.span()


def _stands_alone(line: str) -> bool:
    return is_furniture(line) or is_page_number(line) or is_row(line)


def _columns(line: str) -> int:
    return len(line.encode("gb18030", "replace"))
