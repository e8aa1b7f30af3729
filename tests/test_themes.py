"""Themes: the scheme's labels are sound, and items get the themes a librarian would give them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import RDF, SKOS

from yaodian.errors import VocabularyError
from yaodian.extraction import extract
from yaodian.extraction.themes import assign_themes, groups, scheme
from yaodian.extraction.themes.vocabulary import load
from yaodian.model import Document, Span
from yaodian.ontology import resource
from yaodian.reading import read_bytes

CODES = """
preschool compulsory senior_high vocational higher special lifelong ethnic private moral sports arts
labour science mental_health health safety teachers ethics_of_teachers leaders party ideology
integrity double_reduction off_campus_training curriculum research evaluation exams facilities
finance digital rule_of_law supervision student_aid rural equity cooperation family language
publicity epidemic culture services
"""

FRAME = "青岚市教育局2024年工作要点\n全市教育系统要办好每一所学校，服务每一名学生和教师。\n"


def document(text: str) -> Document:
    return Document("plan.txt", "plan.txt", "0" * 64, "text/plain", "utf-8", text, Span(0, len(text), text))


def assigned(heading: str, body: str = "", section: str | None = None, frame: str = FRAME) -> list[str]:
    return [theme.code for theme in assignments(heading, body, section, frame)[1]]


def assignments(heading: str, body: str, section: str | None = None, frame: str = FRAME):  # type: ignore[no-untyped-def]
    text = f"{frame}1.{heading}。{body}"
    start = len(frame)
    plan = document(text)
    heading_span = plan.span(start + 2, start + 2 + len(heading))
    return plan, assign_themes(plan, heading_span, plan.span(start, len(text)), section)


def test_every_code_of_the_codebook_is_a_theme() -> None:
    assert sorted(scheme()) == sorted(CODES.split())


def test_the_codes_are_those_of_the_annotation(shared_dir: Path) -> None:
    book = (shared_dir / "gold" / "FORMAT.md").read_text("utf-8")
    listed = re.search(r"^## Themes.*?\n(.+?)\n\n", book, re.MULTILINE | re.DOTALL)
    assert listed
    assert sorted(scheme()) == sorted(listed[1].split())


@pytest.mark.parametrize("code", CODES.split())
def test_a_theme_is_labelled_and_defined_in_both_languages(code: str) -> None:
    theme = scheme()[code]
    assert theme.iri == f"https://w3id.org/yaodian/id/theme/{code}"
    assert theme.zh and theme.en and theme.definition_zh and theme.definition_en
    assert len(theme.terms) >= 10


@pytest.mark.parametrize("code", CODES.split())
def test_every_theme_hangs_below_a_group(code: str) -> None:
    upwards = [code]
    while upwards[-1] in scheme():
        broader = scheme()[upwards[-1]].broader
        assert broader is not None and broader not in upwards
        upwards.append(broader)
    assert groups()[upwards[-1]].broader == "education"


def test_no_term_speaks_for_two_themes_with_equal_strength() -> None:
    for strength in ("names", "indications"):
        counts = Counter(term for theme in scheme().values() for term in getattr(theme, strength))
        assert [term for term, count in counts.items() if count > 1] == []


def test_no_term_is_both_a_name_and_an_indication_of_one_theme() -> None:
    assert [theme.code for theme in scheme().values() if set(theme.names) & set(theme.indications)] == []


def test_the_domains_phrases_are_no_terms_of_a_theme() -> None:
    domain = load().domain
    assert domain is not None
    assert set(domain.indications) & {term for theme in scheme().values() for term in theme.terms} == set()


def test_a_plan_for_sports_is_of_the_domain() -> None:
    text = (
        "青岚市关于加快体育事业发展的意见\n\n一、扩大场地供给。新建体育公园3个、健身步道12公里，公共体育场馆全部开放。\n"
        "二、办好赛事活动。承办省级以上体育赛事5项，开展全民健身活动200场次。\n"
    )
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert all(item.themes[0].code == "sports" for item in plan.items)


@pytest.mark.parametrize(
    ("heading", "body", "expected"),
    [
        ("推进学前教育优质发展", "新建公办幼儿园5所，提高科学保教水平。", ["preschool"]),
        ("办好特殊教育", "落实随班就读和送教上门，建设资源教室12间。", ["special"]),
        ("提升学校体育工作水平", "开展阳光体育运动，办好中小学生运动会。", ["sports"]),
        ("加强学校食品和校车安全管理", "开展隐患排查，严防溺水事故。", ["safety"]),
        ("加快推进智慧校园建设", "实现教育城域网全覆盖，用好国家智慧教育平台。", ["digital"]),
        ("加强教育督导", "聘任责任督学60名，实行挂牌督导。", ["supervision"]),
        ("规范民办教育发展", "做好民办学校年检，落实分类登记。", ["private"]),
        ("落实意识形态工作责任制", "管好报告会和讲座，防范宗教渗透。", ["ideology"]),
        ("营造良好舆论氛围", "加强新闻宣传，做好舆情应对。", ["publicity"]),
        ("加大教育投入", "落实“两个只增不减”，提高生均公用经费标准。", ["finance"]),
        ("巩固提高普九成果", "做好控辍工作，消除大班额。", ["compulsory"]),
        ("实施现代远程教育工程", "为农村小学配备多媒体设备。", ["digital"]),
    ],
)
def test_the_heading_decides(heading: str, body: str, expected: list[str]) -> None:
    assert assigned(heading, body) == expected


def test_a_heading_of_several_fields_gives_several_themes() -> None:
    assert assigned("加强学校体育、美育和劳动教育", "配齐教师。") == ["sports", "arts", "labour"]


def test_an_item_that_goes_through_several_fields_gets_up_to_three() -> None:
    body = "学前教育新建公办园。义务教育消除大班额。普通高中办好特色高中。职业教育深化产教融合。特殊教育抓送教上门。"
    assert assigned("促进各类教育协调发展", body) == ["preschool", "compulsory", "senior_high"]


def test_a_theme_mentioned_once_in_passing_is_not_assigned() -> None:
    body = (
        "新聘教师300名，做好教师招聘和岗位管理。组织名师工作室活动。开展骨干教师培训。"
        "落实教师待遇，做好教师节表彰。推进县管校聘，安排交流轮岗，同时结合校园足球等活动关心青年教师。"
    )
    assert assigned("加强教师队伍建设", body) == ["teachers"]


def test_one_sentence_is_enough_for_a_theme_that_is_never_mentioned_in_passing() -> None:
    body = "更新监控设备，排查消防隐患，组织校车检查。压实安全责任，完善应急预案。为寄宿学校建设心理辅导室。"
    assert assigned("守牢校园安全底线", body) == ["safety", "mental_health"]


def test_a_specific_theme_stands_before_its_broader_neighbour() -> None:
    body = "完善师德考核，查处有偿补课和师德失范行为，签订师德承诺书。"
    assert assigned("建立师德师风长效机制", body) == ["ethics_of_teachers"]


def test_a_second_theme_with_a_share_of_its_own_is_assigned() -> None:
    body = "开展隐患排查和安全教育，严防溺水。建好心理辅导室，做好心理健康普查和心理危机干预。"
    assert assigned("维护校园安全", body) == ["safety", "mental_health"]


def test_an_indication_in_the_heading_alone_is_not_enough() -> None:
    assert "publicity" not in assigned("宣传贯彻党的二十大精神", "党组织书记讲党课，党员参加主题教育。")


def test_the_body_decides_where_the_heading_says_nothing() -> None:
    assert assigned("压实各方责任", "完善家庭经济困难学生资助，发放助学金，办理助学贷款。") == ["student_aid"]


def test_the_section_helps_out_an_item_without_terms() -> None:
    assert assigned("压实各方责任", "明确分工，抓好落实。", section="深化考试招生制度改革") == ["exams"]
    assert assigned("压实各方责任", "明确分工，抓好落实。") == []


@pytest.mark.parametrize(
    ("heading", "not_this"),
    [
        ("帮助学生健康成长", "student_aid"),
        ("提高中小学办学水平", "senior_high"),
        ("加大学前教育支持力度", "higher"),
        ("促进学生德智体美劳全面发展", "sports"),
        ("打好民族复兴的人才基础", "ethnic"),
        ("坚持确保安全第一", "preschool"),
    ],
)
def test_a_term_across_the_border_of_words_does_not_count(heading: str, not_this: str) -> None:
    assert not_this not in assigned(heading, "做好各项工作。")


def themes_of_items(title: str) -> list[tuple[str, ...]]:
    text = f"{title}\n1.加强经费保障。落实学校经费，教师待遇不低于公务员。\n2.开展联合检查。会同教育督导部门查看每一所学校。\n"
    return [tuple(theme.code for theme in item.themes) for item in extract(read_bytes(text.encode(), "plan.txt")).items]


def test_the_one_theme_that_a_title_names_is_one_of_each_item() -> None:
    plain = themes_of_items("青岚市教育局2024年工作要点")
    of_one = themes_of_items("青岚市学前教育2024年工作要点")
    assert of_one == [(*codes, "preschool") for codes in plain]
    assert all(codes for codes in plain)
    # Several themes, one that takes in everything, and the words of an office's name say nothing of each item.
    for title in (
        "青岚市学前教育和职业教育2024年工作要点",
        "青岚市义务教育2024年工作要点",
        "青岚市教育体育2024年工作要点",
    ):
        assert themes_of_items(title) == plain
    # The theme of a section, which an item without terms gets, stays what it is for the next document.
    section = "一、教师队伍\n1.抓好落实。逐项办结，按季通报。\n"
    for title, expected in (
        ("青岚市学前教育2024年工作要点", ("teachers", "preschool")),
        ("青岚市教育局2024年工作要点", ("teachers",)),
    ):
        text = f"{title}\n办好每一所学校，服务每一名学生和教师。\n{section}"
        (item,) = extract(read_bytes(text.encode(), "plan.txt")).items
        assert tuple(theme.code for theme in item.themes) == expected
    # 开学工作 has nothing of 学工.
    assert themes_of_items("在2024年开学工作会议上的讲话") == plain


def test_white_space_inside_a_term_does_not_hide_it() -> None:
    _, themes = assignments("加快教育信\n 息化建设", "推进数字 校园。")
    assert [theme.code for theme in themes] == ["digital"]
    assert [span.quote for span in themes[0].evidence] == ["教育信\n 息化建设", "数字 校园"]


def test_another_domains_plan_gets_no_themes() -> None:
    frame = "青岚市2024年渔业工作要点\n稳定水产养殖面积，提高渔民收入。\n"
    assert assigned("加强安全生产", "落实渔船安全责任，开展消防演练和隐患排查。", frame=frame) == []
    assert assigned("推进渔业信息化", "建设大数据平台，加强党建引领和财务审计。", frame=frame) == []


def test_an_education_item_of_a_general_plan_gets_its_themes() -> None:
    frame = "青岚市2024年政府工作报告\n" + "发展工业和农业，建设铁路和港口，扩大消费，稳定外贸。" * 30 + "\n"
    assert assigned("办好人民满意的教育", "新建公办幼儿园6所，扩大普惠性学前教育资源。", frame=frame) == ["preschool"]
    assert assigned("推进法治政府建设", "开展行政执法监督和普法宣传。", frame=frame) == []


def test_a_scheme_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "fishery.ttl"
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix yd: <https://w3id.org/yaodian/ns#> .\n"
        '<https://example.org/t/farming> a yd:Theme, skos:Concept ; skos:prefLabel "水产养殖"@zh ;'
        ' skos:altLabel "池塘养殖"@zh .',
        encoding="utf-8",
    )
    plan = document("1.推广池塘养殖。")
    (theme,) = assign_themes(plan, plan.span(2, 8), plan.span(0, 8), None, path)
    assert theme.code == "farming"
    assert scheme(path)["farming"].names == ("水产养殖", "池塘养殖")


@pytest.mark.parametrize("turtle", ["this is not Turtle", "", "<a> <b> <c> ."])
def test_a_broken_scheme_is_refused(tmp_path: Path, turtle: str) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(turtle, encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"broken\.ttl"):
        load(path)


def test_a_missing_scheme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"none\.ttl"):
        load(tmp_path / "none.ttl")


TERMS = sorted({term for theme in scheme().values() for term in theme.terms})
PHRASES = st.one_of(st.sampled_from(TERMS), st.text("教师学校的和做好，。；：\n 1一", max_size=8))


@given(st.lists(PHRASES, max_size=6).map("".join), st.lists(PHRASES, max_size=40).map("".join))
def test_whatever_the_item_evidence_quotes_the_text_and_themes_are_few(heading: str, body: str) -> None:
    plan, themes = assignments(heading or "工作", body)
    assert len(themes) <= 3
    assert len({theme.code for theme in themes}) == len(themes)
    assert all(theme.code in scheme() for theme in themes)
    for span in (span for theme in themes for span in theme.evidence):
        assert span.start >= len(FRAME)
        assert plan.text[span.start : span.end] == span.quote
    assert assignments(heading or "工作", body)[1] == themes


def test_accuracy_on_annotated_plans(shared_dir: Path) -> None:
    hit = wrong = missed = 0
    for file in sorted((shared_dir / "gold").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        plan = document((shared_dir / "seeds" / gold["doc"]).read_bytes().decode())
        sections = {section["label"]: section["heading"] for section in gold["sections"]}
        for item in gold["items"]:
            start = plan.text.index(item["heading"], item["start"])
            heading = plan.span(start, start + len(item["heading"]))
            section = sections.get(item["section"])
            found = {t.code for t in assign_themes(plan, heading, plan.span(item["start"], item["end"]), section)}
            hit += len(found & set(item["themes"]))
            wrong += len(found - set(item["themes"]))
            missed += len(set(item["themes"]) - found)
    assert 2 * hit / (2 * hit + wrong + missed) >= 0.88


def test_matches_go_to_concepts_of_the_unesco_thesaurus() -> None:
    graph = rdflib.Graph().parse(data=resource("themes.ttl").read_text("utf-8"), format="turtle")
    kinds = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    matches = [(theme, match) for kind in kinds for theme, match in graph.subject_objects(kind)]
    assert len(matches) == len(set(matches)) > 30
    for theme, match in matches:
        assert (theme, RDF.type, SKOS.Concept) in graph
        assert re.fullmatch(r"http://vocabularies\.unesco\.org/thesaurus/concept[1-9]\d*", str(match))


def test_levels_of_education_have_their_isced_levels() -> None:
    graph = rdflib.Graph().parse(data=resource("themes.ttl").read_text("utf-8"), format="turtle")
    found: dict[str, str] = {}
    for theme, level in sorted(graph.subject_objects(rdflib.URIRef("https://w3id.org/yaodian/ns#iscedLevel"))):
        code = str(graph.value(theme, SKOS.notation))
        found[code] = found.get(code, "") + str(level)
    assert found == {"preschool": "0", "compulsory": "12", "senior_high": "3", "vocational": "356", "higher": "5678"}


def test_a_word_that_only_begins_like_a_term_names_nothing() -> None:
    assert "senior_high" in assigned("办好县中", "提升县中办学水平。")
    assert assigned("建设学校", "实施青岚县中小学建设项目，改造青岚县中小学校舍。") == ["facilities"]
