"""The pages of cities, themes, policies, indicators and rules, and the list of each kind; a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from yaodian.checking.findings import sketched
from yaodian.checking.rules import default_rules
from yaodian.comparing.statements import Statement
from yaodian.comparing.tracking import Followed, followed
from yaodian.corpus.manifest import PlanRow
from yaodian.ontology import lexicon
from yaodian.reports.render import RULES
from yaodian.site.addresses import page_of, theme_page
from yaodian.site.edition import Edition
from yaodian.site.ledger import Ledgers
from yaodian.site.survey import Survey
from yaodian.site.tables import (
    MOST_PANELS,
    Linked,
    by_year,
    city_link,
    coverage,
    cut,
    heat,
    item_row,
    panels,
    plan_link,
    statement_row,
    totals,
    words_link,
)
from yaodian.source import Row

_QUANTITIES = "quantities/index.html"
_TRACKED = ("outcome", "indicator", "target", "result", "share")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: its path in the edition, the plans that it is made from (None: all), and how."""

    path: str
    plans: Iterable[str] | None
    made: Callable[[], bytes]


Pages: TypeAlias = Iterator[Page]


def pages(edition: Edition, found: Survey, told: Ledgers) -> Pages:
    """All pages but those of plans, the overview and the downloads."""
    yield from _cities(edition, found, told)
    yield from _themes(edition, found, told)
    yield from _policies(edition, found, told)
    yield from _indicators(edition, found, told)
    yield from _rules(edition, found, told)
    yield Page(_QUANTITIES, found.plans, partial(_quantities, edition, found, told))


def _cities(edition: Edition, found: Survey, told: Ledgers) -> Pages:
    cities = found.cities()
    yield _index(edition, "place", ("city", "plans", "years", "targets", "results"), _city_rows(found))
    for place, rows in cities.items():
        path = page_of(place) or ""
        yield Page(path, [row.plan for row in rows], partial(_city, edition, found, path, rows, told))


def _city(edition: Edition, found: Survey, path: str, rows: Sequence[PlanRow], told: Ledgers) -> bytes:
    stated = list(told.statements.of_plans(rows))
    return edition.render(
        "place.html",
        path,
        found.city(rows[0].plan),
        plans=[_plan_row(row) for row in rows],
        themes=_themes_by_year(edition, found, rows),
        followed=list(_followed(edition, stated)),
        tracked_heads=[lexicon("comparing")["columns"][key][edition.lang] for key in _TRACKED],
        plots=cut(panels(edition, stated), MOST_PANELS),
        statements=cut(statement_row(edition, found, one) for one in stated),
    )


def _city_rows(found: Survey) -> Iterator[tuple[Any, ...]]:
    for rows in found.cities().values():
        years = sorted({row.year for row in rows if row.year})
        span = "–".join(dict.fromkeys((str(years[0]), str(years[-1])))) if years else "–"
        counts = (sum(row.targets for row in rows), sum(row.results for row in rows))
        yield city_link(found, rows[0].plan), len(rows), span, *counts


def _plan_row(row: PlanRow) -> tuple[Any, ...]:
    findings = sum(row.findings.values())
    return plan_link(row), row.year or "–", row.items, row.targets, row.results, row.policies, findings


def _themes_by_year(edition: Edition, found: Survey, rows: Sequence[PlanRow]) -> Any:
    years = sorted({row.year for row in rows if row.year})
    counts = []
    for theme in sorted(found.coverage, key=edition.name):
        of = found.coverage[theme]
        per_year = [sum(of.get(row.plan, 0) for row in rows if row.year == year) for year in years]
        if any(per_year):
            counts.append((Linked(edition.name(theme), theme_page(theme)), per_year))
    counts.sort(key=lambda pair: -sum(pair[1]))
    return heat([Linked(str(year)) for year in years], counts)


def _followed(edition: Edition, stated: Sequence[Statement]) -> Iterator[tuple[int, list[Any]]]:
    """The years that have both targets and results, each with its targets and what came of them."""
    planned, reported = ({one.year for one in stated if one.planned is kind and one.year} for kind in (True, False))
    for year in sorted(planned & reported, reverse=True):
        pairs = followed(
            [one for one in stated if one.planned and one.year == year],
            [one for one in stated if not one.planned and one.year == year],
        )
        order = list(lexicon("comparing")["outcomes"])
        ranked = sorted(pairs, key=lambda pair: order.index(pair.outcome))
        yield year, [_followed_row(edition, pair) for pair in ranked]


def _followed_row(edition: Edition, pair: Followed) -> dict[str, Any]:
    first = next(one for one in (pair.target, pair.result) if one)
    return {
        "outcome": pair.outcome,
        "outcome_words": lexicon("comparing")["outcomes"][pair.outcome][edition.lang],
        "indicator": Linked(first.label or first.phrase, page_of(first.indicator)),
        "target": words_link(pair.target.plan, pair.target.iri, pair.target.quote) if pair.target else None,
        "result": words_link(pair.result.plan, pair.result.iri, pair.result.quote) if pair.result else None,
        "share": f"{pair.share * 100:.0f}%" if pair.share is not None else "",
    }


def _themes(edition: Edition, found: Survey, told: Ledgers) -> Pages:
    listed = totals(found.coverage, found)
    rows = ((Linked(edition.name(iri), theme_page(iri)), *counts) for iri, *counts in listed)
    yield _index(edition, "theme", ("theme", "plans", "cities", "items"), rows, heat=coverage(edition, found))
    for theme, *_ in listed:
        yield Page(theme_page(theme), found.coverage[theme], partial(_theme, edition, found, theme, told))


def _theme(edition: Edition, found: Survey, theme: str, told: Ledgers) -> bytes:
    of_plan = found.coverage[theme]
    rows = found.in_order(of_plan)
    items = list(told.items.about(theme, rows))
    owners = {row["thing"] for row in items}
    stated = (one for one in told.statements.of_plans(rows) if one.owner in owners)
    return edition.render(
        "theme.html",
        theme_page(theme),
        edition.name(theme),
        heat=by_year(found, of_plan),
        items=cut(item_row(found, row) for row in items),
        statements=cut(statement_row(edition, found, one) for one in stated),
    )


def _policies(edition: Edition, found: Survey, told: Ledgers) -> Pages:
    listed = [row for row in totals(found.cited, found) if row[0] in found.policies]
    rows = ((*_policy_head(edition, found.policies[iri]), *counts) for iri, *counts in listed)
    yield _index(edition, "policy", ("policy", "number", "issued", "known", "plans", "cities", "times"), rows)
    for policy, *_ in listed:
        path = page_of(policy) or ""
        yield Page(path, found.cited[policy], partial(_policy, edition, found, path, policy, told))


def _policy(edition: Edition, found: Survey, path: str, policy: str, told: Ledgers) -> bytes:
    known = found.policies[policy]
    references = told.references.about(policy, found.in_order(found.cited[policy]))
    facts = {
        "issued_by": "、".join(sorted(found.issuers.get(policy, ()))),
        **{key: known.get(key, "") for key in ("number", "issued", "valid")},
    }
    return edition.render(
        "policy.html",
        path,
        known["name"],
        facts=[(key, value) for key, value in facts.items() if value],
        heat=by_year(found, found.cited[policy]),
        references=cut(_reference_row(edition, found, row) for row in references),
    )


def _policy_head(edition: Edition, known: Row) -> tuple[Any, ...]:
    is_known = known.get("known", "").lower() in ("true", "1")
    name = Linked(known["name"], page_of(known["thing"]))
    return name, known.get("number", ""), known.get("issued", ""), edition.words["yes" if is_known else "no"]


def _reference_row(edition: Edition, found: Survey, row: Row) -> dict[str, Any]:
    return {
        "city": city_link(found, row["plan"]),
        "year": found.plans[row["plan"]].year,
        "quote": words_link(row["plan"], row["thing"], row["quote"]),
        "action": edition.name(row["action"]) if "action" in row else "",
        "item": row.get("title", ""),
    }


def _indicators(edition: Edition, found: Survey, told: Ledgers) -> Pages:
    listed = [row for row in totals(found.counted, found) if row[0] in found.indicators]
    rows = ((Linked(found.indicators[iri], page_of(iri)), *counts) for iri, *counts in listed)
    yield _index(edition, "indicator", ("indicator", "plans", "cities", "times"), rows)
    for indicator, *_ in listed:
        path = page_of(indicator) or ""
        made = partial(_indicator, edition, found, path, indicator, told)
        yield Page(path, found.counted[indicator], made)


def _indicator(edition: Edition, found: Survey, path: str, indicator: str, told: Ledgers) -> bytes:
    stated = list(told.statements.about(indicator, found.in_order(found.counted[indicator])))
    return edition.render(
        "indicator.html",
        path,
        found.indicators[indicator],
        plots=cut(panels(edition, stated, found), MOST_PANELS),
        statements=cut(statement_row(edition, found, one) for one in stated),
    )


def _rules(edition: Edition, found: Survey, told: Ledgers) -> Pages:
    listed = sorted(totals(found.ruled, found), key=lambda row: (-row[3], row[0]))
    rows = [
        (Linked(code, page_of(RULES + code)), _rule_name(edition, found, code), found.severities[code], plans, times)
        for code, plans, _, times in listed
    ]
    path = "rule/index.html"
    yield Page(path, None, partial(edition.render, "rules.html", path, edition.words["sections"]["rule"], rows=rows))
    for code, *_ in listed:
        path = page_of(RULES + code) or ""
        yield Page(path, found.ruled[code], partial(_rule, edition, found, path, code, told))


def _rule(edition: Edition, found: Survey, path: str, code: str, told: Ledgers) -> bytes:
    rule = default_rules().get(code)
    words = (("rationale", rule.rationale), ("basis", rule.source), ("advice", rule.advice)) if rule else ()
    return edition.render(
        "rule.html",
        path,
        f"{code} {_rule_name(edition, found, code)}".strip(),
        severity=found.severities[code],
        told=[(key, sketched(texts[edition.lang])) for key, texts in words],
        heat=by_year(found, found.ruled[code]),
        places=cut(_finding_rows(edition, found, code, told)),
    )


def _rule_name(edition: Edition, found: Survey, code: str) -> str:
    names = found.rule_names.get(code, {})
    return names.get(edition.lang) or names.get("zh", "")


def _finding_rows(edition: Edition, found: Survey, code: str, told: Ledgers) -> Iterator[dict[str, Any]]:
    rows: dict[str, Row] = {}
    for row in told.findings.about(code, found.in_order(found.ruled[code])):
        if row.get("language", edition.lang) == edition.lang or row["thing"] not in rows:
            rows[row["thing"]] = row
    for row in rows.values():
        yield {
            "city": city_link(found, row["plan"]),
            "year": found.plans[row["plan"]].year,
            "quote": words_link(row["plan"], row["thing"], row["quote"]),
            "message": row.get("message", ""),
        }


def _quantities(edition: Edition, found: Survey, told: Ledgers) -> bytes:
    stated = told.statements.of_plans(found.in_order(found.plans))
    rows = cut(statement_row(edition, found, one) for one in stated)
    return edition.render("quantities.html", _QUANTITIES, edition.words["sections"]["quantities"], statements=rows)


def _index(edition: Edition, kind: str, heads: Sequence[str], rows: Iterator[tuple[Any, ...]], **more: Any) -> Page:
    path = f"{kind}/index.html"
    context: dict[str, Any] = {"heat": None, **more, "heads": heads, "listed": cut(rows)}
    return Page(path, None, partial(edition.render, "list.html", path, edition.words["sections"][kind], **context))
