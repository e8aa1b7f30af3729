"""Where a document's body lies in a text: its title block to its last line, and what the lines around it are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from yaodian.model import TextRole
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.furniture import (
    closes_document,
    is_contents_entry,
    is_furniture,
    is_metadata,
    is_numbered,
    label,
)
from yaodian.reading.lined import Line, lined
from yaodian.reading.margins import Kind, begin, end, kinds
from yaodian.reading.surroundings import Margins, surroundings
from yaodian.reading.titles import (
    is_title,
    run_in_title,
    title_below_note,
    title_block,
    without_brackets,
    without_subtitle,
)

__all__ = ["Body", "closes_document", "find_body", "is_contents_entry", "is_furniture", "is_title"]

PARAGRAPH_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Body:
    """The body's extent, its title's extent, the labelled values printed around it, and what each line there is."""

    start: int
    end: int
    title: tuple[int, int] | None
    labelled: tuple[tuple[str, int, int], ...]
    around: tuple[tuple[TextRole, int, int], ...] = ()


def find_body(text: str, main: tuple[int, int], tables: Sequence[tuple[int, int]] = ()) -> Body:
    """The body of the document, which lies in ``text[main[0]:main[1]]``; all of that where nothing tells it apart.

    What lies in ``tables`` belongs to it.
    """
    lines = list(lined(text, main))
    within = [i for i, line in enumerate(lines) if main[0] <= line.start < main[1]]
    if not within:
        return Body(main[0], main[0], None, ())
    inside = range(within[0], within[-1] + 1)
    rows = _rows(lines, tables)
    # A text of nothing but short lines may yet have its title on the first.
    shortest = next((i for i in inside if _is_short_sentence(lines[i].text)), inside.start)
    shortest = min(max(shortest, inside.start + is_title(lines[inside.start].text)), inside[-1])
    first = next((i for i in inside if i in rows or _is_content(lines[i].text)), shortest)
    found = kinds(lines, inside, first, max([first, *rows]))
    last = end(lines, found, inside, first)
    labelled = tuple(pair for line in (*lines[:first], *lines[last + 1 :]) for pair in _pairs(line))
    stated = " ".join(text[s:e] for key, s, e in labelled if key in _title_labels()) or _named_file(lines[:first])
    head, title = _opening(lines, found, inside, first, stated)
    margins = Margins(lines, found, inside, range(head, last + 1), text[slice(*title)] if title else stated)
    around = tuple((role, line.start, line.end) for role, line in surroundings(margins))
    return Body(lines[head].start, lines[last].end, title, labelled, around)


def _rows(lines: Sequence[Line], tables: Sequence[tuple[int, int]]) -> set[int]:
    """The lines that begin in one of the tables."""
    starts = [line.start for line in lines]
    return {i for start, end in tables for i in range(bisect_left(starts, start), bisect_left(starts, end))}


def _opening(
    lines: Sequence[Line], found: Sequence[Kind], inside: range, first: int, stated: str
) -> tuple[int, tuple[int, int] | None]:
    """The first line of the body that has its first paragraph at ``first``, and the extent of its title."""
    block = title_block(lines, first)
    if block and _heads_first_part(" ".join(line.text for line in lines[block[0] : block[1] + 1]), stated):
        return begin(lines, found, inside, block[0], titled=False), None
    head = begin(lines, found, inside, block[0] if block else first, titled=block is not None)
    if block is None and (block := title_block(lines, head)):
        head = block[0]
    if block is None or lines[block[1]].text.endswith("通知"):
        block = title_below_note(lines, block[1] + 1 if block else head) or block
    if block is None:
        return head, run_in_title(lines[first], stated)
    return head, _extent(lines[block[0] : block[1] + 1])


def _extent(title: Sequence[Line]) -> tuple[int, int]:
    """The extent of the title that stands on these lines, without the marks that one line is set in."""
    title = without_subtitle(title)
    whole = title[0].text
    words = without_brackets(whole) if len(title) == 1 else whole
    start = title[0].start + whole.index(words)
    return start, start + len(words) if words != whole else title[-1].end


def _named_file(lines: Sequence[Line]) -> str:
    """What the first name of a file says that stands above the text; empty where there is none."""
    names = (re.match(lexicon("furniture")["file_name"], line.text) for line in lines)
    return next((name[1] for name in names if name), "")


def _title_labels() -> list[str]:
    return list(lexicon("facts")["title_labels"])


def _heads_first_part(title: str, stated: str) -> bool:
    """Whether a title-like line only heads the first part (2022年工作回顾) of a document titled elsewhere."""
    return bool(stated) and re.match(r"(?:19|20)\d{2}年", title) is not None and title not in stated


def _is_content(line: str) -> bool:
    if is_furniture(line) or is_metadata(line) or is_contents_entry(line):
        return False
    return is_numbered(line) or (len(line) >= PARAGRAPH_LENGTH and re.search("[。；，,;]", line) is not None)


def _is_short_sentence(line: str) -> bool:
    """Whether a line is of the text, where that is broken into short lines: it has clauses."""
    return not (is_furniture(line) or is_metadata(line)) and re.search("[，,；;]", line) is not None


@cache
def _value_end() -> re.Pattern[str]:
    return compiled(lexicon("furniture")["value_end"])


def _pairs(line: Line) -> Iterator[tuple[str, int, int]]:
    """The label/value pairs of a metadata line, several on one line allowed."""
    matches = list(label().finditer(line.text))
    stops = [m.start() for m in matches[1:]] + [len(line.text)]
    for match, stop in zip(matches, stops, strict=False):
        value = _value_end().split(line.text[match.end() : stop].lstrip(), maxsplit=1)[0]
        key = re.sub(r"\s", "", match.group(1))
        if value.strip():
            begins = line.start + line.text.index(value, match.end())
            yield key, begins, begins + len(value.rstrip())
