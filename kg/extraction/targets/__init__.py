"""Targets and results: every quantity of the body with what it counts, planned or achieved, and of which total."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise
from typing import TypedDict

from yaodian.extraction.intervals import Intervals
from yaodian.extraction.outline.parts import Parts
from yaodian.extraction.targets import commitments
from yaodian.extraction.targets.clauses import LONGEST_CLAUSE, Clauses, clause_end, clauses_of, last_joint
from yaodian.extraction.targets.completion import completed
from yaodian.extraction.targets.concepts import concept_of
from yaodian.extraction.targets.indicators import Context, begins_with_verb, between_values, indicator, verb_of
from yaodian.extraction.targets.lists import with_shared_units, with_units_before
from yaodian.extraction.targets.quantities import LeftAside, Quantity, quantities_in
from yaodian.extraction.targets.tabled import Tabled, tabled_in, target_of
from yaodian.model import Bindingness, Document, Measurement, Part, Span, Target, TargetStatus
from yaodian.ontology import lexicon
from yaodian.patterns import compiled
from yaodian.reading.body import is_furniture

_SENTENCE_END = compiled("[。！？\n]")
_PART_OF_SENTENCE_END = compiled("[；;]")
_OF_WHICH = compiled(r"其中|（含[^（()）]*$|\(含[^（()）]*$")
_GOES_ON_WITH = compiled("^[^。！？\n]*。其中[，,]?[^。！？\n]*$")
_LIST_GOES_ON = compiled("[、和][^，。；、\\n]{1,12}")
_ANY_UNIT = "个"
_PERIOD = compiled(r"(?:19|20)\d{2}\s*年?\s*[-—–~至]\s*((?:19|20)\d{2})\s*年?")
_OF_YEAR = compiled(r"((?:19|20)\d{2})年的$")
_OF_YEAR_REACH = len("2023年的")
_YEAR_OF_CLAUSE = compiled(
    r"(?<![^，,；;。：:\s])((?:19|20)\d{2})年(?=[，,]?(?:将|力争|计划|拟|要|预计|继续|确保|完成|已|[，,]))"
)
_TIME_AHEAD = compiled(
    r"\s*(?:(?:截至)?(?P<gone_by>(?:19|20)\d{2})年(?:年?[底末])?[，,]|[到至]?(?:19|20)\d{2}年|今[年后]|明年|未来|下一步|接下来|新的一年)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The targets of a document, and the numbers that are none.

    ``rows`` are the words that head the rows of tables that break figures down by place, by the ids of the targets.
    """

    targets: tuple[Target, ...]
    left_aside: tuple[LeftAside, ...]
    rows: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class Years:
    """The year that targets are planned for, and the one that results are reported of."""

    plan: int | None
    summary: int | None


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the numbers of a document stand in.

    ``names`` are the stretches whose numbers say nothing, ``reviews`` those that tell what there is already.
    """

    document: Document
    clauses: Clauses
    parts: Parts
    years: Years
    names: Intervals
    reviews: Intervals


def find_targets(
    document: Document, parts: Parts, years: Years, excluded: Sequence[Span], reviews: Iterable[tuple[int, int]] = ()
) -> Found:
    """The targets and results in the body; numbers inside ``excluded`` spans (titles of policies, units) are names.

    ``reviews`` are the stretches of a plan that tell what there is already.
    """
    start = document.title.end if document.title and document.title.end < document.body.end else document.body.start
    found = with_shared_units(document.text, quantities_in(document.text, start, document.body.end))
    found = with_units_before(document.text, found)
    tabled = tabled_in(document)
    told = Intervals((value.said.cell.span.start, value.said.cell.span.end) for value in tabled)
    found = [q for q in found if q.start not in told]
    furniture = _furniture_lines(document.text, start, [q.numeral for q in found if isinstance(q, Quantity)])
    names = Intervals([*((span.start, span.end) for span in excluded), *furniture])
    quantities = [q for q in found if isinstance(q, Quantity) and _is_told(q) and q.numeral not in names]
    setting = _Setting(
        document, clauses_of(document.text if quantities else ""), parts, years, names, Intervals(reviews)
    )
    ids = _ids([*(q.start for q in quantities), *(value.quantity.start for value in tabled)])
    targets = _with_baselines(document.text, list(_targets(setting, quantities, ids)))
    aside = [q for q in found if isinstance(q, LeftAside)]
    aside += [LeftAside(q.start, q.end, "no unit") for q in found if isinstance(q, Quantity) and not _is_told(q)]
    aside += [LeftAside(q.start, q.end, "in a name") for q in found if isinstance(q, Quantity) and q.numeral in names]
    found_targets = completed(document.text, setting.clauses, _of_one_total(list(_with_totals(document.text, targets))))
    of_tables = _of_tables(setting, tabled, ids)
    found_targets = tuple(sorted([*found_targets, *of_tables], key=lambda target: target.span.start))
    rows = {ids[value.quantity.start]: value.said.place.span for value in tabled if value.said.place}
    return Found(found_targets, tuple(sorted(aside, key=lambda a: a.start)), rows)


def _is_told(quantity: Quantity) -> bool:
    """Whether it is told what the number counts: by its unit, or a coefficient, which has none."""
    return bool(quantity.unit) or quantity.rule == "coefficient"


def _ids(starts: Sequence[int]) -> Mapping[int, str]:
    """The ids of the targets that begin at these offsets: their numbers in text order."""
    return {start: str(i) for i, start in enumerate(sorted(starts), start=1)}


def _of_tables(setting: _Setting, tabled: Sequence[Tabled], ids: Mapping[int, str]) -> Iterator[Target]:
    """The targets in tables of figures, those planned tied to the last value of their row that is there already.

    What a place is to reach is part of the sum of its column.
    """
    years = setting.years
    sums = {value.said.name.span.start: ids[value.quantity.start] for value in tabled if value.said.sums}
    for _, row in groupby(tabled, key=lambda value: value.said.name):
        reached: Target | None = None
        for value in row:
            target = target_of(value, ids[value.quantity.start], setting.document, years.plan, years.summary)
            if target.status == "achieved":
                reached = target
            elif reached and reached.unit == target.unit and target.measurement == "level":
                target = replace(target, baseline=reached.id)
            high = target.value_max
            part_of = None if value.said.sums else sums.get(value.said.name.span.start)
            yield replace(
                target, value=_plain(target.value), value_max=None if high is None else _plain(high), part_of=part_of
            )


def _furniture_lines(text: str, start: int, offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The lines of page furniture around these offsets: numbers in them (浏览次数：1286次) are none of the plan's."""
    end = start
    for offset in sorted(offsets):
        if offset < end:
            continue
        begin, end = max(start, text.rfind("\n", end, offset) + 1), text.find("\n", offset)
        end = len(text) if end < 0 else end
        if is_furniture(text[begin:end].strip()):
            yield begin, end


def _targets(setting: _Setting, quantities: Sequence[Quantity], ids: Mapping[int, str]) -> Iterator[Target]:
    document = setting.document
    previous: Target | None = None
    rights = _rights(document, quantities)
    for i, quantity in enumerate(quantities):
        context = _context(setting, quantity, previous, rights[i])
        clause = document.text[setting.clauses.start(quantity.start, document.body.start) : quantity.start]
        part = "summary" if quantity.start in setting.reviews else setting.parts.at(quantity.start)
        status = _status(context, clause, part)
        if status == "planned" and _looks_back(setting, quantity.start):
            status = "achieved"
        elif status == "achieved" and _looks_ahead(setting, quantity.start):
            status = "planned"
        words = indicator(context, quantity.unit == "%")
        previous = Target(
            id=ids[quantity.start],
            span=document.span(quantity.start, quantity.end),
            value=_plain(quantity.value),
            value_max=None if quantity.value_max is None else _plain(quantity.value_max),
            comparator=quantity.comparator,
            unit=quantity.unit,
            indicator=words,
            status=status,
            rule=quantity.rule,
            concept=concept_of(words).id,
            **_meaning(setting, quantity, status),
        )
        if _is_of_period_gone_by(setting, previous):
            previous = _reached(previous)
        yield previous


def _is_of_period_gone_by(setting: _Setting, target: Target) -> bool:
    """Whether the date of a target is that of a period that ends before the year of the plan (2016年至2023年)."""
    period = _PERIOD.fullmatch(target.deadline_span.quote) if target.deadline_span else None
    return bool(period and setting.years.plan and int(period[1]) < setting.years.plan)


def _looks_back(setting: _Setting, at: int) -> bool:
    """Whether a number tells of what is there already, for how its sentence or its paragraph begins.

    So it is where the sentence begins with 近年来 or with what is lacking, and where the last year that one of its
    paragraph begins with is gone by: 2023年，全县有学校41所.
    """
    begin, text = setting.clauses.sentence_start(at, setting.document.body.start), setting.document.text
    plan = setting.years.plan
    if _state_of_affairs().match(text, begin) and not (plan and _last_year_said(setting, at) == plan):
        return True
    if not plan:
        return False
    of = _OF_YEAR.search(text, max(0, at - _OF_YEAR_REACH), at)
    if of and int(of[1]) < plan:
        return True
    line = max(text.rfind("\n", 0, begin) + 1, at - LONGEST_CLAUSE)
    while (head := _TIME_AHEAD.match(text, begin)) is None and begin > line:
        begin = setting.clauses.sentence_start(begin - 1, line)
    return bool(head and head["gone_by"] and int(head["gone_by"]) < plan)


def _looks_ahead(setting: _Setting, at: int) -> bool:
    """Whether the last year that the sentence of a report speaks of is that of the plan: …；2024年将新增学位900个."""
    years = setting.years
    if years.plan is None or years.summary is None or years.plan <= years.summary:
        return False
    return _last_year_said(setting, at) == years.plan


def _last_year_said(setting: _Setting, at: int) -> int | None:
    """The last year that the sentence speaks of before a number."""
    begin = setting.clauses.sentence_start(at, setting.document.body.start)
    said = [int(match[1]) for match in _YEAR_OF_CLAUSE.finditer(setting.document.text, begin, at)]
    return said[-1] if said else None


@cache
def _state_of_affairs() -> re.Pattern[str]:
    return compiled(lexicon("quantities")["status"]["state_of_affairs"])


class _Meaning(TypedDict):
    measurement: Measurement
    bindingness: Bindingness
    bindingness_span: Span | None
    deadline: str | None
    deadline_span: Span | None
    per: str | None
    beneficiary: str | None


def _meaning(setting: _Setting, quantity: Quantity, status: TargetStatus) -> _Meaning:
    """What is promised by a quantity."""
    document, years, at = setting.document, setting.years, quantity.start
    floor, reach = document.body.start, at - LONGEST_CLAUSE
    clause_start = max(reach, setting.clauses.start(at, floor))
    clause = document.text[clause_start:at]
    around = max(reach, setting.clauses.start(at, 0)), min(document.body.end, quantity.end + LONGEST_CLAUSE)
    sentence = setting.clauses.sentence_start(at, floor)
    year = years.plan if status == "planned" else years.summary
    by = commitments.deadline(document.text, sentence, at, year, setting.names)
    deed = _deed_start(setting, clause_start, sentence)
    firm = commitments.firmness(document.text, sentence, deed, at) if status == "planned" else None
    return {
        "measurement": commitments.measurement(clause, quantity.unit),
        "bindingness": firm.kind if firm else "stated",
        "bindingness_span": _printed_at(document, firm),
        "deadline": by.value if by else None,
        "deadline_span": _printed_at(document, by),
        "per": commitments.per_unit(clause),
        "beneficiary": commitments.beneficiary(document.text, around, quantity.end),
    }


def _deed_start(setting: _Setting, clause: int, sentence: int) -> int:
    """Where what is done with the number begins: clauses that begin with a verb go on with the deeds before them."""
    start = clause
    while start > sentence and begins_with_verb(setting.document.text, start):
        start = setting.clauses.start(start - 1, sentence)
    return start


def _printed_at(document: Document, said: commitments.Deadline | commitments.Firmness | None) -> Span | None:
    return document.span(said.start, said.end) if said and said.start is not None and said.end is not None else None


def _context(setting: _Setting, quantity: Quantity, previous: Target | None, right: str) -> Context:
    text, clauses = setting.document.text, setting.clauses
    floor = previous.span.end if previous else setting.document.body.start
    start = clauses.start(quantity.start, floor)
    above_end = max(floor, start - 1)
    above = text[clauses.start(above_end, floor) : above_end] if text[above_end] in "，," else ""
    in_sentence = previous is not None and not _SENTENCE_END.search(text, floor, quantity.start)
    inherited = previous.indicator if in_sentence and previous else ""
    return Context(
        left=_left(text, start, quantity.start, carried_on=previous is not None and start == floor, alone=not right),
        right=right,
        above=above[-LONGEST_CLAUSE:],
        inherited=inherited,
        shared=inherited if previous and previous.unit == quantity.unit else "",
        verb=verb_of(inherited) if text[floor : floor + 1] == "、" and start == floor else "",
    )


def _left(text: str, start: int, end: int, *, carried_on: bool, alone: bool) -> str:
    """The words before a number in its clause; in a list (``carried_on``) those since the last 、 or 和.

    Words between two numbers without a 、 belong to the first (6人1校获表彰), unless the second had none (``alone``).
    """
    start = max(start, end - LONGEST_CLAUSE)
    if not carried_on:
        return text[start:end]
    joint = last_joint(text, start, end)
    if joint is None:
        return text[start:end] if alone else ""
    return text[joint + 1 : end]


def _rights(document: Document, quantities: Sequence[Quantity]) -> list[str]:
    """The words behind each number; numbers that touch (6人1校获表彰) share those behind the last."""
    text, rights = document.text, [""] * len(quantities)
    following, words = document.body.end, ""
    for i, quantity in reversed(list(enumerate(quantities))):
        end = quantity.end
        if i + 1 == len(quantities) or following != end:
            words = text[end : clause_end(text, end, min(following, end + LONGEST_CLAUSE))]
        rights[i], following = words, quantity.start
    return rights


@cache
def _achieved() -> re.Pattern[str]:
    return compiled("|".join(lexicon("quantities")["status"]["achieved"]))


@cache
def _planned() -> re.Pattern[str]:
    return compiled("|".join(lexicon("quantities")["status"]["planned"]))


def _status(context: Context, clause: str, part: Part) -> TargetStatus:
    """Planned or achieved: by the part; words tell what is already there in a plan, and still to come in a report.

    In a report those of the ``clause`` hold for a whole list: 方案新建79所、改扩建69所.
    """
    if part == "plan":
        return "achieved" if _achieved().search(context.left) else "planned"
    if _planned().search(context.left) or _planned().search(context.right):
        return "planned"
    carried = _planned().search(clause) is not None and _achieved().search(context.left) is None
    return "planned" if carried else "achieved"


def _with_baselines(text: str, targets: Sequence[Target]) -> list[Target]:
    """The targets, with the B of 从A提高到B tied to its A, which is there already."""
    found = list(targets[:1])
    for before, target in pairwise(targets):
        starts = commitments.is_baseline(text, before.span.start, before.span.end, target.span.start)
        if starts and before.unit == target.unit and found[-1].baseline is None:
            between = text[before.span.end : target.span.start]
            first, second = between_values(found[-1].indicator, target.indicator, between)
            found[-1] = _named(_reached(found[-1]), first)
            found.append(_named(replace(target, baseline=before.id), second))
        else:
            found.append(target)
    return found


def _named(target: Target, words: str) -> Target:
    return target if words == target.indicator else replace(target, indicator=words, concept=concept_of(words).id)


def _reached(target: Target) -> Target:
    """The target as a value that was there before the plan: nothing promises it."""
    if target.status == "achieved":
        return target
    return replace(
        target, status="achieved", bindingness="stated", bindingness_span=None, deadline=None, deadline_span=None
    )


def _plain(value: Decimal) -> Decimal:
    """The value without trailing zeros or exponent (12500.00 → 12500)."""
    return Decimal(f"{value.normalize():f}")


def _with_totals(text: str, targets: Sequence[Target]) -> Iterator[Target]:
    """The targets, with those behind 其中 tied to the nearest total of their unit before it in the sentence."""
    totals = _Totals()
    end: int | None = None
    before: Target | None = None
    total: str | None = None
    for target in targets:
        between = "" if end is None else text[end : target.span.start]
        if _SENTENCE_END.search(between) and not _GOES_ON_WITH.search(between):
            totals = _Totals()
        if _PART_OF_SENTENCE_END.search(between):
            totals.close()
        if _OF_WHICH.search(between):
            totals.open()
        total = totals.nearest(target) or (totals.listed(target, total) if _goes_on(between, target, before) else None)
        totals.add(target)
        end, before = target.span.end, target
        yield replace(target, part_of=total) if total else target


def _of_one_total(targets: Sequence[Target]) -> list[Target]:
    """The targets without ties where the parts are those of several totals together: 甲类12个、乙类45个，其中…."""
    places = {target.id: i for i, target in enumerate(targets)}
    parts: dict[str, Decimal] = {}
    for target in targets:
        if target.part_of:
            parts[target.part_of] = parts.get(target.part_of, Decimal(0)) + target.value
    several = {total for total, value in parts.items() if _is_shared(targets, places[total], value)}
    return [replace(target, part_of=None) if target.part_of in several else target for target in targets]


def _is_shared(targets: Sequence[Target], at: int, parts: Decimal) -> bool:
    """Whether the parts exceed the total at ``at`` and are what it and those of its unit right before it add up to."""
    total = targets[at].value
    if total >= parts:
        return False
    for before in reversed(targets[:at]):
        if before.unit != targets[at].unit or total >= parts:
            break
        total += before.value
    return total == parts


def _goes_on(between: str, target: Target, before: Target | None) -> bool:
    """Whether the target goes on with the list that ``before`` is in, counted in 个: 小学63所、教学点22个."""
    if before is None or target.unit != _ANY_UNIT or before.unit == _ANY_UNIT:
        return False
    return _LIST_GOES_ON.fullmatch(between) is not None


class _Totals:
    """The numbers of a sentence that others may be parts of: those before the last 其中, until a semicolon."""

    def __init__(self) -> None:
        self._waiting: list[Target] = []
        self._is_open = False
        # By unit: negated values, rising, with ids. What a later number is at least as large as is never the nearest.
        self._known: dict[str, tuple[list[Decimal], list[str]]] = {}
        # What the parts so far leave of each total, by id.
        self._rest: dict[str, Decimal] = {}

    def add(self, target: Target) -> None:
        """Take up a number that may be a total for those behind the next 其中."""
        self._waiting.append(target)

    def open(self) -> None:
        """其中: all numbers so far may be totals."""
        for target in self._waiting:
            values, ids = self._known.setdefault(target.unit, ([], []))
            while values and values[-1] >= -target.value:
                values.pop()
                ids.pop()
            values.append(-target.value)
            ids.append(target.id)
            self._rest[target.id] = target.value
        self._waiting, self._is_open = [], True

    def close(self) -> None:
        """A semicolon: what follows is part of no total."""
        self._is_open = False

    def nearest(self, target: Target) -> str | None:
        """The id of the last total of the target's unit that is not smaller than it, and not used up by its parts."""
        if not self._is_open or target.unit not in self._known:
            return None
        values, ids = self._known[target.unit]
        below = bisect_right(values, -target.value)
        total = ids[below - 1] if below else None
        return self._taken(target, total) if total and self._rest[total] else None

    def listed(self, target: Target, total: str | None) -> str | None:
        """The id of ``total``, which the member before is part of, where it leaves enough for the target."""
        return self._taken(target, total) if total and target.value <= self._rest[total] else None

    def _taken(self, target: Target, total: str) -> str:
        self._rest[total] -= target.value
        return total
