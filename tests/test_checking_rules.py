"""The rules: each is complete, its examples show what it means, and both engines agree on them."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest

import yaodian
from yaodian.checking import Rule, RuleSet, Severity, default_rules, load
from yaodian.checking.engine import validator
from yaodian.checking.graph import PlanGraph
from yaodian.checking.handbook import handbook, is_graph
from yaodian.errors import VocabularyError
from yaodian.reading import read_bytes

RULES = default_rules()
FAMILIES = {"M": "metadata", "N": "numbering", "T": "targets", "P": "policies", "X": "text", "C": "coverage"}
FAMILIES["A"] = "completeness"


def graph(example: str) -> str:
    """An example as N-Triples: what it is, or the graph of the plan whose text it is."""
    if is_graph(example):
        triples = pyoxigraph.parse(example.encode(), pyoxigraph.RdfFormat.TURTLE)
        return (pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"").decode()
    return PlanGraph.of(yaodian.extract(read_bytes(example.encode(), "例.txt"))).ntriples


def shape_alone(rule: Rule) -> str:
    """The shapes graph reduced to one rule: the reference engine is slow, and each example is about one."""
    statements: dict[str, list[str]] = {}
    for line in RULES.shapes.splitlines(keepends=True):
        statements.setdefault(line.split(" ", 1)[0], []).append(line)
    waiting, kept = [f"<{rule.shape}>", "<https://w3id.org/yaodian/rules>"], dict[str, list[str]]()
    while waiting:
        subject = waiting.pop()
        if subject not in kept:
            kept[subject] = statements.get(subject, [])
            waiting += [line.split(" ", 2)[2].removesuffix(" .\n") for line in kept[subject] if " _:" in line]
    return "".join(line for lines in kept.values() for line in lines)


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.code)
def test_the_bad_example_is_found_and_the_good_one_is_not(rule: Rule) -> None:
    validate = validator(RULES.shapes, "shacl")
    assert rule.shape in {result.shape for result in validate(graph(rule.bad))}
    assert rule.shape not in {result.shape for result in validate(graph(rule.good))}


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.code)
def test_both_engines_agree_on_the_examples(rule: Rule) -> None:
    shapes = shape_alone(rule)
    compiled, reference = validator(shapes, "shacl"), validator(shapes, "pyshacl")
    assert compiled(graph(rule.bad)) == reference(graph(rule.bad)) != frozenset()
    assert compiled(graph(rule.good)) == reference(graph(rule.good)) == frozenset()


def test_there_are_rules_of_every_family() -> None:
    assert {rule.family for rule in RULES.rules} == set(FAMILIES.values())
    assert len(RULES.rules) >= 25


def test_codes_tell_the_family_and_run_on() -> None:
    assert all(re.fullmatch(r"YD-[MNTPXCA]\d\d", rule.code) for rule in RULES.rules)
    for letter, family in FAMILIES.items():
        members = [rule for rule in RULES.rules if rule.family == family]
        assert [rule.code for rule in members] == [f"YD-{letter}{n:02}" for n in range(1, len(members) + 1)]


def test_a_shape_is_named_by_its_code() -> None:
    assert all(rule.shape == f"https://w3id.org/yaodian/rules#{rule.code}" for rule in RULES.rules)


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.code)
def test_everything_is_told_in_both_languages(rule: Rule) -> None:
    assert rule.source.zh
    for words in (rule.name, rule.message, rule.rationale, rule.advice):
        assert re.search("[\u4e00-\u9fff]", words.zh)
        assert re.search("[A-Za-z]", words.en)
        assert set(re.findall(r"\{(\w+)\}", words.zh)) == set(re.findall(r"\{(\w+)\}", words.en)), words


def test_errors_are_told_from_suspicions_and_hints() -> None:
    assert {rule.severity for rule in RULES.rules} == set(Severity)


def test_rules_are_selected_by_code_and_by_family() -> None:
    assert [r.code for r in RULES.select(["YD-X01", "yd-x02"]).rules] == ["YD-X01", "YD-X02"]
    assert {r.family for r in RULES.select(["YD-X"]).rules} == {"text"}
    assert not [r for r in RULES.select(ignore=["YD-X"]).rules if r.family == "text"]


def test_a_rule_is_found_by_its_code_in_any_case() -> None:
    assert RULES.get("yd-n04") == RULES.get("YD-N04")
    assert RULES.get("YD-Z99") is None


def rules_from(folder: Path, turtle: str) -> RuleSet:
    (folder / "own.ttl").write_text(turtle, "utf-8")
    return load(folder.iterdir())


def test_a_broken_rule_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"own\.ttl"):
        rules_from(tmp_path, "this is no Turtle")


def test_a_rule_that_lacks_something_says_what(tmp_path: Path) -> None:
    head = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix yd: <https://w3id.org/yaodian/ns#> . <urn:x> "
    with pytest.raises(VocabularyError, match="severity"):
        rules_from(tmp_path, head + 'a sh:NodeShape ; yd:ruleCode "OWN-1" .')
    with pytest.raises(VocabularyError, match="label"):
        rules_from(tmp_path, head + 'a sh:NodeShape ; yd:ruleCode "OWN-1" ; sh:severity sh:Info .')


@pytest.mark.parametrize(("name", "language"), [("rules.md", "en"), ("rules.zh.md", "zh")])
def test_the_handbook_is_current(name: str, language: str, root_dir: Path) -> None:
    assert (root_dir / "docs" / name).read_text("utf-8") == handbook(RULES, language)  # type: ignore[arg-type]


def test_a_work_item_between_labelled_ones_that_has_no_label() -> None:
    rule = RULES.get("YD-N09")
    assert rule
    shapes = shape_alone(rule)
    text = (
        "云岭市教育局2024年工作要点\n（一）坚定不移扩大供给。新建学校3所，新增学位1200个。\n（二）坚定不移改善条件。改造食堂5个，扩建宿舍2栋。\n"
        "坚定不移建强队伍。招聘教师90名，培训教师300人。\n（四）坚定不移守牢安全。排查隐患40处，整改40处。\n"
    )
    found = [validator(shapes, engine)(graph(text)) for engine in ("shacl", "pyshacl")]
    assert [{result.value.rsplit("/", 1)[-1] for result in results} for results in found] == [{"p三"}] * 2
