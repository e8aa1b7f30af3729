"""Lines become paragraphs, by the habits of Chinese typesetting (GB/T 9704-2012 §7.3.3).

A paragraph begins two characters in, and its lines are full but for the last. A line is full where the next one's
first word would not have fitted behind it. In pages without such indents a wider gap parts paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from yaodian.reading.body import is_contents_entry
from yaodian.reading.pdf.grids import Grid
from yaodian.reading.pdf.lines import Line
from yaodian.reading.pdf.sheets import Stretch

INDENT = 1.2
"""The ems from which on a line counts as indented."""
DEEPEST_INDENT = 4.5
"""The ems up to which it does: beyond, it is centred or set at the right."""
WIDER_PITCH = 1.3
"""How many times the usual distance of lines parts paragraphs."""
TITLE_SIZE = 1.15
"""How many times the size of the text a title has."""
FEWEST_LINES = 5

_TERMINAL = re.compile(r"[。！？；：!?;:][”’）)》]?$")
_LABEL = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}[章节条编篇]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,3}[、．]|\d{1,3}\.(?!\d)|[①-⑳]|附\s?件|[一二三四五六七八九十]是)"
)
_WORD = re.compile(
    r"[（“‘《〈「『【〔(\[]*(?:[A-Za-z0-9.,%‰/:+-]+|.)[，。、；：！？”’）》〉」』】〕,.;:!?)\]%％‰…—]{0,3}"
)
_SIGN = re.compile(r"[，。、；：！？”’）》」』】〕,.;:!?)]$")
_NARROW = re.compile(r"[\x00-\u02ff]")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text of a stretch begins and ends from left to right."""

    left: float
    right: float

    def indent(self, line: Line) -> float:
        """How many ems in a line begins."""
        return (line.x0 - self.left) / line.size

    def is_centred(self, line: Line) -> bool:
        """Whether a line stands in the middle."""
        return abs((line.x0 - self.left) - (self.right - line.x1)) < 1.5 * line.size


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set: the frame of each stretch, the usual distance of lines by their size, the text's size."""

    frames: tuple[Frame, ...]
    pitches: dict[int, float]
    size: float


def paragraphs(stretches: Sequence[Stretch]) -> list[list[Line] | Grid]:
    """The paragraphs of a document, each as its lines, and its tables."""
    setting = _setting(stretches)
    found: list[list[Line] | Grid] = []
    before: tuple[Line, Frame] | None = None
    for stretch, frame in zip(stretches, setting.frames, strict=True):
        blocks = _indented_blocks(stretch.parts, frame)
        for part in stretch.parts:
            if isinstance(part, Grid):
                found.append(part)
                before = None
                continue
            inner = Frame(blocks.get(part, frame.left), frame.right)
            last = found[-1] if found else None
            if before and isinstance(last, list) and _carries_on(before, (part, inner), setting):
                last.append(part)
            else:
                found.append([part])
            before = part, inner
    return found


def _carries_on(before: tuple[Line, Frame], after: tuple[Line, Frame], setting: Setting) -> bool:
    """Whether a line carries on the paragraph of the line before it."""
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
    ended, labelled = _TERMINAL.search(one.text) is not None, _LABEL.match(other.text) is not None
    if below.indent(other) < INDENT:
        return not (ended and labelled)
    # A hanging indent: only the first line of the paragraph stands out.
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


def _setting(stretches: Sequence[Stretch]) -> Setting:
    lines = [part for stretch in stretches for part in stretch.parts if isinstance(part, Line)]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    return Setting(_frames(stretches, size), _pitches(stretches), size)


def _pitches(stretches: Iterable[Stretch]) -> dict[int, float]:
    """The usual distance of lines, by their size in whole points."""
    distances: defaultdict[int, Counter[float]] = defaultdict(Counter)
    for stretch in stretches:
        lines = [part for part in stretch.parts if isinstance(part, Line)]
        for one, other in pairwise(lines):
            if abs(one.size - other.size) < 1:
                distances[round(one.size)][round((other.y - one.y) * 2) / 2] += 1
    # Of distances that are as usual as one another the smaller is that of lines, the larger that of paragraphs.
    return {size: min(found, key=lambda d: (-found[d], d)) for size, found in distances.items()}


def _frames(stretches: Sequence[Stretch], size: float) -> tuple[Frame, ...]:
    """The frame of each stretch. Stretches with few lines take over that of the others in their place."""
    places = [(round(stretch.width), stretch.column, stretch.page % 2) for stretch in stretches]
    of_text = [[line for line in _lines(stretch) if abs(line.size - size) <= 0.15 * size] for stretch in stretches]
    lefts: defaultdict[tuple[int, int, int], list[float]] = defaultdict(list)
    for place, lines in zip(places, of_text, strict=True):
        if len(lines) >= FEWEST_LINES:
            lefts[place].append(min(line.x0 for line in lines))
    starts = []
    for place, lines, stretch in zip(places, of_text, stretches, strict=True):
        shown = lines or _lines(stretch)
        own = min((line.x0 for line in shown), default=0.0)
        usual = median(lefts[place]) if lefts[place] else own
        starts.append(usual if abs(own - usual) < DEEPEST_INDENT * size or len(lines) < FEWEST_LINES else own)
    widths = _widths([place[:2] for place in places], of_text, starts, size)
    return tuple(
        Frame(start, start + widths.get(place[:2], _own_width(stretch, start)))
        for place, start, stretch in zip(places, starts, stretches, strict=True)
    )


def _lines(stretch: Stretch) -> list[Line]:
    return [part for part in stretch.parts if isinstance(part, Line)]


def _own_width(stretch: Stretch, start: float) -> float:
    return max((line.x1 - start for line in _lines(stretch)), default=0.0)


def _widths(
    places: Sequence[tuple[int, int]], of_text: Sequence[Sequence[Line]], starts: Sequence[float], size: float
) -> dict[tuple[int, int], float]:
    """How wide the text is set in each place: as far as two lines reach, where there are two."""
    reached: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for place, lines, start in zip(places, of_text, starts, strict=True):
        # A sign at a line's end may hang over its edge.
        reached[place] += (line.x1 - start for line in lines if not _SIGN.search(line.text))
    widths = {}
    for place, found in reached.items():
        if found:
            found.sort(reverse=True)
            pairs = pairwise(found)
            widths[place] = next((one for one, other in pairs if one - other <= size), found[0])
    return widths


def _indented_blocks(parts: Sequence[Line | Grid], frame: Frame) -> dict[Line, float]:
    """The lines that are indented as a whole paragraph, by threes at least, most of them full; and their left edge."""
    found: dict[Line, float] = {}
    group: list[Line] = []
    for part in (*parts, None):
        if isinstance(part, Line) and group and abs(part.x0 - group[-1].x0) < 0.3 * part.size:
            group.append(part)
            continue
        inner = [one for one, other in pairwise(group) if _is_full(one, frame, other)]
        if len(group) > 2 and len(inner) >= 0.6 * (len(group) - 1) and frame.indent(group[0]) >= INDENT:
            found.update((line, line.x0) for line in group)
        group = [part] if isinstance(part, Line) else []
    return found
