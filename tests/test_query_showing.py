"""Parameters as options, one's own questions, and answers as pages, charts and Parquet."""

from __future__ import annotations

import io
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from corpus_texts import plan_text, write_plans
from pyoxigraph import RdfFormat, Store

from yaodian.cli import run
from yaodian.corpus import build, named_queries, open_corpus
from yaodian.corpus.guarding import columns
from yaodian.corpus.prefixes import prefixes
from yaodian.ontology import lexicon, resource
from yaodian.ontology import questions as reference
from yaodian.showing.columns import value_label

HOSTILE = "<script>alert(1)</script>&'\""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("showing")
    write_plans(folder / "source", a=plan_text(), b=plan_text("泉州市", 2023, "晋江市", 20))
    build(folder / "source", folder / "build")
    return folder


@pytest.fixture
def work(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(made)
    return made


def _said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["query", *arguments]) == code
    told = capsys.readouterr()
    return told.out if code == 0 else told.err


def test_options_are_parameters(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    by_p = _said(capsys, "targets-by-theme", "-p", "city=泉州", "-p", "theme=teachers", "-p", "lang=en")
    assert "Teaching staff" in by_p
    assert _said(capsys, "targets-by-theme", "--city", "泉州", "--theme=teachers", "--lang", "en") == by_p
    assert _said(capsys, "--city", "泉州", "--theme", "teachers", "--lang", "en", "targets-by-theme") == by_p
    assert "did you mean city" in _said(capsys, "targets", "--cty", "泉州", code=2)
    assert "--city: give the value" in _said(capsys, "targets", "--city", code=2)
    assert "needs a value: --city" in _said(capsys, "similar-plans", code=2)
    assert "given twice" in _said(capsys, "targets", "--city", "x", "-p", "city=y", code=2)


def test_show_is_sparql_for_any_engine(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    shown = _said(capsys, "targets", "--city", '常"州', "--show")
    assert 'VALUES ?city { "常\\"州" }' in shown
    assert "PREFIX yd: <https://w3id.org/yaodian/ns#>" in shown
    for name in named_queries():
        prepareQuery(_said(capsys, name, "--show"), initNs={"yd": rdflib.Namespace(prefixes()["yd"])})


def test_explanation_says_what_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    zh = _said(capsys, "indicators", "--city", "泉州", "--explain")
    assert "指标及其单位" in zh and "--city = 泉州" in zh and "--least = 1 (默认)" in zh and "条形图" in zh
    en = _said(capsys, "indicators", "--explain", "--lang", "en")
    assert "Indicators and their units" in en and "--year = (any)" in en and "plans Plans" in en


def test_every_column_has_a_name_in_both_languages() -> None:
    used = {column for query in named_queries().values() for column in columns(query.text)}
    assert used == set(lexicon("columns"))
    assert all(label["zh"] and label["en"].isascii() for label in lexicon("columns").values())


def test_codes_are_called_what_the_vocabulary_calls_them() -> None:
    scheme = resource("schemes.ttl").read_text("utf-8")
    named = "SELECT ?name { ?code skos:prefLabel ?name FILTER(LANG(?name) = 'zh' && STRENDS(STR(?code), %r)) }"
    store = Store()
    store.load(scheme.encode(), RdfFormat.TURTLE)
    for column, kind in (("comparator", "comparator"), ("measured", "measurement"), ("severity", "severity")):
        codes = lexicon("columns")[column]["values-zh"]
        for code, name in codes.items():
            there = [row["name"].value for row in store.query(named % f"/{kind}/{code}", prefixes=prefixes())]
            assert there == [name] or not there, code
            assert value_label(column, code, "zh") == name
    assert value_label("comparator", "<x>", "zh") == value_label("quote", "<x>", "zh") == "<x>"
    assert lexicon("columns")["severity"]["values-zh"] == lexicon("columns")["kind"]["values-zh"]


def test_pages_call_codes_by_their_names_and_questions_take_them(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = _said(capsys, "targets", "--format", "html")
    assert re.search(r"<td[^>]*>等于</td>", page)
    assert not re.search(r"<td[^>]*>eq</td>", page)
    assert "eq" in _said(capsys, "targets", "--format", "csv")
    by_name, by_code = (_said(capsys, "findings", "--severity", value) for value in ("提示", "info"))
    assert by_name == by_code


def test_the_reference_is_current(root_dir: Path) -> None:
    for lang, name in reference.FILES.items():
        page = (root_dir / "docs" / name).read_text("utf-8")
        assert page == reference.updated(page, lang), "run: python -m yaodian.ontology.questions docs"


def test_examples_of_the_headers_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    for query in named_queries().values():
        _said(capsys, query.name, *query.example.split(), "--show")


def test_page_is_whole_and_inert(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _said(capsys, "items-by-theme", "--city", "绍兴", "--chart", "bar", "--out", "page.html", "--year", "2024")
    page = (work / "page.html").read_text("utf-8")
    assert "城市 × 主题的事项数" in page and "<th" in page and "教师队伍建设" in page
    assert "data:image/svg+xml;base64," in page
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    query = f"SELECT ?x ?y WHERE {{ VALUES (?x ?y) {{ ({_literal(HOSTILE)} <javascript:alert(1)>) }} }}"
    page = _said(capsys, "-e", query, "--format", "html")
    tags = _Tags()
    tags.feed(page)
    assert "script" not in tags.seen and "a" not in tags.seen
    assert "Content-Security-Policy" in page and HOSTILE not in page


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (["items-by-theme", "--year", "2024"], "bar"),
        (["items-by-theme", "--year", "2024"], "heat"),
        (["themes-by-year", "--theme", "teachers"], "line"),
        (["-e", "SELECT ?name ?n WHERE { VALUES (?name ?n) { ('甲<b>' 1) ('乙$x_1$' 2.5) } }"], "bar"),
    ],
)
def test_svg_has_words_as_words(work: Path, question: list[str], kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    _said(capsys, *question, "--chart", kind, "--out", "chart.svg")
    first = (work / "chart.svg").read_bytes()
    words = {
        "".join(node.itertext()) for node in ElementTree.fromstring(first).iter("{http://www.w3.org/2000/svg}text")
    }
    assert words & {"教师队伍建设", "绍兴市", "甲<b>", "年度"}
    _said(capsys, *question, "--chart", kind, "--out", "chart.svg")
    assert (work / "chart.svg").read_bytes() == first


def test_png_is_an_image_or_says_what_font_is_missing(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    from matplotlib.font_manager import get_font_names

    has_font = bool(set(lexicon("questions")["fonts"]) & set(get_font_names()))
    arguments = ["items-by-theme", "--year", "2024", "--chart", "bar", "--out", "chart.png"]
    told = _said(capsys, *arguments, code=0 if has_font else 2)
    assert (work / "chart.png").read_bytes().startswith(b"\x89PNG") if has_font else "fonts-noto-cjk" in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["targets", "--chart", "bar"], "its answer makes no chart"),
        (["plans", "--chart", "heat"], "it has: bar"),
        (["indicator-ranking", "--chart", "bar"], "holds one indicatorName"),
        (["items-by-theme", "--chart", "line"], "no chart of the kind line"),
        (["-e", "SELECT ?p { ?p a yd:Plan }", "--chart", "bar"], "needs a column of names and one of numbers"),
        (["-e", "ASK { }", "--chart", "bar"], "SELECT"),
        (["items-by-theme", "--chart", "bar", "--format", "csv"], "a chart is svg, png"),
        (["items-by-theme", "--format", "png"], "say which with --chart"),
        (["-e", "CONSTRUCT { ?p a yd:Plan } WHERE { ?p a yd:Plan }", "--format", "html"], "triples have no page"),
        (["-e", "ASK { }", "--format", "parquet"], "Parquet holds rows"),
    ],
)
def test_what_does_not_fit_is_told(
    work: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = [] if "--format" in arguments else ["--out", "never.svg"]
    assert words in _said(capsys, *arguments, *out, code=2)
    assert not (work / "never.svg").exists()


def test_parquet_has_numbers_as_numbers(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    polars = pytest.importorskip("polars")
    _said(capsys, "targets", "--city", "绍兴", "--out", "targets.parquet")
    frame = polars.read_parquet(io.BytesIO((work / "targets.parquet").read_bytes()))
    assert frame["value"].dtype.is_numeric() and frame["planYear"].dtype.is_integer()
    assert len(frame) == len(open_corpus("build").select("targets", city="绍兴"))


OWN = """# title-zh: 各市的目标数
# param city string 城市 / city
# param least integer 至少 / at least
# chart bar cityName n
SELECT ?cityName (COUNT(?t) AS ?n) WHERE {
  VALUES ?city { UNDEF }
  VALUES ?least { 1 }
  ?plan a yd:Plan ; dcterms:spatial/skos:prefLabel ?cityName .
  GRAPH ?plan { ?t a yd:Target }
  FILTER(!BOUND(?city) || CONTAINS(STR(?cityName), ?city))
}
GROUP BY ?cityName ?least HAVING(COUNT(?t) >= ?least) ORDER BY ?cityName
"""
BROKEN = {
    "syntax": (OWN + "}}", 13, "does not parse"),
    "param": (OWN.replace("string 城市", "text 城市"), 2, "a param is written as"),
    "slot": (OWN.replace("VALUES ?least { 1 }", ""), 3, "no place for least"),
    "chart": (OWN.replace("chart bar", "chart pie"), 4, "a chart is written as"),
    "targets": (OWN, 1, "ready-made question of this name"),
    "remote": ("\nASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 1, "SERVICE"),
}


def test_a_dash_is_the_standard_output(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _said(capsys, "plans", "--format", "csv", "--out", "-") == _said(capsys, "plans", "--format", "csv")
    assert not (work / "-").exists()


def test_own_questions_join(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "own").mkdir(exist_ok=True)
    (work / "own" / "mine.rq").write_text(OWN, "utf-8")
    assert "mine  各市的目标数" in _said(capsys, "--list", "--queries", "own")
    out = _said(capsys, "mine", "--queries", "own", "--city", "泉州", "--format", "csv")
    assert out.splitlines()[1:] == ["泉州市,4"]
    assert "0 rows" in _said(capsys, "mine", "--queries", "own", "--least", "99")
    assert "城市" in _said(capsys, "mine", "--queries", "own", "--explain")
    assert "cannot be read" in _said(capsys, "mine", "--queries", "nowhere", code=2)


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_told_of_with_its_line(
    work: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, line, words = BROKEN[name]
    (tmp_path / f"{name}.rq").write_text(text, "utf-8")
    (tmp_path / "good.rq").write_text(OWN, "utf-8")
    assert run(["query", "good", "--queries", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert "2 rows" in told.out
    assert f"{name}.rq:{line}: " in told.err and words in told.err
    assert words in _said(capsys, name, "--queries", str(tmp_path), code=2)


def test_file_that_is_not_utf8_is_told_of(work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gbk.rq").write_bytes(b"# title-en: x\n# " + "城市".encode("gbk"))
    assert "gbk.rq:2: this is not UTF-8" in _said(capsys, "gbk", "--queries", str(tmp_path), code=2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_is_no_file_is_not_waited_for(work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe.rq")
    (tmp_path / "folder.rq").mkdir()
    for name in ("pipe", "folder"):
        assert f"{name}.rq: cannot be read" in _said(capsys, name, "--queries", str(tmp_path), code=2)


def test_questions_stand_in_the_corpus_as_shacl_has_them(made: Path) -> None:
    corpus = open_corpus(made / "build")
    rows = corpus.select(
        "SELECT ?name ?select WHERE { GRAPH <https://w3id.org/yaodian/id/graph/vocabulary> { "
        "?q a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ; sh:select ?select ; sh:prefixes ?p ; rdfs:label ?zh "
        'FILTER(LANG(?zh) = "zh") BIND(STRAFTER(STR(?q), "/query/") AS ?name) } }'
    )
    assert {row.name: row.select for row in rows} == {name: query.text for name, query in named_queries().items()}
    declared = corpus.select("SELECT ?p ?n WHERE { ?all sh:declare ?d . ?d sh:prefix ?p ; sh:namespace ?n }")
    assert {row.p: row.n for row in declared} == prefixes()
