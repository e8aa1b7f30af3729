"""Policies: titles with and without brackets, what is done with them, and which policy they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import pyoxigraph
import pytest

from yaodian.extraction import extract
from yaodian.extraction.policies import authority, find_policies
from yaodian.model import Document, Facts, Part, PolicyReference, Span
from yaodian.ontology import resource
from yaodian.reading import read_bytes

HOME = Facts(city="青岚市", province="云川省")
# 教基〔2021〕8号, 国务院令第624号: no zero before a number.
NUMBER = r"[\u4e00-\u9fff]+(?:〔(?:19|20)\d\d〕|令第)[1-9]\d*号"


def policies(text: str, part: Part = "plan", facts: Facts = HOME) -> list[PolicyReference]:
    doc = Document("plan.txt", "plan.txt", "0" * 64, "text/plain", "utf-8", text, Span(0, len(text), text))
    found = find_policies(doc, facts, lambda offset: part)
    assert all(text[r.span.start : r.span.end] == r.span.quote == r.title for r in found)
    return found


def actions(text: str, part: Part = "plan") -> list[tuple[str, str]]:
    return [(reference.title, reference.action) for reference in policies(text, part)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("出台《青岚市幼儿园管理办法》，规范办园。", [("青岚市幼儿园管理办法", "issue")]),
        ("研究制定《青岚市教研工作规划》。", [("青岚市教研工作规划", "draft")]),
        ("编制《青岚市学校布局规划（2024-2030年）》。", [("青岚市学校布局规划（2024-2030年）", "draft")]),
        ("修订《青岚市示范园评估标准》。", [("青岚市示范园评估标准", "revise")]),
        ("贯彻落实《教育督导条例》，强化问责。", [("教育督导条例", "implement")]),
        ("按照《国家学生体质健康标准》要求组织测试。", [("国家学生体质健康标准", "implement")]),
        ("推广《青岚市家庭教育工作手册》。", [("青岚市家庭教育工作手册", "implement")]),
        ("争取《青岚市学前教育条例》修订工作取得进展。", [("青岚市学前教育条例", "revise")]),
        ("推进《青岚市学前教育条例》立法工作。", [("青岚市学前教育条例", "issue")]),
        ("做好《未成年人保护法》宣传工作。", [("未成年人保护法", "implement")]),
        ("学习宣传《民办教育促进法》，规范办学。", [("民办教育促进法", "cite")]),
        ("认真宣传《家庭教育促进法》。", [("家庭教育促进法", "cite")]),
        ("学习贯彻《民办教育促进法》。", [("民办教育促进法", "implement")]),
        ("编制完成《青岚市学校布局规划》。", [("青岚市学校布局规划", "draft")]),
        ("出台青岚市中小学教师减负清单。", [("青岚市中小学教师减负清单", "issue")]),
        ("落实乡村教师支持方案，培训教师。", [("乡村教师支持方案", "implement")]),
        ("《青岚市教育发展报告》显示成效明显。", [("青岚市教育发展报告", "cite")]),
        ("已出台《青岚市课后服务办法》。", [("青岚市课后服务办法", "achieved-issue")]),
        ("今年是落实《青岚市教育发展纲要》的起步之年。", [("青岚市教育发展纲要", "implement")]),
        ("上半年要拿出《青岚市学校布局规划》。", [("青岚市学校布局规划", "issue")]),
        ("《青岚市教学改革方案》要不折不扣落实。", [("青岚市教学改革方案", "implement")]),
        ("推进《教室照明要领》等国家标准的宣贯。", [("教室照明要领", "implement")]),
        ("本计划自6月起施行，《青岚市学前教育行动计划》同时废止。", [("青岚市学前教育行动计划", "cite")]),
        ("严格执行配套幼儿园与住宅“同步规划、同步建设”。", []),
    ],
)
def test_actions_on_titles_in_brackets(text: str, expected: list[tuple[str, str]]) -> None:
    assert actions(text) == expected


def test_lists_share_the_verb_and_each_clause_has_its_own() -> None:
    text = "出台《甲地教师交流办法》《乙地教师培训意见》和《丙地名师方案》，落实《丁地减负措施》。"
    assert [action for _, action in actions(text)] == ["issue", "issue", "issue", "implement"]


def test_a_summary_reports_what_was_issued() -> None:
    text = "制定《青岚市劳动教育方案》，落实《教育督导条例》。"
    assert [action for _, action in actions(text, "summary")] == ["achieved-issue", "implement"]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("启动制定《青岚市校车管理办法》。", "draft"),
        ("正在起草《青岚市校车管理办法》。", "draft"),
        ("拟出台《青岚市校车管理办法》。", "draft"),
        ("研究制定《青岚市校车管理办法》。", "achieved-issue"),
    ],
)
def test_a_summary_reports_also_what_was_only_begun(text: str, action: str) -> None:
    assert actions(text, "summary") == [("青岚市校车管理办法", action)]
    summary = f"青岚市教育局2023年工作总结\n一、安全\n1.校车。{text}\n"
    [deliverable] = extract(read_bytes(summary.encode(), "summary.txt")).deliverables
    assert deliverable.status == ("achieved" if action == "achieved-issue" else "planned")


def test_a_plan_says_what_is_issued_already() -> None:
    assert actions("青岚市学校布局专项规划编制已完成。") == [("青岚市学校布局专项规划", "achieved-issue")]
    assert actions("完成青岚市学校布局专项规划编制。") == [("青岚市学校布局专项规划", "draft")]
    assert actions("贯彻执行教育部制定的《学生艺术素质测评办法》。") == [("学生艺术素质测评办法", "implement")]
    assert actions("6月底前完成学校布局优化调整方案编制。") == [("学校布局优化调整方案", "draft")]


def test_what_its_own_headings_call_a_plan_is_no_policy() -> None:
    text = (
        "青岚市教育局2024年工作要点\n一、实施教育质量提升行动计划\n1.提升质量。{}办好学校。\n2.建强队伍。配齐教师。\n"
    )
    plans = [extract(read_bytes(text.format(words).encode(), "plan.txt")) for words in ("", "落实县中振兴行动计划，")]
    assert [[policy.title for policy in plan.policies] for plan in plans] == [[], ["县中振兴行动计划"]]


@pytest.mark.parametrize(
    "text",
    [
        "组织阅读《红楼梦》。",
        "通过《告家长书》提醒家长。",
        "现提出如下实施意见。",
        "编印《青岚市德育读本》。",
        "在《云川日报》刊发。",
        "（以下简称《规划》）",
    ],
)
def test_books_newspapers_and_definitions_are_no_policies(text: str) -> None:
    assert policies(text) == []


@pytest.mark.parametrize(("opening", "closing"), [("〈", "〉"), ("<", ">"), ("＜", "＞")])
def test_nested_titles_are_entries_of_their_own(opening: str, closing: str) -> None:
    text = f"制定《青岚市贯彻落实{opening}学校党建工作任务{closing}实施细则》。"
    outer, inner = policies(text)
    assert (outer.action, outer.nested) == ("issue", False)
    assert (inner.title, inner.action, inner.nested) == ("学校党建工作任务", "implement", True)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("出台《青岚市校车管理办法，规范运行。", "青岚市校车管理办法"),
        ("出台青岚市校车管理办法》，规范运行。", "青岚市校车管理办法"),
        ("《青岚市校车管理办法，规范运行。落实《青岚市校园安全条例》。", "青岚市校车管理办法"),
    ],
)
def test_a_missing_bracket_does_not_lose_the_title(text: str, title: str) -> None:
    assert policies(text)[0].title == title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("制定特殊教育发展提升行动计划，推进融合。", [("特殊教育发展提升行动计划", "issue")]),
        ("出台新的班主任考核奖励办法，激发活力。", [("班主任考核奖励办法", "issue")]),
        ("出台对学校美育工作的评价办法。", [("学校美育工作的评价办法", "issue")]),
        ("加快新一轮学校布局专项规划编制。", [("学校布局专项规划", "draft")]),
        ("制定我市第三期学前教育行动计划。", [("第三期学前教育行动计划", "issue")]),
        ("优化校长任期目标考核办法。", [("校长任期目标考核办法", "revise")]),
        ("落实好乡村教师支持计划。", [("乡村教师支持计划", "implement")]),
        ("切实贯彻中央八项规定精神。", [("中央八项规定", "implement")]),
        (
            "出台甲县教师交流实施办法、乙县校长选拔办法。",
            [("甲县教师交流实施办法", "issue"), ("乙县校长选拔办法", "issue")],
        ),
        ("落实市政府关于加强学校安全工作的意见，压实责任。", [("关于加强学校安全工作的意见", "implement")]),
        ("今年是实施“十四五”规划的关键一年。", [("“十四五”规划", "cite")]),
        ("全面贯彻党的教育方针，深入实施“十四五”规划，办好人民满意的教育。", []),
        ("XX市学校布点规划通过专家评审。", [("XX市学校布点规划", "issue")]),
        ("编制青岚市产教联合体建设方案。", [("青岚市产教联合体建设方案", "draft")]),
    ],
)
def test_titles_without_brackets(text: str, expected: list[tuple[str, str]]) -> None:
    assert actions(text) == expected
    assert not any(reference.marked for reference in policies(text))


@pytest.mark.parametrize(
    "text",
    [
        "坚决执行招生计划，严控优录加分。",
        "各县要结合实际，制定实施办法。",
        "指导学校制定学校章程和发展规划。",
        "制定重点家庭“一家一策”共育方案。",
        "按照统一标准配备设施，统筹规划校园。",
        "将学校建设计划纳入投资计划。",
        "广泛征求意见，探索有效办法。",
        "落实“双减”政策和各项资助政策。",
    ],
)
def test_common_nouns_are_no_policies(text: str) -> None:
    assert policies(text) == []


@pytest.mark.parametrize(
    ("name", "actions"), [("校园足球发展的若干意见", ["issue"]), ("2024年教育工作要点", ["issue"])]
)
def test_a_note_issues_the_document_below_it(name: str, actions: list[str]) -> None:
    text = (
        f"各镇人民政府：\n《青岚市{name}》已经市政府研究同意，现印发给你们，请遵照执行。\n青岚市人民政府办公室\n"
        f"青岚市{name}\n一、扩大场地。新建足球场12片，年底前全部开放。\n二、培养教练。培训教练员80人次。\n"
    )
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert plan.facts.title == f"青岚市{name}"
    assert [policy.action for policy in plan.policies if policy.title == f"青岚市{name}"] == actions


def test_document_numbers_behind_titles() -> None:
    text = "落实《关于强化学校体育促进学生身心健康全面发展的意见》（国办发〔2016〕27号）。"
    assert policies(text)[0].doc_number == "国办发〔2016〕27号"
    assert policies("落实《教育督导条例》，2024年完成。")[0].doc_number is None


@pytest.mark.parametrize(
    ("title", "policy"),
    [
        ("关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见", "double-reduction-2021"),
        ("教育部等8部门关于加快和扩大新时代教育对外开放的意见", "opening-up-2020"),
        ("国务院办公厅关于印发乡村教师支持计划(2015-2020年)的通知", "rural-teachers-2015"),
        ("中华人民共和国教师法", "teachers-law"),
        ("义务教育法", "compulsory-education-law"),
        ("3~6岁儿童学习与发展指南", "children-3-6-2012"),
        ("３－６岁儿童学习与发展指南", "children-3-6-2012"),
        ("全面深化新时代教师队伍建设改革的意见", "teachers-reform-2018"),
        ("党中央、国务院关于全面深化新时代教师队伍建设改革的意见", "teachers-reform-2018"),
        (
            "中共中央办公厅 国务院办公厅印发〈关于深化新时代学校思想政治理论课改革创新的若干意见〉",
            "ideological-course-2019",
        ),
        ("中办、国办关于全面加强和改进新时代学校体育工作的意见", "school-sports-2020"),
        ("教育部等部门关于加强新时代乡村教师队伍建设的意见", "rural-teachers-2020"),
        ("教育部、司法部、全国普法办关于印发〈青少年法治教育大纲〉的通知", "youth-law-2016"),
        ("教育部关于印发〈中小学德育工作指南〉的通知", "moral-education-guide-2017"),
        ("国务院教育督导委员会关于印发〈教育督导问责办法〉的通知", "supervision-accountability-2021"),
        ("国务院办公厅转发教育部等部门“十四五”特殊教育发展提升行动计划的通知", "special-education-14-5"),
        ("十四五学前教育发展提升行动计划", "preschool-14-5"),
        ("普通高中课程方案(2017年版2020年修订)", "senior-high-curriculum-2020"),
        ("普通高中课程方案[实验]", "senior-high-curriculum-2003"),
        ("教师教育振兴行动计划（2018－2022）", "teacher-education-2018"),
        ("教师教育振兴行动计划", "teacher-education-2018"),
        ("中小学教育惩戒规则（试行）", "educational-discipline-2020"),
        ("新时代爱国主义教育实施纲要", "patriotic-outline-2019"),
        ("新时代教师职业行为十项准则", "teacher-conduct-2018"),
        ("职教20条", "vocational-reform-2019"),
        ("中小学生减负措施", "burden-2018"),
    ],
)
def test_national_policies_are_known_by_title(title: str, policy: str) -> None:
    reference = policies(f"落实《{title}》。")[0]
    entry = authority.entry(reference.policy)
    assert reference.policy == policy
    assert entry is not None and reference.canonical == entry.title


def canonical(texts: Sequence[str]) -> set[tuple[str, str]]:
    return {(r.policy, r.canonical) for text in texts for r in policies(text)}


def test_one_policy_has_one_identity() -> None:
    texts = (
        "落实《青岚市“十四五”学前教育规划（2021-2025年）》。",
        "落实《青岚市十四五学前教育规划(2021—2025)》。",
        "落实《关于印发青岚市“十四五”学前教育规划（2021～2025年）的通知》。",
    )
    assert len(canonical(texts)) == 1
    assert len(canonical(("出台《关于加强校园安全的意见（试行）》。", "出台《加强校园安全的意见》。"))) == 1


def test_a_city_own_policy_is_not_taken_for_a_national_one() -> None:
    own = policies("出台《关于全面加强和改进新时代学校体育工作的意见》。")[0]
    assert own.canonical == "青岚市全面加强和改进新时代学校体育工作的意见"
    assert own.policy.startswith("t-")
    elsewhere = policies("出台《教师交流办法》。", facts=Facts(city="柳湾市", province="云川省"))[0]
    assert elsewhere.policy != policies("出台《教师交流办法》。")[0].policy


def test_short_forms_stand_for_the_title_before_them() -> None:
    first, second = policies("印发《青岚市安全工作方案》。落实《方案》要求。")
    assert second.policy == first.policy


def test_foreign_text_stays_in_the_title_and_out_of_the_canonical_one() -> None:
    text = "制定《澳门某某网上娱乐|某某娱乐首页|师德考核实施办法（试行）》。"
    assert policies(text)[0].canonical == "青岚市师德考核实施办法"


@pytest.mark.parametrize(
    "title",
    [
        "特殊教育提升计划",  # Two in turn.
        "中国儿童发展纲要",
        "特殊教育发展提升行动计划",  # Of whichever city.
        "第二期学前教育三年行动计划",
        "关于学前教育深化改革规范发展的实施意见",  # A province's answer to the national one.
        "云川省“十四五”学前教育发展提升行动计划",
        "青岚市关于加快和扩大新时代教育对外开放的意见",
        "云川省贯彻落实〈教育督导问责办法〉实施细则",
    ],
)
def test_what_may_be_another_document_is_not_taken_for_a_national_one(title: str) -> None:
    assert authority.by_title(title) is None


def test_a_name_that_may_be_common_words_counts_in_brackets_only() -> None:
    assert policies("严格落实中小学生减负措施，规范办学行为。") == []
    assert policies("落实《中小学生减负措施》。")[0].policy == "burden-2018"


def test_authority_entries_are_well_formed() -> None:
    entries = authority.entries()
    assert len(entries) >= 200
    for name, entry in entries.items():
        assert entry.id == name and entry.title and entry.issuer and all(entry.issuer)
        assert entry.issued and re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", entry.issued)
        assert entry.doc_number is None or re.fullmatch(NUMBER, entry.doc_number)
        assert entry.valid_until is None or entry.issued[:4] <= entry.valid_until
        assert entry.replaced_by is None or entries[entry.replaced_by].issued >= entry.issued
    assert "双减" in entries["double-reduction-2021"].aliases
    assert authority.entry("no-such-policy") is None


def test_a_number_is_of_the_year_of_issue() -> None:
    years = {e.id: (re.findall(r"〔(\d{4})〕", e.doc_number or ""), e.issued) for e in authority.entries().values()}
    late = {name for name, (year, issued) in years.items() if year and issued and year[0] != issued[:4]}
    # Numbered at the end of 2022, made public in January.
    assert late == {"family-school-2023"}


def test_names_tell_the_entries_of_the_authority_file_apart() -> None:
    owners = defaultdict(set)
    for entry in authority.entries().values():
        for name in (entry.title, *entry.aliases, *entry.in_brackets):
            owners[authority.normalised(name)].add(entry.id)
            assert authority.by_title(name) == entry
    assert [name for name, of in owners.items() if len(of) > 1] == []


def test_what_replaced_a_policy_is_reached_in_turn() -> None:
    entries = authority.entries()
    assert entries["special-education-2014"].replaced_by == "special-education-2017"
    assert entries["special-education-2017"].replaced_by == "special-education-14-5"
    for entry in entries.values():
        seen = [entry.id]
        while (latest := entries[seen[-1]].replaced_by) is not None:
            assert latest not in seen
            seen.append(latest)


def test_entries_say_what_bears_them_out() -> None:
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    source = resource("policies.ttl").read_bytes()
    for quad in pyoxigraph.parse(source, format=pyoxigraph.RdfFormat.TURTLE):
        said[quad.subject.value.rpartition("/")[2]][quad.predicate.value.rpartition("/")[2]].append(quad.object.value)
    for name, entry in authority.entries().items():
        assert len(set(said[name]["source"])) == len(said[name]["source"]) >= 1
        (checked,) = said[name]["core#editorialNote"]
        exact = {4: "year", 7: "month", 10: "day"}[len(entry.issued or "")]
        number = ", number" if entry.doc_number else ""
        assert re.fullmatch(rf"Checked: title{number}, {exact}(, issuer)?\.", checked)


def test_a_long_text_is_read_whole() -> None:
    text = "出台《青岚市幼儿园管理办法》，落实好乡村教师支持计划，制定特殊教育发展提升行动计划，" * 400 + "《" * 50
    assert len(policies(text)) == 1200


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("落实《教育督导条例》。", "title in brackets", "落实"),
        ("推进《青岚市学前教育条例》立法工作。", "title in brackets", "立法"),
        ("制定《青岚市教师十不准》。", "title in brackets right behind its verb", "制定"),
        ("落实《关于印发〈青岚市劳动教育方案〉的通知》。", "title within a title", "落实"),
        ("出台《青岚市课后服务管理办法，加强监管。", "title without its closing bracket", "出台"),
        ("出台青岚市课后服务管理办法》，加强监管。", "title without its opening bracket", "出台"),
        ("制定青岚市课后服务管理办法。", "title behind its verb", "制定"),
        ("落实青岚市“十四五”教育发展规划。", "five-year plan without brackets", "落实"),
    ],
)
def test_the_rule_and_the_words_that_decided(text: str, rule: str, words: str) -> None:
    found = policies(text)[-1]
    assert found.rule == rule
    assert [span.quote for span in found.evidence] == [words]
    assert all(text[span.start : span.end] == span.quote for span in found.evidence)


def test_a_title_that_is_merely_named_has_no_deciding_words() -> None:
    [found] = policies("《青岚市教育发展报告》显示成效明显。")
    assert (found.action, found.evidence) == ("cite", ())


def test_the_title_of_the_plan_itself_is_no_policy() -> None:
    text = (
        "青岚市教育局2024年工作要点\n\n各学校:\n《青岚市教育局2024年工作要点》是全年工作的依据,请认真学习。\n\n"
        "一、重点工作\n1.规范办学。出台《青岚市民办学校管理办法》。\n2.其他工作。做好统筹协调工作。\n"
    )
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert [policy.title for policy in plan.policies] == ["青岚市民办学校管理办法"]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_what_a_notice_issues_is_a_policy(gap: str) -> None:
    text = (
        f"青岚市人民政府办公室关于印发{gap}《青岚市学前教育提升方案》的通知\n\n各县区人民政府：\n"
        "为发展学前教育，制定本方案。\n一、重点工作\n1.规范办园。新建公办园3所并投入使用。\n2.做好保障。做好统筹协调工作。\n"
    )
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert plan.facts.title == "青岚市人民政府办公室关于印发《青岚市学前教育提升方案》的通知"
    assert plan.facts.issuers == ("青岚市人民政府办公室",)
    assert [(policy.title, policy.action) for policy in plan.policies] == [("青岚市学前教育提升方案", "issue")]


def test_years_in_brackets_belong_to_a_title_without_brackets() -> None:
    text = "落实青岚市中小学布局专项规划（2024—2035年），推动学校建设。"
    assert actions(text) == [("青岚市中小学布局专项规划（2024—2035年）", "implement")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "出台《青岚市幼儿园管理办法》和青岚市支教教师管理办法。",
            [("青岚市幼儿园管理办法", "issue"), ("青岚市支教教师管理办法", "issue")],
        ),
        ("推动青岚市思政课一体化建设实施方案落地，遴选金课。", [("青岚市思政课一体化建设实施方案", "implement")]),
        ("印发《青岚市学校布局规划》和工作方案。", [("青岚市学校布局规划", "issue")]),
    ],
)
def test_a_title_without_brackets_beside_one_with_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert actions(text) == expected


def test_what_was_newly_revised_is_carried_out_not_revised() -> None:
    assert actions("贯彻落实新修订的《青岚市民办学校管理条例》。") == [("青岚市民办学校管理条例", "implement")]
    assert actions("修订《青岚市民办学校管理条例》。") == [("青岚市民办学校管理条例", "revise")]


def test_what_a_notice_hands_out_is_issued_by_it() -> None:
    def named(title: str) -> list[tuple[str, str]]:
        text = f"云岭市教育局关于印发《{title}》的通知\n现将《{title}》印发给你们，请执行。\n一、扩大资源\n1.增加学位。新建学校3所。\n"
        return [(p.title, p.action) for p in extract(read_bytes(text.encode(), "plan.txt")).policies]

    for title in ("云岭市教育局2024年工作要点", "云岭市幼儿园管理办法"):
        assert set(named(title)) == {(title, "issue")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落实云川省乡村教师支持计划实施办法，发放补助。", [("云川省乡村教师支持计划实施办法", "implement")]),
        ("以《关于构建服务体系的意见》为指引，扩大供给。", [("关于构建服务体系的意见", "implement")]),
        ("出台青岚市支教教师管理办法（暂行），选派教师。", [("青岚市支教教师管理办法", "issue")]),
        ("各地制定本地本校的具体落实方案。", []),
    ],
)
def test_where_titles_without_brackets_end(text: str, expected: list[tuple[str, str]]) -> None:
    assert actions(text) == expected


def test_a_document_whose_first_version_is_named_is_drafted() -> None:
    assert actions("6月底前把《青岚市学校布局规划》初稿拿出来。") == [("青岚市学校布局规划", "draft")]
    assert actions("形成《青岚市学校布局规划》草案。") == [("青岚市学校布局规划", "draft")]


def test_a_title_that_lost_its_bracket_keeps_its_state() -> None:
    assert actions("落实《青岚市党支部工作条例（试行），推动党建。") == [("青岚市党支部工作条例（试行）", "implement")]
