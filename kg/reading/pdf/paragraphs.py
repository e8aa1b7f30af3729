"""Lines become paragraphs, by the habits of Chinese typesetting (GB/T 9704-2012 §7.3.3).

A paragraph begins two characters in, and its lines are full but for the last. A line is full where the next one's
first word would not have fitted behind it. In pages without such indents a wider gap parts paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from yaodian.patterns import compiled
from yaodian.reading.body import is_contents_entry
from yaodian.reading.pdf.frames import DEEPEST_INDENT, Frame, Setting, setting_of
from yaodian.reading.pdf.grids import Grid
from yaodian.reading.pdf.lines import LABEL, TERMINAL, Line
from yaodian.reading.pdf.sheets import Stretch

INDENT = 1.2
"""The ems from which on a line counts as indented."""
WIDER_PITCH = 1.3
"""How many times the usual distance of lines parts paragraphs."""
TITLE_SIZE = 1.15
"""How many times the size of the text a title has."""

_WORD = compiled(
    r"[（“‘《〈「『【〔(\[]*(?:[A-Za-z0-9.,%‰/:+-]+|.)[，。、；：！？”’）》〉」』】〕,.;:!?)\]%％‰…—]{0,3}"
)
_NARROW = compiled(r"[\x00-\u02ff]")


def paragraphs(stretches: Sequence[Stretch]) -> list[list[Line] | Grid]:
    """The paragraphs of a document, each as its lines, and its tables."""
    setting = setting_of(stretches)
    found: list[list[Line] | Grid] = []
    before: tuple[Line, Frame] | None = None
    for stretch, frame in zip(stretches, setting.frames, strict=True):
        if stretch.grid:
            found.append(stretch.grid)
            before = None
        blocks = _indented_blocks(stretch.lines, frame)
        for line in stretch.lines:
            inner = Frame(blocks.get(line, frame.left), frame.right)
            last = found[-1] if found else None
            if before and isinstance(last, list) and _carries_on(before, (line, inner), setting, len(last) == 1):
                last.append(line)
            else:
                found.append([line])
            before = line, inner
    return found


def _carries_on(before: tuple[Line, Frame], after: tuple[Line, Frame], setting: Setting, first: bool) -> bool:
    """Whether a line carries on the paragraph of the line before it, of which that may be the ``first``."""
    (one, above), (other, below) = before, after
    if abs(one.size - other.size) > 0.12 * max(one.size, other.size) or is_contents_entry(one.text):
        return False
    adjacent = one.page == other.page and other.y > one.y
    if adjacent and other.y - one.y > WIDER_PITCH * setting.pitches.get(round(one.size), 2 * one.size):
        return False
    if one.size > TITLE_SIZE * setting.size and above.is_centred(one) and below.is_centred(other):
        return adjacent
    if not _is_full(one, above, other) or above.indent(one) > DEEPEST_INDENT:
        return False
    ended, labelled = TERMINAL.search(one.text) is not None, LABEL.match(other.text) is not None
    if below.indent(other) < INDENT:
        return not (ended and labelled)
    # A hanging indent: only the first line of the paragraph stands out.
    if not first and other.x0 > one.x0 + 0.3 * one.size:
        return False
    return not ended and not labelled and other.x0 > one.x0 - 0.3 * one.size and below.indent(other) < DEEPEST_INDENT


def _is_full(line: Line, frame: Frame, following: Line) -> bool:
    """Whether the next line's first word would not have fitted behind a line."""
    return line.x1 + first_width(following) > frame.right - 0.2 * line.size


def first_width(line: Line) -> float:
    """How wide the first word of a line is that cannot be broken: a character, with the signs that keep to it."""
    word = _WORD.match(line.text)
    words = word[0] if word else line.text[:1]
    narrow = len(_NARROW.findall(words))
    return line.size * (len(words) - narrow + 0.55 * narrow)


def _indented_blocks(lines: Sequence[Line], frame: Frame) -> dict[Line, float]:
    """The lines that are indented as a whole paragraph, by threes at least, most of them full; and their left edge."""
    found: dict[Line, float] = {}
    group: list[Line] = []
    for line in (*lines, None):
        if line and group and abs(line.x0 - group[-1].x0) < 0.3 * line.size:
            group.append(line)
            continue
        full = [one for one, other in pairwise(group) if _is_full(one, frame, other) and not LABEL.match(other.text)]
        if len(group) > 2 and len(full) >= 0.6 * (len(group) - 1) and frame.indent(group[0]) >= INDENT:
            found.update((one, one.x0) for one in group)
        group = [line] if line else []
    return found
