"""Text that a page brings along in its scripts: systems that build pages in the browser keep the document in a string.

Only literals are looked at, nothing is run. Of them the one with most sentences is taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yaodian.patterns import compiled
from yaodian.reading.html_main import prose

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

FEWEST_MARKS = 5
"""The punctuation marks of sentences that make a string a document."""

# A literal that nothing closes ends with its line, or the script: looking for its end again and again would be slow.
_LITERAL = compiled(r'"((?:[^"\\\n]|\\.)*+)"?|\'((?:[^\'\\\n]|\\.)*+)\'?|`((?:[^`\\]|\\.)*+)`?', re.DOTALL)
_ESCAPE = compiled(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}


def text_in_scripts(tree: LexborHTMLParser) -> str | None:
    """The markup in the literal with most prose; None where no script has a document in it."""
    scripts = "\n".join(node.text() for node in tree.css("script"))
    literals = (next(filter(None, match.groups()), "") for match in _LITERAL.finditer(scripts))
    marked = [(prose(words), words) for words in map(_unescaped, literals) if len(words) > FEWEST_MARKS]
    marks, markup = max(marked, default=(0, ""), key=lambda pair: pair[0])
    return markup if marks >= FEWEST_MARKS else None


def _unescaped(literal: str) -> str:
    """What a string literal stands for (ECMA-262 §12.9.4)."""
    text = _ESCAPE.sub(_sign, literal) if "\\" in literal else literal
    # Characters beyond the basic plane are written as two escapes.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _sign(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _SIGNS.get(match[4], match[4])
    return chr(int(code, 16)) if int(code, 16) < 0x110000 else ""
