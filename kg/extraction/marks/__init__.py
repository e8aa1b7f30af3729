"""The marks of a text: oddities that rules judge, each with its place.

A mark says what is there, never whether that is wrong: severity, wording and advice belong to the rules.
Marks are looked for in the title and the body only; what stands around them is not the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.marks import (
    anniversaries,
    announcing,
    belonging,
    brackets,
    endings,
    enumerations,
    figures,
    glyphs,
    injections,
    labelling,
    misdating,
    oddnumbers,
    outlining,
    page_furniture,
    placeholders,
    recognition,
    repetition,
    substance,
    titles,
    totals,
    wholes,
    wording,
)
from yaodian.extraction.marks.injections import injected_spans
from yaodian.extraction.marks.oddity import Oddity, Region
from yaodian.model import Document, Facts, Item, PolicyReference, Section, Span, TextMark

__all__ = ["find_marks", "foreign_spans", "injected_spans"]

# Within these nothing else is looked at: they are no words of the author's.
_FOREIGN = frozenset({"injected-text", "page-furniture"})


def find_marks(
    document: Document,
    facts: Facts,
    sections: Sequence[Section],
    items: Sequence[Item],
    policies: Sequence[PolicyReference],
    foreign: Sequence[Span],
) -> list[TextMark]:
    """The marks of a document in text order; ``id`` and ``item`` are left to whoever puts the plan together.

    ``foreign`` are the document's :func:`foreign_spans`.
    """
    oddities = [o for region in _regions(document, facts) for o in _oddities(region, facts, foreign)]
    body = Region(document.text, document.body.start, document.body.end)
    oddities += labelling.run_in_headings(body, items)
    oddities += labelling.run_in_sections(body, sections)
    oddities += labelling.broken_announcements(body, sections, items)
    oddities += announcing.find(body, sections, items)
    oddities += announcing.listed(body)
    oddities += outlining.find(body, sections, items)
    oddities += enumerations.find(body)
    oddities += endings.find(body)
    oddities += substance.find(items)
    oddities += titles.find(body, policies)
    oddities += belonging.find(document, facts)
    oddities += misdating.find(body, facts)
    oddities += misdating.own_name(document, facts)
    return [
        TextMark("", o.kind, document.span(o.start, o.end), o.expected, o.detail)
        for o in _settled(dict.fromkeys(oddities))
    ]


def foreign_spans(document: Document, facts: Facts) -> list[Span]:
    """The stretches of the title and the body that are no words of the author's, but were put in by others."""
    found = (oddity for region in _regions(document, facts) for oddity in injections.find(region))
    return [document.span(oddity.start, oddity.end) for oddity in found]


def _regions(document: Document, facts: Facts) -> Iterator[Region]:
    body, title = document.body, facts.title_span
    yield Region(document.text, body.start, body.end)
    if title and not (body.start <= title.start < body.end):
        yield Region(document.text, title.start, title.end)


def _oddities(region: Region, facts: Facts, foreign: Sequence[Span]) -> Iterator[Oddity]:
    within = (span for span in foreign if region.start <= span.start < region.end)
    others = [*(Oddity(span.start, span.end, "injected-text") for span in within), *page_furniture.find(region)]
    yield from others
    yield from glyphs.find(region, Intervals((oddity.start, oddity.end) for oddity in others))
    for detector in (placeholders, wording, recognition, brackets, repetition, figures, totals, wholes):
        yield from detector.find(region)
    yield from oddnumbers.find(region, _years(facts))
    yield from anniversaries.find(region, _years(facts))
    yield from labelling.doubled_labels(region)


def _years(facts: Facts) -> set[int]:
    published = int(facts.published[:4]) if facts.published else None
    return {year for year in (facts.plan_year, facts.summary_year, published) if year}


def _settled(oddities: Iterable[Oddity]) -> list[Oddity]:
    """In text order, without what lies in foreign text and without overlaps of one kind."""
    ordered = sorted(oddities, key=lambda o: (o.start, -o.end, o.kind))
    foreign = Intervals((o.start, o.end) for o in ordered if o.kind in _FOREIGN)
    kept: list[Oddity] = []
    reach: dict[str, int] = {}
    for oddity in ordered:
        inside = oddity.kind not in _FOREIGN and oddity.start in foreign
        if not inside and oddity.start >= reach.get(oddity.kind, 0):
            kept.append(oddity)
            reach[oddity.kind] = oddity.end
    return kept
