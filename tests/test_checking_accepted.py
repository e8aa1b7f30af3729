"""Accepted findings: recognised after edits elsewhere, told when they are gone, kept in a file that is always whole."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import yaodian
from yaodian.checking import Finding
from yaodian.checking.accepted import SIDE_FILE, Acceptance, SuppressionError, dump, load, save
from yaodian.cli import run
from yaodian.cli.check import command as check_command
from yaodian.cli.suppress import command as suppress_command
from yaodian.reading import read_bytes

PARAGRAPHS = [
    "云岭市教育局2024年工作要点",
    "一、扩大教育资源",
    "1.增加学位供给。XX市新建学校3所，按照十四五”规划新增学位1200个。",
    "2.改善办学条件。改造食堂5个，办结率20240%，认真布署食堂改造。",
    "3.改善校舍。请XX市抓好落实，认真布署校舍改造40栋。",
    "二、建设教师队伍",
    "4.培训教师。一是培训教师300人。二是选派骨干20人。四是聘请名师6人。",
]
DRAFT = "\n".join(PARAGRAPHS) + "\n"


def found(text: str) -> tuple[Finding, ...]:
    return yaodian.check(yaodian.extract(read_bytes(text.encode(), "稿.txt")))


def marks(text: str, code: str) -> list[str]:
    return [finding.fingerprint for finding in found(text) if finding.code == code]


WORDS = st.sampled_from(["统筹", "推进", "均衡", "学校", "改造", "全市", "教师", "培训", "督导", "安全"])
SENTENCES = st.lists(WORDS, min_size=4, max_size=12).map("".join)


@settings(max_examples=25, deadline=None)
@given(sentence=SENTENCES, at=st.integers(3, len(PARAGRAPHS)), ends=st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_a_paragraph_put_in_elsewhere_changes_no_fingerprint(sentence: str, at: int, ends: str) -> None:
    edited = ends.join([*PARAGRAPHS[:at], f"　　{sentence}。", *PARAGRAPHS[at:]])
    for code in ("YD-X01", "YD-X03", "YD-T01", "YD-X06", "YD-N11"):
        assert marks(edited, code) == marks(DRAFT, code), code


@settings(max_examples=10, deadline=None)
@given(gone=st.integers(2, len(PARAGRAPHS) - 1))
def test_a_paragraph_taken_away_takes_its_own_findings_only(gone: int) -> None:
    edited = "\n".join([*PARAGRAPHS[:gone], *PARAGRAPHS[gone + 1 :]])
    for code in ("YD-X01", "YD-X03", "YD-T01", "YD-X06", "YD-N11"):
        own = {f.fingerprint for f in found(DRAFT) if f.code == code and f.place.line == gone + 1}
        assert set(marks(edited, code)) == set(marks(DRAFT, code)) - own, code


def test_renumbering_changes_no_fingerprint() -> None:
    assert marks(DRAFT.replace("4.培训", "5.培训"), "YD-N11") == marks(DRAFT, "YD-N11")


def test_the_same_words_twice_are_two_findings_told_apart_by_their_surroundings() -> None:
    first, second = marks(DRAFT, "YD-X01")
    assert first != second
    assert marks(DRAFT.replace("XX市新建", "临江市新建"), "YD-X01") == [second]


def test_where_all_is_the_same_the_findings_are_still_told_apart() -> None:
    line = "请XX市抓好落实，推进改造。\n"
    three = marks(DRAFT + line * 3, "YD-X01")
    assert len(set(three)) == 5
    assert marks(DRAFT + line * 2, "YD-X01") == three[:-1]


def test_words_that_change_beside_a_finding_change_it() -> None:
    assert marks(DRAFT.replace("请XX市抓好", "请XX市认真抓好"), "YD-X01")[1] != marks(DRAFT, "YD-X01")[1]


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "稿.txt"
    path.write_text(DRAFT, "utf-8")
    return path


def check(*arguments: object) -> Result:
    return CliRunner().invoke(check_command, [*map(str, arguments), "--lang", "zh"], catch_exceptions=False)


def data(*arguments: object) -> dict[str, object]:
    result: dict[str, object] = json.loads(check(*arguments, "--format", "json").stdout)
    return result


def codes(*arguments: object) -> list[str]:
    return [f["code"] for f in data(*arguments)["findings"]]  # type: ignore[attr-defined]


def suppress(*arguments: object) -> Result:
    return CliRunner().invoke(
        suppress_command, [*map(str, arguments), "--reason", "核对过", "--lang", "zh"], catch_exceptions=False
    )


def test_a_suppressed_finding_is_told_no_more(draft: Path) -> None:
    before = codes(draft)
    told = suppress(draft, "YD-X01@3:10", "yd-t01").stdout
    assert "已接受 YD-X01「XX市」" in told and "已接受 YD-T01" in told
    after = codes(draft)
    assert before.count("YD-X01") == 2 and after.count("YD-X01") == 1
    assert "YD-T01" not in after
    assert len(after) == len(before) - 2
    assert codes(draft, "--no-suppressions") == before
    assert f"稿.txt：另有2处已接受（{draft.parent / SIDE_FILE}）" in check(draft).stdout
    assert data(draft)["files"][0]["suppressed"] == 2  # type: ignore[index]


def test_the_suppression_outlives_edits_and_a_new_name(draft: Path) -> None:
    suppress(draft, "YD-X01@3")
    renamed = draft.with_name("稿（送审）.txt")
    renamed.write_text(DRAFT.replace("一、扩大教育资源", "前言从略。\n一、扩大教育资源"), "utf-8")
    assert codes(renamed).count("YD-X01") == 1


def test_a_fingerprint_names_a_finding_too(draft: Path) -> None:
    suppress(draft, marks(DRAFT, "YD-X01")[1])
    assert [f.place.line for f in found(DRAFT) if f.code == "YD-X01"] == [3, 5]
    assert [f["line"] for f in data(draft)["findings"] if f["code"] == "YD-X01"] == [3]  # type: ignore[attr-defined,index]


def test_a_place_with_no_finding_is_refused_and_the_places_are_told(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["suppress", str(draft), "YD-X01@9:9", "--reason", "x"]) == 2
    assert "no finding YD-X01@9:9; there are: YD-X01@3:10, YD-X01@5:9" in capsys.readouterr().err
    assert run(["suppress", str(draft), "YD-X01", "--reason", " "]) == 2
    assert not (draft.parent / SIDE_FILE).exists()


def test_the_file_is_the_same_whatever_the_order_of_additions(draft: Path) -> None:
    side = draft.parent / SIDE_FILE
    suppress(draft, "YD-X01", "YD-T01")
    first = side.read_bytes()
    side.unlink()
    for place in ("YD-T01", "YD-X01@5", "YD-X01@3", "YD-X01@3"):
        suppress(draft, place)
    assert side.read_bytes() == first


def test_unused_suppressions_are_told_and_pruned(draft: Path) -> None:
    suppress(draft, "YD-X01@3", "YD-T01")
    draft.write_text(DRAFT.replace("20240%", "98%"), "utf-8")
    assert "YD-T01「20240%」已不再出现" in check(draft).stdout
    assert data(draft)["files"][0]["unused_suppressions"][0]["rule"] == "YD-T01"  # type: ignore[index]
    assert "YD-T01" not in check(draft, "--rule", "YD-X").stdout, "a rule that was not applied tells nothing"
    check(draft, "--prune")
    assert [entry.rule for entry in load(draft.parent / SIDE_FILE)] == ["YD-X01"]


def test_pruning_leaves_the_entries_of_other_files(draft: Path) -> None:
    other = draft.with_name("别.txt")
    other.write_text(DRAFT.replace("20240%", "20250%"), "utf-8")
    suppress(other, "YD-T01")
    suppress(draft, "YD-T01")
    draft.write_text(DRAFT.replace("20240%", "98%"), "utf-8")
    check(draft, "--prune")
    assert [entry.file for entry in load(draft.parent / SIDE_FILE)] == ["别.txt"]


def test_a_baseline_leaves_what_is_new(draft: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "old.toml"
    assert check(draft, "--write-baseline", baseline).exit_code == 0
    assert codes(draft, "--baseline", baseline) == []
    draft.write_text(DRAFT.replace("选派骨干20人", "选派骨干20人，请YY县落实，培训率20230%"), "utf-8")
    assert set(codes(draft, "--baseline", baseline)) == {"YD-T01"} | set(codes(draft, "--baseline", baseline))
    assert "YD-X03" not in codes(draft, "--baseline", baseline)
    assert codes(draft, "--baseline", baseline).count("YD-T01") == 1


def test_a_baseline_says_nothing_of_a_file_that_it_does_not_name(draft: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "old.toml"
    check(draft, "--write-baseline", baseline)
    copy = draft.with_name("新稿.txt")
    copy.write_text(DRAFT, "utf-8")
    assert codes(copy, "--baseline", baseline) == codes(copy)


def test_suppressions_elsewhere_are_read_where_they_are_named(draft: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "deep" / "list.toml"
    elsewhere.parent.mkdir()
    suppress(draft, "YD-X01", "--suppressions", elsewhere)
    assert "YD-X01" in codes(draft)
    assert "YD-X01" not in codes(draft, "--suppressions", elsewhere)
    assert {entry.file for entry in load(elsewhere)} == {"../稿.txt"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[accepted]]\nrule = 'YD-X01'\n", "entry 1: fingerprint is missing"),
        ("[[accepted]]\nrule = 'YD-X01'\nfingerprint = 'a'\n", "entry 1: reason is missing"),
        ("[[accepted]]\nrule = 'YD-X01'\nfingerprint = 'a'\nreason = ' '\n", "entry 1: reason is missing"),
        ("[[accepted]]\nrules = 'YD-X01'\n", "entry 1: there is no key rules; there are: file, rule"),
        ("[[accepted]]\nrule = 1\n", "entry 1: its keys are"),
        ("accepted = 1\n", r"each entry begins with \[\[accepted\]\]"),
        ("[[ignored]]\n", "there is no table ignored"),
        ("[[accepted]\n", "not valid TOML"),
    ],
)
def test_a_broken_file_is_told_with_the_entry(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "list.toml").write_text(text, "utf-8")
    with pytest.raises(SuppressionError, match=rf"list\.toml: {told}"):
        load(tmp_path / "list.toml")


def test_a_broken_file_beside_one_draft_stops_no_other(draft: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.txt").write_text(DRAFT, "utf-8")
    (other / SIDE_FILE).write_text("[[accepted]\n", "utf-8")
    result = check(other / "b.txt", draft)
    assert result.exit_code == 2
    assert SIDE_FILE in result.stderr
    assert "稿.txt:3:10 YD-X01" in result.stdout


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.builds(Acceptance, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)))
def test_what_is_written_is_read_back(entries: list[Acceptance]) -> None:
    table = tomllib.loads(dump(entries)).get("accepted", [])
    assert [Acceptance(**{"file": "", "rule": "", "fingerprint": "", **entry}) for entry in table] == sorted(
        set(entries)
    )


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SuppressionError, match="cannot be written"):
        save(tmp_path / "missing" / "list.toml", [])
