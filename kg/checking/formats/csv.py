"""Findings as CSV (RFC 4180): a row each. No cell begins as a formula of a spreadsheet program does."""

from __future__ import annotations

from collections.abc import Sequence

from yaodian.checking.findings import Finding
from yaodian.checking.formats.checked import Checked
from yaodian.filenames import readable
from yaodian.locales import Language
from yaodian.model import Document
from yaodian.spreadsheet import safe_csv

COLUMNS = (
    *("file", "line", "column", "start", "end", "severity", "code", "item"),
    *("quote", "message", "advice", "source", "fingerprint"),
)


def write(checked: Sequence[Checked], language: Language) -> bytes:
    """A row of names, and one for each finding."""
    return safe_csv([COLUMNS, *(_row(one.document, finding, language) for one in checked for finding in one.findings)])


def _row(document: Document, finding: Finding, language: Language) -> tuple[str, ...]:
    place, span = finding.place, finding.span
    return (
        *(readable(document.source), str(place.line), str(place.column), str(span.start), str(span.end)),
        *(finding.severity.word, finding.code, finding.item or "", finding.quote),
        *(finding.message(language), finding.advice(language), finding.source[language], finding.fingerprint),
    )
