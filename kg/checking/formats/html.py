"""Findings as a page: the text of the drafts with its findings marked and told in the margin, in one file for offline.

Without its script it is all there, in the order of the text; the script filters, and leads from finding to finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from yaodian.checking.findings import Finding
from yaodian.checking.formats.checked import Checked
from yaodian.checking.language import words
from yaodian.checking.rules import Severity
from yaodian.filenames import readable
from yaodian.locales import Language
from yaodian.ontology import lexicon
from yaodian.pages import asset, content_policy, environment, inline
from yaodian.rdf.serialise import without_surrogates
from yaodian.reports.marking import Line, Mark, Piece, lines
from yaodian.reports.render import page_style

_HERE = "yaodian.checking.formats"
_HEADING, _TITLE = "heading", "title"


@dataclass(frozen=True, slots=True)
class Note:
    """A finding with its number in the draft, and its name in the page."""

    name: str
    number: int
    finding: Finding

    @property
    def severity(self) -> str:
        """The severity's name."""
        return self.finding.severity.word


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text, with the notes on it."""

    line: Line
    is_title: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A draft: its anchor, title and file, its findings by severity, its lines."""

    name: str
    title: str
    file: str
    counts: tuple[tuple[str, int], ...]
    total: int
    rows: tuple[Row, ...]


def write(checked: Sequence[Checked], language: Language) -> bytes:
    """The page on all drafts."""
    script, style = asset(_HERE, "review.js"), page_style(asset(_HERE, "review.css"))
    said, findings = lexicon("review")[language], [finding for one in checked for finding in one.findings]
    page = (
        environment(_HERE)
        .get_template("review.html")
        .render(
            policy=content_policy([script], [style]),
            style=inline(style),
            script=inline(script),
            words=said,
            lang=language,
            lead=said["summary"].format(files=len(checked), findings=len(findings)),
            chapters=[_chapter(one, f"draft{number}") for number, one in enumerate(checked, 1)],
            severities=_severities(findings),
            families=_families(findings, language),
            own=_own,
            number=_number,
        )
    )
    return without_surrogates(page).encode()


def _severities(findings: Iterable[Finding]) -> tuple[tuple[str, int], ...]:
    counts = Counter(finding.severity for finding in findings)
    return tuple((severity.word, counts[severity]) for severity in reversed(Severity))


def _families(findings: Iterable[Finding], language: Language) -> list[tuple[str, str, int]]:
    """The families of rules that found something, with their names and how much they found."""
    counts, names = Counter(finding.rule.family for finding in findings), words(language)["families"]
    return [(family, names.get(family, family), count) for family, count in counts.most_common()]


def _chapter(one: Checked, name: str) -> Chapter:
    document = one.document
    notes = [Note(f"{name}-{number}", number, finding) for number, finding in enumerate(one.findings, 1)]
    marks = [*_headings(one), *(Mark(n.finding.span.start, n.finding.span.end, n.severity, n.name) for n in notes)]
    shown = list(lines(document.text, marks, (document.body.start, document.body.end)))
    by_line = _by_line(notes, [line.number for line in shown])
    rows = tuple(Row(line, _is_title(line), tuple(by_line.get(line.number, ()))) for line in shown)
    file = readable(document.source)
    return Chapter(name, one.title, file, _severities(one.findings), len(notes), rows)


def _headings(one: Checked) -> Iterator[Mark]:
    """The title, and the headings of sections and items with their labels."""
    if one.plan.facts.title_span:
        span = one.plan.facts.title_span
        yield Mark(span.start, span.end, _TITLE)
    for item in one.plan.items:
        yield Mark(item.span.start, max(item.heading_span.end, item.span.start + 1), _HEADING)
    for section in one.plan.sections:
        at = section.span.quote.find(section.heading) if section.heading else -1
        if at >= 0:
            yield Mark(section.span.start, section.span.start + at + len(section.heading), _HEADING)


def _is_title(line: Line) -> bool:
    return any(mark.kind == _TITLE for piece in line.pieces for mark in piece.within)


def _by_line(notes: Iterable[Note], numbers: Sequence[int]) -> dict[int, list[Note]]:
    """The notes by the line to show them at: that of their place, or the next one that shows anything."""
    found: dict[int, list[Note]] = {}
    for note in notes:
        line = note.finding.place.line
        found.setdefault(next((n for n in numbers if n >= line), numbers[-1]), []).append(note)
    return found


def _own(piece: Piece) -> dict[str, Any]:
    """What a piece of the text shows of the findings on it: the one to go to, all of them, those that begin here."""
    named = [mark for mark in piece.within if mark.name]
    severity = max((mark.kind for mark in named), key=lambda kind: Severity[kind.upper()], default="")
    return {
        "names": " ".join(mark.name or "" for mark in named),
        "target": piece.target,
        "severity": severity,
        "begins": [mark for mark in piece.begins if mark.name],
        "classes": " ".join(dict.fromkeys(mark.kind for mark in piece.within if not mark.name)),
    }


def _number(mark: Mark) -> str:
    """The number of the note that a mark belongs to."""
    return (mark.name or "").rpartition("-")[2]
