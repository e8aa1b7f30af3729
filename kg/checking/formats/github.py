"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

Values are escaped as the runner reads them: ``%``, CR and LF everywhere, ``:`` and ``,`` in properties besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yaodian.checking.findings import Finding
from yaodian.checking.formats.checked import Checked
from yaodian.checking.language import words
from yaodian.checking.rules import Severity
from yaodian.filenames import readable
from yaodian.locales import Language
from yaodian.model import Document
from yaodian.rdf.serialise import without_surrogates

COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def write(checked: Sequence[Checked], language: Language) -> bytes:
    """A line for each finding."""
    lines = (_command(one.document, finding, language) for one in checked for finding in one.findings)
    return without_surrogates("".join(f"{line}\n" for line in lines)).encode()


def _command(document: Document, finding: Finding, language: Language) -> str:
    properties = ",".join(
        f"{key}={value.translate(_PROPERTY)}" for key, value in _properties(document, finding, language)
    )
    said = f"{finding.message(language)}\n{words(language)['advice']}: {finding.advice(language)}"
    return f"::{COMMANDS[finding.severity]} {properties}::{said.translate(_DATA)}"


def _properties(document: Document, finding: Finding, language: Language) -> Iterator[tuple[str, str]]:
    """The place and a title. Columns belong to a finding within one line only."""
    start, end = finding.place, document.place(finding.span.end)
    yield "file", readable(document.source)
    yield "line", str(start.line)
    yield "endLine", str(end.line)
    if start.line == end.line:
        yield "col", str(start.column)
        yield "endColumn", str(end.column - 1)
    yield "title", f"{finding.code} {words(language)[finding.severity.word]} {finding.rule.name[language]}"
