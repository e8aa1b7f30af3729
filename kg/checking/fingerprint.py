"""What a finding is recognised by when the draft has changed: the rule, the words at fault, and the words around them.

White space does not count, nor does the number before a paragraph: both change where something else is edited. Words
around are those of the same line only, so that a paragraph put in beside it changes nothing. Only where all of this is
the same twice do findings differ by how often it came before.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from yaodian.lines import LINE_END
from yaodian.model import Document, Span
from yaodian.patterns import compiled

AROUND = 12
"""How many characters before the words, and after them, count."""
_REACH = 4 * AROUND
_LABEL = compiled(
    r"^(第?[0-9０-９一二三四五六七八九十百]+[部分章节条、.．,，)）]+|[（(〔][0-9０-９一二三四五六七八九十百]+[）)〕]、?)+"
)


def fingerprints(document: Document, found: Sequence[tuple[str, Span]]) -> Iterator[str]:
    """The fingerprint of each (rule, place), in the order given."""
    seen: Counter[tuple[str, ...]] = Counter()
    for code, span in found:
        key = (code, *_words(document, span))
        seen[key] += 1
        again = (str(seen[key]),) if seen[key] > 1 else ()
        yield hashlib.sha256("\0".join((*key, *again)).encode("utf-8", "replace")).hexdigest()[:16]


def _words(document: Document, span: Span) -> tuple[str, str, str]:
    """The words at fault, those before and those after, without white space and the line's label."""
    start = span.start - document.place(span.start).column + 1
    before = _bare(document.text[max(start, span.start - _REACH) : span.start])
    after = _bare(LINE_END.split(document.text[span.end : span.end + _REACH], maxsplit=1)[0])
    quote = _bare(span.quote)
    if not before:
        quote = _LABEL.sub("", quote) or quote
    elif span.start - start <= _REACH:
        before = _LABEL.sub("", before)
    return quote, before[-AROUND:], after[:AROUND]


def _bare(text: str) -> str:
    return "".join(text.split())
