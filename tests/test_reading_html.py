"""Saved web pages: every visible line comes out, and the document is found among the furniture."""

from __future__ import annotations

import time
from cProfile import Profile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaodian.errors import ReadingError
from yaodian.reading import limits, read_bytes
from yaodian.reading.extracted import Extracted
from yaodian.reading.html import read_html

TITLE = "云川市教育局2023年工作要点"
INTRO = "2023年，全市教育系统要扩大优质资源供给，稳步提升办学质量，办好人民满意的教育。"
FIRST = "1.增加学位供给。新建学校3所，新增学位1.2万个；推进集团化办学。"
LAST = "12.严守安全底线。全年培训安保人员600人次以上，隐患整改率达到100%。"
SHORT = "二、主要任务"
SIGNED = "2023年3月1日"
PARAGRAPHS = [INTRO, "一、总体要求", FIRST, SHORT, LAST, SIGNED]

NAVIGATION = "<div class='top'><ul><li><a href='/'>首页</a></li><li><a href='/gk'>政务公开</a></li></ul></div>"
CRUMBS = "<div>您现在的位置：<a href='/'>首页</a> &gt; <a href='/gk'>政务公开</a> &gt; 正文</div>"
FOOTER = "<div class='footer'><p>主办单位：云川市教育局，地址：云川市书院路1号。</p><p>扫一扫，手机看。</p></div>"
TABLE = (
    "<table><tr><td>索 引 号：</td><td><p>YC01-2023-7</p></td><td><b>发布机构：</b></td><td>市教育局</td></tr>"
    "<tr><td>生成日期：</td><td>2023-03-01</td><td>文号：</td><td></td></tr></table>"
)
LINE = "<div class='info'>来源：市教育局&nbsp;&nbsp;发布日期：2023-03-01<span>浏览次数：35</span></div>"


def _paragraphs(tag: str = "p") -> str:
    return "".join(f"<{tag}>{p}</{tag}>" for p in PARAGRAPHS)


def _page(body: str, head: str = f"<title>{TITLE}_云川市教育局</title>") -> Extracted:
    return read_html(f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode())


def _main(page: Extracted) -> list[str]:
    assert page.main is not None
    return page.text[slice(*page.main)].split("\n")


SHAPES = {
    "blocks": f"<h1>{TITLE}</h1>{LINE}<div id='zoom'><div class='TRS_Editor'>{_paragraphs()}</div></div>",
    "layout table": f"<table><tr><td>{TITLE}<tr><td>{LINE}<tr><td>{_paragraphs()}</table>",
    "breaks": f"<h2>{TITLE}</h2><font size=3>{'<br>　　'.join(PARAGRAPHS)}</font>",
    "nested lists": f"<h1>{TITLE}</h1><div><p>{INTRO}</p><ul>{_paragraphs('li')[len(INTRO) + 9 :]}</ul></div>",
    "title inside": f"<article><p align=center><b>{TITLE}</b></p>{_paragraphs()}</article>",
    "custom tags": f"<ucaptitle>{TITLE}</ucaptitle><ucapcontent>{_paragraphs()}</ucapcontent>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_document_is_found_with_its_title_and_every_paragraph(shape: str) -> None:
    page = _page(NAVIGATION + CRUMBS + TABLE + SHAPES[shape] + FOOTER)
    main = _main(page)
    assert main[0] == TITLE
    assert [line for line in main if line in PARAGRAPHS] == PARAGRAPHS
    assert main[-1] == SIGNED


@pytest.mark.parametrize("shape", SHAPES)
def test_furniture_stays_in_the_text_outside_the_document(shape: str) -> None:
    page = _page(NAVIGATION + CRUMBS + TABLE + SHAPES[shape] + FOOTER)
    for words in ("政务公开", "您现在的位置", "扫一扫", "主办单位"):
        assert words in page.text
        assert words not in "\n".join(_main(page))


def test_cells_of_a_row_stand_on_one_line_parted_by_tabs() -> None:
    lines = _page(TABLE).text.split("\n")
    assert lines == ["索 引 号：\tYC01-2023-7\t发布机构：\t市教育局", "生成日期：\t2023-03-01\t文号："]


def test_a_definition_list_reads_like_a_table_row() -> None:
    assert _page("<dl><dt>发布机构</dt><dd>市教育局</dd><dt>文号</dt><dd>无</dd></dl>").text == (
        "发布机构\t市教育局\n文号\t无"
    )


def test_a_sidebar_with_summaries_is_not_taken_for_the_document() -> None:
    news = "".join(f"<li><a href='/{n}'>我市召开第{n}次推进会，研究部署工作，提出要求。</a></li>" for n in range(9))
    page = _page(
        f"<div><div class='left'><h1>{TITLE}</h1>{_paragraphs()}</div><div class='right'><ul>{news}</ul></div></div>"
    )
    assert _main(page) == [TITLE, *PARAGRAPHS]


def test_an_introduction_beside_the_list_of_items_is_kept() -> None:
    page = _page(f"<div><p>{INTRO}</p><div>{'<p>' + FIRST + '</p>'}{f'<p>{LAST}</p>' * 20}</div></div>{FOOTER}")
    assert _main(page)[0] == INTRO


def test_a_short_notice_is_found() -> None:
    page = _page(f"{NAVIGATION}<h1>{TITLE}</h1><div class='content'><p>{INTRO}</p></div>{FOOTER}")
    assert _main(page) == [TITLE, INTRO]


def test_a_page_of_links_has_no_document() -> None:
    page = _page(NAVIGATION + CRUMBS)
    assert page.main is None
    assert "首页" in page.text


def test_white_space_follows_the_css_rules() -> None:
    page = _page("<p>  加快\n   教育  资源 <b>供给</b>\n<i>建设</i>。\nEnd\nof</p><pre>甲\n  乙</pre>")
    assert page.text == "加快教育 资源 供给建设。 End of\n甲\n乙"


def test_links_on_source_lines_of_their_own_stand_apart() -> None:
    assert _page("<span>今天</span>\n<a href=a>首页</a>\n<a href=b>公开</a>").text == "今天 首页 公开"


def test_no_break_spaces_become_spaces_and_invisible_characters_vanish() -> None:
    assert _page("<p>&nbsp;&nbsp;来源：市&#8203;教育局&nbsp;&nbsp;时间</p>").text == "来源：市教育局  时间"


def test_an_ordered_list_shows_its_numbers() -> None:
    text = _page("<ol start=3><li>推进改革，增添活力。</li><li><a href=x>链接</a></li><li>5.已有编号</li></ol>").text
    assert text == "3.推进改革，增添活力。\n链接\n5.已有编号"


@pytest.mark.parametrize(
    ("opening", "labels"),
    [
        ("<ol start=3 type=a>", "c. d. e."),
        ("<ol type=I>", "I. II. III."),
        ("<ol reversed>", "3. 2. 1."),
        ("<ol reversed start=9>", "9. 8. 7."),
        ("<ol start=-1>", "-1. 0. 1."),
        ("<ol style='list-style-type: cjk-ideographic'>", "一、 二、 三、"),
        ("<ol start=10 style='list-style: inside simp-chinese-informal'>", "十、 十一、 十二、"),
        ("<ol style='list-style-type:simp-chinese-formal !important'>", "壹、 贰、 叁、"),
        ("<ol style='list-style:none'>", "  "),
        ("<ol style='list-style-type:of-our-own'>", "1. 2. 3."),
        (
            "<style>/* x */ @media print {.c, ol.d {color:red; list-style : cjk-decimal}} x{y:z}</style><ol class=c>",
            "一、 二、 三、",
        ),
        ("<style>p::q{list-style:none} .c{list-style-type:lower-roman}</style><ol class=c>", "i. ii. iii."),
    ],
)
def test_ordered_lists_are_numbered_as_browsers_do(opening: str, labels: str) -> None:
    words = ("推进改革。", "深化合作。", "加强管理。")
    text = _page(opening + "".join(f"<li><p>{w}</p></li>" for w in words) + "</ol>").text
    assert text.split("\n") == [label + w for label, w in zip(labels.split(" "), words, strict=True)]


def test_items_count_on_from_a_value_and_lists_within_lists_count_for_themselves() -> None:
    page = _page(
        "<ol><li value=5>推进。<ol><li>新建。</li><li></li><li>改建。</li></ol></li><li style='list-style:upper-alpha'>落实。</ol>"
    )
    assert page.text == "5.推进。\n1.新建。\n2.\n3.改建。\nF.落实。"


def test_long_style_sheets_and_long_reversed_lists_are_no_trap() -> None:
    began = time.process_time()
    _page("<script>" + '\\"' * 300_000 + "</script>")
    _page("<style>" + "list-style " * 100_000 + "</style><ol reversed>" + "<li>推进。" * 20_000 + "</ol>")
    assert time.process_time() - began < 5


def test_readings_above_characters_are_left_out_and_raised_signs_kept() -> None:
    text = _page(
        "<p><ruby>汀<rp>(</rp><rt>tīng</rt><rp>)</rp></ruby>岚市新建校舍3万m<sup>2</sup><sup>①</sup>。</p>"
    ).text
    assert text == "汀岚市新建校舍3万m2①。"


def test_struck_out_words_are_left_out_and_told() -> None:
    page = _page("<p>新建<del>5</del><ins>6</ins>所，<s>推迟</s>实施。</p>")
    assert page.text == "新建6所，实施。"
    assert [(p.code, p.message) for p in page.problems] == [
        ("struck-text", "4 characters of struck-out text were left out, such as “5 推迟”")
    ]


def test_what_is_not_closed_or_not_in_a_paragraph_is_read_line_by_line() -> None:
    text = _page(
        "<p>甲段。<p>乙段。<div>丙段。<div>丁段。</div>戊<span>段</span>。</div><table><tr><td>己段。<br>庚段。<tr><td>辛<td>壬</table>"
        "<textarea>癸段。</textarea><select><option>友情链接</select><noscript>请启用脚本。</noscript>"
    ).text
    assert text.split("\n") == [
        "甲段。",
        "乙段。",
        "丙段。",
        "丁段。",
        "戊段。",
        "己段。",
        "庚段。",
        "辛\t壬",
        "癸段。",
    ]


def test_a_text_in_a_script_is_read_where_the_page_has_none() -> None:
    page = _page(
        "<div id=app></div><script>document.write('<p>\\u65b0建学校3所，新增学位1.2万个；\\n推进改革，\\'增添\\'活力，抓好落实。<\\/p>')</script>"
    )
    assert page.text == "新建学校3所，新增学位1.2万个；推进改革，'增添'活力，抓好落实。"
    assert [p.code for p in page.problems] == ["script-text-read"]


FRAMES = "<frameset cols='20%,80%'><frame src=left.htm><frame src='main.htm' name=main>{}</frameset>"


def test_a_page_of_frames_says_which_files_it_shows() -> None:
    notice = "<noframes><body>您的浏览器不支持框架，请升级。</body></noframes>"
    page = f"<html><head><title>{TITLE}</title></head>{FRAMES.format(notice)}</html>"
    message = (
        "^plan.html: the page only shows other files in frames: “left.htm”, “main.htm”; save the one with the text$"
    )
    with pytest.raises(ReadingError, match=message):
        read_bytes(page.encode("gbk"), "plan.html")


@pytest.mark.parametrize(
    "frames",
    [
        FRAMES.format(f"<noframes><body><h1>{TITLE}</h1>{{}}</body></noframes>"),
        f'<body><p>首页 > 公文</p><iframe srcdoc="<h1>{TITLE}</h1>{{}}"></iframe></body>',
    ],
)
def test_a_text_in_a_frame_is_read_where_the_page_has_none(frames: str) -> None:
    page = _page(frames.format(_paragraphs()))
    assert _main(page) == [TITLE, *PARAGRAPHS]
    assert page.problems[0].code == "frame-text-read"


@pytest.mark.parametrize("held", ['<iframe srcdoc="{}"></iframe>', '<script>x="{}"</script>'])
def test_text_that_a_page_brings_along_keeps_to_the_limits(held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HTML_DEEPEST", 50)
    opened = "&lt;div&gt;" if "srcdoc" in held else "\\u003cdiv>"
    with pytest.raises(ReadingError, match="the elements of this page nest deeper than 50"):
        _page(held.format(opened * 100 + "".join(PARAGRAPHS)))


def test_frames_beside_a_text_are_told() -> None:
    small = "<iframe src=count.htm width=0 height=0></iframe><iframe src=b.htm style='display:none'></iframe>"
    page = _page(f"<p>{INTRO}</p>{small}<iframe src='about:blank'></iframe>")
    assert page.problems == ()
    page = _page(f"<p>{INTRO}</p>{small}<iframe src='附件1.htm'></iframe><frame><iframe src='2\n.htm'></iframe>")
    (problem,) = page.problems
    assert problem.code == "frames-not-read"
    assert "“附件1.htm”, “2\\n.htm”; save" in problem.message


def test_scripts_comments_and_hidden_text_are_left_out_and_spam_is_reported() -> None:
    spam = "某某博彩官网开户送彩金在线投注平台"
    page = _page(
        f"<script>var x='脚本，文字。'</script><!-- 注释，文字。 --><p>{INTRO}</p><noscript>请启用脚本。</noscript>"
        f"<div style='DISPLAY : none'><a href='http://spam.example'>{spam * 2}</a></div><p hidden>{spam}</p>"
    )
    assert page.text == INTRO
    (problem,) = page.problems
    assert problem.code == "hidden-text"
    assert spam in problem.message


@pytest.mark.parametrize(
    "style",
    ["visibility:hidden", "font-size:0", "position:absolute;left:-9999px", "height:0;overflow:hidden", "opacity:0"],
)
def test_the_ways_of_hiding_spam_are_known(style: str) -> None:
    assert _page(f"<p>{INTRO}</p><div style='{style}'>垃圾</div>").text == INTRO


@pytest.mark.parametrize(
    "style", ["font-size:0.8em", "left:-5px", "height:100px;overflow:hidden", "opacity:0.9", "color:#000"]
)
def test_what_is_only_styled_is_not_hidden(style: str) -> None:
    assert _page(f"<p style='{style}'>{INTRO}</p>").text == INTRO


def test_a_page_that_a_script_unhides_is_read() -> None:
    page = _page(f"<div class='loading'>载入中</div><div style='display:none'><h1>{TITLE}</h1>{_paragraphs()}</div>")
    assert _main(page) == [TITLE, *PARAGRAPHS]
    assert [p.code for p in page.problems] == ["hidden-text-read"]


@pytest.mark.parametrize(
    "declaration", ["<meta charset=gb2312>", "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>", ""]
)
def test_a_gbk_page_is_decoded_whatever_it_declares(declaration: str) -> None:
    page = read_html(f"<html><head>{declaration}<title>{TITLE}</title></head><p>{INTRO}</p></html>".encode("gbk"))
    assert (page.text, page.title, page.encoding) == (INTRO, TITLE, "gb18030")


def test_the_article_title_of_the_head_goes_before_the_window_title() -> None:
    head = f"<title>云川市教育局门户网站</title><meta name='ArticleTitle' content='{TITLE}'>"
    page = _page(f"<p>{TITLE}</p>{LINE}<div>{_paragraphs()}</div>", head)
    assert page.title == TITLE
    assert _main(page)[0] == TITLE


def test_metadata_between_title_and_text_can_be_reached() -> None:
    page = _page(f"<h1>{TITLE}</h1>{LINE}<div>{_paragraphs()}</div>")
    assert "来源：市教育局  发布日期：2023-03-01" in page.text


def test_very_deep_pages_are_read() -> None:
    assert INTRO in _page("<div>" * 5000 + f"<p>{INTRO}</p>" + "</div>" * 5000).text


@pytest.mark.parametrize(
    ("opened", "closed"),
    [("<table><tr><td>", "</td></tr></table>"), ("<ol><li>", "</li></ol>"), ("<dl><dd>", "</dd></dl>")],
)
def test_nesting_costs_no_more_than_its_depth(opened: str, closed: str) -> None:
    # Calls are counted, as the time of the parser itself, which grows with the square of the depth, would hide them.
    def calls(depth: int) -> int:
        page = f"<html><body>{opened * depth}{_paragraphs() * 20}{closed * depth}</body></html>".encode()
        profile = Profile()
        assert LAST in profile.runcall(read_html, page).text
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(4000) < 5 * calls(1000)


@given(st.text(alphabet="<>/divpabr=\"' \n&;中，。", max_size=200))
def test_any_tag_soup_is_read(soup: str) -> None:
    page = read_html(soup.encode())
    assert page.main is None or 0 <= page.main[0] < page.main[1] <= len(page.text)
