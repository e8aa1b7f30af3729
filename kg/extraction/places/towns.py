"""Towns, townships and sub-districts, which no list of codes holds: found by their form (店口镇, 暨阳街道)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from yaodian.extraction.places import context
from yaodian.extraction.places.gazetteer import Hit
from yaodian.extraction.scanning import matches_from
from yaodian.extraction.words import common_pairs
from yaodian.patterns import any_of, compiled

_PEOPLES = (
    "蒙古|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗"
    "|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|京|独龙|鄂伦春|赫哲|回"
)
_KIND = compiled(f"(?:(?:{_PEOPLES})族)+[乡镇]|街道|镇|乡")
_KIND_BEGINS = compiled(f"[街镇乡{''.join(sorted({people[0] for people in _PEOPLES.split('|')}))}]")
_STEM = compiled("[\u4e00-\u9fff]+")
_HAN_RUN = compiled("[\u4e00-\u9fff]{2,4}")
# Of the first name its last characters are enough: a whole run would be read anew from each of its characters.
_LEAST_LISTED, _MOST_LISTED = 2, 200
_LIST_BEGINS = compiled("、(?<=[\u4e00-\u9fff]{2}、)(?=[\u4e00-\u9fff]{2,4}[、等两三四五六七八九十\\d\\s])")
# Between two of a list, also with what each has: 马头镇36套、两江镇40套.
_JOINT = compiled(r"(?:\d{1,6}[\u4e00-\u9fff]{1,2})?[、和及与，]")
_LONGEST, _LONGEST_KNOWN, _LONGEST_PLAIN = 3, 4, 6
_WORD = 2
_LONGEST_NUMBERED = 6
_GAP_REACH = 12


class Town(NamedTuple):
    """A town at ``text[start:end]`` and its whole name; a doubtful one counts only in a list with other places."""

    start: int
    end: int
    certain: bool
    name: str
    odd: bool = False
    """Whether it ends like a word that is none (府城镇, 城镇): beside a certain town only."""
    told: bool = False
    """Whether its list says that it is a town, and no county of that name."""


def towns(text: str, known: Collection[Hit], ends: Collection[int]) -> Iterator[Town]:
    """The names of towns; ``known`` are the divisions' names in the text, ``ends`` where a county's or city's ends."""
    of_others = {offset for hit in known if not _is_kind(text, hit) for offset in range(hit.start, hit.end)}
    namesakes = {(hit.start, hit.end): hit for hit in known if hit.form == "short" and len(hit.name) > 1}
    yield from _of_kind(text, of_others, namesakes, ends)
    yield from _in_lists(text, known, of_others - {start for start, _ in namesakes}, ends)


def _is_kind(text: str, hit: Hit) -> bool:
    """Whether what reads like a division is the end of a town's name, which plainly begins before it (为大|丰镇)."""
    is_end = hit.form == "short" and hit.name[-1] in "镇乡" and not context.clear_left(text, hit.start)
    return is_end and context.clear_left(text, hit.start - 1)


def _of_kind(
    text: str, of_others: Collection[int], namesakes: Mapping[tuple[int, int], Hit], ends: Collection[int]
) -> Iterator[Town]:
    """The towns that are named with their kind, and those beside them that share it."""
    of_namesakes = {start for start, _ in namesakes}
    for kind in matches_from(_KIND_BEGINS, _KIND, text, 0, len(text)):
        if kind.end() - 1 in of_others:
            continue
        whole = _listed_whole(text, kind)
        # 枫桥镇、店口镇中心校; 枫桥镇、店口镇幼儿园各1所
        central = text.startswith("中心", kind.end()) or context.have_each(text, kind.end())
        schools = whole is not None and central
        if _longer().match(text, kind.end()) and not schools:
            continue
        odd = "族" not in kind[0] and context.precedes(text, kind.end(), "towns", "not_names")
        numbered = _numbered().search(text, max(0, kind.start() - _LONGEST_NUMBERED), kind.start())
        if numbered and not odd:
            yield Town(numbered.start(), kind.end(), True, text[numbered.start() : kind.end()])
            continue
        starts = [whole] if whole else list(_starts(text, kind.start(), ends))
        starts = [start for start in starts if not odd or is_plain(text[start : kind.start()])]
        start = next((start for start in starts if start in ends or start not in of_others), None)
        if start is None:  # it has a division's name, or begins with one
            start = next((start for start in starts if start in of_namesakes), None)
        if start is not None and (schools or not context.begins_longer_name(text, start, kind.end())):
            stem = text[start : kind.start()]
            odd = odd and not _is_of_city(text, start, kind)
            unlike = is_plain(stem) and start not in of_others
            namesake = _is_namesake(namesakes.get((start, kind.start())), kind[0])
            certain = start in ends or (not odd and (unlike or namesake))
            yield Town(start, kind.end(), certain, text[start : kind.end()], odd)
            if not odd:
                yield from _sharing(text, start, "" if "族" in kind[0] else kind[0], ends)


def _listed_whole(text: str, kind: re.Match[str]) -> int | None:
    """Where a name begins that fills its place in a list behind a town, whatever it is made of (石佛镇、五星镇)."""
    start = text.rfind("、", max(0, kind.start() - _LONGEST - 1), kind.start() - 1) + 1
    if not start or not _behind_town().search(text, max(0, start - _GAP_REACH), start - 1):
        return None
    stem = text[start : kind.start()]
    is_name = _STEM.fullmatch(stem) and not any(c in context.places_lexicon("towns")["generic"] for c in stem)
    return start if is_name and not _has_pair(stem, context.words("towns", "words")) else None


def _is_namesake(hit: Hit | None, kind: str) -> bool:
    """Whether the town has the name of a county or a city (柳河镇); the streets of a city are none (北京街道)."""
    return hit is not None and (kind != "街道" or all(place.level == "county" for place in hit.divisions))


def _is_of_city(text: str, start: int, kind: re.Match[str]) -> bool:
    """Whether 城镇 ends a name, and is not the word (完成|琴城镇, but 完成|小城镇)."""
    named = kind.start() - start == _WORD and text.endswith("城镇", start, kind.end())
    named = named and text[start] not in context.places_lexicon("towns")["kinds_of_cities"]
    return named and (text[start - 1] == "、" or context.behind_word(text, start))


def _in_lists(text: str, known: Collection[Hit], taken: Collection[int], ends: Collection[int]) -> Iterator[Town]:
    """The members of lists that end in 等乡镇 or 三镇, or, where no city or province is among them, in 等地 or 两地."""
    lists = list(matches_from(_LIST_BEGINS, _listed(), text, 0, len(text), back=_LEAST_LISTED))
    larger = _larger(known) if any(listed["loose"] for listed in lists) else frozenset()
    for listed in lists:
        names = list(_HAN_RUN.finditer(text, listed.end("first"), listed.end("last")))
        loose = listed["loose"] is not None
        if loose and not all(_may_be_place(name[0]) and name.span() not in larger for name in names):
            continue
        for name in names:
            if name.start() not in taken:
                yield Town(name.start(), name.end(), True, name[0], told=not loose)
        yield from _listed_first(text, listed.end("first"), ends, loose)


def _larger(known: Collection[Hit]) -> frozenset[tuple[int, int]]:
    """Where cities and provinces are named."""
    return frozenset((hit.start, hit.end) for hit in known if any(place.level != "county" for place in hit.divisions))


def supported(text: str, found: Sequence[Town]) -> Iterator[Town]:
    """The towns, doubtful ones certain where two of that form stand side by side, or 等地, 等乡镇 behind them."""
    beside = [(a, b) for a, b in pairwise(found) if _JOINT.fullmatch(text, a.end, b.start)]
    before, after = {b: a for a, b in beside}, dict(beside)
    certain: set[Town] = set()
    # Forth and back: an odd one that has become certain supports the next.
    for ordered, *sides in ((found, before, after), (found[::-1], after)):
        for town in ordered:
            near = [other for side in sides if (other := side.get(town))]
            listed = any(other in certain or _supports(other, town) for other in near)
            listed = listed or (not town.odd and _listed_as().match(text, town.end) is not None)
            if listed and town.end - town.start > _WORD:
                certain.add(town)
    yield from (town._replace(certain=True) if town in certain else town for town in found)


def _supports(other: Town, town: Town) -> bool:
    return (other.certain and not other.odd) if town.odd else not other.odd


def _sharing(text: str, end: int, kind: str, ends: Collection[int], *, plain: bool = True) -> Iterator[Town]:
    """The names before ``end`` in a list that share the kind of its last (北苑、廿里堡街道), back to its first.

    The first must be ``plain``, no word of the language, where nothing else tells that it is a name.
    """
    while end > 1 and text[end - 1] == "、":
        stop = end - 1
        start = next((s for s in _starts(text, stop, ends) if stop - s > 1), None)
        if start is None or _is_sight(text[start:stop], kind):
            return
        if plain and text[start - 1 : start] != "、" and not is_plain(text[start:stop]):
            return
        yield Town(start, stop, True, text[start:stop] + kind)
        end = start


def _listed_first(text: str, end: int, ends: Collection[int], loose: bool) -> Iterator[Town]:
    """The first name of a list, which ends at ``end``, and those before it."""
    behind_words = (s for s in range(end - 2, max(-1, end - _LONGEST - 1), -1) if _begins_behind_word(text, s, end))
    whole = [end - 2] if _fills_its_place(text, end - 2, end) else []
    start = next((start for start in (*whole, *_starts(text, end, ends), *behind_words) if end - start > 1), None)
    if start is None or (loose and not (_may_be_place(text[start:end]) and not _is_sight(text[start:end], ""))):
        return
    yield Town(start, end, True, text[start:end], told=not loose)
    yield from _sharing(text, start, "", ends, plain=False)


def _fills_its_place(text: str, start: int, end: int) -> bool:
    """Whether two characters are a name though one of them is a preposition or 村 (由旺, 苏村): one is none."""
    stem = text[start:end]
    rest = stem.lstrip(context.places_lexicon("towns")["prepositions"]).rstrip("村市")
    return len(rest) == 1 and context.clear_left(text, start) and is_plain(stem) and may_be_stem(rest)


def _begins_behind_word(text: str, start: int, end: int) -> bool:
    """Whether a word of two characters stands before the name, and no other runs into it (改善|樊口)."""
    is_word = text[max(0, start - _WORD) : start] in common_pairs()
    stem = text[start:end]
    return is_word and not context.crosses_left(text, start) and is_plain(stem) and may_be_stem(stem)


def _starts(text: str, end: int, ends: Collection[int]) -> Iterator[int]:
    """Where the name that ends before its kind may begin: behind the division above it, else the shortest first.

    There it may be longer, and that of a former town, street or village (许镇镇, 乌拉街满族镇, 谢村镇).
    """
    known = [start for start in range(end - 1, max(-1, end - _LONGEST_PLAIN - 1), -1) if start in ends]
    for start in known:
        stem = text[start:end]
        if may_be_stem(stem.rstrip("镇街村") or "镇") and (len(stem) <= _LONGEST_KNOWN or is_plain(stem)):
            yield start
    longest = _LONGEST + text.endswith("各庄", 0, end)
    candidates = [s for s in range(end - 1, max(-1, end - longest - 1), -1) if _may_be_stem_of_town(text, s, end)]
    for start in sorted(candidates, key=lambda start: (end - start == 1, -start)):
        clear = context.clear_left(text, start) and not context.crosses_left(text, start)
        if clear or context.behind_word(text, start):
            yield start
    yield from _long_starts(text, end)


def _long_starts(text: str, end: int) -> Iterator[int]:
    """Where a name of four or five characters without a word in it begins that fills its place (、横道河子镇)."""
    numerals = context.places_lexicon("towns")["not_last"]
    for start in range(end - _LONGEST - 1, max(-1, end - _LONGEST_PLAIN), -1):
        if start and text[start - 1] not in "、，。；：（":
            continue
        stem = text[start:end]
        if is_plain(stem) and may_be_stem(stem) and not any(numeral in stem for numeral in numerals):
            yield start


def may_be_stem(stem: str) -> bool:
    """Whether the characters may be a name without its kind."""
    if not _STEM.fullmatch(stem) or stem[-1] in context.places_lexicon("towns")["not_last"]:
        return False
    return _strange().isdisjoint(stem.replace("各庄", "庄")) and not _has_pair(stem, context.words("towns", "words"))


def is_plain(stem: str) -> bool:
    """Whether the name is long enough and no word stands in it."""
    return len(stem) > 1 and not _has_pair(stem, common_pairs())


def _has_pair(stem: str, pairs: frozenset[str]) -> bool:
    """Whether a word of two characters stands in the name."""
    return not pairs.isdisjoint([stem[i : i + _WORD] for i in range(len(stem) - 1)])


def _may_be_stem_of_town(text: str, start: int, end: int) -> bool:
    """Whether the characters may be a name before its kind, also of a former village or market (大孟村镇, 许市镇)."""
    stem = text[start:end]
    of_village = len(stem) == _WORD and stem[1] == "村" and _KIND.match(text, end) is not None
    if (of_village or (len(stem) == _WORD and stem[1] == "市")) and is_plain(stem):
        return may_be_stem(stem[0])
    if len(stem) > 1 and text.startswith(("镇街道", "街镇"), end - 1):
        return may_be_stem(stem[:-1])
    if len(stem) > _WORD and stem[1] == "乡" and is_plain(stem):
        return may_be_stem(stem.replace("乡", ""))
    return may_be_stem(stem.removesuffix("村") if len(stem) > _WORD else stem)


def _may_be_place(name: str) -> bool:
    """Whether a name before 等地, which says less than 等乡镇, may be that of a town: no park, no station, no gate."""
    if name.endswith(context.endings("towns", "site_words")):
        return False
    is_site = name[-1] in context.places_lexicon("towns")["sites"]
    return not is_site and is_plain(name) and may_be_stem(name.rstrip("镇"))


def _is_sight(name: str, kind: str) -> bool:
    """Whether the name is that of a mountain or a water, which stand in lists with towns too."""
    return kind != "街道" and name[-1] in context.places_lexicon("towns")["nature"]


@cache
def _listed() -> re.Pattern[str]:
    """A list of names, and what tells behind it that they are towns, or (``loose``) only that they are places."""
    count = r"等?\s*(?:[两三四五六七八九十]{1,2}|\d{1,2})\s*"
    described, remote = (any_of(context.places_lexicon("towns")[key].split()) for key in ("described", "remote"))
    return compiled(
        f"(?P<first>[\u4e00-\u9fff]{{{_LEAST_LISTED}}})(?:、[\u4e00-\u9fff]{{2,4}}){{0,{_MOST_LISTED}}}"
        "、(?P<last>[\u4e00-\u9fff]{2,4}?)"
        f"(?:等[^，。；、等县\\n]{{0,4}}?(?:乡镇|镇街|街镇|街道|镇乡|(?:(?<=[个等])|{described})[镇乡])"
        f"|(?P<loose>(?:等地|等?[两三四五]地)(?![区段方市])|等[^，。；、等县\\n]{{0,4}}?(?:{remote})(?:地区|乡镇)?(?:学校|教学点)|{count}(?:个片区|所中心(?:学校|小学|校|幼儿园|园))"
        "|\\s*(?:新建|改建|扩建|改扩建|迁建)\\d{1,2}所[^，。；、\\n]{0,8}?(?:校|[小中大]学|园|[初高]中))"
        f"|{count}[个处座]?(?:(?:少数)?民族)?(?:乡镇|街道|镇|乡))(?!级)"
    )


@cache
def _listed_as() -> re.Pattern[str]:
    return compiled(context.places_lexicon("towns")["listed_as"])


@cache
def _behind_town() -> re.Pattern[str]:
    """A town's name, and what it has, before 、."""
    return compiled(r"(?:镇|乡|街道)(?:\d{1,6}[\u4e00-\u9fff]{1,2})?$")


@cache
def _numbered() -> re.Pattern[str]:
    return compiled(f"{context.places_lexicon('towns')['numbered']}$")


@cache
def _strange() -> frozenset[str]:
    return frozenset(context.places_lexicon("towns")["not_in_names"])


@cache
def _longer() -> re.Pattern[str]:
    return compiled(context.places_lexicon("towns")["not_before"])
