"""Findings as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format).

Columns and offsets are counted in Unicode code points (§3.14.17). Of a file that is no text, such as a Word document,
they count in the text that was read from it, which ``yaodian extract --format text`` prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaodian
from yaodian.checking.findings import Finding, sketched
from yaodian.checking.formats.checked import Checked, rules_of
from yaodian.checking.rules import LANGUAGES, Rule, Severity
from yaodian.filenames import readable
from yaodian.locales import Language
from yaodian.model import Document
from yaodian.rdf.serialise import without_surrogates

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "ruleAndWords/v1"
_TAGS = {"zh": "zh-CN", "en": "en"}


def write(checked: Sequence[Checked], language: Language) -> bytes:
    """One run over all drafts; its texts are in ``language``, and those of the rules in the other one as well."""
    rules = rules_of(checked)
    order = {rule.code: index for index, rule in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(rules, language)},
        "language": _TAGS[language],
        "translations": [_translation(rules, other) for other in LANGUAGES if other != language],
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(one.document) for one in checked],
        "results": [
            _result(one.document, index, finding, order[finding.code], language)
            for index, one in enumerate(checked)
            for finding in one.findings
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (without_surrogates(json.dumps(log, ensure_ascii=False, indent=2)) + "\n").encode()


def _driver(rules: Iterable[Rule], language: str) -> dict[str, Any]:
    return {
        "name": "yaodian",
        "version": yaodian.__version__,
        "language": _TAGS[language],
        "rules": [_rule(rule, language) for rule in rules],
    }


def _translation(rules: Iterable[Rule], language: str) -> dict[str, Any]:
    """The rules' texts in another language (§3.19.4): a component with the same rules in the same order."""
    return {
        "name": "yaodian",
        "version": yaodian.__version__,
        "language": _TAGS[language],
        "contents": ["localizedData"],
        "isComprehensive": True,
        "translationMetadata": {"name": f"yaodian ({_TAGS[language]})"},
        "associatedComponent": {"name": "yaodian"},
        "rules": [_texts(rule, language) for rule in rules],
    }


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    return _texts(rule, language) | {
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _texts(rule: Rule, language: str) -> dict[str, Any]:
    advice, why, source = sketched(rule.advice[language]), rule.rationale[language], rule.source[language]
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.name[language]},
        "fullDescription": {"text": sketched(rule.message[language])},
        "help": {"text": "\n".join((why, source, advice)), "markdown": f"{why}\n\n*{source}*\n\n**{advice}**"},
    }


def _artifact(document: Document) -> dict[str, Any]:
    return {
        "location": {"uri": _uri(document.source)},
        "mimeType": document.media_type,
        "hashes": {"sha-256": document.sha256},
    }


def _result(document: Document, artifact: int, finding: Finding, rule: int, language: str) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(document.source), "index": artifact},
            "region": _region(document, finding),
        }
    }
    if finding.item:
        location["logicalLocations"] = [{"name": finding.item, "kind": "element"}]
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message(language)},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {"advice": finding.advice(language)},
    }


def _region(document: Document, finding: Finding) -> dict[str, Any]:
    """The words at fault; the end column is the one after the last character (§3.30.8)."""
    span, end = finding.span, document.place(finding.span.end)
    return {
        "startLine": finding.place.line,
        "startColumn": finding.place.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
        "snippet": {"text": span.quote},
    }


def _uri(source: str) -> str:
    """A file's name as a URI: relative to where the check ran unless it is absolute (§3.10)."""
    path = Path(readable(source))
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
