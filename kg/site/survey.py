"""What spans plans, as counts: of which city each is, and how often it names a theme, policy, indicator or rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from yaodian.comparing.statements import city_name
from yaodian.corpus.manifest import PlanRow
from yaodian.site import queries
from yaodian.source import GraphSource, Row, select

Counts = Mapping[str, Mapping[str, int]]
"""How often a thing is found in each plan: by the thing, then the plan."""


@dataclass(frozen=True)
class Survey:
    """``homes`` has the place (an IRI) of each plan that has one; ``severities`` are those of the rules' findings."""

    plans: Mapping[str, PlanRow]
    homes: Mapping[str, str]
    place_names: Mapping[str, str]
    coverage: Counts
    cited: Counts
    counted: Counts
    ruled: Counts
    severities: Mapping[str, str]
    rule_names: Mapping[str, Mapping[str, str]]
    policies: Mapping[str, Row]
    issuers: Mapping[str, Sequence[str]]
    indicators: Mapping[str, str]

    def city(self, plan: str) -> str:
        """What a plan's city is called; its title where no city is known."""
        return self.place_names.get(self.homes.get(plan, ""), "") or city_name(self.plans[plan])

    def in_order(self, plans: Iterable[str]) -> list[PlanRow]:
        """The rows of these plans by city and year."""
        return [self.plans[plan] for plan in sorted(plans, key=self.rank.__getitem__)]

    @cached_property
    def rank(self) -> dict[str, int]:
        """The place of each plan in the order of all."""
        return {row.plan: n for n, row in enumerate(sorted(self.plans.values(), key=self._order))}

    def _order(self, row: PlanRow) -> tuple[bool, str, str, int, str]:
        """Plans of a city together, by the code of the city and by year; those without a city at the end."""
        home = self.homes.get(row.plan, "")
        return not home, home, self.city(row.plan), row.year or 0, row.slug

    def cities(self) -> dict[str, list[PlanRow]]:
        """The plans of each place that has some, in their order."""
        found: dict[str, list[PlanRow]] = defaultdict(list)
        for row in self.in_order(plan for plan in self.plans if plan in self.homes):
            found[self.homes[row.plan]].append(row)
        return found


def survey(source: GraphSource, rows: Sequence[PlanRow]) -> Survey:
    """The counts of a corpus with these plans."""
    plans = {row.plan: row for row in rows}
    homes = [row for row in _sorted(source, queries.HOMES) if row["plan"] in plans]
    findings = [{**row, "plan": row["graph"].removesuffix("/findings")} for row in _sorted(source, queries.RULED)]
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _sorted(source, queries.RULE_NAMES):
        names[row["code"]].setdefault(row.get("language", ""), row["name"])
    issuers: dict[str, list[str]] = defaultdict(list)
    for row in _sorted(source, queries.ISSUERS):
        issuers[row["thing"]].append(row["name"])
    return Survey(
        plans=plans,
        homes={row["plan"]: row["place"] for row in reversed(homes)},
        place_names={row["place"]: row["name"] for row in reversed(homes) if "name" in row},
        coverage=_counts(plans, _sorted(source, queries.COVERAGE)),
        cited=_counts(plans, _sorted(source, queries.CITED)),
        counted=_counts(plans, _sorted(source, queries.COUNTED)),
        ruled=_counts(plans, findings),
        severities={row["thing"]: row["severity"].rpartition("#")[2].lower() for row in findings},
        rule_names=names,
        policies={row["thing"]: row for row in reversed(_sorted(source, queries.POLICIES))},
        issuers=issuers,
        indicators={row["thing"]: row["name"] for row in reversed(_sorted(source, queries.INDICATORS))},
    )


def _sorted(source: GraphSource, question: str) -> list[Row]:
    """The rows in an order that does not depend on the store."""
    return sorted((dict(row) for row in select(source, question)), key=lambda row: sorted(row.items()))


def _counts(plans: Mapping[str, PlanRow], rows: Iterable[Row]) -> Counts:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row["plan"] in plans:
            of_plan = found[row["thing"]]
            of_plan[row["plan"]] = of_plan.get(row["plan"], 0) + int(row["times"])
    return found
