"""What may be shown on a terminal: words from a document, a file's name or an error act on nothing there."""

from __future__ import annotations

from collections.abc import Mapping

_WIDE_SPACE = "\u3000"
_BLANK = dict.fromkeys(map(ord, "\t\n\r\v\f\x1c\x1d\x1e\x85\u00a0\u2028\u2029"), " ")


def visible(text: str) -> str:
    """``text`` on one line, one character for one: spaces for line ends and tabs, U+FFFD for what cannot be seen."""
    return "".join(c if c.isprintable() or c == _WIDE_SPACE else "\ufffd" for c in text.translate(_BLANK))


def wants_colour(environment: Mapping[str, str]) -> bool:
    """Whether who runs the program wants colour on a terminal: NO_COLOR (https://no-color.org) and TERM tell."""
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
