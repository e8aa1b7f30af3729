"""The report's file: what it tells of each plan, and how rows and text lead to each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from page_source import HOSTILE, Draft, corpus, hostile_plan, two_plans

from yaodian import reports
from yaodian.corpus.manifest import Failure
from yaodian.model import Plan
from yaodian.rdf import plan_iri
from yaodian.reports.chapter import anchor

FINDING = """\
<{plan}/finding/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/shacl#ValidationResult> <{plan}/findings> .
<{plan}/finding/1> <http://www.w3.org/ns/shacl#resultSeverity> <http://www.w3.org/ns/shacl#Warning> <{plan}/findings> .
<{plan}/finding/1> <https://w3id.org/yaodian/ns#ruleCode> "YD-Z99" <{plan}/findings> .
<{plan}/finding/1> <http://www.w3.org/ns/shacl#resultMessage> "题名可疑"@zh <{plan}/findings> .
<{plan}/finding/1> <http://www.w3.org/ns/shacl#resultMessage> "the title is odd"@en <{plan}/findings> .
<{plan}/finding/1> <https://w3id.org/yaodian/ns#advice> "改题名。"@zh <{plan}/findings> .
<{plan}/finding/1> <https://w3id.org/yaodian/ns#advice> "Change it."@en <{plan}/findings> .
<{plan}/finding/1> <http://www.w3.org/ns/prov#wasQuotedFrom> <{plan}/text#char=0,{end}> <{plan}/findings> .
"""
ROWS = {"findings": {"warning": 1}, "problems": ({"code": "date-odd", "message": "no <such> day"},)}


def finding(plan: Plan) -> str:
    """A finding on the plan's title, as N-Quads."""
    return FINDING.format(plan=plan_iri(plan), end=len(plan.facts.title or ""))


def report(path: Path, lang: str = "zh") -> str:
    """The report on two plans, one finding each, and a source that failed."""
    plans = two_plans()
    failed = [Failure("坏/文件.pdf", None, "this format is <not> read")]
    reports.write(corpus(plans, *map(finding, plans), failed=failed, rows=ROWS), path, lang=lang)
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return report(tmp_path_factory.mktemp("report") / "report.html")


def test_every_link_leads_somewhere_and_every_name_is_one_things(page: str) -> None:
    names = re.findall(r' id="([^"]+)"', page)
    links = re.findall(r' href="#([^"]+)"', page)
    assert len(names) == len(set(names))
    assert set(links) <= set(names)
    assert not re.findall(r' href="(?!#)', page)


def test_rows_lead_to_the_text_and_the_text_back(page: str) -> None:
    name = "plan-320400-2023-target-2"
    assert f'<a class="quote" id="{name}" href="#at-{name}">3000个</a>' in page
    assert f'<span class="spot" id="at-{name}"></span><a class="piece target" href="#{name}">3000个</a>' in page


def test_the_tables_tell_what_was_found(page: str) -> None:
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "新增学位 3000个 3,000 所 目标 1 增加学位供给" in words
    assert "教师轮岗办法 教师轮岗办法 出台 2 建强教师队伍" in words
    assert "疑似 YD-Z99 2023年教育工作要点 题名可疑 改题名。" in words
    assert "增加学位供给 学校建设与办学条件" in words
    assert "date-odd no &lt;such&gt; day" in words
    assert "坏/文件.pdf this format is &lt;not&gt; read" in words
    assert "b.txt a.txt" in words


def test_a_plan_without_a_known_place_is_given_none(tmp_path: Path) -> None:
    plan = Draft("无名.txt", None, 2024, "2024年教育工作要点").plan()
    reports.write(corpus([*two_plans(), plan]), tmp_path / "report.html")
    chapter = (tmp_path / "report.html").read_text("utf-8").partition(f'<article id="{anchor(plan_iri(plan))}"')[2]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", chapter))
    assert " 年度 2024 " in words
    assert " 地方 " not in words.partition("年度")[0]


def test_the_other_language(tmp_path: Path) -> None:
    words = report(tmp_path / "report.html", "en")
    assert '<html lang="en">' in words
    assert "the title is odd" in words
    assert "Facilities" in words or "facilities" in words


def test_hostile_words_are_words(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    reports.write(corpus([hostile_plan()], rows={"problems": ({"code": HOSTILE, "message": HOSTILE},)}), path)
    page = path.read_text("utf-8")
    assert "<img" not in page
    assert "javascript:" in page
    assert 'href="javascript' not in page
    assert page.count("</script>") == 1


def test_the_same_corpus_gives_the_same_bytes(page: str, tmp_path: Path) -> None:
    assert report(tmp_path / "again.html") == page


def test_an_empty_corpus_has_a_report(tmp_path: Path) -> None:
    reports.write(corpus([]), tmp_path / "report.html")
    assert "总表" in (tmp_path / "report.html").read_text("utf-8")
