"""A text with stretches cut out of it, and where the rest stands in the text as printed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from yaodian.model import Span, span_of


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a text: its stretches begin at ``starts`` in ``text`` and at ``printed`` in the printed one."""

    text: str
    starts: tuple[int, ...]
    printed: tuple[int, ...]

    def as_printed(self, start: int, end: int) -> tuple[int, int]:
        """Where the stretch ``text[start:end]``, which is not empty, stands in the printed text."""
        return self._printed(start), self._printed(end - 1) + 1

    def left_of(self, start: int, end: int) -> tuple[int, int]:
        """What is left of a stretch of the printed text; an empty range where all of it was cut out."""
        return self._left(start), self._left(end)

    def quoting(self, printed: str) -> Callable[[Span], Span]:
        """What quotes the spans of ``text`` from the printed text."""
        return lambda span: span_of(printed, *self.as_printed(span.start, span.end))

    def _printed(self, offset: int) -> int:
        i = bisect_right(self.starts, offset) - 1
        return self.printed[i] + offset - self.starts[i]

    def _left(self, offset: int) -> int:
        i = bisect_left(self.printed, offset + 1) - 1
        if i < 0:
            return 0
        following = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
        return min(self.starts[i] + offset - self.printed[i], following)


def cut(text: str, stretches: Iterable[tuple[int, int]]) -> Cut:
    """``text`` without ``stretches``, which may overlap and stand in any order."""
    kept: list[tuple[int, int]] = []
    position = 0
    for start, end in sorted(stretches):
        if start > position:
            kept.append((position, start))
        position = max(position, end)
    if position < len(text):
        kept.append((position, len(text)))
    starts = [0]
    for start, end in kept:
        starts.append(starts[-1] + end - start)
    return Cut("".join(text[slice(*k)] for k in kept), tuple(starts[:-1]), tuple(start for start, _ in kept))
