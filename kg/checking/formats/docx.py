"""Findings as comments in Word: in a copy of the draft, or in a new Word file of its text where it is none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from yaodian.checking.findings import Finding
from yaodian.checking.formats.checked import Checked
from yaodian.errors import ReadingError, YaodianError, shown
from yaodian.locales import Language
from yaodian.model import Document
from yaodian.ontology import lexicon
from yaodian.reading import content_of
from yaodian.reading.sniffing import DOCX
from yaodian.word.comments import Comment, commented
from yaodian.word.fresh import fresh

STANDARD_INPUT = "-"


def write(checked: Sequence[Checked], language: Language) -> bytes:
    """The one draft with a comment at each finding.

    A Word file is read again for that: ``ReadingError`` where it cannot be, or is another one by now.
    """
    (one,) = checked
    comments = [_comment(finding, language) for finding in one.findings]
    if one.document.media_type != DOCX:
        return fresh(one.document.text, comments)
    return commented(_same_file(one.document), comments)


def _same_file(document: Document) -> bytes:
    if document.source == STANDARD_INPUT:
        raise YaodianError("a Word file from the standard input cannot be copied: give it by its name")
    data = content_of(Path(document.source))
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise ReadingError(f"{shown(document.source)}: the file has changed since it was checked")
    return data


def _comment(finding: Finding, language: Language) -> Comment:
    said = lexicon("review")[language]
    told = tuple(_told(finding, said, language))
    return Comment(finding.span.start, finding.span.end, said["author"], said["initials"], told)


def _told(finding: Finding, said: dict[str, str], language: Language) -> Iterator[str]:
    colon = said["colon"]
    yield f"{finding.code} {said[finding.severity.word]}{colon}{finding.message(language)}"
    yield f"{said['advice']}{colon}{finding.advice(language)}"
    yield f"{said['source']}{colon}{finding.source[language]}"
