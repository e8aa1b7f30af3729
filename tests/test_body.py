"""Where the body lies in a text copied from the web or a sharing site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from yaodian.reading import read_bytes
from yaodian.reading.furniture import is_furniture

BODY = """青岚市教育局2024年工作要点

2024年,全市教育工作以高质量发展为主线,办好人民满意的教育,重点抓好以下工作。

一、扩大资源供给

1.加快学校建设。新建学校6所,新增学位0.8万个。

2.做好招生工作。坚持免试就近入学。"""


def test_a_bare_document_is_all_body() -> None:
    document = read_bytes(BODY.encode(), "plan.txt")
    assert document.body.quote == BODY
    assert document.title is not None
    assert document.title.quote == "青岚市教育局2024年工作要点"


def test_navigation_metadata_and_footer_stay_outside() -> None:
    head = "您当前的位置: 首页 >> 政务公开 >> 正文\n浏览次数: 18\n发布机构:青岚市教育局 生成日期:2024-03-01\n\n"
    foot = "\n\n扫一扫在手机打开当前页\n版权所有:青岚市教育局 备案号0000"
    document = read_bytes((head + BODY + foot).encode(), "plan.txt")
    assert document.body.quote == BODY
    labelled = {label: span.quote for label, span in document.labelled}
    assert labelled == {"发布机构": "青岚市教育局", "生成日期": "2024-03-01"}


def test_a_closing_note_and_a_signature_belong_to_the_body() -> None:
    closing = "\n\n(此件公开发布)"
    document = read_bytes((BODY + closing + "\n\n打印本页").encode(), "plan.txt")
    assert document.body.quote == BODY + closing
    signed = "\n\n青岚市教育局\n2024年3月1日"
    assert read_bytes((BODY + signed).encode(), "plan.txt").body.quote == BODY + signed


def test_issuers_above_a_broken_title_belong_to_it() -> None:
    text = BODY.replace(
        "青岚市教育局2024年工作要点", "中共青岚市委教育工作领导小组 青岚市教育局\n\n2024年工作要点\n(征求意见稿)"
    )
    document = read_bytes(("来源:青岚市教育局\n\n" + text).encode(), "plan.txt")
    assert document.title is not None
    assert document.title.quote == "中共青岚市委教育工作领导小组 青岚市教育局\n\n2024年工作要点"
    assert document.body.quote == text


def test_a_title_that_runs_into_its_text() -> None:
    text = "青岚市临江区教育局2023年工作总结2023年,我区教育工作稳步推进,取得了新的成效。一、学前教育。新增学位300个。"
    document = read_bytes(text.encode(), "flat.txt")
    assert document.title is not None
    assert document.title.quote == "青岚市临江区教育局2023年工作总结"


def test_every_line_end_stays_where_it_is() -> None:
    document = read_bytes(BODY.replace("\n", "\r\n").encode(), "plan.txt")
    assert document.text == BODY.replace("\n", "\r\n")
    assert str(document.place(document.text.index("1.加快"))) == "7:1"


def _body(text: str) -> str:
    return read_bytes(text.encode(), "plan.txt").body.quote


def _around(text: str) -> dict[str, str]:
    """What the lines around the body are."""
    return {segment.span.quote: segment.role for segment in read_bytes(text.encode(), "plan.txt").around}


@pytest.mark.parametrize(
    "last",
    [
        "3.抓好安全。做好安全工作,新建警务室3个(责任单位:安全科)",
        "3.抓好安全。做好安全工作,新建警务室3个；",
        "3、抓好安全",
        "３．抓好安全",
        "(3)抓好安全",
        "③抓好安全",
        "第三,抓好安全",
        "三是抓好安全",
        "(三)抓好安全",
        "3.抓好安全\n新建警务室3个",
        "3.抓好安全\n承办单位:安全科",
        "3.抓好安全\n时间:12月底前",
        "3.抓好安全\n责任部门:安全科",
        "3.加强家校联系,保护学生隐私",
        "3.扫码入校全面推行",
        "序号\t任务\t单位\n1\t警务室3个\t安全科",
    ],
)
def test_the_last_lines_of_a_plan_are_never_cut(last: str) -> None:
    foot = "\n\n打印本页\n上一篇:会议通知\n备案号:鄂ICP备00000000号"
    assert _body(f"{BODY}\n\n{last}") == f"{BODY}\n\n{last}"
    assert _body(f"{BODY}\n\n{last}{foot}") == f"{BODY}\n\n{last}"


def test_a_plan_that_a_notice_hands_out_is_titled_by_its_own_name() -> None:
    text = (
        "青岚市人民政府办公室关于印发青岚市教育三年行动方案的通知\n青政办发〔2023〕11号\n各乡镇人民政府，市直各部门：\n"
        "《青岚市教育三年行动方案（2023—2025年）》已经市政府第21次常务会议研究同意，现印发给你们，请认真组织实施。\n"
        "青岚市人民政府办公室\n2023年4月17日\n青岚市教育三年行动方案\n（2023—2025年）\n"
        "一、扩大资源\n新建学校6所，新增学位0.6万个，年底前全部投入使用。\n二、建强队伍\n招聘教师80名，培训500人次。\n"
    )
    document = read_bytes(text.encode(), "plan.txt")
    assert document.title is not None
    assert document.title.quote == "青岚市教育三年行动方案\n（2023—2025年）"
    assert document.body.start == 0


def test_a_note_that_hands_out_the_document_gives_its_title() -> None:
    text = (
        "各镇人民政府，各街道办事处：\n《关于加快青岚市校园足球发展的若干意见》已经市政府研究同意，现印发给你们，请遵照执行。\n"
        "青岚市人民政府办公室\n2024年3月8日\n关于加快青岚市校园足球发展的若干意见\n"
        "为落实上级部署，结合我市实际，提出如下意见，请各地各校认真执行，并将情况及时报告。\n"
        "一、扩大场地\n新建足球场12片，年底前全部开放。\n二、培养教练\n培训教练员80人次。\n"
    )
    document = read_bytes(text.encode(), "plan.txt")
    assert document.title is not None
    assert document.title.quote == "关于加快青岚市校园足球发展的若干意见"
    assert document.title.start == text.rindex(document.title.quote)
    assert document.body.start == 0


def test_the_first_lines_of_a_text_without_title_are_never_cut() -> None:
    speech = "各位代表:\n\n现在,我代表市教育局报告工作。\n\n一、任务\n\n1.建好学校。新建学校3所。"
    assert _body(speech) == speech
    assert _body(f"首页 > 讲话 > 正文\n{speech}") == speech
    preface = "前 言\n教育是民生之首\n要办好人民满意的教育。\n一、任务\n1.建好学校。新建学校3所。"
    assert _body(f"目 录\n一、任务............1\n1\n{preface}") == preface


def test_a_title_above_preface_and_contents_is_found() -> None:
    cover = "青岚市教育标准体系建设指南\n(征求意见稿)\n2024年5月\n目 录\n一、任务............1\n"
    document = read_bytes(f"{cover}前 言\n要办好人民满意的教育。\n一、任务\n1.建好学校。\n".encode(), "plan.txt")
    assert document.title is not None
    assert document.title.quote == "青岚市教育标准体系建设指南"


def test_lines_around_the_body_are_named() -> None:
    head = "您当前的位置: 首页 >> 正文\n总结计划\n索引号:0142/2024-7\npublisher: 青岚市教育局\n青岚市教育局文件\n"
    foot = "\n7\n来源:青岚市教育局\n上一篇:会议通知\n相关文章\n青岚市教育局2023年工作要点\nfalse"
    assert _around(head + BODY + foot) == {
        "您当前的位置: 首页 >> 正文": "furniture",
        "总结计划": "furniture",
        "索引号:0142/2024-7": "metadata",
        "publisher: 青岚市教育局": "metadata",
        "青岚市教育局文件": "closing",
        "7": "furniture",
        "来源:青岚市教育局": "metadata",
        "上一篇:会议通知": "furniture",
        "相关文章": "furniture",
        "青岚市教育局2023年工作要点": "furniture",
        "false": "furniture",
    }


def test_what_nothing_tells_apart_is_unaccounted_for() -> None:
    assert _around(f"本期内容\n来源:青岚市教育局\n{BODY}\nPublic domain") == {
        "本期内容": "unaccounted",
        "来源:青岚市教育局": "metadata",
        "Public domain": "unaccounted",
    }


def test_a_clause_behind_a_sites_foot_is_reported_not_read() -> None:
    around = _around(f"{BODY}\n分享到:\n新建学校3所,招生30人")
    assert around == {"分享到:": "furniture", "新建学校3所,招生30人": "unaccounted"}


@pytest.mark.parametrize(
    "line",
    [
        "3.规范二维码使用。扫一扫即可查询。",
        "(三)保护学生隐私,规范会员充值",
        "欢迎社会各界参与,提升热线客服水平。",
        "下一个阶段,抓好落实。",
        "阅读:开展全民阅读活动。",
        "相关文件精神要传达到校,",
        "用字大中小学一体化。",
        "推进校外培训机构备案号公示。",
        "审核:严格材料审核,逐级把关",
    ],
)
def test_words_of_sites_do_not_make_a_sentence_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_document_in_a_cell_keeps_its_first_line() -> None:
    text = "".join(f"<p>{line}</p>" for line in BODY.split("\n\n"))
    page = f"<table><tr><td>导航</td><td>{text}</td></tr></table>"
    document = read_bytes(f"<html><body>{page}</body></html>".encode(), "a.html")
    assert document.title is not None
    assert document.title.quote == "青岚市教育局2024年工作要点"
    one = "<table><tr><td>导航</td><td>一、建好学校,新建学校3所;招聘教师20人,全部到岗。</td></tr></table>"
    assert read_bytes(one.encode(), "a.html").body.quote.startswith("一、建好学校")


def test_the_bodies_of_the_real_plans_are_found_to_the_character(shared_dir: Path) -> None:
    annotated = sorted((shared_dir / "gold").glob("*.json"))
    assert annotated
    for file in annotated:
        gold = json.loads(file.read_text("utf-8"))
        (seed,) = (shared_dir / "seeds").glob(f"{file.stem}*")
        body = read_bytes(seed.read_bytes(), seed.name).body
        assert {"start": body.start, "end": body.end} == gold["body"], seed.name


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "市教育体育局上半年工作总结。今年以来，我局扎实工作。一是抓普惠。认定幼儿园15所。",
            "市教育体育局上半年工作总结",
        ),
        (
            "青岚区教育局2023年工作总结及2024年工作思路.docx\n上传人:清风** 文档编号:220 上传时间:2024-02-16 格式:DOCX 页数:9\n"
            "《青岚区教育局2023年工作总结及2024年工作思路.docx》由会员分享,可在线阅读,更多相关文档请在宝库上搜索。\n"
            "1、青岚区教育局2023年工作总结及2024年工作思路2023年,全区教育系统取得新成效。一、党建引领。集中学习14次。",
            "青岚区教育局2023年工作总结及2024年工作思路",
        ),
        (
            "市教育局局长在会议上的讲话\n时间:2023-03-06 10:42:17 来源:网友投稿\n"
            "下面是小编为大家整理的市教育局局长在会议上的讲话,供大家参考。\n\n在2023年全市教育工作会议上的讲话\n"
            "青岚市教育局党组书记、局长\n(2023年2月21日)\n\n同志们:\n这次会议的主要任务是,深入学习贯彻全国教育大会精神,总结去年工作,安排今年工作,请大家抓好落实。",
            "在2023年全市教育工作会议上的讲话",
        ),
        (
            "青岚市教育局扩优提质行动方案\n（2023—2025年）\n\n" + BODY.split("\n\n", 1)[1],
            "青岚市教育局扩优提质行动方案\n（2023—2025年）",
        ),
        (
            "蓄势聚能开新局\n——在2024年全市教育工作会议上的讲话\n（2024年2月3日）\n同志们：\n"
            "今天召开全市教育工作会议，主要任务是总结成绩、分析形势、部署工作，动员全系统把各项任务抓实抓细、抓出成效。",
            "蓄势聚能开新局",
        ),
        (
            "青岚市教育局2024年工作总结\n学位扩容要提速。年内竣工学校3所，增加学位2000个。\n师资要建强。年内招聘300人。",
            "青岚市教育局2024年工作总结",
        ),
    ],
)
def test_titles_as_sharing_sites_print_them(text: str, title: str) -> None:
    document = read_bytes(text.encode(), "plan.txt")
    assert document.title is not None
    assert document.title.quote == title


def test_the_first_sentence_of_a_speech_is_no_title() -> None:
    text = (
        "在2024年全市教育工作会议上的讲话\n市教育局局长　王建国\n同志们：\n今天召开全市教育工作会议，主要任务是总结成绩、分析形势、部署\n"
        "工作。下面，我讲几点意见。\n一、2023年工作回顾\n（一）资源扩大。新建学校六所。\n（二）队伍加强。招聘教师九十名。\n"
    )
    title = read_bytes(text.encode(), "plan.txt").title
    assert title is not None
    assert title.quote == "在2024年全市教育工作会议上的讲话"


def test_the_title_of_a_text_in_short_lines() -> None:
    text = "当前位置：首页 > 规划计划\n青岚市教育局2023年工作总结\n一年来，全市教育系统真抓实干。\n学校建设加快推进。新建学校六所。\n"
    title = read_bytes(text.encode(), "plan.txt").title
    assert title is not None
    assert title.quote == "青岚市教育局2023年工作总结"
