"""Where a heading ends: at a full stop, a line end, a colon, a gap, or where nothing sets it off from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from yaodian.extraction.outline.cutting import fitness, least_fitness
from yaodian.ontology import lexicon
from yaodian.patterns import compiled

LONGEST_SENTENCE_HEADING = 60
SHORT_HEADING = 25
SHORTEST_RUN_IN = 4
FEWEST_TO_COMPARE = 4
"""Headings that a run must have to show how long its own are."""

# No stop is what ends a character reference that a page left in its text (&quot;).
_STOP = compiled(r"[。！？；!?]|(?<!&quot)(?<!&nbsp)(?<!&amp)(?<!dquo)(?<!&lt)(?<!&gt);")
_SPACED = compiled(r"([^\s，。；：,;:]{4,20})[ \u2002\u2003](?=[\u4e00-\u9fff]{2}|\d+[\u4e00-\u9fff]|[（(]一[)）])")
_SPACED_CLAUSES = compiled(r"([^\s。；：;:]{4,30})[ \u2002\u2003](?=[\u4e00-\u9fff]{2})")
_TWO_CLAUSES = compiled(r"([^，,。；：:\n]{2,12}[，,][^，,。；：:\n]{2,12})[：:](?=[^\n]{8})")
_SENTENCE_ENDS = ("。", "；", ";")
_OF_STATEMENTS = compiled(r"[\d《]")
_COUNT = compiled(r"(?<![“+\d.])\d+(?![\d.+”年])")
_LEADING_CLAUSE = compiled(r"([^，,。；：:\d\n]{4,12})[，,]")
_CLAUSE = compiled(r"[^，,。；：:\d\n]{4,20}(?=[，,])")
_COLON = compiled(r"[:：]")
# A clause without numbers, which would be the work itself.
_MOTTO = compiled(r"[^，。；：！？,;:!?\d\n]{4,18}(?=。)")
_REST = compiled(r"[^\S\n]*\S")
_COLONS = ("：", ":")
_SET_OFF = (*_COLONS, "，", ",")
_FIRST_MEASURE = compiled(
    r"([ \t\u3000]*)(?:一是|一要|(?<![\u4e00-\u9fff])第一[，,、]|首先[，,]|[（(]1[)）]|①|(?<!\d)1[.．、](?!\d))"
)
# A space is enough to end what opens a part: 存在的问题, 2022年主要工作.
_WORK = "工作"
_GAP = compiled(r"[ \t\u2002\u2003\u3000\xa0]{2,}|\u3000")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's extent (without its final punctuation) and whether anything sets it off from its text."""

    start: int
    end: int
    set_off: bool
    own_line: bool


def heading_at(text: str, start: int, limit: int) -> Heading:
    """The heading that begins at ``start`` and ends at ``limit`` at the latest, told by punctuation alone."""
    line_end = text.find("\n", start, limit)
    line_end = limit if line_end < 0 else line_end
    sentence = _STOP.search(text, start, line_end)
    stop = sentence.start() if sentence else line_end
    first = _FIRST_MEASURE.search(text, start + SHORTEST_RUN_IN, min(stop, start + LONGEST_SENTENCE_HEADING))
    if first and not re.search("[，,]", text[start : first.start() - 1]):
        words = text[start : first.start()].rstrip("：:，,")
        end = start + len(words)
        return Heading(start, end, end < first.start() or bool(first[1]), False)
    spaced = _SPACED.match(text, start, stop)
    if spaced and (names_part(spaced[1]) or spaced[1].endswith(_WORK)):
        return Heading(start, spaced.end(1), True, False)
    part = run_in_part().match(text, start, stop)
    if part:
        return Heading(start, part.end(), False, False)
    gap = _GAP.search(text, start + SHORTEST_RUN_IN, min(stop, start + LONGEST_SENTENCE_HEADING))
    if gap and text[gap.end() : line_end].strip():
        return Heading(start, gap.start(), True, False)
    colon = _COLON.search(text, start, min(stop, start + SHORT_HEADING))
    if colon and text[colon.end() : line_end].strip() and not re.search("[，,]", text[start : colon.start()]):
        return Heading(start, colon.start(), True, False)
    end = start + len(text[start:stop].rstrip(" \t\r\u3000\xa0:：。"))
    own_line = not text[stop + (1 if sentence else 0) : line_end].strip()
    return Heading(start, end, end - start <= LONGEST_SENTENCE_HEADING or own_line, own_line)


def _with_mottos(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, to the ends of their mottos (党的建设：要在“融”字上做文章。…) where half of the colons bring one.

    Where few do, what stands there is but a short first sentence.
    """
    coloned = [h for h in headings if text[h.end : h.end + 1] in _COLONS and not h.own_line]
    mottos = {h.start: end for h in coloned if (end := _motto_end(text, h.end + 1)) is not None}
    if 2 * len(mottos) < len(coloned):
        return list(headings)
    return [Heading(h.start, mottos.get(h.start, h.end), h.set_off, h.own_line) for h in headings]


def _motto_end(text: str, start: int) -> int | None:
    motto = _MOTTO.match(text, start)
    return motto.end() if motto and _REST.match(text, motto.end() + 1) else None


def states_work(words: str) -> bool:
    """Whether words have a figure or a title in them, as the work itself has and its heading has not."""
    return _OF_STATEMENTS.search(words) is not None


def names_part(heading: str) -> bool:
    """Whether a heading names the report or the plan, not a work item."""
    return _part_words().search(heading) is not None


def names_plan(heading: str) -> bool:
    """Whether a heading names the plan and not the report."""
    words = lexicon("outline")
    return re.search(words["plan"], heading) is not None and re.search(words["summary"], heading) is None


@cache
def _part_words() -> re.Pattern[str]:
    words = lexicon("outline")
    return compiled(f"{words['summary']}|{words['plan']}")


@cache
def run_in_part() -> re.Pattern[str]:
    """The heading of a part that its first sentence follows without a stop."""
    return compiled(lexicon("outline")["run_in_part"])


def split_run_in(
    text: str, headings: Sequence[Heading], runs: Sequence[slice] = (), *, stating: bool = False
) -> list[Heading]:
    """The headings of one series, with those that run into their text cut where a new clause begins.

    A first sentence far longer than the series' other headings is no heading: its siblings show how long one is. A
    report and a plan may set theirs off each in its own way: ``runs`` are the stretches that count from one.
    ``stating`` says whether the lists that the series is one of state the work itself.
    """
    headings = _set_off_by_habit(text, _with_mottos(text, headings), stating=stating)
    for run in runs:
        headings[run] = _set_off_by_habit(text, headings[run])
    if runs and min(len(headings[run]) for run in runs) >= FEWEST_TO_COMPARE:
        return [heading for run in runs for heading in _cut_series(text, headings[run])]
    return _cut_series(text, headings)


def _cut_series(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, those cut that are too long for what the others show."""
    lengths = [h.end - h.start for h in headings if h.end - h.start <= SHORT_HEADING]
    if 2 * sum(h.own_line for h in headings) > len(headings):
        return list(headings)
    if len(lengths) * 3 < len(headings) or not lengths:
        return [_first_clause(text, h) for h in headings]
    usual = median(lengths)
    longest = _longest(lengths, usual)
    commas = int(median(_commas(text[h.start : h.end]) for h in headings if h.end - h.start <= longest))
    most_short = 2 * len(lengths) >= len(headings)
    return [_within_series(text, h, usual, commas, longest, most_short) for h in headings]


def _set_off_by_habit(text: str, headings: Sequence[Heading], *, stating: bool = False) -> list[Heading]:
    """The headings, with those cut that a colon behind two clauses sets off, a comma, or a single space.

    Where most are sentences that state the work itself (1.加强教研，下乡40次。…), or a comma stands before the first
    measure of some (1.加强教研，一是…), their first clauses are the headings.
    """
    headings = _cut_at_habit(text, headings, _TWO_CLAUSES, 3)
    comma_ended = sum(text[h.end : h.end + 1] in ("，", ",") for h in headings)
    states = stating and any(states_work(text[h.start : h.end]) for h in headings)
    if 4 * comma_ended >= len(headings) or states or are_statements(text, headings):
        headings = _cut_at_habit(text, headings, _LEADING_CLAUSE, 4)
    return _cut_at_habit(text, headings, _SPACED, 1)


def _within_series(text: str, heading: Heading, usual: float, commas: int, longest: float, most_short: bool) -> Heading:
    """The heading, cut where it is too long for its series, or so long that it runs on where a cut fits the series."""
    if heading.end - heading.start > longest:
        return _shortened(text, heading, usual, commas, most_short)
    words = text[heading.start : heading.end]
    if heading.own_line or len(words) <= max(1.6 * usual, usual + 6):
        return heading
    states = _commas(words) > commas and states_work(words)
    reach = max(3, usual / 2 - 1)
    if states or _COUNT.search(words):
        return _shortened(text, heading, usual, commas, most_short, reach)
    return _cut(text, heading, usual, commas, reach) if len(words) > 2 * usual + 3 else heading


def are_statements(text: str, headings: Sequence[Heading]) -> bool:
    """Whether most of the series are sentences, long or with figures or titles in them, and most of these have such."""
    sentences = [h for h in headings if text[h.end : h.end + 1] in _SENTENCE_ENDS]
    stating = {h.start for h in sentences if states_work(text[h.start : h.end])}
    saying = [h for h in sentences if h.end - h.start > SHORT_HEADING or (h.start in stating and not h.own_line)]
    return 2 * len(saying) >= len(headings) and 3 * len(stating) >= len(saying) > 0


def _shortened(
    text: str, heading: Heading, usual: float, commas: int, most_short: bool, reach: float = SHORT_HEADING
) -> Heading:
    """The heading cut; one clause with a full stop behind it stays whole where no cut is as long as its siblings."""
    clause = _clause_of(text, heading, usual) if most_short and not commas else None
    cuts = [cut for cut in (clause, _cut(text, heading, usual, commas, reach)) if cut and cut != heading]
    cut = min(cuts, key=lambda cut: abs(cut.end - cut.start - usual), default=heading)
    words = text[heading.start : heading.end]
    is_clause = len(words) <= SHORT_HEADING and not _commas(words) and text[heading.end : heading.end + 1] == "。"
    return heading if is_clause and abs(cut.end - cut.start - usual) > max(2, usual / 3) else cut


def _commas(words: str) -> int:
    return words.count("，") + words.count(",")


def _cut_at_habit(
    text: str, headings: Sequence[Heading], pattern: re.Pattern[str], fewest_of_five: int
) -> list[Heading]:
    """The headings, each cut where the pattern's first group ends, if so many of five in the series match it."""
    cuts = [None if _fills_line(text, h) else pattern.match(text, h.start, h.end) for h in headings]
    open_ended = sum(text[h.end : h.end + 1] not in _SET_OFF for h in headings)
    if sum(match is not None for match in cuts) * 5 < fewest_of_five * open_ended or open_ended < 3:
        return list(headings)
    return [Heading(h.start, m.end(1), True, False) if m else h for h, m in zip(headings, cuts, strict=True)]


def _fills_line(text: str, heading: Heading) -> bool:
    """Whether a heading is all of its line, and no sentence: nothing is to be cut off there."""
    words = text[heading.start : heading.end]
    is_sentence = text[heading.end : heading.end + 1] in _SENTENCE_ENDS
    return heading.own_line and not (is_sentence and re.search(r"[，,；\d]", words))


def _longest(lengths: Sequence[int], usual: float) -> float:
    """How long a heading of the series may be; a series of equal lengths (对仗) leaves little room."""
    alike = sum(abs(length - usual) <= 2 for length in lengths)
    return max(1.8 * usual, usual + 6) if 5 * alike >= 4 * len(lengths) >= 20 else max(2 * max(lengths), SHORT_HEADING)


def _first_clause(text: str, heading: Heading) -> Heading:
    if heading.set_off:
        return heading
    comma = compiled("[，,]").search(text, heading.start, heading.end)
    end = comma.start() if comma and comma.start() - heading.start <= SHORT_HEADING else heading.end
    return Heading(heading.start, end, comma is not None, False)


def _clause_of(text: str, heading: Heading, usual: float) -> Heading | None:
    """The first of the clauses that run on where the siblings' headings, of about its length, end with a full stop."""
    clause = _CLAUSE.match(text, heading.start, heading.end)
    if clause is None or heading.end - heading.start <= SHORT_HEADING:
        return None
    is_like = abs(len(clause[0]) - usual) <= usual / 2 and _closed(clause[0], 0)
    return Heading(heading.start, clause.end(), True, False) if is_like else None


def _cut(text: str, heading: Heading, usual: float, commas: int, reach: float) -> Heading:
    """The heading up to a space or to where a clause begins; it has as many ``commas`` as its siblings at most.

    The clause may begin up to ``reach`` characters from where its siblings end.
    """
    start = heading.start
    spaced = _SPACED_CLAUSES.match(text, start, heading.end)
    if spaced and _closed(spaced[1], commas) and abs(spaced.end(1) - start - usual) <= usual / 2:
        return Heading(start, spaced.end(1), True, False)
    limit = min(heading.end, start + SHORT_HEADING + 1)
    sentence = text[start : heading.end]
    whole = text[heading.end : heading.end + 1] == "。" and not (states_work(sentence) or _commas(sentence))
    prepositions = lexicon("outline")["prepositions"] if whole else ""  # 基层治理在发展中具有重要地位。
    ends = {
        end: fitness(text, start, end, usual)
        for end in range(start + SHORTEST_RUN_IN, limit)
        if abs(end - start - usual) <= (2 if text[end].isdigit() else reach)
        and text[end] not in prepositions
        and _closed(text[start:end], commas)
    }
    end = max(ends, key=lambda end: (ends[end], -end), default=heading.end)
    return heading if ends.get(end, 0) < least_fitness(whole=whole) else Heading(start, end, False, False)


def _closed(words: str, commas: int) -> bool:
    """Whether the words may end a heading: quotes paired, no clause left open, no more commas than allowed."""
    predicate = re.search(rf"[\u4e00-\u9fff]{{2}}(?:{lexicon('outline')['degrees']})[\u4e00-\u9fff]{{2}}$", words)
    if words.endswith((*lexicon("outline")["open_endings"], "，", ",")) and not predicate:
        return False
    if re.search("[：:]", words):
        return False
    if _commas(words) > commas:
        return False
    return all(words.count(opening) == words.count(closing) for opening, closing in ("“”", "《》", "（）", "()"))
