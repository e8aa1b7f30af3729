"""rdflib, Turtle and JSON-LD say what the N-Quads say."""

from __future__ import annotations

import json
import socket
from typing import Any

import pyoxigraph
import pytest
import rdflib
import sample

from yaodian.rdf import nquads, quads
from yaodian.rdf.jsonld import context, jsonld
from yaodian.rdf.names import TYPE
from yaodian.rdf.turtle import turtle

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("no network access is allowed")

    monkeypatch.setattr(socket, "socket", refuse)


def triples(data: str, format_: pyoxigraph.RdfFormat) -> set[tuple[Any, ...]]:
    return {(each.subject, each.predicate, each.object) for each in pyoxigraph.parse(data.encode(), format_)}


@pytest.fixture(scope="module")
def wanted() -> set[tuple[Any, ...]]:
    return triples(nquads(sample.plan()), pyoxigraph.RdfFormat.N_QUADS)


def test_turtle(wanted: set[tuple[Any, ...]]) -> None:
    assert triples(turtle(sample.plan()), pyoxigraph.RdfFormat.TURTLE) == wanted


def test_jsonld(wanted: set[tuple[Any, ...]], offline: None) -> None:
    written = json.dumps(jsonld(sample.plan()), ensure_ascii=False)
    assert triples(written, pyoxigraph.RdfFormat.JSON_LD) == wanted


def test_rdflib_reads_all_alike(offline: None) -> None:
    graph = set(sample.plan().to_rdflib())
    assert graph == set(rdflib.Graph().parse(data=turtle(sample.plan()), format="turtle"))
    assert graph == set(rdflib.Graph().parse(data=json.dumps(jsonld(sample.plan())), format="json-ld"))


def test_rdflib_keeps_lexical_forms() -> None:
    said = {(s, p, getattr(o, "value", o)) for s, p, o, _ in quads(sample.plan())}
    assert {(str(s), str(p), str(o)) for s, p, o in sample.plan().to_rdflib()} == said


def test_jsonld_is_compact() -> None:
    document = jsonld(sample.plan())
    [plan] = [node for node in document["@graph"] if node["@type"] == "Plan"]
    assert plan["@id"] == "plan/320400-2024-summary-plan"
    assert plan["title"] == "柳湾市教育局2024年工作要点"
    assert plan["planYear"] == 2024
    assert plan["subject"] == ["theme/facilities", "theme/compulsory"]
    assert all(":" not in key for node in document["@graph"] for key in node)


def test_the_context_covers_all_that_plans_say() -> None:
    terms = {name: it for name, it in context()["@context"].items() if not name.startswith("@")}
    curies = (it if isinstance(it, str) else it.get("@id", it.get("@reverse")) for it in terms.values())
    pairs = (curie.split(":", 1) for curie in curies)
    names = {terms[prefix] + local for prefix, local in pairs if prefix in terms}
    said = {p for _, p, _, _ in quads(sample.plan())} | {str(o) for _, p, o, _ in quads(sample.plan()) if p == TYPE}
    assert said - {TYPE} <= names
