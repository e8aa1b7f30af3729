"""Documents whose outline is known because it was written so: the outer forms of plans and reports, combined at will.

A form is a choice on each of a few independent axes: how levels are numbered, what sets headings off, how lines are
laid out, what stands around the work, and where a report turns into a plan. What is written is marked while it is put
together, so that every item, heading, end and part is known to the character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from random import Random
from typing import Any, NamedTuple

NUMERALS = "一二三四五六七八九十"
TOPICS = (
    # 学前 … : what is to be done, what is so, two clauses; sentences of a plan, of a report.
    ("扩大学前教育资源", "普惠资源持续扩大", "抓普惠，扩大学前资源", "新建公办幼儿园4所，新增学位1260个。开展质量评估，认定优质园6所。组织园长轮训。", "新建幼儿园3所，普惠率达到89.6%。完成配套园治理12所。培训园长310人次。"),
    ("优化城乡学校布局", "城乡差距逐步缩小", "抓均衡，促进教育公平", "实施学校建设项目15个，年内竣工9个。组建教育集团8个，覆盖乡村学校26所。消除大班额。", "改扩建学校11所，增加学位4800个。组建共同体14个，覆盖学校43所。改造校舍。"),
    ("深化高中课程改革", "高中教育提质增效", "抓特色，做强普通高中", "支持2所学校改善实验条件。开展新课程培训，参训教师600人次。完善选课制度。", "一本上线1320人，比上年增加86人。建成学科基地7个，获省级奖励。选派教师跟岗。"),
    ("加快职业教育发展", "产教融合不断深化", "抓融合，做优职业教育", "建设产业学院2个，合作企业达到40家。优化专业布局，新增专业4个。组织技能竞赛。", "中职招生3860人，职普比大体相当。建成实训基地9个，合作企业52家。开设订单班。"),
    ("夯实基层党建基础", "党建引领更加有力", "抓党建，把牢办学方向", "培育党建品牌学校10所，发展教师党员35名。开展书记培训2期，覆盖全部学校。建强支部。", "新建学校党支部5个，党的组织覆盖率达到100%。创成示范校8所，推广案例2个。开展学习。"),
    ("加强学校德育工作", "德育工作成效明显", "抓德育，涵养时代新人", "建设思政课实践基地6个，评选精品课30节。新增文明校园12所，组织研学活动。办好家长学校。", "建成德育基地9个，开展活动320场。评选好少年50名，家访学生2.6万人次。推广经验。"),
    ("加强教师队伍建设", "教师队伍不断优化", "抓队伍，锻造过硬教师", "招聘教师320名，交流轮岗260名。新建名师工作室12个，培训教师5000人次。严格考核。", "招聘教师286名，引进研究生31名。评选骨干教师120名，交流校长22名。查处违规问题。"),
    ("守牢校园安全底线", "校园安全平稳有序", "抓安全，守住校园底线", "开展安全检查4轮，隐患整改率达到100%。建成明厨亮灶学校90所，配备保安。组织演练。", "检查学校260所次，整改隐患430处。建成平安校园15所，发放告家长书7.2万份。落实责任。"),
    ("推进教育数字转型", "智慧教育加快推进", "抓应用，推进数字教育", "建设智慧校园18所，更新终端1200台。遴选基地校6所，推广国家平台。开展培训。", "建成智慧教室96间，注册教师7400人。入选省级案例5个，开展教研43场。更新设备。"),
    ("巩固“双减”工作成果", "“双减”成果持续巩固", "抓“双减”，减轻学生负担", "引进优质社团课程120门，参与率保持在95%以上。开展专项检查3次，查处隐形培训。公示作业。", "服务覆盖学校128所，参与学生6.4万人。取缔无证机构9家，退费340万元。评选作业设计。"),
)  # fmt: skip
SECTIONS = {
    "plan": ("实施党建领航行动", "实施资源扩容行动", "实施强师兴教行动"),
    "summary": ("党的领导全面加强", "教育供给持续扩大", "治理能力明显增强"),
}
MORE = (
    "同时健全工作机制，明确责任分工，加强统筹协调，及时研究解决推进中的困难，推动各项任务落到实处、见到实效。",
    "其间坚持问题导向，广泛听取学校、教师和家长的意见，不断改进方式方法，努力让群众看到变化、得到实惠。",
    "进展情况按季度通报，对工作扎实、成效明显的单位予以表扬，对行动迟缓、落实不力的单位督促整改。",
)
"""What items say besides where paragraphs are broken into lines: only long ones are."""
LABELS = {
    "一、": lambda n: f"{NUMERALS[n - 1]}、",
    "（一）": lambda n: f"（{NUMERALS[n - 1]}）",
    "(一)": lambda n: f"({NUMERALS[n - 1]})",
    "（一）、": lambda n: f"（{NUMERALS[n - 1]}）、",
    "1.": lambda n: f"{n}.",
    "1、 ": lambda n: f"{n}、 ",
    "１．": lambda n: f"{chr(0xFF10 + n)}．",
    "（1）": lambda n: f"（{n}）",
    "一是": lambda n: f"{NUMERALS[n - 1]}是",
    "第一，": lambda n: f"第{NUMERALS[n - 1]}，",
    "任务一：": lambda n: f"任务{NUMERALS[n - 1]}：",
    "——": lambda n: "——",
    "●": lambda n: "●",
}
IN_WORDS = ("一是", "第一，")
BARE = ("——", "●")
FOLLOWED_BY = {"stop": "。", "colon": "：", "space": " ", "gap": "  ", "line": "\n", "comma": "，"}
TURNS = {
    "paragraph": "2024年，我局将围绕教育高质量发展，重点做好以下工作：",
    "sentence": "下一步，我局将以办好人民满意的教育为目标，重点抓好以下工作：",
}
CLOSINGS = {
    "none": "",
    "together": "让我们更加紧密地团结起来，以更加昂扬的斗志、更加务实的作风，奋力谱写教育新篇章！",
    "new year": "新的一年，全市教育系统将真抓实干、开拓进取，奋力开创教育工作新局面！",
}
_MARK = re.compile("\ue000(.)")


@dataclass(frozen=True)
class Form:
    """What was chosen on each axis; ``turn`` is that of a document of both parts."""

    kind: str
    top: str
    label: str
    setting_off: str
    words: str
    body: str
    layout: str
    opening: str
    closing: str
    line_end: str
    turn: str
    restarts: bool


AXES: dict[str, Sequence[object]] = {
    "kind": ("plan", "summary", "both"),
    "top": ("none", "一、", "第一部分 "),
    "label": tuple(LABELS),
    "setting_off": tuple(FOLLOWED_BY),
    "words": ("verb", "state", "clauses"),
    "body": ("sentences", "measures", "numbered measures", "paragraphs"),
    "layout": ("lines", "indented", "blank lines", "wrapped", "one line", "lost ends"),
    "opening": ("none", "introduction", "guidance"),
    "closing": tuple(CLOSINGS),
    "line_end": ("\n", "\r\n"),
    "turn": ("headings", "lines", "paragraph", "sentence"),
    "restarts": (True, False),
}


class WrittenItem(NamedTuple):
    """An item as it was written."""

    part: str
    heading: str
    text: str
    section: str | None


@dataclass
class Written:
    """A document as it was written: its text, and what its outline is."""

    text: str
    items: list[WrittenItem]
    sections: list[str]


def some_form(random: Random) -> Form:
    """A form that occurs: where two choices do not go together, one of them gives way."""
    chosen = {name: random.choice(values) for name, values in AXES.items()}
    _suit_levels(chosen)
    _suit_layout(chosen)
    _suit_headings(chosen)
    return Form(**chosen)


def _suit_levels(chosen: dict[str, Any]) -> None:
    """Dashes stand below headings, 一、 below none of its kind, and lists that a sentence leads to below none at all."""
    if chosen["label"] in BARE:
        chosen["top"] = "一、"
        chosen["turn"] = "headings" if chosen["turn"] in TURNS else chosen["turn"]
    elif chosen["kind"] == "both" and chosen["turn"] in TURNS:
        chosen["top"] = "none"
    if chosen["label"] == "一、" and chosen["top"] == "一、":
        chosen["top"] = "none"
    if chosen["top"] == "第一部分 " and chosen["label"] not in ("一、", "（一）", "1."):
        chosen["label"] = "一、"


def _suit_layout(chosen: dict[str, Any]) -> None:
    """Where line ends are lost, nothing may depend on them."""
    one_line, lost = chosen["layout"] == "one line", chosen["layout"] == "lost ends"
    if (one_line and chosen["label"] in (*BARE, "（1）")) or (lost and chosen["label"] in (*BARE, *IN_WORDS)):
        chosen["layout"] = "lines"
    elif one_line or lost:
        instead = {"guidance": "none", "paragraphs": "sentences", "line": "stop", "comma": "stop"}
        for axis in ("opening", "body", "setting_off"):
            chosen[axis] = instead.get(chosen[axis], chosen[axis])
    if one_line and chosen["turn"] == "lines":
        chosen["turn"] = "headings"


def _suit_headings(chosen: dict[str, Any]) -> None:
    """Lists in words hold sentences; where a comma or a space sets headings off, they are one clause."""
    if chosen["label"] in (*IN_WORDS, *BARE):
        chosen["body"], chosen["setting_off"] = "sentences", "stop"
    if chosen["label"] == "（1）" and chosen["body"] == "numbered measures":
        chosen["body"] = "measures"
    if chosen["setting_off"] == "comma":
        chosen["body"] = "sentences"
    is_clause = chosen["setting_off"] in ("comma", "space") or chosen["label"] in IN_WORDS
    if is_clause and chosen["words"] == "clauses":
        chosen["words"] = "verb"


def write(form: Form, random: Random) -> Written:
    """A document of that form."""
    return _Writer(form, random).write()


class _Writer:
    """A document in the making: its paragraphs, with marks where items, headings and sections begin and end."""

    def __init__(self, form: Form, random: Random) -> None:
        self.form, self.random = form, random
        self.paragraphs: list[str] = []
        self.marks: list[tuple[str, str | None]] = []
        self.topics: list[tuple[str, ...]] = []

    def write(self) -> Written:
        form = self.form
        report, plan = form.kind != "plan", form.kind != "summary"
        self._open()
        if form.kind == "both":
            self._both()
        else:
            self._part("plan" if plan else "summary", 1)
        if CLOSINGS[form.closing] and plan and not (report and form.turn == "headings" and form.top == "none"):
            self.paragraphs.append(CLOSINGS[form.closing])
        title = {
            "plan": "柳湾市教育局2024年工作要点",
            "summary": "柳湾市教育局2023年工作总结",
            "both": "柳湾市教育局2023年工作总结和2024年工作计划",
        }[form.kind]
        return self._read(title + "\n" + self._laid_out() + "\n")

    def _open(self) -> None:
        if self.form.kind == "both" and self.form.turn in TURNS:
            self.paragraphs.append("2023年，市教育局攻坚克难，教育事业稳步发展。现将工作情况报告如下。")
        elif self.form.opening == "introduction":
            words = {"plan": "为做好2024年全市教育工作，结合我市实际，制定本要点。"}
            self.paragraphs.append(words.get(self.form.kind, "一年来，全市教育系统真抓实干，较好地完成了各项任务。"))

    def _both(self) -> None:
        form = self.form
        if form.turn == "headings":
            for number, (part, name) in enumerate((("summary", "2023年工作回顾"), ("plan", "2024年工作打算")), 1):
                section = self._section("第一部分 " if form.label == "一、" else "一、", number, name)
                self._series(part, 4, section, 1)
        elif form.turn == "lines":
            self.paragraphs.append("2023年工作总结")
            self._part("summary", 1)
            self.paragraphs.append("2024年工作计划")
            self._part("plan", 1)
        else:
            self._series("summary", 4, None, 1)
            if form.turn == "sentence":
                self.paragraphs[-1] += TURNS["sentence"]
            else:
                self.paragraphs.append(TURNS["paragraph"])
            self._series("plan", 4, None, 1)

    def _part(self, part: str, first: int) -> None:
        form = self.form
        if form.top == "none":
            self._series(part, 5, None, 1)
            return
        if form.opening == "guidance" and part == "plan" and form.top == "一、":
            self._section(form.top, first, "指导思想")
            self.paragraphs.append("全面贯彻党的教育方针，落实立德树人根本任务，加快建设高质量教育体系。")
            first += 1
        number = 1
        for order, name in enumerate(SECTIONS[part], first):
            section = self._section(form.top, order, name)
            number = self._series(part, 3, section, 1 if form.restarts else number)

    def _section(self, label: str, number: int, name: str) -> str:
        printed = label.replace("一", NUMERALS[number - 1])
        self.paragraphs.append(f"{self._mark('section')}{printed}{self._mark('heading')}{name}{self._mark('named')}")
        if self.form.layout == "one line":
            self.paragraphs[-1] += "。"
        return NUMERALS[number - 1]

    def _series(self, part: str, count: int, section: str | None, first: int) -> int:
        form = self.form
        if form.label in (*BARE, *IN_WORDS) or (form.top != "none" and form.label == "一、") or first + count > 10:
            first = 1
        for number in range(first, first + count):
            self._item(part, section, LABELS[form.label](number))
        return first + count

    def _item(self, part: str, section: str | None, label: str) -> None:
        form = self.form
        if not self.topics:
            self.topics = self.random.sample(TOPICS, len(TOPICS))
        verb, state, clauses, planned, reported = self.topics.pop()
        name = {"verb": verb, "state": state, "clauses": clauses}[form.words]
        name = state if part == "summary" and form.words == "verb" else name
        text = self._text((planned if part == "plan" else reported).split("。")[:-1])
        text += self.random.choice(MORE) if form.layout == "wrapped" else ""
        start = self._mark(part, section) + label + self._mark("heading") + name + self._mark("named")
        lines = (start + FOLLOWED_BY[form.setting_off] + text + self._mark("end")).split("\n")
        self.paragraphs += lines

    def _text(self, sentences: Sequence[str]) -> str:
        match self.form.body:
            case "measures":
                return "；".join(f"{NUMERALS[i]}是{words}" for i, words in enumerate(sentences)) + "。"
            case "numbered measures":
                return "；".join(f"（{i}）{words}" for i, words in enumerate(sentences, 1)) + "。"
            case "paragraphs":
                return f"{sentences[0]}。\n" + "".join(f"{words}。" for words in sentences[1:])
        return "".join(f"{words}。" for words in sentences)

    def _mark(self, what: str, section: str | None = None) -> str:
        self.marks.append((what, section))
        return "\ue000" + chr(0xE100 + len(self.marks) - 1)

    def _laid_out(self) -> str:
        match self.form.layout:
            case "one line":
                return "".join(self.paragraphs)
            case "blank lines":
                return "\n\n".join(self.paragraphs)
            case "indented":
                return "\n".join("\u3000\u3000" + words for words in self.paragraphs)
            case "wrapped":
                return "\n".join(_wrapped("\u3000\u3000" + words, 34) for words in self.paragraphs)
            case "lost ends":
                return "".join(self._with_lost_ends())
        return "\n".join(self.paragraphs)

    def _with_lost_ends(self) -> Iterator[str]:
        """The paragraphs, of which the second and then every third item follows the one above it on its line."""
        items = 0
        for i, words in enumerate(self.paragraphs):
            is_item = _MARK.match(words) and self.marks[ord(words[1]) - 0xE100][0] in ("plan", "summary")
            items = items + 1 if is_item else 0
            joined = items in (2, 5) and _MARK.sub("", self.paragraphs[i - 1]).endswith("。")
            yield ("" if joined or not i else "\n") + words

    def _read(self, marked: str) -> Written:
        """The text without its marks, and what they mark."""
        marked = marked.replace("\n", self.form.line_end)
        places: list[tuple[str, str | None, int]] = []
        for count, match in enumerate(_MARK.finditer(marked)):
            places.append((*self.marks[ord(match[1]) - 0xE100], match.start() - 2 * count))
        text = _MARK.sub("", marked)
        items: list[WrittenItem] = []
        sections: list[str] = []
        while places:
            (what, section, start), (_, _, named), (_, _, end), *places = places
            heading = "".join(text[named:end].split("\n"))
            if what == "section":
                sections.append(heading)
            else:
                (_, _, last), *places = places
                items.append(WrittenItem(what, heading, text[start:last], section))
        return Written(text, items, sections)


def _wrapped(words: str, width: int) -> str:
    """The paragraph in lines of one width; marks have none, and no stop begins a line."""
    lines, count = [""], 0
    for char in re.findall("\ue000.|\\d[\\d.]*%?|.", words):
        if count >= width and char[0] not in "。，；、：）”%\ue000":
            lines.append("")
            count = 0
        lines[-1] += char
        count += 0 if char[0] == "\ue000" else len(char)
    return "\n".join(lines)


def axes_of(form: Form) -> list[tuple[str, object]]:
    """Each axis with what was chosen on it."""
    return [(field.name, getattr(form, field.name)) for field in fields(form)]
