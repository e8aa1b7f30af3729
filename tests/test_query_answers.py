"""Answers: Python values, frames, and the formats that others read."""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle
import sys
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from yaodian.corpus.answers import Rows, Triples, answer_of
from yaodian.corpus.guarding import run
from yaodian.corpus.writing import write_answer
from yaodian.errors import QueryError, YaodianError

HOSTILE = 'a"b,c\r\nd\t\x1b[31m=1+1 é汉\U00020000'
VALUES = """SELECT ?iri ?text ?count ?value ?day ?yes ?none WHERE { VALUES (?iri ?text ?count ?value ?day ?yes) {
  (plan:x "新增学位"@zh 12 3.50 "2024-03-01"^^xsd:date true)
  (plan:y "x" "a"^^xsd:integer 1e3 "2024-02-31"^^xsd:date false) } }"""


def _asked(query: str, store: ox.Store | None = None) -> Rows:
    answer = run(store or ox.Store(), query, answer_of)
    assert isinstance(answer, Rows)
    return answer


def _written(query: str, form: str, store: ox.Store | None = None) -> bytes:
    return run(store or ox.Store(), query, lambda result: write_answer(result, form))[1]


def _hostile() -> ox.Store:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:p"), ox.Literal(HOSTILE), ox.NamedNode("a:g")))
    return store


def test_rows_have_python_values() -> None:
    first, second = _asked(VALUES)
    assert dict(first) == {
        "iri": "https://w3id.org/yaodian/id/plan/x",
        "text": "新增学位",
        "count": 12,
        "value": Decimal("3.5"),
        "day": date(2024, 3, 1),
        "yes": True,
        "none": None,
    }
    assert (second.count, second.value, second.day, second.yes) == ("a", 1000.0, "2024-02-31", False)


def test_rows_are_a_sequence_of_mappings() -> None:
    rows = _asked(VALUES)
    assert (len(rows), rows.variables[0], rows[1]["text"], rows[-1].text) == (2, "iri", "x", "x")
    assert [row.text for row in rows[:1]] == ["新增学位"]
    with pytest.raises(AttributeError, match="no variable nothing, it has iri, text"):
        _ = rows[0].nothing


def test_rows_are_copied_and_sent_to_other_processes() -> None:
    rows = _asked(VALUES)
    assert copy.copy(rows[0]) == copy.deepcopy(rows[0]) == rows[0]
    assert copy.deepcopy(rows) == rows
    sent = pickle.loads(pickle.dumps(rows))
    assert (sent, sent[0].text) == (rows, "新增学位")


def test_variables_that_begin_like_attributes_of_python() -> None:
    (row,) = _asked("SELECT ?_x ?keys ?_values WHERE { VALUES (?_x ?keys ?_values) { (1 2 3) } }")
    assert (row["_x"], row["keys"], row["_values"]) == (1, 2, 3)
    assert dict(pickle.loads(pickle.dumps(row))) == dict(row)
    with pytest.raises(AttributeError):
        _ = row._x


def test_other_forms_of_query() -> None:
    store = _hostile()
    assert run(store, "ASK { ?s ?p ?o }", answer_of) is True
    assert run(store, "ASK { ?s ?p 1 }", answer_of) is False
    for query in ("CONSTRUCT { ?s ?p ?o . ?s ?p ?o } WHERE { ?s ?p ?o }", "DESCRIBE <a:a>"):
        triples = run(store, query, answer_of)
        assert isinstance(triples, Triples)
        assert [triple.object.value for triple in triples] == [HOSTILE]


def test_frames() -> None:
    pandas = pytest.importorskip("pandas")
    frame = _asked("SELECT ?n ?v WHERE { VALUES (?n ?v) { (1 2.5) (2 UNDEF) } } ORDER BY ?n").to_pandas()
    assert list(frame.columns) == ["n", "v"]
    assert frame["n"].sum() == 3
    assert frame["v"].dtype == float
    assert pandas.isna(frame["v"][1])
    assert list(_asked("SELECT ?n WHERE { VALUES ?n { } }").to_pandas().columns) == ["n"]


def test_polars_frame() -> None:
    pytest.importorskip("polars")
    assert _asked("SELECT ?n WHERE { VALUES ?n { 1 2.5 } }").to_polars()["n"].sum() == 3.5


def test_missing_frame_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(YaodianError, match=r"pip install 'yaodian\[polars\]'"):
        _asked(VALUES).to_polars()


def test_csv_is_that_of_the_standard() -> None:
    content = _written("SELECT ?s ?o ?none WHERE { GRAPH ?g { ?s ?p ?o } }", "csv", _hostile()).decode()
    assert content.startswith("s,o,none\r\n")
    assert list(csv.reader(io.StringIO(content, newline="")))[1] == ["a:a", HOSTILE, ""]


def test_csv_for_excel_runs_no_formula() -> None:
    query = "SELECT ?t WHERE { VALUES ?t { '=HYPERLINK(\"http://x/\")' '+1+1' '-2.5' '@SUM(A1)' '学位' } }"
    content = _written(query, "excel")
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    assert cells == ["t", '\'=HYPERLINK("http://x/")', "'+1+1", "-2.5", "'@SUM(A1)", "学位"]


@pytest.mark.parametrize(
    "start", [*"=+-@＝＋－＠﹢﹣﹦﹫−", "\t", "\r", "\n", " =", "\u3000＝", "\ufeff=", "\u200b@", "\x00=", "\r\n－"]
)
def test_what_a_spreadsheet_takes_for_a_formula_is_words(start: str) -> None:
    store = ox.Store()
    store.add(
        ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:p"), ox.Literal(f"{start}SUM(1,2)|'x'!A0"), ox.NamedNode("a:g"))
    )
    content = _written("SELECT ?o WHERE { GRAPH ?g { ?s ?p ?o } }", "excel", store)
    cell = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1][0]
    assert cell == f"'{start}SUM(1,2)|'x'!A0"


@pytest.mark.parametrize("text", ["-2.5", "+3", "-1.0E3", "-12", "学位=3", "3-5所", "1", "", "12%", "①", "《办法》"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    content = _written(f"SELECT ?t WHERE {{ VALUES ?t {{ {ox.Literal(text)} }} }}", "excel")
    assert content.decode("utf-8-sig").splitlines()[1:] == ([text] if text else [""])


@pytest.mark.parametrize("text", ["=5", "@1", "-1e5\n", "－2.5", "-٣", "--1", "-1.5.2", "+"])
def test_what_only_looks_like_a_number_is_words(text: str) -> None:
    content = _written(f"SELECT ?t WHERE {{ VALUES ?t {{ {ox.Literal(text)} }} }}", "excel")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1] == [f"'{text}"]


def test_json_xml_and_tsv_hold_any_text() -> None:
    query = "SELECT ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert json.loads(_written(query, "json", _hostile()))["results"]["bindings"][0]["o"]["value"] == HOSTILE
    (literal,) = ElementTree.fromstring(_written(query, "xml", _hostile())).findall(".//{*}literal")
    assert literal.text == HOSTILE.replace("\r\n", "\n").replace("\x1b", "\ufffd")
    assert _written(query, "tsv", _hostile()).decode().splitlines()[0] == "?o"


def test_triples_as_turtle_declare_what_they_use_in_order() -> None:
    query = "CONSTRUCT { plan:b a yd:Plan . plan:a a yd:Plan } WHERE { }"
    assert _written(query, "ttl").decode() == (
        "@prefix plan: <https://w3id.org/yaodian/id/plan/> .\n"
        "@prefix yd: <https://w3id.org/yaodian/ns#> .\n"
        "plan:a a yd:Plan .\nplan:b a yd:Plan .\n"
    )
    assert json.loads(_written(query, "json"))[0]["@id"].endswith("/a")
    assert len(list(ElementTree.fromstring(_written(query, "xml")))) == 2


@pytest.mark.parametrize(
    ("query", "form"), [(VALUES, "ttl"), ("ASK { }", "ttl"), ("CONSTRUCT { <a:a> a yd:Plan } WHERE { }", "csv")]
)
def test_format_that_does_not_fit_is_refused(query: str, form: str) -> None:
    with pytest.raises(QueryError, match="form"):
        _written(query, form)


@pytest.mark.parametrize(("form", "content"), [("csv", b"true\r\n"), ("tsv", b"true\r\n"), ("table", None)])
def test_yes_or_no(form: str, content: bytes | None) -> None:
    written = _written("ASK { }", form)
    assert written == content if content else json.loads(written)["boolean"] is True
