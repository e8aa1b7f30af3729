"""Where text is set on its pages: how far it reaches to the left and right, how far its lines are apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from yaodian.patterns import compiled
from yaodian.reading.pdf.lines import LABEL, TERMINAL, Line
from yaodian.reading.pdf.sheets import Stretch

DEEPEST_INDENT = 4.5
"""The ems up to which a line counts as indented: beyond, it is centred or set at the right."""
FEWEST_LINES = 5
"""So many lines show where their text begins."""
ALIKE = 0.15
"""The part of an em by which lines may differ in size from the text."""
JUSTIFIED = 0.35
"""The part of an em by which full lines may differ where they are justified."""

MIRRORED = 0.85
"""The part of the width between equal margins from which on it is believed that text is set so wide; …"""
GOING_ON = 0.6
"""… or else such a part of the lines that break a sentence off reaches so far, but for a character."""

_SIGN = compiled(r"[，。、；：！？”’）》」』】〕,.;:!?)]$")


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


class _Place(NamedTuple):
    """Stretches on pages of one width and in one column share their margins."""

    width: int
    column: int


class _Reach(NamedTuple):
    """How far a line reaches, whether that tells something, and whether its sentence may go on in the next line."""

    reach: float
    tells: bool
    goes_on: bool


def setting_of(stretches: Sequence[Stretch]) -> Setting:
    """How a document is set."""
    sizes: Counter[float] = Counter()
    for stretch in stretches:
        for line in stretch.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    return Setting(_frames(stretches, size), _pitches(stretches), size)


def _pitches(stretches: Iterable[Stretch]) -> dict[int, float]:
    """The usual distance of lines, by their size in whole points."""
    distances: defaultdict[int, Counter[float]] = defaultdict(Counter)
    for stretch in stretches:
        for one, other in pairwise(stretch.lines):
            if abs(one.size - other.size) < 1:
                distances[round(one.size)][round((other.y - one.y) * 2) / 2] += 1
    # Of distances that are as usual as one another the smaller is that of lines, the larger that of paragraphs.
    return {size: min(found, key=lambda d: (-found[d], d)) for size, found in distances.items()}


def _frames(stretches: Sequence[Stretch], size: float) -> tuple[Frame, ...]:
    """The frame of each stretch; those with few lines of text take over the margins of the others."""
    texts = [[line for line in stretch.lines if abs(line.size - size) <= ALIKE * size] for stretch in stretches]
    starts = _starts(stretches, texts, size)
    reached: defaultdict[_Place, list[_Reach]] = defaultdict(list)
    for stretch, text, start in zip(stretches, texts, starts, strict=True):
        reached[_place(stretch)] += _reach(text or stretch.lines, start)
    margins = {
        place: min((s for s, t in zip(starts, stretches, strict=True) if _place(t) == place)) for place in reached
    }
    widths = {place: _width(found, place, margins[place], size) for place, found in reached.items()}
    pairs = zip(stretches, starts, strict=True)
    return tuple(Frame(start, start + widths[_place(stretch)]) for stretch, start in pairs)


def _place(stretch: Stretch) -> _Place:
    return _Place(round(stretch.width), stretch.column)


def _starts(stretches: Sequence[Stretch], texts: Sequence[Sequence[Line]], size: float) -> list[float]:
    """Where each stretch begins at the left. Facing pages may have other margins."""
    usual: defaultdict[tuple[_Place, int], list[float]] = defaultdict(list)
    for stretch, text in zip(stretches, texts, strict=True):
        if len(text) >= FEWEST_LINES:
            usual[_place(stretch), stretch.page % 2].append(min(line.x0 for line in text))
    medians = {key: median(found) for key, found in usual.items()}
    starts = []
    for stretch, text in zip(stretches, texts, strict=True):
        own = min((line.x0 for line in text or stretch.lines), default=0.0)
        shared = medians.get((_place(stretch), stretch.page % 2), own)
        starts.append(shared if len(text) < FEWEST_LINES or abs(own - shared) < DEEPEST_INDENT * size else own)
    return starts


def _reach(lines: Sequence[Line], start: float) -> list[_Reach]:
    """How far lines reach. It does not tell where they end with a sign, which may hang over the edge."""
    signed = [_SIGN.search(line.text) is not None for line in lines]
    return [
        _Reach(line.x1 - start, not sign or all(signed), following is not None and _goes_on(line.text, following.text))
        for line, following, sign in zip(lines, (*lines[1:], None), signed, strict=False)
    ]


def _goes_on(text: str, following: str) -> bool:
    return not TERMINAL.search(text) and not LABEL.match(following)


def _width(lines: Sequence[_Reach], place: _Place, margin: float, size: float) -> float:
    """How wide text is set: as far as two lines reach alike, or three nearly so; else as if both margins were equal."""
    found = sorted((line.reach for line in lines if line.tells), reverse=True)
    longest = found[0] if found else 0.0
    mirrored = longest if place.column else max(longest, place.width - 2 * margin)
    for number, reach in enumerate(found[:-1]):
        third = found[number + 2] if number + 2 < len(found) else 0.0
        if reach - found[number + 1] <= JUSTIFIED * size or reach - third <= size:
            return reach if reach >= MIRRORED * mirrored or _are_full(lines, reach, size) else mirrored
    return mirrored


def _are_full(lines: Sequence[_Reach], reach: float, size: float) -> bool:
    """Whether the lines that reach so far are full: in an outline some are as long as one another, and none is."""
    going_on = [line.reach for line in lines if line.goes_on]
    full = sum(abs(one - reach) <= size for one in going_on)
    return full > 1 and full >= GOING_ON * len(going_on)
