"""What a document says of itself."""

from __future__ import annotations

import pytest

from yaodian.extraction import extract
from yaodian.model import Facts
from yaodian.reading import read_bytes

INTRO = "全市教育工作以高质量发展为主线,以立德树人为根本任务,重点抓好以下工作,努力办好人民满意的教育。"
ITEMS = "一、资源供给\n1.推进学校建设。新建学校六所并投入使用。\n2.优化学校布局。编制专项规划并组织实施。"


def facts_of(head: str, foot: str = "", items: str = ITEMS) -> Facts:
    return extract(read_bytes(f"{head}\n\n{INTRO}\n\n{items}{foot}".encode(), "plan.txt")).facts


def test_a_real_city_gets_its_codes() -> None:
    facts = facts_of("宜昌市教育局2024年工作要点")
    assert (facts.city, facts.city_code, facts.province, facts.province_code) == (
        "宜昌市",
        "420500",
        "湖北省",
        "420000",
    )
    assert (facts.issuers, facts.plan_year, facts.summary_year, facts.kind) == (("宜昌市教育局",), 2024, None, "plan")


def test_a_city_outside_the_standard_is_named_without_a_code() -> None:
    facts = facts_of("青岚市教育局2024年工作要点")
    assert (facts.city, facts.city_code) == ("青岚市", None)


def test_the_issuer_of_a_page_is_completed_by_its_city() -> None:
    facts = facts_of("发布机构:市教育局 生成日期:2024-03-29\n2024年宜昌教育工作要点")
    assert (facts.issuers, facts.published, facts.status) == (("宜昌市教育局",), "2024-03-29", "final")


def test_a_newspaper_is_no_issuer() -> None:
    assert facts_of("来源:宜昌日报\n2024年宜昌教育工作要点").issuers == ()


@pytest.mark.parametrize(
    ("title", "issuers"),
    [
        ("2024年宜昌市教育局工作要点", ("宜昌市教育局",)),
        ("2024年度宜昌市教育局、宜昌市财政局重点工作安排", ("宜昌市教育局", "宜昌市财政局")),
        ("2024年宜昌市政府工作报告", ("宜昌市政府",)),
        ("2024 年 宜昌市教育局 工作要点", ("宜昌市教育局",)),
        ("2023—2024学年第二学期宜昌市教育局工作计划", ("宜昌市教育局",)),
        ("2024年度宜昌市教育局重点工作", ("宜昌市教育局",)),
        ("2024年宜昌教育工作要点", ()),
        ("2024年学校安全工作要点", ()),
    ],
)
def test_issuers_behind_the_year(title: str, issuers: tuple[str, ...]) -> None:
    assert facts_of(title).issuers == issuers


@pytest.mark.parametrize("mark", ["(征求意见稿)", "（讨论稿）", "（草案）"])
def test_drafts_say_so(mark: str) -> None:
    assert facts_of(f"宜昌市教育局2024年工作要点\n{mark}").status == "draft"


def test_a_copy_without_any_trace_of_publication_stays_unknown() -> None:
    assert facts_of("宜昌市教育局2024年工作要点").status == "unknown"


def test_number_and_date_under_the_title() -> None:
    facts = facts_of("宜昌市教育局2024年工作要点\n宜教发〔2024〕12号\n（2024年3月1日）")
    assert (facts.doc_number, facts.published) == ("宜教发〔2024〕12号", "2024-03-01")


@pytest.mark.parametrize(
    "head",
    [
        "各区县教育局：\n现将《2024年教育工作要点》印发给你们，请遵照执行。\n宜昌市教育局\n2024年3月1日\n\n2024年教育工作要点",
        "关于印发《2024年教育工作要点》的通知\n各区县教育局：\n现将要点印发给你们，请遵照执行。\n宜昌市教育局\n"
        "2024年3月1日\n\n2024年教育工作要点",
    ],
)
def test_signature_and_date_of_the_notice_that_forwards_a_plan(head: str) -> None:
    facts = facts_of(head, foot="\n3.建设教师队伍。按计划招聘教师，开展全员培训，选派骨干教师到农村学校支教。" * 8)
    assert (facts.issuers, facts.published) == (("宜昌市教育局",), "2024-03-01")


def test_a_date_may_stand_on_the_line_of_its_signature() -> None:
    assert facts_of("2024年工作要点", "\n\n宜昌市教育局办公室  2024年3月1日").published == "2024-03-01"
    assert facts_of("2024年工作要点", "\n3.改善办学条件。食堂改造于2024年3月1日").published is None


def test_a_date_before_the_title_that_nobody_signs_is_no_date() -> None:
    assert facts_of("今天是2024年3月1日\n2024年宜昌教育工作要点").published is None


def test_signature_and_date_at_the_end() -> None:
    facts = facts_of("2024年工作要点", "\n\n宜昌市教育局\n2024年3月1日")
    assert (facts.issuers, facts.published, facts.city) == (("宜昌市教育局",), "2024-03-01", "宜昌市")


@pytest.mark.parametrize(
    ("line", "issuers"),
    [
        ("中共宜昌市委教育工作委员会  宜昌市教育局", ("中共宜昌市委教育工作委员会", "宜昌市教育局")),
        ("宜 昌 市 教 育 局", ("宜昌市教育局",)),
    ],
)
def test_bodies_that_sign_side_by_side(line: str, issuers: tuple[str, ...]) -> None:
    assert facts_of("2024年工作要点", f"\n\n{line}\n2024年3月1日").issuers == issuers


def test_both_years_of_a_summary_and_plan() -> None:
    facts = facts_of(
        "宜昌市教育局2023年工作总结和2024年工作思路",
        items=f"一、2023年工作总结\n{ITEMS[6:]}\n二、2024年工作思路\n{ITEMS[6:]}",
    )
    assert (facts.summary_year, facts.plan_year, facts.kind) == (2023, 2024, "summary+plan")


@pytest.mark.parametrize(
    ("old", "new"), [("２０２３", "２０２４"), ("二〇二三", "二〇二四"), ("二○二三", "二○二四"), ("2023", "2024")]
)
def test_years_in_any_digits(old: str, new: str) -> None:
    title = f"宜昌市教育局{old}年工作总结暨{new}年工作谋划"
    facts = facts_of(
        title, items=f"一、{old}年工作总结\n{ITEMS[6:]}\n二、{new}年工作谋划\n{ITEMS[6:].replace('1.', '1．')}"
    )
    assert (facts.title, facts.issuers) == (title, ("宜昌市教育局",))
    assert (facts.summary_year, facts.plan_year, facts.kind) == (2023, 2024, "summary+plan")


def test_blanks_between_the_clauses_of_a_title_stay_as_printed() -> None:
    facts = facts_of("对标一流  实干争先  办好宜昌教育\n——在2024年全市教育工作会议上的讲话")
    assert facts.title == "对标一流  实干争先  办好宜昌教育"


def test_a_line_of_responsible_units_is_no_signature() -> None:
    items = "一、学位\n（一）扩大普惠。新建幼儿园十所。\n牵头单位：市教育局\n完成时限：2024年6月\n（二）提升质量。培育案例五十个。\n牵头单位：市教科院\n完成时限：2024年9月\n"
    facts = facts_of("宜昌市学前教育提升行动计划", "\n宜昌市教育局\n2024年2月26日\n", items)
    assert facts.issuers == ("宜昌市教育局",)


def test_a_date_beside_the_source_is_that_of_publication() -> None:
    facts = facts_of("宜昌市教育局2024年工作要点\n信息来源：宜昌市教育局 | 2024年04月08日 | 阅读：1,206次")
    assert facts.published == "2024-04-08"


def test_a_section_of_a_bureau_may_issue_its_plan() -> None:
    assert facts_of("宜昌市教育局基础教育科2024年工作计划").issuers == ("宜昌市教育局基础教育科",)


def test_a_title_in_title_marks() -> None:
    facts = facts_of("《宜昌市教育发展“十五五”规划》\n（征求意见稿）")
    assert (facts.title, facts.status) == ("宜昌市教育发展“十五五”规划", "draft")
    assert facts.title_span is not None
    assert facts.title_span.quote == facts.title


def test_a_report_of_the_government_tells_its_parts_by_headings() -> None:
    facts = facts_of(
        "2025年宜昌市政府工作报告",
        items="一、2024年工作回顾\n（一）经济稳中有进。生产总值增长6%。\n（二）民生持续改善。新增就业3万人。\n"
        "二、2025年工作安排\n（一）扩大有效需求。投资增长8%左右。\n（二）办好民生实事。新增学位0.5万个。",
    )
    assert (facts.summary_year, facts.plan_year, facts.kind) == (2024, 2025, "summary+plan")


def test_injected_names_are_kept_out_of_the_title() -> None:
    facts = facts_of("金沙国际娱乐|金沙娱乐首页|2024年工作要点")
    assert facts.title == "2024年工作要点"
    assert facts.issuers == ()


def test_titles_over_two_lines_are_joined() -> None:
    assert (
        facts_of("宜昌市教育局关于印发《2024年宜昌市\n教育工作要点》的通知").title
        == "宜昌市教育局关于印发《2024年宜昌市教育工作要点》的通知"
    )


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("岚江市教育局2023年工作总结和2024年工作计划", "2023年工作总结"),
        ("2023年岚江市教育局工作总结及2024年工作要点", "2023年教育工作回顾"),
        ("岚江市教育局2024年工作要点", "2023年工作总结"),
    ],
)
def test_a_part_that_opens_a_document_does_not_entitle_it(title: str, part: str) -> None:
    text = f"{title}\n\n{part}\n一、抓党建\n全年召开党委会24次。\n2024年工作计划\n一、建学校\n新建学校3所。\n"
    found = extract(read_bytes(text.encode(), "plan.txt")).facts
    assert (found.title, found.issuers, found.plan_year) == (title, ("岚江市教育局",), 2024)
    assert found.kind == "summary+plan"


def test_what_a_notice_forwards_has_its_own_title() -> None:
    notice = "岚江市教育局关于印发2024年工作要点的通知"
    text = f"{notice}\n\n2024年工作要点\n一、建学校\n新建学校3所。\n"
    assert extract(read_bytes(text.encode(), "plan.txt")).facts.title == "2024年工作要点"


def test_the_office_of_a_bureau_speaks_for_the_bureau() -> None:
    facts = facts_of("宜昌市2024年教育工作要点\n发布日期：2024-03-01　来源：市教育局办公室　阅读：86")
    assert facts.issuers == ("宜昌市教育局",)
    assert facts.issuer_spans[0].quote == "市教育局"


def test_a_speaker_speaks_for_a_government() -> None:
    report = "一、2023年工作回顾\n（一）扩大资源。新建学校三所。\n（二）提升质量。补充紧缺学科教师。\n"
    opening = "现在，我代表夷陵区人民政府，向大会报告工作，请予审议，并请列席会议的同志提出意见。"
    facts = extract(read_bytes(f"{opening}\n{report}".encode(), "plan.txt")).facts
    assert (facts.issuers, facts.summary_year) == (("夷陵区人民政府",), 2023)


def test_a_speech_reports_on_the_year_before_its_plan() -> None:
    facts = facts_of(
        "在2024年全市教育工作会议上的讲话\n宜昌市教育局党组书记、局长　李某\n（2024年2月22日）",
        items="一、回顾过去，充分肯定成绩\n过去的一年，全市教育事业取得新进展。\n第一，资源持续扩大。新建学校三所。\n"
        "第二，质量持续提升。培训教师两百名。\n二、2024年重点任务\n第一，扩大资源。新建学校六所。\n第二，提升质量。补充教师。\n",
    )
    assert (facts.plan_year, facts.summary_year, facts.kind) == (2024, 2023, "summary+plan")


def test_a_speech_whose_title_has_no_year_plans_for_that_of_its_day() -> None:
    facts = facts_of(
        "在宜昌市教育大会上的讲话\n（2024年2月27日）",
        items="一、回顾过去，成绩来之不易\n“教育兴则国家兴。”我们始终优先发展教育。\n（一）资源扩大。新建学校三所。\n"
        "（二）质量提升。培训教师两百名。\n二、今年的重点任务\n（一）扩大资源。新建学校六所。\n（二）提升质量。补充教师。\n",
    )
    assert (facts.plan_year, facts.summary_year, facts.kind) == (2024, 2023, "summary+plan")


def test_a_report_of_the_government_reports_on_the_year_that_its_heading_names() -> None:
    items = "一、2021年工作回顾\n（一）扩大资源。新建学校三所。\n（二）提升质量。补充紧缺学科教师。\n二、2022年工作安排\n（一）扩大资源。新建学校六所。\n（二）提升质量。补充教师。"
    facts = facts_of("2022年宜昌市政府工作报告", items=items)
    assert (facts.summary_year, facts.plan_year) == (2021, 2022)


def test_the_signature_stands_before_the_annex() -> None:
    foot = "\n\n宜昌市教育局\n2024年4月26日\n\n附件\n任务分工表\n序号\t重点任务\t责任单位\n1\t新建学校6所\t规划科\n2\t培训教师200人次\t人事科\n"
    facts = facts_of("基础教育扩优提质行动实施方案", foot)
    assert (facts.issuers, facts.published) == (("宜昌市教育局",), "2024-04-26")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "实干笃行 奋楫扬帆 谱写教育新篇章\n——在2025年全市教育工作会议上的讲话\n（2025年2月21日）\n\n同志们：\n",
            "实干笃行 奋楫扬帆 谱写教育新篇章",
        ),
        (
            "实干笃行 奋楫扬帆 谱写教育新篇章\n青岚市教育局局长 张某某\n（2025年2月21日）\n\n同志们：\n",
            "实干笃行 奋楫扬帆 谱写教育新篇章",
        ),
        ("在2025年全市教育工作会议上的讲话\n（2025年2月21日）\n\n同志们：\n", "在2025年全市教育工作会议上的讲话"),
    ],
)
def test_the_title_of_a_speech(head: str, title: str) -> None:
    plan = extract(read_bytes(f"{head}{ITEMS}".encode(), "plan.txt"))
    assert plan.facts.title == title
    assert len(plan.items) == len(
        extract(read_bytes(f"青岚市教育局2025年工作要点\n{ITEMS}".encode(), "plan.txt")).items
    )


def test_a_space_ends_the_title_of_a_document_on_one_line() -> None:
    body = (
        "2023年，区教育局扎实推进各项工作，成效明显。"
        + "学校各项工作有序推进，质量稳步提升。" * 60
        + "一、2023年工作总结（一）学位供给。1.项目建设。新建学校5所。2.普惠扩面。新建公办园2所。二、2024年工作计划1.队伍建设。招聘教师20名。2.校园安全。开展演练2次。"
    )
    plan = extract(read_bytes(f"临汐区教育局2023年工作总结和2024年工作计划 {body}".encode(), "plan.txt"))
    assert plan.facts.title == "临汐区教育局2023年工作总结和2024年工作计划"
    assert plan.facts.issuers == ("临汐区教育局",)
    assert (plan.facts.summary_year, plan.facts.plan_year) == (2023, 2024)


def test_a_lake_of_a_countys_name_is_not_the_home_of_a_document() -> None:
    assert facts_of("奋力谱写松阳湖教育新篇章2025年工作要点\n\n").county is None


def test_a_title_that_tells_of_tasks_done_plans_for_the_other_year() -> None:
    done = "一、2023年完成情况\n1.学校建设。新建学校六所。\n二、2024年工作设想\n1.学校布局。新建学校三所。"
    for title in ("关于2023年度重点任务完成情况和2024年任务安排的汇报", "关于2023年度履职情况和2024年工作设想的报告"):
        facts = facts_of(title, items=done)
        assert (facts.summary_year, facts.plan_year) == (2023, 2024)


@pytest.mark.parametrize(
    ("below", "issuers", "published"),
    [
        ("（县教育体育局　2024年7月12日）", ("县教育体育局",), "2024-07-12"),
        ("（根据县委经济工作会议、县政府工作报告整理，2024年2月20日）", (), "2024-02-20"),
        ("（青教体字〔2024〕3号，2024年2月26日印发）", (), "2024-02-26"),
    ],
)
def test_the_line_in_brackets_under_the_title(below: str, issuers: tuple[str, ...], published: str) -> None:
    facts = facts_of(f"2024年全县教育工作要点\n{below}")
    assert (facts.issuers, facts.published) == (issuers, published)


def test_a_title_set_wide_and_blanks_around_its_year() -> None:
    facts = facts_of("青 岚 市 教 育 局\n 2024 年工作要点")
    assert (facts.title, facts.issuers) == ("青岚市教育局2024年工作要点", ("青岚市教育局",))


def test_who_speaks_where_is_no_city() -> None:
    assert facts_of("副市长在全市教育工作会议上的讲话\n\n同志们：").city is None


def test_a_title_whose_second_line_goes_on_with_and() -> None:
    facts = facts_of("青岚市教育局2023年工作总结\n及2024年工作思路")
    assert facts.title == "青岚市教育局2023年工作总结及2024年工作思路"


@pytest.mark.parametrize(
    "head",
    [
        "青岚市教育局局长在2024年全市教育工作会议上的讲话\n\n同志们：",
        "在2024年全市教育工作会议上的讲话\n青岚市教育局局长　林××\n（2024年2月24日）\n同志们：",
    ],
)
def test_the_body_whose_head_speaks(head: str) -> None:
    assert facts_of(head).issuers == ("青岚市教育局",)


def test_a_countys_text_that_names_its_county_in_passing() -> None:
    """Its bureau, too, leaves the county to be understood."""
    items = "一、工作\n1.改善条件。全县新增学位860个。与福州市晋安区38所学校结对。\n2.建强队伍。出台临洮县师德考核实施细则，临洮中学招聘教师9名。\n3.做强特色。临洮拔河走进校园。\n"
    facts = facts_of("在2020年全县教育工作会议上的讲话\n县教育局局长  张某某\n（2020年3月20日）\n", items=items)
    assert (facts.county, facts.city, facts.province) == ("临洮县", "定西市", "甘肃省")
    assert facts.issuers == ("临洮县教育局",)


def test_a_county_that_the_text_learns_from_is_not_its_own() -> None:
    items = (
        "一、工作\n1.改善条件。全县新增学位860个。\n2.建强队伍。学习淳安县经验，赴淳安县跟岗。选派教师到淳安中学。\n"
    )
    assert facts_of("在2020年全县教育工作会议上的讲话\n", items=items).county is None


@pytest.mark.parametrize(
    ("title", "issuer", "year"),
    [
        ("岳阳市教育体育局职业教育与学前教育2024年工作计划", "岳阳市教育体育局", 2024),
        ("赤峰市人民政府教育督导室2015年工作要点", "赤峰市人民政府教育督导室", 2015),
        ("黎平县岩洞镇中心校\n2014—2015学年度第一学期工作计划", "黎平县岩洞镇中心校", 2014),
        ("黎平县岩洞镇中心校\n2014—2015学年度第二学期工作计划", "黎平县岩洞镇中心校", 2015),
    ],
)
def test_issuers_and_years_of_titles(title: str, issuer: str, year: int) -> None:
    facts = facts_of(f"{title}\n")
    assert (facts.issuers, facts.plan_year) == ((issuer,), year)


def test_a_body_may_sign_without_a_date() -> None:
    assert facts_of("2017年学前教育发展计划\n", "\n\n                    平凉市教育局\n").issuers == ("平凉市教育局",)


def test_an_issuer_before_the_five_year_plan_that_its_title_looks_back_on() -> None:
    assert facts_of("横州市教育局“十四五”工作回顾及2026年工作计划\n").issuers == ("横州市教育局",)
    assert facts_of("绍兴市第十五中学2024年工作计划\n").issuers == ("绍兴市第十五中学",)


def test_a_body_may_stand_under_the_title_without_a_date() -> None:
    assert facts_of("2019年沙市区教育督导工作计划\n\n荆州市沙市区人民政府教育督导室\n").issuers == (
        "荆州市沙市区人民政府教育督导室",
    )
    assert facts_of("2019年沙市区教育督导工作计划\n\n扎实推进教育督导\n").issuers == ()


def test_the_label_before_a_body_under_the_title_is_none_of_its_name() -> None:
    facts = facts_of("宣城市2023年教育重点工作任务分解表\n编制单位：宣城市教育体育局　　2023年3月8日\n")
    assert (facts.issuers, facts.published) == (("宣城市教育体育局",), "2023-03-08")


def test_the_issuer_stands_below_the_state_of_the_title() -> None:
    text = "青岚市2023年教育民生实事实施方案\n（征求意见稿）\n青岚市教育体育局\n为办好人民满意的教育，制定本方案。\n一、扩大资源\n新建学校3所，全部投用。\n"
    assert extract(read_bytes(text.encode(), "plan.txt")).facts.issuers == ("青岚市教育体育局",)


def test_the_date_stands_among_the_buttons_of_a_site() -> None:
    text = "青岚市教育局网站　2023-08-21　字号：【大 中 小】\n青岚市教育局2023年下半年工作打算\n全市教育系统要办好人民满意的教育，抓好以下工作。\n一、扩大资源\n新建学校3所，全部投用。\n"
    assert extract(read_bytes(text.encode(), "plan.txt")).facts.published == "2023-08-21"


def test_a_number_in_digits_of_full_width() -> None:
    text = "青教发〔２０２３〕５号\n青岚市教育局２０２３年工作要点\n全市教育系统要办好人民满意的教育，抓好以下工作。\n一、扩大资源\n新建学校3所，全部投用。\n"
    assert extract(read_bytes(text.encode(), "plan.txt")).facts.doc_number == "青教发〔2023〕5号"


def test_the_office_that_has_a_document_printed_tells_whose_it_is() -> None:
    facts = facts_of("青岚市人工智能教育实施方案", "\n　　青岚市教育局办公室　 2024年9月22日印发\n")
    assert (facts.issuers, facts.published) == (("青岚市教育局",), "2024-09-22")


def test_a_body_on_one_line_ends_with_its_signature() -> None:
    text = "青岚县教育局2022年工作总结2022年，全县教育系统办好人民满意的教育。一、扩大资源。新建学校3所。二、建强队伍。招聘教师90名。下一步，我们将补齐短板。青岚县教育局 2022年12月26日\n"
    assert extract(read_bytes(text.encode(), "plan.txt")).facts.published == "2022-12-26"


def test_a_slogan_of_two_lines_entitles_a_speech() -> None:
    text = "锚定目标 真抓实干\n奋力谱写青岚教育高质量发展新篇章\n——在全市教育工作会议上的讲话\n青岚市教育局局长\n同志们：\n今天的会议很重要。\n一、扩大资源\n新建学校3所，全部投用。\n"
    facts = extract(read_bytes(text.encode(), "plan.txt")).facts
    assert facts.title == "锚定目标 真抓实干奋力谱写青岚教育高质量发展新篇章"


def test_a_notice_without_a_signature_tells_issuer_and_date() -> None:
    text = (
        "青岚县人民政府办公室关于印发《青岚县整改实施方案》的通知\n青政办发〔2020〕63号\n各乡镇人民政府：\n现将方案印发给你们，请执行。\n"
        "2020年8月19日\n青岚县整改实施方案\n为办好人民满意的教育，制定本方案。\n一、扩大资源\n新建学校3所，全部投用。\n"
    )
    facts = extract(read_bytes(text.encode(), "plan.txt")).facts
    assert (facts.issuers, facts.published) == (("青岚县人民政府办公室",), "2020-08-19")


def test_the_day_of_the_visit_is_no_date_of_publication() -> None:
    head = "2026年11月30日 星期一 设为首页 加入收藏\n网站首页 机构概况 政务公开\n"
    plan = extract(read_bytes(f"{head}2024年教育工作要点\n\n一、建设\n新建5所。".encode(), "plan.txt"))
    assert plan.facts.published is None
