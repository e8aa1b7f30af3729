"""Profiles: which rules apply and how severely, and what is said of a file that is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from yaodian.checking import Severity, default_rules
from yaodian.checking.profiles import ProfileError, profile, shipped
from yaodian.cli.check import command as check
from yaodian.cli.rules import command as rules

RULES = default_rules()
DRAFT = """云岭市教育局2024年工作要点
一、扩大教育资源
1.增加学位供给。XX市新建学校3所，新增学位1200个。
"""

Writer = Callable[[str], str]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    def written(text: str) -> str:
        path = tmp_path / "own.toml"
        path.write_text(text, "utf-8")
        return str(path)

    return written


def codes(name: str) -> set[str]:
    return {rule.code for rule in profile(name).applied(RULES).rules}


@pytest.mark.parametrize("name", shipped())
def test_every_rule_that_a_shipped_profile_names_exists(name: str) -> None:
    profile(name).refuse_unknown(RULES)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_profile_says_in_both_languages_what_it_is_for(name: str) -> None:
    assert set(profile(name).labels) == {"zh", "en"}


def test_the_archive_holds_what_is_certainly_wrong_only() -> None:
    archived = profile("archive").applied(RULES).rules
    assert {rule.severity for rule in archived} == {Severity.VIOLATION}
    assert {rule.code for rule in archived} == {r.code for r in RULES.rules if r.severity == Severity.VIOLATION}


def test_strict_holds_all_that_draft_does() -> None:
    assert codes("draft") <= codes("strict")


def test_a_profile_of_ones_own_turns_rules_on_and_off_and_weighs_them(write: Writer) -> None:
    own = write('base = "archive"\non = ["YD-X11", "metadata"]\noff = ["YD-N"]\n[severity]\n"YD-X11" = "violation"\n')
    kept = {rule.code: rule for rule in profile(own).applied(RULES).rules}
    assert kept["YD-X11"].severity == Severity.VIOLATION
    assert "YD-M01" in kept and "YD-X01" in kept
    assert not [code for code in kept if code.startswith("YD-N")]
    assert "YD-C01" not in kept


def test_what_is_turned_on_stays_on_though_its_family_is_off(write: Writer) -> None:
    kept = codes(write('off = ["text"]\non = ["YD-X01"]\n'))
    assert [code for code in sorted(kept) if code.startswith("YD-X")] == ["YD-X01"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('of = ["YD-X01"]', "there is no key of; there are: base, label, least, on, off, severity"),
        ('base = "drft"', "base: there is no profile 'drft'; there are: draft, strict, archive"),
        ("base = 7", "base: there is no profile 7"),
        ("base = []", r"base: there is no profile \[\]"),
        ('off = ["YD-Z01"]', "off: no rule begins with YD-Z01; did you mean"),
        ('off = [""]', "off: an empty code names no rule"),
        ('on = "YD-X01"', "on: a list is wanted"),
        ('least = "bad"', "least: there is no severity 'bad'; there are: info, warning, violation"),
        ('[severity]\n"YD-X01" = "fatal"', "severity of YD-X01: there is no severity 'fatal'"),
        ('[severity]\n"YD-Z01" = "info"', "severity: no rule begins with YD-Z01"),
        ('severity = ["YD-X01"]', "severity: a table is wanted"),
        ("off = [,]", r"not valid TOML: .*line 1"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_key(text: str, told: str, write: Writer) -> None:
    with pytest.raises(ProfileError, match=rf"own\.toml: {told}"):
        profile(write(text)).refuse_unknown(RULES)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"gone\.toml: cannot be read: No such file"):
        profile(str(tmp_path / "gone.toml"))
    (tmp_path / "gbk.toml").write_bytes("# 规则".encode("gbk"))
    with pytest.raises(ProfileError, match=r"gbk\.toml: not in UTF-8"):
        profile(str(tmp_path / "gbk.toml"))


def test_a_profile_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(ProfileError, match="no profile strikt; there are: draft, strict, archive"):
        profile("strikt")


def found(arguments: list[str], tmp_path: Path) -> set[str]:
    (tmp_path / "draft.txt").write_text(DRAFT, "utf-8")
    result = CliRunner().invoke(check, [str(tmp_path / "draft.txt"), "--format", "json", *arguments])
    return {finding["code"] for finding in json.loads(result.stdout)["findings"]}


def test_check_applies_the_profile(tmp_path: Path, write: Writer) -> None:
    assert {"YD-X01", "YD-M04"} <= found([], tmp_path)
    assert found(["--profile", "archive"], tmp_path) == {"YD-X01"}
    assert "YD-X01" not in found(["--profile", write('off = ["text"]')], tmp_path)


def test_a_rule_that_is_asked_for_applies_whatever_the_profile_says(tmp_path: Path) -> None:
    assert found(["--profile", "archive", "--rule", "YD-M04"], tmp_path) == {"YD-M04"}


def test_rules_lists_those_of_a_profile() -> None:
    listed = CliRunner().invoke(rules, ["--profile", "archive", "--format", "json"]).stdout
    assert {rule["code"] for rule in json.loads(listed)} == codes("archive")
