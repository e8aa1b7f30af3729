"""The overview, the page of a plan, and the page of downloads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from yaodian.corpus.manifest import Manifest, PlanRow
from yaodian.filenames import readable
from yaodian.reasons import reason
from yaodian.reports.render import SEVERITIES, Writer, chapter, writer_of
from yaodian.site.addresses import link, page_of, theme_page
from yaodian.site.downloads import TABLES, graph_file
from yaodian.site.edition import Edition
from yaodian.site.plots import axis, strip
from yaodian.site.survey import Survey
from yaodian.site.tables import Linked, city_link, coverage, cut, plan_link, totals, year_counts
from yaodian.source import ID, GraphSource

MOST_POLICIES = 25
"""Rows of the timeline."""
_YEARS_BEFORE = 5
"""How far before the first plan the timeline may begin."""


def overview(edition: Edition, found: Survey, manifest: Manifest) -> bytes:
    """The first page: what the corpus holds, who covers what, which policies are cited when, every plan."""
    counts = {key: sum(getattr(row, key) for row in manifest.plans) for key in ("items", "targets", "results")}
    findings = sum(sum(row.findings.values()) for row in manifest.plans)
    return edition.render(
        "index.html",
        "index.html",
        edition.words["site"],
        lead=edition.words["lead"].format(plans=len(manifest.plans), findings=findings, **counts),
        heat=coverage(edition, found),
        timeline=_timeline(edition, found),
        plans=[_plan(edition, found, row) for row in found.in_order(found.plans)],
        failed=[(readable(one.source), readable(reason(one.error, edition.lang))) for one in manifest.failed],
        duplicates=[(readable(one.source), readable(one.duplicate_of)) for one in manifest.duplicates],
    )


def _plan(edition: Edition, found: Survey, row: PlanRow) -> dict[str, Any]:
    counts = (row.items, row.targets, row.results, row.policies)
    return {
        "city": city_link(found, row.plan) if row.plan in found.homes else Linked("–"),
        "year": row.year,
        "plan": plan_link(row),
        "kind": edition.name(f"{ID}kind/{row.kind.replace('+', '-')}"),
        "counts": [*counts, *(row.findings.get(level, 0) for level in SEVERITIES)],
    }


def _timeline(edition: Edition, found: Survey) -> dict[str, Any]:
    """The policies that most plans cite, each with the number of plans a year and the year in which it was issued."""
    listed = [iri for iri, *_ in totals(found.cited, found) if iri in found.policies]
    counted = {iri: year_counts(found, found.cited[iri]) for iri in listed[:MOST_POLICIES]}
    counted = {iri: counts for iri, counts in counted.items() if counts}
    cited = [year for counts in counted.values() for year in counts]
    issued = {iri: int(found.policies[iri].get("issued", "0")[:4]) for iri in counted}
    begun = [year for year in issued.values() if cited and min(cited) - _YEARS_BEFORE <= year <= max(cited)]
    years, most = [*cited, *begun], max((n for counts in counted.values() for n in counts.values()), default=1)
    return {
        "axis": axis(years),
        "note": edition.words["timeline_note"].format(shown=len(counted), all=len(listed)),
        "rows": [
            (
                Linked(found.policies[iri]["name"], page_of(iri)),
                strip(counts, years, most, issued[iri]),
                _told(edition, counts, issued[iri]),
            )
            for iri, counts in counted.items()
        ],
    }


def _told(edition: Edition, counts: dict[int, int], issued: int) -> str:
    words = edition.words
    parts: list[str] = [words["issued_year"].format(year=issued)] if issued else []
    parts += (words["timeline_count"].format(year=year, count=count) for year, count in sorted(counts.items()))
    return str(words["between"]).join(parts)


def chapters(source: GraphSource, edition: Edition) -> Writer:
    """What the plans' chapters of an edition are written with."""
    return writer_of(source, edition.lang)


def plan_page(writer: Writer, edition: Edition, found: Survey, row: PlanRow) -> bytes:
    """The page of a plan: the chapter that the report has of it, with ways to the pages of what it names."""
    page = page_of(row.plan) or ""

    def address(iri: str) -> str | None:
        target = theme_page(iri) if iri in found.coverage else page_of(iri)
        return link(page, target) if target else None

    body = chapter(replace(writer, address=address), row, alone=True)
    return edition.render(
        "plan.html", page, row.title or readable(row.name), chapter=Markup(body), graph=graph_file(row)
    )


def data_page(edition: Edition, rows: Sequence[PlanRow]) -> bytes:
    """The page of downloads."""
    page = "data/index.html"
    graphs = cut((plan_link(row), graph_file(row)) for row in rows)
    return edition.render("data.html", page, edition.words["sections"]["data"], tables=TABLES, graphs=graphs)
