"""``yaodian extract``: five formats, files and pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner

import yaodian
from yaodian.cli.extract import command
from yaodian.rdf import nquads

TEXT = """柳湾市教育局2024年工作要点
一、扩大教育资源
1.增加学位供给。在城北区新建学校3所,新增学位2.5万个以上。
2.规范办学行为。出台《柳湾市民办学校管理办法》。
二、提升队伍素质
3.加强教师培训。培训教师300人。
4.关心教师生活。建设教师公寓200套。
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "柳湾.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    return path


def run(*arguments: str, stdin: bytes | None = None) -> bytes:
    result = CliRunner().invoke(command, arguments, input=stdin, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout_bytes


def test_json_is_the_default(file: Path) -> None:
    data = json.loads(run(str(file)))
    assert data["doc"] == "柳湾.txt"
    assert [item["label"] for item in data["items"]] == ["1", "2", "3", "4"]


def test_text_is_exact(file: Path) -> None:
    assert run(str(file), "--format", "text") == file.read_bytes()


def test_nquads(file: Path) -> None:
    assert run(str(file), "--format", "nq").decode() == nquads(yaodian.read_plan(file))


@pytest.mark.parametrize(
    ("name", "format_"), [("ttl", pyoxigraph.RdfFormat.TURTLE), ("jsonld", pyoxigraph.RdfFormat.JSON_LD)]
)
def test_turtle_and_jsonld(file: Path, name: str, format_: pyoxigraph.RdfFormat) -> None:
    quads = pyoxigraph.parse(nquads(yaodian.read_plan(file)).encode(), pyoxigraph.RdfFormat.N_QUADS)
    wanted = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    parsed = pyoxigraph.parse(run(str(file), "--format", name), format_)
    assert {(each.subject, each.predicate, each.object) for each in parsed} == wanted


def test_standard_input_and_out(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert run("-", "--out", str(out), stdin=file.read_bytes()) == b""
    assert json.loads(out.read_text("utf-8"))["doc"] == "stdin"


def test_utf8_whatever_the_locale(file: Path) -> None:
    code = "import sys; from yaodian.cli.extract import command; command(sys.argv[1:])"
    env = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, env=env, check=True)
    assert json.loads(done.stdout.decode("utf-8"))["items"]


def test_an_unwritable_out_is_one_clean_error(file: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(file), "--out", str(tmp_path / "no" / "where.json")])
    assert isinstance(result.exception, yaodian.errors.YaodianError)


def test_help_has_an_example() -> None:
    assert b"yaodian extract plan.txt" in run("--help")


def test_explain_tells_rules_and_words(file: Path) -> None:
    zh, en = (run(str(file), "--explain", "--lang", language).decode() for language in ("zh", "en"))
    assert "2.5万个以上 → 不少于 25000 个" in zh
    assert "规则" in zh and "rule" in en
    assert zh.count("\n") == en.count("\n")


def test_explain_speaks_the_language_of_the_locale(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "target" in run(str(file), "--explain").decode()
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert "目标" in run(str(file), "--explain").decode()


def test_explain_goes_to_a_file(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "why.txt"
    assert run(str(file), "--explain", "--lang", "zh", "--out", str(out)) == b""
    assert out.read_bytes() == run(str(file), "--explain", "--lang", "zh")


def test_left_aside(file: Path) -> None:
    assert "left_aside" not in json.loads(run(str(file)))
    aside = json.loads(run(str(file), "--left-aside"))["left_aside"]
    assert ("1", "no unit") in [(number["quote"], number["reason"]) for number in aside]


@pytest.mark.parametrize("option", ["--explain", "--left-aside"])
def test_what_goes_with_json_only(file: Path, option: str) -> None:
    result = CliRunner().invoke(command, [str(file), "--format", "ttl", option])
    assert result.exit_code == 2
    assert "--format ttl goes with neither" in result.output


def test_a_scheme_of_ones_own_replaces_the_themes(file: Path, tmp_path: Path) -> None:
    scheme = tmp_path / "mine.ttl"
    scheme.write_text(
        """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:scheme> a skos:ConceptScheme .
        <urn:build> a skos:Concept ; skos:inScheme <urn:scheme> ; skos:notation "building" ;
            skos:prefLabel "学校建设"@zh, "Building"@en ; skos:altLabel "新建学校"@zh, "增加学位"@zh .""",
        "utf-8",
    )
    items = json.loads(run(str(file), "--themes", str(scheme)))["items"]
    assert items[0]["themes"] == ["building"]
    assert all(item["themes"] == [] for item in items[1:])


def test_a_broken_scheme_is_one_line_of_error(file: Path, tmp_path: Path) -> None:
    scheme = tmp_path / "broken.ttl"
    scheme.write_text("<a", "utf-8")
    result = CliRunner().invoke(command, [str(file), "--themes", str(scheme)])
    assert result.exit_code != 0
    assert "broken.ttl" in str(result.exception)
