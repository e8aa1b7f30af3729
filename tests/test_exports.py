"""A corpus in other forms says what its index says, opens where it should, and is whole or not there."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from corpus_texts import plan_text, three_plans, write_plans
from lxml import etree

from yaodian.cli import run
from yaodian.corpus import Corpus, build, open_corpus
from yaodian.corpus.lock import locked
from yaodian.exports.describing import DESCRIPTION_GRAPH
from yaodian.exports.formats import FORMATS
from yaodian.exports.publishing import text_properties
from yaodian.exports.rows import tables
from yaodian.rdf import names

HAN = "\u3400-\u9fff"
LONGEST_RUN = 7
FORMAT_OF = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
VOID, SH, PROV = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/shacl#", names.PROV
# What is a name or a title: facts, which stay where texts go.
TITLES = {
    (names.TITLE, names.PLAN), (names.PREF_LABEL, names.POLICY), (names.ALT_LABEL, names.POLICY), (names.PREF_LABEL, names.PLACE),
    (names.PREF_LABEL, names.FORMAL_ORGANIZATION), (names.PRINTED_TITLE, names.POLICY_REFERENCE), (names.SOURCE_NAME, names.PLAN),
}  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, examples_dir: Path) -> Corpus:
    """A plan of a known city, and the examples, which have all that plans can have."""
    folder = tmp_path_factory.mktemp("exports")
    build([write_plans(folder / "plans", shaoxing=plan_text()), examples_dir], folder / "build")
    return open_corpus(folder / "build")


def export(corpus: Corpus, form: str, out: Path, *options: str) -> Path:
    assert run(["export", str(corpus.path), "--format", form, "--out", str(out), *options]) == 0
    return out


def quads(file: Path) -> list[ox.Quad]:
    return list(ox.parse(file.read_bytes(), FORMAT_OF[file.suffix[1:]]))


def without_description(found: list[ox.Quad]) -> set[ox.Quad]:
    return {quad for quad in found if quad.graph_name != ox.NamedNode(DESCRIPTION_GRAPH)}


@pytest.mark.parametrize("form", ["nq", "trig"])
def test_graphs_are_those_of_the_index_and_each_statement_is_said_once(
    corpus: Corpus, form: str, tmp_path: Path
) -> None:
    found = quads(export(corpus, form, tmp_path / f"all.{form}"))
    assert without_description(found) == set(corpus.store)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_one_graph_says_what_all_graphs_say(corpus: Corpus, form: str, tmp_path: Path) -> None:
    wanted = {quad.triple for quad in quads(export(corpus, "nq", tmp_path / "all.nq"))}
    assert {quad.triple for quad in quads(export(corpus, form, tmp_path / f"all.{form}"))} == wanted


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_another_reader_of_jsonld_finds_the_same_graph(corpus: Corpus, tmp_path: Path) -> None:
    """The frame changes how it is told, not what is said: rdflib's reader has nothing in common with the engine's."""
    read = rdflib.Graph().parse(export(corpus, "jsonld", tmp_path / "all.jsonld"), format="json-ld")
    found = ox.parse(read.serialize(format="nt"), ox.RdfFormat.N_TRIPLES)
    wanted = {quad.triple for quad in quads(export(corpus, "nq", tmp_path / "all.nq"))}
    assert {quad.triple for quad in found} == wanted


def test_jsonld_is_framed_by_plan(corpus: Corpus, tmp_path: Path) -> None:
    whole = json.loads(export(corpus, "jsonld", tmp_path / "all.jsonld").read_bytes())
    plans = [node for node in whole["@graph"] if node.get("@type") == "Plan"]
    assert len(plans) == len(corpus.plans)
    kinds = {part["@type"] for plan in plans for part in plan["parts"]}
    assert {"Section", "PlanItem"} <= kinds
    targets = [
        part for plan in plans for item in plan["parts"] for part in item.get("parts", ()) if part["@type"] == "Target"
    ]
    assert len(targets) > 100
    assert all(isinstance(plan["text"], dict) for plan in plans)


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.stream and name != "stratml"])
def test_the_same_bytes_each_time_and_through_a_pipe(
    corpus: Corpus, form: str, tmp_path: Path, capfdbinary: Any
) -> None:
    options = ["--table", "targets"] if form in ("csv", "excel", "parquet") else []
    first = export(corpus, form, tmp_path / f"first{FORMATS[form].ending}", *options).read_bytes()
    capfdbinary.readouterr()
    assert run(["export", str(corpus.path), "--format", form, *options]) == 0
    assert capfdbinary.readouterr().out == first


def described(corpus: Corpus, tmp_path: Path, *options: str) -> ox.Store:
    store = ox.Store()
    store.load(export(corpus, "void", tmp_path / "about.ttl", *options).read_bytes(), ox.RdfFormat.TURTLE)
    return store


def values(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    rows = store.query(
        f"PREFIX void: <{VOID}> PREFIX sh: <{SH}> PREFIX prov: <{PROV}> PREFIX dcat: <http://www.w3.org/ns/dcat#> {query}"
    )
    assert isinstance(rows, ox.QuerySolutions)
    return {tuple(str(getattr(value, "value", value)) for value in row) for row in rows}


def test_the_description_counts_what_there_is(corpus: Corpus, tmp_path: Path) -> None:
    about = described(corpus, tmp_path)
    data = "FILTER(?g != <https://w3id.org/yaodian/id/graph/vocabulary>)"
    store = corpus.store
    assert values(about, "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }") == values(
        store, f"SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s a ?c }} {data} }} GROUP BY ?c"
    )
    assert values(
        about,
        "SELECT ?p ?n ?m { ?d void:propertyPartition [ void:property ?p ; void:triples ?n ; void:distinctSubjects ?m ] }",
    ) == values(
        store, f"SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) {{ GRAPH ?g {{ ?s ?p ?o }} {data} }} GROUP BY ?p"
    )
    assert values(about, "SELECT ?n ?m { ?d a dcat:Dataset ; void:triples ?n ; void:distinctSubjects ?m }") == values(
        store, f"SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) {{ GRAPH ?g {{ ?s ?p ?o }} {data} }}"
    )


def test_the_description_tells_where_each_plan_is_from(corpus: Corpus, tmp_path: Path) -> None:
    about = described(corpus, tmp_path, "--license", "https://creativecommons.org/licenses/by/4.0/")
    used = values(
        about,
        "SELECT ?plan ?digest { ?plan prov:wasDerivedFrom ?s ; prov:wasGeneratedBy ?a . ?a prov:used ?s . ?s <https://w3id.org/yaodian/ns#sourceDigest> ?digest }",
    )
    assert used == {(row.plan, f"sha256:{row.sha256}") for row in corpus.plans}
    assert values(about, "SELECT ?v { ?a prov:wasAssociatedWith/<https://schema.org/softwareVersion> ?v }") == {
        (corpus.manifest.toolchain.yaodian,)
    }
    assert ("yd", names.YD) in values(about, "SELECT ?p ?n { ?d sh:declare [ sh:prefix ?p ; sh:namespace ?n ] }")
    assert values(about, "SELECT ?l { ?d a dcat:Dataset ; <http://purl.org/dc/terms/license> ?l }") == {
        ("https://creativecommons.org/licenses/by/4.0/",)
    }


def sheet(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))


@pytest.fixture(scope="module")
def folder(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(corpus, "csv", tmp_path_factory.mktemp("csv") / "tables")


def test_tables_have_a_row_for_each_thing(corpus: Corpus, folder: Path) -> None:
    assert len(sheet(folder / "plans.csv")) == len(corpus.plans)
    assert len(sheet(folder / "items.csv")) == sum(row.items for row in corpus.plans)
    assert len(sheet(folder / "targets.csv")) == sum(row.targets + row.results for row in corpus.plans)
    for table in ("items", "targets", "policies"):
        iris = [row["iri"] for row in sheet(folder / f"{table}.csv")]
        assert len(iris) == len(set(iris)) > 0


def test_quotes_are_the_words_at_their_place(corpus: Corpus, folder: Path) -> None:
    texts = {row.plan: text.value for row in corpus.plans for text in _texts(corpus, row.plan)}
    for table in ("items", "targets", "policies", "places"):
        for row in sheet(folder / f"{table}.csv"):
            assert texts[row["plan"]][int(row["start"]) : int(row["end"])] == row["quote"]


def _texts(corpus: Corpus, plan: str) -> Iterator[ox.Literal]:
    for quad in corpus.store.quads_for_pattern(ox.NamedNode(f"{plan}/text"), ox.NamedNode(names.IS_STRING), None, None):
        assert isinstance(quad.object, ox.Literal)
        yield quad.object


def test_the_data_package_tells_of_every_column(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert {resource["name"] for resource in package["resources"]} == set(tables())
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        for number, field in enumerate(fields):
            cells = {row[number] for row in rows} - {""}
            if field["type"] in ("integer", "number"):
                assert all(re.fullmatch(r"-?\d+(\.\d+)?", cell) for cell in cells)
        assert [name for number, name in enumerate(header) if not any(row[number] for row in rows)] in (
            [],
            ["deadline"],
        )


def test_parquet_has_what_csv_has(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    out = export(corpus, "parquet", tmp_path / "parquet")
    for name, table in tables().items():
        read = pq.read_table(out / f"{name}.parquet").to_pylist()
        wanted = sheet(folder / f"{name}.csv")
        assert len(read) == len(wanted)
        for got, row in zip(read, wanted, strict=True):
            for column in table.columns:
                value = got[column.name]
                assert (value is None) == (row[column.name] == "")
                if column.type == "number" and value is not None:
                    assert value == float(row[column.name])
                elif column.type == "uri" and value is not None:
                    assert value == row[column.name]


def test_parquet_without_its_library(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    assert run(["export", str(corpus.path), "--format", "parquet", "--out", str(tmp_path / "p")]) == 2
    assert "pip install 'yaodian[parquet]'" in capsys.readouterr().err


def test_cells_that_a_spreadsheet_would_run_are_guarded(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://a")市教育局2024年工作要点\n\n一、提升质量\n1.=1+1建设学校。新建学校12所。\n'
    (tmp_path / "plan.txt").write_text(text, "utf-8")
    build([tmp_path / "plan.txt"], tmp_path / "build")
    corpus = open_corpus(tmp_path / "build")
    content = export(corpus, "excel", tmp_path / "excel").joinpath("items.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    for name in tables():
        for row in csv.reader(io.StringIO((tmp_path / "excel" / f"{name}.csv").read_text("utf-8-sig"), newline="")):
            assert not [cell for cell in row if re.match(r"[=+@\t\r]|-(?!\d)", cell)]
    assert sheet(export(corpus, "csv", tmp_path / "csv") / "targets.csv")[0]["value"] == "12"


@pytest.mark.parametrize(("form", "reader"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_open_again(corpus: Corpus, form: str, reader: Any, tmp_path: Path) -> None:
    graph = reader(export(corpus, form, tmp_path / f"network.{form}"))
    kinds = [told["kind"] for _, told in graph.nodes(data=True)]
    assert kinds.count("plan") == len(corpus.plans)
    assert kinds.count("item") == sum(row.items for row in corpus.plans)
    assert kinds.count("target") == sum(row.targets for row in corpus.plans)
    assert all(told["label"] for _, told in graph.nodes(data=True))
    assert {"part of", "about", "sets", "refers to"} <= {told["kind"] for _, _, told in graph.edges(data=True)}


@pytest.mark.parametrize("options", [[], ["--facts-only"]])
def test_stratml_is_valid(corpus: Corpus, shared_dir: Path, options: list[str], tmp_path: Path) -> None:
    file = shared_dir / "schemas" / "StratML-PerformancePlanOrReport.xsd"
    if not file.exists():
        pytest.skip("the StratML schema (../shared/schemas) is not at hand")
    schema = etree.XMLSchema(etree.parse(file))
    out = export(corpus, "stratml", tmp_path / "stratml", *options)
    found = sorted(out.glob("*.xml"))
    assert len(found) == len(corpus.plans)
    for each in found:
        schema.assertValid(etree.parse(each))


def test_stratml_has_the_items_and_quantities(corpus: Corpus, tmp_path: Path) -> None:
    for row in corpus.plans:
        root = etree.parse(export(corpus, "stratml", tmp_path / "one.xml", "--plan", row.slug)).getroot()
        told = {name: len(root.findall(f".//{{*}}{name}")) for name in ("Objective", "TargetResult", "ActualResult")}
        assert told["TargetResult"] == row.targets
        assert told["ActualResult"] == row.results
        assert told["Objective"] in (row.items, row.items + 1)


def test_facts_only_lets_no_passage_through(corpus: Corpus, tmp_path: Path) -> None:
    passages = {run for row in corpus.plans for text in _texts(corpus, row.plan) for run in _runs(text.value)}
    found = quads(export(corpus, "nq", tmp_path / "facts.nq", "--facts-only"))
    types: dict[Any, set[str]] = {}
    for quad in found:
        if quad.predicate.value == names.TYPE and isinstance(quad.object, ox.NamedNode):
            types.setdefault(quad.subject, set()).add(quad.object.value)
    checked = [quad for quad in found if not _is_of_vocabulary(quad) and not _is_title(quad, types)]
    assert len(checked) > 10_000
    for quad in checked:
        value = getattr(quad.object, "value", "")
        assert passages.isdisjoint(_runs(value)), quad


def _is_of_vocabulary(quad: ox.Quad) -> bool:
    return str(getattr(quad.graph_name, "value", "")).endswith("graph/vocabulary")


def _is_title(quad: ox.Quad, types: dict[Any, set[str]]) -> bool:
    of = types.get(quad.subject, set())
    if quad.predicate.value == names.SOURCE_NAME:
        return True
    return any(quad.predicate.value == predicate and class_ in of for predicate, class_ in TITLES)


def _runs(text: str) -> set[str]:
    """All stretches of eight Chinese characters."""
    longest = re.findall(f"[{HAN}]{{{LONGEST_RUN + 1},}}", text)
    return {run[i : i + LONGEST_RUN + 1] for run in longest for i in range(len(run) - LONGEST_RUN)}


@pytest.mark.parametrize("form", ["csv", "graphml", "stratml", "trig", "jsonld", "ttl"])
def test_facts_only_holds_in_every_form(corpus: Corpus, form: str, tmp_path: Path) -> None:
    """The words of items, which are no titles, are in no file."""
    out = tmp_path / "out" if FORMATS[form].folder else tmp_path / f"out.{form}"
    export(corpus, form, out, "--facts-only")
    written = "".join(file.read_text("utf-8") for file in ([out] if out.is_file() else sorted(out.iterdir())))
    anchors = corpus.select("SELECT DISTINCT ?quote { ?item a yd:PlanItem ; prov:wasQuotedFrom/nif:anchorOf ?quote }")
    sentences = {s for row in anchors for s in re.split(r"[\n。]", str(row.quote)) if len(s) > 20 and "《" not in s}
    assert len(sentences) > 50
    assert [sentence for sentence in sentences if sentence in written] == []


def test_what_holds_text_is_told_with_its_limits() -> None:
    assert text_properties()[names.ANCHOR] == (frozenset({names.OFFSET_STRING}), 0)
    assert all(limit <= LONGEST_RUN for _, limit in text_properties().values())


def test_a_folder_is_that_of_an_earlier_export(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = export(corpus, "csv", tmp_path / "tables")
    (out / "notes.txt").write_text("mine")
    export(corpus, "csv", out, "--table", "plans")
    assert sorted(file.name for file in out.iterdir()) == ["datapackage.json", "notes.txt", "plans.csv"]
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "plans.csv").write_text("mine")
    assert run(["export", str(corpus.path), "--format", "csv", "--out", str(foreign)]) == 2
    assert (foreign / "plans.csv").read_text() == "mine"
    assert "holds other things" in capsys.readouterr().err


def test_what_was_written_is_told_in_the_language_of_the_locale(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, plans = tmp_path / "corpus.nq", len(corpus.plans)
    command = ["export", str(corpus.path), "--format", "nq", "--out", str(out)]
    for locale, options, told in (
        ("C.UTF-8", [], f"{out}: {plans} plans, 1 file\n"),
        ("zh_CN.UTF-8", [], f"{out}：{plans} 份计划，1 个文件\n"),
        ("zh_CN.UTF-8", ["--lang", "en"], f"{out}: {plans} plans, 1 file\n"),
        ("en_GB.UTF-8", ["--lang", "zh"], f"{out}：{plans} 份计划，1 个文件\n"),
    ):
        monkeypatch.setenv("LANG", locale)
        assert run([*command, *options]) == 0
        assert capsys.readouterr().err == told


def test_what_a_killed_export_left_is_cleared_up_and_what_another_makes_is_not(corpus: Corpus, tmp_path: Path) -> None:
    killed, other, kept = (tmp_path / "tables" / name for name in (".export-killed", ".export-other", ".export-mine"))
    for folder in (killed, other, kept):
        folder.mkdir(parents=True)
        (folder / "plans.csv").write_text("half a ta", "utf-8")
    (killed / ".lock").touch()
    with locked(other / ".lock"):
        assert run(["export", str(corpus.path), "--format", "csv", "--out", str(tmp_path / "tables")]) == 0
    assert (tmp_path / "tables/plans.csv").exists()
    assert (killed.exists(), other.exists(), kept.exists()) == (False, True, True)


def test_a_corpus_that_is_damaged_leaves_the_old_file(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(three_plans(tmp_path / "plans"), tmp_path / "build")
    copy = open_corpus(tmp_path / "build")
    out = export(copy, "nq", tmp_path / "all.nq")
    before = out.read_bytes()
    [file] = (tmp_path / "build" / "plans").rglob(f"{copy.plans[-1].slug}.nq")
    file.write_bytes(file.read_bytes()[:-200])
    assert run(["export", str(copy.path), "--format", "nq", "--out", str(out)]) == 2
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert "build the corpus again" in capsys.readouterr().err


def test_a_file_needs_no_ending_and_a_device_is_written_to(corpus: Corpus, tmp_path: Path) -> None:
    assert export(corpus, "nq", tmp_path / "corpus").is_file()
    assert run(["export", str(corpus.path), "--format", "csv", "--table", "plans", "--out", "/dev/null"]) == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--format", "csv"],
        ["--format", "csv", "--out", "one.csv"],
        ["--format", "nq", "--table", "plans"],
        ["--format", "nq", "--plan", "x"],
        ["--format", "stratml"],
        ["--format", "stratml", "--plan", "nowhere-2024"],
        ["--format", "nq", "--out", "."],
        ["--format", "nq", "--license", "mine"],
        ["--format", "nq", "--out", ""],
    ],
)
def test_what_cannot_be_is_refused(
    corpus: Corpus,
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["export", str(corpus.path), *options]) == 2
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_no_export_into_a_corpus(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    for out in (corpus.path, corpus.path / "plans", corpus.path / "plans" / "x.nq"):
        form = "nq" if out.suffix else "csv"
        assert run(["export", str(corpus.path), "--format", form, "--out", str(out)]) == 2
        assert "belongs to the corpus" in capsys.readouterr().err
