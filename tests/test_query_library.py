"""Each ready-made question over the example plans and over the real plans, its rows read against the texts.

On 2026-11-29 the answers of all 38 questions, over both, were read beside the texts: every row, except in nine
questions that count, rank or compare (``indicators``, ``indicator-ranking``, ``items-by-theme``, ``policy-spread``,
``quantified-by-theme``, ``similar-plans``, ``theme-pairs``, ``theme-profile``, ``themes-by-year``). Of these the short
answers were read whole, of the sixteen with more than 25 rows at least fifteen rows each, and every count of all nine was
made again from the extracted JSON, without SPARQL. What a question had wrong was mended. Rows that are as extraction
finds them, but not as a reader would, are pinned all the same, with a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from corpus_texts import plan_text, write_plans

from yaodian.comparing import track
from yaodian.corpus import Corpus, Rows, build, named_queries, open_corpus
from yaodian.corpus.questions import parameters_of

# What no example has: a province with its city, and a city that reports on its plan in the year after, with where it
# began.
PROVINCE = """江苏省教育厅2024年工作要点

一、办好学前教育
1.扩大普惠资源。普惠性幼儿园覆盖率达到90%以上。
"""
CITY = """南京市教育局2024年工作要点

一、办好学前教育
1.扩大普惠资源。普惠性幼儿园覆盖率达到93%以上，新增学位12000个。
2.落实规划。落实《南京市学前教育发展规划（2018—2022年）》。
"""
REPORT = """南京市教育局2024年工作总结和2025年工作要点

第一部分　2024年工作总结

一、学前教育普惠发展
1.资源更加充足。普惠性幼儿园覆盖率由90.8%提高到92.5%，新增学位12600个。

第二部分　2025年工作要点

一、办好学前教育
1.扩大普惠资源。普惠性幼儿园覆盖率达到94%以上，新增学位8000个。
"""

# Of a city that is not known: what one plan promises, and what two others say of it.
NOWHERE = """XX市教育局{year}年工作要点

一、加强学校管理
1.管好食堂。{words}
"""
NOWHERE_REPORT = REPORT.replace("南京市", "XX市")
# Themes of one's own, one of them without a code.
THEMES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix yd: <https://w3id.org/yaodian/ns#> .
<https://example.org/t/places> a yd:Theme, skos:Concept ;
  skos:prefLabel "学位供给"@zh, "school places"@en ; skos:altLabel "学位"@zh .
<https://example.org/t/staff> a yd:Theme, skos:Concept ; skos:notation "team" ;
  skos:prefLabel "教师队伍"@zh, "staff"@en ; skos:altLabel "教师"@zh .
"""


def _built(source: Path, out: Path, themes: Path | None = None) -> Corpus:
    build(source, out, themes=themes)
    return open_corpus(out)


@pytest.fixture(scope="module")
def examples(examples_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return _built(examples_dir, tmp_path_factory.mktemp("library") / "out")


@pytest.fixture(scope="module")
def nanjing(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("nanjing")
    return _built(write_plans(folder / "in", province=PROVINCE, city=CITY, report=REPORT), folder / "out")


@pytest.fixture(scope="module")
def seeds(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return _built(shared_dir / "seeds", tmp_path_factory.mktemp("seeds") / "out")


def _cells(rows: Rows, columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in columns.split()) for row in rows]


YUNCHUAN = {"city": "云川"}
# Question, parameters, columns, and the rows that are expected in this order.
EXPECTED: list[tuple[str, dict[str, Any], str, list[tuple[Any, ...]]]] = [
    (
        "bindingness",
        {**YUNCHUAN, "year": 2024},
        "bindingnessName targets",
        # A reader finds none of the two of 约束性, whose 保证 is said of the hours of sport in front of them.
        [("写明", 74), ("约束性", 2), ("探索性", 1)],
    ),
    (
        "completeness",
        {},
        "cityName planYear",
        [("云川市", 2023), ("青澜市", 2023), ("云川市", 2024), ("岚江市", 2023), ("沅宁市", 2023)],
    ),
    # A reader: and item 7, “十四五”末. Days in running text are found for targets, not for items without one.
    ("deadlines", {"city": "岚江"}, "deadlineQuote quote", [("年内", "12万平方米"), ("全年", "40所")]),
    ("findings", {"city": "青澜"}, "code", [("YD-X15",)]),
    ("findings-by-rule", {"city": "青澜"}, "code findings plans", [("YD-X15", 1, 1)]),
    (
        "indicator-ranking",
        {"indicator": "^普惠性幼儿园覆盖率$"},
        "cityName planYear value unit",
        [("云川市", 2024, 92, "%"), ("云川市", 2023, 90, "%"), ("沅宁市", 2023, 89, "%"), ("青澜市", 2023, 89, "%")],
    ),
    (
        "indicators",
        {"least": 4},
        "indicatorName unit plans lowest highest",
        # A reader: five plans for 招聘教师 (面向社会招聘教师520名) and 普惠性幼儿园覆盖率 (普惠率达到88%以上) as well.
        [
            ("新增学位", "个", 5, 9800, 19000),
            ("名师工作室", "个", 4, 25, 45),
            ("学生体质健康优良率", "%", 4, 55, 61),
            ("招聘教师", "名", 4, 640, 860),
            ("普惠性幼儿园覆盖率", "%", 4, 89, 92),
        ],
    ),
    ("indicators", {"indicator": "紧缺学科人才"}, "unit lowest highest", [("名", 40, 60)]),
    (
        "items-by-theme",
        {"theme": "preschool"},
        "cityName planYear itemCount",
        [("云川市", 2023, 1), ("云川市", 2024, 1), ("岚江市", 2023, 1), ("沅宁市", 2023, 1), ("青澜市", 2023, 1)],
    ),
    ("items-without-deadline", {"city": "沅宁"}, "label", [(f"p{n}",) for n in (*range(1, 3), *range(4, 18))]),
    ("items-without-responsible", {**YUNCHUAN, "year": 2023}, "label", []),
    ("items-without-responsible", {**YUNCHUAN, "year": 2024}, "label", [(f"p{n}",) for n in range(1, 23)]),
    ("items-without-target", {}, "label", []),
    (
        "money",
        YUNCHUAN,
        "value planYear quote",
        [(980000000, 2024, "9.8亿元"), (45000000, 2023, "4500万元"), (38600000, 2023, "3860万元")],
    ),
    ("outdated-policies", {}, "policyTitle", []),
    (
        "places-named",
        {"city": "沅宁"},
        "placeName code",
        # A reader: 白浦区 too, behind 支持 and before 创建.
        [("枫坪县", None), ("黛溪县", None), ("长沙市", "430100"), ("深圳市", "440300"), ("重庆市", "500000")],
    ),
    ("places-ranking", {"place": "长沙"}, "placeName code plans times", [("长沙市", "430100", 2, 2)]),
    (
        "plans",
        {},
        "cityName planYear docNumber itemCount",
        [
            ("云川市", 2023, "云教发〔2023〕3号", 20),
            ("云川市", 2024, "云教发〔2024〕1号", 22),
            ("岚江市", 2023, None, 18),
            ("沅宁市", 2023, None, 30),
            ("青澜市", 2023, "青教〔2023〕9号", 16),
        ],
    ),
    (
        "policies-followed-up",
        {**YUNCHUAN, "year": 2023},
        "actionName policyTitle laterYear laterAction",
        [
            ("修订", "云川市中小学德育工作评价办法", None, None),
            ("出台", "云川市中小学校长职级制管理办法", 2024, "落实"),
            ("起草", "云川市城镇小区配套幼儿园建设管理办法", None, None),
            ("出台", "云川市职业学校产教融合实施方案", None, None),
        ],
    ),
    (
        "policies-to-issue",
        {**YUNCHUAN, "year": 2024},
        "actionName printedTitle label",
        [
            ("出台", "云川市大中小学思政教育一体化建设实施方案", "p2"),
            ("修订", "云川市职业教育专业目录", "p14"),
            ("出台", "云川市中小学校财务管理细则", "p20"),
        ],
    ),
    (
        "policy-cities",
        {"policy": "家庭教育促进法"},
        "cityName planYear times inItems",
        [("云川市", 2024, 1, "p12"), ("岚江市", 2023, 1, "p3")],
    ),
    ("policy-spread", {"policy": "评价改革"}, "planYear cityCount plans times", [(2023, 1, 1, 1), (2024, 1, 1, 1)]),
    ("province-alignment", {}, "upperName", []),
    ("quantified-by-theme", {"theme": "教师队伍建设"}, "itemCount quantified share", [(12, 12, 100)]),
    (
        "responsible-units",
        {**YUNCHUAN, "year": 2023, "org": "教育科学研究院"},
        "unitName roleName itemCount",
        [("市教育科学研究院", "负责", 2), ("市教育科学研究院", "配合", 1)],
    ),
    ("results", {"year": 2022, "city": "沅宁市"}, "value unit", []),
    (
        "results-and-next-targets",
        {},
        "indicatorName reported promised",
        [
            ("大班额比例", Decimal("1.2"), Decimal("0.8")),
            ("学生体质健康优良率", Decimal("52.8"), 55),
            ("招聘教师", 713, 750),
            ("教育项目", 47, 52),
            ("教育项目投资", 760000000, 850000000),
            ("新增公办幼儿园", 11, 8),
            ("新增学位", 11200, 13000),
            ("普惠性幼儿园覆盖率", Decimal("87.3"), 89),
            ("毕业生就业率", Decimal("96.4"), 96),
        ],
    ),
    (
        "shared-indicators",
        {"least": 4},
        "indicatorName planYear cityCount lowest mean highest",
        [("名师工作室", 2023, 4, 25, Decimal("36.5"), 45), ("新增学位", 2023, 4, 9800, 13075, 16000)],
    ),
    (
        "shared-policies",
        {},
        "policyTitle plans cities",
        [
            ("中华人民共和国家庭教育促进法", 2, "云川市 岚江市"),
            ("云川市中小学校长职级制管理办法", 2, "云川市"),
            ("深化新时代教育评价改革总体方案", 2, "云川市 沅宁市"),
        ],
    ),
    (
        "target-changes",
        YUNCHUAN,
        "indicatorName before promised difference",
        # A reader: “互联网+明厨亮灶”覆盖率 (98, 100) and the fall of 近视率 (0.5, 0.5) too, which are worded differently.
        [
            ("中职毕业生升学率", 68, 70, 2),
            ("公办幼儿园在园幼儿比例", 55, 58, 3),
            ("学生体质健康优良率", 58, 61, 3),
            ("招聘教师", 860, 780, -80),
            ("教育支出占一般公共预算支出比例", 18, Decimal("18.5"), Decimal("0.5")),
            ("新增学位", 16000, 19000, 3000),
            ("新增普惠性学位", 3200, 2600, -600),
            ("普惠性幼儿园覆盖率", 90, 92, 2),
            ("本地就业率", 60, 62, 2),
            ("资助家庭经济困难学生", 42000, 40000, -2000),
            ("选树师德标兵", 50, 50, 0),
        ],
    ),
    (
        "targets",
        {**YUNCHUAN, "year": 2023, "theme": "preschool"},
        "indicator value unit",
        [
            ("新建公办幼儿园", 12, "所"),
            ("新增普惠性学位", 3200, "个"),
            ("普惠性幼儿园覆盖率", 90, "%"),
            ("公办园在园幼儿占比", 55, "%"),
        ],
    ),
    ("targets-and-results", {}, "indicatorName", []),
    (
        "targets-by-theme",
        {**YUNCHUAN, "theme": "学前教育", "year": 2024},
        "indicatorName comparator value unit",
        [
            ("公办幼儿园在园幼儿比例", "eq", 58, "%"),
            ("托幼一体化试点园", "eq", 20, "所"),
            ("整改问题园", "eq", 7, "所"),
            ("新增普惠性学位", "eq", 2600, "个"),
            ("普惠性幼儿园覆盖率", "ge", 92, "%"),
        ],
    ),
    (
        "theme-pairs",
        {"theme": "双减"},
        "otherTheme itemCount",
        [("校外培训治理", 4), ("课程教学改革", 1)],
    ),
    (
        "themes-by-year",
        {"theme": "teachers"},
        "planYear itemCount share",
        [(2023, 10, Decimal("13.9")), (2024, 2, Decimal("9.1"))],
    ),
]


@pytest.mark.parametrize(
    ("name", "given", "columns", "rows"), EXPECTED, ids=[f"{one[0]}-{n}" for n, one in enumerate(EXPECTED)]
)
def test_rows_are_those_read_off_the_examples(
    examples: Corpus, name: str, given: dict[str, Any], columns: str, rows: list[tuple[Any, ...]]
) -> None:
    if name == "results":
        assert len(examples.select(name, **given)) == 47
        rows = [(86, "个"), (142, "名"), (510, "人次"), (4, "所")]
        assert _cells(examples.select(name, **given), columns)[:4] == rows
    else:
        assert _cells(examples.select(name, **given), columns) == rows


def test_what_is_new_and_what_is_gone(examples: Corpus) -> None:
    def named(question: str, kind: str) -> set[object]:
        return {row.name for row in examples.select(question, city="云川", year=2024) if row.kindName == kind}

    assert {"中华人民共和国家庭教育促进法", "学校食品安全与营养健康管理规定"} <= named("new-this-year", "policy")
    assert {"中华人民共和国职业教育法", "中小学法治副校长聘任与管理办法"} <= named("gone-this-year", "policy")
    assert "云川市中小学校长职级制管理办法" not in named("new-this-year", "policy") | named("gone-this-year", "policy")
    assert {"高等教育", "终身教育"} <= named("new-this-year", "theme")
    assert "科学教育" in named("gone-this-year", "theme")
    assert "特殊教育" not in named("gone-this-year", "theme")  # 2024 has one sentence on it, in an item of other themes
    assert "新增学位" not in named("new-this-year", "indicator") | named("gone-this-year", "indicator")


def test_items_without_deliverable_are_those_of_no_deliverable(examples: Corpus) -> None:
    rows = examples.select("items-without-deliverable", city="云川", year=2023)
    with_one = {
        "p2",
        "p5",
        "p8",
        "p9",
        "p12",
        "p16",
        "p18",
    }  # 修订…办法, 研究制定…, 出台…, 启动…二期工程, 举办…运动会, 出台…, 建成…平台
    assert {row.label for row in rows} == {f"p{n}" for n in range(1, 21)} - with_one


def test_similarity_is_that_of_the_sets(examples: Corpus) -> None:
    features: dict[object, set[object]] = {}
    for row in examples.select("SELECT ?p ?f { ?p a yd:Plan ; dcterms:subject|dcterms:references ?f }"):
        features.setdefault(row.p, set()).add(row.f)
    rows = examples.select("similar-plans", city="云川", year=2024)
    assert len(rows) == 4
    for row in rows:
        own, other = features[row.plan], features[row.other]
        assert row.shared == len(own & other)
        assert abs(float(row.similarity) - 100 * len(own & other) / len(own | other)) <= 0.05
    assert [row.similarity for row in rows] == sorted((row.similarity for row in rows), reverse=True)
    assert len(examples.select("similar-plans")) == 0, "it asks about one city"


def test_theme_profile_compares_with_the_other_plans_of_the_year(examples: Corpus) -> None:
    rows = {row.themeCode: row for row in examples.select("theme-profile", city="云川", year=2023)}
    assert (rows["rule_of_law"].itemCount, rows["rule_of_law"].share) == (2, 10)
    others = [
        row.itemCount
        for row in examples.select("items-by-theme", year=2023, theme="rule_of_law")
        if row.cityName != "云川市"
    ]
    assert rows["rule_of_law"].othersShare == round(Decimal(100 * sum(others)) / (18 + 18 + 16), 1)
    assert rows["family"].itemCount == 0, "what the others have and this plan has not is told too"
    alone = examples.select("theme-profile", city="云川", year=2024)
    assert {row.difference for row in alone} == {None}


def test_province_and_city_side_by_side(nanjing: Corpus) -> None:
    rows = nanjing.select("province-alignment", year=2024)
    assert _cells(rows, "upperName upperPromised cityName promised difference unit") == [
        ("江苏省", 90, "南京市", 93, 3, "%")
    ]


def test_targets_against_what_was_reported(nanjing: Corpus) -> None:
    rows = nanjing.select("targets-and-results", city="320100")
    assert _cells(rows, "indicatorName planYear promised reported reached") == [
        ("新增学位", 2024, 12000, 12600, True),
        ("普惠性幼儿园覆盖率", 2024, 93, Decimal("92.5"), False),
    ]
    later = nanjing.select("results-and-next-targets", city="南京市")
    assert _cells(later, "indicatorName planYear reported promised") == [
        ("新增学位", 2025, 12600, 8000),
        ("普惠性幼儿园覆盖率", 2025, Decimal("92.5"), 94),
    ]


@pytest.mark.parametrize(
    ("promised", "reported", "is_reached"),
    [("12000个左右", "11500个", True), ("12000个左右", "11000个", False), ("12000个左右", "20000个", True),
     ("控制在12000个以内", "12001个", False), ("不少于12000个", "12000个", True)],
)  # fmt: skip
def test_both_who_follow_targets_up_say_the_same(
    tmp_path: Path, promised: str, reported: str, is_reached: bool
) -> None:
    texts = {"city": CITY.replace("12000个", promised), "report": REPORT.replace("12600个", reported)}
    corpus = _built(write_plans(tmp_path / "in", **texts), tmp_path / "out")
    rows = {row.indicatorName: row.reached for row in corpus.select("targets-and-results")}
    (followed,) = (one for one in track(corpus, "南京", 2024) if one.target and one.target.label == "新增学位")
    assert (rows["新增学位"], followed.outcome == "reached") == (is_reached, is_reached)


def test_what_is_only_reported_is_not_new(tmp_path: Path) -> None:
    report = REPORT.replace("新增学位12600个", "新增学位12600个，招聘教师300名").replace(
        "新增学位8000个", "培训教师500人次"
    )
    corpus = _built(write_plans(tmp_path / "in", city=CITY, report=report), tmp_path / "out")
    rows = corpus.select("new-this-year", year=2025)
    assert [row.name for row in rows if row.kindName == "indicator"] == ["培训教师"]


def test_plans_without_a_year_are_of_no_year(tmp_path: Path) -> None:
    """They are counted together where years are, and compared with no year's plans."""
    undated = CITY.replace("2024年", "")
    texts = {"city": CITY, "other": PROVINCE, "first": undated, "second": undated.replace("南京", "苏州")}
    corpus = _built(write_plans(tmp_path / "in", **texts), tmp_path / "out")
    assert sorted(row.planYear or 0 for row in corpus.select("plans")) == [0, 0, 2024, 2024]
    columns = "planYear themeCode itemCount share"
    assert _cells(corpus.select("themes-by-year", theme="preschool"), columns) == [
        (None, "preschool", 4, 100),
        (2024, "preschool", 3, 100),
    ]
    columns = "cityName planYear itemCount share othersShare"
    assert _cells(corpus.select("theme-profile", theme="preschool"), columns) == [
        ("南京市", None, 2, 100, None),
        ("南京市", 2024, 2, 100, 100),
        ("江苏省", 2024, 1, 100, 100),
        ("苏州市", None, 2, 100, None),
    ]


def test_where_something_began_is_no_result(examples: Corpus, nanjing: Corpus) -> None:
    assert _cells(nanjing.select("results", year=2024), "indicatorName value") == [
        ("普惠性幼儿园覆盖率", Decimal("92.5")),
        ("新增学位", 12600),
    ]
    rows = examples.select("results", year=2022, city="沅宁")
    assert [row.quote for row in rows if row.indicatorName == "学科类培训机构"] == ["压减到9家"]


def test_policy_that_has_ended(nanjing: Corpus) -> None:
    rows = nanjing.select("outdated-policies")
    assert _cells(rows, "cityName planYear policyTitle") == [("南京市", 2024, "南京市学前教育发展规划（2018—2022）")]


def test_plans_of_no_known_city_stand_for_themselves(tmp_path: Path) -> None:
    """Two of them may be of two cities: what one promises, another one does not follow up."""
    first = NOWHERE.format(year=2023, words="出台《校园餐管理办法》。")
    second = NOWHERE.format(year=2024, words="落实《校园餐管理办法》。")
    folder = write_plans(tmp_path / "in", first=first, second=second, report=NOWHERE_REPORT)
    corpus = _built(folder, tmp_path / "out")
    columns = "cityName planYear actionName policyTitle laterYear laterAction laterPlan"
    promised = [("XX市教育局2023年工作要点", 2023, "出台", "校园餐管理办法", None, None, None)]
    assert _cells(corpus.select("policies-followed-up"), columns) == promised
    assert _cells(corpus.select("policies-followed-up", city="2023年工作要点"), columns) == promised
    assert not corpus.select("policies-followed-up", city="2024年工作要点")
    assert len(corpus.select("results", year=2024)) == 2
    assert not corpus.select("results-and-next-targets")
    assert not corpus.select("targets-and-results")


def test_themes_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(THEMES, "utf-8")
    corpus = _built(write_plans(tmp_path / "in", plan=plan_text()), tmp_path / "out", tmp_path / "own.ttl")
    places, staff = [("学位供给", "12所"), ("学位供给", "3600个以上")], [("教师队伍", "300人次")]
    assert _cells(corpus.select("targets"), "themeName quote") == [*places, (None, "达到85%"), *staff]
    for theme, rows in (
        ("https://example.org/t/places", places),
        ("学位供给", places),
        ("places", places),
        ("team", staff),
        ("preschool", []),
    ):
        assert _cells(corpus.select("targets", theme=theme), "themeName quote") == rows, theme
    assert _cells(corpus.select("targets-by-theme", lang="en"), "themeName value") == [
        ("school places", 3600),
        ("school places", 12),
        ("staff", 300),
    ]
    assert _cells(corpus.select("items-by-theme"), "themeCode itemCount") == [("team", 2), ("places", 1)]


def test_things_are_named_by_name_part_code_or_iri(nanjing: Corpus) -> None:
    whole = nanjing.select("plans")
    for value, number in (
        ("南京市", 2),
        ("南京", 2),
        ("320100", 2),
        ("https://w3id.org/yaodian/id/place/320100", 2),
        ("320000", 1),
        ("江苏", 1),
    ):
        assert len(nanjing.select("plans", city=value)) == number, value
    assert len(whole) == 3
    answers = [
        nanjing.select("quantified-by-theme", theme=theme)
        for theme in ("preschool", "学前教育", "学前", "Preschool", "https://w3id.org/yaodian/id/theme/preschool")
    ]
    assert all(_cells(answer, "themeCode itemCount") == _cells(answers[0], "themeCode itemCount") for answer in answers)
    assert len(answers[0]) == 1
    (policy,) = {row.document for row in nanjing.select("SELECT ?document { ?r yd:policy ?document }")}
    for value in ("学前教育发展规划", str(policy), str(policy).rpartition("/")[2]):
        assert len(nanjing.select("policy-cities", policy=value)) == 1, value


# Question, parameters, what is counted of the rows, and the number.
FIGURES: list[tuple[str, dict[str, Any], Callable[[Rows], object], object]] = [
    (
        "plans",
        {},
        lambda rows: sorted((row.itemCount, row.planYear) for row in rows),
        [(10, 2023), (22, 2023), (23, 2023), (28, 2017), (52, 2022)],
    ),
    ("items-without-responsible", {"city": "340800"}, len, 6),
    ("outdated-policies", {}, lambda rows: [(row.cityName, str(row.valid)) for row in rows], [("南昌市", "2020")]),
    ("money", {}, lambda rows: [row.value for row in rows], [250000000]),
    ("deadlines", {"city": "南昌"}, len, 0),
    (
        "results-and-next-targets",
        {},
        lambda rows: [(row.reported, row.promised) for row in rows],
        [(31000, 30000), (637, 665)],
    ),
    (
        "shared-indicators",
        {},
        lambda rows: [(row.cityCount, row.lowest, row.highest) for row in rows],
        [(2, 5000, 31000)],
    ),
    (
        "indicator-ranking",
        {"indicator": "^新增学位$", "city": "常州"},
        lambda rows: [row.unit for row in rows][:1],
        ["个"],
    ),
    ("findings-by-rule", {"rule": "YD-X01"}, lambda rows: [(row.findings, row.plans) for row in rows], [(20, 1)]),
    ("responsible-units", {}, len, 0),
    ("shared-policies", {}, len, 0),
    ("similar-plans", {"city": "常州"}, len, 4),
    ("places-ranking", {"place": "北京"}, lambda rows: [(row.plans, row.times) for row in rows], [(1, 5)]),
]


@pytest.mark.parametrize(("name", "given", "figure", "expected"), FIGURES, ids=[one[0] for one in FIGURES])
def test_figures_over_the_real_plans(
    seeds: Corpus, name: str, given: dict[str, Any], figure: Callable[[Rows], object], expected: object
) -> None:
    assert figure(seeds.select(name, **given)) == expected


def test_every_question_is_asked_here() -> None:
    asked = {one[0] for one in EXPECTED} | set(
        re.findall(r'(?:select|named)\("([\w-]+)"', Path(__file__).read_text("utf-8"))
    )
    assert named_queries().keys() - asked == set()


HEAD = re.compile(r"\{ SELECT \?plan \?home \?cityName \?planYear WHERE \{.*?\n\s*\} \}", re.DOTALL)


def test_plans_are_chosen_in_the_same_way_by_all() -> None:
    """One way to name a city and a year; a question that must have a city does without the case that it has none."""
    heads = {
        " ".join(part.split()).replace("!BOUND(?city) || ", "")
        for query in named_queries().values()
        for part in HEAD.findall(query.text)
    }
    assert len(heads) == 1


def test_order_ends_with_one_of_the_things() -> None:
    """Rows that are alike in all else still come in one order, on any engine."""
    for name, query in named_queries().items():
        last = query.text.rstrip().splitlines()[-1]
        assert last.startswith("ORDER BY"), name
        assert re.fullmatch(r"\?\w+", last.split()[-1]), name


def test_raw_text_has_the_defaults(examples: Corpus) -> None:
    for name, query in named_queries().items():
        defaults = {parameter.name: parameter.default for parameter in parameters_of(query.text) if parameter.default}
        assert list(examples.select(name)) == list(examples.select(name, **defaults)), name
