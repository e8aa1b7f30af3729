"""Findings as a SHACL validation report in Turtle (SHACL, section 3.6): every node named, none blank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from yaodian.checking.formats.checked import Checked
from yaodian.checking.results import SH, finding_quads
from yaodian.locales import Language
from yaodian.rdf import names, plan_iri, slug
from yaodian.rdf.terms import Term, Triple, boolean
from yaodian.rdf.turtle import written


def write(checked: Sequence[Checked], language: Language) -> bytes:
    """A report for each draft; messages are in all languages, whatever ``language`` is."""
    said_of: dict[str, dict[tuple[str, Term], None]] = {}
    for subject, predicate, term in _statements(checked):
        said_of.setdefault(subject, {})[predicate, term] = None
    return written(said_of, {"sh": SH}).encode()


def _statements(checked: Sequence[Checked]) -> Iterator[Triple]:
    taken = Counter(slug(one.plan) for one in checked)
    for one in checked:
        plan = plan_iri(one.plan, slug(one.plan, distinct=taken[slug(one.plan)] > 1))
        report, results = f"{plan}/findings", list(finding_quads(plan, one.findings, ()))
        yield report, names.TYPE, f"{SH}ValidationReport"
        yield report, f"{SH}conforms", boolean(not one.findings)
        yield from ((report, f"{SH}result", quad[0]) for quad in results if quad[2] == f"{SH}ValidationResult")
        yield from ((subject, predicate, term) for subject, predicate, term, _ in results)
