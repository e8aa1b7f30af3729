"""Web pages in the manner of the systems that government sites run on, each with what it says. All text is invented.

The plan is the same on each page: how it is wrapped, and what stands around it, is what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TITLE = "云岭市教育局2024年工作要点"
PARAGRAPHS = (
    "2024年，全市教育系统要扩大优质资源供给，稳步提升办学质量，办好人民满意的教育，重点抓好以下工作。",
    "一、总体要求",
    "坚持稳中求进。",
    "二、重点任务",
    "（一）扩大资源供给",
    "1.加快学校建设。新建学校3所，新增学位1.2万个；改扩建幼儿园5所，落实《云岭市学位建设行动方案》。",
    "2.做好招生入学。坚持免试就近入学，严禁“掐尖”招生。（责任单位：基础教育科）",
    "（二）提升教育质量",
    "3.深化教学改革。培育市级示范校20所，开展教研活动300场次。",
    "三、保障措施",
    "压实责任，加强督查。",
    "云岭市教育局",
    "2024年3月1日",
)
NUMBER, ISSUER, DAY = "云教发〔2024〕7号", "云岭市教育局", "2024-03-01"
FURNITURE = (
    "政务公开",
    "您现在的位置",
    "浏览次数",
    "扫一扫",
    "上一篇",
    "下一篇",
    "主办单位",
    "ICP备",
    "打印本页",
    "网站地图",
)
FACTS = {"索引号": "YL01-2024-00007", "发文字号": NUMBER, "发布机构": ISSUER, "生成日期": DAY, "信息名称": TITLE}
LINE_FACTS = {"来源": ISSUER, "发布时间": "2024-03-01 10:30"}
SPAM = "云上棋牌娱乐开户送彩金官方平台"


@dataclass(frozen=True, slots=True)
class Shape:
    """A page, what its metadata says, and the codes of its problems."""

    make: Callable[[], bytes]
    labelled: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    lines: tuple[str, ...] = (TITLE, *PARAGRAPHS)
    between: tuple[str, ...] = ()
    """Lines between title and text that have no label: the document runs from its title on."""


def joined(before: str = "<p>", after: str = "</p>", lines: Sequence[str] = PARAGRAPHS) -> str:
    """Lines, each between two stretches of markup."""
    return "".join(f"{before}{line}{after}" for line in lines)


NAVIGATION = (
    '<div class="header"><a href="/">云岭市教育局门户网站</a><ul class="nav"><li><a href="/">首页</a></li>'
    '<li><a href="/gk/">政务公开</a></li><li><a href="/fw/">办事服务</a></li><li><a href="/hd/">互动交流</a></li></ul></div>'
)
CRUMBS = (
    '<div class="crumb">您现在的位置：<a href="/">首页</a> &gt; <a href="/gk/">政务公开</a> &gt; <a>工作要点</a></div>'
)
INFO = f'<div class="info"><span>来源：{ISSUER}</span>&nbsp;&nbsp;<span>发布时间：2024-03-01 10:30</span>&nbsp;&nbsp;<span>浏览次数：<em id="hits">358</em></span></div>'
FOOTER = (
    '<div class="pages"><p>上一篇：<a href="/a.html">关于做好寒假工作的通知</a></p><p>下一篇：<a href="/b.html">没有了</a></p></div>'
    '<div class="tools"><a href="javascript:window.print()">打印本页</a> <a href="javascript:close()">关闭窗口</a></div>'
    '<div class="ewm"><img src="q.png" alt=""><p>扫一扫在手机打开当前页</p></div>'
    '<div class="footer"><a href="/map">网站地图</a> | <a href="/us">联系我们</a><p>主办单位：云岭市教育局　地址：云岭市学府路1号</p>'
    "<p>云ICP备12000001号-1　政府网站标识码：3300000001</p></div>"
)


def page(body: str, head: str = "", charset: str = "utf-8") -> bytes:
    """A page in a character set."""
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    html = f"<!DOCTYPE html><html><head>{declared}<title>{TITLE}_云岭市教育局</title>{head}</head><body>{body}</body></html>"
    return html.encode(charset)


def _trs() -> bytes:
    """TRS WCM: the text in ``TRS_Editor``, its styles printed above it, indents as ideographic blanks."""
    style = "<style type='text/css'>.TRS_Editor P{line-height:2;font-family:宋体;font-size:12pt;}</style>"
    text = f'<div class="TRS_Editor">{style}{joined("<p align=justify>　　")}</div>'
    return page(f'{NAVIGATION}{CRUMBS}<div class="con"><h1>{TITLE}</h1>{INFO}{text}</div>{FOOTER}')


def _jpage() -> bytes:
    """JPage: comments around the text, ``zoom``, metas for the search engine."""
    head = f'<meta name="SiteName" content="云岭市教育局"><meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2024-03-01">'
    indented = joined('<p style="text-indent:2em">&nbsp;&nbsp;&nbsp;&nbsp;')
    text = f'<!--ZJEG_RSS.content.begin--><div id="zoom">{indented}</div><!--ZJEG_RSS.content.end-->'
    return page(
        f'{NAVIGATION}{CRUMBS}<div id="c" class="bt_content"><div class="main-fl-tit">{TITLE}</div>{INFO}{text}</div>{FOOTER}',
        head,
    )


def _layout_tables() -> bytes:
    """A page of the 2000s: tables in tables, tags in capitals, nothing closed."""
    text = "<BR>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in PARAGRAPHS)
    menu = "<TR><TD><A href='/'>首页</A><TD><A href='/gk'>政务公开</A><TD><A href='/fw'>办事服务</A>"
    body = (
        f"<TABLE width=1000 align=center><TR><TD><TABLE>{menu}</TABLE><TR><TD>您现在的位置：<A href='/'>首页</A> &gt; 正文"
        f"<TR><TD><TABLE border=0><TR><TD align=center><FONT size=5><B>{TITLE}</B></FONT>"
        f"<TR><TD align=center>来源：{ISSUER}&nbsp;&nbsp;发布时间：2024-03-01 10:30&nbsp;&nbsp;浏览次数：35<TR><TD>"
        f"<TABLE><TR><TD class=text><FONT size=3>{text}</FONT></TABLE></TABLE>"
        "<TR><TD>【<A href='#'>打印本页</A>】【<A href='#'>关闭窗口</A>】<TR><TD align=center>主办单位：云岭市教育局<BR>云ICP备12000001号</TABLE>"
    )
    return page(body)


def _metadata_table() -> bytes:
    """The table that disclosure rules ask for: labels and values in cells."""
    cells = [
        ("索&nbsp;引&nbsp;号：", FACTS["索引号"]), ("信息分类：", "工作要点"), ("发布机构：", ISSUER), ("生成日期：", DAY),
        ("信息名称：", TITLE), ("发文字号：", NUMBER), ("有效性：", "有效"), ("关键词：", "教育;要点"),
    ]  # fmt: skip
    rows = "".join(
        "<tr>" + "".join(f"<td class='l'>{label}</td><td>{value}</td>" for label, value in cells[n : n + 2]) + "</tr>"
        for n in range(0, len(cells), 2)
    )
    table = f"<table class='xxgk'><tbody>{rows}</tbody></table>"
    return page(
        f'{NAVIGATION}{CRUMBS}{table}<div class="title">{TITLE}</div><div class="content">{joined()}</div>{FOOTER}'
    )


def _metadata_list() -> bytes:
    """The same as a list of labels in bold type."""
    items = "".join(f"<li><b>{label}：</b>{value}</li>" for label, value in FACTS.items())
    return page(
        f'{NAVIGATION}{CRUMBS}<ul class="xxgk_head">{items}</ul><h1>{TITLE}</h1><div id="zoomcon">{joined()}</div>{FOOTER}'
    )


def _breaks() -> bytes:
    """Paragraphs that only ``<br>`` parts, two at a time, and no-break blanks before each."""
    text = "<br><br>".join(f"&nbsp;&nbsp;&nbsp; {line}" for line in PARAGRAPHS)
    return page(
        f'{NAVIGATION}{CRUMBS}<div class="article"><h2 class="title">{TITLE}</h2>{INFO}<div class="Custom_UnionStyle">{text}</div></div>{FOOTER}'
    )


def _pasted_from_word() -> bytes:
    """Spans within spans with the styles of Word, conditional comments, empty paragraphs of its namespace."""

    def soup(line: str) -> str:
        half = len(line) // 2
        span = '<span style="font-size:16pt;font-family:仿宋_GB2312;mso-hansi-font-family:仿宋_GB2312;mso-bidi-font-family:宋体" lang="EN-US">'
        return (
            f'<p class="MsoNormal" style="text-indent:32pt;mso-char-indent-count:2.0">{span}<span>{line[:half]}</span></span>'
            f"<b style='mso-bidi-font-weight:normal'>{span}{line[half:]}<o:p></o:p></span></b></p><p class='MsoNormal'><o:p>&nbsp;</o:p></p>"
        )

    office = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><?xml:namespace prefix = o />"
    text = office + "".join(soup(line) for line in PARAGRAPHS)
    return page(f'{NAVIGATION}{CRUMBS}<h1>{TITLE}</h1>{INFO}<div class="WordSection1">{text}</div>{FOOTER}')


def _wechat() -> bytes:
    """An account's article: hidden until its script runs, in sections, with the account's signs around it."""
    text = "".join(f'<section style="margin:0 8px"><p><span leaf="">{line}</span></p></section>' for line in PARAGRAPHS)
    head = f'<meta property="og:title" content="{TITLE}">'
    body = (
        f'<h1 class="rich_media_title" id="activity-name">{TITLE}</h1><div id="meta_content"><span>云岭教育</span> <em id="publish_time">2024-03-01 10:30</em></div>'
        f'<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">{text}</div>'
        '<div class="qr_code_pc"><p>微信扫一扫<br>关注该公众号</p></div><script>document.getElementById("js_content").style.visibility="visible"</script>'
    )
    return page(body, head)


def _sharepoint() -> bytes:
    """An ASPX page: one form around all, its state in hidden fields, the text in a web part."""
    text = joined("<div>", "</div>")
    body = (
        '<form method="post" action="view.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1Mg9kFgI=">'
        f'{NAVIGATION}<span id="SiteMapPath1"><a href="#skip"></a><a href="/">首页</a><span> &gt; </span><a href="/gk">政务公开</a></span>'
        f'<div class="ms-rtestate-field"><span id="lblTitle" class="title">{TITLE}</span>{INFO}<div id="ctl00_PlaceHolderMain_RichHtmlField" class="ms-rtestate-field">{text}</div></div>'
        f'<select name="links"><option>—— 友情链接 ——</option><option>市政府网站</option></select>{FOOTER}</form>'
    )
    return page(body)


def _mobile() -> bytes:
    """A page for telephones: sections, a menu that opens, buttons at the bottom."""
    body = (
        '<header><a href="/">云岭教育</a><nav><a href="/gk">政务公开</a><a href="/fw">办事服务</a></nav></header>'
        f'<main><article><h1>{TITLE}</h1><p class="meta"><time>发布时间：2024-03-01 10:30</time> <span>来源：{ISSUER}</span></p>'
        f'<section>{joined()}</section></article></main><aside><h3>相关阅读</h3><ul><li><a href="/1">市教育局召开2024年工作会，部署重点任务</a></li></ul></aside>'
        "<footer><p>主办单位：云岭市教育局</p><p>云ICP备12000001号</p></footer>"
    )
    return page(body, '<meta name="viewport" content="width=device-width,initial-scale=1">')


def _print() -> bytes:
    """The version to print: hardly anything but the text, and the address below it."""
    body = f'<center><h3>{TITLE}</h3></center><hr><div id="printbody">{joined()}</div><hr><p>来源：{ISSUER}</p><center><a href="javascript:print()">打印本页</a></center>'
    return page(body)


def _sidebars() -> bytes:
    """The text between two columns of news whose headlines are sentences."""
    news = "".join(
        f'<li><a href="/{n}.html">我市召开第{n}次推进会，研究部署重点工作，提出明确要求。</a><span>03-0{n}</span></li>'
        for n in range(1, 9)
    )
    column = f'<div class="col-3"><h3>最新信息</h3><ul>{news}</ul></div>'
    return page(
        f'{NAVIGATION}{CRUMBS}<div class="row">{column}<div class="col-6"><h1>{TITLE}</h1>{INFO}<div class="txt">{joined()}</div></div>{column}</div>{FOOTER}'
    )


def _short_lines() -> bytes:
    """A list page with the tasks as short items, each a division with a number of its own."""
    tasks = "".join(
        f'<div class="item"><span class="num">{n}.</span><span class="tit">{t}</span></div>'
        for n, t in enumerate(SHORT_TASKS, 1)
    )
    return page(
        f'{NAVIGATION}{CRUMBS}<h1>{TITLE}</h1>{INFO}<div class="list"><p>{PARAGRAPHS[0]}</p>{tasks}</div>{FOOTER}'
    )


SHORT_TASKS = ("新建学校3所。", "改扩建幼儿园5所。", "培训教师2000人次。", "开展督导。", "加强宣传。")


def _spam() -> bytes:
    """A page into which someone put links that nobody sees, in three ways."""
    links = f'<a href="http://spam.invalid/1">{SPAM}</a>，<a href="http://spam.invalid/2">{SPAM}，注册即送。</a>'
    hidden = (
        f'<div style="display:none">{links}</div>',
        f'<div style="position: absolute; top: -1200px; left:-999px">{links}</div>',
        f'<marquee height="1" width="3" scrollamount="9">{links}</marquee>',
        f'<div style="width:1px;height:1px;overflow:hidden">{links}</div>',
    )
    first, second, third, fourth = hidden
    text = joined(lines=PARAGRAPHS[:6]) + second + joined(lines=PARAGRAPHS[6:])
    return page(f'{first}{NAVIGATION}{CRUMBS}<h1>{TITLE}</h1>{INFO}<div class="zw">{text}</div>{third}{FOOTER}{fourth}')


def _gbk() -> bytes:
    """The first shape in the character set that pages had before 2010, with the name that it then had."""
    text = _trs().decode("utf-8").replace("charset=utf-8", "charset=gb2312")
    return text.encode("gbk")


def _table_cells() -> bytes:
    """Each paragraph a row of its own, as some editors save Word files."""
    return page(
        f'{NAVIGATION}{CRUMBS}<h1>{TITLE}</h1>{INFO}<table class="doc">{joined("<tr><td>", "</td></tr>")}</table>{FOOTER}'
    )


def _twice() -> bytes:
    """The article for wide screens and once more for narrow ones, one of them hidden by its class."""
    copies = "".join(
        f'<div class="{name}"><h1>{TITLE}</h1>{INFO}<div class="text">{joined()}</div></div>'
        for name in ("pc-show", "mobile-show")
    )
    return page(f"{NAVIGATION}{CRUMBS}{copies}{FOOTER}")


def _written_by_script() -> bytes:
    """A page that only holds a script with the text in it, as single-page systems make them."""
    text = joined().replace('"', '\\"').replace("/", "\\/")
    script = f'<script>var detail = {{"title": "{TITLE}", "content": "{text}"}}; render(detail);</script>'
    return page(f'{NAVIGATION}<div id="app">加载中…</div>{script}{FOOTER}')


SHAPES = {
    "TRS WCM": Shape(_trs, LINE_FACTS),
    "JPage": Shape(_jpage, LINE_FACTS),
    "layout tables": Shape(_layout_tables, LINE_FACTS),
    "metadata table": Shape(_metadata_table, FACTS),
    "metadata list": Shape(_metadata_list, FACTS),
    "line breaks": Shape(_breaks, LINE_FACTS),
    "pasted from Word": Shape(_pasted_from_word, LINE_FACTS),
    "WeChat": Shape(_wechat, problems=("hidden-text-read",), between=("云岭教育 2024-03-01 10:30",)),
    "SharePoint": Shape(_sharepoint, LINE_FACTS),
    "mobile": Shape(_mobile, LINE_FACTS),
    "print": Shape(_print, {"来源": ISSUER}),
    "sidebars": Shape(_sidebars, LINE_FACTS),
    "short lines": Shape(
        _short_lines, LINE_FACTS, lines=(TITLE, PARAGRAPHS[0], *(f"{n}.{task}" for n, task in enumerate(SHORT_TASKS, 1)))
    ),
    "hidden spam": Shape(_spam, LINE_FACTS, problems=("hidden-text",)),
    "GBK": Shape(_gbk, LINE_FACTS),
    "table cells": Shape(_table_cells, LINE_FACTS),
    "two copies": Shape(_twice, LINE_FACTS),
    "written by a script": Shape(_written_by_script, problems=("script-text-read",), lines=PARAGRAPHS),
}  # fmt: skip
