"""``yaodian check``, ``rules`` and ``explain``: what they print and how they exit."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import docx_files
import pdf_pages
import pytest
from click.testing import CliRunner, Result

import yaodian
from yaodian.checking import Rule, default_rules
from yaodian.checking.snippet import columns, snippet
from yaodian.cli.check import command as check
from yaodian.cli.explain import command as explain
from yaodian.cli.rules import command as rules
from yaodian.errors import YaodianError
from yaodian.locales import preferred
from yaodian.reading import read_bytes

CLEAN = """云岭市教育局2024年工作要点
发布时间：2024-02-18
一、扩大教育资源
1.增加学位供给。新建学校3所，新增学位1200个。
2.改善办学条件。改造食堂5个。
"""
BROKEN = CLEAN.replace("改造食堂5个", "XX市改造食堂5个，按照十四五”规划推进")
SUSPECT = CLEAN.replace("改造食堂5个", "认真布署食堂改造，改造食堂5个")
HINT = CLEAN.replace("发布时间：2024-02-18\n", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"clean": CLEAN, "broken": BROKEN, "suspect": SUSPECT, "hint": HINT}.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path


def run(arguments: Iterable[object], stdin: str | None = None) -> Result:
    return CliRunner().invoke(check, [str(a) for a in arguments], input=stdin, catch_exceptions=False)


@pytest.mark.parametrize(
    ("name", "fail_on", "code"),
    [
        ("clean", "info", 0),
        ("hint", "info", 1),
        ("hint", "warning", 0),
        ("suspect", "warning", 1),
        ("suspect", "violation", 0),
        ("broken", "violation", 1),
    ],
)
def test_the_exit_code_says_how_bad_it_is(name: str, fail_on: str, code: int, folder: Path) -> None:
    assert run([folder / f"{name}.txt", "--fail-on", fail_on]).exit_code == code


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_checked(folder: Path) -> None:
    result = run([folder / "missing.txt", folder / "broken.txt"])
    assert result.exit_code == 2
    assert "missing.txt" in result.stderr
    assert "YD-X01" in result.stdout


def test_a_finding_has_place_code_severity_message_line_caret_and_advice(folder: Path) -> None:
    file = folder / "broken.txt"
    lines = run([file, "--lang", "zh"]).stdout.splitlines()
    at = lines.index(f"{file}:5:10 YD-X01 必错 「XX市」是没有填写的占位符")
    line, caret, advice = lines[at + 1 : at + 4]
    assert line == "    2.改善办学条件。XX市改造食堂5个，按照十四五”规划推进。"
    assert caret == "    " + " " * columns("2.改善办学条件。") + "^" * columns("XX市")
    assert advice.startswith("    建议: ")
    assert lines[-2] == f"{file}：必错2处"
    assert lines[-1].startswith(f"{file}：完整度")


def test_english_is_spoken_where_asked_for(folder: Path) -> None:
    result = run([folder / "broken.txt", "--lang", "en"])
    assert "error XX市 is a placeholder that was never filled in" in result.stdout
    assert result.stdout.splitlines()[-2] == f"{folder / 'broken.txt'}: 2 errors"


def test_nothing_found_is_said(folder: Path) -> None:
    assert run([folder / "clean.txt", "--lang", "zh"]).stdout.startswith(f"{folder / 'clean.txt'}：没有发现问题\n")


def test_there_is_no_colour_off_the_terminal(folder: Path) -> None:
    assert "\x1b" not in run([folder / "broken.txt"]).stdout


@pytest.mark.parametrize(
    ("setting", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(setting: dict[str, str], coloured: bool, folder: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    shown = on_a_terminal(["check", folder / "broken.txt"], kept | {"TERM": "xterm"} | setting)
    assert b"YD-X01" in shown
    assert (b"\x1b[" in shown) == coloured


def on_a_terminal(arguments: list[object], environment: dict[str, str]) -> bytes:
    """What the program writes to a terminal, output and errors."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    program = "from yaodian.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)], env=environment, stdout=theirs, stderr=theirs
    ):
        os.close(theirs)
        return b"".join(_read_until_closed(ours))


def _read_until_closed(terminal: int) -> Iterator[bytes]:
    try:
        while block := os.read(terminal, 4096):
            yield block
    except OSError:  # so Linux tells that the other side has closed
        pass
    finally:
        os.close(terminal)


HOSTILE = "\x1b]0;名\x07\x1b[31m\x9b2J\u202e"


def test_nothing_in_a_finding_acts_on_the_terminal(folder: Path) -> None:
    file = folder / f"稿{HOSTILE}.txt"
    file.write_text(CLEAN.replace("改造食堂5个", f"改造“食{HOSTILE}堂5个"), "utf-8")
    shown = on_a_terminal(["check", file, "--lang", "zh"], {**os.environ, "NO_COLOR": "1"}).decode()
    assert "YD-X04" in shown
    assert not set(shown.replace("\r\n", "")) & set(HOSTILE.replace("名", "") + "\r\n") - set("]0;[31m2J")


def test_a_finding_takes_the_same_number_of_lines_whatever_it_quotes(folder: Path) -> None:
    file = folder / "lines.txt"
    file.write_text(CLEAN.replace("改造食堂5个", "按照“十四五\u2028规划\x85改造食堂5个"), "utf-8")
    lines = run([file, "--lang", "zh", "--rule", "YD-X04"]).stdout.splitlines()
    assert len(lines) == 7


def test_json_has_everything(folder: Path) -> None:
    data = json.loads(run([folder / "broken.txt", folder / "clean.txt", "--format", "json", "--lang", "zh"]).stdout)
    assert [f["findings"] for f in data["files"]] == [2, 0]
    finding = data["findings"][0]
    assert finding.pop("fingerprint")
    assert finding["start"] == BROKEN.index("XX市") and finding["end"] == finding["start"] + 3
    assert (finding["code"], finding["severity"], finding["quote"]) == ("YD-X01", "violation", "XX市")
    assert (finding["line"], finding["column"], finding["item"]) == (5, 10, "p2")
    assert all(finding[key] for key in ("file", "message", "advice", "rationale", "source"))


def test_standard_input_is_read() -> None:
    result = run(["-", "--lang", "zh"], stdin=BROKEN)
    assert result.exit_code == 1
    assert "-:5:10 YD-X01" in result.stdout


def test_rules_can_be_chosen_and_left_out(folder: Path) -> None:
    only = json.loads(run([folder / "broken.txt", "--rule", "YD-X03", "--format", "json"]).stdout)["findings"]
    assert [f["code"] for f in only] == ["YD-X03"]
    assert run([folder / "broken.txt", "--ignore", "yd-x"]).exit_code == 0


def test_a_rule_that_does_not_exist_is_refused(folder: Path) -> None:
    result = run([folder / "clean.txt", "--rule", "YD-Z01"])
    assert result.exit_code == 2
    assert "YD-Z01" in result.stderr


@pytest.mark.parametrize("option", ["--rule", "--ignore"])
@pytest.mark.parametrize("code", ["", " "])
def test_an_empty_code_is_refused(option: str, code: str, folder: Path) -> None:
    """It begins every code: --rule would choose all of them, and --ignore would leave out all."""
    result = run([folder / "broken.txt", option, code])
    assert result.exit_code == 2
    assert "empty" in result.stderr


def test_an_engine_that_does_not_exist_is_refused() -> None:
    plan = yaodian.extract(read_bytes(CLEAN.encode(), "例.txt"))
    with pytest.raises(YaodianError, match=r"no engine 'x'.*auto, shacl, pyshacl"):
        yaodian.check(plan, engine="x")  # type: ignore[arg-type]


def test_both_engines_print_the_same(folder: Path) -> None:
    outputs = {run([folder / "broken.txt", "--engine", engine]).stdout for engine in ("shacl", "pyshacl", "auto")}
    assert len(outputs) == 1


def test_a_long_line_is_cropped_around_the_words() -> None:
    text = "开头" * 60 + "XX市" + "结尾" * 60
    document = read_bytes(text.encode(), "长.txt")
    line, caret = snippet(document, document.span(120, 123), 60)
    assert columns(line) <= 60 and columns(caret) <= 60
    assert line.startswith("…") and line.endswith("…")
    before = line[: line.index("XX市")]
    assert caret == " " * columns(before) + "^" * 4


def test_a_span_wider_than_the_window_is_cropped() -> None:
    text = "一" * 200
    document = read_bytes(text.encode(), "长.txt")
    line, caret = snippet(document, document.span(10, 190), 40)
    assert columns(line) <= 40 and set(caret.strip()) == {"^"}


def test_control_characters_do_not_reach_the_terminal() -> None:
    document = read_bytes("开\x1b[31m头XX市\t结尾\n".encode(), "控制.txt")
    start = document.text.index("XX市")
    line, _ = snippet(document, document.span(start, start + 3), 60)
    assert line.isprintable()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"LANGUAGE": "en:zh", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert preferred(environment) == language


def test_rules_lists_every_rule() -> None:
    listed = CliRunner().invoke(rules, ["--lang", "zh"]).stdout
    assert all(rule.code in listed and rule.name.zh in listed for rule in default_rules().rules)
    data = json.loads(CliRunner().invoke(rules, ["--format", "json", "--lang", "en"]).stdout)
    assert [entry["code"] for entry in data] == [rule.code for rule in default_rules().rules]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_explain_tells_a_rule_in_full(language: str) -> None:
    rule = default_rules().get("YD-N04")
    assert rule is not None
    told = CliRunner().invoke(explain, ["yd-n04", "--lang", language]).stdout
    for words in (rule.name, rule.rationale, rule.source, rule.advice):
        assert words[language] in told
    assert all(line in told for line in (rule.bad + rule.good).split())


def test_explain_knows_what_was_meant() -> None:
    with pytest.raises(YaodianError, match="YD-N04"):
        CliRunner().invoke(explain, ["N04", "--lang", "en"], catch_exceptions=False)
    with pytest.raises(YaodianError, match="yaodian rules"):
        CliRunner().invoke(explain, ["nonsense", "--lang", "en"], catch_exceptions=False)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "没有规则 xx。全部规则见 yaodian rules。"),
        ("en", "there is no rule xx; yaodian rules lists them all."),
    ],
)
def test_explain_of_an_unknown_rule_is_well_put(language: str, told: str) -> None:
    with pytest.raises(YaodianError) as caught:
        CliRunner().invoke(explain, ["xx", "--lang", language], catch_exceptions=False)
    assert str(caught.value) == told


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", default_rules().rules, ids=lambda rule: rule.code)
def test_explain_shows_no_template(rule: Rule, language: str) -> None:
    told = CliRunner().invoke(explain, [rule.code, "--lang", language]).stdout
    assert not re.search(r"\{\w+\}|\[\[|\]\]", told)


def test_a_file_whose_ending_no_format_has_is_not_written(folder: Path) -> None:
    result = run([folder / "clean.txt", "--out", folder / "report.pdf"])
    assert result.exit_code == 2
    assert "report.pdf" in result.stderr and ".html" in result.stderr
    assert not (folder / "report.pdf").exists()
    assert run([folder / "clean.txt", "--out", folder / "report.pdf", "--format", "json"]).exit_code == 0
    assert run([folder / "clean.txt", "--out", folder / "report"]).exit_code == 0


def test_explain_leaves_out_what_depends_on_the_case() -> None:
    told = CliRunner().invoke(explain, ["YD-X03", "--lang", "zh"]).stdout
    assert "说明: 「…」缺少前一半，应为「…」，前一半可能在「…」的开头" in told


def test_a_check_loads_no_heavy_library(folder: Path) -> None:
    """What a cold start costs is what it imports: bench/bench_check.py measures it."""
    program = (
        "import sys\nfrom yaodian.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'pyshacl', 'rdflib', 'networkx', 'pyvis', 'jinja2', 'selectolax', 'pypinyin'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check", folder / "broken.txt"], check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def _word(folder: Path) -> Path:
    file = folder / "draft.docx"
    tasks = docx_files.table(["序号", "任务"], ["1", "XX市布局"])
    file.write_bytes(docx_files.docx("云岭市教育局2024年工作要点", "按照十四五”规划新建学校3所。", tasks))
    return file


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", ("2:3（第2段）", "4:3（第1个表第2行第2列）")),
        ("en", ("2:3 (paragraph 2)", "4:3 (table 1, row 2, column 2)")),
    ],
)
def test_places_in_a_word_file_are_told_as_word_counts_them(language: str, told: tuple[str, ...], folder: Path) -> None:
    shown = run([_word(folder), "--lang", language, "--rule", "YD-X03", "--rule", "YD-X01"]).stdout
    assert all(f"draft.docx:{place} YD-" in shown for place in told)


def test_json_has_places_in_a_word_file(folder: Path) -> None:
    found = json.loads(run([_word(folder), "--format", "json", "--rule", "YD-X"]).stdout)["findings"]
    assert [finding["origin"] for finding in found] == [{"paragraph": 2}, {"table": 1, "row": 2, "column": 2}]
    plain = json.loads(run([folder / "broken.txt", "--format", "json", "--rule", "YD-X"]).stdout)["findings"]
    assert {finding["origin"] for finding in plain} == {None}


def test_places_in_a_pdf_are_its_pages_and_lines(folder: Path) -> None:
    drawing, buffer = pdf_pages.canvas()
    pdf_pages.set_title(drawing, "云岭市教育局2024年工作要点")
    drawing.showPage()
    pdf_pages.set_lines(drawing, pdf_pages.lines_of(["一、重点任务", "1.XX市新建学校3所。"]))
    (folder / "draft.pdf").write_bytes(pdf_pages.finished(drawing, buffer))
    result = run([folder / "draft.pdf", "--rule", "YD-X01"])
    assert "draft.pdf:3:3（第2页第2行） YD-X01" in result.stdout


def headings(told: str) -> list[str]:
    return [line for line in told.splitlines() if line.startswith("── ")]


def test_findings_are_grouped_under_their_items(tmp_path: Path) -> None:
    draft = CLEAN.replace("发布时间：2024-02-18\n", "").replace("新建学校3所", "XX市新建学校3所，，")
    (tmp_path / "draft.txt").write_text(draft.replace("改造食堂5个", "XX县改造食堂5个"), "utf-8")
    told = run([tmp_path / "draft.txt", "--lang", "zh"]).stdout
    assert headings(told) == ["── 条目之外", "── 1.增加学位供给", "── 2.改善办学条件"]
    assert [told.index(words) for words in ("── 1.", "XX市", "── 2.", "XX县")] == sorted(
        told.index(words) for words in ("── 1.", "XX市", "── 2.", "XX县")
    )


def test_a_draft_without_items_has_no_headings(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("云岭市教育局2024年工作要点\n全市要办好XX市的学校。\n", "utf-8")
    told = run([tmp_path / "draft.txt"]).stdout
    assert "YD-X01" in told and headings(told) == []


def test_an_item_s_heading_fits_the_width(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    long = "扩大优质教育资源供给并改善城乡各类学校的办学条件和育人环境"
    (tmp_path / "draft.txt").write_text(CLEAN.replace("增加学位供给。新", f"{long}。XX市新"), "utf-8")
    (heading,) = headings(run([tmp_path / "draft.txt"]).stdout)
    assert heading.endswith("…") and columns(heading) <= 24


def test_a_title_whose_mark_is_not_closed_is_one_finding(tmp_path: Path) -> None:
    draft = CLEAN.replace("改造食堂5个", "按照《云岭市学校安全条例落实校园安防")
    (tmp_path / "draft.txt").write_text(draft, "utf-8")
    found = json.loads(run([tmp_path / "draft.txt", "--format", "json"]).stdout)["findings"]
    assert [finding["code"] for finding in found] == ["YD-X04"]
