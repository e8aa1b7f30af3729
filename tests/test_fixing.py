"""Fixes: safe by definition, once and for all, and nothing but the words at fault is touched."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from yaodian.checking import Rule, default_rules
from yaodian.checking.fixing import Edit, Fixed, applied, fix
from yaodian.checking.fixing.edits import apart, composed, narrowed
from yaodian.checking.fixing.fixers import FIXERS
from yaodian.cli.check import command as check_command
from yaodian.cli.fix import command as fix_command
from yaodian.model import Document
from yaodian.reading import read_bytes

RULES = default_rules()
HEAD = "云岭市教育局2024年工作要点\n发布时间：2024-02-18\n"
DRAFT = (
    HEAD
    + """云教发[2024]第03号
一一、扩大教育资源
1.增加学位供给。新建学校3所,新增学位1200个。。
3.改善办学条件。改造食堂5个，办结率20240%。
4.改善校舍。认真布署改造校舍40栋。
三、建设教师队伍
5.培训教师。培训教师300人，，选派骨干20人。
"""
)
RIGHT = (
    HEAD
    + """云教发〔2024〕3号
一、扩大教育资源
1.增加学位供给。新建学校3所，新增学位1200个。
2.改善办学条件。改造食堂5个，办结率20240%。
3.改善校舍。认真布署改造校舍40栋。
二、建设教师队伍
4.培训教师。培训教师300人，选派骨干20人。
"""
)


def document(text: str) -> Document:
    return read_bytes(text.encode(), "稿.txt")


def fixed(text: str, only: list[str] | None = None) -> Fixed:
    return fix(document(text), RULES, only)


def test_what_is_safe_is_put_right_and_nothing_else() -> None:
    result = fixed(DRAFT)
    assert result.text == RIGHT
    assert applied(DRAFT, result.edits) == RIGHT
    assert {finding.code for finding in result.left} >= {"YD-T01", "YD-X06"}, "what only the author knows stays"


def test_rules_can_be_chosen() -> None:
    assert fixed(DRAFT, ["YD-X13"]).text == DRAFT.replace("3所,", "3所，")
    assert fixed(DRAFT, []).text == DRAFT


LABELS = st.lists(st.integers(1, 9), min_size=2, max_size=6)
JOINTS = st.sampled_from(["，", ",", "，，", "。。", "；", ";", "，。"])
NUMBERS = st.sampled_from(["", "云教发[2024]03号\n", "云教发（2024）第3号\n", "云教发〔2024〕3号\n"])


@st.composite
def drafts(draw: st.DrawFn) -> str:
    lines = [draw(NUMBERS) and "云教发[2024]03号", draw(st.sampled_from(["一、", "一一、"])) + "扩大教育资源"]
    for n, label in enumerate(draw(LABELS)):
        lines.append(f"{label}.改善条件{'甲乙丙丁戊己'[n]}。改造食堂{n + 3}个{draw(JOINTS)}排查校舍{n + 20}栋。")
    if draw(st.booleans()):
        lines += [draw(st.sampled_from(["二、", "三、", "一、"])) + "建设教师队伍", "9.培训教师。培训教师300人。"]
    return draw(st.sampled_from(["\n", "\r\n"])).join(HEAD.splitlines() + [line for line in lines if line])


@settings(max_examples=30, deadline=None)
@given(drafts())
def test_the_laws_of_fixing(text: str) -> None:
    once = fixed(text)
    twice = fixed(once.text)
    assert twice.text == once.text and twice.edits == (), "fixing twice is fixing once"
    assert applied(text, once.edits) == once.text, "nothing outside the edits changes"
    before = [finding.code for finding in fixed(text, []).left]
    after = [finding.code for finding in once.left]
    assert all(after.count(code) <= before.count(code) for code in after), "no new finding appears"
    assert all(after.count(edit.code) < before.count(edit.code) for edit in once.edits), "what was fixed is gone"


EDITS = st.lists(st.builds(Edit, st.integers(0, 12), st.integers(0, 12), st.text("xyz", max_size=3)), max_size=5)


def within(edits: list[Edit], length: int) -> list[Edit]:
    return apart(e for e in edits if e.start < e.end <= length)


@given(st.text("abcdef", min_size=12, max_size=12), EDITS, EDITS)
def test_edits_one_after_the_other_are_one(text: str, first: list[Edit], then: list[Edit]) -> None:
    first = within(first, len(text))
    between = applied(text, first)
    then = within(then, len(between))
    whole = composed(first, then)
    assert applied(text, whole) == applied(between, then)
    assert whole == sorted(whole)
    assert applied(text, [small for edit in whole for small in narrowed(text, edit)]) == applied(between, then)


def test_every_fix_that_a_rule_names_exists() -> None:
    named = {rule.fix for rule in RULES.rules if rule.fix}
    assert named <= set(FIXERS)


# The example of one-of-the-same shows two different marks: see the test of those.
FIXED = [rule for rule in RULES.rules if rule.fix not in (None, "one-of-the-same")]


@pytest.mark.parametrize("rule", FIXED, ids=lambda rule: rule.code)
def test_the_bad_example_of_a_rule_that_is_fixed_is_put_right(rule: Rule) -> None:
    result = fix(document(rule.bad), RULES, [rule.code])
    assert result.edits
    assert rule.code not in {finding.code for finding in result.left}


@pytest.mark.parametrize(
    "code", ["YD-N04", "YD-N16", "YD-N17", "YD-P02", "YD-P06", "YD-P07", "YD-X08", "YD-X13", "YD-X18"]
)
def test_the_bad_example_becomes_the_good_one(code: str) -> None:
    (rule,) = (rule for rule in RULES.rules if rule.code == code)
    assert fixed(rule.bad, [code]).text == rule.good


def test_marks_of_a_habit_are_all_put_right() -> None:
    text = (
        HEAD
        + "一、推进依法治教\n1、宣传《教育法》、《教师法》、《义务教育法》。举办讲座４０场。\n2、培训骨干。培训300人，30场。\n"
    )
    right = "1.宣传《教育法》《教师法》《义务教育法》。举办讲座40场。\n2.培训骨干。"
    assert right in fixed(text).text


def test_lone_angle_signs_are_left_to_the_author() -> None:
    text = HEAD + "一、推进依法治教\n1.完善督导。落实《关于印发<督导条例的通知》，开展督导10次。\n"
    assert fixed(text, ["YD-P02"]).text == text


def test_a_range_that_may_mean_two_things_is_only_shown(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(HEAD + "一、发展学前教育\n1.扩大资源。新增学位3-5万个，占比63-68%。\n", "utf-8")
    result = run(path, "--show-unsafe", "--rule", "YD-X16")
    assert "似应为" in result.stdout and "+" not in result.stdout


def test_nothing_is_renumbered_where_the_text_refers_to_a_number() -> None:
    text = DRAFT.replace("改造校舍40栋", "改造校舍40栋，其余见第3项")
    assert "3.改善办学条件" in fixed(text).text


def test_brackets_han_and_wide_numbers_keep_their_script() -> None:
    text = (
        HEAD
        + "一、扩大教育资源\n（一）新建学校\n１．甲地新建。新建学校3所。\n３．乙地新建。新建学校5所。\n（三）改造学校\n４．丙地改造。改造学校3所。\n"
    )
    renumbered = fixed(text, ["YD-N"]).text
    assert "（二）改造学校\n３．丙地" in renumbered
    assert "２．乙地" in renumbered


def test_two_different_marks_are_left_to_the_author() -> None:
    text = HEAD + "一、扩大教育资源\n1.增加学位供给。新建学校3所，。新增学位1200个。\n"
    assert "YD-X14" in {finding.code for finding in fixed(text).left}


def test_half_width_marks_by_habit_are_all_put_right() -> None:
    text = HEAD + "一、扩大教育资源\n1.增加学位供给。新建学校,改造食堂,排查校舍,培训教师;完善制度。\n"
    assert not set(",;") & set(fixed(text).text)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(fix_command, [*map(str, arguments), "--lang", "zh"], catch_exceptions=False)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, "utf-8", newline="")
    return path


def test_by_default_a_diff_is_shown_and_nothing_written(draft: Path) -> None:
    result = run(draft)
    assert result.exit_code == 1
    changed = [line for line in result.stdout.splitlines() if line[:1] in "+-"]
    assert "-1.增加学位供给。新建学校3所,新增学位1200个。。" in changed
    assert "+1.增加学位供给。新建学校3所，新增学位1200个。" in changed
    assert not [line for line in changed if "云岭市" in line]
    assert draft.read_text("utf-8") == DRAFT
    assert run(draft, "--rule", "YD-P").exit_code == 0


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_diff_is_one_that_patch_takes(ends: str, draft: Path) -> None:
    draft.write_bytes(DRAFT.rstrip().replace("\n", ends).encode())
    diff = run(draft).stdout_bytes
    done = subprocess.run(["git", "apply", "-p1", "-"], input=diff, cwd=draft.parent, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert draft.read_bytes() == RIGHT.rstrip().replace("\n", ends).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be-sig"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_writing_keeps_encoding_mark_and_line_ends(encoding: str, ends: str, draft: Path) -> None:
    def coded(text: str) -> bytes:
        whole = text.replace("\n", ends)
        return ("\ufeff" + whole).encode("utf-16-be") if encoding == "utf-16-be-sig" else whole.encode(encoding)

    draft.write_bytes(coded(DRAFT))
    result = run(draft, "--write")
    assert result.exit_code == 0 and "已改" in result.stdout
    assert draft.read_bytes() == coded(RIGHT)
    assert "没有可以自动改正的" in run(draft, "--write").stdout


def test_a_file_with_damaged_places_is_not_written(draft: Path) -> None:
    content = DRAFT.encode().replace("选派".encode(), b"\xff\xfe", 1)
    draft.write_bytes(content)
    result = run(draft, "--write")
    assert result.exit_code == 2 and "写回会改动别处" in result.stderr
    assert draft.read_bytes() == content


def test_other_formats_are_shown_only(draft: Path) -> None:
    page = draft.with_suffix(".html")
    page.write_text(
        "<html><body>" + "".join(f"<p>{line}</p>" for line in DRAFT.splitlines()) + "</body></html>", "utf-8"
    )
    content = page.read_bytes()
    shown = run(page)
    assert shown.exit_code == 1 and "+2.改善办学条件" in shown.stdout
    assert "不是纯文本或Word文件" in shown.stderr
    assert run(page, "--write").exit_code == 2
    assert page.read_bytes() == content


def test_unsafe_suggestions_are_shown_only(draft: Path) -> None:
    assert "「布署」似应为「部署」" in run(draft, "--show-unsafe").stderr
    assert "部署" not in run(draft).stdout


def test_one_file_that_cannot_be_read_stops_no_other(draft: Path) -> None:
    result = run(draft.with_name("gone.txt"), draft, "--write")
    assert result.exit_code == 2 and "gone.txt" in result.stderr
    assert draft.read_text("utf-8") == RIGHT


def test_check_says_what_can_be_fixed(draft: Path) -> None:
    def check(*more: str) -> str:
        return CliRunner().invoke(check_command, [str(draft), "--lang", "zh", *more], catch_exceptions=False).stdout

    found = json.loads(check("--format", "json"))["findings"]
    fixable = {finding["code"] for finding in found if finding["fixable"]}
    assert fixable == {"YD-M09", "YD-N04", "YD-N05", "YD-N01", "YD-X13", "YD-X14"}
    number = sum(finding["fixable"] for finding in found)
    assert f"其中{number}处可用 yaodian fix 改正" in check()
    assert check().count("（可用 yaodian fix 改正）") == number
