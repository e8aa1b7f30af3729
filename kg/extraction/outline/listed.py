"""Lists of work that count in words: the inline 一是, 二是 or 第一， that head it in a report or below a heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from yaodian.extraction.outline.counting import counted_runs, counting
from yaodian.extraction.outline.headings import Heading, heading_at, names_plan
from yaodian.extraction.outline.labels import IN_WORDS, Label, Style
from yaodian.extraction.outline.purpose import tells_situation
from yaodian.extraction.outline.turning import find_report
from yaodian.patterns import compiled

SHORTEST_STATEMENT = 12
SHORT_HEADING = compiled(r"(?:[^，。；：,;:\n]{2,10}[，,])?[^，。；：,;:\n]{2,16}(?<=...)[。：:]")
ANY_HEADING = compiled(r"[^，。；：,;:\n]{3,16}[。：:，,]")
_FIRST_CLAUSE = compiled(r"[^，。；：,;:\n]{4,16}[，,]")


def with_reported(text: str, labels: Sequence[Label], found: list[Label], start: int, end: int) -> list[Label]:
    """The heading labels, with the inline 一是 or 第一， of an unheaded report that stands before all of them."""
    first = found[0].start if found else end
    report = find_report(text, start, first)
    if report is None or not found:
        return found
    for style in IN_WORDS:
        inside = [label for label in labels if label.style is style and report.start <= label.start < report.end]
        if len(inside) > 2:
            return counting(inside) + found
    return found


def with_listed(text: str, labels: Sequence[Label], found: list[Label], end: int) -> list[Label]:
    """The heading labels, with the inline 一是 or 第一， that head work below a top heading with no other labels.

    Where nothing else is numbered, they head the work of the document.
    """
    added: list[Label] = []
    known = {label.start for label in found}
    for style in IN_WORDS:
        same = [label for label in labels if label.style is style]
        others = [label for label in found if label.style is not style]
        listed = _listed_below(text, same, others, end) if others else _listed_alone(text, same, end)
        added += [label for label in listed if not label.at_line_start and label.start not in known]
    return sorted([*found, *added], key=lambda label: label.start) if added else found


def _listed_below(text: str, inside: Sequence[Label], found: Sequence[Label], end: int) -> Iterator[Label]:
    """Those of the inline labels of one style that count up, with short headings, below one of the top headings.

    Lists of two, and lists below （一）, are the measures of an item unless the document lists so throughout.
    """
    starts = [label.start for label in inside]
    stops = [*(label.start for label in found), end][1:]
    lists: dict[Style, list[list[Label]]] = {Style.HAN_COMMA: [], Style.HAN_BRACKET: []}
    for above, stop in zip(found, stops, strict=True):
        heading = heading_at(text, above.end, stop)
        if above.style in lists and not tells_situation(text, heading):
            below = inside[bisect_left(starts, above.end) : bisect_left(starts, stop)]
            is_plan = _plans_right_below(text, heading, below)
            lists[above.style].append(counting(below, slips=1) if is_plan else listed_among(text, below, stop))
    for style, listed in lists.items():
        is_habit = 3 * sum(map(bool, listed)) >= 2 * len(listed)
        for labels in listed:
            if is_habit or (style is Style.HAN_COMMA and len(labels) > 2):
                yield from labels


def _plans_right_below(text: str, heading: Heading, below: Sequence[Label]) -> bool:
    """Whether a heading only names the plan, and its list begins in the next line: what that lists is the work."""
    between = text[heading.end : below[0].start] if below else ""
    return "\n" in between and not between.strip("。：: \n\u3000") and names_plan(text[heading.start : heading.end])


def _listed_alone(text: str, labels: Sequence[Label], end: int) -> list[Label]:
    """The labels of one style that head the work of a document which numbers nothing else.

    Where one list has headings, a later one may have first clauses in their place: 一要强化引领，落实….
    """
    runs = counted_runs(labels, slips=1)
    bounded = list(zip(runs, [*(run[0].start for run in runs), end][1:], strict=True)) if runs else []
    headed = {run[0].start for run, stop in bounded if _are_headed(text, run, stop)}
    claused = {run[0].start for run, stop in bounded if len(run) > 2 and _are_headed(text, run, stop, _FIRST_CLAUSE)}
    taken = headed | claused if headed else headed
    return [label for run in runs if run[0].start in taken for label in run]


def listed_among(text: str, labels: Sequence[Label], end: int, opening: re.Pattern[str] = SHORT_HEADING) -> list[Label]:
    """The labels of one style before ``end`` where they count up, with short headings."""
    listed = counting(labels, slips=1)
    return listed if listed and _are_headed(text, listed, end, opening) else []


def _are_headed(text: str, listed: Sequence[Label], end: int, opening: re.Pattern[str] = SHORT_HEADING) -> bool:
    """Whether short headings with a full stop open these stretches, and words of their own follow."""
    stops = [*(label.start for label in listed[1:]), end]
    headed = 0
    for label, stop in zip(listed, stops, strict=True):
        match = opening.match(text, label.end, stop)
        headed += match is not None and stop - match.end() >= SHORTEST_STATEMENT
    return headed >= max(2, len(listed) - 1)
