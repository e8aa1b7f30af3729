"""Ready-made questions: what they say of themselves, their parameters, and their answers on small plans."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from corpus_texts import plan_text, three_plans, write_plans

from yaodian.corpus import Corpus, build, named_queries, open_corpus
from yaodian.corpus.guarding import columns
from yaodian.corpus.questions import bind, described, named, resolve
from yaodian.errors import QueryError

NAMES = sorted(named_queries())
SLOT = "SELECT ?x WHERE { VALUES ?x { UNDEF } }"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("questions")
    write_plans(three_plans(folder / "source"), draft=plan_text("丽水市", 2024, "XX县"))
    build(folder / "source", folder / "out")
    return open_corpus(folder / "out")


def test_questions_at_hand() -> None:
    assert len(NAMES) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_question_describes_itself_and_its_parameters(name: str) -> None:
    query = named(name)
    assert query.title_zh and query.title_en and query.description_zh and query.description_en
    slots = set(re.findall(r"VALUES \?(\w+) \{ (?:UNDEF|\"\w+\"|\d+) \}", query.text))
    assert {parameter.name for parameter in query.parameters} == slots
    for parameter in query.parameters:
        assert re.search(r"[\u4e00-\u9fff]", parameter.description_zh)
        assert parameter.description_en.isascii()


@pytest.mark.parametrize("name", NAMES)
def test_question_has_columns_and_a_steady_answer(corpus: Corpus, name: str) -> None:
    rows = corpus.select(name)
    assert list(rows) == list(open_corpus(corpus.path).select(name))
    assert "ORDER BY" in named(name).text


def test_targets_by_city_and_theme(corpus: Corpus) -> None:
    rows = corpus.select("targets", city="泉州", theme="teachers")
    assert [(row.cityName, row.planYear, row.value, row.unit, row.quote) for row in rows] == [
        ("泉州市", 2023, Decimal(500), "人次", "500人次")
    ]
    assert {row.comparator for row in corpus.select("targets", city="泉州", year=2023) if row.unit == "个"} == {"ge"}
    assert len(corpus.select("targets", city="泉州", year=2024)) == 0
    english = corpus.select("targets", theme="teachers", lang="en")
    assert english[0].themeName.isascii()


def test_which_cities_cite_a_policy(corpus: Corpus) -> None:
    rows = corpus.select("policy-cities", policy="职业行为十项准则")
    assert {(row.cityName, row.actionName, row.times, row.inItems) for row in rows} == {
        (city, "落实", 1, "p3") for city in ("绍兴市", "泉州市", "洛阳市", "丽水市")
    }


def test_policies_that_several_cities_name(corpus: Corpus) -> None:
    (row,) = corpus.select("shared-policies")
    assert (row.plans, sorted(row.cities.split())) == (4, sorted(["绍兴市", "泉州市", "洛阳市", "丽水市"]))


def test_policies_to_be_issued(corpus: Corpus) -> None:
    rows = corpus.select("policies-to-issue", city="绍兴")
    assert [(row.actionName, row.printedTitle, row.label, row.heading) for row in rows] == [
        ("出台", "绍兴市教师荣誉办法", "p3", "加强师德师风建设")
    ]


def test_items_by_theme(corpus: Corpus) -> None:
    rows = corpus.select("items-by-theme", city="洛阳", theme="teachers")
    assert [(row.cityName, row.planYear, row.itemCount) for row in rows] == [("洛阳市", 2024, 1)]


def test_places_named(corpus: Corpus) -> None:
    rows = {row.placeName: (row.code, row.inItems) for row in corpus.select("places-named", city="绍兴")}
    assert rows["诸暨市"] == ("330681", "p2")


def test_items_without_a_target(corpus: Corpus) -> None:
    assert [row.heading for row in corpus.select("items-without-target", city="泉州")] == ["加强师德师风建设"]


def test_completeness_ranks_the_plans(corpus: Corpus) -> None:
    rows = corpus.select("completeness", year=2024)
    assert [row.completeness for row in rows] == sorted((row.completeness for row in rows), reverse=True)
    (shaoxing,) = corpus.select("completeness", city="绍兴")
    assert (shaoxing.who, shaoxing.what, shaoxing.howFar) == (0, 1, 1)
    assert (shaoxing.when, shaoxing.where, shaoxing.basis) == (0, Decimal("0.25"), Decimal("0.25"))
    assert shaoxing.completeness == Decimal("0.45"), "the mean of the five points, without where"


def test_findings(corpus: Corpus) -> None:
    assert [(row.code, row.plans) for row in corpus.select("findings-by-rule", rule="YD-X01")] == [("YD-X01", 1)]
    assert corpus.select("findings", severity="violation")[0].quote == "XX县"


def test_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(QueryError, match="did you mean targets"):
        resolve("target", {})
    with pytest.raises(QueryError, match="there are: bindingness, completeness, "):
        resolve("zzz", {})


def test_unknown_parameter_gets_the_nearest() -> None:
    with pytest.raises(QueryError, match="did you mean city"):
        resolve("targets", {"cty": "x"})
    with pytest.raises(QueryError, match=r"VALUES \?name \{ UNDEF \}"):
        bind("SELECT * WHERE { ?s ?p ?o }", {"x": 1})


def test_parameters_are_values_whatever_they_hold(corpus: Corpus) -> None:
    for value in ('" } SERVICE <http://x/> { ?s ?p "', "\\", '\'\n\r"""', "$1 \\g<0>", "汉\U00020000\x00"):
        (row,) = corpus.select(SLOT, x=value)
        assert row.x == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (Decimal("2.5"), '"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("3", '"3"'),
        (None, "UNDEF"),
    ],
)
def test_parameter_types(value: object, text: str) -> None:
    assert bind(SLOT, {"x": value}) == SLOT.replace("UNDEF", text)


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        ("integer", "2024", "二〇二四"),
        ("decimal", "2.5", "2,5"),
        ("date", "2024-02-29", "2023-02-29"),
        ("iri", "https://example.org/a", "not an iri"),
    ],
)
def test_declared_types_are_kept(type_: str, good: str, bad: str) -> None:
    text = f"# param x {type_} 值 / value\n{SLOT}"
    assert good in bind(text, {"x": good})
    with pytest.raises(QueryError, match="parameter x"):
        bind(text, {"x": bad})


def test_value_of_another_kind_is_refused() -> None:
    with pytest.raises(QueryError, match="a list cannot be a value"):
        bind(SLOT, {"x": [1]})


def test_query_that_takes_too_long_is_stopped(corpus: Corpus) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(QueryError, match=r"no answer after 0\.5 seconds"):
        corpus.query(endless, timeout=0.5)


def test_worker_imports_nothing_from_the_current_folder(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "re.py", "pyoxigraph.py", "yaodian.py"):
        (tmp_path / name).write_text("import pathlib; pathlib.Path('was-run').touch(); raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    assert corpus.query("ASK { ?s a yd:Plan }", timeout=60) is True
    assert not (tmp_path / "was-run").exists()


def test_answers_of_a_worker_are_the_same(corpus: Corpus) -> None:
    construct = "CONSTRUCT { ?p a yd:Plan } WHERE { ?p a yd:Plan }"
    for question in ("targets", "ASK { ?s a yd:Plan }", construct):
        assert corpus.query(question, timeout=60) == corpus.query(question)
    with pytest.raises(QueryError, match="SERVICE"):
        corpus.query("SELECT * WHERE { SERVICE <http://x/> { ?s ?p ?o } }", timeout=60)


def test_rows_only_from_select(corpus: Corpus) -> None:
    with pytest.raises(QueryError, match="SELECT"):
        corpus.select("ASK { }")


def test_a_comment_at_the_head_ends_with_its_line() -> None:
    query = described("mine", "# title-zh:\n# param city string\nSELECT ?city WHERE { VALUES ?city { UNDEF } }")
    assert (query.title_zh, query.parameters[0].description_zh) == ("mine", "")
    (chart,) = described("mine", "# chart bar a b\nSELECT ?a ?b WHERE { ?a ?p ?b }").charts
    assert chart.columns == ("a", "b")


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_charts_are_made_of_columns_that_the_answer_has(name: str) -> None:
    query = named_queries()[name]
    for chart in query.charts:
        assert {*chart.columns, *chart.one} <= set(columns(query.text)), chart
