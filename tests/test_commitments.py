"""What is promised with a number: by when, how firmly, for each of what, from which baseline."""

from __future__ import annotations

import pytest

from yaodian.extraction import extract
from yaodian.model import Plan, Target
from yaodian.reading import read_bytes

TEMPLATE = "青岚市教育局2024年工作要点\n\n2024年,全市教育工作以高质量发展为主线,重点抓好以下工作,办好人民满意的教育。\n\n一、资源供给\n1.推进学校建设。{}\n2.其他工作。做好统筹协调工作。\n"


def plan_of(sentence: str) -> Plan:
    return extract(read_bytes(TEMPLATE.format(sentence).encode(), "plan.txt"))


def targets_of(sentence: str) -> list[Target]:
    return list(plan_of(sentence).targets)


@pytest.mark.parametrize(
    ("sentence", "deadline", "said"),
    [
        ("新建学校6所。", "2024", None),
        ("年底前新建学校6所。", "2024-12-31", "年底前"),
        ("年内新建学校6所。", "2024-12-31", "年内"),
        ("9月底前新建学校6所。", "2024-09-30", "9月底前"),
        ("到2026年,新建学校6所。", "2026", "到2026年"),
        ("2025年6月15日前新建学校6所。", "2025-06-15", "2025年6月15日前"),
        ("3年内新建学校6所。", "2024", None),
        ("落实《青岚市学前教育三年行动计划(2021—2023年)》,新建幼儿园6所。", "2024", None),
    ],
)
def test_deadlines(sentence: str, deadline: str, said: str | None) -> None:
    [target] = targets_of(sentence)
    assert (target.deadline, target.deadline_span and target.deadline_span.quote) == (deadline, said)


@pytest.mark.parametrize(
    ("sentence", "bindingness"),
    [
        ("确保新建学校6所。", "binding"),
        ("力争新建学校6所。", "expected"),
        ("鼓励社会力量新建学校6所。", "exploratory"),
        ("鼓励学校开放场馆，参与率达到90%。", "stated"),
        ("支持高校改善条件，引进教师15名。", "exploratory"),
        ("今年计划新建学校6所。", "expected"),
        ("实施名师培养计划，培训教师30名。", "stated"),
        ("落实三年计划，培训教师30名。", "stated"),
        ("在试点园开展教研活动20场。", "stated"),
        ("争取上级资金支持，新建学校6所。", "stated"),
        ("争取新建学校6所。", "expected"),
        ("新建学校6所。", "stated"),
    ],
)
def test_bindingness(sentence: str, bindingness: str) -> None:
    [target] = targets_of(sentence)
    assert target.bindingness == bindingness


@pytest.mark.parametrize(
    ("sentence", "measurement"),
    [
        ("普惠率达到90%。", "level"),
        ("优良率提高2个百分点。", "change"),
        ("教育经费增长8%。", "change"),
        ("残疾儿童入学比例达到97%。", "level"),
        ("公办园在园幼儿占比55%。", "level"),
        ("普惠率提高到90%。", "level"),
    ],
)
def test_a_change_is_told_from_a_level(sentence: str, measurement: str) -> None:
    [target] = targets_of(sentence)
    assert target.measurement == measurement


def test_the_value_it_starts_from() -> None:
    before, after = targets_of("普惠率从85%提高到90%。")
    assert after.baseline == before.id
    assert before.baseline is None


@pytest.mark.parametrize(
    ("sentence", "per"),
    [
        ("每个县(市、区)至少建设3个示范点。", "每个县(市、区)"),
        ("每校至少配备1名心理教师。", "每校"),
        ("生均经费达到800元。", "生均"),
        ("建设3个示范点。", None),
    ],
)
def test_what_a_number_holds_for_each_of(sentence: str, per: str | None) -> None:
    [target] = targets_of(sentence)
    assert target.per == per


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "comparator"),
    [
        ("三分之一的学校完成改造。", "33.33", "%", "eq"),
        ("集中采购覆盖面达到九成以上。", "90", "%", "ge"),
        ("课程资源总量翻一番。", "2", "倍", "eq"),
        ("高中阶段师生比达到1:12.5。", "0.08", "比", "eq"),
        ("整改率达到百分之百。", "100", "%", "eq"),
        ("新增数字课程3千节以上。", "3000", "节", "ge"),
        ("小学、初中班额分别不超过45人。", "45", "人", "le"),
    ],
)
def test_shares_and_other_ways_of_saying_a_number(sentence: str, value: str, unit: str, comparator: str) -> None:
    [target] = targets_of(sentence)
    assert (str(target.value), target.unit, target.comparator) == (value, unit, comparator)


def test_one_bound_for_a_list() -> None:
    assert [t.comparator for t in targets_of("小学、初中班额分别不超过45人、50人。")] == ["le", "le"]


@pytest.mark.parametrize("phrase", ["新增学位", "增加学位", "年内新增学位", "新增学位数"])
def test_ways_of_saying_an_indicator_meet(phrase: str) -> None:
    [one], [other] = targets_of(f"{phrase}800个。"), targets_of("新增学位300个。")
    assert one.concept == other.concept


@pytest.mark.parametrize(
    ("sentence", "action", "thing"),
    [
        ("建成全市智慧教育平台。", "建成", "全市智慧教育平台"),
        ("组建“名师领航”成长营。", "组建", "“名师领航”成长营"),
        ("启动县中振兴工程。", "启动", "县中振兴工程"),
        ("举办第三届青岚读书节。", "举办", "第三届青岚读书节"),
        ("举办校长高级研修班。", "举办", "校长高级研修班"),
        ("设立博士后科研工作站。", "设立", "博士后科研工作站"),
    ],
)
def test_deliverables(sentence: str, action: str, thing: str) -> None:
    [deliverable] = plan_of(sentence).items[0].deliverables
    assert (deliverable.action, deliverable.object, deliverable.status) == (action, thing, "planned")


def test_a_policy_to_be_issued_is_a_deliverable() -> None:
    [deliverable] = plan_of("出台《青岚市中小学作业管理办法》。").deliverables
    assert (deliverable.action, deliverable.object) == ("issue", "青岚市中小学作业管理办法")


@pytest.mark.parametrize(
    "sentence", ["加强教师队伍建设。", "建成智慧教室60间。", "落实《中小学作业管理办法》。", "完善工作机制。"]
)
def test_what_is_no_deliverable(sentence: str) -> None:
    assert plan_of(sentence).deliverables == ()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("诸暨市新建学校3所，新增学位2000个；嵊州市新建学校2所。", [["诸暨市"], ["诸暨市"], ["嵊州市"]]),
        ("新建幼儿园4所，其中诸暨市3所、嵊州市1所。", [[], ["诸暨市"], ["嵊州市"]]),
        ("诸暨市、嵊州市分别新增学位5400个和3200个。", [["诸暨市"], ["嵊州市"]]),
        ("在诸暨、嵊州等地设置警示牌1500块。", [["诸暨", "嵊州"]]),
        ("推动诸暨市试点，全市新建学校6所。", [[]]),
        ("选派45名教师赴诸暨市支教。", [[]]),
        ("从诸暨市引进教师20名。", [[]]),
        ("对口支援甘孜州，派出教师15名。", [[]]),
        ("实施诸暨光伏、嵊州风电等改造项目5个。", [[]]),
        ("全年新建学校6所。", [[]]),
    ],
)
def test_where_a_number_holds(sentence: str, expected: list[list[str]]) -> None:
    text = TEMPLATE.replace("青岚市", "绍兴市").format(sentence)
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    places = {mention.id: mention.span.quote for mention in plan.places}
    assert [[places[place] for place in target.places] for target in plan.targets] == expected


def test_where_a_number_holds_is_in_the_graph() -> None:
    text = TEMPLATE.replace("青岚市", "绍兴市").format("诸暨市新建学校3所。全市培训教师500名。")
    graph = extract(read_bytes(text.encode(), "plan.txt")).to_rdflib()
    asked = """PREFIX yd: <https://w3id.org/yaodian/ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?words ?place WHERE { ?target a yd:Target ; yd:indicatorText ?words ; dcterms:spatial ?place }"""
    assert [(str(w), str(p).rpartition("/")[2]) for w, p in graph.query(asked)] == [("诸暨市新建学校", "330681")]  # type: ignore[misc]
