"""A plan's row in the manifest: what it is called and how much was found in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yaodian.corpus.manifest import PlanRow
from yaodian.corpus.sameness import words_digest
from yaodian.model import Plan

if TYPE_CHECKING:
    from yaodian.checking import Finding


@dataclass(frozen=True, slots=True)
class Filed:
    """A plan's file: the plan's IRI and short name in it, its digest, and how many statements it has."""

    plan: str
    slug: str
    base_slug: str
    digest: str
    statements: int


def plan_row(shown: str, plan: Plan, filed: Filed, findings: tuple[Finding, ...]) -> PlanRow:
    """The row of a plan that was read from the source ``shown``."""
    document, facts = plan.document, plan.facts
    problems = dict.fromkeys((*document.problems, *plan.problems))
    return PlanRow(
        source=shown,
        name=document.name,
        sha256=document.sha256,
        plan=filed.plan,
        slug=filed.slug,
        base_slug=filed.base_slug,
        digest=filed.digest,
        statements=filed.statements,
        title=facts.title,
        city=facts.city,
        city_code=facts.city_code,
        province=facts.province,
        year=facts.plan_year or facts.summary_year,
        kind=facts.kind,
        status=facts.status,
        **_counts(plan),
        findings=dict(sorted(Counter(finding.severity.word for finding in findings).items())),
        words=words_digest(document.text),
        home=facts.home,
        level=level_of(plan),
        subjects=subjects_of(plan),
        problems=tuple({"code": problem.code, "message": problem.message} for problem in problems),
    )


def level_of(plan: Plan) -> str:
    """The level of the division that the plan is for: county, city or province; empty where it is not known."""
    facts = plan.facts
    if facts.county_code:
        return "county"
    if facts.city_code or facts.city:
        return "city"
    return "province" if facts.province_code else ""


def subjects_of(plan: Plan) -> tuple[str, ...]:
    """The codes of the themes of what the plan plans; of all its items where it plans nothing. In their order."""
    planned = [item for item in plan.items if item.part == "plan"] or plan.items
    return tuple(sorted({theme.code for item in planned for theme in item.themes}))


def _counts(plan: Plan) -> dict[str, Any]:
    return {
        "sections": len(plan.sections),
        "items": len(plan.items),
        "targets": sum(1 for target in plan.targets if target.status == "planned"),
        "results": sum(1 for target in plan.targets if target.status == "achieved"),
        "policies": len({reference.policy for reference in plan.policies}),
        "places": len({key for mention in plan.places for key in mention.keys}),
        "themes": len({theme.code for item in plan.items for theme in item.themes}),
    }
