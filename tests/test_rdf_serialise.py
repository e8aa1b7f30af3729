"""Our N-Quads against the parsers of pyoxigraph and rdflib."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from yaodian.rdf import terms
from yaodian.rdf.serialise import line, literal, serialise, without_surrogates
from yaodian.rdf.terms import Literal

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

S, P, G = "https://example.org/s", "https://example.org/p", "https://example.org/g"
ANY_TEXT = st.text(st.characters(exclude_categories=()))


def parsed(text: str) -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.N_QUADS))


@given(ANY_TEXT)
def test_any_string_survives(value: str) -> None:
    [quad] = parsed(line((S, P, Literal(value), G)))
    assert isinstance(quad.object, pyoxigraph.Literal)
    assert quad.object.value == without_surrogates(value)
    assert len(quad.object.value) == len(value), "offsets stay right"


@given(st.text())
def test_any_string_survives_rdflib(value: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=line((S, P, terms.zh(value), G)), format="nquads")
    [quad] = dataset.quads()
    assert str(quad[2]) == value


@given(st.lists(ANY_TEXT, max_size=5))
def test_a_statement_is_one_line_in_code_point_order(values: list[str]) -> None:
    text = serialise((S, P, Literal(value), G) for value in (*values, *values))
    lines = text.split("\n")[:-1]
    assert lines == sorted(set(lines), key=lambda each: each.encode())
    assert len(lines) == len({without_surrogates(value) for value in values})


def test_escapes_are_canonical() -> None:
    assert literal(Literal('\\"\n\r\t\b\f\x00\x1b\x7f\ufffe')) == r'"\\\"\n\r\t\b\f\u0000\u001B\u007F\uFFFE"'
    assert literal(Literal("汉\u2028字\x85😀")) == '"汉\u2028字\x85😀"'


@given(st.decimals(-(10**15), 10**15, places=4) | st.integers(-(10**20), 10**20).map(Decimal))
def test_decimals_are_canonical_and_exact(value: Decimal) -> None:
    written = terms.decimal(value)
    assert Decimal(written.value) == value
    assert "E" not in written.value and not written.value.endswith(".")
    assert written == terms.decimal(value.normalize())


@pytest.mark.parametrize(("value", "text"), [("3.10E+4", "31000"), ("-0.0", "0"), ("0.50", "0.5"), ("88", "88")])
def test_decimal_forms(value: str, text: str) -> None:
    assert terms.decimal(Decimal(value)).value == text


def test_no_decimal() -> None:
    with pytest.raises(ValueError, match="NaN"):
        terms.decimal(Decimal("NaN"))


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2023-03-29", "date"),
        ("2023-03", "gYearMonth"),
        ("2023", "gYear"),
        ("2023-02-30", None),
        ("2023-13", None),
        ("20230329", None),
        ("2023-W01-1", None),
        ("二〇二三年", None),
        ("", None),
    ],
)
def test_dates(value: str, datatype: str | None) -> None:
    assert terms.date(value) == Literal(value, None, datatype and f"http://www.w3.org/2001/XMLSchema#{datatype}")
