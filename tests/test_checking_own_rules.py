"""Rules of the user's own: added, in the place of others, and told with line and shape where they are broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import yaodian
from yaodian.checking import Finding, RuleSet, Severity, default_rules
from yaodian.checking.own_rules import OwnRulesError, extended
from yaodian.cli.check import command as check_command
from yaodian.cli.explain import command as explain_command
from yaodian.cli.rules import command as rules_command
from yaodian.reading import read_bytes

DRAFT = """云岭市教育局2024年工作要点
一、扩大教育资源
1.增加学位供给。新建学校300所，新增学位1200个。
"""
HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix yd: <https://w3id.org/yaodian/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/rules#> .
"""
UNIT = HEAD + "ex:Unit a sh:NodeShape ; sh:targetClass yd:PlanItem ; "
PLAIN = UNIT + 'sh:property [ sh:path yd:responsibility ; sh:minCount 1 ] ; sh:message "没有责任单位" .\n'
CODED = UNIT + 'yd:ruleCode "OWN-1" ; sh:property [ sh:path yd:responsibility ; sh:minCount 1 ] ; '


def with_own(tmp_path: Path, turtle: str) -> RuleSet:
    path = tmp_path / "own.ttl"
    path.write_text(turtle, "utf-8")
    return extended(default_rules(), [path])


def check(rules: RuleSet, text: str = DRAFT, engine: str = "auto") -> tuple[Finding, ...]:
    return yaodian.check(yaodian.extract(read_bytes(text.encode(), "稿.txt")), rules=rules, engine=engine)  # type: ignore[arg-type]


def found(rules: RuleSet, code: str, engine: str = "auto") -> list[Finding]:
    return [finding for finding in check(rules, engine=engine) if finding.code == code]


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_a_plain_shape_is_a_rule(engine: str, tmp_path: Path) -> None:
    (finding,) = found(with_own(tmp_path, PLAIN), "Unit", engine)
    assert finding.severity == Severity.VIOLATION, "which is SHACL's default"
    assert finding.message("zh") == finding.message("en") == "没有责任单位"
    assert finding.quote == "1.增加学位供给"
    assert finding.advice("zh") and finding.advice("en") and finding.source["zh"].endswith("own.ttl")


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
@pytest.mark.parametrize(
    "constraint",
    [
        'sh:property [ sh:path yd:responsibility ; sh:minCount 1 ; sh:message "没有责任单位"@zh, "no unit"@en ] .',
        'sh:property ex:Below . ex:Below sh:path yd:responsibility ; sh:minCount 1 ; sh:message "没有责任单位"@zh, "no unit"@en .',
    ],
)
def test_a_message_further_down_is_found(constraint: str, engine: str, tmp_path: Path) -> None:
    (finding,) = found(with_own(tmp_path, UNIT + constraint), "Unit", engine)
    assert (finding.message("zh"), finding.message("en")) == ("没有责任单位", "no unit")


def test_a_shape_without_any_message_still_says_something(tmp_path: Path) -> None:
    (finding,) = found(with_own(tmp_path, UNIT + "sh:property [ sh:path yd:responsibility ; sh:minCount 1 ] ."), "Unit")
    assert "1.增加学位供给" in finding.message("zh") and "1.增加学位供给" in finding.message("en")


@pytest.mark.parametrize("iri", ["ex:NewDate", "<https://w3id.org/yaodian/rules#YD-M04>"])
def test_a_rule_of_the_same_code_is_replaced(iri: str, tmp_path: Path) -> None:
    turtle = (
        HEAD
        + f"""{iri} a sh:NodeShape ; yd:ruleCode "YD-M04" ; sh:targetClass yd:PlanItem ; sh:severity sh:Warning ;
        sh:property [ sh:path yd:responsibility ; sh:minCount 1 ] ; sh:message "换掉了" ."""
    )
    rules = with_own(tmp_path, turtle)
    (finding,) = found(rules, "YD-M04")
    assert (finding.message(), finding.severity, finding.item) == ("换掉了", Severity.WARNING, "p1")
    assert len(rules.rules) == len(default_rules().rules)
    assert finding.rule.family == "metadata", "profiles go by family"


def test_the_later_file_has_the_last_word(tmp_path: Path) -> None:
    paths = [tmp_path / "a.ttl", tmp_path / "b.ttl"]
    for path in paths:
        path.write_text(PLAIN.replace("没有", path.stem), "utf-8")
    (finding,) = found(extended(default_rules(), paths), "Unit")
    assert finding.message() == "b责任单位"


def test_other_rules_say_what_they_said(tmp_path: Path) -> None:
    own = [finding for finding in check(with_own(tmp_path, PLAIN)) if finding.code != "Unit"]
    assert own == list(check(default_rules()))


SELECT = UNIT + 'sh:sparql [ sh:prefixes <https://w3id.org/yaodian/rules> ; sh:message "x" ; sh:select """{}""" ] .'


@pytest.mark.parametrize(
    ("turtle", "told"),
    [
        (HEAD + "\nex:Unit a sh:NodeShape ;;;, .", r"own\.ttl:6: not valid Turtle"),
        (HEAD + "ex:Unit a ey:Shape .", r"own\.ttl:5: not valid Turtle"),
        (HEAD, r"own\.ttl: there is no shape with a target"),
        (CODED + "sh:severity sh:Info .", r"own\.ttl:5: the shape \S+#Unit: sh:message is missing in: zh, en"),
        (CODED + 'sh:message "缺"@zh .', r"own\.ttl:5: the shape \S+#Unit: sh:message is missing in: en"),
        (UNIT + "sh:severity sh:Fatal .", r"own\.ttl:5: the shape \S+#Unit: its sh:severity is none of: sh:Info"),
        (UNIT + 'yd:ruleCode "A B" .', r"own\.ttl:5: the shape \S+#Unit: 'A B' is no code"),
        (
            PLAIN + PLAIN.replace("ex:Unit", "<urn:y/Unit>"),
            r"own\.ttl:10: the shape urn:y/Unit: the code Unit is that of",
        ),
        (HEAD + "[] a sh:NodeShape ; sh:targetClass yd:Plan .", r"own\.ttl: a shape with a target needs a name"),
        (SELECT.format("SELECT $this WHERE { $this ?p }"), r"own\.ttl:5: the shape \S+#Unit: SPARQL error"),
        (SELECT.format("SELECT $this WHERE { $this no:thing ?p }"), r"own\.ttl:5: the shape \S+#Unit: SPARQL error"),
        (
            UNIT + "sh:property [ sh:path yd:ordinal ; sh:minCount 'x' ] .",
            r"own\.ttl:5: the shape \S+#Unit: .*minCount",
        ),
        (
            UNIT + "sh:property [ sh:path dcterms:title ; sh:pattern '(' ] .",
            r"own\.ttl:5: the shape \S+#Unit: .*pattern",
        ),
        (
            SELECT.format("SELECT $this WHERE { SERVICE <http://localhost/> { $this ?p ?o } }"),
            "SERVICE would ask another",
        ),
        (
            SELECT.format("SELECT $this WHERE { # '''\n S\\\\u0045RVICE <urn:x> { $this ?p ?o } # '''\n }"),
            "SERVICE would ask",
        ),
        (SELECT.format("SELECT $this FROM <http://localhost/> WHERE { $this ?p ?o }"), "FROM would ask another server"),
    ],
)
def test_what_is_broken_is_told_with_its_place(turtle: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(OwnRulesError, match=told) as caught:
        with_own(tmp_path, turtle)
    assert "\n" not in str(caught.value)


def test_words_that_only_look_like_keywords_are_let_through(tmp_path: Path) -> None:
    query = "SELECT $this WHERE { $this dcterms:title ?from . FILTER (STR(?from) != 'service <from>') } # from service"
    with_own(tmp_path, SELECT.format(query))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(OwnRulesError, match=r"gone\.ttl: cannot be read"):
        extended(default_rules(), [tmp_path / "gone.ttl"])
    (tmp_path / "gbk.ttl").write_bytes((PLAIN).encode("gbk"))
    with pytest.raises(OwnRulesError, match=r"gbk\.ttl:5: not in UTF-8"):
        extended(default_rules(), [tmp_path / "gbk.ttl"])


@pytest.fixture
def example(root_dir: Path) -> Path:
    return root_dir / "docs" / "own-rules.ttl"


def run(command: object, *arguments: object) -> Result:
    return CliRunner().invoke(command, [*map(str, arguments), "--lang", "zh"], catch_exceptions=False)  # type: ignore[arg-type]


def test_the_example_of_the_documentation_works(example: Path, tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_text(DRAFT, "utf-8")
    told = run(check_command, tmp_path / "稿.txt", "--rules", example).stdout
    assert "3:14 MY-01 疑似 「增加学位供给」：「300所」，本区没有这么多学校" in told
    assert "1:1 YD-M04 必错 报送本局的文件必须有成文日期" in told
    assert "本区共有中小学87所" in run(explain_command, "my-01", "--rules", example).stdout
    listed = run(rules_command, "--rules", example).stdout
    assert "ItemHasTheme" in listed and "MY-01" in listed


def test_the_examples_within_the_example_hold(example: Path) -> None:
    rules = extended(default_rules(), [example])
    rule = rules.get("MY-01")
    assert rule is not None
    assert "MY-01" in {finding.code for finding in check(rules, rule.bad)}
    assert "MY-01" not in {finding.code for finding in check(rules, rule.good)}


def test_the_engines_agree_on_the_example(example: Path) -> None:
    rules = extended(default_rules(), [example])
    assert check(rules, engine="shacl") == check(rules, engine="pyshacl")
