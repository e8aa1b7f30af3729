"""The JSON of a plan: keys, meanings, and spans that are what the text says."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import sample

from yaodian.extraction import extract
from yaodian.interchange import to_json
from yaodian.reading import read_bytes

KEYS = {
    "plan": "title issuers city province plan_year summary_year published doc_number status kind",
    "sections": "label heading start level part",
    "items": "id label heading start end section part measures themes",
    "targets": "start end quote value value_max comparator unit indicator status item part_of rule indicator_concept "
    "indicator_label measurement bindingness bindingness_span deadline deadline_span baseline per beneficiary",
    "deliverables": "start end quote action object status policy item rule evidence",
    "policies": "start end title action item rule evidence",
    "places": "start end text admin item rule",
    "institutions": "start end text name kind item rule",
    "responsible": "start end text role item rule evidence",
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
    for name in ("targets", "deliverables", "places", "institutions", "responsible", "marks", "policies"):
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


def test_what_is_promised(data: dict[str, Any]) -> None:
    by_default, last = data["targets"][1], data["targets"][-1]
    assert (last["measurement"], last["bindingness"], last["deadline"]) == ("change", "binding", "2024-06-30")
    assert (last["per"], last["beneficiary"]) == ("每个县", "农村学生")
    assert data["targets"][last["baseline"]]["quote"] == "70%"
    for span in (last["deadline_span"], last["bindingness_span"]):
        assert sample.TEXT[span["start"] : span["end"]] == span["quote"]
    assert (by_default["deadline"], by_default["deadline_span"], by_default["baseline"]) == ("2024", None, None)


def test_indicators_meet(data: dict[str, Any]) -> None:
    reported, planned = data["targets"][0], data["targets"][3]
    assert reported["indicator_concept"] == planned["indicator_concept"]
    assert planned["indicator_label"] == "新增学位"


def test_deliverables(data: dict[str, Any]) -> None:
    told = [(d["action"], d["object"], d["status"], d["policy"], d["item"]) for d in data["deliverables"]]
    assert told == [
        ("启动", "集团办学试点", "achieved", None, None),
        ("issue", "XX市办学管理办法", "planned", "办学管理办法", "p2"),
        ("建成", "研修平台", "planned", None, "p3"),
    ]
    assert [word["quote"] for word in data["deliverables"][2]["evidence"]] == ["建成", "平台"]


def test_numbers_left_aside_only_where_asked(data: dict[str, Any]) -> None:
    assert "left_aside" not in data
    aside = to_json(sample.plan(), left_aside=True)["left_aside"]
    assert [(each["quote"], each["reason"]) for each in aside] == [
        ("2024", "date, time, age or rank"),
        ("7", "in a name"),
    ]


def test_coverage(data: dict[str, Any]) -> None:
    assert 0 < data["coverage"]["share"] <= 1
    for span in data["coverage"]["unaccounted"]:
        assert sample.TEXT[span["start"] : span["end"]] == span["quote"]


def test_what_has_no_place_is_told() -> None:
    lines = (
        "柳湾市教育局2024年工作要点",
        "一、重点任务",
        "1.建好学校。新建2所。",
        "2.配好教师。招聘30人。",
        "3.办好食堂。新建1个。",
    )
    text = "\n".join(lines)
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert to_json(plan)["coverage"] == {"share": 1.0, "unaccounted": []}
    lost = to_json(replace(plan, items=plan.items[::2]))["coverage"]
    start = text.index(lines[3])
    assert lost["share"] < 1
    assert lost["unaccounted"] == [{"start": start, "end": start + len(lines[3]) - 1, "quote": lines[3][:-1]}]


def test_policies(data: dict[str, Any]) -> None:
    assert [entry["unmarked"] for entry in data["policies"]] == [False, True]
    assert data["policies"][0]["doc_number"] == "柳办〔2022〕7号"


def test_problems_have_their_place(data: dict[str, Any]) -> None:
    [problem] = data["problems"]
    assert (problem["code"], problem["line"], problem["column"]) == ("date-impossible", 9, 8)
