"""Findings as the CSV that Excel opens by a double click: marked as UTF-8, with headings and severities in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yaodian.checking.findings import Finding
from yaodian.checking.formats.checked import Checked, heading
from yaodian.checking.language import words
from yaodian.filenames import readable
from yaodian.locales import Language
from yaodian.ontology import lexicon
from yaodian.spreadsheet import BYTE_ORDER_MARK, safe_csv

COLUMNS = ("file", "line", "severity", "code", "rule", "item", "quote", "message", "advice", "source")


def write(checked: Sequence[Checked], language: Language) -> bytes:
    """A row of headings, and one for each finding."""
    said = lexicon("review")[language]
    rows = (_row(one, finding, language, item) for one in checked for finding, item in _placed(one))
    return BYTE_ORDER_MARK + safe_csv([[said[name] for name in COLUMNS], *rows])


def _placed(one: Checked) -> Iterator[tuple[Finding, str]]:
    for item, findings in one.by_item:
        for finding in findings:
            yield finding, heading(item) if item else ""


def _row(one: Checked, finding: Finding, language: Language, item: str) -> tuple[str, ...]:
    return (
        *(readable(one.document.source), str(finding.place.line), words(language)[finding.severity.word]),
        *(finding.code, finding.rule.name[language], item, finding.quote, finding.message(language)),
        *(finding.advice(language), finding.source[language]),
    )
