"""Text marks: each kind is found where it stands, and not where the same characters are right."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import yaodian
from yaodian.extraction.marks import (
    brackets,
    glyphs,
    injected_spans,
    injections,
    labelling,
    oddnumbers,
    page_furniture,
    placeholders,
    recognition,
    repetition,
    wording,
)
from yaodian.extraction.marks.oddity import Oddity, Region
from yaodian.model import Plan
from yaodian.reading import read_bytes

DETECTORS = (brackets, glyphs, injections, page_furniture, placeholders, recognition, repetition, wording)


def found(text: str, years: frozenset[int] = frozenset({2024})) -> list[Oddity]:
    """Everything that the detectors find in ``text``."""
    region = Region(text, 0, len(text))
    oddities = [o for detector in DETECTORS for o in detector.find(region)]
    return sorted([*oddities, *oddnumbers.find(region, years), *labelling.doubled_labels(region)])


def told(text: str) -> list[tuple[str, str]]:
    """Kind and words of everything found."""
    return [(o.kind, text[o.start : o.end]) for o in found(text)]


def plan(text: str) -> Plan:
    return yaodian.extract(read_bytes(text.encode(), "云岭.txt"))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("由XX市教育局牵头实施。", "placeholder", "XX市"),
        ("完成任务。\n第 1 页\n继续实施。", "page-furniture", "第 1 页"),
        ("××年工作总结", "placeholder", "××年"),
        ("会同某某局开展检查。", "placeholder", "某某局"),
        ("培训教师＿＿＿人。", "placeholder", "＿＿＿"),
        ("投入资金（待定）。", "placeholder", "（待定）"),
        ("8月开工，13月底竣工。", "impossible-date", "13月底"),
        ("开出率达到10O%。", "letter-in-number", "10O"),
        ("参加人数占学生总数的965%。", "impossible-percentage", "965%"),
        ("落实《中华人民共和国教育发》。", "wrong-word", "发"),
        ("坚持以中国特色社会主义思为指导。", "wrong-word", "思"),
        ("请认真认真贯彻执行。", "repeated-words", "认真认真"),
        ("举办健身活动,40场次以上，参加者2万人。", "halfwidth-punctuation", ","),
        ("做好信访、彩票网站注册送彩金、保密工作。", "injected-text", "彩票网站注册送彩金"),
        ("一一、扩大教育资源", "label-doubled", "一一、"),
        ("二、二、扩大教育资源", "label-doubled", "二、二、"),
        ("（三）（三）扩大教育资源", "label-doubled", "（三）（三）"),
        ("学习习近平总记重要讲话精神。", "missing-character", "习近平总记"),
        ("坚持社会主义核心价观。", "missing-character", "社会主义核心价观"),
        ("坚持社会主义心核价值观。", "wrong-word", "社会主义心核价值观"),
        ("认真布署开学工作。", "wrong-word", "布署"),
        ("有针对性的加强薄弱学科。", "wrong-word", "的"),
        ("编印手册202400册。", "garbled-number", "202400册"),
        ("新建幼儿园2024所。", "garbled-number", "2024所"),
        ("投入2021多万元。", "garbled-number", "2021多万"),
        ("办结率20240%。", "impossible-percentage", "20240%"),
        ("编制2024-2024年规划。", "degenerate-period", "2024-2024"),
        ("行动计划（20242024年）印发。", "degenerate-period", "20242024"),
        ("编制2026—2024年规划。", "reversed-range", "2026—2024"),
        ("推进十四五”规划落地。", "unpaired-closing", "十四五”"),
        ("推进“十四五规划落地。", "unpaired-opening", "“十四五"),
        ("推进“十四五“规划落地。", "unpaired-opening", "“十四五“"),
        ("落实《幼儿园管理办法的要求。", "unpaired-opening", "《"),
        ("落实有关要求）的通知。", "unpaired-closing", "）"),
        ("做好信访、鸿途国际娱乐平台、保密工作。", "injected-text", "鸿途国际娱乐平台"),
        ("二�二四年工作。", "mojibake", "�"),
        ("办好&quot;家门口&quot;的学校。", "mojibake", "&quot;"),
        ("市教育局?? 发布", "mojibake", "??"),
        ("──抓好重点。", "box-dash", "──"),
        ("推动教育发展发展。", "repeated-words", "发展发展"),
        ("一体化推进一体化推进教师培训。", "repeated-words", "一体化推进一体化推进"),
        ("一年级学生一年级学生报到。", "repeated-words", "一年级学生一年级学生"),
        ("健全名师培养共同培养机制。", "repeated-words", "培养共同培养机制"),
        ("全市学校要认真做好各项准备 工作。", "stray-space", " "),
        ("坚持阳光采购。推行校服、教 辅材料公开选用。", "stray-space", " "),
        ("第2页 共7页", "page-furniture", "第2页 共7页"),
        ("下载前请仔细阅读说明。", "page-furniture", "下载前请仔细阅读说明"),
        ("新建学校3所。，新增学位。", "doubled-punctuation", "。，"),
        ("新建学校,新增学位。", "halfwidth-punctuation", ","),
    ],
)
def test_an_oddity_is_found(text: str, kind: str, words: str) -> None:
    assert (kind, words) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "学习贯彻习近平总书记关于教育的重要论述，坚持社会主义核心价值观。",
        "发展经济社会，我国经济社会发展取得成就，向关心和支持中国现代化建设的朋友致谢。",
        "建设平安校园，开展平安建设，处理好局部和全局的关系，标准化建设全面开展。",
        "二〇〇〇年出生率为一〇，二○○○个左右。",
        "按“1+X”证书制度，（一）分类推进；1）统一标准；2）分批实施。",
        "他说：“教育是国之大计。\n教育是党之大计。”要抓好落实。",
        "落实《关于贯彻〈幼儿园条例〉的通知》（云教发〔2024〕3号）。",
        "支持香港、澳门长期繁荣稳定，发展文化娱乐产业，严厉打击网络赌博。",
        "2024年培训2000多人，增长1200%，2020—2024年新建12345个车位。",
        "纪委监委监督，美育教育教学，一项一项抓落实，土地同地同权。",
        "努力办人民满意的教育，提高职业教育质量，办好身心健康教育，推动职教高质量发展。",
        "加强幼教队伍建设，优化特教资源配置，培养教学带头人，做好身体健康监测，整治学校及周边环境。",
        "规范科学类校外培训、学科校外培训和驾校培训机构，建设新城小区配套幼儿园，使用全国智慧教育平台。",
        "做优营商环境，深化义务教育集团办学和校长职级改革，推行中小学党组织领导的校长负责制。",
        "更新教育信息化设备，发挥思想政治育人功能，开展教育教学量化考核，推动教育教学革新，征集语言文字作品。",
        "支付校长职级津贴，分配带教导师，评选拨付奖补资金，打造成果展示苑。",
        "既使学生掌握知识，又使学生形成能力，报名截止2024年3月。",
        "课后服务开设棋牌、书法、合唱社团，更新电子娱乐设备，审核在线娱乐内容。",
        "整治校园周边网吧、棋牌室、博彩网点，防范校园贷和网贷平台进校园，严厉打击论文代写。",
        "建设万博国际学校、凯发体育馆。",
        "云岭市教育局 云岭市财政局",
        "校长 高 波",
        "一、 总体要求",
        "分辨率1024×768，规格3×5米，XX世纪。",
        "十一、加强领导",
        "第一节加强水利建设水利建设要全面规划，统筹兼顾。",
        "引导生产发展。第二节　加快农村教育数据建设建设完善数据平台，推动应用。",
        "为什么要改？？怎样才能改好？？",
        "“您怎么看？？”他问。",
        "要一个山头一个山头地攻，一件事情一件事情抓，一所学校一所学校看，三个问题三个问题地解决。",
        "关键是落实落实再落实，让学生多活动活动筋骨。",
    ],
)
def test_sound_text_has_no_oddity(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("number", ["云政发〔2023]8号", "云政发[2023〕8号"])
def test_the_year_of_a_number_in_marks_of_two_kinds(number: str) -> None:
    [oddity] = found(f"落实《学位建设方案》（{number}）。")
    assert (oddity.expected, oddity.end - oddity.start) == ("〔2023〕", len("〔2023〕"))


def test_what_should_stand_there_is_told() -> None:
    expected = {o.kind: o.expected for o in found("──按照十四五”规划，学习习近平总记重要讲话，认真布署。")}
    assert expected == {
        "box-dash": "——",
        "unpaired-closing": "“十四五”",
        "missing-character": "习近平总书记",
        "wrong-word": "部署",
    }


def test_the_partner_of_a_lone_mark_is_looked_for_where_it_stands_elsewhere() -> None:
    text = "实施“龙腾工程”建设。继续推进龙腾工程”。"
    assert [o.expected for o in found(text)] == ["“龙腾工程”"]


def test_laundered_synonyms_need_company() -> None:
    assert told("为群众效劳，打牢根底。") == []
    text = "推进公共效劳，夯实教育根底，促进均衡开展，加强校园平安管理，严格标准办学行为。"
    assert [(o.expected, text[o.start : o.end]) for o in found(text)] == [
        ("服务", "效劳"),
        ("基础", "根底"),
        ("发展", "开展"),
        ("安全", "平安"),
        ("规范", "标准"),
    ]


def test_a_habit_is_told_once_with_its_number() -> None:
    text = "新建学校,新增学位,改造食堂,更新机房。"
    assert [(o.kind, o.detail) for o in found(text)] == [("halfwidth-punctuation", "3")]
    slips = "新建学校，新增学位，改造食堂，更新机房，培训教师，排查隐患，开展检查,公布结果。"
    assert [(o.kind, o.detail) for o in found(slips)] == [("halfwidth-punctuation", "1")]


def test_what_is_not_the_authors_cannot_stand_for_a_habit() -> None:
    text = "云岭市教育局2024年工作要点\n一、扩大资源\n第1页,共3页\n1.增加学位。新建学校,新增学位,改造食堂,更新机房。\n"
    habits = [(m.span.quote, m.detail) for m in plan(text).marks if m.kind == "halfwidth-punctuation"]
    assert habits == [(",", "3")]


def test_injected_names_are_cut_out_exactly() -> None:
    name = "澳门盛世网上娱乐|盛世娱乐首页|"
    text = f"首页>委局{name}发文 落实《{name}幼儿园管理办法》、{name}、政务公开"
    assert [span.quote for span in injected_spans(text)] == [name] * 3
    assert all(text[span.start : span.end] == span.quote for span in injected_spans(text))


def test_strings_of_words_that_come_back_are_foreign_whatever_they_are() -> None:
    text = "印发《某某商城|某某特卖|幼儿园管理办法》，按照某某商城|某某特卖|的要求，做好入园工作。"
    assert [span.quote for span in injected_spans(text)] == ["某某商城|某某特卖|"] * 2
    assert injected_spans("加入首页 | 加入收藏 | 联系我们") == []


def test_nothing_is_looked_for_inside_foreign_text() -> None:
    marks = plan(
        "云岭市教育局2024年工作要点\n一、扩大资源\n1.增加学位。做好信访、澳门盛世网上娱乐|盛世娱乐首页|、保密工作。\n"
    ).marks
    assert [mark.kind for mark in marks] == ["injected-text"]


def test_a_repeated_sentence_names_the_first_one() -> None:
    text = "认真排查学校周边道路交通隐患。新建学校。认真排查学校周边道路交通隐患。"
    (oddity,) = found(text)
    assert (oddity.kind, oddity.start, oddity.detail) == ("repeated-sentence", 20, "0")


def test_the_same_deed_told_twice_in_a_paragraph_is_a_repetition() -> None:
    text = "广泛组织公园广场及车站码头文明劝导志愿服务，动员社区居民广泛组织车站码头文明劝导志愿服务。"
    assert told(text) == [("repeated-sentence", "动员社区居民广泛组织车站码头文明劝导志愿服务")]
    assert (
        told("街道每季度举办一次面向老年居民的健康知识讲座活动，社区每个月举办一次面向全体居民的健康知识讲座活动。")
        == []
    )


def test_announced_numbers_are_counted() -> None:
    text = "云岭市教育局2024年工作要点\n2024年实施“{}大行动”，办好教育。\n" + "".join(
        f"{n}、实施{what}行动\n{i}.{what}。新建学校3所。\n"
        for i, (n, what) in enumerate((("一", "资源扩充"), ("二", "队伍提升"), ("三", "安全守护")), 1)
    )
    marks = [m for m in plan(text.format("四")).marks if m.kind == "count-mismatch"]
    assert [(m.span.quote, m.expected) for m in marks] == [("“四大行动”", "3")]
    assert not [m for m in plan(text.format("三")).marks if m.kind == "count-mismatch"]


def tasks_in_groups(announcement: str, numbers: list[int]) -> list[str | None]:
    """What is expected of an announcement above tasks with these numbers, under four headings."""
    tasks = [f"任务{number}：推进第{number}类工作。改造食堂{number}个。\n" for number in numbers]
    size = -(-len(tasks) // 4)
    groups = "".join(
        f"（{n}）{what}\n" + "".join(tasks[i * size : (i + 1) * size])
        for i, (n, what) in enumerate((("一", "扩大资源"), ("二", "建设队伍"), ("三", "提高质量"), ("四", "维护安全")))
    )
    text = f"云岭市教育提质方案\n{announcement}{groups}二、保障措施\n（一）加强领导。成立专班1个。\n"
    return [mark.expected for mark in plan(text).marks if mark.kind == "count-mismatch"]


HEADED = "2024年实施以下{}项重点任务，办好教育。\n一、重点任务\n"
LED = "2024年办好教育，实施{}项任务：\n"


@pytest.mark.parametrize("announcement", [HEADED, LED])
def test_an_announced_number_may_be_that_of_any_level_below(announcement: str) -> None:
    twelve = list(range(1, 13))
    assert tasks_in_groups(announcement.format("十二"), twelve) == []
    assert tasks_in_groups(announcement.format("四"), twelve) == []
    assert tasks_in_groups(announcement.format("十四"), twelve) == ["12"]
    assert tasks_in_groups(announcement.format("三"), twelve) == ["4"]
    assert tasks_in_groups(announcement.format("十二"), [n for n in twelve if n != 7]) == [], "7 is missing, not a task"


@pytest.mark.parametrize(("stop", "odd"), [("、", []), ("，", [("四，", "四、")]), (",", [("四,", "四、")])])
def test_a_comma_for_the_stop_of_a_label_hides_no_heading(stop: str, odd: list[tuple[str, str]]) -> None:
    work = ("肯定成绩，坚定信心", "认清形势，正视差距", "突出重点，完成任务", "转变作风，抓好落实")
    parts = "".join(
        f"{n}{'、' if n != '四' else stop}{what}\n新建学校3所，改造食堂5个。\n"
        for n, what in zip("一二三四", work, strict=True)
    )
    marks = plan(f"云岭市教育局2024年工作要点\n下面，我讲四点意见。\n{parts}").marks
    assert [(m.span.quote, m.expected) for m in marks if m.kind in ("label-stop", "count-mismatch")] == odd


def test_tasks_that_are_numbered_anew_in_each_group_do_not_count_the_groups() -> None:
    assert tasks_in_groups(HEADED.format("五"), list(range(1, 6)) * 4) == ["4"]


def test_the_ordinal_of_a_task_announces_nothing() -> None:
    text = "云岭市教育局2024年工作要点\n" + "".join(
        f"{n}、推进第{i}项重点任务\n{i}.抓落实。新建学校{i}所。\n" for i, n in enumerate("一二三四", 1)
    )
    assert not [m for m in plan(text).marks if m.kind == "count-mismatch"]


def marked(text: str, *kinds: str) -> list[tuple[str, str | None]]:
    """Words and what is expected of the marks of some kinds, in a plan with ``text`` in its first item."""
    told = plan(f"云岭市教育局2024年工作要点\n一、扩大资源\n1.增加学位。{text}\n2.改造食堂。改造食堂5个。\n").marks
    return [(mark.span.quote, mark.expected) for mark in told if mark.kind in kinds]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("培养骨干教师150名、学科带头人60名、名师20名，共320名。", [("共320名", "230")]),
        ("新建食堂18个，改造25个，合计34个，9月投入使用。", [("合计34个", "43")]),
        ("安排资金1.2亿元、8000万元，共2亿元。", []),
        ("新建学校3所、改建5所、扩建2所，共9所。", [("共9所", "10")]),
        ("新建学校3所，改建5所、扩建2所，共7所。", []),
        ("新建学校3所、改建5所，共新增学位900个。", []),
        ("培训校长100名、其中园长40名，共100名。", []),
        ("每校选派教师3名、校医1名，共40名。", []),
        ("培养骨干教师1,200名、学科带头人300名，共1500名。", []),
        ("培养骨干教师1,200名、学科带头人300名，共1,600名。", [("共1,600名", "1500")]),
    ],
)
def test_totals_are_the_sum_of_the_parts_before_them(text: str, expected: list[tuple[str, str]]) -> None:
    """How many of the parts are meant is left open."""
    assert marked(text, "total-mismatch") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是开好思政课。三是办好运动会。四是组织科技节。", [("三是", "2")]),
        ("一是开好思政课。二是办好运动会。二是组织科技节。", [("二是", "3")]),
        ("作如下部署，一是开好思政课，二是办好2023年运动会，四是组织科技节。", [("四是", "3")]),
        ("一是学位，包括：一是公办学位；二是民办学位。二是师资。三是安全。", []),
        ("一是开好思政课，其二办好运动会。三是组织科技节。", []),
        ("落实（83）国函字43号。", []),
        ("\n第一，抓招生。\n第三，抓考试。", [("第三，", "2")]),
        ("\n（1）抓招生。\n（2）抓考试。\n（4）抓录取。", [("（4）", "3")]),
        ("\n（1）抓招生。\n（1）抓考试。\n（2）抓录取。", [("（1）", "2")]),
    ],
)
def test_enumerations_run_on(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text, "enumeration-break") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建立问题清单、责任清单、整改清单四张清单。", [("四张", "3")]),
        ("建立问题清单、责任清单、整改清单三张清单。", []),
        ("面向小学、初中、高中和中职四个学段。", []),
        ("古城遗址、老街、书院先后入选全国十大新发现。", []),
        ("依托图书馆、博物馆、科技馆、文化馆组织五项研学活动。", []),
        ("在城关、东城、西城、北关各建三个示范点。", []),
        ("城关、东城、西城、北关各三个示范点。", []),
        ("落实经费投入、队伍建设、制度保障四项措施。", [("四项", "3")]),
        ("推行督查、通报、约谈、问责三项制度。", [("三项", "4")]),
        ("我讲四点意见。\n", []),
    ],
)
def test_a_list_has_as_many_members_as_it_says(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text, "count-mismatch") == expected


def test_an_issuer_of_another_place_than_the_title_names() -> None:
    def issuers(title: str) -> list[str]:
        speech = plan(f"{title}\n云岭市教育局局长 周明\n同志们：\n一、扩大资源\n1.增加学位。新建学校3所。\n")
        return [mark.span.quote for mark in speech.marks if mark.kind == "other-place"]

    assert issuers("在岚江市教育工作会议上的讲话") == ["云岭市教育局"]
    assert issuers("在全市教育工作会议上的讲话") == []


@pytest.mark.parametrize(
    ("labels", "odd"),
    [
        ("1. 2. 3. 4、", ["4、"]),
        ("（一） （二） 一、 二、 三、 四、 五、", []),
    ],
)
def test_one_label_in_another_style_is_told(labels: str, odd: list[str]) -> None:
    lines = "".join(
        f"{label}推进工作第{'甲乙丙丁戊己庚'[n]}项。新建学校3所。\n" for n, label in enumerate(labels.split())
    )
    marks = plan(f"云岭市教育局2024年工作要点\n第一章 扩大资源\n{lines}").marks
    assert [mark.span.quote for mark in marks if mark.kind == "label-style"] == odd


def test_the_words_of_a_link_end_before_the_text() -> None:
    assert marked("新建学校3所。Click here to view新建食堂5个。", "page-furniture") == [("Click here to view", None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("超过100人以上", "doubled-bound"),
        ("低于5%以下", "doubled-bound"),
        ("不低于60%以上", "doubled-bound"),
        ("不超过100人以上", "contradictory-bound"),
        ("不低于5%以下", "contradictory-bound"),
        ("低于5%以上", "contradictory-bound"),
    ],
)
def test_two_bounds_of_one_number(text: str, kind: str) -> None:
    assert marked(f"控制规模，{text}。", "doubled-bound", "contradictory-bound") == [(text, None)]
    assert marked(f"控制规模，{text}。", kind)
    assert marked("参训超过100人，学分5分以上，差错低于3次。", "doubled-bound", "contradictory-bound") == []


@pytest.mark.parametrize(("day", "odd"), [("第40个教师节", False), ("第41个教师节", False), ("第39个教师节", True)])
def test_a_counted_day_of_last_year_is_left_from_last_years_plan(day: str, odd: bool) -> None:
    assert marked(f"庆祝{day}，表彰教师50名。", "dated-otherwise") == ([(day, "2023")] if odd else [])


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("第三届职业教育活动周", None),
        ("全市第三届职业教育活动周", None),
        ("第10届全国职业教育活动周", None),
        ("第3届全国职业教育活动周", "2017"),
        ("全国第3届职业教育活动周", "2017"),
        ("我市第3个教师节", None),
        ("第3个教师节", "1987"),
    ],
)
def test_days_that_cities_hold_and_count_themselves_date_no_text(day: str, year: str | None) -> None:
    assert [expected for _, expected in marked(f"办好{day}，表彰教师50名。", "dated-otherwise")] == (
        [year] if year else []
    )


def test_a_paragraph_without_its_stop() -> None:
    lines = [
        f"{n}.推进工作{n}。按照市委、市政府的要求，认真开展第{n}项检查，年底前完成全部整改任务，并向社会公布"
        for n in range(1, 13)
    ]

    def ends(without: set[int]) -> list[str]:
        text = "".join(line + ("" if n in without else "。") + "\n" for n, line in enumerate(lines, 1))
        marks = plan(f"云岭市教育局2024年工作要点\n一、扩大资源\n{text}").marks
        return [mark.span.quote for mark in marks if mark.kind == "stop-missing"]

    assert ends(set()) == []
    assert ends({5}) == ["社会公布"]
    assert ends(set(range(1, 13))) == [], "a habit is no slip"
    lines[4] += "（责任单位：教研室"
    assert ends({5}) == [], "what is missing is the bracket"


def test_numbers_of_cited_documents() -> None:
    text = "落实《意见》（国办发[2015]071号）、《通知》（教基〔2023〕1号）、《办法》（云政办（2022）第8号）。"
    assert marked(text, "number-form") == [
        ("国办发[2015]071号", "国办发〔2015〕71号"),
        ("云政办（2022）第8号", "云政办〔2022〕8号"),
    ]


def test_every_mark_of_a_real_plan_says_where_it_is(shared_dir: Path) -> None:
    for path in sorted((shared_dir / "seeds").iterdir()):
        real = yaodian.read_plan(path)
        body = real.document.body
        for mark in real.marks:
            assert real.text[mark.span.start : mark.span.end] == mark.span.quote
            assert body.start <= mark.span.start < body.end


def test_every_kind_of_mark_is_a_concept(root_dir: Path) -> None:
    schemes = (root_dir / "ontology" / "schemes.ttl").read_text("utf-8")
    shapes = "".join(path.read_text("utf-8") for path in (root_dir / "shapes").glob("*.ttl"))
    kinds = {line.split()[0] for line in schemes.splitlines() if line.startswith("mark:")}
    assert kinds == {kind for kind in kinds if f"sh:hasValue {kind} " in shapes or f"markKind {kind} " in shapes}


def test_without_marks_everything_else_is_the_same() -> None:
    text = "青岚市教育局2024年工作要点\n1.推进校园建设。在青岚市新建澳门葡京娱乐学校3所所，，改善条件。\n2.加强队伍。招聘教师20名。\n"
    document = read_bytes(text.encode(), "plan.txt")
    marked = yaodian.extract(document)
    assert any(mark.kind == "injected-text" for mark in marked.marks)
    assert yaodian.extract(document, marks=False) == replace(marked, marks=())


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("2042年8月底前完成，", "far-year", [("2042年", "2024")]),
        ("到2053年建成，", "far-year", [("2053年", None)]),
        ("2033年9月开学，", "far-year", [("2033年", None)]),
        ("到2030年基本建成，到2035年全面建成，", "far-year", []),
        ("编制布局规划（2024—2042年），", "far-year", []),
        ("落实《学位建设方案》（云政发〔2027〕8号），", "later-number", [("〔2027〕8号", None)]),
        ("落实《学位建设方案》（云政发〔2024〕8号），", "later-number", []),
        ("谋划“十六五”发展，", "plan-misdated", [("“十六五”", "2031")]),
        ("谋划“十五五”发展，落实“十四五”规划，", "plan-misdated", []),
        ("2024年是“十四五”规划的收官之年，", "plan-misdated", [("“十四五”规划的收官之年", "2025")]),
        ("2021年是“十四五”开局之年，2025年是“十四五”规划收官之年，", "plan-misdated", []),
        ("2024年是“十四五”规划实施的关键一年，", "plan-misdated", []),
        ("招收6-3岁幼儿，", "reversed-ages", [("6-3岁", None)]),
        ("面向六至三年级学生，", "reversed-ages", [("六至三年级", None)]),
        ("招收3—6周岁幼儿，面向三至六年级和1—2年级，", "reversed-ages", []),
        ("九年级至七年级依次返校，六至一年级错峰放学，", "reversed-ages", []),
        ("土地使用权年限为50年，至2074年3月止，", "far-year", []),
    ],
)
def test_years_and_ages_that_cannot_be_meant(text: str, kind: str, expected: list[tuple[str, str | None]]) -> None:
    assert marked(f"{text}新建学校3所。", kind) == expected


@pytest.mark.parametrize(
    ("text", "exceeds"),
    [
        ("补助资金中央承担60%、省级承担30%、市县承担20%。", True),
        ("补助资金中央承担60%、省级承担20%、市县承担20%。", False),
        ("公用经费中央承担80%、省级承担20%，教科书资金由中央承担100%。", False),
        ("本科及以上学历的占48%，专科学历的占54%，高中及以下的占8%。", True),
        ("本科及以上学历的占92%，研究生学历的占12%。", False),
        ("女教师占62%，本科学历占91%，高级职称占20%。", False),
        ("35岁以下占45%，45岁以下占78%。", False),
        ("35岁以下占45%，36—45岁占38%，46岁以上占27%。", True),
        ("专业建设1200万元，占40%；基地建设1500万元，占50%；队伍建设600万元，占20%。", True),
    ],
)
def test_shares_of_one_whole_do_not_exceed_it(text: str, exceeds: bool) -> None:
    assert bool(marked(text, "shares-exceed")) == exceeds


@pytest.mark.parametrize(
    ("line", "odd"),
    [
        ("《{}年教育工作要点》已经局党组会议审议通过，现印发给你们。", True),
        ("{}年教育工作要点", True),
        ("《{}年教育工作要点》执行情况良好。", False),
        ("《关于印发{}年教育工作要点的通知》同时废止。", False),
    ],
)
def test_what_a_notice_issues_has_the_year_of_its_title(line: str, odd: bool) -> None:
    for year in (2023, 2024):
        text = f"云岭市教育局关于印发2024年教育工作要点的通知\n各县区教育局：\n{line.format(year)}\n一、扩大资源\n1.增加学位。新建学校3所。\n"
        found = [mark for mark in plan(text).marks if mark.kind == "own-name"]
        assert len(found) == (odd and year == 2023)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("着力办好三件实事，一是减负担；二是提待遇。", [("三件实事", "2")]),
        ("着力办好两件实事，一是减负担；二是提待遇。", []),
        (
            "提四点希望，与大家共勉。\n第一，爱岗敬业。\n要立德树人。\n第二，勤于钻研。\n第三，关爱学生。",
            [("四点希望", "3")],
        ),
        ("提三点希望：\n第一，爱岗敬业。\n　　要立德树人。\n第二，勤于钻研。\n第三，关爱学生。", []),
        ("做好三项工作：一是抓招生。二是抓考试。\n三是抓录取。", []),
        ("确定的45项重点任务，已完成41项，基本完成3项。\n一是抓招生。\n二是抓考试。", []),
        ("做好三项工作。\n一是抓招生。\n二是抓考试。", [("三项工作", "2")]),
    ],
)
def test_an_announced_number_before_a_comma_or_lines(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text, "count-mismatch") == expected


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("落实《“十四五”学前教育发展提升计划》", "“十四五”学前教育发展提升行动计划"),
        ("落实《加快推进教育现代化实施方案（2018—2023年）》", "加快推进教育现代化实施方案（2018—2022年）"),
        ("落实《中国教育现代化2030》", "中国教育现代化2035"),
        ("落实教育部等四部门《关于实施第四期学前教育行动计划的意见》", "关于实施第三期学前教育行动计划的意见"),
        ("落实《关于实施第四期学前教育行动计划的意见》", None),
        ("制定《“十四五”学前教育发展提升计划》", None),
        ("落实《加快推进教育现代化实施方案（2023—2027年）》", None),
        ("落实《义务教育课程方案和课程标准（2011年版）》", None),
    ],
)
def test_a_title_that_differs_in_a_word_or_year(text: str, right: str | None) -> None:
    assert [expected for _, expected in marked(f"{text}，新建学校3所。", "title-misquoted")] == (
        [right] if right else []
    )


def test_tasks_and_sections_are_members_of_one_series() -> None:
    text = "云岭市教育局2024年工作要点\n一、重点工作\n做好以下{}个方面的工作。\n（一）健全课程体系\n编制劳动清单。\n（二）配强教师队伍\n招聘教师20名。\n（三）强化支持保障\n1.安排经费500万元。\n2.开展宣传活动4次。\n二、加强领导\n1.压实责任。开展督查3次。\n"

    def told_of(number: str) -> list[str | None]:
        return [mark.expected for mark in plan(text.format(number)).marks if mark.kind == "count-mismatch"]

    assert told_of("三") == []
    assert told_of("四") == ["3"]


@pytest.mark.parametrize(("stop", "empty"), [("；", False), ("", True)])
def test_members_of_a_list_are_no_empty_sections(stop: str, empty: bool) -> None:
    text = f"""云岭市教育局2024年工作要点
第一章 工作目标
实现以下目标：
（一）杜绝安全责任事故{stop}
（二）知晓率不低于98%。
第二章 工作要求
（一）压实责任
1.签订责任书。签订责任书40份。
"""
    assert bool([mark for mark in plan(text).marks if mark.kind == "empty-section"]) == empty


def test_a_list_of_sentences_has_no_headings_that_run_in() -> None:
    text = "云岭市教育局2024年工作要点\n一、已开展的工作\n1.完善制度。征求意见36条。\n2.开好课程。开课261所。\n二、下一步工作\n1.市、县两级财政统筹安排劳动教育专项经费，其中市级每年安排500万元，县级每年安排300万元。\n2.健全学校、家庭、社会协同机制，每年5月开展宣传活动。\n3.完善安全管控机制，做到一活动一方案、一基地一预案。\n"
    assert not [mark for mark in plan(text).marks if mark.kind == "heading-run-in"]


def test_a_five_year_plan_may_name_itself() -> None:
    text = "云岭市“十四五”教育事业发展规划\n“十三五”时期，2015年投入1亿元。“十四五”时期，到2030年新建学校3所。\n第一章 扩大资源\n1.增加学位。新建学校3所。\n"
    assert not [mark for mark in plan(text).marks if mark.kind in ("plan-misdated", "far-year")]


def test_a_heading_that_runs_in_is_about_as_long_as_those_beside_it() -> None:
    def odd(task: str) -> list[str]:
        text = f"云岭市教育局2024年工作要点\n一、扩大资源\n1.优化学前教育供给。撤并幼儿园5所。\n2.稳定小学教育规模。调整学校9所。\n3.{task}\n4.扩大高中教育资源。新建学校2所。\n5.完善教师转岗机制。转岗教师60名。\n6.优化教育经费投入。安排经费300万元。\n"
        return [mark.span.quote for mark in plan(text).marks if mark.kind == "heading-run-in"]

    assert odd("改善学校办学条件推进食堂改造，全年改造食堂5个，完善后勤管理制度，落实食品安全责任。") == [
        "3.改善学校办学条件"
    ]
    assert odd("建立教职工编制“周转池”，市级统筹200名、县级统筹1000名，按年度核定、动态调整，结果向社会公布。") == []


@pytest.mark.parametrize(
    ("text", "number", "right"),
    [
        ("到2O25年，", "2O25", "2025"),
        ("新建学校l2所，", "l2", "12"),
        ("覆盖率达到1OO%，", "1OO", "100"),
        ("投入1.O万元，", "1.O", "1.0"),
        ("实施规划（2O21—2025年），", "2O21", "2021"),
        ("落实《学位建设方案》（云政发〔2O23〕8号），", "2O23", "2023"),
        ("落实《学位建设方案》（云政发〔2023〕l8号），", "l8", "18"),
        ("落实第l0条，", "l0", "10"),
    ],
)
def test_letters_inside_a_number(text: str, number: str, right: str) -> None:
    assert marked(f"{text}改造食堂5个。", "letter-in-number") == [(number, right)]


@pytest.mark.parametrize(
    "text",
    [
        "推广O2O模式和O2O个性化服务，建设5G网络，培育I类学校2个，参加G20论坛，开发H5页面3个、html5个。",
        "改造A1O2室和B1O1室，装配Win10电脑，监测PM2.5，实施1+X证书制度，第I期培训3个班。",
    ],
)
def test_letters_that_belong_to_names(text: str) -> None:
    assert marked(text, "letter-in-number") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("适应人ロ变化，培养后备人オ。", [("ロ", "口"), ("オ", "才")]),
        ("汇聚“カ量”，推进エ作。", [("カ", "力"), ("エ", "工")]),
        ("开设カラオケ欣赏、日语ロック选修课，附件（ロ）。", []),
    ],
)
def test_kana_that_look_like_characters(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert marked(text, "lookalike-kana") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("逐年増加学位，办好本級赛事。", [("増", "增"), ("級", "级")]),
        ("开设國學课程，排演《紅楼》选段，建设“榮光”书屋。", []),
        ("推進義務教育優質均衡發展，擴大學前教育資源，辦好職業學校。", []),
    ],
)
def test_characters_of_another_script(text: str, expected: list[tuple[str, str | None]]) -> None:
    """Words of two such characters and quoted names are meant; a text that is full of them is written in them."""
    assert marked(text, "nonstandard-character") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("矛盾尚末缓解，各校己经开学，学生自已安排。", ["尚未", "已经", "自己"]),
        ("发展竟技体育，群众满惫度达到95%，加强管埋。", ["竞技", "满意", "管理"]),
        ("完善气侯监测台帐，资金及时下拔，影晌较大。", ["气候", "台账", "下拨", "影响"]),
        ("提高人学率，纳人国家计划，深人开展教研。", ["入学率", "纳入", "深入开展"]),
        ("适龄儿童教肓，安装水龙头，按装电灯，融汇贯通。", ["育", "安装", "融会贯通"]),
    ],
)
def test_characters_that_are_taken_for_others(text: str, expected: list[str]) -> None:
    assert [right for _, right in marked(text, "wrong-word")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "到世纪末经济翻番，期末能够完成，学生自己经常练习，情不自已，来自已建成学校的学生。",
        "下拔尖人才计划，研究竞赛方案，学院土地，金融人才，采纳人大代表建议，海关干部，按装备标准配齐。",
        "课题组健康课程，机构健全，搭起帐篷，签署期限，上千部手机，从严竣工验收，疲惫见于脸上，病入膏肓。",
    ],
)
def test_the_same_letters_across_two_words_are_right(text: str) -> None:
    assert marked(text, "wrong-word") == []


def test_headings_of_sections_that_run_into_their_text() -> None:
    text = (
        "青岚市教育局2024年工作意见\n为推动发展，提出意见。一、总体目标到2025年，办学条件基本达标。二、主要任务（一）改善条件。新建学校8所，投入使用。"
        "（二）建强队伍。招聘教师90名，培训校长。三三、组织实施各县要于3月底前制定方案。"
    )
    marks = [(mark.kind, mark.span.quote) for mark in plan(text).marks]
    assert [words for kind, words in marks if kind == "heading-run-in"] == ["一、总体目标", "三三、组织实施"]
    assert ("label-doubled", "三三、") in marks


TWICE_TOLD = """青岚市教育局
2024年教育工作要点

2024年全市教育工作总体要求：落实立德树人根本任务，实施五大工程。
第一章  实施强基工程
1. 推进学校建设。新建学校六所。
第二章  实施铸魂工程
1. 加强思政教育。组织宣讲九场。
第三章  实施提质工程
1. 落实课程方案。评选案例九十个。
第四章  实施平安工程
1. 改造校舍。改造三所。
"""
"""Two detectors find the same number wrong, one of them with what it counts."""


def test_what_two_detectors_find_is_told_alike_in_every_process(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(TWICE_TOLD, "utf-8")
    code = """
from pathlib import Path
from yaodian.extraction import extract
from yaodian.reading import read_bytes
print([(m.span.quote, m.expected, m.detail) for m in extract(read_bytes(Path("plan.txt").read_bytes(), "plan.txt")).marks])
"""
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env=os.environ | {"PYTHONHASHSEED": str(seed), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout.strip()
        for seed in range(8)
    }
    assert told == {"[('五大工程', '4', '工程')]"}
