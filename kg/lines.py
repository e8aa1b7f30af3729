"""Line ends: which characters end a line, and where lines begin.

They are those of the Unicode Standard, §5.8 (CR, LF, CRLF, NEL, LS, PS). VT and FF end a line for those who read the
text, but not for those who count its lines: editors do not count them.
"""

from __future__ import annotations

from yaodian.patterns import compiled

LINE_END = compiled("\r\n?|[\n\x85\u2028\u2029]")
ODD_END = compiled("\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *(match.end() for match in LINE_END.finditer(text))]
