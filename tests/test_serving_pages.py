"""The pages and documents about the things of a corpus: every IRI has one, and no document's words act in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pyoxigraph as ox
import pytest
from corpus_texts import plan_text, write_plans
from hypothesis import given
from hypothesis import strategies as st
from serving import HOSTILE, Server, running

from yaodian.corpus import Corpus, build, named_queries, open_corpus
from yaodian.rdf.iris import segment
from yaodian.serving.addresses import HOME, address, iri_at

pytest_plugins = ("serving_plugin",)

ID = f"{HOME}id/"
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


class _Markup(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def values(self, attribute: str) -> Iterator[str]:
        return (attributes[attribute] or "" for _, attributes in self.elements if attribute in attributes)


@pytest.fixture(scope="module")
def corpus(served_corpus: Path) -> Corpus:
    return open_corpus(served_corpus)


def _iris(corpus: Corpus) -> set[str]:
    return {
        term.value
        for quad in corpus.store
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, ox.NamedNode)
    }


def _path(iri: str) -> str:
    return address(iri).partition("#")[0]


def test_every_iri_has_an_address_that_leads_back_to_it(corpus: Corpus) -> None:
    iris = _iris(corpus)
    assert len(iris) > 600
    for iri in iris:
        path = urlsplit(address(iri)).path
        assert re.fullmatch(r"/[\w./%~-]*", path, re.ASCII)
        if path != "/thing":
            assert iri_at(path.removeprefix("/")) == iri.partition("#")[0]
    own = [iri for iri in iris if iri.startswith(HOME)]
    assert all(not address(iri).startswith("/thing") for iri in own)


@given(st.lists(st.text(min_size=1).filter(lambda part: part not in (".", "..")), min_size=1, max_size=4))
def test_an_address_leads_back_whatever_a_name_has_in_it(parts: list[str]) -> None:
    iri = ID + "/".join(map(segment, parts))
    assert iri_at(address(iri).removeprefix("/")) == iri


def _one_of_each_kind(corpus: Corpus) -> list[str]:
    """An IRI for each shape of IRI that the corpus has, the shortest of each."""
    shapes: dict[str, str] = {}
    for iri in sorted(_iris(corpus), key=lambda iri: (len(iri), iri)):
        shape = re.sub(r"[\d-]+|[^\x00-\x7f]+|%\w\w", "0", iri.partition("#")[0]) if iri.startswith(ID) else iri
        kind = re.sub(r"(id/[a-z]+/).*?(?=/|$)", r"\1x", shape) if iri.startswith(ID) else urlsplit(iri).netloc
        shapes.setdefault(kind, iri)
    return list(shapes.values())


def test_every_kind_of_iri_answers(server: Server, corpus: Corpus) -> None:
    iris = _one_of_each_kind(corpus)
    assert len(iris) > 25
    for iri in iris:
        path = _path(iri)
        page = server.get(path, HTML)
        assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8"), iri
        data = server.get(path, {"Accept": "application/n-triples"})
        assert data.status == 200, iri
        mentioned = iri.partition("#")[0]
        triples = list(ox.parse(data.body, ox.RdfFormat.N_TRIPLES))
        assert triples
        graph = ox.NamedNode(mentioned)
        assert mentioned in data.text or list(corpus.store.quads_for_pattern(None, None, None, graph)), iri


@pytest.mark.parametrize(
    ("accept", "format_"),
    [("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD),
     ("application/n-triples", ox.RdfFormat.N_TRIPLES), ("application/rdf+xml", ox.RdfFormat.RDF_XML)],
)  # fmt: skip
def test_a_thing_in_every_format(server: Server, corpus: Corpus, accept: str, format_: ox.RdfFormat) -> None:
    target = corpus.select("SELECT ?target WHERE { ?target a yd:Target } ORDER BY ?target LIMIT 1")[0].target
    reply = server.get(_path(str(target)), {"Accept": accept})
    assert reply.headers["content-type"].startswith(accept)
    found = {quad.triple for quad in ox.parse(reply.body, format_)}
    node = ox.NamedNode(str(target))
    assert found == {quad.triple for quad in corpus.store.quads_for_pattern(node, None, None)}


def test_a_text_brings_its_passages(server: Server, corpus: Corpus) -> None:
    text = f"{corpus.plans[0].plan}/text"
    passages = corpus.select(f"SELECT ?s ?quote WHERE {{ ?s nif:referenceContext <{text}> ; nif:anchorOf ?quote }}")
    page = _Markup(server.get(_path(text), HTML).text)
    anchors = set(page.values("id"))
    assert passages
    for passage in passages:
        assert str(passage.s).partition("#")[2] in anchors
    data = server.get(_path(text), {"Accept": "text/turtle"}).body
    described = {quad.subject.value for quad in ox.parse(data, ox.RdfFormat.TURTLE)}
    assert described == {text, *(str(passage.s) for passage in passages)}


def test_page_says_what_a_person_wants_to_know(server: Server, corpus: Corpus) -> None:
    row = corpus.select(
        "SELECT ?t ?label ?quote WHERE { ?t a yd:Target ; rdfs:label ?label ; prov:wasQuotedFrom/nif:anchorOf ?quote ;"
        " yd:comparator comparator:ge } LIMIT 1"
    )[0]
    zh, en = (
        server.get(_path(str(row.t)), {**HTML, "Accept-Language": lang}).text for lang in ("zh-CN", "en-GB,zh;q=0.5")
    )
    for page in (zh, en):
        assert str(row.label) in page
        assert str(row.quote) in page
    assert 'lang="zh-CN"' in zh
    assert "指标" in zh
    assert 'lang="en"' in en
    assert "part of" in en


def test_yes_and_no_are_said_in_the_language_of_the_page(server: Server, corpus: Corpus) -> None:
    (target,) = corpus.select(
        "SELECT ?target { ?target a yd:Target ; yd:deadlineStated false } ORDER BY ?target LIMIT 1"
    )
    for lang, word in (("zh", "否"), ("en", "no")):
        page = server.get(address(str(target.target)), HTML, hl=lang).text
        assert f"<span>{word}</span>" in page
        assert "<span>false</span>" not in page


def test_unknown_things_are_not_found(server: Server) -> None:
    for path in ("/id/plan/none", "/thing?iri=https://example.org/none", "/id/"):
        assert server.get(path).status == server.get(path, HTML).status == 404
        assert server.get(path, {"Accept": "text/turtle"}).headers["content-type"].startswith("text/plain")


def _links(page: _Markup) -> set[str]:
    return {link for link in page.values("href") if not link.startswith("#")}


def test_every_link_of_the_pages_leads_somewhere(server: Server, corpus: Corpus) -> None:
    seen: set[str] = set()
    starts = ["/", "/queries", "/queries/targets?city=%E7%BB%8D%E5%85%B4", _path(corpus.plans[0].plan)]
    for start in starts:
        reply = server.get(start, HTML)
        assert reply.status == 200
        for link in sorted(_links(_Markup(reply.text)))[:40]:
            target = urljoin(start, link).partition("#")[0]
            assert target.startswith("/"), link
            if target not in seen:
                seen.add(target)
                assert server.get(target, HTML).status == 200, link
    assert len(seen) > 40


def test_hostile_words_are_inert_on_every_page(server: Server, corpus: Corpus) -> None:
    hostile = next(row for row in corpus.plans if row.year == 2022)
    found = corpus.select(
        f"SELECT DISTINCT ?s WHERE {{ GRAPH <{hostile.plan}> {{ ?s ?p ?o FILTER(CONTAINS(STR(?o), '<script>')) }} }}"
    )
    assert len(found) > 3
    paths = [_path(str(row.s)) for row in found]
    asked = "%3Cscript%3Ealert(1)%3C/script%3E%22%27"
    paths += [f"/queries/targets?city={asked}", "/queries/targets?run=1", f"/queries/{asked}", f"/thing?iri=a:{asked}",
              f"/sparql?query={asked}", "/", f"/?{asked}={asked}"]  # fmt: skip
    for path in paths:
        page = _Markup(server.get(path, HTML).text)
        for tag, attributes in page.elements:
            assert tag != "img"
            assert not any(name.startswith("on") for name in attributes)
            assert "javascript:" not in str(attributes.get("href"))
            if tag == "script":
                assert str(attributes.get("src", "")).startswith("/static/") or attributes["type"] == "application/json"
    for path in paths[: len(found)]:
        assert HOSTILE in "".join(_Markup(server.get(path, HTML).text).words)


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_named_queries_as_json_csv_and_page(server: Server, corpus: Corpus, name: str) -> None:
    required = {one.name: "绍兴" for one in named_queries()[name].parameters if one.required}
    expected = corpus.select(name, **required)
    answer = server.get(f"/queries/{name}", **required).json()
    assert answer["columns"] == list(expected.variables)
    assert len(answer["rows"]) == len(expected)
    if expected:
        assert set(answer["rows"][0]) == set(expected.variables)
    csv = server.get(f"/queries/{name}", {"Accept": "text/csv"}, **required)
    assert csv.text.splitlines()[0] == ",".join(expected.variables)
    form = _Markup(server.get(f"/queries/{name}", HTML).text)
    asked = set(form.values("name"))
    assert {parameter.name for parameter in named_queries()[name].parameters} <= asked


def test_parameters_are_bound(server: Server, corpus: Corpus) -> None:
    rows = server.get("/queries/targets", city="绍兴", year="2024").json()
    assert rows["parameters"] == {"city": "绍兴", "year": "2024"}
    assert len(rows["rows"]) == len(corpus.select("targets", city="绍兴", year=2024)) > 0
    assert isinstance(rows["rows"][0]["planYear"], int)
    assert isinstance(rows["rows"][0]["value"], int)
    assert server.get("/queries/targets", city='绍兴" } #').json()["rows"] == []


def test_answers_are_in_the_language_that_is_asked_for(server: Server) -> None:
    zh, en = (server.get("/queries/targets", lang=lang).json()["rows"][0]["themeName"] for lang in ("zh", "en"))
    assert (zh.isascii(), en.isascii()) == (False, True)
    page = server.get("/queries/targets", {**HTML, "Accept-Language": "zh"}, run="1", hl="en").text
    assert 'lang="en"' in page
    assert f"<td>{en}</td>" in page
    assert (
        f"<td>{zh}</td>" in server.get("/queries/targets", {**HTML, "Accept-Language": "en"}, hl="en", lang="zh").text
    )


def test_csv_for_excel_runs_nothing(server: Server) -> None:
    plain, excel = (server.get("/queries/findings", format=form) for form in ("csv", "excel"))
    assert excel.headers["content-type"] == plain.headers["content-type"] == "text/csv; charset=utf-8"
    assert excel.body.startswith(b"\xef\xbb\xbf")
    assert not plain.body.startswith(b"\xef\xbb\xbf")
    assert server.get("/queries/findings", {"Accept": "text/csv"}).body == plain.body


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/queries/nothing", 404, "/queries"),
        ("/queries/targets?cty=1", 400, "city"),
        ("/queries/targets?year=soon", 400, "integer"),
        ("/queries/targets?city=a&city=b", 400, "twice"),
        ("/queries/targets?format=pdf", 406, "csv"),
    ],
)
def test_wrong_questions_say_what_there_is(server: Server, path: str, status: int, words: str) -> None:
    reply = server.get(path)
    assert (reply.status, words in reply.text) == (status, True)
    page = server.get(path, HTML) if "format" not in path else reply
    assert page.status == status


def test_what_a_question_needs_is_asked_for(server: Server) -> None:
    for form in ("json", "csv"):
        reply = server.get("/queries/similar-plans", format=form)
        assert (reply.status, reply.text) == (400, "similar-plans needs a value: city\n")
    blank = server.get("/queries/similar-plans", {**HTML, "Accept-Language": "zh"}, run="1", city=" ")
    assert (blank.status, "必须给出：city" in blank.text, "<table>" in blank.text) == (200, True, False)
    assert re.search(r'<input id="p-city"[^>]*\srequired', blank.text)


def test_a_value_that_nothing_matches_is_told_with_the_like(server: Server) -> None:
    asked = {"city": "绍心市", "year": "2023"}
    assert server.get("/queries/targets", **asked).json()["notes"] == [
        "nothing here matches city=绍心市; did you mean 绍兴市? there are: 泉州市、漳州市、绍兴市"
    ]
    assert "notes" not in server.get("/queries/targets", city="绍兴").json()
    page = server.get("/queries/targets", {**HTML, "Accept-Language": "zh"}, **asked).text
    assert "语料中没有符合 city=绍心市 的；是不是 绍兴市？有：泉州市、漳州市、绍兴市" in page
    hostile = server.get("/queries/targets", {**HTML, "Accept-Language": "zh"}, city=HOSTILE).text
    assert "<script>window" not in hostile
    assert "&lt;script&gt;window" in hostile


def test_an_answer_does_not_wait_for_hints_that_are_too_large(served_corpus: Path) -> None:
    with running(served_corpus, "--set=bytes=1024") as small:
        reply = small.get("/queries/indicator-ranking", indicator="没有这项指标")
        assert (reply.status, reply.json()["rows"], "notes" in reply.json()) == (200, [], False)


def test_columns_have_names_in_the_language_of_the_page(server: Server) -> None:
    for lang, names in (("zh", ["城市", "年度"]), ("en", ["City", "Year"])):
        page = server.get("/queries/targets", HTML, hl=lang, run="1").text
        assert re.findall(r'<th scope="col" title="\w+">(.*?)</th>', page)[:2] == names


def test_errors_are_in_the_language_of_who_asks(server: Server) -> None:
    zh, en = "没有叫 'nothing' 的现成问题；清单见 /queries", "there is no ready-made question 'nothing'; see /queries"
    for headers, words in (
        ({**HTML, "Accept-Language": "zh-CN"}, zh.replace("'", "&#39;")),
        ({**HTML, "Accept-Language": "en"}, en.replace("'", "&#39;")),
        ({"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}, f"{zh}\n"),
        ({}, f"{en}\n"),
    ):
        assert words in server.get("/queries/nothing", headers).text
    assert "没有这个页面" in server.get("/nowhere", {**HTML, "Accept-Language": "zh"}).text


def test_openapi_lists_every_question_with_its_parameters(server: Server) -> None:
    validate = pytest.importorskip("openapi_spec_validator").validate
    document = server.get("/openapi.json").json()
    validate(document)
    for name, query in named_queries().items():
        operation = document["paths"][f"/queries/{name}"]["get"]
        assert {p["name"] for p in operation["parameters"]} == {p.name for p in query.parameters} | {"format"}
        for parameter in query.parameters:
            (said,) = (one for one in operation["parameters"] if one["name"] == parameter.name)
            default = said["schema"].get("default")
            assert (said.get("required", False), default) == (
                parameter.required,
                int(parameter.default) if isinstance(default, int) and parameter.default else parameter.default,
            )
    assert set(document["paths"]["/sparql"]) == {"get", "post"}


def test_the_editor_is_the_one_of_its_sources(root_dir: Path) -> None:
    """Who changes ``editor/`` builds it anew: ``cd editor && npm ci && npm run build``."""
    folder = root_dir / "editor"
    files = [*sorted((folder / "src").iterdir()), folder / "package-lock.json"]
    digest = hashlib.sha256(b"".join(file.read_bytes().replace(b"\r\n", b"\n") for file in files)).hexdigest()
    static = root_dir / "kg" / "serving" / "static"
    assert digest in (static / "editor.js").read_text("utf-8").splitlines()[0]
    licences = (static / "editor.LICENSES.txt").read_text("utf-8")
    for name in json.loads((folder / "package.json").read_text("utf-8"))["devDependencies"].keys() - {"esbuild"}:
        assert f"{name} " in licences
    assert set(re.findall(r"^\S+ [\d.]+ \((.*)\)$", licences, re.MULTILINE)) == {"MIT"}


def test_ones_own_questions_are_served_like_the_ready_made(served_corpus: Path, tmp_path: Path) -> None:
    """Whatever they are called, and whatever stands in them."""
    text = (
        f"# title-zh: {HOSTILE}\n# param city string! 城市 / the city\n"
        "SELECT ?plan ?name { VALUES ?city { UNDEF } ?plan yd:listedAs ?name FILTER(CONTAINS(?name, ?city)) }"
    )
    names = ["计划 名单#%41", "a&b='c'"]
    for name in names:
        (tmp_path / f"{name}.rq").write_text(text, "utf-8")
    (tmp_path / "broken.rq").write_text("SELCT", "utf-8")
    with running(served_corpus, "--queries", str(tmp_path)) as own:
        listed = own.get("/queries", HTML).text
        assert "<script>window" not in listed
        paths = {urlsplit(href).path for href in _Markup(listed).values("href")}
        document = own.get("/openapi.json").json()
        for name in names:
            path = f"/queries/{quote(name, safe='')}"
            assert {path} <= paths & {*document["paths"]}
            answer = own.get(path, city="绍兴").json()
            assert {row["name"] for row in answer["rows"]} == {"绍兴市"}
            attached = own.get(path, city="绍兴", format="csv").headers["content-disposition"]
            assert attached == f"attachment; filename*=UTF-8''{quote(name, safe='')}.csv"
            page = own.get(path, HTML, city="绍兴").text
            assert "<script>window" not in page
            hrefs = [href for href in _Markup(page).values("href") if "format=csv" in href]
            assert own.get(hrefs[0]).status == 200
        assert own.get("/queries/broken").status == 404


def test_the_list_of_plans_names_the_place_that_each_is_for(tmp_path: Path) -> None:
    """Of a county not the city above it, of a province the province."""
    texts = {"a": plan_text("新昌县"), "b": plan_text("绍兴市"), "c": plan_text("浙江省").replace("教育局", "教育厅")}
    build(write_plans(tmp_path / "in", **texts), tmp_path / "out")
    with running(tmp_path / "out") as own:
        rows = re.findall(r"<tr>\s*<td>(.*?)</td>", own.get("/", HTML).text)
    assert rows == ["浙江省", "绍兴市", "新昌县"]


def test_report_and_map_keep_their_own_policy(server: Server) -> None:
    for path in ("/report.html", "/map.html"):
        reply = server.get(path)
        policy = reply.headers["content-security-policy"]
        assert "script-src 'sha256-" in policy
        assert "frame-ancestors 'none'" in policy
