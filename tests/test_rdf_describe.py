"""A plan as quads: what is said, once each, and the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
import sample
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS

from yaodian.extraction.policies.authority import PolicyEntry
from yaodian.extraction.targets.concepts import concept_of, normalised
from yaodian.model import PlaceMention
from yaodian.rdf import nquads, org_iri, plan_iri, policy_iri, quads
from yaodian.rdf.iris import ID, SHARED_GRAPH
from yaodian.rdf.names import NIF as NIF_IRI
from yaodian.rdf.names import ORG as ORG_IRI
from yaodian.rdf.names import SCHEMA as SCHEMA_IRI
from yaodian.rdf.names import YD as YD_IRI
from yaodian.rdf.targets import series

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

YD, NIF, ORG, SCHEMA = (rdflib.Namespace(iri) for iri in (YD_IRI, NIF_IRI, ORG_IRI, SCHEMA_IRI))
PLAN = rdflib.URIRef(plan_iri(sample.plan()))


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return sample.plan().to_rdflib()


def id_(path: str) -> rdflib.URIRef:
    return rdflib.URIRef(ID + path)


def below(path: str) -> rdflib.URIRef:
    return rdflib.URIRef(f"{PLAN}/{path}")


def test_no_statement_twice() -> None:
    said = list(quads(sample.plan()))
    assert len(said) == len(set(said)) == nquads(sample.plan()).count("\n")


def test_graphs() -> None:
    assert {graph for *_, graph in quads(sample.plan())} == {str(PLAN), SHARED_GRAPH}
    assert {graph for *_, graph in quads(sample.plan(), "x")} == {f"{ID}plan/x", SHARED_GRAPH}


def test_both_parsers_read_the_same() -> None:
    text = nquads(sample.plan())
    ours = {(q.subject.value, q.predicate.value, q.object.value, q.graph_name.value)
            for q in pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.N_QUADS)}  # fmt: skip
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="nquads")
    theirs = {(str(s), str(p), str(o), str(g)) for s, p, o, g in dataset.quads()}
    said = {(s, p, getattr(o, "value", o), g) for s, p, o, g in quads(sample.plan())}
    assert ours == theirs == said


def test_a_store_gives_back_what_it_was_given() -> None:
    store = pyoxigraph.Store()
    store.bulk_load(nquads(sample.plan()).encode(), pyoxigraph.RdfFormat.N_QUADS)
    back = store.dump(format=pyoxigraph.RdfFormat.N_QUADS).decode()
    assert "".join(sorted(back.splitlines(keepends=True))) == nquads(sample.plan())


@pytest.mark.parametrize("seed", ["0", "1", "77"])
def test_the_same_bytes_in_every_process(seed: str) -> None:
    code = "import sys, sample; from yaodian.rdf import nquads; sys.stdout.buffer.write(nquads(sample.plan()).encode())"
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=True)
    assert run.stdout == nquads(sample.plan()).encode()


def test_no_blank_nodes(graph: rdflib.Graph) -> None:
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


def test_plan(graph: rdflib.Graph) -> None:
    assert graph.value(PLAN, DCTERMS.title) == rdflib.Literal("柳湾市教育局2024年工作要点", lang="zh")
    assert graph.value(PLAN, DCTERMS.spatial) == id_("place/320400")
    assert graph.value(PLAN, DCTERMS.creator) == rdflib.URIRef(org_iri("柳湾市教育局", "320400"))
    assert graph.value(PLAN, DCTERMS.issued) == rdflib.Literal("2024-02-28", datatype=rdflib.XSD.date)
    assert graph.value(PLAN, YD.planYear) == rdflib.Literal(2024)
    assert graph.value(PLAN, YD.kind) == id_("kind/summary-plan")
    assert graph.value(PLAN, YD.draftStatus) == id_("status/draft")
    assert set(graph.objects(PLAN, DCTERMS.subject)) == {id_("theme/facilities"), id_("theme/compulsory")}
    assert len(set(graph.objects(PLAN, DCTERMS.references))) == 2
    assert graph.value(PLAN, YD.result) == below("target/1")


NOWHERE = dict.fromkeys(("county_code", "city_code", "city", "province_code"))


@pytest.mark.parametrize(
    ("changed", "listed"),
    [
        ({"city_code": "330600"}, rdflib.Literal("绍兴市", "zh")),
        ({"county_code": "330681-枫桥镇"}, rdflib.Literal("枫桥镇", "zh")),
        ({"city_code": None, "city": "旧城"}, rdflib.Literal("旧城", "zh")),
        ({"city_code": "999999"}, rdflib.Literal("柳湾市教育局2024年工作要点", "zh")),
        (NOWHERE, rdflib.Literal("柳湾市教育局2024年工作要点", "zh")),
        (NOWHERE | {"title": "", "title_span": None}, rdflib.Literal("柳湾.txt")),
    ],
)
def test_a_plan_is_listed_by_its_place_else_its_title_else_its_file(
    changed: dict[str, str | None], listed: rdflib.Literal
) -> None:
    whole = sample.plan()
    plan = replace(whole, facts=replace(whole.facts, **changed))
    graph = plan.to_rdflib()
    assert list(graph.objects(rdflib.URIRef(plan_iri(plan)), YD.listedAs)) == [listed]


@pytest.mark.parametrize(
    ("planned", "reported", "listed"), [(2024, 2023, [2024]), (None, 2023, [2023]), (None, None, [])]
)
def test_a_plan_is_listed_by_the_year_planned_for_else_the_year_reported(
    planned: int | None, reported: int | None, listed: list[int]
) -> None:
    whole = sample.plan()
    plan = replace(whole, facts=replace(whole.facts, plan_year=planned, summary_year=reported))
    graph = plan.to_rdflib()
    assert [int(year) for year in graph.objects(rdflib.URIRef(plan_iri(plan)), YD.listedYear)] == listed


def test_planned_items_are_counted(graph: rdflib.Graph) -> None:
    items = [item for item in sample.plan().items if item.part == "plan"]
    assert items
    assert [int(number) for number in graph.objects(PLAN, YD.plannedItems)] == [len(items)]
    none = replace(sample.plan(), items=())
    assert not any(predicate == f"{YD_IRI}plannedItems" for _, predicate, _, _ in quads(none))


def test_every_thing_has_one_quote_that_is_what_the_text_says(graph: rdflib.Graph) -> None:
    text = str(graph.value(below("text"), NIF.isString))
    assert text == sample.TEXT
    kinds = [
        "Plan",
        "Section",
        "PlanItem",
        "Measure",
        "Target",
        "Result",
        "Deliverable",
        "PolicyReference",
        "PlaceMention",
        "Responsibility",
        "TextMark",
    ]
    things = [thing for kind in kinds for thing in graph.subjects(RDF.type, YD[kind])]
    assert len(things) == len(set(things)) == 1 + 3 + 3 + 3 + 11 + 3 + 2 + 2 + 1 + 2
    for thing in things:
        [span] = graph.objects(thing, PROV.wasQuotedFrom)
        begin, end = (graph.value(span, each).toPython() for each in (NIF.beginIndex, NIF.endIndex))
        assert str(graph.value(span, NIF.anchorOf)) == text[begin:end]
        assert str(span) == f"{PLAN}/text#char={begin},{end}"


def test_outline(graph: rdflib.Graph) -> None:
    first, second = below("section/一"), below("section/二")
    assert graph.value(first, YD.printedLabel) == rdflib.Literal("一一")
    assert graph.value(first, YD.next) == second
    assert graph.value(second, YD.next) is None
    assert graph.value(below("section/二%2F甲"), YD.inSection) == second
    assert graph.value(below("section/二%2F甲"), YD.ordinal) is None
    assert [graph.value(below(f"item/p{n}"), YD.next) for n in (1, 2, 3)] == [below("item/p2"), below("item/p3"), None]
    assert len(set(graph.objects(below("item/p1"), YD.measure))) == 3
    assert graph.value(below("item/p3"), DCTERMS.title) is None


@pytest.mark.parametrize(
    ("number", "comparator", "value", "low", "high"),
    [
        (2, "eq", "3", None, None),
        (4, "ge", "25000", "25000", None),
        (5, "range", None, "50000000", "80000000"),
        (6, "approx", "300", None, None),
        (7, "le", "805000", None, "805000"),
        (8, "gt", "90", "90", None),
        (9, "lt", "1.5", None, "1.5"),
    ],
)
def test_quantities(
    graph: rdflib.Graph, number: int, comparator: str, value: str | None, low: str | None, high: str | None
) -> None:
    target = below(f"target/{number}")
    assert graph.value(target, YD.comparator) == id_(f"comparator/{comparator}")
    found = (graph.value(target, each) for each in (SCHEMA.value, SCHEMA.minValue, SCHEMA.maxValue))
    assert [each and str(each) for each in found] == [value, low, high]


def test_target(graph: rdflib.Graph) -> None:
    target = below("target/3")
    assert graph.value(target, RDFS.label) == rdflib.Literal("新建小学 2所", lang="zh")
    assert graph.value(target, YD.isPartOfTotal) == below("target/2")
    assert graph.value(target, YD.year) == rdflib.Literal(2024)
    assert graph.value(target, SCHEMA.unitCode) == id_("unit/所")
    assert graph.value(below("target/8"), SCHEMA.unitCode) == id_("unit/%25")
    assert graph.value(below("target/1"), YD.year) == rdflib.Literal(2023)
    assert graph.value(below("target/1"), RDF.type) == YD.Result


def test_what_is_promised_with_a_target(graph: rdflib.Graph) -> None:
    target = below("target/11")
    assert graph.value(target, YD.measurement) == id_("measurement/change")
    assert graph.value(target, YD.bindingness) == id_("bindingness/binding")
    assert graph.value(target, YD.deadline) == rdflib.Literal("2024-06-30", datatype=rdflib.XSD.date)
    assert graph.value(target, YD.deadlineStated).toPython() is True
    assert str(graph.value(graph.value(target, YD.deadlineSpan), NIF.anchorOf)) == "6月底前"
    assert graph.value(target, YD.baseline) == below("target/10")
    assert graph.value(target, YD.per) == rdflib.Literal("每个县", lang="zh")
    assert graph.value(target, YD.beneficiary) == rdflib.Literal("农村学生", lang="zh")


def test_a_deadline_by_default_is_the_year(graph: rdflib.Graph) -> None:
    target = below("target/2")
    assert str(graph.value(target, YD.deadline)) == "2024"
    assert graph.value(target, YD.deadline).datatype == rdflib.XSD.gYear
    assert graph.value(target, YD.deadlineStated).toPython() is False
    assert graph.value(target, YD.deadlineSpan) is None
    assert graph.value(target, YD.bindingness) == id_("bindingness/stated")


def test_a_result_promises_nothing(graph: rdflib.Graph) -> None:
    assert graph.value(below("target/1"), YD.bindingness) is None
    assert str(graph.value(below("target/1"), YD.deadline)) == "2023"


def test_an_indicator_is_one_whatever_the_words(graph: rdflib.Graph) -> None:
    """新增学位 of the summary and of the plan, and 增加学位 of another plan, lead to the same indicator."""
    indicator = graph.value(below("target/1"), YD.indicator)
    assert indicator == graph.value(below("target/4"), YD.indicator) == id_(f"indicator/{concept_of('增加学位').id}")
    assert set(graph.objects(indicator, RDF.type)) == {YD.Indicator, SKOS.Concept}
    assert list(graph.objects(indicator, SKOS.prefLabel)) == [rdflib.Literal("新增学位", lang="zh")]


@given(st.text("新增加学位数培训教师全市约“”各人", max_size=8), st.text("新增加学位数培训教师全市约“”各人", max_size=8))
def test_an_indicators_description_is_a_function_of_its_iri(one: str, other: str) -> None:
    concepts = concept_of(one), concept_of(other)
    assert (concepts[0].id == concepts[1].id) == (normalised(one) == normalised(other))


def test_series_are_the_same_where_indicator_measurement_and_unit_are() -> None:
    whole = sample.plan()
    model = next(target for target in whole.targets if target.concept and target.comparator != "range")
    different = (replace(model, unit="万元"), replace(model, measurement="change"), replace(model, concept="other"))
    assert series(replace(model, value=model.value + 1, comparator="le", status="achieved")) == series(model)
    assert len({series(target) for target in (model, *different)}) == 1 + len(different)


def test_ranges_and_what_has_no_indicator_are_in_no_series(graph: rdflib.Graph) -> None:
    for target in {*graph.subjects(RDF.type, YD.Target), *graph.subjects(RDF.type, YD.Result)}:
        compares = graph.value(target, YD.indicator) and graph.value(target, SCHEMA.value)
        assert bool(graph.value(target, YD.series)) == bool(compares)


def test_a_target_without_words_has_no_indicator() -> None:
    plan = sample.plan()
    bare = replace(plan.targets[1], indicator="", concept=concept_of("").id)
    said = list(quads(replace(plan, targets=(bare,))))
    assert not any(concept_of("").id in str(term) for quad in said for term in quad)


def test_deliverables(graph: rdflib.Graph) -> None:
    reported, policy, platform = (below(f"deliverable/{n}") for n in (1, 2, 3))
    assert graph.value(PLAN, YD.deliverable) == reported
    assert graph.value(reported, YD.deliverableStatus) == id_("delivery/achieved")
    assert graph.value(reported, YD.year).toPython() == 2023
    assert graph.value(below("item/p2"), YD.deliverable) == policy
    assert graph.value(policy, YD.action) == id_("action/issue")
    assert graph.value(policy, YD.policy) == rdflib.URIRef(policy_iri("办学管理办法"))
    assert graph.value(policy, YD.verb) is None
    assert graph.value(platform, DCTERMS.isPartOf) == below("item/p3")
    assert graph.value(platform, RDFS.label) == rdflib.Literal("建成研修平台", lang="zh")
    assert graph.value(platform, YD.verb) == rdflib.Literal("建成", lang="zh")
    assert graph.value(platform, YD.object) == rdflib.Literal("研修平台", lang="zh")
    assert graph.value(platform, YD.action) is graph.value(platform, YD.policy) is None


def test_references_places_units_marks(graph: rdflib.Graph) -> None:
    policy = rdflib.URIRef(policy_iri("办学管理办法"))
    assert graph.value(below("reference/2"), YD.policy) == policy
    assert graph.value(below("reference/2"), YD.action) == id_("action/issue")
    assert graph.value(below("reference/2"), YD.marked).toPython() is False
    assert (below("item/p2"), DCTERMS.references, policy) in graph
    assert (below("item/p1"), DCTERMS.spatial, id_("place/320411")) in graph
    assert set(graph.objects(below("mention/2"), YD.place)) == {id_("place/320400"), id_("place/320000")}
    unit = graph.value(below("responsibility/1"), YD.organisation)
    assert graph.value(unit, SKOS.prefLabel) == rdflib.Literal("市教育局", lang="zh")
    assert graph.value(below("responsibility/1"), ORG.role) == id_("role/lead")
    assert graph.value(below("mark/1"), DCTERMS.isPartOf) == PLAN
    assert graph.value(below("mark/1"), YD.expected) == rdflib.Literal("一")
    assert graph.value(below("mark/2"), YD.markKind) == id_("mark/placeholder")


def test_places_have_their_parents(graph: rdflib.Graph) -> None:
    county, city, province = (id_(f"place/{code}") for code in ("320411", "320400", "320000"))
    assert graph.value(county, SKOS.prefLabel) == rdflib.Literal("新北区", lang="zh")
    assert graph.value(county, YD.adminLevel) == id_("level/county")
    assert graph.value(county, SKOS.broader) == city
    assert graph.value(city, SKOS.broader) == province
    assert graph.value(province, SKOS.notation) == rdflib.Literal("320000")


def test_a_policy_of_the_authority_list(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = PolicyEntry(
        id="办学管理办法", title="民办学校管理办法", doc_number="教发〔2021〕5号", issued="2021-07",
        issuer=("甲部", "乙部"), aliases=("民办办法",), valid_until="2025", replaced_by="新办法",
    )  # fmt: skip
    monkeypatch.setattr("yaodian.rdf.shared.authority", lambda policy: entry if policy == entry.id else None)
    graph = sample.plan().to_rdflib()
    listed, other = rdflib.URIRef(policy_iri(entry.id)), rdflib.URIRef(policy_iri("减轻学生负担的意见"))
    assert graph.value(listed, SKOS.prefLabel) == rdflib.Literal("民办学校管理办法", lang="zh")
    assert graph.value(listed, SKOS.altLabel) == rdflib.Literal("民办办法", lang="zh")
    assert graph.value(listed, DCTERMS.issued) == rdflib.Literal("2021-07", datatype=rdflib.XSD.gYearMonth)
    issuers = [graph.value(issuer, SKOS.prefLabel) for issuer in graph.objects(listed, DCTERMS.creator)]
    assert sorted(map(str, issuers)) == ["乙部", "甲部"]
    assert graph.value(listed, DCTERMS.valid) == rdflib.Literal("2025", datatype=rdflib.XSD.gYear)
    assert graph.value(listed, DCTERMS.isReplacedBy) == rdflib.URIRef(policy_iri("新办法"))
    assert [graph.value(each, YD.authority).toPython() for each in (listed, other)] == [True, False]


def test_shared_things_are_said_alike_by_every_plan() -> None:
    """What is said of a shared thing does not depend on the plan that says it."""
    one, other = ({q for q in quads(sample.plan(), slug) if q[3] == SHARED_GRAPH} for slug in ("a", "b"))
    assert one == other


def test_towns_have_no_code_but_a_name_below_their_division() -> None:
    plan, span = sample.plan(), sample.plan().places[0].span
    within = ("320411", "320402", None)
    towns = tuple(PlaceMention(f"t{i}", span, (), ("春江街道",), "town", "p1", within=w) for i, w in enumerate(within))
    graph = replace(plan, places=towns).to_rdflib()
    places = [id_(f"place/{code}-春江街道") for code in ("320411", "320402", "000000")]
    assert set(graph.objects(below("item/p1"), DCTERMS.spatial)) == set(places)
    for place, above in zip(places, ("320411", "320402", None), strict=True):
        assert [str(name) for name in graph.objects(place, SKOS.prefLabel)] == ["春江街道"]
        assert graph.value(place, YD.adminLevel) == id_("level/town")
        assert graph.value(place, SKOS.broader) == (above and id_(f"place/{above}"))
        assert graph.value(place, SKOS.notation) is None
    assert str(graph.value(id_("place/320402"), SKOS.prefLabel)) == "天宁区"
