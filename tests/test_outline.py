"""Numbering practices: sections, items, measures, headings and parts."""

import time
from itertools import pairwise

import pytest

from yaodian.extraction import extract
from yaodian.extraction.outline import outline
from yaodian.model import Plan
from yaodian.reading import read_bytes

INTRO = "2024年,全市教育工作以立德树人为根本任务,以高质量发展为主线,努力办好人民满意的教育。\n\n"


def plan_of(text: str, title: str = "青岚市教育局2024年工作要点") -> Plan:
    return extract(read_bytes(f"{title}\n\n{INTRO}{text}".encode(), "plan.txt"))


def headings(plan: Plan) -> list[tuple[str, str]]:
    return [(item.id, item.heading) for item in plan.items]


def test_sections_above_arabic_items() -> None:
    plan = plan_of(
        "一、强化党建引领\n1.加强政治建设。深入学习贯彻党的创新理论。\n2.夯实基层基础。选优配强学校领导班子。\n"
        "二、扩大资源供给\n3.推进学校建设。新建学校六所以上并投入使用。\n"
    )
    assert [(s.label, s.heading) for s in plan.sections] == [("一", "强化党建引领"), ("二", "扩大资源供给")]
    assert headings(plan) == [("p1", "加强政治建设"), ("p2", "夯实基层基础"), ("p3", "推进学校建设")]
    assert [item.section for item in plan.items] == ["1", "1", "2"]
    assert plan.items[1].text == "2.夯实基层基础。选优配强学校领导班子。"


def test_what_an_opinion_says_of_itself_is_no_work() -> None:
    plan = plan_of(
        "一、加大扶持\n（一）保障用地。优先安排学校用地三百亩。\n（二）落实补助。生均补助提高到六百元。\n"
        "二、其他\n（三）本意见自下发之日起执行，此前规定不一致的以本意见为准。\n（四）本意见由市教育局负责解释。\n"
    )
    assert [item.label for item in plan.items] == ["一", "二"]


def test_headings_of_parts_that_run_into_their_text() -> None:
    text = (
        "一、2023年工作总结（一）扩大资源。新建学校六所，新增学位一千个。（二）建强队伍。补充教师二百名，办好培训。"
        "二、存在的主要问题在总结成绩的同时，我们也看到学位供给偏紧。"
        "三、2024年工作计划2024年是关键之年。1.扩大资源。新建学校八所。2.建强队伍。招聘教师三百名。"
    )
    plan = plan_of(
        text + "3.守牢底线。" + "排查校舍隐患，开展演练，改造食堂。" * 60, "青岚市教育局2023年工作总结和2024年工作计划"
    )
    assert [section.heading for section in plan.sections] == ["2023年工作总结", "存在的主要问题", "2024年工作计划"]
    assert [item.part for item in plan.items] == ["summary", "summary", "plan", "plan", "plan"]


def test_a_speech_that_tells_of_last_year_and_lists_inside_a_paragraph() -> None:
    plan = plan_of(
        "同志们：\n先说说去年。2023年很不容易，全市新建学校6所，补充教师200名，群众满意度明显提高。\n"
        "一、要在资源上求突破\n（一）建学校。新建学校八所。\n（二）补教师。招聘教师三百名。\n"
        "二、要在质量上求突破\n质量是生命线。第一，向课堂要质量。推广新课堂，评选优质课一百节。第二，向管理要质量。落实视导，听课六十节。"
        "第三，向评价要质量。研制评价办法，开展监测。\n同志们，新的一年已经开始，祝大家工作顺利。\n",
        "在2024年全市教育工作会议上的讲话",
    )
    assert [item.id for item in plan.items] == ["p一", "p二", "p第一", "p第二", "p第三"]
    assert plan.items[-1].text.endswith("开展监测。")
    assert [target.status for target in plan.targets][:2] == ["achieved", "achieved"]
    assert {target.status for target in plan.targets[2:]} == {"planned"}


def test_a_sentence_inside_a_line_turns_to_the_plan() -> None:
    text = (
        "全区各项工作取得新成效。（一）资源扩大。新建学校六所，新增学位一千个。（二）队伍加强。补充教师二百名，办好培训。"
        "在总结成绩的同时，我们也清醒看到，城区学位依然紧张。新的一年，我局将锚定目标、加压奋进，重点做好以下工作："
        "1．扩大资源。新建学校八所，投入使用。2．建强队伍。招聘教师三百名。"
    )
    plan = plan_of(
        text + "3．守牢底线。" + "排查校舍隐患，开展演练，改造食堂。" * 60, "青岚市教育局2023年工作总结和2024年工作计划"
    )
    assert [item.id for item in plan.items] == ["s一", "s二", "p1", "p2", "p3"]
    assert plan.items[1].text.endswith("办好培训。")


def test_the_names_of_annexes_are_no_work() -> None:
    plan = plan_of(
        "1.扩大资源。新建学校八所。\n2.建强队伍。招聘教师三百名。\n\n附件：1．重点项目清单\n　　　2．2023—2025年新增学位任务分解表\n"
    )
    assert [item.id for item in plan.items] == ["p1", "p2"]


def test_a_ratio_is_no_label() -> None:
    text = "1.优化班额。生师比由16:1降低到15:1，每百名学生拥有计算机15台。\n2.改造食堂。改造食堂5个并投入使用。\n"
    assert headings(plan_of(text)) == [("p1", "优化班额"), ("p2", "改造食堂")]


@pytest.mark.parametrize("style", ["{n}.", "{n}．", "{n}、", "（{n}）"])
def test_label_styles_change_only_labels(style: str) -> None:
    words = ["加强政治建设。深入学习贯彻党的创新理论。", "夯实基层基础。选优配强学校领导班子。"]
    text = "一、强化党建引领\n" + "\n".join(style.format(n=n) + w for n, w in enumerate(words, 1))
    assert headings(plan_of(text)) == [("p1", "加强政治建设"), ("p2", "夯实基层基础")]


def test_bracketed_items_count_on_over_sections() -> None:
    plan = plan_of(
        "一、总体要求\n（一）指导思想。坚持以人民为中心发展教育。\n（二）工作目标。到年底教育质量明显提升。\n"
        "二、重点任务\n（三）扩大普惠资源。新建公办幼儿园并投入使用。\n（四）建强教师队伍。补充紧缺学科教师。\n"
    )
    assert headings(plan) == [("p三", "扩大普惠资源"), ("p四", "建强教师队伍")]


def test_doubled_and_missing_labels() -> None:
    plan = plan_of(
        "一一、强化党建引领\n1.加强政治建设。深入学习贯彻党的创新理论。\n三、扩大资源供给\n2.推进学校建设。新建学校六所。\n"
    )
    assert [(s.label, s.printed_label, s.ordinal) for s in plan.sections] == [("一", "一一", 1), ("三", "三", 3)]


def test_the_unlabelled_first_of_a_series_is_found() -> None:
    plan = plan_of(
        "一、重点工作\n\n学校建设工作。全力打好改造攻坚战。\n\n1.推进改薄工程。完成校舍建设任务。\n\n"
        "(二)教学改革工作。尊重教育规律,抓好落实。\n\n2.深化课程改革。开齐开足国家课程。\n"
    )
    assert [(s.label, s.printed_label, s.heading) for s in plan.sections][1:] == [
        ("(一)", "", "学校建设工作"),
        ("(二)", "(二)", "教学改革工作"),
    ]
    assert [item.section for item in plan.items] == ["2", "3"]


def test_a_heading_that_runs_into_its_text_is_cut_where_the_clause_begins() -> None:
    plan = plan_of(
        "一、强化党建引领\n1.加强政治建设。深入学习贯彻创新理论,推动走深走实。\n2.夯实基层基础。选优配强学校领导班子,抓实培训。\n"
        "3.落实巡察整改。主动认领问题,狠抓落实见效。\n4.压实主体责任坚持定期分析研判,明确整改时限和责任人,做到闭环管理。\n"
        "5.弘扬优良师风。选树先进典型。\n"
    )
    assert headings(plan)[3] == ("p4", "压实主体责任")


def test_headings_on_their_own_line_keep_their_commas() -> None:
    plan = plan_of(
        "一、深入学习贯彻,坚定不移加强领导\n\n1.全面加强党的建设\n\n目标任务:健全工作机制。\n\n工作措施:一是抓学习。二是抓队伍。三是抓作风。\n\n"
        "2.持续培养管理人才\n\n目标任务:完善选人机制。\n\n工作措施:一是抓梯队。二是抓考核。\n"
    )
    assert plan.sections[0].heading == "深入学习贯彻,坚定不移加强领导"
    assert headings(plan) == [("p1", "全面加强党的建设"), ("p2", "持续培养管理人才")]
    assert [[m.label for m in item.measures] for item in plan.items] == [["一是", "二是", "三是"], ["一是", "二是"]]


def test_a_summary_then_a_plan_that_begins_counting_again() -> None:
    plan = plan_of(
        "一、资源保障\n1.学位供给明显增加。新增学位0.5万个,完成年度任务。\n二、队伍建设\n2.教师素质持续提升。招聘教师120人。\n\n"
        "2024年,全市教育系统将继续坚持以人民为中心,重点抓好以下工作。\n\n"
        "一、资源保障\n1.推进学校建设。新增学位0.8万个。\n二、队伍建设\n2.加强教师培养。招聘教师150人。\n",
        title="青岚市教育局2023年工作总结和2024年工作要点",
    )
    assert [item.id for item in plan.items] == ["s1", "s2", "p1", "p2"]
    assert plan.items[1].text.endswith("招聘教师120人。")
    assert plan.facts.kind == "summary+plan"
    assert (plan.facts.summary_year, plan.facts.plan_year) == (2023, 2024)
    assert [t.status for t in plan.targets] == ["achieved", "achieved", "planned", "planned"]


def test_items_told_by_shi_under_part_headings() -> None:
    plan = plan_of(
        "一、2023年工作总结\n一是提高标杆,深化改革。启动评价改革实验。\n二是立德树人,提升质量。开展德育实践活动。\n"
        "二、2024年工作思路\n一是推进评价改革。加强监测工作的科学性。\n三是促进均衡发展。优化学校布局结构。\n三是加强队伍建设。评选骨干教师。\n",
        title="青岚市教育局2023年工作总结及2024年工作思路",
    )
    assert [item.id for item in plan.items] == ["s一", "s二", "p一", "p三a", "p三b"]


def test_a_document_flattened_into_one_line() -> None:
    filler = "不断完善工作机制,压实工作责任,推动各项任务落地见效,让人民群众有更多的获得感和幸福感。" * 14
    plan = plan_of(
        f"一、强化党建引领（一）加强政治建设。{filler}（二）夯实基层基础。{filler}二、扩大资源供给（一）推进学校建设。{filler}（二）优化学校布局。{filler}"
    )
    assert [item.heading for item in plan.items] == ["加强政治建设", "夯实基层基础", "推进学校建设", "优化学校布局"]
    assert [s.heading for s in plan.sections] == ["强化党建引领", "扩大资源供给"]


def test_entries_of_a_table_of_contents_are_no_headings() -> None:
    plan = plan_of("一、党建引领……………3\n二、资源供给……………5\n\n一、党建引领\n1.加强政治建设。学习贯彻创新理论。\n")
    assert [s.heading for s in plan.sections] == ["党建引领"]


def test_brackets_flattened_into_the_line_of_their_section() -> None:
    plan = plan_of(
        "一、上半年工作情况。（一）学位扩容提速。一是新开公办园4所；二是认定普惠园7所。（二）教育质量攀升。高考再创佳绩,"
        "特控上线率达到32%。（三）安全防线牢固。排查隐患百余条。\n二、下半年工作安排。下半年,重点抓好三个方面。"
        "一是咬定目标抓项目。9月1日前投用学校5所、新增学位620个。二是聚焦课堂提质量。遴选初中8所开展强校试点。"
        "三是从严从实抓党建。完成8所直属学校党组织巡察。\n",
        title="青岚市教育局2024年上半年工作总结及下半年工作安排",
    )
    assert [(i.id, i.heading) for i in plan.items] == [
        ("s一", "学位扩容提速"), ("s二", "教育质量攀升"), ("s三", "安全防线牢固"),
        ("p一", "咬定目标抓项目"), ("p二", "聚焦课堂提质量"), ("p三", "从严从实抓党建"),
    ]  # fmt: skip


def test_a_speech_that_counts_first_and_second() -> None:
    plan = plan_of(
        "一、去年这本账,要算明白\n第一,学位紧的问题松动了。新增学位二千八百个,建成学校四所。\n第二,质量的底子厚了。高考上线率提高一点八个百分点。\n"
        "二、今年这盘棋,要下漂亮\n第一,抢学位要抢在前头。新建学校八所,新增学位不少于两万个。\n第二,提质量要下笨功夫。教研员下校听课评课。\n",
        title="在2024年青岚市教育工作会议上的讲话",
    )
    assert [(i.id, i.heading) for i in plan.items] == [
        ("s第一", "学位紧的问题松动了"), ("s第二", "质量的底子厚了"), ("p第一", "抢学位要抢在前头"), ("p第二", "提质量要下笨功夫"),
    ]  # fmt: skip
    assert [(t.value, t.status) for t in plan.targets][:2] == [(2800, "achieved"), (4, "achieved")]
    assert (plan.facts.summary_year, plan.facts.plan_year) == (2023, 2024)


def test_headings_set_off_by_a_single_space() -> None:
    plan = plan_of(
        "一、重点工作\n1、加快项目建设 全年实施项目26个,总投资3.4亿元。\n2、提高教育质量 落实评价指南,制订常规管理办法。\n"
        "3、加强队伍建设 新招聘教师220人,其中小学110人。\n4、抓好校园安全 投入350万元用于监控升级。\n"
    )
    assert [i.heading for i in plan.items] == ["加快项目建设", "提高教育质量", "加强队伍建设", "抓好校园安全"]


ATTACHED = "1.办好高中。新建学校2所。\n2.办好高职。新建校区1个。\n"


@pytest.mark.parametrize(
    "listed",
    [
        "附件：1.重点任务清单\n　　　2.责任分工表",
        "附件：\n1.重点任务清单\n2.责任分工表（2024年）",
        "附件1：重点任务清单",
        "附 件\n重点任务清单\n序号\t任务\n1\t新建学校3所",
    ],
)
def test_attachments_end_the_last_item_and_number_none(listed: str) -> None:
    plan = plan_of(f"一、重点任务\n{ATTACHED}\n{listed}\n\n青岚市教育局\n2024年3月1日\n")
    assert [item.text for item in plan.items] == ["1.办好高中。新建学校2所。", "2.办好高职。新建校区1个。"]


def test_work_in_an_attachment_is_work() -> None:
    plan = plan_of(f"一、重点任务\n{ATTACHED}附件：年度任务\n1.新建学校3所\n2.招聘教师30人\n3.改造食堂5个\n")
    assert "3.改造食堂5个" in plan.items[-1].text
    assert len(plan.items) == 5


def test_circled_numbers_are_items_where_there_are_no_others() -> None:
    text = "一、{}\n①建好学校。新建学校2所。\n②配好教师。招聘教师30人。\n"
    plan = plan_of(text.format("资源供给") + text.format("队伍建设").replace("一", "二"))
    assert [item.heading for item in plan.items] == ["建好学校", "配好教师"] * 2
    plan = plan_of("1.建好学校。要做到：\n①新建学校2所。\n②改建学校3所。\n2.配好教师。招聘教师30人。\n")
    assert [(item.heading, len(item.measures)) for item in plan.items] == [("建好学校", 2), ("配好教师", 0)]


def test_statements_in_one_line_are_items() -> None:
    lines = ["1.建好学校。新建学校2所。", "2.办好运动会", "3.配好教师。招聘教师30人。", "4.守好安全"]
    assert [item.text for item in plan_of("\n".join(lines)).items] == lines
    bare = ["1.新建学校2所", "2.招聘教师30人", "3.改造食堂5个"]
    assert [item.text for item in plan_of("\n".join(bare)).items] == bare
    assert [item.text for item in plan_of("一、重点任务\n" + "\n".join(bare)).items] == bare


def test_a_section_without_texts_follows_the_habit_of_the_others() -> None:
    plan = plan_of(
        "一、重点任务\n(1)建好学校\n二、主要任务\n(1)配好教师\n三、资源供给\n(1)办好高中\n(2)办好高职。新建校区1个。\n"
    )
    assert [item.heading for item in plan.items] == ["建好学校", "配好教师", "办好高中", "办好高职"]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "：\n"])
def test_a_paragraph_below_its_heading_belongs_to_it(gap: str) -> None:
    items = [
        f"{n}是{words}{gap}新建学校{i}所。"
        for i, (n, words) in enumerate(zip("一二三", ["建校", "扩班", "改薄"], strict=True))
    ]
    plan = plan_of(
        "一、工作要点\n" + "\n".join(items) + "\n二、工作计划\n一是招聘。招聘教师30人。\n二是培训。\n三是轮岗。\n"
    )
    assert [item.text for item in plan.items][:3] == items


def test_many_items_cost_no_more_than_their_number() -> None:
    def seconds(count: int) -> float:
        document = read_bytes(("一、任务\n" + "1.建好学校。\n①新建。\n" * count).encode(), "plan.txt")
        begins = []
        for _ in range(2):
            began = time.process_time()
            assert len(outline(document).nodes) == count + 1
            begins.append(time.process_time() - began)
        return min(begins)

    assert seconds(4000) < 10 * seconds(1000)


def test_dashes_head_the_work_of_a_report() -> None:
    text = (
        "一、2023年工作回顾\n过去的一年，全市教育系统攻坚克难，各项事业取得新进展。\n"
        "——过去的一年，我们着力扩资源。新建学校3所，新增学位3000个。\n"
        "----过去的一年，我们着力提质量。培训教师200人次。\n"
        "——过去的一年，我们着力守安全。隐患整改率达到100%。\n"
    )
    plan = plan_of(text, "青岚市教育局2023年工作总结")
    assert [(item.label, item.heading) for item in plan.items] == [
        ("——", "过去的一年，我们着力扩资源"),
        ("----", "过去的一年，我们着力提质量"),
        ("——", "过去的一年，我们着力守安全"),
    ]
    assert len({item.id for item in plan.items}) == 3


def test_principles_behind_dashes_are_no_items() -> None:
    plan = plan_of(
        "一、总体要求\n——坚持育人为本。把立德树人作为根本任务。\n——坚持公平优先。缩小城乡差距。\n——坚持改革创新。破解难题。\n"
        "二、重点任务\n1.扩大资源。新建学校六所以上。\n2.提升质量。补充紧缺学科教师。\n"
    )
    assert headings(plan) == [("p1", "扩大资源"), ("p2", "提升质量")]


SIBLINGS = "1.坚持党建引领,政治根基更加牢固。学习教育扎实开展。\n2.坚持扩容提质,资源供给更加充足。新建学校三所。\n3.坚持减负增效,育人质量更加过硬。课后服务全面覆盖。\n"


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("4.守牢校园安全底线 一是压实责任，二是排查隐患，三是强化演练。", "守牢校园安全底线"),
        (
            "4.坚持底线思维,保障体系更加完善全年发放各类资助资金438.5万元,惠及学生6000人次。",
            "坚持底线思维,保障体系更加完善",
        ),
        (
            "4.坚持依法治教,行业治理更加规范 修订《学校督导评估办法》,聘请督学30名,开展专项督导6次。",
            "坚持依法治教,行业治理更加规范",
        ),
    ],
)
def test_headings_that_run_on_are_cut_as_long_as_their_siblings(line: str, heading: str) -> None:
    assert plan_of("一、重点工作\n" + SIBLINGS + line + "\n").items[-1].heading == heading


def test_the_very_first_number_may_be_missing() -> None:
    plan = plan_of(
        "一、加强党的建设\n扎实开展学习教育。举办读书班两期。\n2.推进从严治党。开展警示教育活动。\n"
        "二、提升质量\n2022年以来，教学质量稳步提升。\n3.深化课堂改革。评选优质课例。\n4.加强教研。开展教研活动。\n"
    )
    assert headings(plan) == [
        ("p1", "扎实开展学习教育"),
        ("p2", "推进从严治党"),
        ("p3", "深化课堂改革"),
        ("p4", "加强教研"),
    ]


def test_supplementary_provisions_are_no_work() -> None:
    plan = plan_of(
        "一、重点任务\n（一）扩大资源。新建学校六所以上。\n（二）提升质量。补充紧缺学科教师。\n"
        "二、附则\n（三）本意见自印发之日起施行，此前规定与本意见不一致的，以本意见为准。\n（四）本意见由市教育局负责解释。\n"
    )
    assert headings(plan) == [("p一", "扩大资源"), ("p二", "提升质量")]


def test_a_speech_whose_headings_list_work_each_in_its_own_way() -> None:
    plan = plan_of(
        "一、肯定成绩，坚定信心\n过去的一年，教育事业取得新进展。\n——资源供给实现新扩容。投入建设资金18亿元。\n"
        "——办学质量迈上新台阶。培训教师200人次。\n——民生福祉获得新提升。惠及学生6万人次。\n"
        "二、突出重点，奋力开创新局面\n第一，坚定不移扩大资源。新建学校六所以上。\n第二，坚定不移提升质量。补充紧缺学科教师。\n"
        "三、转变作风，确保落地见效\n一是领导带头抓。每人联系两所薄弱学校。\n二是清单管理抓。实行台账式推进。\n"
    )
    assert [heading for _, heading in headings(plan)] == [
        "坚定不移扩大资源",
        "坚定不移提升质量",
        "领导带头抓",
        "清单管理抓",
    ]


def test_the_parts_of_a_document_on_one_line_are_told_by_headings_that_a_space_ends() -> None:
    text = (
        "一年来的工作总结如下：一、2022年主要工作 （一）党建引领有力。开展谈话86人次。（二）资源供给充足。新建学校3所。"
        "二、存在的问题 回顾一年来的工作，优质资源还不够。"
        "三、2023年工作打算 2023年，我们将重点做好以下工作：1.强党建，筑牢根基。培训干部200人次。"
        "2.补短板，扩大资源。新建学校2所。3.提质量，深化改革。新增学位500个。3.优师资，激发动力。招聘教师90名。"
        "4.守底线，保障安全。开展整治4轮。"
    )
    text += "全区教育系统要凝心聚力、真抓实干，" * 60
    plan = plan_of(text, "青岚市教育局2022年工作总结")
    assert plan.facts.kind == "summary+plan"
    assert [item.id for item in plan.items] == ["s一", "s二", "p1", "p2", "p3a", "p3b", "p4"]
    assert [target.status for target in plan.targets] == ["achieved"] * 2 + ["planned"] * 5


def test_what_is_still_lacking_is_no_part_of_the_last_item() -> None:
    text = (
        "一、2023年工作回顾\n（一）扩大资源。新建学校3所。\n（二）提升质量。培训教师200人次。在看到成绩的同时，我们也清醒地认识到，"
        "优质资源还不够均衡：一是学位偏紧，二是教师缺额117名。\n二、2024年工作思路\n（一）扩大资源。新建学校2所。\n"
        "（二）提升质量。培训教师300人次。\n"
    )
    items = plan_of(text, "青岚市教育局2023年工作总结及2024年工作思路").items
    assert [item.text for item in items if item.label == "二"] == [
        "（二）提升质量。培训教师200人次。",
        "（二）提升质量。培训教师300人次。",
    ]


def test_top_headings_without_work_among_those_that_list_it_are_no_items() -> None:
    plan = plan_of(
        "一、总结成绩，增强信心\n过去的一年，教育事业取得新进展。\n第一，办学条件改善。投入建设资金18亿元。\n"
        "第二，育人质量提升。培训教师200人次。\n二、正视问题，把握形势\n在肯定成绩的同时，我们必须清醒看到，教育工作还有差距。\n"
        "三、突出重点，奋力开创新局面\n（一）坚持不懈抓党建。举办读书班两期。\n（二）集中力量抓项目。新建学校六所以上。\n",
        "在2023年全市教育工作会议上的讲话",
    )
    assert [item.heading for item in plan.items] == ["办学条件改善", "育人质量提升", "坚持不懈抓党建", "集中力量抓项目"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("回顾过去，成绩来之不易", "干好今年，任务重于泰山"),
        ("肯定成绩，坚定信心", "认清形势，明确任务"),
        ("总结成绩，认清形势", "突出重点，狠抓落实"),
        ("2024年工作成效显著", "扎实做好2025年各项工作"),
        ("过去一年的工作", "今年的重点任务"),
        ("关于2024年的工作", "关于2025年的工作"),
        ("充分肯定去年教育发展取得的成绩", "准确把握面临的形势"),
    ],
)
def test_the_review_of_a_speech_ends_at_its_next_top_heading(first: str, second: str) -> None:
    plan = extract(
        read_bytes(
            f"在2025年全市教育工作会议上的讲话\n\n同志们：\n一、{first}\n1.条件改善。新建学校5所并投入使用。\n2.质量提升。高考上线人数增加120人。\n"
            f"二、{second}\n1.抓党建。创建示范支部20个并加强管理。\n2.抓安全。开展安全检查4轮并督促整改。\n".encode(),
            "plan.txt",
        )
    )
    assert [item.part for item in plan.items] == ["summary", "summary", "plan", "plan"]
    assert {t.status for t in plan.items[0].targets} == {"achieved"}
    assert (plan.facts.kind, plan.facts.summary_year) == ("summary+plan", 2024)


def test_a_report_goes_on_past_headings_that_praise_it() -> None:
    plan = plan_of(
        "一、项目建设工作情况\n1.新建学校。建成学校5所并投入使用。\n二、队伍建设\n1.补充教师。招聘教师30名充实学校。\n",
        title="青岚市教育局2024年工作总结",
    )
    assert {item.part for item in plan.items} == {"summary"}


def test_an_item_left_on_the_line_of_its_section_is_found_by_its_number() -> None:
    plan = plan_of(
        "一、强化党建\n1．夯实组织。创建示范支部20个并加强管理。\n2、清廉建设。出台清廉学校建设指南并落实。\n"
        "二、扩大资源供给3．发展学前教育。新建公办园12所，缓解入园难。\n4、促进均衡。实施项目45个并按期完工。\n"
    )
    assert headings(plan)[1:3] == [("p2", "清廉建设"), ("p3", "发展学前教育")]
    assert [section.heading for section in plan.sections] == ["强化党建", "扩大资源供给"]


@pytest.mark.parametrize(
    "turn",
    [
        "一年来的工作虽有成效，但仍存在短板：城区优质学位不足。",
        "在肯定成绩的同时，更要看到问题。城区学位不足。",
        "同时，我们也清醒地认识到，工作中还存在一些问题。",
        "存在的主要问题：优质学位不足。",
        "但教育发展仍面临不少困难和挑战。",
    ],
)
def test_sentences_on_what_is_lacking_end_the_last_item_of_a_report(turn: str) -> None:
    item = "2.质量提升。高考上线人数增加120人。"
    plan = plan_of(
        f"一、2023年工作总结\n1.条件改善。新建学校5所并投入使用。\n{item}{turn}\n二、2024年工作计划\n1.抓党建。创建示范支部20个。\n2.抓安全。开展检查4轮。\n",
        title="青岚市教育局2023年工作总结和2024年工作计划",
    )
    assert plan.items[1].text == item


@pytest.mark.parametrize("line", ["!", "!![图", "！看", "；一"])
def test_a_line_that_begins_with_a_stop_is_no_heading(line: str) -> None:
    for text in (
        f"{line}\n（二）改革。建设3所。",
        f"（一）学位。\n1.新建学校3所。\n{line}\n1.改造食堂5个。\n（三）安全。",
    ):
        plan = extract(read_bytes(f"云岭市教育局2024年工作要点\n一、重点任务\n{text}\n".encode(), "plan.txt"))
        assert all(item.heading for item in plan.items)


def test_the_plan_in_a_report_that_only_the_title_announces_begins_with_its_heading() -> None:
    title = "青岚市教育局2023年工作总结及2024年工作打算"
    text = (
        f"{title}\n\n一、扩大资源供给\n1.推进学校建设。新建学校六所。\n2.改善办学条件。改造食堂9个。\n"
        "二、2024年工作打算\n1.聚焦资源扩容。力争新增学位5000个以上。\n2.聚焦质量提升。创建示范校4所左右。\n"
    )
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert [(item.label, item.part) for item in plan.items] == [
        ("1", "summary"), ("2", "summary"), ("1", "plan"), ("2", "plan"),
    ]  # fmt: skip
    assert (plan.facts.kind, plan.facts.plan_year, plan.facts.summary_year) == ("summary+plan", 2024, 2023)


def test_a_heading_that_calls_its_work_a_plan_does_not_end_the_report() -> None:
    text = (
        "青岚市教育局2023年工作总结\n\n一、补齐资源短板\n1.推进学校建设。新建学校六所。\n2.改善条件。改造食堂9个。\n"
        "二、党建领航计划\n1.抓实支部建设。建强支部12个。\n2.抓实队伍建设。培训党员300人。\n"
    )
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert {item.part for item in plan.items} == {"summary"}


def test_a_motto_behind_a_colon_belongs_to_the_heading_and_work_does_not() -> None:
    text = (
        "1.党的建设：要在“融”字上下功夫。把党建与教学一起谋划，创建党建品牌学校5所。\n"
        "2.学前教育：普惠是底线、优质是方向。新建幼儿园6所，普惠率稳定在90%以上。\n"
        "3.校园安全：改造食堂12个。全面排查校舍隐患，逐校建立台账。\n"
        "4.队伍建设：选优配强校长，补充紧缺学科教师。完善考核办法，落实待遇。\n"
    )
    assert [heading for _, heading in headings(plan_of(text))] == [
        "党的建设：要在“融”字上下功夫",
        "学前教育：普惠是底线、优质是方向",
        "校园安全",
        "队伍建设",
    ]


def test_a_count_inside_a_line_goes_on_behind_a_number_left_out() -> None:
    work = [
        "推进学校建设。新建学校六所，改建学校三所，年内全部投入使用",
        "深化课程改革。开齐开足课程，评选优质课一百节，推广成果",
        "补充紧缺教师。招聘教师二百名，交流轮岗校长十五名，办好培训",
        "守牢安全底线。排查校舍隐患，改造食堂十二个，开展演练",
        "改善办学条件。更新课桌椅，配齐图书，建设智慧教室三十间",
    ]
    text = "下一年工作计划：" + "。".join(f"{n}、{words}" for n, words in zip((1, 2, 3, 5, 6), work, strict=True))
    plan = plan_of(text + "。" + "全市各校要抓好落实，确保各项任务按期完成，让群众满意。" * 40)
    assert [item.label for item in plan.items] == ["1", "2", "3", "5", "6"]


@pytest.mark.parametrize("label", ["任务{}：", "重点任务{}：", "专项行动{}．"])
@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("一", "二", "三")])
def test_labels_that_say_task(label: str, numbers: tuple[str, str, str]) -> None:
    work = ["扩大普惠资源。新建公办幼儿园6所。", "建强教师队伍。招聘教师80名。", "改善办学条件。改造食堂12个。"]
    lines = "\n".join(label.format(n) + words for n, words in zip(numbers, work, strict=True))
    plan = plan_of(f"一、总体要求\n坚持优先发展教育。\n二、重点任务\n{lines}\n")
    assert [(item.label, item.heading) for item in plan.items] == [
        (n, words.split("。")[0]) for n, words in zip(numbers, work, strict=True)
    ]


@pytest.mark.parametrize("label", ["【重点任务{}】", "【任务{}】", "【重点工程{}】"])
def test_labels_that_name_what_they_number(label: str) -> None:
    work = ["扩大学位供给。新建学校20所，支持各县建校。", "提升办学质量。培育名校集团，完善集团机制。"]
    text = "一、扩大资源\n坚持优质均衡。\n" + "\n".join(label.format(n) + words for n, words in enumerate(work, 1))
    plan = plan_of(f"{text}\n二、建强队伍\n{label.format(3)}加强师德建设。选树师德标兵，健全考核制度。\n")
    assert headings(plan) == [("p1", "扩大学位供给"), ("p2", "提升办学质量"), ("p3", "加强师德建设")]
    assert [item.section for item in plan.items] == ["1", "1", "2"]
    assert plan.items[0].text.startswith("【")


def test_a_character_reference_ends_no_heading() -> None:
    plan = plan_of("一、重点工作\n1.建立“互联网+美育&quot;共享平台\n各校共建共享。\n2.加强队伍建设\n配齐教师。\n")
    assert plan.items[0].heading == "建立“互联网+美育&quot;共享平台"


@pytest.mark.parametrize(
    "last",
    [
        "一年来,工作虽然取得了一定成绩,但与群众的期盼相比还有不小差距:一是学位不足。",
        "新的一年,我局将以更加饱满的热情,为建设现代化新青岚作出新的更大贡献。",
        "意见反馈邮箱：jyj@example.cn，截止时间：2024年3月15日。",
        "更多精彩文档请访问 某某文库 www.example.com",
    ],
)
def test_what_closes_a_text_is_no_part_of_its_last_item(last: str) -> None:
    plan = plan_of(f"(一)加强学校建设。新建学校三所。\n配齐设备。\n(二)加强队伍建设。招聘教师九名。\n\n{last}\n")
    assert plan.items[-1].text == "(二)加强队伍建设。招聘教师九名。"


def test_statements_with_the_items_label_are_items_where_their_section_has_no_others() -> None:
    plan = plan_of(
        "一、扩大教育资源\n1.增加学位供给。新建、改扩建学校六所。\n2.改善办学条件。改造食堂十二个。\n"
        "二、提升教师队伍\n1.培训骨干教师三百人，提高教师交流的比例。\n"
    )
    assert [(item.label, item.section) for item in plan.items] == [("1", "1"), ("2", "1"), ("1", "2")]


ON_ONE_LINE = [
    (
        "2023年，县教育局攻坚克难，事业再上台阶。现将工作总结如下：一、供给有增量(一)园所提速。全年新建公办园6所，"
        "新增学位1800个。(二)布局更优。撤并教学点4个，两所学校启用。二、队伍有气象(一)补充力量。公开招聘教师126名，"
        "其中硕士研究生31名。(三)涵养师德。开展警示教育9场次，查处违规补课3起。",
        [("s一a", "园所提速"), ("s二", "布局更优"), ("s一b", "补充力量"), ("s三", "涵养师德")],
    ),
    (
        "今年以来，我局扎实工作，开局良好。一是学前教育抓普惠。认定普惠园15所，累计86所。二是义务教育抓均衡。"
        "组建共同体12个，覆盖学校48所。三是资助工作抓精准。发放助学金2300万元，惠及学生2.2万人次。",
        [("s一", "学前教育抓普惠"), ("s二", "义务教育抓均衡"), ("s三", "资助工作抓精准")],
    ),
    (
        "2023年，全区教育工作成效明显。（一）党建有力度。一是夯实基层组织。新设支部18个，发展党员46名。"
        "二是严抓作风建设。受理信访27件，办结27件。（二）资源有速度。一是加快学校建设。新增学位7650个，建成学校两所。"
        "二是提升装备水平。采购课桌凳1.1万套、图书8万册。",
        [("s一a", "夯实基层组织"), ("s二a", "严抓作风建设"), ("s一b", "加快学校建设"), ("s二b", "提升装备水平")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ON_ONE_LINE)
def test_short_texts_on_one_line(text: str, expected: list[tuple[str, str]]) -> None:
    plan = extract(read_bytes(f"青岚区教育局2023年工作总结\n{text}".encode(), "plan.txt"))
    assert headings(plan) == expected


def test_the_last_number_on_one_line_may_leave_one_out() -> None:
    text = (
        "2023年，全区教育工作成效明显。1.学位供给有增量。新建学校3所，新增学位2800个。2.队伍建设有成效。招聘教师260名，"
        "轮岗210人。3.教学质量有提升。培育品牌课程18门。{}.校园安全有保障。排查隐患430条，整改率99%。"
    )
    for last in (4, 5):
        plan = extract(read_bytes(f"青岚区教育局2023年工作总结\n{text.format(last)}".encode(), "plan.txt"))
        assert headings(plan)[3:] == [(f"s{last}", "校园安全有保障")]
    plan = extract(read_bytes(f"青岚区教育局2023年工作总结\n{text.format(9)}".encode(), "plan.txt"))
    assert len(plan.items) == 3


def test_clauses_counted_in_a_sentence_are_no_items_of_a_text_without_numbers() -> None:
    plan = extract(
        read_bytes(
            "青岚区教育局2024年工作计划\n各校要做好三项工作：1、排查隐患，建立台账；2、开展演练，全员参与；3、落实值班，及时报告。".encode(),
            "plan.txt",
        )
    )
    assert plan.items == ()


def test_aspects_of_a_speech_each_list_work_in_a_way_of_their_own() -> None:
    plan = plan_of(
        "一、突出重点，完成今年的任务\n今年要抓好三个方面。\n第一个方面，落实立德树人。\n（一）建好思政课。打造精品课30节。\n"
        "（二）抓好体育。举办运动会一届，参赛800人。\n第二个方面，优化布局。\n1.编好规划。印发布局规划一项。\n"
        "2.建好学校。新建学校八所。\n第三个方面，守住底线。开展隐患排查四轮，整改率达到100%。\n",
        "在2024年全市教育工作会议上的讲话",
    )
    assert headings(plan) == [
        ("p一", "建好思政课"),
        ("p二", "抓好体育"),
        ("p1", "编好规划"),
        ("p2", "建好学校"),
        ("p第三", "守住底线"),
    ]


@pytest.mark.parametrize(
    "heading", ["正视差距、直面问题，增强做好工作的紧迫感", "把握大势，增强责任感", "当前存在的问题"]
)
def test_what_a_speech_lists_under_the_situation_is_no_work(heading: str) -> None:
    plan = plan_of(
        f"一、{heading}\n一是资源供给不足。未来三年学位缺口将达2.3万个。二是队伍不平衡。全市还缺教师430名。"
        "三是质量有短板。上线率低于全省平均水平。\n二、全力抓好今年工作\n第一，扩大资源。要新建学校八所。\n"
        "第二，建强队伍。要招聘教师三百名。\n第三，提升质量。要培育示范校二十所。\n",
        "在2024年全市教育工作会议上的讲话",
    )
    assert [item.heading for item in plan.items] == ["扩大资源", "建强队伍", "提升质量"]


def test_what_work_needs_besides_is_no_item() -> None:
    plan = plan_of(
        "一、重点任务\n（一）补齐资源。新建幼儿园八所。\n（二）建强队伍。补充教师九百名。\n"
        "二、组织保障\n建立县长任组长的联席会议制度，定期研究解决问题。\n"
    )
    assert [item.heading for item in plan.items] == ["补齐资源", "建强队伍"]


HEADED = """学位扩容要提速。九年一贯制学校7月底竣工，新增学位2520个；改扩建幼儿园两所。

质量提升要聚力。选派50名骨干跟岗学习，高考本科上线突破900人，增幅不低于8%。

教师队伍要提质。全年补充教师150人左右，青蓝结对300对，培训每人72学时。
"""


def test_paragraphs_that_open_with_headings_are_items_where_nothing_is_numbered() -> None:
    plan = plan_of(
        "过去的2023年，是克难奋进的一年。财政教育支出8.97亿元，新招教师220名。\n\n今年，要集中精力抓好三件大事。\n\n"
        + HEADED
        + "\n大家要把各项任务抓到底，为建设教育强县贡献力量。",
        "在2024年全县教育工作会议上的讲话",
    )
    assert [item.heading for item in plan.items] == ["学位扩容要提速", "质量提升要聚力", "教师队伍要提质"]
    assert [target.status for target in plan.targets][:2] == ["achieved", "achieved"]
    assert {target.status for target in plan.targets[2:]} == {"planned"}


def test_sentences_that_head_the_plan_behind_a_report_on_the_same_line() -> None:
    plan = plan_of(
        "2023年，全县教育稳步发展。一年来主要做了以下工作：1.强化项目建设。实施项目13个，新增学位5400个。2.强化队伍建设。公开招聘教师126名。"
        "2024年，县教育局将重点做好以下工作：强化优先发展。开工建设实验学校等5所学校。强化内涵提升。培育市级特色学校6所，深化教研。"
        "强化师资保障。争取招聘教师150名。",
        "青岚县教育局2023年工作总结和2024年工作打算",
    )
    assert headings(plan)[2:] == [("pa", "强化优先发展"), ("pb", "强化内涵提升"), ("pc", "强化师资保障")]
    assert [item.part for item in plan.items] == ["summary"] * 2 + ["plan"] * 3
    assert [target.status for target in plan.targets] == ["achieved"] * 3 + ["planned"] * 3


def test_a_heading_of_problems_and_plans_heads_both() -> None:
    plan = plan_of(
        "一、主要做法\n（一）补齐短板。新增学位360个，维修锅炉46台。\n（二）建强队伍。招聘教师60名。\n二、存在问题和下步打算\n"
        "仍存在一些困难：一是班额偏大，平均达53人。二是设备老旧，仍有40%超期。下一步，我们将坚持问题导向，抓好两件事："
        "一是加快建设。新建学校3所。二是补充教师。招聘85名。\n",
        "关于2023年度教育工作开展情况的报告",
    )
    assert (plan.facts.summary_year, plan.facts.plan_year) == (2023, 2024)
    assert [target.status for target in plan.targets] == ["achieved"] * 5 + ["planned"] * 2


def test_a_list_right_below_the_heading_of_the_plan_is_its_work_whatever_its_sentences_are() -> None:
    plan = plan_of(
        "一、履职情况\n（一）抓项目，条件改善。竣工39个，新增学位2250个。\n（二）抓质量，成效明显。上线率23.5%。\n二、2024年工作打算\n"
        "一是加强学习，落实制度。二是实施振兴工程，与大学附中签订协议。三是加快9所乡镇寄宿制学校宿舍建设，新增床位3200个。\n"
    )
    assert [(item.id, item.part) for item in plan.items][2:] == [(f"p{n}", "plan") for n in "一二三"]


def test_bullets_before_labels_and_groups_in_brackets() -> None:
    plan = plan_of(
        "【学位攻坚】\n★任务1：新建学校。\n目标：竣工5个，新增学位6300个。\n时限：12月\n★任务2：盘活校舍。\n目标：改造公办园3所。\n时限：8月\n"
        "【质量提升】\n★任务3：深化改革。\n目标：开发课程20门。\n时限：6月\n"
    )
    assert headings(plan) == [("p1", "新建学校"), ("p2", "盘活校舍"), ("p3", "深化改革")]
    assert plan.items[1].text.endswith("时限：8月")


def test_parts_of_one_paragraph_each() -> None:
    plan = plan_of(
        "2023年，各项工作取得新进展，现报告如下。第一部分 2023年工作总结 （一）办学条件改善：实施项目9个。（二）队伍逐步优化：招聘教师25名。"
        "（三）惠民政策落实：发放补助213万元，惠及学生3054人。\n"
        "第二部分 2024年工作计划 （一）抓好党建：打造品牌学校5所。（二）推动普惠：覆盖率稳定在95%以上。\n",
        "青岚县教育局2023年工作总结及2024年工作计划",
    )
    assert [item.part for item in plan.items] == ["summary"] * 3 + ["plan"] * 2
    assert plan.responsible == ()


def test_a_heading_with_its_full_stop_is_longer_than_its_siblings_where_its_sense_is() -> None:
    siblings = [
        "补齐短板，条件实现改善",
        "优化结构，队伍更加稳定",
        "守牢底线，校园更加安全",
        "强化统筹，布局不断优化",
        "聚焦民生，群众更加满意",
    ]
    longer = [
        "坚持以维护和谐稳定为基石，在高水平安全体系建设上实现新突破",
        "基层学校在全县教育现代化进程中具有承前启后的重要地位",
    ]
    lines = (
        f"（{n}）{words}。扎实推进各项工作，取得明显进展。"
        for n, words in zip("一二三四五六七", siblings + longer, strict=True)
    )
    plan = plan_of("一、重点工作\n" + "\n".join(lines) + "\n")
    assert [item.heading for item in plan.items] == siblings + longer


def test_books_above_chapters_neither_work_nor_tell_against_theirs() -> None:
    chapters = [
        "第一章扩大资源\n　　新建学校六所，新增学位五千个。",
        "第二章建强队伍\n　　招聘教师九百名，逐校配齐。",
        "第三章守牢安全\n　　整改隐患，校校过关。",
    ]
    plan = plan_of(
        "".join(
            f"第{n}篇{name}\n{chapter}\n"
            for n, name, chapter in zip("一二三", ("办学", "师资", "安全"), chapters, strict=True)
        )
    )
    assert [item.heading for item in plan.items] == ["扩大资源", "建强队伍", "守牢安全"]


def test_a_heading_that_tells_behind_a_motto_what_a_year_achieved_opens_a_report() -> None:
    plan = plan_of(
        "一、凝心聚力，2023年教育工作实现新突破\n（一）资源扩充。新增公办园7所，新增学位5460个。\n（二）质量提升。高考上线410人。\n"
        "二、突出重点，奋力开创发展新局面\n（一）扩大资源。建成公办园4所，改造学校6所。\n（二）提升质量。评选优质课200节。\n",
        "在2024年全县教育工作会议上的讲话",
    )
    assert [item.part for item in plan.items] == ["summary"] * 2 + ["plan"] * 2


def test_paragraphs_that_open_with_headings_are_items_below_the_heading_of_a_part() -> None:
    report = HEADED.replace("要", "已")
    plan = plan_of(
        f"一、2023年工作回顾\n{report}二、2024年重点任务\n1.办好幼儿园。新建公办园三十所。\n2.建强高中。每县帮扶一所学校。\n"
    )
    assert [item.part for item in plan.items] == ["summary"] * 3 + ["plan"] * 2


@pytest.mark.parametrize(
    "paragraphs",
    [
        HEADED.replace("教师队伍要提质", "此外，我们还要千方百计把教师队伍建设好"),  # headings of unlike length
        "\n".join(
            f"{name}：新建学校八所，新增学位三千个，年底前完成主体工程。"
            for name in ("工作目标", "主要措施", "完成时限")
        ),
        HEADED.rsplit("教师", 1)[0],  # two are no list
    ],
)
def test_other_paragraphs_are_no_items(paragraphs: str) -> None:
    assert plan_of(f"今年要抓好几件大事。\n\n{paragraphs}").items == ()


def test_a_report_may_end_in_what_comes_next() -> None:
    plan = plan_of(
        "一、抓普惠。认定普惠园15所，覆盖率达到89.6%。\n二、抓均衡。组建共同体12个，覆盖学校48所。"
        "下一步，我局将编制专项规划，确保下半年新增学位4200个。\n",
        "青岚市教育局上半年工作总结",
    )
    assert [(t.span.quote, t.status) for t in plan.targets][-2:] == [("48所", "achieved"), ("4200个", "planned")]
    assert plan.items[-1].text.endswith("覆盖学校48所。")
    assert plan.facts.kind == "summary"


def test_half_a_year_turns_to_the_other_half() -> None:
    plan = plan_of(
        "上半年，全县教育系统抓重点、补短板。\n新建学校六所，新增学位一千个。\n"
        "下半年，重点抓好以下工作：一是抓减负。9月起服务覆盖所有义务教育学校。二是抓资助。发放各类助学金约1300万元。三是抓体育。举办全县中学生运动会1次。\n",
        "2024年上半年教育工作总结及下半年工作安排",
    )
    assert [(item.part, item.heading) for item in plan.items] == [
        ("plan", "抓减负"),
        ("plan", "抓资助"),
        ("plan", "抓体育"),
    ]
    assert (plan.facts.summary_year, plan.facts.plan_year) == (2024, 2024)


def test_projects_that_an_attachment_lists_are_no_work_of_a_plan_that_has_some() -> None:
    table = "序号\t项目名称\t建设内容\t责任单位\t完成时限\n1\t城北幼儿园\t新建12个班\t城关镇政府\t2024年8月\n2\t滨河中学\t扩建两栋楼\t县教育局\t2024年12月\n"
    work = "一、重点任务\n1.扩大资源。新建学校八所。\n2.建强队伍。招聘教师三百名。\n\n附件1\n重点建设项目清单\n"
    assert [item.heading for item in plan_of(work + table).items] == ["扩大资源", "建强队伍"]
    assert [item.heading for item in plan_of(table).items] == ["城北幼儿园", "滨河中学"]


def test_numbers_that_a_sharing_site_puts_before_its_pages_are_no_labels() -> None:
    first = "1、青岚区教育局2023年工作总结2023年，全区教育系统取得新成效。一、资源扩大。新建幼儿园两所，盼望城幼"
    second = "2、儿园规划明年春季开园，新增学位三百个。二、队伍加强。补充教师二百名，评选名师十五名，选派骨干教师支教"
    plan = extract(read_bytes(f"{first}\n{second}\n3、三十人，覆盖所有乡村学校。".encode(), "plan.txt"))
    assert headings(plan) == [("s一", "资源扩大"), ("s二", "队伍加强")]


def test_a_paragraph_between_two_numbers_that_lacks_only_its_own() -> None:
    plan = plan_of(
        "一、重点任务\n1.扩大资源供给。新建学校八所，新增学位三千个。\n创新教研方式。成立教研共同体13个，送教下乡40场次。\n"
        "3.深化体教融合。举办赛事六项，优良率提高三个百分点。\n"
    )
    assert headings(plan) == [("p1", "扩大资源供给"), ("p2", "创新教研方式"), ("p3", "深化体教融合")]


def test_headings_of_two_clauses_end_at_a_colon_where_the_series_has_them_so() -> None:
    plan = plan_of(
        "1、抓党建，铸魂育人：建成支部46个，发展党员52人。\n2、抓建设，补齐短板：完成12个项目，新增校舍4.6万平方米。\n"
        "3、抓师资，提升素质：新招教师312人，培训教师8700人次。\n"
    )
    assert [item.heading for item in plan.items] == ["抓党建，铸魂育人", "抓建设，补齐短板", "抓师资，提升素质"]


def test_a_list_whose_first_begins_a_line_goes_on_inside_it() -> None:
    plan = extract(
        read_bytes(
            "2023年，区教育工作围绕优学品牌，较好完成了年度任务。\n"
            "一是优供给，让孩子就近上好学。投用学校3所，新增学位3240个。二是强内涵，让课堂更有质量。开展教研1300场次，评优质课60节。"
            "三是守底线，让校园安全稳定。建成五星食堂8家，巡查2100余次。\n成绩之外，短板也很明显。\n"
            "2024年，我们将抓好两件大事：一要扩容提质。加快学校迁建，年内竣工2所。二要强师兴教。引进硕士25名以上，评选名师10名。".encode(),
            "plan.txt",
        )
    )
    assert [(item.part, item.heading) for item in plan.items] == [
        ("summary", "优供给，让孩子就近上好学"),
        ("summary", "强内涵，让课堂更有质量"),
        ("summary", "守底线，让校园安全稳定"),
        ("plan", "扩容提质"),
        ("plan", "强师兴教"),
    ]
    assert plan.facts.kind == "summary+plan"


def test_a_speech_on_one_line() -> None:
    plan = extract(
        read_bytes(
            "县教育局局长在2025年春季开学工作会上的讲话\n同志们:今天的会议很及时。下面我强调三个方面。一、回望2024,成绩来之不易。"
            "去年,我们新建校舍13.8万平方米,新增学位4320个。二、直面短板,问题不容回避。全县50人以下的村小还有34所,教师年龄老化。"
            "三、聚焦2025,重点抓好两项工作。1.抓布局优化。撤并教学点15个左右,新建寄宿制学校3所。2.抓质量攻坚。本科上线突破4000人,"
            "优秀率提高5个百分点。同志们,开局就是决战,让我们一起努力。".encode(),
            "plan.txt",
        )
    )
    assert headings(plan) == [("p1", "抓布局优化"), ("p2", "抓质量攻坚")]
    assert plan.items[-1].text.endswith("优秀率提高5个百分点。")
    assert [target.status for target in plan.targets][:2] == ["achieved", "achieved"]


def test_pages_numbered_from_the_title_on() -> None:
    plan = extract(
        read_bytes(
            "1、青岚县教育局2022年工作总结2022年,全县教育事业稳步发展。一、园所扩容。新建公办园5所,新增学位1170个。二、队伍加强。\n\n"
            "2、招聘教师128名,选派53名骨干支教。三、资助落实。发放资金1036万元,惠及学生9400人次。".encode(),
            "plan.txt",
        )
    )
    assert headings(plan) == [("s一", "园所扩容"), ("s二", "队伍加强"), ("s三", "资助落实")]
    assert plan.items[1].text.endswith("支教。")


def test_a_report_on_what_was_put_right_and_a_paragraph_that_turns_at_its_end() -> None:
    plan = plan_of(
        "一、反馈问题整改情况\n（一）关于经费保障的问题。\n整改情况：安排教育支出11.6亿元，同比增长5.8%。\n"
        "（二）关于大班额的问题。\n整改情况：新增学位3150个，大班额降至9个。\n"
        "二、下一步工作\n1．健全长效机制。考核权重不低于3%，落实到人。\n2．强化督导问效。开展督导2轮，覆盖所有学校。\n",
        "关于教育职责评价反馈问题整改情况的报告",
    )
    assert [item.part for item in plan.items] == ["summary", "summary", "plan", "plan"]
    speech = plan_of(
        "过去一年，全市教育工作亮点纷呈。\n新建学校38所，新增学位5400个，公办园占比达到53.4%。\n"
        "看到成绩的同时，也要看到差距仍然明显。破解难题，关键在今年。围绕今年工作，我强调两个方面：\n"
        "一要攻项目。计划投资6.8亿元，推进项目33个。\n二要提质量。结对15对以上，选拔苗子200人。\n",
        "在全市教育工作会议上的讲话",
    )
    assert [target.status for target in speech.targets] == ["achieved"] * 3 + ["planned"] * 4


def test_what_closes_a_report_inside_its_last_line_is_no_part_of_its_last_item() -> None:
    plan = plan_of(
        "一、加强队伍。补充教师九百名，培训校长。二、守牢底线。完成42所食堂改造，保持全覆盖。以上汇报,请审示。"
    )
    assert plan.items[-1].text.endswith("保持全覆盖。")


def test_what_stands_before_the_plan_of_a_work_report_reports() -> None:
    plan = plan_of(
        "社会事业全面发展。改造卫生室100个，新建书房3处。\n2025年工作目标任务\n今年要新建学校8所。\n"
        "（一）扩大资源。新增学位300个，建设幼儿园。\n（二）建强队伍。招聘教师90名，培训校长。\n",
        "青岚县2025年政府工作报告",
    )
    assert [target.status for target in plan.targets] == ["achieved"] * 2 + ["planned"] * 3


def test_a_series_whose_first_begins_a_line_goes_on_inside_it() -> None:
    plan = plan_of(
        "一、主要工作及成效\n（一）党建引领加强。举办讲坛14期，发展党员63名。（二）办学条件改善。实施项目38个，新增学位5460个。\n"
        "二、2024年工作打算\n（一）补齐学位短板。开工建设幼儿园3所，新增学位3000个。（二）建强教师队伍。招聘教师150名，培育名师200名。\n",
        "青岚区教育局2023年工作总结及2024年工作打算",
    )
    assert headings(plan) == [
        ("s一", "党建引领加强"),
        ("s二", "办学条件改善"),
        ("p一", "补齐学位短板"),
        ("p二", "建强教师队伍"),
    ]


def test_lists_below_sections_begin_a_line_and_go_on_inside_it() -> None:
    plan = plan_of(
        "一、肯定成绩，坚定信心\n一是办学条件有了新改善。新增学位2.1万个，建成小学6所。二是改革创新有了新突破。组建集团12个，覆盖学校48所。三是师资建设有了新成效。招聘教师90名，培训校长。\n"
        "二、突出重点，抓好今年任务\n（一）在学前教育上求普惠。新建公办园20所，占比达到55%。\n（二）在安全上求稳固。整改隐患40处，配备保安。\n",
        "在2024年全市教育工作会议上的讲话",
    )
    assert [item.heading for item in plan.items] == [
        "办学条件有了新改善",
        "改革创新有了新突破",
        "师资建设有了新成效",
        "在学前教育上求普惠",
        "在安全上求稳固",
    ]


def test_a_heading_beside_numbered_ones_may_list_its_work_without_numbers() -> None:
    plan = plan_of(
        "一、今年要抓好的大事\n（一）抓学位供给。\n1、建学校。动工建设学校8所，投用3所。\n2、调布局。撤并教学点12个，扩建宿舍。\n"
        "（二）抓队伍建设。\n一是要补人。招聘教师350人，特岗过半。\n二是要强训。培训教师620人次，人人72学时。\n"
    )
    assert [item.heading for item in plan.items] == ["建学校", "调布局", "要补人", "要强训"]


def test_a_semicolon_before_a_heading_parts_items() -> None:
    plan = extract(
        read_bytes(
            "青岚县教育局2022年工作总结\n全县教育稳步发展。1.学前教育扩容。新建公办园11所，增加学位3300个；2.义务教育均衡。"
            "改造校舍4.6万平方米，化解大班额134个；3.队伍建设加强。招聘教师400人，培训9800人次。".encode(),
            "plan.txt",
        )
    )
    assert [item.heading for item in plan.items] == ["学前教育扩容", "义务教育均衡", "队伍建设加强"]


def test_a_heading_ends_on_its_line() -> None:
    """A line without a stop, longer than its siblings' headings, before one that begins with a verb."""
    items = [
        f"{i}.{words}。制定方案，落实到学校。"
        for i, words in enumerate(("增加城区学位供给", "办好县域普通高中"), start=1)
    ]
    items += ["3.完善特殊教育和专门教育与成人教育体系", "4.完善特殊教育的资源", "5.扩大普惠托育服务。制定方案。"]
    items += [f"{i}.建强乡村教师队伍。制定方案，落实到学校。" for i in range(6, 12)]
    plan = extract(read_bytes("\n".join(["云岭市教育局2024年工作要点", *items]).encode(), "plan.txt"))
    assert all("\n" not in item.heading for item in plan.items)
    assert all(a.span.end <= b.span.start for a, b in pairwise(plan.items))


def test_line_ends_lost_between_items_part_them_all_the_same() -> None:
    """1. opens a line, 2. goes on in it behind a full stop, 3. opens the next."""
    plan = plan_of(
        "一、固本强基\n1、加强党的建设。培训书记35名，整顿党组织2个。2、落实意识形态责任。开展专项检查2次，管好课堂。\n"
        "3、抓好行风建设。聘请监督员50人，公开承诺。\n二、扩大资源\n重点抓好以下工作：1、扩大学位供给。新建幼儿园9所，其中城区3所。2、推进高中建设。"
        "扩建高中1所，新增床位。3、改善办学条件。改造食堂12个，更新桌椅。\n"
    )
    assert headings(plan) == [
        ("p1a", "加强党的建设"),
        ("p2a", "落实意识形态责任"),
        ("p3a", "抓好行风建设"),
        ("p1b", "扩大学位供给"),
        ("p2b", "推进高中建设"),
        ("p3b", "改善办学条件"),
    ]


def test_a_list_inside_an_item_stays_one_where_lines_number_the_items() -> None:
    plan = plan_of(
        "1.扩大学位供给。具体任务：1.新建学校。建成小学2所，中学1所。2.改建学校。扩建幼儿园3所，改造食堂。\n"
        "2.建强教师队伍。招聘教师90名，培训教师。\n3.守牢安全底线。整改隐患40处，配备保安。\n"
    )
    assert headings(plan) == [("p1", "扩大学位供给"), ("p2", "建强教师队伍"), ("p3", "守牢安全底线")]


def test_paragraphs_right_below_a_heading_that_says_nothing_itself_are_the_work() -> None:
    plan = plan_of(
        "一、肯定成绩，坚定信心\n去年，全县上下齐心协力，圆满完成了各项任务。\n二、突出重点，扎实做好各项工作\n"
        "第一，毫不放松抓好安全。一要备足物资，储备量不少于两周。二要摸排到人，落实日报告。\n"
        "第二，决战控辍保学。一要建立台账，巩固率保持96%。二要送教上门，每人20次。\n"
        "第三、着力扩大优质资源。实施项目36项，新增床位2200张。\n三、转变作风，确保落到实处\n各学校要精简会议，把时间还给课堂。\n",
        "在2020年全县教育工作会议上的讲话",
    )
    assert headings(plan) == [("p第一", "毫不放松抓好安全"), ("p第二", "决战控辍保学"), ("p第三", "着力扩大优质资源")]


def test_a_paragraph_without_its_number_is_of_the_series_whose_headings_begin_as_it_does() -> None:
    plan = plan_of(
        "一、重点任务\n（一）坚定不移加强党的领导。创建党组织30个，选派指导员60名。\n（二）坚定不移深化改革。建成基地12个，推出课程200门。\n"
        "坚定不移提升职业教育和终身教育水平。建设专业5个，开展培训25万人次。\n（四）坚定不移建设教师队伍。选送校长100名，培训教师。\n"
    )
    assert [item.id for item in plan.items] == ["p一", "p二", "p三", "p四"]
    assert plan.items[2].heading == "坚定不移提升职业教育和终身教育水平"


def test_a_heading_with_a_comma_is_cut_as_long_as_its_siblings() -> None:
    plan = plan_of(
        "2022年全区教育工作取得新成效。一是资源配置更加均衡。新增学位860个，建成小学6所。二是改革创新更具活力。组建集团12个，覆盖学校48所。"
        "三是教育质量更上层楼，全市高考一段上线1926人，上线率比上年提高2.7个百分点。学生获奖40项，创新大赛居首。"
        "四是安全防线更加牢固。整改隐患40处，配备保安。\n",
        "青岚区教育局2022年工作总结",
    )
    assert [item.heading for item in plan.items] == [
        "资源配置更加均衡",
        "改革创新更具活力",
        "教育质量更上层楼",
        "安全防线更加牢固",
    ]


def test_lines_with_the_responsible_units_close_the_last_item_too() -> None:
    plan = plan_of(
        "1、建学校。新建学校3所，新增学位900个。\n责任单位：县教育局\n2、调教师。交流教师300人，送教36场。\n责任单位：县教育局、县人社局\n"
        "3、护安全。整改隐患40处，配备保安。\n责任单位：县教育局\n4、迎检查。6月底前完成自评，认可度达到85%。\n牵头单位：县督导办\n配合单位：县教育局\n"
        "各牵头单位要在3月底前制定推进计划，每月25日前报送进展。\n"
    )
    assert plan.items[-1].span.quote.endswith("配合单位：县教育局")


def test_sentences_on_what_is_lacking_end_a_report_in_one_paragraph() -> None:
    plan = plan_of(
        "2021年，全区教育工作取得新成效。一是办学条件改善。新增学位860个，建成小学6所。二是队伍建设加强。招聘教师90名，培训校长。三是安全防线牢固。整改隐患40处，实现零事故。"
        "回顾一年来的工作，我们也清醒看到，大班额尚未消除，优质资源不足。\n",
        "青岚区教育局2021年工作总结",
    )
    assert plan.items[-1].span.quote.endswith("零事故。")


def test_a_list_with_headings_and_a_later_one_with_first_clauses_number_the_work() -> None:
    plan = plan_of(
        "2022年，各项工作取得新进展。一是党建全面加强。开展党课126场，发展党员38名。二是条件持续改善。维修校舍31处，购置图书6.3万册。三是素质稳步提升。补充教师143人，选派校长23名。\n"
        "在肯定成绩的同时，我们也清醒地认识到，还存在一些问题，这些问题将认真解决。\n"
        "2023年将重点做好以下工作：一要强化党建引领，落实党建工作责任，开展品牌创建活动，打造品牌学校10所。二要优化学校布局，编制调整方案，稳妥撤并教学点6个，建设寄宿制学校3所。三要锻造过硬队伍，全年招聘教师不低于120名，组织全员培训4000人次。\n",
        "青岚市教育局2022年工作总结",
    )
    assert headings(plan) == [
        ("s一", "党建全面加强"),
        ("s二", "条件持续改善"),
        ("s三", "素质稳步提升"),
        ("p一", "强化党建引领"),
        ("p二", "优化学校布局"),
        ("p三", "锻造过硬队伍"),
    ]


def test_a_list_behind_the_colon_of_a_parts_heading() -> None:
    plan = plan_of(
        "今年以来，任务过半。上半年主要工作：1、抓项目，强基础：谋划项目23个，投资3.46亿元。2、抓队伍，强素质：招聘教师82人，举办培训班21期。3、抓教研，提质量：组织教研34场，送课58节。\n"
        "半年来，工作虽有成效，但仍然存在一些问题。\n"
        "下半年工作打算：（1）聚力项目攻坚。全年完成投资1.1亿元，新增学位360个。（2）聚力质量提升。培育优质课20节，创建学校4所。（3）聚力队伍建设。完成竞聘1100余人，推出典型10名。\n",
        "青岚区教育局2024年上半年工作总结和下半年工作打算",
    )
    assert headings(plan) == [
        ("s1", "抓项目，强基础"),
        ("s2", "抓队伍，强素质"),
        ("s3", "抓教研，提质量"),
        ("p1", "聚力项目攻坚"),
        ("p2", "聚力质量提升"),
        ("p3", "聚力队伍建设"),
    ]


def test_a_speech_that_reports_in_one_paragraph_and_then_says_so() -> None:
    plan = plan_of(
        "同志们，我先讲去年。\n2023年，全县教育系统主要干成了三件大事。第一，学校修好了。投入5280万元，维修学校13所。第二，孩子留住了。入学率100%，劝返学生5名。第三，教师补上了。招聘教师75名，培训3100人次。\n"
        "下面说今年。我强调两条。\n一、布局要调。撤并学校5所，新建学校1所。\n二、学前要扩。新建公办园2所，增加学位720个。\n",
        "县教育局局长在2023年度全县教育工作总结大会上的讲话",
    )
    assert [(item.id, item.part) for item in plan.items] == [
        ("s第一", "summary"),
        ("s第二", "summary"),
        ("s第三", "summary"),
        ("p一", "plan"),
        ("p二", "plan"),
    ]
    assert "两条" not in [target.span.quote for target in plan.targets]


def test_tasks_whose_number_a_blank_sets_off() -> None:
    plan = plan_of(
        "一、重点任务\n任务一  扩大优质资源\n每个街道建成公办园1所，占比提高到75%。（责任单位：区社会发展局）\n"
        "任务二  落实“双减”，促进五育并举\n参与比例达到95%，开发课程200门。（责任单位：区社会发展局）\n"
    )
    assert [item.heading for item in plan.items] == ["扩大优质资源", "落实“双减”，促进五育并举"]


def test_each_list_in_words_has_headings_of_its_own_kind() -> None:
    """Sentences that are all of an item: their first clause; headings of three clauses with text behind stay whole."""
    tail = "编制布局调整规划，新建改扩建学校6所，新增学位4200个，推进优质均衡创建工作"
    clauses = plan_of(
        f"2024年，各项工作取得新成效。一是党建全面加强。开展党课12场，发展党员8名。二是条件持续改善。维修校舍3处，购置图书6万册。\n"
        f"2025年，重点抓好以下工作：一是着力强化思想铸魂，{tail}。二是着力优化学校布局，{tail}。三是着力推动减负提质，{tail}。\n",
        "青岚区教育局2024年工作总结",
    )
    assert [item.heading for item in clauses.items][-3:] == ["着力强化思想铸魂", "着力优化学校布局", "着力推动减负提质"]
    whole = "奋力推进{}振兴，巩固壮大实体经济根基，建设更具竞争力的现代化产业体系"
    named = [whole.format(word) for word in ("产业", "科教", "农业")]
    listed = "".join(
        f"{number}是{words}。落实行动方案，新增企业90家，培训300人。\n"
        for number, words in zip("一二三", named, strict=True)
    )
    assert [item.heading for item in plan_of(f"重点抓好以下工作：\n{listed}").items] == named


def test_an_item_in_words_that_opens_a_line_reaches_to_the_next() -> None:
    plan = plan_of(
        "一、今年要抓好的几件事\n第一，队伍建设要加强。招聘教师90名，培训教师300人。\n还要关心教师，建设周转宿舍90套。\n"
        "第二，“双减”成果要巩固。压减机构3家，检查26次。\n第三，安全防线要筑牢。整改隐患40处，配备保安。\n"
    )
    assert plan.items[0].span.quote.endswith("周转宿舍90套。")
    assert [target.item for target in plan.targets if target.span.quote == "90套"] == [plan.items[0].id]


def test_a_blank_inside_a_label() -> None:
    plan = plan_of(
        "（十九）扩大学位。新建学校3所，新增学位900个。\n（二 十）建强队伍。招聘教师90名，培训教师。\n（二十一）守牢安全。整改隐患40处，配备保安。\n"
    )
    assert [item.label for item in plan.items] == ["十九", "二十", "二十一"]


def test_sentences_that_state_the_work_are_headed_by_their_first_clauses() -> None:
    plan = plan_of(
        "1.深化党史学习教育，围绕庆祝建党100周年，在全市大中小学开展主题活动300场次。\n2.推动学前教育普及普惠，新建公办幼儿园16所，普惠性幼儿园覆盖率达到85%。\n"
        "3.加强教研工作，组织送教下乡40次以上，培育市级教学成果50项。\n4.守住校园安全底线，落实《青岚市学校安全条例》，整改隐患120处。\n"
    )
    assert [item.heading for item in plan.items] == [
        "深化党史学习教育",
        "推动学前教育普及普惠",
        "加强教研工作",
        "守住校园安全底线",
    ]


def test_a_list_behind_the_paragraph_that_turns_to_plans() -> None:
    plan = plan_of(
        "2020年是极不平凡的一年，全市教育系统圆满完成了各项任务。一是抗疫保学有力有效。储备口罩38万只，排查师生1.2万人。二是条件持续改善。维修校舍31处，购置图书6万册。三是素质稳步提升。补充教师143人，培训23名。\n"
        "一年来，虽然取得了一定成绩，但也存在一些问题。\n"
        "展望2021年，是“十四五”开局之年，我局将着力办好三件实事。（1）党建领航工程：开展活动30场，培育品牌校5所。（2）扩容提质工程，投资1.15亿元新建改扩建学校2所，新增学位720个。（3）强师固本工程：招聘教师80人，培训1200人次。\n",
        "海林市教育局2020年度工作情况报告",
    )
    assert headings(plan)[-3:] == [("p1", "党建领航工程"), ("p2", "扩容提质工程"), ("p3", "强师固本工程")]
    assert [item.id for item in plan.items][:3] == ["s一", "s二", "s三"]
    assert (plan.facts.summary_year, plan.facts.plan_year) == (2020, 2021)


def test_a_sentence_may_lead_to_the_list_below_a_heading() -> None:
    plan = plan_of(
        "一、认清形势，正视不足\n对照要求，我们的短板还不少。\n二、突出重点，狠抓落实\n今年的工作千头万绪，关键要抓好“五个一”。\n"
        "第一，抓党建，把准办学方向。培训书记90人，创建品牌5个。\n第二，抓学位，破解入学难题。新增学位3.2万个，新建学校9所。\n第三，抓队伍，激发教师活力。招聘教师1500名，培训教师。\n",
        "在2022年全市教育工作会议上的讲话",
    )
    assert [item.id for item in plan.items] == ["p第一", "p第二", "p第三"]


def test_lists_without_headings_below_numbered_ones_are_measures() -> None:
    for mark in ["①", "②", "③"], ["一是", "二是", "三是"]:
        below = "".join(
            f"{label}{words}"
            for label, words in zip(
                mark, ("培训教师300人，评选骨干40名；", "补充教师90名；", "轮岗教师60名。"), strict=True
            )
        )
        plan = plan_of("".join(f"{n}、建强第{n}支队伍\n{below}\n" for n in "一二三"))
        assert [item.label for item in plan.items] == ["一", "二", "三"]
        assert [len(item.measures) for item in plan.items] == [3, 3, 3]


def test_lists_that_open_lines_below_headings_are_measures_where_they_have_no_headings() -> None:
    plan = plan_of(
        "一.改进美育工作。一是建设基地4个，聘请艺人30名。\n二是配齐美术教师，年内补充56名。\n"
        "二.建强教师队伍。一是培训教师300人，评选骨干40名。\n二是轮岗教师60名。\n"
    )
    assert headings(plan) == [("p一", "改进美育工作"), ("p二", "建强教师队伍")]


def test_a_summary_that_opens_with_the_past_year_stays_one_to_its_end() -> None:
    plan = plan_of(
        "一年来，全市教育系统真抓实干，较好完成了各项任务。\n一、资源持续扩大\n（一）学校新建加快。新建学校6所。\n"
        "（二）园所布局优化。新建幼儿园9所。\n二、队伍不断壮大\n（一）补充教师。招聘教师90名。\n（二）培训教师。培训300人次。\n"
        "    下一步，我局将继续补短板、强弱项，推动教育再上新台阶。\n",
        "青岚市教育局2023年工作总结",
    )
    assert {item.part for item in plan.items} == {"summary"}
    assert plan.facts.kind == "summary"
    assert plan.items[-1].text.endswith("培训300人次。")


@pytest.mark.parametrize(
    "closing",
    [
        "让我们更加紧密地团结起来，真抓实干，奋力谱写教育新篇章！",
        "会议强调，全市教育系统要狠抓落实，确保各项任务落到实处。",
        "新的一年，全市教育系统将开拓进取，奋力开创教育工作新局面！",
    ],
)
def test_words_that_close_a_document_belong_to_no_item(closing: str) -> None:
    work = "一、扩大资源。新建学校六所，新增学位九百个。"
    for between in "\n", "":
        plan = plan_of(f"{work}{between}二、建强队伍。招聘教师九十名，培训教师。{between}{closing}")
        assert plan.items[-1].text == "二、建强队伍。招聘教师九十名，培训教师。"
        assert {item.part for item in plan.items} == {"plan"}


@pytest.mark.parametrize(
    "below",
    [
        "本行动计划自印发之日起施行，有效期三年。",
        "                  2\n青岚市教育局2024年工作要点.doc_第2页",
        "第 2 页 共 3 页\n更多精彩内容请访问 某某范文网",
    ],
)
def test_lines_that_pages_end_with_and_terms_of_validity_belong_to_no_item(below: str) -> None:
    plan = plan_of(f"一、扩大资源。新建学校六所。\n二、建强队伍。招聘教师九十名，培训教师。\n{below}\n")
    assert [item.text for item in plan.items] == [
        "一、扩大资源。新建学校六所。",
        "二、建强队伍。招聘教师九十名，培训教师。",
    ]


def test_closing_words_do_not_make_a_report_of_the_plan_before_them() -> None:
    plan = plan_of(
        "2023年，全市教育系统各项工作取得明显成效。2024年要突出重点。\n一、扩大资源。新建学校六所。\n二、建强队伍。招聘教师九十名。\n"
        "新的一年，全市教育系统将开拓进取，奋力开创教育工作新局面！\n"
    )
    assert [item.part for item in plan.items] == ["plan", "plan"]


@pytest.mark.parametrize("mark", ["●", "◆ ", "■"])
def test_bullets_head_items_where_nothing_else_is_numbered_below(mark: str) -> None:
    names = ["扩大学位供给", "改善办学条件", "建强教师队伍"]
    lines = "".join(f"{mark}{name}：落实方案，投入资金90万元，完成项目3个。\n" for name in names)
    plan = plan_of(f"一、重点项目\n{lines}二、重点改革\n{lines}")
    assert [item.heading for item in plan.items] == names * 2


def test_a_blank_before_the_stop_of_a_label() -> None:
    plan = plan_of("1 .扩大资源。新建学校六所。\n2 .建强队伍。招聘教师九十名。\n3 、守牢安全。整改隐患40处。\n")
    assert headings(plan) == [("p1", "扩大资源"), ("p2", "建强队伍"), ("p3", "守牢安全")]


@pytest.mark.parametrize("form", ["{}、", "（{}）"])
def test_headings_whose_line_ends_were_lost_among_others(form: str) -> None:
    work = [
        "扩大资源。新建学校六所。",
        "建强队伍。招聘教师九十名。",
        "提高质量。培育特色学校八所。",
        "守牢安全。整改隐患。",
    ]
    lines = [form.format(number) + words for number, words in zip("一二三四", work, strict=True)]
    plan = plan_of(f"{lines[0]}\n{lines[1]}{lines[2]}\n{lines[3]}\n")
    assert [item.label for item in plan.items] == ["一", "二", "三", "四"]
    assert plan.items[1].text == lines[1]


def test_a_heading_ends_before_the_colon_or_comma_that_brings_its_first_measure() -> None:
    for mark in "：", "，", "：1.":
        lines = "".join(
            f"（{n}）{name}{mark}{'' if '1' in mark else '一是'}完善机制。\n"
            for n, name in zip("一二三", ("扩大学位供给", "建强教师队伍", "守牢校园安全"), strict=True)
        )
        assert [item.heading for item in plan_of(lines).items] == ["扩大学位供给", "建强教师队伍", "守牢校园安全"]


def test_short_sentences_behind_a_few_colons_are_no_mottos() -> None:
    plan = plan_of(
        "1.扩大资源：新建学校6所，新增学位900个。\n2.保障经费：确保财政教育支出逐年增长。全年投入9亿元。\n"
        "3.建强队伍：招聘教师90名，培训300人。\n4.守牢安全：整改隐患40处，配备保安。\n"
    )
    assert [item.heading for item in plan.items] == ["扩大资源", "保障经费", "建强队伍", "守牢安全"]


def test_a_colon_behind_two_clauses_sets_them_off_beside_headings_of_one() -> None:
    plan = plan_of(
        "一、2023年工作总结\n1.资源扩大：新建学校6所。\n2.队伍加强：招聘教师90名。\n3.质量提高：获奖30项。\n"
        "二、2024年工作计划\n1.抓普惠，扩大学前资源：新建幼儿园9所，新增学位900个。\n2.抓均衡，促进教育公平：组建集团8个，改造学校12所。\n"
        "3.抓特色，做强普通高中：培训教师600人，建设基地3个。\n",
        "青岚市教育局2023年工作总结和2024年工作计划",
    )
    assert [item.heading for item in plan.items][3:] == [
        "抓普惠，扩大学前资源",
        "抓均衡，促进教育公平",
        "抓特色，做强普通高中",
    ]


def test_a_blank_sets_headings_off_in_one_part_of_a_document() -> None:
    plan = plan_of(
        "一、2023年工作总结\n（一）资源不断扩大 新建学校6所。新增学位900个。\n（二）队伍持续加强 3名教师获奖。招聘教师90名。\n（三）质量稳步提高 获奖30项。办好展演。\n"
        "二、2024年工作计划\n" + "".join(f"（{n}）抓好第{n}件实事。新建学校9所。落实资金。\n" for n in "一二三四五"),
        "青岚市教育局2023年工作总结和2024年工作计划",
    )
    assert [item.heading for item in plan.items][:3] == ["资源不断扩大", "队伍持续加强", "质量稳步提高"]


def test_a_blank_between_the_halves_of_a_heading_on_its_own_line_stays() -> None:
    sections = ["坚持党建引领 把牢办学方向", "坚持优质均衡 扩大资源供给", "坚持立德树人 促进全面发展"]
    for end in "", "。":
        text = "".join(
            f"{n}、{name}{end}\n（一）抓好实事。新建学校9所，落实资金。\n（二）抓好改革。出台办法，扩大试点。\n"
            for n, name in zip("一二三", sections, strict=True)
        )
        assert [section.heading for section in plan_of(text).sections] == sections


def test_a_heading_that_alone_lost_its_stop_is_cut_as_its_siblings_show() -> None:
    plan = plan_of(
        "1.扩大学位供给。新建学校6所，新增学位900个。\n2.改善办学条件。改造食堂9个，更新课桌。\n3.优化营商环境清理证明事项12项，压缩办理时限。按时办结。\n"
        "4.守牢校园安全。整改隐患40处，配备保安。\n5.数字应用不断深化在省级以上平台获评案例5个。推广应用。\n"
    )
    assert [item.heading for item in plan.items] == [
        "扩大学位供给",
        "改善办学条件",
        "优化营商环境",
        "守牢校园安全",
        "数字应用不断深化",
    ]


def test_statements_of_lists_in_words_are_headed_by_their_first_clauses_in_all_of_them() -> None:
    plan = plan_of(
        "一、扩大资源\n一是建好学校，新建学校6所，新增学位900个。按期竣工。\n二是办好园所，新建幼儿园9所，扩建3所。抓紧施工。\n三是改善条件，改造食堂12个，更新课桌8000套。全面完成。\n"
        "二、建强队伍\n一是选好校长，健全选拔任用机制，完善考核评价办法。加强培养。\n二是配好教师，招聘教师90名，轮岗60名。充实一线。\n三是管好师德，健全监督机制，严肃查处违规行为。一查到底。\n"
    )
    assert [item.heading for item in plan.items] == [
        "建好学校",
        "办好园所",
        "改善条件",
        "选好校长",
        "配好教师",
        "管好师德",
    ]


def test_a_sentence_at_the_end_of_an_item_turns_to_the_plan() -> None:
    report = "一、资源扩大。新建学校六所，新增学位九百个。\n二、队伍加强。招聘教师九十名，培训教师。"
    turn = "2024年，我局将继续真抓实干，重点做好以下工作："
    for work in (
        "\n一、扩大资源。新建学校八所。\n二、建强队伍。招聘教师百名。\n",
        ("1.扩大资源。新建学校八所，按期竣工。2.建强队伍。招聘教师百名，加强培训。3.守牢安全。整改隐患，配备保安。"),
    ):
        plan = plan_of(
            f"2023年，各项工作取得新成效。\n{report}{turn}{work}", "青岚市教育局2023年工作总结及2024年工作打算"
        )
        assert plan.items[1].text.endswith("招聘教师九十名，培训教师。")
        assert [item.part for item in plan.items[:3]] == ["summary", "summary", "plan"]


def test_dashes_head_items_beside_a_list_of_problems() -> None:
    work = "".join(f"——{name}。落实方案，完成项目3个。\n" for name in ("扩大学位供给", "改善办学条件", "建强教师队伍"))
    plan = plan_of(
        f"一、2023年工作总结\n{work}二、存在的问题\n一是资源不足；二是队伍不优；三是管理不细。\n三、2024年工作计划\n{work}",
        "青岚市教育局2023年工作总结和2024年工作计划",
    )
    assert [item.part for item in plan.items] == ["summary"] * 3 + ["plan"] * 3


def test_a_bare_section_between_divided_ones_is_work_where_it_states_some() -> None:
    divided = "（一）抓好实事。新建学校9所，落实资金。\n（二）抓好改革。出台办法，扩大试点。\n"
    bare = "加强学校体育\n举办运动会，设项目26个，改造操场8片。\n"
    plan = plan_of(f"一、扩大资源\n{divided}二、{bare}三、提高质量\n{divided}四、建强队伍\n{divided}")
    assert [item.label for item in plan.items] == ["一", "二", "二", "一", "二", "一", "二"]
    assert plan.items[2].heading == "加强学校体育"


def test_labels_right_behind_a_title_on_the_same_line() -> None:
    plan = extract(
        read_bytes(
            "青岚市教育局2024年工作要点一、扩大资源。新建学校六所，新增学位九百个。二、建强队伍。招聘教师九十名，培训教师。"
            "三、守牢安全。整改隐患四十处，配备保安。".encode(),
            "plan.txt",
        )
    )
    assert [item.label for item in plan.items] == ["一", "二", "三"]


def test_the_first_of_a_series_without_its_label_below_words_that_lead_to_it() -> None:
    plan = plan_of(
        "一、扩大资源\n重点抓好以下工作：\n新建公办学校。年内竣工六所，新增学位九百个。\n（二）改善办学条件。改造食堂9个。\n（三）更新设备。添置电脑。\n"
        "二、建强队伍\n（一）招聘教师。补充教师九十名。\n（二）培训教师。培训三百人。\n"
    )
    assert headings(plan)[0] == ("p一a", "新建公办学校")


def test_a_missing_label_between_headings_of_two_clauses() -> None:
    plan = plan_of(
        "一、抓普惠，扩大学前资源。新建幼儿园9所，新增学位900个。\n二、抓均衡，促进教育公平。组建集团8个，改造学校12所。\n"
        "抓队伍，锻造过硬教师。招聘教师90名，培训教师300人次。\n四、抓安全，守牢校园底线。整改隐患40处，配备保安。\n"
    )
    assert [item.heading for item in plan.items][2] == "抓队伍，锻造过硬教师"


def test_a_document_with_line_ends_of_windows_has_the_same_outline() -> None:
    text = (
        "一、重点项目\n围绕目标，重点做好以下几项工作。\n●扩大学位供给。投入90万元，完成项目3个。\n●改善办学条件。投入60万元，改造食堂。\n"
        "●建强教师队伍。招聘90名，培训教师。\n二、组织保障\n各单位要加强领导。\n"
    )
    assert headings(plan_of(text.replace("\n", "\r\n"))) == headings(plan_of(text)) != []


def test_a_list_of_two_clauses_keeps_them_beside_lists_of_statements() -> None:
    plan = plan_of(
        "一、2023年工作总结\n一是建好学校，新建学校6所，新增学位900个。按期竣工。\n二是办好园所，新建幼儿园9所，扩建3所。抓紧施工。\n三是改善条件，改造食堂12个，更新课桌8000套。全面完成。\n"
        "二、2024年工作计划\n一是抓普惠，扩大学前资源。新建幼儿园9所。\n二是抓均衡，促进教育公平。组建集团8个。\n三是抓队伍，锻造过硬教师。招聘教师90名。\n",
        "青岚市教育局2023年工作总结和2024年工作计划",
    )
    assert [item.heading for item in plan.items][3:] == [
        "抓普惠，扩大学前资源",
        "抓均衡，促进教育公平",
        "抓队伍，锻造过硬教师",
    ]


def test_sections_labelled_in_square_brackets() -> None:
    plan = plan_of(
        "【一】聚力项目建设\n1. 校舍提速\n全年建成学校六所，新增学位一千个。\n2. 装备升级\n更新设备三百套。\n"
        "【二】建强教师队伍\n3. 补充教师\n招聘教师二百名，全部到岗。\n"
    )
    assert [(s.label, s.heading) for s in plan.sections] == [("一", "聚力项目建设"), ("二", "建强教师队伍")]
    assert plan.items[1].text.endswith("更新设备三百套。")


def test_a_sentence_before_the_plans_list_turns_to_it_without_a_colon() -> None:
    text = (
        "青岚市教育局2023年工作总结和2024年工作思路\n一、党建引领更加有力\n发展党员67名，活动丰富。\n"
        "二、资源供给更加充足\n竣工学校7所，运行良好。\n"
        "在肯定成绩的同时，也要看到困难。2024年是攻坚之年，市教育局将聚焦新城建设，重点推进以下工作。\n"
        "一是加大资源供给。新开办学校6所。\n二是深化教学改革。建设学科基地15个。\n"
    )
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert plan.facts.kind == "summary+plan"
    assert [item.part for item in plan.items] == ["summary", "summary", "plan", "plan"]


def test_many_paragraphs_with_headings_of_any_length_are_a_list() -> None:
    first = [
        "全面加强党对教育工作的领导",
        "优化布局",
        "提升职业教育服务产业能力",
        "深化“双减”和教育评价改革",
        "加快教育数字化转型",
    ]
    text = "".join(f"{heading}。新建示范学校{n}所，全部按期投入使用。\n" for n, heading in enumerate(first, start=2))
    plan = plan_of(text + "守牢底线，兜牢民生。资助学生四千六百人次，做到应助尽助。\n")
    assert [item.heading for item in plan.items] == [*first, "守牢底线，兜牢民生"]


def test_lines_that_head_paragraphs_where_nothing_is_numbered() -> None:
    heads = ["项目建设要往前赶", "校长要把心思放在教师身上", "“双减”不能松劲，课堂必须提质"]
    body = (
        "今年全市列入计划的教育项目六十四个，请大家记住，九月底前必须全部开工，年内完工四十个以上，新增学位九千八百个。"
    )
    text = "".join(f"\n{head}\n{body}\n" for head in heads)
    speech = f"在全市校长培训班上的讲话\n青岚市教育局局长\n各位校长：\n今天我讲几点意见。\n{text}"
    plan = extract(read_bytes(speech.encode(), "plan.txt"))
    assert [(item.heading, item.text.endswith("九千八百个。")) for item in plan.items] == [(h, True) for h in heads]
    # A line that heads nothing among them, and there is no telling which do.
    assert extract(read_bytes((speech + "\n谢谢大家\n再见\n" + text).encode(), "plan.txt")).items == ()


@pytest.mark.parametrize(
    ("run_in", "heading"),
    [
        ("加强师资配备秋季学期前补充教师150名，轮岗30名。", "加强师资配备"),
        ("教育质量稳步提升高考本科上线率达到76%，再创新高。", "教育质量稳步提升"),
        ("深化产教融合新增专业点6个，培养高技能人才2300余人。", "深化产教融合"),
        ("落实问题整改对反馈问题主动认领、照单全收,画好时间表。", "落实问题整改"),
        ("加强教师队伍建设全市补充教师2300名，其中音体美教师450名。", "加强教师队伍建设"),
        ("抓实党建工作深入开展主题教育，培育党建品牌学校10所。", "抓实党建工作"),
        ("强化资金保障积极争取上级资金9.8亿元，县级自筹2.3亿元。", "强化资金保障"),
    ],
)
def test_a_heading_ends_where_a_clause_opens_behind_it(run_in: str, heading: str) -> None:
    plan = plan_of(
        "1.扩大学位供给。新建学校6所，新增学位900个。\n2.改善办学条件。改造食堂9个，更新课桌。\n"
        f"3.{run_in}\n4.守牢校园安全底线。整改隐患40处，配备保安。\n5.推进依法治教。办理提案12件。\n"
    )
    assert plan.items[2].heading == heading


def test_each_of_report_and_plan_shows_how_long_its_headings_are() -> None:
    report = "".join(
        f"{n}、{heading}。新建学校{n}所，全部投用。\n"
        for n, heading in enumerate(
            ["坚持党建统领，政治生态持续向好", "加大教育投入，办学条件不断改善", "深化人事改革，队伍活力明显增强"], 1
        )
    )
    report += "4、聚焦内涵发展，教育质量稳步提升高考本科上线1876人，其中600分以上47人。\n"
    plans = "".join(
        f"{n}、抓实{what}。新建学校{n}所，全部投用。\n"
        for n, what in enumerate(["党建", "项目", "质量", "队伍", "安全"], 1)
    )
    text = (
        f"青岚县教育局2023年工作总结和2024年工作计划\n第一部分 2023年工作总结\n{report}第二部分 2024年工作计划\n{plans}"
    )
    assert extract(read_bytes(text.encode(), "plan.txt")).items[3].heading == "聚焦内涵发展，教育质量稳步提升"


def test_decimals_below_headings_without_words_of_their_own_number_the_work() -> None:
    plan = plan_of(
        "1、补齐资源短板\n1.1 扩大学前资源。新建幼儿园十八所并投用。\n1.2 优化学校布局。撤并教学点二十个。\n"
        "2、激发办学活力\n2.1 深化评价改革。制定办法并组织实施。\n2.2 推进数字赋能。建设智慧校园四十所。\n"
    )
    assert headings(plan) == [
        ("p1.1", "扩大学前资源"),
        ("p1.2", "优化学校布局"),
        ("p2.1", "深化评价改革"),
        ("p2.2", "推进数字赋能"),
    ]


def test_decimals_below_work_are_its_measures_and_amounts_no_labels() -> None:
    plan = plan_of(
        "1.补齐资源短板。新增学位九百个。\n1.1 新建幼儿园十八所。\n1.2 扩建小学六所。\n2.激发办学活力。办好课堂节。\n1.2万名学生参加。\n"
    )
    assert [item.label for item in plan.items] == ["1", "2"]


def test_parts_named_in_square_brackets() -> None:
    text = (
        "青岚县教育局局长在全县教育工作会议上的讲话\n同志们：\n【回顾】2023年，我们是这样走过来的\n"
        "1）办学条件有改善。新建学校6所。\n2）教师队伍有活力。招聘教师90名。\n"
        "【展望】2024年，我们要这样走下去\n1）促优质均衡。新建学校8所。\n2）抓教学质量。评选优质课60节。\n"
    )
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert [item.part for item in plan.items] == ["summary", "summary", "plan", "plan"]


def test_slogans_that_are_counted_label_the_work() -> None:
    plan = plan_of(
        "“六个聚力”之一：聚力党建铸魂\n开展主题教育，培育品牌九个。\n“六个聚力”之二：聚力健康第一，促进成长\n改造食堂六个，更新课桌。\n"
        "“六个聚力”之三：聚力引才育才\n招聘教师九十名，全部到岗。\n"
    )
    assert headings(plan) == [("p一", "聚力党建铸魂"), ("p二", "聚力健康第一，促进成长"), ("p三", "聚力引才育才")]


def test_months_part_the_work() -> None:
    plan = plan_of(
        "一月份：\n1.质量监测。组织期末抽测六次。\n2.安全督查。派出督查组八个。\n十二月份：\n1.年度考核总结。考核学校一百所。\n",
        "青岚县教育局2024年工作月度安排",
    )
    assert [item.text for item in plan.items][1].endswith("八个。")
    assert {item.part for item in plan.items} == {"plan"}


def test_the_only_star_of_a_section_is_work_where_stars_are_elsewhere() -> None:
    starred = {
        "立德树人": ["构建思政格局", "实施体艺工程", "建好劳动基地"],
        "提质扩优": ["加快项目建设", "优化学校布局", "深化双减治理"],
        "维护稳定": ["织密防护网"],
    }
    text = "".join(
        f"{label}、坚持{section}，办好每所学校\n全年投入四千八百万元，重点用于薄弱学校改造。\n"
        + "".join(f"★{heading}。新增岗位三十个，全部到位。\n" for heading in headings)
        for label, (section, headings) in zip("一二三", starred.items(), strict=True)
    )
    assert [item.heading for item in plan_of(text).items] == [h for listed in starred.values() for h in listed]


@pytest.mark.parametrize("last", ["优化办学环境清理各项事务推进教师队伍能力素质提升再建设", "优化办学环境，持续改善"])
def test_the_last_heading_may_end_the_document(last: str) -> None:
    plan = plan_of(
        "1.扩大学位供给。新建学校6所，新增学位900个。\n2.改善办学条件。改造食堂9个，更新课桌。\n"
        f"3.守牢校园安全。整改隐患40处，配备保安。\n4.推进依法治教。办理提案12件。\n5.{last}"
    )
    assert len(plan.items) == 5


@pytest.mark.parametrize("line", ["工作目标", "主要工作目标", "总体工作目标"])
def test_a_line_that_names_a_part_is_no_title(line: str) -> None:
    plan = extract(read_bytes(f"某县教育局2024年工作要点\n\n{line}\n新建学校5所，招聘教师100名。".encode(), "plan.txt"))
    assert (plan.facts.title, plan.facts.plan_year) == ("某县教育局2024年工作要点", 2024)


@pytest.mark.parametrize("label", ["{}、", "（{}）", "第{}，"])
def test_labels_without_words_behind_a_long_one(label: str) -> None:
    one, two, three = map(label.format, "一二三")
    words = "加强学校建设推进布局调整全县新建学校5所改建学校3所投入资金300万元，切实缓解学位紧张。"
    plan = extract(read_bytes(f"青岚县教育局2024年工作要点\n\n{one}{words}\n{two}；{three}；".encode(), "plan.txt"))
    assert [target.value for target in plan.targets] == [5, 3, 3_000_000]


def test_a_month_alone_on_a_line_says_when_something_is_due() -> None:
    plan = plan_of(
        "1.新建学校5所。\n完成时限：\n12月\n责任单位：\n计财股\n2.招聘教师100名。\n完成时限：\n9月\n责任单位：\n人事股\n"
    )
    assert [target.deadline for target in plan.targets] == ["2024-12-31", "2024-09-30"]
    plan = plan_of("（一）学校建设\n3月\n完成招标5个。\n6月\n完成主体5所。\n")
    assert [target.item for target in plan.targets] == ["p一", "p一"]


def test_names_in_brackets_that_come_again_are_no_parts() -> None:
    task = "{}、{}\n【工作目标】新建学校5所。\n【工作计划】3月开工。\n【总结】12月底前总结5个经验。\n"
    plan = plan_of(task.format("一", "学校建设") + task.format("二", "园所建设"))
    assert {target.status for target in plan.targets} == {"planned"}
    plan = plan_of("1.建校。新建学校5所。\n【工作总结】每季度末报送总结3份。\n2.开会。召开会议5次。\n")
    assert {item.part for item in plan.items} == {"plan"}


def test_a_look_back_numbered_with_the_first_figure() -> None:
    text = "2024年工作计划\n\n1、去年工作总结\n2023年新建学校5所。\n2、今年工作安排\n招聘教师100名。"
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert [(target.status, target.deadline) for target in plan.targets] == [("achieved", "2023"), ("planned", "2024")]


def test_numbers_in_square_brackets_below_plain_ones() -> None:
    plan = plan_of(
        "一、学校建设\n【一】布局调整\n新建学校5所。\n【二】办学条件\n改建学校3所。\n"
        "二、教师队伍\n【一】招聘\n招聘教师十名。\n【二】培训\n培训教师九十名。\n"
    )
    assert [(item.section, item.heading) for item in plan.items] == [
        (plan.sections[0].id, "布局调整"), (plan.sections[0].id, "办学条件"),
        (plan.sections[1].id, "招聘"), (plan.sections[1].id, "培训"),
    ]  # fmt: skip


def test_one_of_several_slogans_and_a_broken_decimal_are_no_labels() -> None:
    first = "1.学校食品安全是“民生实事”之一，要加强监管，检查50次。"
    assert plan_of(f"一、重点工作\n{first}\n2.建校。新建学校5所。\n").items[0].text == first
    plan = plan_of("一、重点\n1.1 布局调整\n新建学校5所，\n1.5 万名学生受益。\n1.2 办学条件\n改造食堂5个。\n")
    assert [item.label for item in plan.items] == ["1.1", "1.2"]
