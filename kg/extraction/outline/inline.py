"""Labels inside a line that number headings all the same: where lines were flattened or their ends were lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from yaodian.extraction.lines import Lines, shown_end
from yaodian.extraction.outline.counting import counted_runs, counting, with_repeated
from yaodian.extraction.outline.headings import names_part
from yaodian.extraction.outline.labels import Label, Style
from yaodian.extraction.outline.listed import ANY_HEADING, SHORT_HEADING, listed_among
from yaodian.extraction.outline.turning import LONGEST_TURN, turns_in_line, turns_to_plan
from yaodian.patterns import compiled

FLAT_LINE = 1000
LONGEST_PART = 20
"""Characters before a list that head a part."""
_CLAUSE_END = compiled("[。；，：,;:]")
_HEADED = compiled(r"[^，。；：,;:\d\n][^。；：;:\n]{1,30}(?:[。：:]|\s)")
_CLAUSED = compiled(r"[^，。；：,;:\d\n]{4,20}[，,]")
_LEADING_ON = frozenset("：:；;，,、")
_INLINE_STYLES = frozenset({Style.CHAPTER, Style.HAN_COMMA, Style.HAN_BRACKET, Style.ARABIC})


def inline_labels(text: str, labels: Sequence[Label]) -> set[int]:
    """Where those of the labels begin that stand inside a line and number headings."""
    return (
        _flat_labels(text, labels)
        | _inline_firsts(text, labels)
        | _inline_between(text, labels)
        | _inline_among_lines(text, labels)
        | _inline_behind_part(text, labels)
    )


def _flat_labels(text: str, labels: Sequence[Label]) -> set[int]:
    """Inline labels of lines into which whole sections were flattened, where they count up."""
    found: set[int] = set()
    lines = Lines(text)
    for style in _INLINE_STYLES:
        series = list(_flattened(text, lines, labels, style))
        kept = with_repeated(series, counting(series, gaps=True))
        found |= {label.start for label in kept if not label.at_line_start}
    return found


def _flattened(text: str, lines: Lines, labels: Sequence[Label], style: Style) -> Iterator[Label]:
    """The labels of a style in flattened lines.

    A line shows that by its length; by opening with a higher label of a document that never sets this style at the
    start of a line, or with the first of a series that goes on in no line of its own; or no series does.
    """
    openers = {lines.start(label.start): label.style for label in labels if label.at_line_start}
    going_on = {x.style for x in labels if x.at_line_start and x.ordinal != 1 and x.style > Style.SECTION}
    opening = set(openers.values())
    for label in labels:
        if label.style is not style:
            continue
        start = lines.start(label.start)
        opener = openers.get(start)
        is_long = lines.end(start) - start > FLAT_LINE
        is_below = style not in opening and opener is not None and opener < style
        is_beside = style not in going_on and opener is style
        if is_long or is_below or ((is_beside or not going_on) and not _is_within_sentence(text, label)):
            yield label


def _is_within_sentence(text: str, label: Label) -> bool:
    """Whether a label numbers a clause: what stands before it leads on to it.

    Not so 如下： before a first one, nor a semicolon before one with a heading (；2.队伍加强。招聘教师…).
    """
    end = shown_end(text, label.start)
    before = text[end - 1 : end]
    if before not in _LEADING_ON or (label.ordinal == 1 and before in "：:"):
        return False
    return before not in "；;" or SHORT_HEADING.match(text, label.end) is None


def _inline_firsts(text: str, labels: Sequence[Label]) -> set[int]:
    """An inline 1. whose 2. opens a line: the first of a series that was left on its heading's line."""
    found = set()
    for style in (Style.HAN_BRACKET, Style.ARABIC):
        series = [label for label in labels if label.style is style]
        for first, second in pairwise(series):
            if (first.ordinal, second.ordinal) == (1, 2) and second.at_line_start and not first.at_line_start:
                found.add(first.start)
    return found


def _inline_between(text: str, labels: Sequence[Label]) -> set[int]:
    """An inline 3. between the 2. and the 4. of two lines, right behind a heading's words: left on its line."""
    found = set()
    opener: Label | None = None
    series: list[Label] = []
    headed: set[int] = set()
    for label in labels:
        if label.at_line_start:
            opener = label
        elif opener and opener.style < label.style and not _CLAUSE_END.search(text, opener.end, label.start):
            headed.add(label.start)
        if label.style is Style.ARABIC and (label.at_line_start or label.start in headed):
            series.append(label)
    for before, label, after in zip(series, series[1:], series[2:], strict=False):
        counts = before.ordinal and (before.ordinal + 1, before.ordinal + 2) == (label.ordinal, after.ordinal)
        if counts and not label.at_line_start and before.at_line_start and after.at_line_start:
            found.add(label.start)
    return found


def _inline_among_lines(text: str, labels: Sequence[Label]) -> set[int]:
    """Inline labels behind a sentence's end that fill up the count of those that open lines: line ends were lost.

    They do only where every label of that style that opens a line is in its place in the count. A count that is
    inline from its first to its last is believed where others go on over lines, and no number stands above it.
    """
    found: set[int] = set()
    for style in (Style.HAN_COMMA, Style.HAN_BRACKET, Style.ARABIC, Style.ARABIC_BRACKET):
        series = [label for label in labels if label.style is style and _may_fill_up(text, label)]
        counted = counted_runs(series, gaps=True)
        lines = {label.start for label in series if label.at_line_start}
        mixed = [run for run in counted if len({label.at_line_start for label in run}) > 1]
        if mixed and lines <= {label.start for run in counted for label in run}:
            openings = {following.start for above, following in pairwise(labels) if above.style < style}
            whole = [run for run in counted if run[0].start in openings and len(run) > 2]
            found |= {label.start for run in (*mixed, *whole) for label in run if not label.at_line_start}
    return found


def _inline_behind_part(text: str, labels: Sequence[Label]) -> set[int]:
    """The list on the line of a part's heading, right behind its colon: 下半年工作打算：（1）攻坚项目。…（2）…

    A list in the paragraph that turns to plans is one, too.
    """
    found: set[int] = set()
    lines = Lines(text)
    for i, first in enumerate(labels):
        start = lines.start(first.start)
        words = text[max(start, first.start - LONGEST_TURN) : first.start].strip()
        if first.ordinal == 1 and _leads_to_list(words):
            end = lines.end(start)
            same = list(_of_style_before(labels, i, end))
            found |= {label.start for label in listed_among(text, same, end, ANY_HEADING) if len(same) > 2}
    return found


def _of_style_before(labels: Sequence[Label], first: int, end: int) -> Iterator[Label]:
    """The labels from that one on, before ``end``, which have its style."""
    for label in islice(labels, first, None):
        if label.start >= end:
            return
        if label.style is labels[first].style:
            yield label


def _leads_to_list(words: str) -> bool:
    """Whether the words before a list's first number head a part, or turn to one in a sentence of their own."""
    heads = words[-1:] in ("：", ":") and len(words) <= LONGEST_PART and names_part(words)
    return heads or (words[-1:] in ("：", ":", "。") and turns_to_plan(words)) or turns_in_line(words)


def _may_fill_up(text: str, label: Label) -> bool:
    """Whether a label opens a line, or stands behind a sentence's end and before a heading with a full stop."""
    if label.at_line_start:
        return True
    headed = _HEADED.match(text, label.end) or (label.style is Style.HAN_COMMA and _CLAUSED.match(text, label.end))
    return headed is not None and not _is_within_sentence(text, label)
