"""What a document says of itself: title, issuers, years, date, number, status, and the place it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yaodian.extraction.dates import Dated, dates_in
from yaodian.extraction.marks.injections import injected_spans
from yaodian.extraction.outline.nodes import Node
from yaodian.extraction.outline.parts import Parts, find_parts
from yaodian.extraction.outline.turning import find_report
from yaodian.extraction.places.home import resolve_home
from yaodian.model import Document, DraftStatus, Facts, Span
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.body import is_furniture
from yaodian.reading.titles import behind_title
from yaodian.reading.years import plain_years

HEAD = 300
TAIL = 200
OPENING = 20
_UNBROKEN = compiled(r"[\u4e00-\u9fff（）()]+")
_INDENT = " " * 4
# The first term of a school year lies in its first year: 2014—2015学年度第一学期.
_TERM = compiled(
    r"(?P<first>20\d{2})年?\s*[-—–－~～至]+\s*(?P<second>20\d{2})学?年度?\s*(?:第(?P<number>[一二12])学期)"
)
_KINDS = "市县区旗州"
SHORTEST_NAME, LONGEST_NAME = 4, 30

_UP_TO = ("到", "至", "截至", "-", "—", "–", "－", "~", "～")
_YEAR = compiled(r"((?:19|20)\d{2})(?=\s*(?:年|[-—–－~～至到]\s*20\d{2}\s*年?|学年))")
_SPEAKER = compiled(
    r"(?m)^[^\S\n]*([\u4e00-\u9fff]{1,12}(?:局|委员会|教育工委|政府))(?:党组|党委|党工委)?(?:副?书记|副?局长|主任|副?[市县区]长)[、，\s\u4e00-\u9fff×＊*]{0,12}$"
)
_SPEAKER_IN_TITLE = compiled(
    r"([\u4e00-\u9fff]{2,12}(?:局|委员会|教育工委|政府))(?:党组|党委|党工委)?(?:副?书记|副?局长|主任)(?:、[^在]{2,8})?在"
)
_ANNEX = compiled(r"(?m)(?<=[日号）)]\n)(?:[^\S\n]*\n)*[^\S\n]*附(?:件|表|录)?\s*[:：\d一二三]?[^\n]{0,40}$")
_SPOKEN_FOR = compiled(
    r"我(?:受.{2,16}委托，)?代表([\u4e00-\u9fff]{2,14}?(?:政府|委员会|教育局|教体局|教育工委))(?=[，,向]|作|报告)"
)
_BEHIND_ISSUERS = compiled(
    r"(?:19|20)\d{2}|“十[一二三四五六七八九]?五”|[上下]半年|第[一二三四]季度|关于|印发|转发|[XＸ×x]{2,4}年"
)
_WORK = compiled(f"{_BEHIND_ISSUERS.pattern}|重点|工作|要点|总结|计划|报告")
_YEAR_FIRST = compiled(
    r"(?:(?:19|20)\d{2}(?:\s*[-—–－~～至到]+\s*20\d{2})?|[XＸ×x]{2,4})\s*学?年"
    r"(?:度|上半年|下半年)?(?:第[一二]学期)?"
)
_CITY_NAME = compiled(
    r"(?:\d{4}年度?)?(?:中共)?((?:(?![副全在])[\u4e00-\u9fff]){2,5}?市)(?=委|教|人民|政府|(?:19|20)\d{2}|关于|[\u4e00-\u9fff]{1,3}区)"
)
_NAMES = compiled(r"[\u4e00-\u9fff](?:[^\S\n][\u4e00-\u9fff]){3,}(?!\S)|[^\s、]+")
_SET_WIDE = compiled(r"[\u4e00-\u9fff](?:\s[\u4e00-\u9fff]){3,}")
_AROUND_FIGURES = compiled(r"(?<=[\u4e00-\u9fff])\s(?=\d)|(?<=\d)\s(?=[\u4e00-\u9fff])")
_IN_BRACKETS = compiled(r"[（(][^（()）]*(?:[〔\[(（][^（()）\]〕]*[〕\])）][^（()）]*)?[)）]")
_LABELLED = compiled("[^：:]*[：:]")
_NOTICE = compiled(r"(?m)^[^\S\n]*([\u4e00-\u9fff（）()]{4,40}?(?:关于)?印发《[^《》\n]{4,80}》的通知)[^\S\n]*$")
_TODAY = compiled("今[天日]|星期|周[一二三四五六日]")
_DATE_ALONE = compiled(r"\n[^\S\n]*(\d{4}年\d{1,2}月\d{1,2}日)\s*$")
_IMPRINT = compiled(r"\n[^\S\n]*([\u4e00-\u9fff]{4,30})[^\S\n]+\d{4}年\d{1,2}月\d{1,2}日印发\s*$")
# The line below a title, and below what a bracket says of its state.
_BELOW = compiled(r"\s*\n(?:\s*[（(][^\n（()）]{2,20}[）)]\s*\n)?\s*(\S[^\n]*)")
_NUMBER_WORDS = compiled(
    r"[\u4e00-\u9fff]{2,14}[〔\[【（(]\s*(?:[1１][9９]|[2２][0０])\d{2}\s*[〕\]】）)]\s*第?\s*\d{1,4}\s*号"
)
_NUMBER = compiled(rf"(?m)^[^\S\n]*[（(]?(?:文号[:：])?({_NUMBER_WORDS.pattern})")


@dataclass(frozen=True, slots=True)
class Title:
    """A title in one line, and where it is printed (None where only the page's own title says it)."""

    words: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Years:
    """The year a document plans for, and the one it reports on."""

    plan: int | None = None
    summary: int | None = None


def find_title(document: Document) -> Title:
    """The document's title without injected text; empty where there is none."""
    if document.title:
        return _printed(document.title)
    stated = _labelled(document, "title_labels")
    return Title(_one_line(stated.quote), stated) if stated else Title(_one_line(document.title_hint or ""), None)


def _subtitle(document: Document) -> str:
    """The line below a slogan that says what speech it heads (——在2023年全市教育工作会议上的讲话)."""
    start = document.title.end if document.title else 0
    return _one_line(document.text[start : behind_title(document.text, start)])


def _printed(span: Span) -> Title:
    start, end = 0, len(span.quote)
    for foreign in injected_spans(span.quote):
        if foreign.start == start:
            start = foreign.end
        elif foreign.end == end:
            end = foreign.start
    words = span.quote[start:end].strip() or span.quote
    begin = span.start + span.quote.index(words)
    return Title(_one_line(words), Span(begin, begin + len(words), words))


def _one_line(words: str) -> str:
    """The words without line ends, without the blanks that set them wide, and those around figures."""
    lines = (line.strip() for line in words.split("\n"))
    close = (_set_close(line) if _SET_WIDE.fullmatch(line) else line for line in lines)
    return _AROUND_FIGURES.sub("", "".join(close))


def find_facts(document: Document, nodes: Sequence[Node]) -> tuple[Facts, Parts]:
    """The facts of a document, and its parts (which need the title, and give the kind)."""
    title = find_title(document)
    whole = title.words + _subtitle(document)
    parts = find_parts(document, nodes, whole)
    years = _years(document, plain_years(whole), nodes, parts)
    issued = _issuers(document, title)
    names = [_set_close(span.quote) for span in issued]
    home = resolve_home(whole, names, document.body.quote)
    city = home.city.name if home.city else _city_named((plain_years(whole), *names))
    published = _published(document)
    number = _number(document)
    facts = Facts(
        title=title.words or None,
        title_span=title.span,
        issuers=tuple(_full_name(name, city, home.county.name if home.county else None) for name in names),
        issuer_spans=tuple(issued),
        city=city,
        city_code=home.city.code if home.city else None,
        county=home.county.name if home.county else None,
        county_code=home.county.code if home.county else None,
        province=home.province.name if home.province else None,
        province_code=home.province.code if home.province else None,
        plan_year=years.plan,
        summary_year=years.summary,
        published=published.value.isoformat() if published else None,
        published_span=document.span(published.start, published.end) if published else None,
        doc_number=plain_years(number.quote) if number else None,
        doc_number_span=number,
        status=_status(document, title.words, published, number),
        kind=parts.kind,
    )
    return facts, parts


def _city_named(names: Sequence[str]) -> str | None:
    """A city that titles or issuers name, though it is no current division (then it has no code)."""
    for name in names:
        if match := _CITY_NAME.match(name):
            return match[1]
    return None


def _labelled(document: Document, kind: str) -> Span | None:
    """The value of the first label of a kind that is printed around the body."""
    values = dict(reversed(document.labelled))
    return next((values[label] for label in lexicon("facts")[kind] if label in values), None)


def _issuers(document: Document, title: Title) -> list[Span]:
    if title.span and (named := list(_issuers_in_title(document, title.span))):
        return named
    for label in lexicon("facts")["issuer_labels"]:
        for key, value in document.labelled:
            if key == label and (name := _organisation(document, value)):
                return [name]
    return _signature(document) or _of_notice(document) or _speaker(document)


def _of_notice(document: Document) -> list[Span]:
    """The bodies that a notice's title names, which hands out the document below it: 某县教育局关于印发《…》的通知."""
    title = document.title
    notice = _NOTICE.search(document.text, 0, title.start) if title else None
    return list(_issuers_in_title(document, document.span(*notice.span(1)))) if notice else []


def _issuers_in_title(document: Document, title: Span) -> Iterator[Span]:
    """The bodies named before the year, 关于 or 印发; where the year stands first, those between it and the work."""
    words = plain_years(title.quote)
    year = _YEAR_FIRST.match(words)
    start = year.end() if year else 0
    stop = (_WORK if year else _BEHIND_ISSUERS).search(words, start)
    for match in _NAMES.finditer(title.quote[start : stop.start() if stop else start]):
        whole = re.search(lexicon("facts")["organisation_end"], match[0])
        end = match.end() if whole else _bureau_end(match)
        if end is not None:
            yield document.span(title.start + start + match.start(), title.start + start + end)


def _bureau_end(name: re.Match[str]) -> int | None:
    """Where a bureau's name ends before that of its section's work: 县教育局|职业教育."""
    bureau = compiled(lexicon("facts")["bureau_before_section"]).match(name[0])
    return name.start() + bureau.end() if bureau else None


def _organisation(document: Document, value: Span) -> Span | None:
    """The organisation that a metadata value names, without what is printed behind it."""
    match = re.match(r"[\u4e00-\u9fff（）()]+", value.quote)
    words = lexicon("facts")
    if not match or re.search(words["not_an_issuer"], match[0]) or injected_spans(match[0]):
        return None
    if not re.search(words["organisation_end"], match[0]):
        return None
    office = re.search(r"(?<=[局委厅会])办公[室厅]$", match[0])
    end = office.start() if office else match.end()
    # 局办公室 does not say whose.
    return document.span(value.start, value.start + end) if end >= SHORTEST_NAME else None


def _signature(document: Document) -> list[Span]:
    """The body that signs: the line right above the closing date, else above the date of the notice before the plan."""
    signed = next(filter(None, (_signed(document, *bounds) for bounds in _signed_places(document))), None)
    if signed is None:
        return _imprint(document) or _signed_in_brackets(document) or _signed_undated(document)
    return list(_each(document, signed[0]))


def _imprint(document: Document) -> list[Span]:
    """The body whose office has the document printed, in its last line: 市教育局办公室　2024年3月5日印发."""
    line = _IMPRINT.search(document.text, document.body.start, _end_of_text(document))
    printed = _organisation(document, document.span(*line.span(1))) if line else None
    return [printed] if printed else []


def _signed_undated(document: Document) -> list[Span]:
    """The body that signs without a date: the last line, set off by a blank line or far to the right, or the first."""
    end = _end_of_text(document)
    begin = document.text.rfind("\n", document.body.start, end) + 1
    is_set_off = document.text[begin - 2 : begin] == "\n\n" or document.text.startswith(_INDENT, begin)
    return (_name_alone(document, begin, end) if begin and is_set_off else []) or _named_under_title(document)


def _named_under_title(document: Document) -> list[Span]:
    title = document.title
    line = _BELOW.match(document.text, title.end, document.body.end) if title else None
    return _name_alone(document, *line.span(1)) if line else []


def _name_alone(document: Document, begin: int, end: int) -> list[Span]:
    name = document.text[begin:end].strip()
    if not (len(name) >= SHORTEST_NAME and _UNBROKEN.fullmatch(name) and _signs(name)):
        return []
    start = document.text.index(name, begin)
    return [document.span(start, start + len(name))]


def _signed_in_brackets(document: Document) -> list[Span]:
    """The body that the line under the title names before its date: （县教育体育局 2021年7月12日）, 编制单位：…."""
    dated = _date_under_title(document)
    if dated is None:
        return []
    start = document.text.rfind("\n", 0, dated.start) + 1
    words = document.text[start : dated.start]
    name = re.split("[：:]", words)[-1].strip().strip("（(，,").strip()
    return [document.span(start + words.index(name), start + words.index(name) + len(name))] if _signs(name) else []


def _set_close(name: str) -> str:
    """A name without the white space that it is set wide with."""
    return "".join(name.split())


def _each(document: Document, signed: Span) -> Iterator[Span]:
    """The bodies that sign on one line, side by side; one whose name is set wide (绍 兴 市 教 育 局) is one."""
    names = list(re.finditer(r"[^\s、]+", signed.quote))
    if not all(len(name[0]) >= SHORTEST_NAME and _signs(name[0]) for name in names):
        yield signed
        return
    for name in names:
        yield document.span(signed.start + name.start(), signed.start + name.end())


def _signed_places(document: Document) -> Iterator[tuple[int, int]]:
    """Where a signature may stand: at the end of the text, under the title, and above it (a notice)."""
    end = _end_of_text(document)
    yield max(document.body.start, end - TAIL), end
    if document.title:
        yield document.title.end, min(document.title.end + HEAD, document.body.end)
        yield max(0, document.title.start - TAIL), document.title.start


def _signed(document: Document, start: int, end: int) -> tuple[Span, Dated] | None:
    """The first body within the bounds that stands on a line right above a line with a date, and that date."""
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", document.text[start:end]))
    for above, line in pairwise(lines):
        name = above[0].strip()
        dates = dates_in(document.text, start + line.start(), start + line.end())
        if dates and _signs(name):
            begin = start + above.start() + above[0].index(name)
            return document.span(begin, begin + len(name)), dates[0]
    return None


def _signs(words: str) -> bool:
    """Whether the words of a line are a body's name and nothing else."""
    if len(words) >= LONGEST_NAME or _LABELLED.match(words):
        return False
    return re.search(lexicon("facts")["organisation_end"], words) is not None


def _speaker(document: Document) -> list[Span]:
    """The body whose head speaks, by the title or the line under it (市教育局党组书记、局长), or whom he speaks for."""
    start = document.title.end if document.title else 0
    end = min(max(start, document.body.start) + HEAD // 2, document.body.end)
    title = document.title
    match = (
        (_SPEAKER_IN_TITLE.match(document.text, title.start, title.end) if title else None)
        or _SPEAKER.search(document.text, start, end)
        or _SPOKEN_FOR.search(document.text, start, end)
    )
    return [document.span(*match.span(1))] if match else []


def _full_name(name: str, city: str | None, county: str | None) -> str:
    """市教育局 → 常州市教育局, 县教育局 → 武进县教育局: an issuer that leaves its city or county to be understood."""
    name = name.strip()
    above = next((place for place in (county, city) if place and name[:1] == place[-1]), None)
    return above + name[1:] if above and name[0] in _KINDS else name


def _years(document: Document, title: str, nodes: Sequence[Node], parts: Parts) -> Years:
    found = _years_of_title(title, parts, certain=True)
    heads = [plain_years(document.text[n.heading.start : n.heading.end]) for n in nodes if n.parent is None]
    for head in [*heads, *_bare_lines(document)]:
        found = _filled(found, _years_of_title(head, parts, certain=True))
    found = _filled(found, _years_of_title(title, parts))
    found = _filled(found, _year_of_plan(document, parts))
    if parts.kind == "summary+plan" and found.summary and found.plan is None:
        found = Years(found.summary + (not _is_of_halves(document)), found.summary)
    if parts.kind != "summary" and found.plan is None:
        found = Years(_first_year(document), found.summary)
    found = _filled(found, Years(None, _year_reported(document, parts, found.plan)))
    if parts.kind == "summary" and found.summary is None:
        found = Years(None, found.plan or _first_year(document))
    return Years(None if parts.kind == "summary" else found.plan, None if parts.kind == "plan" else found.summary)


def _year_of_plan(document: Document, parts: Parts) -> Years:
    """The year that the plan behind a report begins with (2024年，我们将抓好三件大事)."""
    starts = [start for start, part in zip(parts.starts, parts.parts, strict=True) if part == "plan"]
    behind = parts.kind == "summary+plan" and starts and starts[0] > document.body.start
    opening = plain_years(document.text[starts[0] : starts[0] + OPENING]) if behind else ""
    match = _YEAR.search(opening)
    return Years(int(match[1]) if match else None)


def _year_reported(document: Document, parts: Parts, plan_year: int | None) -> int | None:
    """The year that the report's opening words name (过去的2023年，…); else the year before the plan's."""
    if parts.kind != "summary+plan":
        return None
    report = find_report(document.text, document.body.start, document.body.end)
    opening = plain_years(document.text[report.start : report.start + OPENING + 1]) if report else ""
    if match := _YEAR.search(opening):
        return int(match[1])
    return plan_year - (not _is_of_halves(document)) if plan_year else None


def _is_of_halves(document: Document) -> bool:
    """Whether the document reports on one half of a year, and plans the other."""
    return re.search("上半年|下半年", find_title(document).words) is not None


def _filled(first: Years, second: Years) -> Years:
    return Years(first.plan or second.plan, first.summary or second.summary)


def _years_of_title(title: str, parts: Parts, certain: bool = False) -> Years:
    """The years before the words for plan and report; a lone year is the plan's unless only ``certain`` ones count."""
    words = lexicon("outline")
    title = _TERM.sub(lambda term: f"{term['first' if term['number'] in '一1' else 'second']}年", title)
    years = list(_YEAR.finditer(title))
    stops = [m.start() for m in years[1:]] + [len(title)]
    plan = summary = None
    for match, stop in zip(years, stops, strict=False):
        behind = title[match.end() : stop]
        if re.search(words["title_summary"], behind):
            summary = summary or int(match[1])
        # 2023年重点任务完成情况 names no plan for 2023.
        if re.search(words["title_plan"], re.split(words["title_summary"], behind)[-1]):
            plan = plan or int(match[1])
    if not (plan or summary or certain) and years:
        year = int(years[0][1])
        return Years(summary=year) if parts.kind == "summary" else Years(plan=year)
    return Years(plan, summary)


def _bare_lines(document: Document) -> Iterator[str]:
    for line in plain_years(document.body.quote).split("\n"):
        if len(line.strip()) <= 30 and _YEAR.match(line.strip()):
            yield line.strip()


def _first_year(document: Document) -> int | None:
    """The year of publication; else the year that the opening paragraphs speak of most."""
    if published := _published(document):
        return published.value.year
    opening = re.sub("《[^》]*》", "", plain_years(document.body.quote[: 2 * HEAD]))
    # 到2025年 and 2022—2024年 tell by when, not for which year.
    years = Counter(int(m[1]) for m in _YEAR.finditer(opening) if not _is_bound(opening, m))
    return min(years, key=lambda y: (-years[y], y)) if years else None


def _is_bound(text: str, year: re.Match[str]) -> bool:
    return text.endswith(_UP_TO, 0, year.start()) or text.startswith(_UP_TO, year.end())


def _published(document: Document) -> Dated | None:
    """The date of publication: labelled, under the title, or where the notice above or the document is signed."""
    values = dict(reversed(document.labelled))
    for label in lexicon("facts")["date_labels"]:
        if label in values and (dates := dates_in(document.text, values[label].start, values[label].end)):
            return dates[0]
    beside = (values[label] for label in lexicon("facts")["issuer_labels"] if label in values)
    dates = [date for value in beside for date in dates_in(document.text, value.start, value.end)]
    return (
        (dates[0] if dates else None)
        or _date_under_title(document)
        or _date_of_notice(document)
        or _closing_date(document)
        or _date_above_title(document)
    )


def _date_under_title(document: Document) -> Dated | None:
    start = document.title.end if document.title else document.body.start
    for dated in dates_in(document.text, start, min(start + HEAD, document.body.end)):
        line = _line_around(document.text, dated)
        if len(line) <= 40 and (_IN_BRACKETS.fullmatch(line) or not re.search("[。，,；]", line)):
            return dated
    return None


def _date_above_title(document: Document) -> Dated | None:
    """The date in a line of a site's own above the title, among its name and its buttons."""
    end = document.title.start if document.title else document.body.start
    for dated in dates_in(document.text, 0, end):
        line = _line_around(document.text, dated)
        if is_furniture(line) and not _TODAY.search(line):
            return dated
    return None


def _line_around(text: str, dated: Dated) -> str:
    """The line that a date stands in, without the blanks around it."""
    end = text.find("\n", dated.end)
    return text[text.rfind("\n", 0, dated.start) + 1 : end if end >= 0 else None].strip()


def _date_of_notice(document: Document) -> Dated | None:
    """The date of a notice that stands above the title: below its signature, or alone."""
    title = document.title
    if title is None:
        return None
    if signed := _signed(document, max(0, title.start - TAIL), title.start):
        return signed[1]
    alone = _DATE_ALONE.search(document.text, max(0, title.start - TAIL), title.start)
    return next(iter(dates_in(document.text, *alone.span(1))), None) if alone else None


def _end_of_text(document: Document) -> int:
    """Where the document proper ends: before its annexes, where it has some behind a signature."""
    annex = _ANNEX.search(document.text, document.body.start + TAIL, document.body.end)
    return annex.start() if annex else document.body.end


def _closing_date(document: Document) -> Dated | None:
    end = _end_of_text(document)
    tail = max(document.body.start, end - TAIL)
    for dated in reversed(dates_in(document.text, tail, end)):
        line_start = document.text.rfind("\n", 0, dated.start) + 1
        before = document.text[line_start : dated.start].strip().lstrip("（(").strip()
        if not document.text[dated.end : end].strip():  # a body on one line ends with its signature
            before = re.split("[。！]", before)[-1].strip()
        if not before or _signs(before):
            return dated
    return None


def _number(document: Document) -> Span | None:
    """The document's own number: labelled, or at the start of a line of its head or tail."""
    if stated := _labelled(document, "number_labels"):
        return stated if re.search(r"\d+号", stated.quote) else None
    if document.title and (run_in := _NUMBER_WORDS.match(document.text, document.title.end)):
        return document.span(*run_in.span())
    head_end = min(document.body.start + HEAD, document.body.end)
    tail = max(head_end, document.body.end - TAIL)
    match = _NUMBER.search(document.text, 0, head_end) or _NUMBER.search(document.text, tail, document.body.end)
    return document.span(*match.span(1)) if match else None


def _status(document: Document, title: str, published: Dated | None, number: Span | None) -> DraftStatus:
    head = title + document.body.quote[:HEAD].split("。")[0]
    if re.search(lexicon("facts")["draft"], head):
        return "draft"
    openly = re.search(r"[（(]\s*此件", document.body.quote[-TAIL:]) is not None
    return "final" if published or number or openly else "unknown"
