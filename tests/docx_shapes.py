"""Word files of the shapes that plans come in, each with the lines that its body shows. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docx_files import (
    MACRO_TYPE,
    NAMESPACES,
    abstract,
    cell,
    document,
    docx,
    level,
    num,
    numbering,
    package,
    para,
    row,
    run,
    style,
    styles,
    table,
)

TITLE = "汀岚市教育局2024年工作要点"
INTRO = "2024年，全市教育系统要扩大优质资源供给，稳步提升办学质量，办好人民满意的教育。"
FIVE_LEVELS = abstract(
    1,
    *(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）")),
    ("decimalEnclosedCircle", "%5"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is made, the lines of its body, the lines of text boxes below it, and the codes of its problems."""

    make: Callable[[], bytes]
    lines: tuple[str, ...]
    boxes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def _typed() -> bytes:
    return docx(TITLE, INTRO, "一、总体要求", "1.增加学位供给。新建学校3所，新增学位1.2万个。", "2024年3月1日")


def _five_levels() -> bytes:
    blocks = [para("总体要求", (1, 0)), para("落实根本任务。"), para("重点任务", (1, 0)), para("扩大资源", (1, 1))]
    blocks += [para("增加学位供给。", (1, 2)), para("新建学校3所。", (1, 3)), para("老城区1所。", (1, 4))]
    blocks += [para("新城区2所。", (1, 4)), para("改扩建幼儿园5所。", (1, 3)), para("配强教师。", (1, 2))]
    blocks += [para("提升质量", (1, 1)), para("深化课程改革。", (1, 2))]
    return docx(TITLE, *blocks, parts={"numbering.xml": numbering(FIVE_LEVELS, num(1, 1))})


def _heading_styles() -> bytes:
    """Headings numbered by their styles: the level by its link to a style, or by a style based on another."""
    levels = [
        level(0, ("japaneseCounting", "%1、"), '<w:pStyle w:val="1"/>'),
        level(1, ("japaneseCounting", "（%2）"), '<w:pStyle w:val="2"/>'),
        level(2, ("decimal", "%3．", "tab")),
    ]
    listed = "<w:pPr><w:numPr><w:numId w:val='7'/></w:numPr></w:pPr>"
    deeper = "<w:pPr><w:numPr><w:ilvl w:val='2'/></w:numPr></w:pPr>"
    sheet = styles(
        style("a", name="Normal"),
        style("1", listed, "a", "heading 1"),
        style("2", listed, "a", "heading 2"),
        style("item", deeper, "2", "要点"),
        style("plain", "<w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr>", "1", "无编号标题"),
    )
    blocks = [para("总体要求", style="1"), para("重点任务", style="1"), para("扩大资源", style="2")]
    blocks += [para("新建学校3所。", style="item"), para("改建学校2所。", style="item"), para("保障措施", style="1")]
    blocks += [para("附件", style="plain"), para("加强领导", style="2")]
    return docx(
        TITLE, *blocks, parts={"styles.xml": sheet, "numbering.xml": numbering(abstract(3, *levels), num(7, 3))}
    )


def _list_style() -> bytes:
    """A list that only names the list style whose levels it has."""
    definition = abstract(5, ("decimal", "第%1条 "), more='<w:styleLink w:val="articles"/>')
    link = abstract(6, more='<w:numStyleLink w:val="articles"/>')
    sheet = styles(style("articles", "<w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr>", kind="numbering"))
    parts = {"styles.xml": sheet, "numbering.xml": numbering(definition, link, num(5, 5), num(6, 6))}
    return docx(TITLE, para("压实责任。", (6, 0)), para("强化督查。", (6, 0)), para("及时总结。", (5, 0)), parts=parts)


def _restarts() -> bytes:
    """Lists that go on, that begin anew, and a level that counts through."""
    definition = abstract(
        2,
        level(0, ("chineseCountingThousand", "第%1章 ")),
        level(1, ("decimal", "第%2条 "), '<w:lvlRestart w:val="0"/>'),
        level(2, ("decimal", "%1.%2.%3 "), "<w:isLgl/>"),
    )
    anew = num(3, 2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride>')
    blocks = [para("总则", (2, 0)), para("目的。", (2, 1)), para("范围。", (2, 1)), para("任务", (2, 0))]
    blocks += [para("学位。", (2, 1)), para("新建3所。", (2, 2)), para("附则", (3, 0)), para("解释。", (3, 1))]
    blocks += [para("施行", (2, 0)), para("日期。", (2, 2))]
    return docx(TITLE, *blocks, parts={"numbering.xml": numbering(definition, num(2, 2), anew)})


def _tracked() -> bytes:
    changed = (
        run("新建学校")
        + f'<w:del w:author="李" w:id="1"><w:r><w:delText>5</w:delText></w:r></w:del><w:ins w:id="2">{run("6")}</w:ins>'
        + run("所，")
        + f'<w:moveTo w:id="3">{run("新增学位0.6万个。")}</w:moveTo>'
    )
    gone = '<w:del w:id="5"><w:r><w:delText>开展调研。</w:delText></w:r></w:del>'
    blocks = [
        para("增加供给", (1, 0)),
        para(gone, (1, 0), properties='<w:rPr><w:del w:id="6"/></w:rPr>'),
        para("重点任务", (1, 0), properties='<w:rPr><w:ins w:id="9"/></w:rPr>'),
        para(changed),
        para(f'<w:moveFrom w:id="4">{run("新增学位0.6万个。")}</w:moveFrom>{run("加强管理。")}'),
        para(run("各县区要"), properties='<w:rPr><w:del w:id="7"/></w:rPr>'),
        para("抓好落实。"),
        table(["单位", "任务"], row("规划科", "布局", properties='<w:del w:id="8"/>'), ["基教科", "招生"]),
    ]
    return docx(TITLE, *blocks, parts={"numbering.xml": numbering(FIVE_LEVELS, num(1, 1))})


def _apart() -> bytes:
    reference = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    comment = "<w:commentRangeStart w:id='0'/>" + run("新增学位1万个") + "<w:commentRangeEnd w:id='0'/>"
    text = (
        run("新建学校3所") + reference + run("，") + comment + "<w:r><w:commentReference w:id='0'/></w:r>" + run("。")
    )
    page = '<w:r><w:t>— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>' + run(" —")
    notes = f'<w:footnote w:type="separator" w:id="0">{para("——")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{para("含改建1所。")}</w:footnote>'
    parts = {
        "comments.xml": f"<w:comments {NAMESPACES}><w:comment w:id='0' w:author='王'>{para('请核实。')}</w:comment></w:comments>",
        "footnotes.xml": f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>",
        "header1.xml": f"<w:hdr {NAMESPACES}>{para('征求意见稿')}</w:hdr>",
        "footer1.xml": f"<w:ftr {NAMESPACES}>{para(page)}</w:ftr>",
    }
    return docx(TITLE, para(text), parts=parts)


def _boxes() -> bytes:
    content = f"<w:txbxContent>{para('汀岚市教育局文件')}{para('汀教〔2024〕8号')}</w:txbxContent>"
    drawn = f"<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
    drawn += "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    anchor = f"<w:r>{both}</mc:AlternateContent></w:r>" + run(TITLE)
    lettering = '<w:r><w:pict><v:shape><v:textpath string="征求意见稿"/></v:shape></w:pict></w:r>'
    return docx(para(anchor), INTRO, para(lettering + run("1.增加学位供给。新建学校3所。")))


def _fields() -> bytes:
    def part(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def field(code: str, result: str) -> str:
        return f"{part('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{part('separate')}{result}{part('end')}"

    entry = run("一、总体要求\t") + field(" PAGEREF _Toc1 ", run("2"))
    contents = [
        para(f"{part('begin')}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{part('separate')}{entry}", style="toc1"),
        para(run("二、重点任务\t") + field(" PAGEREF _Toc2 ", run("5")), style="toc1"),
        para(part("end")),
    ]
    circle = f"{part('begin')}<w:r><w:instrText> eq \\o\\ac(○,11)</w:instrText></w:r>{part('end')}"
    link = f"<w:hyperlink>{run('市政府网站')}</w:hyperlink>" + field(' HYPERLINK "http://example.org/" ', run("公开"))
    blocks = [
        para("一、总体要求"),
        para(run("详见") + field(" REF _Ref1 \\h ", run("附件2")) + run("，在") + link + run("。")),
        para(circle + run("落实责任。共") + field(" NUMPAGES ", run("9")) + run("页")),
        para("三、保障措施\t8", style="toc1"),
        para(part("begin") + run("未结束的域不能吞掉正文。")),
    ]
    return docx(TITLE, *contents, *blocks, parts={"styles.xml": styles(style("toc1", name="toc 1"))})


TASKS = [
    ["序号", "重点任务", "工作目标", "牵头单位", "配合单位", "完成时限"],
    ["1", "扩大学前教育资源", "新建公办幼儿园5所", "学前教育科", "规划科、各县区教育局", "9月底前"],
    ["2", "深化课堂教学改革", "培育市级示范校20所", "基教科", "教科院", "全年"],
]


def _task_table() -> bytes:
    """A task table whose column of numbers is numbered automatically, with cells merged in both directions."""
    head = row(
        *(cell(name, properties='<w:vMerge w:val="restart"/>') for name in TASKS[0][:3]), _wide("责任单位"), "时限"
    )
    below = row(*(cell(properties="<w:vMerge/>") for _ in range(3)), "牵头单位", "配合单位", "")
    numbered = [row(cell(para("", (1, 2))), *tasks[1:]) for tasks in TASKS[1:]]
    return docx(
        TITLE, table(head, below, *numbered), "附注", parts={"numbering.xml": numbering(FIVE_LEVELS, num(1, 1))}
    )


def _wide(text: str) -> str:
    return cell(text, properties='<w:gridSpan w:val="2"/>')


def _nested() -> bytes:
    inner = table(["县区", "学位"], ["东山县", "1200个"])
    outer = table(row("分工", cell("一、学位分配如下：", inner, "以上为最低数。")), row(_wide("二、请抓紧落实。")))
    return docx(TITLE, outer, "结束语。")


def _odd_characters() -> bytes:
    ruby = "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>tīng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汀</w:t></w:r></w:rubyBase>"
    signs = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>完成</w:t><w:tab/><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t>'
    signs += "<w:softHyphen/><w:t>C</w:t><w:br/><w:t> 第二行 </w:t><w:cr/><w:t xml:space='preserve'>第 三行</w:t></w:r>"
    initial = para("全", properties='<w:framePr w:dropCap="drop" w:lines="2"/>')
    hidden = run("（内部掌握）", "<w:vanish/>") + run("公开。", '<w:vanish w:val="0"/>')
    sum_of = "<m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    return docx(
        para(ruby + "</w:ruby></w:r>" + run("岚市教育局2024年工作要点")),
        para(signs),
        initial,
        para("市上下齐心协力。"),
        para(run("目标\u00a0一：\u200b") + hidden),
        para(sum_of),
    )


def _controls() -> bytes:
    """Content controls around words, paragraphs, rows and cells, and a contents block."""
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{para('目录')}{para('一、总体要求	1')}</w:sdtContent></w:sdt>"
    )
    inside = run("由") + _control(run("规划科")) + run("负责。")
    rows = f"<w:tbl>{_control(row('单位', '任务'))}<w:tr>{_control(cell('规划科'))}{cell('布局')}</w:tr></w:tbl>"
    return docx(_control(para(TITLE)), contents, para(inside), _control(para("二、重点任务")), rows)


def _control(content: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="甲"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def _strict() -> bytes:
    """The strict form of the standard, with other prefixes than usual, and text in a default namespace."""
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f"<body><p><r><t>{TITLE}</t></r></p><x:p xmlns:x='{strict}'><x:r><x:t>{INTRO}</x:t></x:r></x:p></body>"
    return package({"document.xml": f"<document xmlns='{strict}'>{body}</document>"})


def _macros() -> bytes:
    return docx(TITLE, INTRO, parts={"vbaProject.bin": b"\xd0\xcf\x11\xe0 no program"}, main_type=MACRO_TYPE)


def _embedded() -> bytes:
    return docx(TITLE, '<w:altChunk r:id="r9"/>', INTRO)


def _saved_elsewhere() -> bytes:
    """A file whose document has another name than usual, as some services write it."""
    return package({"document2.xml": document(TITLE, INTRO)}, main="document2.xml")


SHAPES = {
    "typed numbers": Shape(
        _typed, (TITLE, INTRO, "一、总体要求", "1.增加学位供给。新建学校3所，新增学位1.2万个。", "2024年3月1日")
    ),
    "five levels": Shape(
        _five_levels,
        (
            *(TITLE, "一、总体要求", "落实根本任务。", "二、重点任务", "（一）扩大资源", "1.增加学位供给。"),
            *("（1）新建学校3所。", "①老城区1所。", "②新城区2所。", "（2）改扩建幼儿园5所。", "2.配强教师。"),
            *("（二）提升质量", "1.深化课程改革。"),
        ),
    ),
    "heading styles": Shape(
        _heading_styles,
        (
            *(TITLE, "一、总体要求", "二、重点任务", "（一）扩大资源", "1．新建学校3所。", "2．改建学校2所。"),
            *("三、保障措施", "附件", "（一）加强领导"),
        ),
    ),
    "list style": Shape(_list_style, (TITLE, "第1条 压实责任。", "第2条 强化督查。", "第3条 及时总结。")),
    "restarts": Shape(
        _restarts,
        (
            *(TITLE, "第一章 总则", "第1条 目的。", "第2条 范围。", "第二章 任务", "第3条 学位。", "2.3.1 新建3所。"),
            *("第九章 附则", "第4条 解释。", "第十章 施行", "10.4.1 日期。"),
        ),
    ),
    "tracked changes": Shape(
        _tracked,
        (
            *(TITLE, "一、增加供给", "二、重点任务", "新建学校6所，新增学位0.6万个。", "加强管理。"),
            *("各县区要抓好落实。", "单位\t任务", "基教科\t招生"),
        ),
        problems=("tracked-changes",),
    ),
    "comments, notes and margins": Shape(
        _apart, (TITLE, "新建学校3所，新增学位1万个。"), problems=("comments", "notes", "headers-and-footers")
    ),
    "text boxes": Shape(
        _boxes,
        (TITLE, INTRO, "1.增加学位供给。新建学校3所。"),
        ("汀岚市教育局文件", "汀教〔2024〕8号", "征求意见稿"),
        ("text-boxes",),
    ),
    "fields": Shape(
        _fields,
        (TITLE, "一、总体要求", "详见附件2，在市政府网站公开。", "⑪落实责任。共页", "未结束的域不能吞掉正文。"),
        problems=("table-of-contents",),
    ),
    "task table": Shape(
        _task_table,
        (
            *(TITLE, "序号\t重点任务\t工作目标\t责任单位\t时限", "牵头单位\t配合单位"),
            *("\t".join([f"{n}.", *tasks[1:]]) for n, tasks in enumerate(TASKS[1:], 1)),
            "附注",
        ),
    ),
    "nested tables": Shape(
        _nested,
        (
            *(TITLE, "分工", "一、学位分配如下：", "县区\t学位", "东山县\t1200个", "以上为最低数。"),
            *("二、请抓紧落实。", "结束语。"),
        ),
    ),
    "odd characters": Shape(
        _odd_characters,
        (TITLE, "☑完成\tA-BC", "第二行", "第 三行", "全市上下齐心协力。", "目标 一：公开。", "x=1/2"),
        problems=("hidden-text",),
    ),
    "content controls": Shape(
        _controls,
        (TITLE, "由规划科负责。", "二、重点任务", "单位\t任务", "规划科\t布局"),
        problems=("table-of-contents",),
    ),
    "strict": Shape(_strict, (TITLE, INTRO)),
    "macros": Shape(_macros, (TITLE, INTRO)),
    "embedded document": Shape(_embedded, (TITLE, INTRO), problems=("embedded-documents",)),
    "another name": Shape(_saved_elsewhere, (TITLE, INTRO)),
}
