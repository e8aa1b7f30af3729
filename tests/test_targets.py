"""Quantities in normal form, what they count, and the numbers that are no targets."""

from decimal import Decimal

import pytest

from yaodian.extraction import extract
from yaodian.model import Target
from yaodian.reading import read_bytes

TEMPLATE = "青岚市教育局2024年工作要点\n\n2024年,全市教育工作以高质量发展为主线,重点抓好以下工作,办好人民满意的教育。\n\n一、资源供给\n1.推进学校建设。{}\n2.其他工作。做好统筹协调工作。\n"


def targets_of(sentence: str) -> list[Target]:
    return list(extract(read_bytes(TEMPLATE.format(sentence).encode(), "plan.txt")).targets)


@pytest.mark.parametrize(
    ("sentence", "quote", "value", "unit", "comparator"),
    [
        ("新增学位3.1万个。", "3.1万个", "31000", "个", "eq"),
        ("投入资金2.5亿元。", "2.5亿元", "250000000", "元", "eq"),
        ("安排经费84万元。", "84万元", "840000", "元", "eq"),
        ("市级专项资金增加至5000万。", "增加至5000万", "50000000", "元", "eq"),
        ("学前教育普惠率达95%以上。", "达95%以上", "95", "%", "ge"),
        ("大班额比例控制在3%以内。", "3%以内", "3", "%", "le"),
        ("培训干部２０００人次以上。", "２０００人次以上", "2000", "人次", "ge"),
        ("打造精品课程200多门。", "200多门", "200", "门", "ge"),
        ("轮训书记700余人次。", "700余人次", "700", "人次", "ge"),
        ("建设产业学院10个左右。", "10个左右", "10", "个", "approx"),
        ("约300名教师参加交流。", "300名", "300", "名", "approx"),
        ("评选示范校不少于10所。", "不少于10所", "10", "所", "ge"),
        ("美育课程不得低于72个学时。", "不得低于72个", "72", "个", "ge"),
        ("每所学校投入不应少于30万元。", "不应少于30万元", "300000", "元", "ge"),
        ("小学班额不得超过45人。", "不得超过45人", "45", "人", "le"),
        ("高中招生不能高于500名。", "500名", "500", "名", "le"),
        ("每个县至少建设3个示范点。", "3个", "3", "个", "ge"),
        ("新建两所普通高中。", "两所", "2", "所", "eq"),
        ("双师型教师占比≧90%。", "90%", "90", "%", "ge"),
        ("大班额占比≤3%。", "3%", "3", "%", "le"),
        ("新增公办园位1.9 万余个。", "1.9 万余个", "19000", "个", "ge"),
        ("学生接种疫苗99.9万剂。", "99.9万剂", "999000", "剂", "eq"),
        ("开设七个“职普融通班”。", "七个", "7", "个", "eq"),
        ("校舍竣工112万平方米。", "112万平方米", "1120000", "平方米", "eq"),
        ("为14万余学生建立档案。", "14万余", "140000", "人", "ge"),
        ("投入资金十二亿六千万元。", "十二亿六千万元", "1260000000", "元", "eq"),
        ("培训教师四百二十余人次。", "四百二十余人次", "420", "人次", "ge"),
        ("上线率比上年提高一点八个百分点。", "一点八个百分点", "1.8", "个百分点", "eq"),
        ("补助标准最高1400元。", "1400元", "1400", "元", "le"),
        ("建成市级专门学校一所，选址已定。", "一所", "1", "所", "eq"),
        ("桓台、高青、沂源三县各建成一所达标中职学校。", "一所", "1", "所", "eq"),
        ("参赛教师640 余名。", "640 余名", "640", "名", "ge"),
        ("采购设备3.1万台件套。", "3.1万台件套", "31000", "台件套", "eq"),
        ("平均每天收费不到30元。", "30元", "30", "元", "lt"),
        ("维修校舍3.2万㎡。", "3.2万㎡", "32000", "㎡", "eq"),
        ("检查幼儿园204所次。", "204所次", "204", "所次", "eq"),
        ("各地在两个月内制定办法，新建学校6所。", "6所", "6", "所", "eq"),
        ("用3个月时间培训教师90人次。", "90人次", "90", "人次", "eq"),
        ("每位学生每年至少掌握一项劳动技能。", "一项", "1", "项", "ge"),
    ],
)
def test_quantities(sentence: str, quote: str, value: str, unit: str, comparator: str) -> None:
    [target] = targets_of(sentence)
    assert (target.span.quote, target.value, target.unit, target.comparator) == (
        quote,
        Decimal(value),
        unit,
        comparator,
    )


@pytest.mark.parametrize("sentence", ["培育亮点工作3-5项。", "培育亮点工作3—5项。", "培育亮点工作３至５项。"])
def test_ranges(sentence: str) -> None:
    [target] = targets_of(sentence)
    assert (target.value, target.value_max, target.comparator) == (3, 5, "range")


@pytest.mark.parametrize(
    "sentence",
    [
        "落实“双减”和“五项管理”要求。",
        "到2025年12月底前完成。",
        "深入学习贯彻党的二十大和二十届二中全会精神。",
        "开展“1+X”证书试点和5G应用。",
        "实施第二期三年行动计划。",
        "编制2021-2025年专项规划。",
        "保障6-15周岁适龄儿童入学。",
        "遴选一批示范校,形成一系列成果。",
        "庆祝建校100周年。",
        "坚持每天锻炼1小时。",
        "推进十六中临港校区建设。",
        "落实《关于印发22条措施的通知》。",
        "教育经费投入做到两个只增不减。",
        "抓好五项重点工作,打赢三大攻坚战。",
        "每学期开展应急演练2次。",
        "落实县委十一届四次全委会议精神。",
        "撤并30人以下教学点。",
        "下面我强调五条。",
        "将招录权、评聘权和考核权等三个权限下放给学校。",
        "城东、城西两个片区带头试点。",
        "落实教育部等5部门《关于加强学校安全工作的意见》。",
        "完善机制。（市教育局、12个乡镇中心校和各县政府负责）",
    ],
)
def test_numbers_that_are_no_targets(sentence: str) -> None:
    assert targets_of(sentence) == []


def test_what_is_set_beside_the_year_before_is_planned() -> None:
    (target,) = targets_of("近视率在上年基础上降低0.5个百分点。")
    assert target.status == "planned"


def test_parts_are_tied_to_their_total() -> None:
    total, new, rebuilt, places = targets_of("新建、改扩建幼儿园148所,其中新建72所、改扩建76所,新增学位1.75万个。")
    assert total.part_of is None
    assert new.part_of == rebuilt.part_of == total.id
    assert places.part_of is None
    assert [t.indicator for t in (new, rebuilt)] == ["新建幼儿园", "改扩建幼儿园"]


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("新增学位3.1万个。", ["新增学位"]),
        ("建设10个左右产业学院、8个实训基地。", ["产业学院", "实训基地"]),
        ("选聘20名左右产业教授。", ["选聘产业教授"]),
        ("力争全市88%以上中小学装备达省一类标准。", ["中小学装备达省一类标准的比例"]),
        ("新建、改扩建学校78所,竣工33所。", ["新建、改扩建学校", "竣工学校"]),
        ("深化义务教育2000名教师交流轮岗。", ["义务教育教师交流轮岗"]),
    ],
)
def test_indicators(sentence: str, indicators: list[str]) -> None:
    assert [t.indicator for t in targets_of(sentence)] == indicators


@pytest.mark.parametrize(
    ("sentence", "comparator"),
    [
        ("至少要配备音乐、美术专职教师各1名。", "ge"),
        ("达标率低于全省1.2个百分点。", "eq"),
        ("达标率提高不低于3个百分点。", "ge"),
    ],
)
def test_bounds_of_lists_and_differences(sentence: str, comparator: str) -> None:
    assert targets_of(sentence)[-1].comparator == comparator


def test_what_exists_within_words_is_planned() -> None:
    [target] = targets_of("课后服务实现有需要的学生100%覆盖。")
    assert target.status == "planned"


def test_what_is_already_there_is_a_result() -> None:
    [target] = targets_of("继续指导现有7所特色学校提升品质。")
    assert target.status == "achieved"


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("新建两三所学校。", 2, 3),
        ("培养三五名骨干。", 3, 5),
        ("建设十七八个基地。", 17, 18),
        ("学生掌握一至两项艺术特长。", 1, 2),
        ("投资8000万元至1亿元。", 80000000, 100000000),
        ("建设10个到12个基地。", 10, 12),
        ("学生形成一两项艺术特长。", 1, 2),
    ],
)
def test_neighbouring_numerals_are_ranges(sentence: str, low: int, high: int) -> None:
    [target] = targets_of(sentence)
    assert (target.value, target.value_max, target.comparator) == (low, high, "range")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("优良天数209天，比上年增加19天。", [(209, "天"), (19, "天")]),
        ("实际利用外资7500万美元。", [(75000000, "美元")]),
        ("更新课桌凳5300余件(套)。", [(5300, "件(套)")]),
        ("课间延长到十五分钟。", []),
        ("课后服务惠及14万中小学生。", [(Decimal(140000), "人")]),
        ("普惠率和入园率分别提高4.1个和2.3个百分点。", [(Decimal("4.1"), "个百分点"), (Decimal("2.3"), "个百分点")]),
        ("工程历时209天。", []),
        ("艺术课程确保72学时。", [(72, "学时")]),
        ("每周开设体育课4课时。", []),
        ("新增学位1 350个。", [(1350, "个")]),
        ("培训教师近万人次。", [(10000, "人次")]),
        ("清理无证园近百所，带动学生上千人。", [(100, "所"), (1000, "人")]),
        ("百名校长进千村，开展督查两轮。", [(2, "轮")]),
        ("落实资金8 756.4万元，惠及27 860名学生。", [(87564000, "元"), (27860, "名")]),
        ("在校学生6 8 412名，撤并不足10人的小规模学校2 3所。", [(68412, "名"), (23, "所")]),
        ("建设周转房1.2万套（间），在媒体发稿26篇次。", [(12000, "套（间）"), (26, "篇次")]),
        ("启动新一轮行动，做好第三轮督导。", []),
        (
            "三率分别提高0.6、0.3、1.1个百分点。",
            [(Decimal("0.6"), "个百分点"), (Decimal("0.3"), "个百分点"), (Decimal("1.1"), "个百分点")],
        ),
        ("合格率九成二以上。", [(92, "%")]),
        ("两个新建项目完工。", [(2, "个")]),
        ("每名学生熟练掌握两项运动技能。", [(2, "项")]),
        ("满意度连续三次居全市前列。", []),
        ("二本以上上线率稳步提高。", []),
        ("流通图书150万册次，检查食堂286个次。", [(1500000, "册次"), (286, "个次")]),
    ],
)
def test_units(sentence: str, expected: list[tuple[Decimal, str]]) -> None:
    assert [(target.value, target.unit) for target in targets_of(sentence)] == expected


def test_a_bound_holds_over_the_words_it_is_said_of() -> None:
    [target] = targets_of("艺术课程课时不低于义务教育阶段艺术课程总课时的20%。")
    assert (target.value, target.comparator) == (20, "ge")
    [target] = targets_of("义务教育巩固率保持在99%。")
    assert target.comparator == "eq"


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        (
            "新增学位6480个，其中小学4320个、初中2160个。",
            ["新增学位", "小学新增学位", "初中新增学位"],
        ),
        ("公办幼儿园、普惠性幼儿园覆盖率分别达到60%、90%。", ["公办幼儿园覆盖率", "普惠性幼儿园覆盖率"]),
        ("小学、初中巩固率分别达到99%、98%。", ["小学巩固率", "初中巩固率"]),
        ("城东区、城西区分别新增学位5400个和3200个。", ["城东区新增学位", "城西区新增学位"]),
        (
            "普惠率和入园率分别达90%、95%，分别提高4个和2个百分点。",
            ["普惠率", "入园率", "普惠率提高", "入园率提高"],
        ),
        (
            "实施教育重点项目76个，总投资18亿元，年内完成投资9亿元。",
            ["教育重点项目", "教育重点项目总投资", "教育重点项目投资"],
        ),
        ("办理热线诉求1.1万件，办结率99.6%。", ["办理热线诉求", "热线诉求办结率"]),
        ("表彰优秀班主任100名，对失范行为零容忍，查处率100%。", ["表彰优秀班主任", "查处率"]),
        ("总投资50亿元的产业基地项目开工。", ["产业基地项目总投资"]),
        ("教育支出预计15.6亿元。", ["教育支出"]),
        ("改扩建甲山中学、乙水小学等6所学校。", ["改扩建学校"]),
        ("永安县、清源县各盘活闲置校舍10处。", ["盘活闲置校舍"]),
        ("联合公安、消防等部门开展校园安全检查4次。", ["校园安全检查"]),
        ("改造厕所40座、浴室11间。", ["改造厕所", "改造浴室"]),
        ("清理规范性文件28件，废止5件。", ["清理规范性文件", "废止规范性文件"]),
        ("发放助学贷款3892万元，惠及4006人。", ["发放助学贷款", "助学贷款惠及"]),
        ("课后服务实现全覆盖，参与率91%。", ["课后服务参与率"]),
        ("9月底前新建学校3所。", ["新建学校"]),
        ("在校生达到3万人。", ["在校生"]),
        ("二要补充教师800名。", ["补充教师"]),
        ("骨干教师不低于交流教师的20%。", ["骨干教师占交流教师的比例"]),
        ("教育支出占一般公共预算支出比例达到18%。", ["教育支出占一般公共预算支出比例"]),
        ("保证音乐课程有6个学分。", ["音乐课程学分"]),
        ("达标率97.4%，低于全省1.2个百分点。", ["达标率", "达标率低于全省"]),
        ("刊发稿件130多篇，公众号关注人数增至4.6万。", ["刊发稿件", "公众号关注人数"]),
    ],
)
def test_indicators_are_understood_alone(sentence: str, indicators: list[str]) -> None:
    assert [target.indicator for target in targets_of(sentence)] == indicators


def test_what_a_report_says_will_be_is_planned() -> None:
    text = TEMPLATE.replace("2024年工作要点", "2024年工作总结").format("38所学校完成改制，其余3所将于明年3月底前到位。")
    targets = extract(read_bytes(text.encode(), "plan.txt")).targets
    assert [(target.span.quote, target.status) for target in targets] == [("38所", "achieved"), ("3所", "planned")]


def test_from_one_value_to_another_is_no_range() -> None:
    first, second = targets_of("培训机构由43家到6家。")
    assert (first.value, second.value, second.baseline) == (43, 6, first.id)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("课后服务满意度达九成以上。", [("90", "%", "ge")]),
        ("争取上级资金6.7亿元，比上年多了8200万。", [("670000000", "元", "eq"), ("82000000", "元", "eq")]),
        ("出生人口从2017年的5.1万降到2024年的2.2万。", [("51000", "人", "eq"), ("22000", "人", "eq")]),
        ("在全国技能大赛上拿了5金8银，成绩喜人。", [("5", "金", "eq"), ("8", "银", "eq")]),
        ("两位老师获评全国优秀教师。", [("2", "位", "eq")]),
        ("盯住甲镇、乙乡等十七个重点乡镇。", [("17", "个", "eq")]),
        ("产业增加值实现两位数增长，推进三位一体建设。", []),
        ("对连续两次排名末位的约谈主要负责人。", []),
        ("规范各类资金使用，打造3金融中心。", []),
        ("小学、初中校际差异系数分别控制在0.50和0.45以内。", [("0.5", "", "le"), ("0.45", "", "le")]),
        ("生师比达到13.5，平台升级到2.0。", [("13.5", "", "eq")]),
        ("二本以上进线2745人。", [("2745", "人", "eq")]),
        ("市级培训万余人次，覆盖十万余名学生。", [("10000", "人次", "ge"), ("100000", "名", "ge")]),
        ("三所初中进入全市前二十名。", [("3", "所", "eq")]),
        ("排名后三位的学校要作检讨，打赢两场硬仗。", []),
    ],
)
def test_units_that_stand_elsewhere_or_nowhere(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(str(t.value), t.unit, t.comparator) for t in targets_of(sentence)]
    assert [(value, unit, bound) for value, unit, bound in found] == expected


def test_what_a_value_rises_from_is_there_already() -> None:
    before, after = targets_of("确保公办学位数由1310个增加到1420个。")
    assert (before.status, after.status, after.baseline) == ("achieved", "planned", before.id)
    assert (before.bindingness, after.bindingness) == ("stated", "binding")


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("自评综合得分不低于90分。", ["不低于90分"]),
        ("每天安排10分钟练习，得分不计入排名。", []),
        ("近百分之九十的学校达标，得分位居前列。", ["百分之九十"]),
        ("评选“金课”60堂。", ["60堂"]),
        ("每周一次的“家长课堂”观看量突破80万次。", ["80万次"]),
        ("每学期开展演练2次。", []),
        ("每学期开展演练不少于2次。", ["不少于2次"]),
    ],
)
def test_scores_and_frequencies(sentence: str, found: list[str]) -> None:
    assert [target.span.quote for target in targets_of(sentence)] == found


def test_a_member_of_a_list_of_parts_may_be_counted_in_another_word() -> None:
    total, primary, sites, kindergartens, places = targets_of(
        "全县共有学校137所，其中小学63所、教学点22个、幼儿园52所，新增学位90个。"
    )
    assert (primary.part_of, sites.part_of, kindergartens.part_of) == (total.id, total.id, total.id)
    assert sites.indicator == "教学点"
    assert places.part_of is None


def test_parts_may_follow_their_total_in_a_sentence_of_their_own() -> None:
    total, central, local, _ = targets_of(
        "投入资金8640万元。其中，中央资金5200万元，市级资金3440万元。采购设备300万元。"
    )
    assert (central.part_of, local.part_of) == (total.id, total.id)


def test_parts_of_several_totals_are_tied_to_none() -> None:
    found = targets_of("获得国家级奖项12个、省级奖项45个，其中一等奖8个、二等奖20个、三等奖29个。")
    assert [target.part_of for target in found] == [None] * 5


def test_a_remark_in_brackets_opens_no_parts() -> None:
    found = targets_of("现有小学41所、初中（含九年一贯制）38所、高中17所。")
    assert [target.part_of for target in found] == [None] * 3


def test_the_end_of_a_change_is_no_start_of_the_next() -> None:
    start, aim, other = targets_of("优良率由45.8%提高到48%以上，近视率降至49%以下。")
    assert (aim.baseline, other.baseline) == (start.id, None)


def test_what_a_sentence_says_of_a_year_gone_by_is_achieved() -> None:
    assert targets_of("毛入园率由2019年的86%提高到2023年的95%。")[1].status == "achieved"
    assert targets_of("据统计，2016年至2023年，全市出生人口5.62万人。")[0].status == "achieved"
    text = "2023年，全市共有幼儿园41所。毛入园率为95.1%。今年，毛入园率达到96%。\n毛入园率达到97%。"
    assert [target.status for target in targets_of(text)] == ["achieved", "achieved", "planned", "planned"]


def test_a_year_before_a_colon_dates_what_follows() -> None:
    text = "2024年：毛入园率达到95.8%，普惠性幼儿园覆盖率达到90.5%。\n2025年目标：毛入园率达到96.4%。"
    assert [target.deadline for target in targets_of(text)] == ["2024", "2024", "2025"]


def test_what_follows_parts_that_make_up_the_total_is_none_of_it() -> None:
    total, island, town, moved = targets_of("招聘教师95名，其中海岛学校40名、城区学校55名，选调教师8名。")
    assert (island.part_of, town.part_of, moved.part_of) == (total.id, total.id, None)


def test_hundreds_of_millions_may_be_counted_with_a_measure_word() -> None:
    (target,) = targets_of("投入3.2个亿改善条件。")
    assert (target.span.quote, target.value, target.unit) == ("3.2个亿", 320_000_000, "元")
    assert targets_of("建成2个亿元项目。")[0].value == 2


def test_points_of_an_evaluation_are_no_minutes() -> None:
    (target,) = targets_of("群众满意度测评不低于92分。")
    assert (target.value, target.unit, target.comparator) == (92, "分", "ge")
    assert targets_of("测评于8时30分开始。") == []


def test_a_bound_on_the_persons_of_a_school_tells_which_schools_are_counted() -> None:
    (target,) = targets_of("整合不足10人的学校33所。")
    assert (target.span.quote, target.indicator) == ("33所", "整合不足10人的学校")


def test_what_a_report_says_of_a_scheme_is_planned_in_its_whole_list() -> None:
    text = "青岚市教育局2023年工作总结\n一、扩大资源\n1.学前教育。制定行动方案，方案新建幼儿园79所、改扩建69所。新增学位50个。\n"
    found = extract(read_bytes(text.encode(), "plan.txt")).targets
    assert [(t.indicator, t.status) for t in found] == [
        ("新建幼儿园", "planned"),
        ("改扩建幼儿园", "planned"),
        ("新增学位", "achieved"),
    ]


def test_what_is_lacking_is_there_already() -> None:
    text = (
        "青岚市教育局局长在全市教育工作会议上的讲话\n一、2023年工作回顾\n（一）扩大资源。新建学校6所，运行良好。\n"
        "二、正视问题，增强紧迫感\n全市小规模学校仍有206所，大班额占比8.4%。\n"
        "三、今年重点工作\n（一）扩大资源。新建学校8所，全部投用。\n"
    )
    found = extract(read_bytes(text.encode(), "plan.txt")).targets
    assert [(t.span.quote, t.status) for t in found] == [
        ("6所", "achieved"),
        ("206所", "achieved"),
        ("8.4%", "achieved"),
        ("8所", "planned"),
    ]
    assert found[1].indicator == "小规模学校"


@pytest.mark.parametrize(
    "sentence",
    [
        "近年来，全市教育投入累计达到62亿元。",
        "截至3月上旬，全市开工项目31个。",
        "但与兄弟市相比，我们还有不小差距，毛入园率低2.4个百分点。",
        "存在的问题主要是：大班额占比12%。",
    ],
)
def test_how_things_stand_is_no_plan(sentence: str) -> None:
    found = targets_of(sentence + "今年新建学校3所。")
    assert [target.status for target in found] == ["achieved", "planned"]


@pytest.mark.parametrize("heading", ["发展基础", "现实基础和发展形势", "存在的主要问题", "“十三五”发展回顾"])
def test_figures_below_a_heading_of_what_there_is_are_no_aims(heading: str) -> None:
    text = (
        f"青岚市教育事业“十四五”发展规划\n一、{heading}\n全市义务教育巩固率达99.5%，与1526家企业签订合作协议。\n"
        "二、主要任务\n（一）扩大资源。新建学校8所，全部投用。\n（二）补齐学位短板。新增学位900个，按期投用。\n"
    )
    found = extract(read_bytes(text.encode(), "plan.txt")).targets
    assert [(t.span.quote, t.status) for t in found] == [
        ("达99.5%", "achieved"),
        ("1526家", "achieved"),
        ("8所", "planned"),
        ("900个", "planned"),
    ]


def test_items_that_tell_result_and_aim_are_told_apart_by_the_years() -> None:
    text = (
        "青岚区教育局2023年工作总结暨2024年工作目标\n2023年，全区教育系统办好人民满意的教育。\n"
        "1.学前教育。2023年完成移交6所，普惠率达91%；2024年将新增学位900个，普惠率提高到92%。\n"
        "2.队伍建设。2023年招聘教师221名；2024年力争招聘教师260名，轮岗80名。\n"
    )
    plan = extract(read_bytes(text.encode(), "plan.txt"))
    assert [t.status for t in plan.targets] == [*["achieved"] * 2, *["planned"] * 2, "achieved", *["planned"] * 2]
    assert (plan.facts.kind, plan.facts.plan_year, plan.facts.summary_year) == ("summary+plan", 2024, 2023)


def test_a_plan_that_was_carried_out_is_no_plan_ahead() -> None:
    text = "落实特岗计划新增教师120名，均已到岗。按年初计划新建学校5所，全部投入使用。明年的事另行通知；2024年计划新建学校9所。"
    plan = extract(read_bytes(f"青岚县教育局2023年工作总结\n\n{text}".encode(), "plan.txt"))
    assert [target.status for target in plan.targets] == ["achieved", "achieved", "planned"]


def test_work_whose_materials_are_printed_is_no_notice_of_a_site() -> None:
    plan = extract(
        read_bytes(
            "青岚县教育局2024年工作要点\n\n1.学习材料下载后统一打印，培训教师300名。\n2.建校。新建学校5所。".encode(),
            "plan.txt",
        )
    )
    assert [target.value for target in plan.targets] == [300, 5]
