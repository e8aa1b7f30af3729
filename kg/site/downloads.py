"""What can be taken along from a site: tables as CSV that a spreadsheet opens safely, and the graph of each plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from yaodian.corpus.manifest import PlanRow
from yaodian.filenames import readable
from yaodian.reports import queries as of_plan
from yaodian.site.addresses import page_of, theme_page
from yaodian.site.ledger import Ledgers
from yaodian.site.survey import Survey
from yaodian.source import GraphSource, select
from yaodian.spreadsheet import BYTE_ORDER_MARK, safe_csv

TABLES = ("plans", "quantities", "policies", "findings", "pages")


def graph_file(row: PlanRow) -> str:
    """Where a plan's N-Quads lie, beside the pages of all languages."""
    return f"data/{(page_of(row.plan) or '').removesuffix('.html')}.nq"


def table_file(table: str) -> str:
    """Where a table lies."""
    return f"data/{table}.csv"


def tables(source: GraphSource, found: Survey, told: Ledgers) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each table by its name, as pieces of the file: a plan at a time."""
    rows = found.in_order(found.plans)
    made = (
        _plans(found, rows),
        _quantities(found, told, rows),
        _policies(source, found, rows),
        _findings(source, found, rows),
        _pages(found),
    )
    for name, lines in zip(TABLES, made, strict=True):
        yield name, _encoded(lines)


def _encoded(lines: Iterable[Sequence[object]]) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK
    for line in lines:
        yield safe_csv([["" if cell is None else str(cell) for cell in line]])


def _plans(found: Survey, rows: Iterable[PlanRow]) -> Iterator[Sequence[object]]:
    yield (
        *("iri", "city", "code", "year", "title", "kind", "status", "items", "targets", "results", "policies"),
        *("violations", "warnings", "infos", "source", "sha256"),
    )
    for row in rows:
        yield (
            *(row.plan, found.city(row.plan), row.city_code, row.year, row.title, row.kind, row.status),
            *(row.items, row.targets, row.results, row.policies),
            *(row.findings.get(level, 0) for level in ("violation", "warning", "info")),
            *(readable(row.name), row.sha256),
        )


def _quantities(found: Survey, told: Ledgers, rows: Iterable[PlanRow]) -> Iterator[Sequence[object]]:
    yield (
        *("iri", "plan", "city", "year", "kind", "indicator", "comparator", "value", "value_max", "unit"),
        *("themes", "item", "quote", "start"),
    )
    for one in told.statements.of_plans(rows):
        most = "" if one.value_max is None else f"{one.value_max:f}"
        yield (
            *(one.iri, one.plan, found.city(one.plan), one.year, "target" if one.planned else "result", one.label),
            *(one.comparator, f"{one.value:f}", most, one.unit_text),
            *(" ".join(one.themes), one.heading, one.quote, one.start),
        )


def _policies(source: GraphSource, found: Survey, rows: Iterable[PlanRow]) -> Iterator[Sequence[object]]:
    yield "iri", "plan", "city", "year", "policy", "title", "number", "action", "quote", "start"
    for row in rows:
        for one in _asked(source, of_plan.REFERENCES, row):
            action = one.get("action", "").rpartition("/")[2]
            yield (
                *(one["thing"], row.plan, found.city(row.plan), row.year, one["policy"], one.get("name")),
                *(one.get("number"), action, one["quote"], one["start"]),
            )


def _findings(source: GraphSource, found: Survey, rows: Iterable[PlanRow]) -> Iterator[Sequence[object]]:
    yield "iri", "plan", "city", "year", "rule", "severity", "quote", "start"
    for row in rows:
        for one in _asked(source, of_plan.FINDINGS, row):
            severity = one["severity"].rpartition("#")[2].lower()
            yield (
                *(one["thing"], row.plan, found.city(row.plan), row.year, one["code"], severity),
                *(one["quote"], one["start"]),
            )


def _asked(source: GraphSource, question: str, row: PlanRow) -> list[dict[str, str]]:
    """The things found in a plan, in the order of its text, each once."""
    answers = sorted(
        (dict(one) for one in select(source, of_plan.about(question, row.plan))), key=lambda one: sorted(one.items())
    )
    each = {one["thing"]: one for one in answers}
    return sorted(each.values(), key=lambda one: (int(one["start"]), one["thing"]))


def _pages(found: Survey) -> Iterator[Sequence[object]]:
    yield "iri", "page"
    policies = (policy for policy in found.cited if policy in found.policies)
    indicators = (indicator for indicator in found.counted if indicator in found.indicators)
    for iri in sorted({*found.plans, *found.homes.values(), *policies, *indicators}):
        yield iri, page_of(iri)
    for theme in sorted(found.coverage):
        yield theme, theme_page(theme)
