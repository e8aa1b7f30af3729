"""What a build has to tell, in the reader's language: the plans as a table, what is worth noting, what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yaodian.cli.tables import screen, table
from yaodian.corpus.remarks import Lacking, Rivals, is_odd, remarks
from yaodian.errors import listed
from yaodian.filenames import readable, shown_line
from yaodian.ontology import lexicon
from yaodian.reasons import reason

if TYPE_CHECKING:
    from yaodian.corpus import BuildReport, PlanRow
    from yaodian.corpus.manifest import Failure
    from yaodian.locales import Language

MOST_ROWS = 500
"""The table of plans is shown for up to so many."""


class Told:
    """A report of a build in words; each line is fit for a terminal."""

    def __init__(self, report: BuildReport, language: Language) -> None:
        self._report = report
        self._language = language

    def failure(self, failure: Failure) -> str:
        """Which source gave no plan, and why."""
        return shown_line(f"{failure.source}: {reason(failure.error, self._language)}")

    def summary(self) -> str:
        """The table of plans and the lines below it."""
        lines = (*self._notes(), *self._changes(), *self._copies(), *self._skipped(), self._state())
        return self._plans() + "".join(f"{shown_line(line)}\n" for line in lines)

    @cached_property
    def _words(self) -> dict[str, Any]:
        return lexicon("building")

    def _said(self, what: str, *values: object) -> str:
        told: str = self._words["said"][what][self._language]
        return told.format(*values)

    def _listed(self, values: Sequence[str]) -> str:
        rest: str = self._words["said"]["more"][self._language]
        return listed(values, self._words["joined"][self._language], rest)

    def _plans(self) -> str:
        rows = self._report.plans
        if not rows:
            return ""
        if len(rows) > MOST_ROWS:
            return f"{self._said('plans', len(rows))}\n"
        ordered = sorted(rows, key=lambda row: (row.city_code or "", row.city or "", row.year or 0, row.slug))
        cells = [self._cells(row) for row in ordered]
        return table(self._words["columns"][self._language], cells, right=range(4, 9), room=screen()) + "\n"

    def _cells(self, row: PlanRow) -> tuple[str, ...]:
        counts = (row.items, row.targets, row.results, row.policies, sum(row.findings.values()))
        return (
            f"{row.slug} {readable(row.name)}" if is_odd(row) else row.slug,
            row.city or row.province or "-",
            str(row.year or "-"),
            self._words["kinds"][self._language][row.kind],
            *map(str, counts),
        )

    def _notes(self) -> Iterator[str]:
        for remark in remarks(self._report.plans):
            yield self._said("note", self._lacking(remark) if isinstance(remark, Lacking) else self._rivals(remark))
        if self._report.plans and not self._report.pages:
            yield self._said("note", self._said("without-pages", len(self._report.plans)))

    def _lacking(self, remark: Lacking) -> str:
        things = (self._said("missing", self._words["things"][thing][self._language]) for thing in remark.things)
        return self._said("lacking", self._words["and"][self._language].join(things), self._listed(remark.sources))

    def _rivals(self, remark: Rivals) -> str:
        return self._said("rivals", len(remark.sources), remark.name, self._listed(remark.sources))

    def _changes(self) -> Iterator[str]:
        report = self._report
        if report.built:
            yield self._said("built", len(report.built))
        if report.unchanged:
            yield self._said("unchanged", len(report.unchanged))
        if report.restored:
            yield self._said("restored", len(report.restored), self._listed(report.restored))
        if report.renamed:
            pairs = [f"{old} → {new}" for old, new in report.renamed]
            yield self._said("renamed", len(pairs), self._listed(pairs))
        if report.removed:
            yield self._said("removed", len(report.removed), self._listed(report.removed))
        if report.failed:
            yield self._said("failed", len(report.failed))

    def _copies(self) -> Iterator[str]:
        contents = {row.source: row.sha256 for row in self._report.plans}
        for copy in self._report.duplicates:
            in_other_bytes = contents.get(copy.duplicate_of, copy.sha256) != copy.sha256
            yield self._said("same-text" if in_other_bytes else "same-content", copy.source, copy.duplicate_of)

    def _skipped(self) -> Iterator[str]:
        if skipped := self._report.skipped:
            none = self._said("no-ending")
            endings = sorted({Path(name).suffix or none for name in skipped})
            yield self._said("skipped", len(skipped), self._words["joined"][self._language].join(endings))

    def _state(self) -> str:
        report = self._report
        if not report.plans:
            return self._said("empty", report.out)
        if report.changed:
            return self._said("corpus", report.out)
        return self._said("no-other-changes" if report.failed else "nothing-to-do", report.out)
