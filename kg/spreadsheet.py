"""CSV that a spreadsheet program opens safely: with 汉字 intact, and no cell that it would run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from yaodian.patterns import compiled
from yaodian.rdf.serialise import without_surrogates

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""What Excel needs to see that a file is UTF-8."""

# A cell that begins like this is a formula to a spreadsheet program, or becomes one: some take signs of other widths
# for the plain ones, and leave out what is blank or invisible before them.
_FORMULA = compiled(
    r"[\t\r\n]|[\s\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
    r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]"
)
_SIGNED_NUMBER = compiled(r"[+-]\d+(\.\d+)?(E[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def inert(cell: str) -> str:
    """The cell as words: an apostrophe before it says so."""
    return f"'{cell}" if _FORMULA.match(cell) and not _SIGNED_NUMBER.fullmatch(cell) else cell


def safe_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as CSV (RFC 4180) in UTF-8, every cell inert."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([inert(cell) for cell in row] for row in rows)
    return without_surrogates(text.getvalue()).encode()
