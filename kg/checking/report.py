"""Findings as text for people and as plain data for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from yaodian.checking.findings import Finding
from yaodian.checking.formats.checked import Checked, heading
from yaodian.checking.language import words
from yaodian.checking.rules import Severity
from yaodian.checking.snippet import cropped, snippet
from yaodian.locales import Language
from yaodian.model import Document
from yaodian.ontology import lexicon
from yaodian.terminal import visible
from yaodian.whereabouts import origin_data, whereabouts

Painter = Callable[[str, Severity | None], str]
_INDENT = "    "
_RULE = "──"


def plain(text: str, severity: Severity | None) -> str:
    """No colour."""
    return text


def text_report(checked: Checked, language: Language, width: int, paint: Painter = plain) -> Iterator[str]:
    """The lines of a report: under each item its findings, with source line, carets and advice, then a summary."""
    document, findings = checked.document, checked.findings
    groups = checked.by_item
    in_items = any(item for item, _ in groups)
    for item, members in groups:
        if in_items:
            name = visible(heading(item)) if item else lexicon("review")[language]["outside"]
            yield cropped(f"{_RULE} {name}", width)
        for finding in members:
            yield from _told(document, finding, language, width, paint)
    yield summary(document.source, findings, language)
    if number := sum(finding.fixable for finding in findings):
        yield words(language)["fixing"]["some"].format(file=visible(document.source), number=number)


def _told(document: Document, finding: Finding, language: Language, width: int, paint: Painter) -> Iterator[str]:
    said = words(language)
    severity = paint(said[finding.severity.word], finding.severity)
    place = f"{visible(document.source)}:{finding.place}{_in_file(document, finding, language)}"
    yield f"{place} {finding.code} {severity} {visible(finding.message(language))}"
    line, carets = snippet(document, finding.span, width - len(_INDENT))
    yield _INDENT + line
    yield _INDENT + paint(carets, finding.severity)
    fixable = said["fixing"]["fixable"] if finding.fixable else ""
    yield f"{_INDENT}{said['advice']}: {visible(finding.advice(language))}{fixable}"
    yield ""


def _in_file(document: Document, finding: Finding, language: Language) -> str:
    """Where the finding stands in a file of pages or paragraphs, in brackets."""
    where = whereabouts(document, finding.span.start, language)
    return str(words(language)["in_file"].format(where=where)) if where else ""


def summary(source: str, findings: Iterable[Finding], language: Language) -> str:
    """One line: how many findings of each severity."""
    said, file = words(language), visible(source)
    counts = Counter(finding.severity for finding in findings)
    if not counts:
        return str(said["clean"].format(file=file))
    told = (_counted(counts[s], said[s.word], said) for s in reversed(Severity) if counts[s])
    return str(said["summary"].format(file=file, counts=said["between"].join(told)))


def _counted(number: int, name: str, said: dict[str, Any]) -> str:
    plural = said["plural"] if number > 1 else ""
    return str(said["count"].format(number=number, name=name, plural=plural))


def as_data(document: Document, finding: Finding, language: Language) -> dict[str, Any]:
    """A finding as JSON has it; ``origin`` is its place in a file of pages or paragraphs, null in one of lines."""
    origin = document.origin(finding.span.start)
    return {
        "file": document.source,
        "code": finding.code,
        "severity": finding.severity.word,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": finding.place.line,
        "column": finding.place.column,
        "origin": origin and origin_data(origin),
        "quote": finding.quote,
        "message": finding.message(language),
        "advice": finding.advice(language),
        "rationale": finding.rule.rationale[language],
        "source": finding.rule.source[language],
        "item": finding.item,
        "fingerprint": finding.fingerprint,
        "fixable": finding.fixable,
    }
