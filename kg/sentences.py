"""The sentence in which something stands, as printed: it ends with its mark, or with its line."""

from __future__ import annotations

from yaodian.patterns import compiled

_END = compiled(r"[。！？!?；;\r\n]+[”’」』）)]*")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds ``start`` begins, and the one that holds ``end`` ends, without space around."""
    line = text.rfind("\n", 0, start) + 1
    ends = [match.end() for match in _END.finditer(text, line, start)]
    stop = _END.search(text, max(end - 1, start))
    first, last = ends[-1] if ends else line, stop.end() if stop else len(text)
    stretch = text[first:last]
    return min(start, last - len(stretch.lstrip())), max(end, first + len(stretch.rstrip()))
