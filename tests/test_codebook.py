"""The codebook: its examples are what extraction gives, and it leaves out no code and no field."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from scoring import corpora, floors
from scoring.comparing import META, compare
from scoring.matching import Json

from yaodian import model
from yaodian.extraction import extract
from yaodian.interchange import to_json
from yaodian.ontology import resource
from yaodian.reading import read_bytes

DOCS = Path(__file__).resolve().parents[1] / "docs"
BOOKS = ["codebook.md", "codebook.zh.md"]
CODES = (
    model.Comparator,
    model.TargetStatus,
    model.Action,
    model.AdminLevel,
    model.Role,
    model.InstitutionKind,
    model.Part,
    model.Kind,
    model.DraftStatus,
)


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest) -> str:
    return (DOCS / str(request.param)).read_text("utf-8")


def rows(book: str, head: str) -> list[list[str]]:
    """The cells of the table whose head begins so."""
    lines = book[book.index(head) :].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def found(sentence: str) -> Json:
    text = f"岚汀市教育局2024年工作要点\n\n一、重点任务\n\n1.推进改革创新。{sentence}。\n\n2.守牢安全底线。加强管理。\n"
    return to_json(extract(read_bytes(text.encode(), "plan.txt")))


def fenced(book: str, language: str) -> str:
    match = re.search(rf"```{language}\n(.*?)\n```", book, re.DOTALL)
    assert match is not None
    return match[1]


def targets_table() -> list[list[str]]:
    return rows((DOCS / BOOKS[0]).read_text("utf-8"), "| Printed | `quote`")


@pytest.mark.parametrize("row", targets_table(), ids=lambda row: row[0])
def test_target_examples(row: list[str]) -> None:
    printed, quote, value, unit, comparator, indicator = row
    low, _, high = value.partition(", `value_max` ")
    (target,) = found(printed)["targets"]
    assert quote in target["quote"]
    assert (target["value"], target["value_max"]) == (float(low), float(high) if high else None)
    assert (target["unit"], f"`{target['comparator']}`") == (unit, comparator)
    assert set(indicator) & set(target["indicator"])


def test_both_books_have_the_same_target_examples(book: str) -> None:
    head = "| Printed | `quote`" if "| Printed | `quote`" in book else "| 原文 | `quote`"
    assert rows(book, head) == targets_table()


def test_place_examples() -> None:
    for printed, entries in rows((DOCS / BOOKS[0]).read_text("utf-8"), "| Printed | Entries |"):
        wanted = re.findall(r"(\w+) `(\w+)`", entries)
        assert [(place["text"], place["admin"]) for place in found(printed)["places"]] == wanted


def test_the_whole_example(book: str, tmp_path: Path) -> None:
    path = tmp_path / "example.txt"
    path.write_bytes(fenced(book, "text").encode())
    gold: dict[str, Any] = json.loads(fenced(book, "json"))
    sheet = compare(gold, corpora.extracted(path))
    less = {name: value for name in floors.GATED if (value := sheet.value(name)) not in (None, 1.0)}
    assert set(less) <= {"indicator words", "target spans"}
    assert less.get("indicator words", 1.0) > 0.8


def test_both_books_have_the_same_whole_example() -> None:
    english, chinese = ((DOCS / name).read_text("utf-8") for name in BOOKS)
    assert [fenced(english, kind) for kind in ("text", "json")] == [fenced(chinese, kind) for kind in ("text", "json")]


def test_every_code_is_explained(book: str) -> None:
    codes = [code for codes in CODES for code in get_args(codes)]
    assert [code for code in codes if f"`{code}`" not in book] == []


def test_every_theme_is_named(book: str) -> None:
    themes = re.findall(
        r"a yd:Theme, skos:Concept ; skos:notation \"(\w+)\"", resource("themes.ttl").read_text("utf-8")
    )
    assert len(themes) > 40
    assert [code for code in themes if not re.search(rf"\b{code}\b", book)] == []


def test_every_anomaly_of_our_texts_is_explained(book: str) -> None:
    kinds = {anomaly["kind"] for sample in corpora.own().samples for anomaly in corpora.annotated(sample)["anomalies"]}
    assert [kind for kind in sorted(kinds) if f"| `{kind}` |" not in book] == []


def test_every_field_is_explained(book: str) -> None:
    fields = set(META)
    for sample in corpora.own().samples:
        fields |= names(corpora.extracted(sample.text)) | names(corpora.annotated(sample))
    fields -= {"findings"}
    assert [field for field in sorted(fields) if f"`{field}`" not in book and f'"{field}"' not in book] == []


def names(data: object) -> set[str]:
    """All keys of objects within."""
    if isinstance(data, dict):
        return set(data) | {name for value in data.values() for name in names(value)}
    return {name for value in data for name in names(value)} if isinstance(data, list) else set()
