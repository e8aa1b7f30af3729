"""The JSON of a plan: keys, meanings, and spans that are what the text says."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sample

from yaodian.interchange import to_json

KEYS = {
    "plan": "title issuers city province plan_year summary_year published doc_number status kind",
    "sections": "label heading start level part",
    "items": "id label heading start end section part measures themes",
    "targets": "start end quote value value_max comparator unit indicator status item part_of",
    "policies": "start end title action item",
    "places": "start end text admin item",
    "responsible": "start end text role item",
    "marks": "start end quote kind item",
}


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json.dumps(to_json(sample.plan()), ensure_ascii=False))
    return loaded


def test_keys(data: dict[str, Any]) -> None:
    assert data["doc"] == "柳湾.txt"
    for name, keys in KEYS.items():
        for entry in [data[name]] if name == "plan" else data[name]:
            assert set(keys.split()) <= set(entry)


def test_quotes_are_what_the_text_says(data: dict[str, Any]) -> None:
    lines = sample.TEXT.split("\n")
    for name in ("targets", "places", "responsible", "marks", "policies"):
        for entry in data[name]:
            quote = entry.get("quote") or entry.get("text") or entry.get("title")
            assert sample.TEXT[entry["start"] : entry["end"]] == quote
            assert lines[entry["line"] - 1][entry["column"] - 1 :].startswith(quote)


def test_facts(data: dict[str, Any]) -> None:
    assert data["plan"]["issuers"] == ["柳湾市教育局"]
    assert data["plan"]["kind"] == "summary+plan"
    assert data["plan"]["published"] == "2024-02-28"
    assert data["plan"]["city_code"] == "320400"


def test_outline(data: dict[str, Any]) -> None:
    assert [item["id"] for item in data["items"]] == ["p1", "p2", "p3"]
    assert [item["measures"] for item in data["items"]] == [3, 0, 0]
    assert data["items"][0]["section"] == "一"
    assert data["items"][0]["themes"] == ["facilities", "compulsory"]
    assert data["sections"][0]["printed_label"] == "一一"


def test_numbers(data: dict[str, Any]) -> None:
    by_quote = {target["quote"]: target for target in data["targets"]}
    assert by_quote["2.5万个以上"]["value"] == 25000
    assert isinstance(by_quote["2.5万个以上"]["value"], int)
    assert (by_quote["5000-8000万元"]["value"], by_quote["5000-8000万元"]["value_max"]) == (50_000_000, 80_000_000)
    assert by_quote["小于1%"]["value"] == 1.5
    assert by_quote["2所"]["part_of"] == data["targets"].index(by_quote["3所"])
    assert by_quote["3所"]["part_of"] is None


def test_policies(data: dict[str, Any]) -> None:
    assert [entry["unmarked"] for entry in data["policies"]] == [False, True]
    assert data["policies"][0]["doc_number"] == "柳办〔2022〕7号"


def test_problems_have_their_place(data: dict[str, Any]) -> None:
    [problem] = data["problems"]
    assert (problem["code"], problem["line"], problem["column"]) == ("date-impossible", 9, 8)
