"""Findings as JUnit XML, which CI servers show as test results: a suite for each draft, a case for each finding.

Errors and suspicions are failures, hints are cases that pass and say something. A draft without findings is one case
that passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yaodian.checking.findings import Finding
from yaodian.checking.formats.checked import Checked
from yaodian.checking.language import words
from yaodian.checking.report import summary
from yaodian.checking.rules import Severity
from yaodian.filenames import readable
from yaodian.locales import Language
from yaodian.xmltext import xml_text


def write(checked: Sequence[Checked], language: Language) -> bytes:
    """All drafts as test suites."""
    failures, tests = sum(map(_failures, checked)), sum(max(1, len(one.findings)) for one in checked)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="yaodian" tests="{tests}" failures="{failures}" errors="0">')
    for one in checked:
        lines += _suite(one, language)
    return "\n".join([*lines, "</testsuites>", ""]).encode()


def _failures(one: Checked) -> int:
    return sum(finding.severity > Severity.INFO for finding in one.findings)


def _suite(one: Checked, language: Language) -> Iterator[str]:
    name, tests = xml_text(readable(one.document.source)), max(1, len(one.findings))
    yield f'  <testsuite name="{name}" tests="{tests}" failures="{_failures(one)}" errors="0" skipped="0">'
    for finding in one.findings:
        yield from _case(name, finding, language)
    if not one.findings:
        said = xml_text(summary(readable(one.document.source), (), language))
        yield f'    <testcase classname="{name}" name="{said}"/>'
    yield "  </testsuite>"


def _case(file: str, finding: Finding, language: Language) -> Iterator[str]:
    message, place = xml_text(finding.message(language)), finding.place
    yield f'    <testcase classname="{file}" name="{finding.code} {place} {message}" file="{file}" line="{place.line}">'
    told = xml_text("\n".join(_told(finding, language)))
    if finding.severity > Severity.INFO:
        yield f'      <failure type="{finding.severity.word}" message="{message}">{told}</failure>'
    else:
        yield f"      <system-out>{told}</system-out>"
    yield "    </testcase>"


def _told(finding: Finding, language: Language) -> Iterator[str]:
    said = words(language)
    yield f"{finding.place} {finding.code} {said[finding.severity.word]} {finding.message(language)}"
    yield finding.quote
    yield f"{said['advice']}: {finding.advice(language)}"
    yield f"{said['source']}: {finding.source[language]}"
