"""Whole plans, the examples' and real ones: their graphs hold together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest

import yaodian
from yaodian.ontology import reference
from yaodian.rdf import names, nquads, quads
from yaodian.rdf.iris import ID
from yaodian.rdf.terms import Quad

ROOT = Path(__file__).resolve().parents[1]
PLANS = sorted((ROOT / "examples").glob("*.*t*")) + sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
DATA = ("plan", "policy", "indicator", "place", "org")


@cache
def said(path: Path) -> list[Quad]:
    return list(quads(yaodian.read_plan(path)))


@pytest.fixture(params=PLANS, ids=lambda path: path.name.partition("_")[0])
def plan_quads(request: pytest.FixtureRequest) -> Iterator[list[Quad]]:
    yield said(request.param)


def test_each_statement_once(plan_quads: list[Quad]) -> None:
    assert len(plan_quads) == len(set(plan_quads))


def test_what_is_pointed_at_is_described(plan_quads: list[Quad]) -> None:
    subjects = {subject for subject, *_ in plan_quads}
    pointed_at = {o for _, _, o, _ in plan_quads if isinstance(o, str) and o.startswith(ID)}
    own = {iri for iri in pointed_at if iri.removeprefix(ID).partition("/")[0] in DATA}
    assert own <= subjects
    assert pointed_at - own <= reference.vocabulary().keys()


def test_every_term_of_ours_is_declared(plan_quads: list[Quad]) -> None:
    used = {p for _, p, _, _ in plan_quads} | {o for _, p, o, _ in plan_quads if p == names.TYPE}
    assert {str(term) for term in used if str(term).startswith(names.YD)} <= reference.vocabulary().keys()


@pytest.mark.parametrize("path", PLANS[:3], ids=lambda path: path.name.partition("_")[0])
def test_a_parser_reads_it_all(path: Path) -> None:
    plan = yaodian.read_plan(path)
    parsed = list(pyoxigraph.parse(nquads(plan).encode(), pyoxigraph.RdfFormat.N_QUADS))
    assert len(parsed) == len(said(path))
    [text] = [q.object.value for q in parsed if q.predicate.value == names.IS_STRING]
    assert text == plan.text


def test_shared_things_are_described_alike_by_all() -> None:
    """A shared thing's description is a function of its IRI: no two plans say different things of it."""
    described: dict[str, set[frozenset[tuple[str, object]]]] = {}
    for path in PLANS:
        shared: dict[str, set[tuple[str, object]]] = {}
        for subject, predicate, term, graph in said(path):
            if not graph.startswith(f"{ID}plan/"):
                shared.setdefault(subject, set()).add((predicate, term))
        for subject, statements in shared.items():
            described.setdefault(subject, set()).add(frozenset(statements))
    assert [subject for subject, ways in described.items() if len(ways) > 1] == []
