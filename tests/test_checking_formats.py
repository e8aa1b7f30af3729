"""The formats for programs and for people: what a check writes is what the standards ask for, whatever the draft says."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from yaodian.checking import Severity, check, default_rules
from yaodian.checking.formats import FORMATS, Checked, format_of, write
from yaodian.checking.graph import PlanGraph
from yaodian.cli.check import command
from yaodian.errors import YaodianError
from yaodian.extraction import extract
from yaodian.reading import read_bytes

DRAFT = """云岭市教育局2024年工作要点
一、扩大教育资源
1.增加学位供给。XX市新建学校3所，新增学位1200个。
2.改善办学条件。按照“十四五<b>,100%: 规划改造食堂5个。
"""
CLEAN = "云岭市教育局2024年工作要点\n一、扩大教育资源\n1.增加学位供给。新建学校3所，新增学位1200个。\n"
SCHEMA = Path(__file__).parent / "data" / "sarif-schema-2.1.0.json"
"""The OASIS schema of SARIF 2.1.0 (errata 01), as it is published."""


def checked(text: str = DRAFT, source: str = "草稿/plan one.txt") -> Checked:
    plan = extract(read_bytes(text.encode(), Path(source).name, source))
    return Checked(plan, check(plan))


@pytest.fixture(scope="module")
def draft() -> Checked:
    one = checked()
    assert {finding.code for finding in one.findings} >= {"YD-X01", "YD-X04"}
    return one


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_draft_gives_the_same_bytes(form: str, language: str, draft: Checked) -> None:
    first = write(form, [draft], language)  # type: ignore[arg-type]
    assert first == write(form, [checked()], language)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "docx"])
def test_no_draft_and_a_clean_draft_can_be_told_of(form: str) -> None:
    assert isinstance(write(form, [], "zh"), bytes)
    assert isinstance(write(form, [checked(CLEAN)], "zh"), bytes)


def test_an_unknown_format_is_refused(draft: Checked) -> None:
    with pytest.raises(YaodianError, match="there are: json, sarif"):
        write("pdf", [draft], "zh")


def test_a_word_file_holds_one_draft(draft: Checked) -> None:
    with pytest.raises(YaodianError, match="one draft"):
        write("docx", [draft, draft], "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_is_valid(language: str, draft: Checked) -> None:
    validator = pytest.importorskip("jsonschema").Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))
    log = json.loads(write("sarif", [draft, checked(CLEAN, "/tmp/clean.txt")], language))  # type: ignore[arg-type]
    assert list(validator.iter_errors(log)) == []
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(validator.iter_errors(log))


def test_sarif_points_at_the_words(draft: Checked) -> None:
    run_ = json.loads(write("sarif", [draft], "zh"))["runs"][0]
    text, lines = draft.document.text, draft.document.text.split("\n")
    assert run_["columnKind"] == "unicodeCodePoints"
    assert run_["artifacts"][0]["hashes"]["sha-256"] == draft.document.sha256
    assert run_["artifacts"][0]["location"]["uri"] == "%E8%8D%89%E7%A8%BF/plan%20one.txt"
    levels = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    for result, finding in zip(run_["results"], draft.findings, strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        start, length = region["charOffset"], region["charLength"]
        assert text[start : start + length] == finding.quote == region["snippet"]["text"]
        assert lines[region["startLine"] - 1][region["startColumn"] - 1 :].startswith(finding.quote.split("\n")[0])
        assert result["level"] == levels[finding.severity]
        assert run_["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert list(result["partialFingerprints"].values()) == [finding.fingerprint]


def test_sarif_has_the_rules_in_both_languages(draft: Checked) -> None:
    run_ = json.loads(write("sarif", [draft], "zh"))["runs"][0]
    own, other = run_["tool"]["driver"], run_["translations"][0]
    assert (own["language"], other["language"]) == ("zh-CN", "en")
    assert [rule["id"] for rule in own["rules"]] == [rule["id"] for rule in other["rules"]]
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in own["rules"] + other["rules"])


def test_junit_fails_for_what_is_wrong_and_passes_for_hints(draft: Checked) -> None:
    root = ElementTree.fromstring(write("junit", [draft, checked(CLEAN, "clean.txt")], "zh"))
    suites = root.findall("testsuite")
    wrong = sum(finding.severity > Severity.INFO for finding in draft.findings)
    assert len(suites[0].findall("testcase")) == len(draft.findings)
    assert len(suites[0].findall("testcase/failure")) == wrong == int(root.get("failures") or 0)
    clean = [finding for finding in checked(CLEAN).findings if finding.severity > Severity.INFO]
    assert len(suites[1].findall("testcase/failure")) == len(clean)


def test_junit_holds_no_character_that_xml_has_not() -> None:
    one = checked(DRAFT.replace("十四五", "十\x00\x1b四\ufffe五"))
    assert ElementTree.fromstring(write("junit", [one], "zh")).find("testsuite") is not None


def test_github_commands_are_one_line_each_and_cannot_be_forged() -> None:
    hostile = "a,b:c%\n::error::x/plan.txt"
    one = checked(DRAFT, hostile)
    lines = write("github", [one], "zh").decode().splitlines()
    assert len(lines) == len(one.findings)
    for line, finding in zip(lines, one.findings, strict=True):
        command_, _, properties = line.removeprefix("::").partition(" ")
        assert command_ == {3: "error", 2: "warning", 1: "notice"}[finding.severity]
        assert properties.startswith("file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax/plan.txt,line=")
        named, _, said = properties.partition("::")
        assert f"line={finding.place.line}," in named
        assert said.replace("%25", "%").startswith(finding.message("zh"))


def test_csv_runs_no_formula() -> None:
    one = checked(DRAFT, "=cmd().txt")
    for form, mark in (("csv", ""), ("excel", "\ufeff")):
        text = write(form, [one], "zh").decode()
        assert text.startswith(mark)
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert len(rows) == len(one.findings) + 1
        assert all(row[0] == "'=cmd().txt" for row in rows[1:])


def test_csv_for_excel_is_in_words(draft: Checked) -> None:
    rows = list(csv.reader(io.StringIO(write("excel", [draft], "zh").decode("utf-8-sig"), newline="")))
    assert rows[0][:4] == ["文件", "行", "级别", "代码"]
    assert {row[2] for row in rows[1:]} <= {"必错", "疑似", "提示"}
    assert any(row[5] == "1.增加学位供给" for row in rows)


def test_the_shacl_report_is_one() -> None:
    from rdflib import RDF, BNode, Graph
    from rdflib.namespace import SH

    drafts = [
        checked(),
        checked(DRAFT + "3.加强管理。\n", "other.txt"),
        checked(CLEAN.replace("2024", "2023"), "c.txt"),
    ]
    graph = Graph().parse(data=write("ttl", drafts, "zh"), format="turtle")
    reports = set(graph.subjects(RDF.type, SH.ValidationReport))
    results = set(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(reports) == 3
    assert len(results) == sum(len(one.findings) for one in drafts)
    assert set(graph.objects(None, SH.result)) == results
    assert not any(isinstance(node, BNode) for triple in graph for node in triple)
    for report in reports:
        conforms = graph.value(report, SH.conforms)
        assert conforms is not None
        assert conforms.toPython() == ((report, SH.result, None) not in graph)
    for result in results:
        for needed in (SH.focusNode, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, needed))) == 1
        for optional in (SH.resultPath, SH.value):
            assert len(list(graph.objects(result, optional))) <= 1
        assert {message.language for message in graph.objects(result, SH.resultMessage)} == {"zh", "en"}  # type: ignore[attr-defined]


REPORT_SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:report> a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
    sh:property [ sh:path sh:conforms ; sh:datatype xsd:boolean ; sh:minCount 1 ; sh:maxCount 1 ] ;
    sh:property [ sh:path sh:result ; sh:class sh:ValidationResult ; sh:nodeKind sh:IRI ] .
<urn:result> a sh:NodeShape ; sh:targetClass sh:ValidationResult ;
    sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ;
    sh:property [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:in ( sh:Info sh:Warning sh:Violation ) ] ;
    sh:property [ sh:path sh:sourceShape ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ;
        sh:pattern "^http://www.w3.org/ns/shacl#[A-Za-z]+ConstraintComponent$" ] ;
    sh:property [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path sh:value ; sh:maxCount 1 ] ;
    sh:property [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:uniqueLang true ] .
"""
"""What SHACL, section 3.6.2, says of a report and its results."""


def test_the_shacl_report_says_what_the_reference_engine_reports() -> None:
    from pyshacl import validate
    from rdflib import RDF, Graph
    from rdflib.namespace import SH

    text = CLEAN.replace("发布时间：2024-02-18\n", "") + "3.完善督导。落实《关于印发<督导条例>的通知》。\n"
    plan = extract(read_bytes(text.encode(), "a.txt"))
    chosen = default_rules().select(["YD-M01", "YD-M04", "YD-N17", "YD-P02", "YD-A04"])
    written = write("ttl", [Checked(plan, check(plan, rules=chosen))], "zh")
    report = Graph().parse(data=written, format="turtle")
    told = {
        (report.value(r, SH.focusNode), report.value(r, SH.sourceConstraintComponent), report.value(r, SH.resultPath))
        for r in report.subjects(RDF.type, SH.ValidationResult)
    }
    shapes = Graph().parse(data=chosen.shapes, format="nt")
    _, reference, _ = validate(Graph().parse(data=PlanGraph.of(plan).ntriples, format="nt"), shacl_graph=shapes)
    assert isinstance(reference, Graph)
    said = {
        (
            reference.value(r, SH.focusNode),
            reference.value(r, SH.sourceConstraintComponent),
            reference.value(r, SH.resultPath),
        )
        for r in reference.subjects(RDF.type, SH.ValidationResult)
    }
    assert told <= said
    assert any(path for _, _, path in told)
    conforms, _, why = validate(report, shacl_graph=Graph().parse(data=REPORT_SHAPE, format="turtle"))
    assert conforms, why


def test_markdown_groups_by_item_and_marks_nothing_up() -> None:
    one = checked(source="<b>*x*.txt")
    text = write("md", [one], "zh").decode()
    assert "### 1\\.增加学位供给" in text
    assert "\\<b\\>\\*x\\*.txt：" in text
    assert "<b>" not in text
    assert text.count("建议: ") == len(one.findings)


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.html", "html"), ("a.SARIF", "sarif"), ("a.xml", "junit"), ("a.docx", "docx"), ("a.txt", None), ("a", None)],
)
def test_a_file_name_asks_for_a_format(name: str, form: str | None) -> None:
    assert format_of(name) == form


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "草稿.txt"
    path.write_text(DRAFT, "utf-8")
    return path


def test_out_writes_a_file_in_the_format_of_its_name(file: Path) -> None:
    done = run(file, "--out", file.with_name("a.json"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert json.loads(file.with_name("a.json").read_text("utf-8"))["files"][0]["file"] == str(file)
    assert run(file, "--out", "-", "--format", "json").stdout == file.with_name("a.json").read_text("utf-8")


def test_out_writes_text_where_the_name_says_nothing(file: Path) -> None:
    assert run(file, "--out", file.with_name("a.log"), "--lang", "zh").exit_code == 1
    assert file.with_name("a.log").read_text("utf-8") == run(file, "--lang", "zh").stdout


def test_out_never_takes_the_place_of_a_draft(file: Path) -> None:
    done = run(file, "--out", file)
    assert done.exit_code != 0
    assert isinstance(done.exception, YaodianError)
    assert file.read_text("utf-8") == DRAFT


def test_one_word_file_is_made_of_one_draft(file: Path) -> None:
    other = file.with_name("b.txt")
    other.write_text(DRAFT, "utf-8")
    done = run(file, other, "--out", file.with_name("a.docx"))
    assert done.exit_code == 2
    assert not file.with_name("a.docx").exists()


def test_nothing_is_written_where_no_draft_can_be_read(tmp_path: Path) -> None:
    assert run(tmp_path / "none.txt", "--out", tmp_path / "a.docx").exit_code == 2
    assert not (tmp_path / "a.docx").exists()
