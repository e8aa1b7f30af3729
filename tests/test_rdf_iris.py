"""The names of things."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyoxigraph
import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

from yaodian.model import Plan
from yaodian.rdf.iris import ID, indicator_iri, org_iri, place_iri, plan_iri, policy_iri, segment, slug, theme_iri


def plan_with(**facts: Any) -> Plan:
    plan = sample.plan()
    return replace(plan, facts=replace(plan.facts, **facts))


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"kind": "plan"}, "320400-2024"),
        ({"kind": "summary"}, "320400-2024-summary"),
        ({"kind": "summary+plan"}, "320400-2024-summary-plan"),
        ({"kind": "summary", "plan_year": None}, "320400-2023-summary"),
    ],
)
def test_slug(facts: dict[str, Any], name: str) -> None:
    assert slug(plan_with(**facts)) == name


def test_slug_falls_back_to_the_content() -> None:
    digest = sample.plan().document.sha256
    assert slug(plan_with(city=None, city_code=None, province_code=None)) == digest[:16]
    assert slug(plan_with(plan_year=None, summary_year=None)) == digest[:16]
    assert slug(plan_with(kind="plan"), distinct=True) == f"320400-2024-{digest[:8]}"


def test_slug_of_a_county_and_of_a_place_without_a_code() -> None:
    assert slug(plan_with(county_code="320411", kind="plan")) == "320411-2024"
    assert slug(plan_with(city="云川市", city_code=None, kind="plan")) == "云川市-2024"


def test_plan_iri_takes_another_slug() -> None:
    plan = sample.plan()
    assert plan_iri(plan) == f"{ID}plan/{slug(plan)}"
    assert plan_iri(plan, "a b") == f"{ID}plan/a%20b"


def test_shared_names() -> None:
    assert policy_iri("义务教育 法/2018") == f"{ID}policy/义务教育%20法%2F2018"
    assert place_iri("320400") == f"{ID}place/320400"
    assert theme_iri("sports") == f"{ID}theme/sports"
    assert indicator_iri("i-0123456789ab") == f"{ID}indicator/i-0123456789ab"
    assert org_iri("甲局").startswith(f"{ID}org/000000/")
    assert org_iri("甲局", "320400") != org_iri("甲局", "320500") != org_iri("乙局", "320500")


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_text_makes_a_valid_iri(text: str) -> None:
    line = f"<{ID}{segment(text)}> <{ID}p> <{ID}o> .\n"
    assert len(list(pyoxigraph.parse(line.encode(), pyoxigraph.RdfFormat.N_TRIPLES))) == 1


@given(st.text(), st.text())
def test_different_texts_make_different_segments(one: str, other: str) -> None:
    assert (segment(one) == segment(other)) == (one == other)
