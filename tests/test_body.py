"""Where the body lies in a text copied from the web or a sharing site."""

from yaodian.reading import read_bytes

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
