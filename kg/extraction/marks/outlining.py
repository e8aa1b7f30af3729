"""Oddities of the outline: labels out of style, levels left out, headings that end in a stop, are empty or come twice.

Labels follow GB/T 9704-2012, 7.3.3 (一、 （一） 1. （1)) and GB/T 15834-2011, 4.5.3.3 (、 after bare numerals).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, zip_longest
from statistics import median
from typing import TypeAlias

from yaodian.extraction.marks.levels import loose_labels
from yaodian.extraction.marks.oddity import HAN_CHARACTER, Oddity, Region, habit, proofreading
from yaodian.extraction.numerals import HAN
from yaodian.model import Item, Section
from yaodian.patterns import compiled

Heading: TypeAlias = Section | Item

_STYLES = {
    "一、": compiled(rf"[{HAN}]{{1,4}}、"),
    "（一）": compiled(rf"[（(〔]\s?[{HAN}]{{1,3}}\s?[)）〕]"),
    "1.": compiled(r"[0-9０-９]{1,3}[.．]"),
    "1、": compiled(r"[0-9０-９]{1,3}、"),
    "（1）": compiled(r"[（(]\s?[0-9０-９]{1,2}\s?[)）]"),
}
_ABOVE = compiled(rf"(?m)^[ \t\u3000]*(?:[{HAN}]{{1,3}}[、.．]|第[{HAN}\d]{{1,3}}[章节编篇]|[{HAN}\d]+是)")
_BLANK = r"[ \t\u3000\u00a0]*"
_AFTER_BRACKET = compiled(
    rf"(?m)^{_BLANK}(?P<label>[（(][{HAN}\d]{{1,3}}[)）])(?P<wrong>[、.．，])(?=[{HAN_CHARACTER}“《])"
    rf"|^{_BLANK}(?P<dotted>\d{{1,2}}[.．])、(?=[{HAN_CHARACTER}“《])"
    rf"|^{_BLANK}(?P<numeral>[{HAN}]{{1,3}})[.．](?=[{HAN_CHARACTER}“《])"
)
_COMMA = compiled(rf"(?m)^{_BLANK}(?P<label>\d{{1,2}}、)(?=[{HAN_CHARACTER}“《])")
_STOP_AND_LINE_END = compiled(r"[。：:](?=[ \t\u3000\u00a0\r]*(?:\n|$))")
_WORD = compiled(r"\w")
_PAGE = compiled(r"\.{2}|…|[\d)）]\s*$")
_MOST_EMPTY = 2
_LIST_STOPS = ("；", ";")
_FEWEST, _LARGEST_MINORITY = 3, 0.34
_LONGEST_HEADING = 30
_SHORTEST_HEADING, _SHORTEST_TASK, _SHORTEST_ANYWHERE = 4, 6, 8
_FEWEST_PEERS, _TIMES_LONGER, _LONG = 8, 6, 800


def find(region: Region, sections: Sequence[Section], items: Sequence[Item]) -> Iterator[Oddity]:
    """The oddities of an outline."""
    headings: list[Heading] = [*sections, *items]
    headings.sort(key=lambda heading: heading.span.start)
    yield from _mixed_styles(headings)
    yield from _missing_level(region, headings)
    yield from _label_stops(region, headings)
    yield from habit(Oddity(*m.span("label"), "label-comma", m["label"][:-1] + ".") for m in region.find(_COMMA))
    yield from habit(_stopped(region, headings))
    yield from _empty(region, headings)
    yield from _repeated(headings)
    yield from _long(items)


def _style(heading: Heading) -> str | None:
    return next((name for name, pattern in _STYLES.items() if pattern.match(heading.span.quote)), None)


def _label_span(heading: Heading) -> tuple[int, int]:
    style = _style(heading)
    match = _STYLES[style].match(heading.span.quote) if style else None
    return heading.span.start, heading.span.start + (match.end() if match else len(heading.span.quote))


def _mixed_styles(headings: Sequence[Heading]) -> Iterator[Oddity]:
    """Of a series the labels in a style that few of it have, where the number goes on; once a series."""
    for series in _series(headings):
        styles = Counter(filter(None, map(_style, series)))
        if len(styles) < 2 or styles.total() < _FEWEST:
            continue
        (usual, _), *others = styles.most_common()
        few = {style for style, count in others if count <= _LARGEST_MINORITY * styles.total()}
        odd = next((heading for heading in _out_of_style(series) if _style(heading) in few), None)
        if odd:
            yield Oddity(*_label_span(odd), "label-style", usual, _style(odd))
    yield from _few_commas(headings)


def _few_commas(headings: Sequence[Heading]) -> Iterator[Oddity]:
    """The first 1、 of a text that mostly writes 1., whatever the section."""
    commas = [heading for heading in headings if _style(heading) == "1、"]
    if 0 < len(commas) < sum(_style(heading) == "1." for heading in headings):
        yield Oddity(*_label_span(commas[0]), "label-style", "1.", "1、")


def _out_of_style(series: Sequence[Heading]) -> Iterator[Heading]:
    """The headings that go on from one of another style; those that go on from their own may be a level of theirs."""
    for before, heading in pairwise(series):
        if _goes_on(before, heading) and _style(before) != _style(heading):
            yield heading


def _goes_on(before: Heading, heading: Heading) -> bool:
    return before.ordinal is not None and heading.ordinal == before.ordinal + 1


def _series(headings: Sequence[Heading]) -> Iterator[list[Heading]]:
    groups: dict[object, list[Heading]] = defaultdict(list)
    for heading in headings:
        groups[type(heading), _above(heading), heading.part].append(heading)
    yield from groups.values()


def _above(heading: Heading) -> str | None:
    return heading.parent if isinstance(heading, Section) else heading.section


def _missing_level(region: Region, headings: Sequence[Heading]) -> Iterator[Oddity]:
    """The first （一） of a text that has two or more of them and nothing of the level above."""
    bracketed = [heading for heading in headings if _style(heading) == "（一）"]
    if len(bracketed) < _FEWEST or _above(bracketed[0]) is not None or _is_list(region, bracketed[0]):
        return
    if not _ABOVE.search(region.text, region.start, region.end):
        yield Oddity(*_label_span(bracketed[0]), "level-missing", "一、")


def _is_list(region: Region, first: Heading) -> bool:
    """Whether a sentence leads to the labels: 包括下列信息：（一）…"""
    return region.text[region.start : first.span.start].rstrip().endswith(("：", ":"))


def _label_stops(region: Region, headings: Sequence[Heading]) -> Iterator[Oddity]:
    """（一）、 and 1.、 have a mark too many, 一. has the wrong one, and so has 四， behind 三、."""
    found = []
    for match in region.find(_AFTER_BRACKET):
        right = match["label"] or match["dotted"] or match["numeral"] + "、"
        start = next(match.start(name) for name in ("label", "dotted", "numeral") if match[name])
        found.append(Oddity(start, match.end(), "label-stop", right))
    found += _commas_for_stops(region, headings)
    yield from habit(sorted(found))


def _commas_for_stops(region: Region, headings: Sequence[Heading]) -> Iterator[Oddity]:
    """四， where the last heading in the style of 一、 before it is the third, and none behind it the fourth."""
    numbered = [heading for heading in headings if _style(heading) == "一、" and heading.ordinal]
    for heading, following in _with_next(numbered):
        ordinal = (heading.ordinal or 0) + 1
        if ordinal <= _FEWEST or (following is not None and following.ordinal == ordinal):
            continue
        within = Region(region.text, region.start, following.span.start if following else region.end)
        for match in islice(loose_labels(within, heading.span.start, ordinal), 1):
            yield Oddity(*match.span("label"), "label-stop", match["number"] + "、")


def _stopped(region: Region, headings: Sequence[Heading]) -> Iterator[Oddity]:
    """Headings on a line of their own that end with a full stop or colon and have something below them."""
    for heading, following in _with_next(headings):
        end = heading.span.end if isinstance(heading, Section) else heading.heading_span.end
        stop = _STOP_AND_LINE_END.match(region.text, end, region.end)
        if stop and len(heading.heading) <= _LONGEST_HEADING and _has_text(region, heading, following, stop.end()):
            yield Oddity(heading.span.start, stop.end(), "heading-stop", region.text[heading.span.start : stop.start()])


def _with_next(headings: Sequence[Heading]) -> Iterator[tuple[Heading, Heading | None]]:
    return zip_longest(headings, headings[1:])


def _has_text(region: Region, heading: Heading, following: Heading | None, start: int) -> bool:
    """Whether words or a heading of a lower level stand below ``heading``."""
    if isinstance(heading, Item):
        return bool(_WORD.search(region.text, start, heading.span.end))
    if following is not None and not _ends(heading, following):
        return True
    return bool(_WORD.search(region.text, start, max(start, following.span.start if following else region.end)))


def _ends(section: Section, following: Heading) -> bool:
    return isinstance(following, Section) and following.level <= section.level


def _empty(region: Region, headings: Sequence[Heading]) -> Iterator[Oddity]:
    """Numbered sections with no word before the next heading of their level or above; many are a list of contents.

    What ends in a semicolon is a member of a list: （一）…；（二）….
    """
    found = []
    lists: set[str | None] = set()
    for heading, following in _with_next(headings):
        if not isinstance(heading, Section) or heading.ordinal is None or len(heading.heading) > _LONGEST_HEADING:
            continue
        if region.text[heading.span.end : heading.span.end + 1] in _LIST_STOPS:
            lists.add(heading.parent)
        if heading.parent in lists:
            continue
        if not _has_text(region, heading, following, heading.span.end) and not _PAGE.search(heading.heading):
            found.append(Oddity(heading.span.start, heading.span.end, "empty-section"))
    if len(found) <= _MOST_EMPTY:
        yield from found


def _repeated(headings: Sequence[Heading]) -> Iterator[Oddity]:
    """Headings that an earlier one of the same series has word for word; of longer tasks anywhere in the same part.

    Sections of which several come twice are those of a list of contents.
    """
    found = list(_twice(headings))
    sections = sum(is_section for _, is_section in found)
    yield from (oddity for oddity, is_section in found if not is_section or sections == 1)


def _twice(headings: Sequence[Heading]) -> Iterator[tuple[Oddity, bool]]:
    seen: dict[object, int] = {}
    usual = frozenset(proofreading("headings")["usual"])
    for heading in headings:
        words = "".join(heading.heading.split())
        if len(words) < (_SHORTEST_HEADING if isinstance(heading, Section) else _SHORTEST_TASK) or words in usual:
            continue
        place = _above(heading) if isinstance(heading, Section) or len(words) < _SHORTEST_ANYWHERE else None
        key = type(heading), heading.part, place, words
        if key in seen:
            start = heading.span.start
            end = heading.span.end if isinstance(heading, Section) else heading.heading_span.end
            yield Oddity(start, end, "repeated-heading", None, str(seen[key])), isinstance(heading, Section)
        seen.setdefault(key, heading.span.start)


def _long(items: Sequence[Item]) -> Iterator[Oddity]:
    """Items many times as long as the one in the middle."""
    lengths = [len(item.span.quote) for item in items]
    if len(lengths) < _FEWEST_PEERS:
        return
    usual = int(median(lengths))
    for item, length in zip(items, lengths, strict=True):
        if length > max(_LONG, _TIMES_LONGER * usual):
            yield Oddity(item.span.start, item.heading_span.end, "long-item", str(usual), str(length))
