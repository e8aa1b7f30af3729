"""Comparing: targets followed up, cities side by side, one plan against another; and the commands that show it."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import page_source
import pytest

from yaodian.cli import main
from yaodian.comparing import compare, differences, statements, track
from yaodian.comparing.statements import plans_of
from yaodian.comparing.themes import theme_code, theme_names
from yaodian.comparing.tracking import Followed
from yaodian.corpus import Corpus, build, open_corpus
from yaodian.errors import QueryError
from yaodian.extraction import extract
from yaodian.model import Plan, Target
from yaodian.reading import read_bytes

PLAN = """{city}教育局{year}年工作要点

{year}年，全市教育工作重点抓好以下方面。

一、扩大资源
1.增加学位供给。新增学位{places}个，新建公办幼儿园12所，新建寄宿制学校3所。
2.发展学前教育。普惠性幼儿园覆盖率达到{rate}%以上。
二、建强队伍
3.优化师资配置。招聘教师860名，大班额比例控制在3%以内。
"""
REPORT = """{city}教育局{year}年工作总结

{year}年，全市教育系统扎实工作，现将情况总结如下。

一、资源扩大
1.学位供给增加。全年增加学位1.8万个，新建公办幼儿园9所。
2.学前教育普惠。普惠性幼儿园覆盖率由88.2%提高到90.5%。
二、队伍过硬
3.师资得到补充。招聘教师860名，大班额比例控制在3.5%以内，举办比赛20场。
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Two cities; of one of them the year's plan and the report on it, and the next year's plan."""
    folder = tmp_path_factory.mktemp("compared")
    texts = {
        "a23.txt": PLAN.format(city="青岚市", year=2023, places="1.6万", rate=90),
        "a23r.txt": REPORT.format(city="青岚市", year=2023),
        "a24.txt": PLAN.format(city="青岚市", year=2024, places="2万", rate=91),
        "b24.txt": PLAN.format(city="沅泽市", year=2024, places="9000", rate=88).replace("招聘教师860名，", ""),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    build([folder], folder / "corpus")
    return open_corpus(folder / "corpus")


def _found(corpus: Corpus, year: int | None = None) -> dict[str, Followed]:
    return {(each.target or each.result).phrase: each for each in track(corpus, "青岚", year)}  # type: ignore[union-attr]


def test_a_target_is_followed_to_its_result(corpus: Corpus) -> None:
    found = _found(corpus)
    assert {name: each.outcome for name, each in found.items()} == {
        "新增学位": "reached",
        "新建公办幼儿园": "missed",
        "新建寄宿制学校": "not-reported",
        "普惠性幼儿园覆盖率": "reached",
        "招聘教师": "reached",
        "大班额比例": "missed",
        "举办比赛": "not-planned",
    }
    assert found["新增学位"].reason == "same-indicator"
    assert [one.quote for one in (found["新增学位"].target, found["新增学位"].result) if one] == ["1.6万个", "1.8万个"]


def test_of_several_that_could_be_meant_none_is_chosen(tmp_path: Path) -> None:
    plan = PLAN.format(city="青岚市", year=2023, places="1.6万", rate=90)
    (tmp_path / "plan.txt").write_text(plan, "utf-8")
    report = REPORT.format(city="青岚市", year=2023).replace("举办比赛20场", "招聘教师300名")
    (tmp_path / "report.txt").write_text(report, "utf-8")
    build([tmp_path / "plan.txt", tmp_path / "report.txt"], tmp_path / "corpus")
    found = {each.target.phrase: each for each in track(open_corpus(tmp_path / "corpus"), "青岚市") if each.target}
    assert found["招聘教师"].outcome == "several"
    assert {one.quote for one in found["招聘教师"].others} == {"860名", "300名"}


def test_a_year_without_statements_is_told_with_those_there_are(corpus: Corpus) -> None:
    with pytest.raises(QueryError, match=r"2023.+2024"):
        track(corpus, "青岚", 2019)
    with pytest.raises(QueryError, match="青岚市"):
        track(corpus, "常州")


def test_cities_side_by_side_with_the_gaps_both_ways(corpus: Corpus) -> None:
    found = compare(corpus, ["青岚市", "沅泽"], year=2024)
    assert found.cities == ("青岚市", "沅泽市")
    rows = {row.label: row for row in found.rows}
    assert [[one.quote for one in stated] for stated in rows["新增学位"].stated] == [["2万个"], ["9000个"]]
    assert [len(stated) for stated in rows["招聘教师"].stated] == [1, 0]
    gaps = found.only(lambda row: row.shared < 2)
    assert {row.label for row in gaps.rows} == {"招聘教师"}


@pytest.fixture(scope="module")
def levels(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The plans of a province, of a city in it and of a county in that, and the city's report."""
    folder = tmp_path_factory.mktemp("levels")
    texts = {
        "province.txt": PLAN.format(city="浙江省", year=2023, places="20万", rate=93).replace("教育局", "教育厅"),
        "city.txt": PLAN.format(city="绍兴市", year=2023, places="1.6万", rate=90),
        "county.txt": PLAN.format(city="绍兴市新昌县", year=2023, places="900", rate=86).replace(
            "绍兴市新昌县教育局2023年", "新昌县教育局2023年"
        ),
        "report.txt": REPORT.format(city="绍兴市", year=2023),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    build([folder], folder / "corpus")
    return open_corpus(folder / "corpus")


def test_themes_go_by_code_name_and_iri(levels: Corpus) -> None:
    names = theme_names(levels)
    for wanted in ("teachers", names["teachers"]["zh"], "https://w3id.org/yaodian/id/theme/teachers"):
        assert theme_code(names, wanted) == "teachers"


def test_a_county_is_no_part_of_its_city_where_promises_are_followed_up(levels: Corpus) -> None:
    targets = [row.target for row in track(levels, "绍兴", 2023) if row.target]
    assert {one.plan.rpartition("/")[2] for one in targets} == {"330600-2023"}


@pytest.mark.parametrize(
    ("name", "place"),
    [("浙江", "330000"), ("浙江省", "330000"), ("330000", "330000"), ("绍兴", "330600"), ("新昌县", "330624"),
     ("新昌", "330624"), ("330624", "330624"), ("https://w3id.org/yaodian/id/place/330624", "330624")],
)  # fmt: skip
def test_places_of_all_levels_go_by_name_short_name_code_and_iri(levels: Corpus, name: str, place: str) -> None:
    assert {row.home for row in plans_of(levels, name)} == {place}
    compared = compare(levels, [name, "绍兴市" if place != "330600" else "浙江"])
    assert compared.cities[0] == {"330000": "浙江省", "330600": "绍兴市", "330624": "新昌县"}[place]


def test_of_a_place_that_is_not_there_the_like_are_named(levels: Corpus) -> None:
    with pytest.raises(QueryError, match="no plan matches city 绍心; did you mean 绍兴市\\? there are: 新昌县、"):
        track(levels, "绍心")
    with pytest.raises(QueryError, match=r"did you mean teachers \("):
        theme_code(theme_names(levels), "teacherz")


def test_a_name_of_several_places_is_refused_with_their_codes(tmp_path: Path) -> None:
    for number, (place, board) in enumerate((("吉林省", "教育厅"), ("吉林市", "教育局"))):
        text = PLAN.format(city=place, year=2023, places="1.6万", rate=90).replace("教育局", board)
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    build([tmp_path], tmp_path / "corpus")
    corpus = open_corpus(tmp_path / "corpus")
    with pytest.raises(QueryError, match=r"吉林省 \(220000\)、吉林市 \(220200\); give the whole name or the code"):
        track(corpus, "吉林")
    assert {row.home for row in plans_of(corpus, "吉林市")} == {"220200"}


def _plan(text: str) -> Plan:
    return extract(read_bytes(text.encode(), "plan.txt"))


def test_what_a_plan_changes() -> None:
    old = PLAN.format(city="青岚市", year=2023, places="1.6万", rate=90)
    new = (
        old.replace("2.发展学前教育。", "2.办好学前教育。")
        .replace("1.6万个", "1.4万个")
        .replace("90%", "92%")
        .replace("新建寄宿制学校3所", "举办阅读节3场")
        .replace("3.优化师资配置。", "3.加强校园食品安全。开展检查6次。\n4.优化师资配置。")
    )
    found = [(each.change, _name(each.old), _name(each.new)) for each in differences(_plan(old), _plan(new))]
    assert sorted(found) == [
        ("item-added", "", "加强校园食品安全"),
        ("item-renamed", "发展学前教育", "办好学前教育"),
        ("item-reworded", "增加学位供给", "增加学位供给"),
        ("target-added", "", "3场"),
        ("target-added", "", "6次"),
        ("target-gone", "3所", ""),
        ("target-lowered", "1.6万个", "1.4万个"),
        ("target-raised", "达到90%以上", "达到92%以上"),
    ]


def _name(thing: object) -> str:
    if thing is None:
        return ""
    return thing.span.quote if isinstance(thing, Target) else str(getattr(thing, "heading", ""))


def test_a_plan_against_itself_has_no_differences() -> None:
    plan = _plan(PLAN.format(city="青岚市", year=2023, places="1.6万", rate=90))
    assert differences(plan, plan) == []


def test_the_order_of_items_is_no_difference_but_their_words_are() -> None:
    one = _plan("青岚市教育局2024年工作要点\n一、重点\n1.加强甲项工作。新建学校3所。\n2.推进乙项改革。招聘教师5名。\n")
    other = _plan(
        "青岚市教育局2024年工作要点\n一、重点\n1.推进乙项改革。招聘教师5名。\n2.加强甲项工作。新建学校3所。\n"
    )
    assert differences(one, other) == []


def _run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["yaodian", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_the_commands_show_tables_csv_json_and_pages(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(corpus.path)
    code, out, _ = _run(capsys, monkeypatch, "track", "青岚", "-d", folder)
    assert code == 0
    assert out.startswith("青岚市2023年目标与完成情况\n达到 3；未达到 2；未报告 1；计划中没有 1\n")
    code, out, _ = _run(capsys, monkeypatch, "track", "青岚", "-d", folder, "--format", "json", "--outcome", "missed")
    assert [row["target"] for row in json.loads(out)["rows"]] == ["12所", "3%以内"]
    code, out, _ = _run(
        capsys, monkeypatch, "compare", "青岚", "沅泽", "-d", folder, "--theme", "学前教育", "--format", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["indicator"], row["青岚市"], row["沅泽市"]) for row in rows if row["unit"] == "%"] == [
        ("普惠性幼儿园覆盖率", "达到91%以上", "达到88%以上")
    ]
    page = tmp_path / "gaps.html"
    code, _, _ = _run(capsys, monkeypatch, "compare", "青岚", "沅泽", "-d", folder, "--gaps", "--out", str(page))
    assert code == 0
    assert "招聘教师" in page.read_text("utf-8")
    assert "http" not in page.read_text("utf-8").replace("http-equiv", "")


def test_the_commands_say_what_is_wrong_in_one_line(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in (
        ["track", "常州", "-d", str(corpus.path)],
        ["compare", "青岚", "沅泽", "-d", str(corpus.path), "--theme", "渔业"],
        ["compare", "青岚", "沅泽", "-d", str(tmp_path)],
        ["compare", "青岚", "沅泽", "青岚市", "-d", str(corpus.path)],
        ["diff", str(tmp_path / "none.txt"), str(tmp_path / "none.txt")],
    ):
        code, out, err = _run(capsys, monkeypatch, *arguments)
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1


def test_diff_of_two_files_with_an_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    text = PLAN.format(city="青岚市", year=2023, places="1.6万", rate=90)
    old.write_text(text, "utf-8")
    new.write_text(text.replace("860名", "900名"), "utf-8")
    code, out, _ = _run(capsys, monkeypatch, "diff", str(old), str(new), "--exit-code")
    assert code == 1
    assert "目标提高" in out
    assert _run(capsys, monkeypatch, "diff", str(old), str(old), "--exit-code")[0] == 0


def test_hostile_words_stay_words_in_the_page(tmp_path: Path) -> None:
    from yaodian.comparing.sheets import as_page
    from yaodian.comparing.showing import difference_sheet

    text = PLAN.format(city="青岚市", year=2023, places="1.6万", rate=90)
    hostile = text.replace("3.优化师资配置。", "3.</table><script>alert(1)</script>配置。")
    found = differences(_plan(text), _plan(hostile))
    page = "".join(as_page(difference_sheet(found, "<b>a</b>", "b", "zh"), "zh", "-"))
    assert "<script>" not in page
    assert "&lt;b&gt;a&lt;/b&gt;" in page


def test_a_target_that_names_no_indicator_is_called_by_its_own_words() -> None:
    source = page_source.corpus(page_source.two_plans())
    found = statements(source, source.manifest.plans)
    assert [(one.label, one.indicator) for one in found] == [("新建学校", ""), ("新增学位", ""), ("新建学校", "")]
