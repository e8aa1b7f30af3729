"""Numbers of a list that follows at once (做好三项工作：一是…二是…) or has just been told (甲、乙、丙四张清单)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile
from typing import TypeAlias

from yaodian.extraction.marks.levels import counts_by_level, loose_labels, nearest
from yaodian.extraction.marks.oddity import Oddity, Region, alternation, proofreading
from yaodian.extraction.numerals import parse
from yaodian.extraction.scanning import matches_from
from yaodian.model import Item, Section
from yaodian.patterns import compiled

Heading: TypeAlias = Section | Item

_UNIT = compiled("个方面|项|点|大|件")
_LONGEST_COUNT = len("二十三")
_ANNOUNCED = compiled(
    r"(?P<number>[二三四五六七八九十]{1,3}|\d{1,2})(?:(?:个方面|项)的?(?:重点|主要|具体)?(?P<noun>工作|任务|内容|措施|举措|要求)?|(?P<said>点(?:意见|要求|建议|希望|体会))|(?P<deeds>大(?:行动|工程|任务|举措)|件(?:大|实)?事))"
    r"(?P<stop>[：:。，])"
)
_NUMBERED = compiled(r"(?:(?<=[：:。；;，,])|(?<=[。；;] ))([一二三四五六七八九十]{1,2})(?:是|要)")
_LABELLED_LINE = compiled(
    r"[ \t\u3000]*(?:第(?P<th>[一二三四五六七八九十]{1,2})[，,、]|(?P<is>[一二三四五六七八九十]{1,2})是)"
)
_HEADED_LINE = compiled(
    r"[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第.{1,3}[章节])"
)
_NEXT_LINE = compiled(r"[ \t\u3000\u00a0\r]*\n\s*")
_FEWEST = 2
_LONGEST_ENDING = 60
_MEMBER = r"[^，。；：、\n“”（）《》()等\d]{2,14}"
_TOLD = compiled(r"(?P<number>[二三四五六七八九十])[大张个项类种条支](?=[\u4e00-\u9fff]{2})")
_MEMBERS = compiled(rf"(?:{_MEMBER}、){{2,12}}{_MEMBER}\Z")
_LONGEST_MEMBER, _LONGEST_LIST = 14, 200
_AND = compiled("[和与及]")


def find(region: Region, sections: Sequence[Section], items: Sequence[Item]) -> Iterator[Oddity]:
    """The announcements whose list has another number of members."""
    numbered: list[Heading] = sorted([*sections, *items], key=lambda heading: heading.span.start)
    headings = {heading.span.start: heading for heading in numbered}
    groups = _groups(numbered)
    for match in matches_from(_UNIT, _ANNOUNCED, region.text, region.start, region.end, back=_LONGEST_COUNT):
        below = _NEXT_LINE.match(region.text, match.end("stop"), region.end)
        heading = headings.get(below.end()) if below else None
        actual = _series(groups, heading) if heading else _inline(region, match) or _on_lines(region, match)
        announced = parse(match["number"])
        if announced is None or actual < _FEWEST:
            continue
        if actual - (_closing(groups, heading) if heading else 0) <= int(announced) <= actual:
            continue
        lower = _counts_below(heading, actual, sections, items) if isinstance(heading, Section) else ()
        meant = nearest(int(announced), [actual, *lower])
        goes_on = heading and announced == actual + 1 and any(loose_labels(region, heading.span.start, actual + 1))
        if meant != announced and not goes_on:
            yield Oddity(match.start(), match.end("stop") - 1, "count-mismatch", str(meant))


def listed(region: Region) -> Iterator[Oddity]:
    """The numbers right behind a list that has another number of members; what 和 joins may be one member or two."""
    passed = region.start
    for told in region.find(_TOLD):
        at = told.start()
        if region.text.rfind("、", at - _LONGEST_MEMBER - 1, at) < 0:
            continue
        found = _MEMBERS.search(region.text[max(passed, at - _LONGEST_LIST) : at])
        if not found:
            continue
        passed = told.end()
        members = found[0].split("、")
        announced, least = int(parse(told["number"]) or 0), len(members)
        most = least + len(_AND.findall(found[0]))
        around = members[-1] + region.text[told.end("number") : told.end() + 2]
        counts_else = _counts_else().search(around) or _is_governed(members)
        if not least <= announced <= most and not counts_else:
            yield Oddity(*told.span(), "count-mismatch", str(least))


@cache
def _counts_else() -> re.Pattern[str]:
    return compiled(alternation("announcement", "not_counted"))


def _is_governed(members: Sequence[str]) -> bool:
    """Whether the number is the object of a verb behind the last member, not the sum of all: 甲、乙、丙组织五项活动.

    Where another member ends in a verb as well, they are deeds: 经费投入、队伍建设、制度保障四项措施.
    """
    return bool(_governing().search(members[-1])) and not any(map(_governing().search, members[:-1]))


@cache
def _governing() -> re.Pattern[str]:
    """A verb at the end of a member that is more than the verb."""
    verbs = (alternation("substance", "concrete"), alternation("announcement", "governing"))
    return compiled(rf"..(?:{'|'.join(verbs)})$")


def _groups(headings: Sequence[Heading]) -> dict[object, list[Heading]]:
    groups: dict[object, list[Heading]] = {}
    for heading in headings:
        groups.setdefault(_group(heading), []).append(heading)
    return groups


def _group(heading: Heading) -> object:
    """What the headings of one series share: what they stand below, and how they are labelled, tasks or not."""
    above = heading.parent if isinstance(heading, Section) else heading.section
    return above, "（" if heading.span.quote[0] in "（(〔" else "1" if heading.span.quote[0].isdecimal() else "一"


def _series(groups: dict[object, list[Heading]], first: Heading) -> int:
    """How many headings run on from ``first``, which has to be number one; 0 where the numbers have a gap."""
    ordinals = [heading.ordinal for heading in groups[_group(first)] if heading.span.start >= first.span.start]
    if not ordinals or ordinals[0] != 1:
        return 0
    run = [1, *(b for _, b in takewhile(lambda pair: pair[1] == (pair[0] or 0) + 1, pairwise(ordinals)))]
    goes_on = len(run) < len(ordinals) and ordinals[len(run)] != 1
    return 0 if goes_on else len(run)


def _counts_below(first: Section, members: int, sections: Sequence[Section], items: Sequence[Item]) -> list[int]:
    """How many headings the levels below a series have: 十四项任务 may be those below four （一）…（四）."""
    peers = [section for section in sections if section.span.start >= first.span.start and section.level <= first.level]
    end = peers[members].span.start if members < len(peers) else None
    lower = [section for section in sections if section.level > first.level]
    return list(counts_by_level(first.span.start, end, lower, items))


def _closing(groups: dict[object, list[Heading]], first: Heading) -> int:
    """How many of the last headings of the series may stand outside the announced number (组织保障)."""
    words = tuple(proofreading("announcement")["closing"])
    members = reversed(groups[_group(first)])
    return sum(1 for _ in takewhile(lambda heading: any(word in heading.heading for word in words), members))


def _inline(region: Region, match: re.Match[str]) -> int:
    """How many 一是…二是… follow in the same line; 0 where they do not run from one on, or go on in the next."""
    if region.text[match.end() : match.end() + 1] != "一" or (match["stop"] == "，" and not _names(match)):
        return 0
    end = region.text.find("\n", match.end(), region.end)
    end = region.end if end < 0 else end
    ordinals = [int(parse(label[1]) or 0) for label in _NUMBERED.finditer(region.text, match.end() - 1, end)]
    below = _LABELLED_LINE.match(region.text, end + 1, region.end)
    goes_on = below and below["is"] and parse(below["is"]) == len(ordinals) + 1
    return 0 if goes_on or ordinals != list(range(1, len(ordinals) + 1)) else len(ordinals)


def _names(match: re.Match[str]) -> bool:
    """Whether the announcement says what it counts: 三项工作, not 完成3项."""
    return bool(match["noun"] or match["said"] or match["deeds"])


def _on_lines(region: Region, match: re.Match[str]) -> int:
    """How many 第一，… or 一是… begin lines below this one, up to the next heading; 0 where they do not run on.

    A number that its line goes on behind may count something else, unless it is of what is going to be said.
    """
    if not _names(match):
        return 0
    line_end = region.text.find("\n", match.end(), min(region.end, match.end() + _LONGEST_ENDING))
    goes_on = region.text[match.end() : max(line_end, match.end())].strip()
    if line_end < 0 or (goes_on and not match["said"]):
        return 0
    below = Region(region.text, line_end, region.end)
    ordinals: list[int] = []
    kind = None
    for begin, _ in below.lines():
        label = _LABELLED_LINE.match(region.text, begin, region.end)
        if label and kind in (None, label.lastgroup):
            kind = label.lastgroup
            ordinal = int(parse(label[kind or 0]) or 0)
            if ordinals and ordinal == 1:
                break
            ordinals.append(ordinal)
        elif not ordinals or _HEADED_LINE.match(region.text, begin, region.end):
            break
    return len(ordinals) if ordinals == list(range(1, len(ordinals) + 1)) else 0
