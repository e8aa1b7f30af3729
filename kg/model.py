"""The data every stage shares: a document, and the plan found in it.

Offsets are Unicode code points into ``Document.text``; ``text[start:end] == quote`` holds for every
:class:`Span`, because :func:`span_of` is the only way spans are made.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from yaodian.lines import LINE_END, line_starts

if TYPE_CHECKING:
    import rdflib

Part = Literal["plan", "summary"]
Kind = Literal["plan", "summary", "summary+plan"]
DraftStatus = Literal["draft", "final", "unknown"]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx", "range"]
TargetStatus = Literal["planned", "achieved"]
Bindingness = Literal["binding", "expected", "exploratory", "stated"]
Measurement = Literal["level", "change"]
Action = Literal["issue", "draft", "revise", "implement", "cite", "achieved-issue"]
NATIONWIDE = "000000"
AdminLevel = Literal["province", "city", "county", "town"]
Role = Literal["lead", "support", "responsible"]
ROLES: tuple[Role, ...] = get_args(Role)
TextRole = Literal[
    "title",
    "heading",
    "item",
    "introduction",
    "table",
    "contents",
    "closing",
    "attachment",
    "metadata",
    "furniture",
    "unaccounted",
]
InstitutionKind = Literal["school", "kindergarten", "university", "institute", "hospital"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: ``document.text[start:end] == quote``."""

    start: int
    end: int
    quote: str

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end


def span_of(text: str, start: int, end: int) -> Span:
    """The span ``text[start:end]``; ``ValueError`` where it is empty or outside the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}..{end} does not lie in the text (0..{len(text)})")
    return Span(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Place:
    """A position for people: 1-based line and column, counted in code points."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reading or extraction could not do, or did with a loss worth telling."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where ``text[start:end]`` stands in a file that has no lines of its own, all numbers counted from 1.

    In a file of pages ``page`` and ``line`` on it; in a word processor's ``paragraph``, or ``table``, ``row`` and
    ``column``. ``part`` names the file within an archive.
    """

    start: int
    end: int
    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell that shows text, at its 0-based row and column; a merged cell covers several ``rows``."""

    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the document: its cells in reading order, each merged cell once, empty cells left out."""

    cells: tuple[Cell, ...]

    @property
    def start(self) -> int:
        """Where its first cell begins."""
        return self.cells[0].span.start

    @property
    def end(self) -> int:
        """Where its last cell ends."""
        return max(cell.span.end for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text and what it is."""

    role: TextRole
    span: Span


@dataclass(frozen=True)
class Document:
    """What was read: the text, where its body lies, and what the page says about it.

    ``title`` is the title block as printed (it may run over lines); ``labelled`` holds label/value pairs printed
    around the body (发布机构:…, 生成日期:…), keyed by the label as printed without inner spaces; ``title_hint`` is a
    title that the format itself states (HTML ``<title>``); ``around`` says of each line around the body what it is.
    """

    name: str
    source: str
    sha256: str
    media_type: str
    encoding: str
    text: str
    body: Span
    title: Span | None = None
    labelled: tuple[tuple[str, Span], ...] = ()
    title_hint: str | None = None
    tables: tuple[Table, ...] = ()
    origins: tuple[Origin, ...] = ()
    problems: tuple[Problem, ...] = ()
    around: tuple[Segment, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return line_starts(self.text)

    def place(self, offset: int) -> Place:
        """Line and column (1-based) of an offset; ``ValueError`` outside the text."""
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside the text (0..{len(self.text)})")
        line = bisect.bisect_right(self._line_starts, offset)
        return Place(line, offset - self._line_starts[line - 1] + 1)

    def origin(self, offset: int) -> Origin | None:
        """Where in the file an offset stands; None where the text's own lines are the file's."""
        i = bisect.bisect_right(self.origins, offset, key=lambda origin: origin.start) - 1
        return self.origins[i] if i >= 0 and offset < self.origins[i].end else None

    def line(self, number: int) -> str:
        """The text of a 1-based line, without its line end."""
        following = self._line_starts[number : number + 1] or [len(self.text)]
        line = self.text[self._line_starts[number - 1] : following[0]]
        return LINE_END.sub("", line)

    def tables_in_body(self) -> Iterator[Table]:
        """The tables that lie in the body, in text order."""
        return (table for table in self.tables if self.body.start <= table.start and table.end <= self.body.end)

    def span(self, start: int, end: int) -> Span:
        """The span from ``start`` to ``end`` (exclusive); ``ValueError`` where it is empty or outside."""
        return span_of(self.text, start, end)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the document says of itself. ``*_code`` are GB/T 2260 codes; years are Gregorian.

    ``city`` is the prefecture-level city, also of a county's plan, which has ``county`` besides. A city that is no
    current division has a name and no code.
    """

    title: str | None = None
    title_span: Span | None = None
    issuers: tuple[str, ...] = ()
    issuer_spans: tuple[Span, ...] = ()
    city: str | None = None
    city_code: str | None = None
    county: str | None = None
    county_code: str | None = None
    province: str | None = None
    province_code: str | None = None
    plan_year: int | None = None
    summary_year: int | None = None
    published: str | None = None
    published_span: Span | None = None
    doc_number: str | None = None
    doc_number_span: Span | None = None
    status: DraftStatus = "unknown"
    kind: Kind = "plan"

    @property
    def home(self) -> str | None:
        """The division that the plan is for: the code of its county, city or province, or a city's bare name."""
        return self.county_code or self.city_code or self.city or self.province_code


@dataclass(frozen=True, slots=True)
class Section:
    """A heading above the work items. ``ordinal`` is the number its label means, None where none is printed."""

    id: str
    label: str
    printed_label: str
    ordinal: int | None
    level: int
    heading: str
    span: Span
    part: Part
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One of an item's enumerated measures (一是…, 二是…, (1)…)."""

    label: str
    ordinal: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """A quantified statement. ``status`` planned: a target; achieved: a result.

    ``value`` is in base units (3.1万个 → 31000, unit 个); a range has ``value`` ≤ ``value_max``. ``measurement``
    tells a level from a change of one (增长8%). ``part_of`` is the ``id`` of the total it is a part of, ``baseline``
    that of the value it starts from (从A提高到B). ``per`` is what it holds for each of (每个县),
    ``places`` the ids of the place mentions that it is said of, none where that is all of the plan's place.
    ``deadline`` is an ISO 8601 date or year; ``deadline_span`` is None where it is the plan's year by default.
    ``concept`` identifies the indicator across documents. ``rule`` names the rule that found it, ``bindingness_span``
    the word that binds.
    """

    id: str
    span: Span
    value: Decimal
    value_max: Decimal | None
    comparator: Comparator
    unit: str
    indicator: str
    status: TargetStatus
    item: str | None = None
    part_of: str | None = None
    rule: str = ""
    concept: str = ""
    measurement: Measurement = "level"
    bindingness: Bindingness = "stated"
    bindingness_span: Span | None = None
    deadline: str | None = None
    deadline_span: Span | None = None
    baseline: str | None = None
    per: str | None = None
    beneficiary: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Something without a number that will exist or be finished: ``action`` brings about ``object``.

    Of a policy that is to be issued or revised, ``action`` is what is done with it and ``policy`` identifies it; of
    any other thing ``action`` is the verb as printed. ``rule`` names the rule that found it, ``evidence`` is the words
    that decided.
    """

    id: str
    span: Span
    action: str
    object: str
    status: TargetStatus
    policy: str | None = None
    item: str | None = None
    rule: str = ""
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftAside:
    """A number that is no target, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class PolicyReference:
    """A policy named in the text and what this plan does with it. ``span`` covers the title's characters.

    ``policy`` identifies the policy across documents: an authority entry's id, or one made of the
    normalised title; ``canonical`` is its title there. ``marked`` is false for titles printed without 《》. ``rule``
    names the rule that found it, ``evidence`` is the verb that says what is done.
    """

    id: str
    span: Span
    title: str
    action: Action
    policy: str
    canonical: str
    marked: bool = True
    nested: bool = False
    doc_number: str | None = None
    item: str | None = None
    rule: str = ""
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """An administrative division named as a place. ``codes`` are GB/T 2260 (several for 京津冀).

    A town has no code, nor has a county that no list holds: ``within`` is the division named right before it, else
    the plan's home.
    ``rule`` names the rule that found it.
    """

    id: str
    span: Span
    codes: tuple[str, ...]
    names: tuple[str, ...]
    admin: AdminLevel
    item: str | None = None
    rule: str = ""
    within: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """What tells the places from all others: the codes, or the names below the division they lie in."""
        return self.codes or tuple(f"{self.within or NATIONWIDE}-{name}" for name in self.names)


@dataclass(frozen=True, slots=True)
class InstitutionMention:
    """A school, university, institute or hospital that the text names: one of them, not a kind of them.

    ``name`` is as printed, without the spaces and line ends inside it. ``rule`` names the rule that found it.
    """

    id: str
    span: Span
    name: str
    kind: InstitutionKind
    item: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A unit named as responsible for an item, as printed.

    ``rule`` names the rule that found it, ``evidence`` is the label or the word that tells its role.
    """

    id: str
    span: Span
    role: Role
    item: str | None = None
    rule: str = ""
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeConcept:
    """A concept of a theme scheme that is not the built-in one."""

    iri: str
    code: str
    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class ThemeAssignment:
    """A theme an item is about, with the spans of the terms that decided it.

    ``concept`` is the theme's own where a user's scheme replaces the built-in one.
    """

    code: str
    evidence: tuple[Span, ...] = ()
    concept: ThemeConcept | None = None


@dataclass(frozen=True, slots=True)
class TextMark:
    """An oddity of the text that rules judge: a placeholder, an unpaired bracket, injected foreign text…

    ``kind`` is a notation of the mark scheme in ``ontology/``; ``expected`` is what probably should stand there.
    """

    id: str
    kind: str
    span: Span
    expected: str | None = None
    detail: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """The unit of work: heading, measures, and what was found in it. ``span`` runs from its label to its end.

    ``deadline`` is the last day, month or year (ISO 8601) by which all of it is to be done, None where none is said.
    """

    id: str
    label: str
    ordinal: int | None
    heading: str
    heading_span: Span
    span: Span
    section: str | None
    part: Part
    measures: tuple[Measure, ...] = ()
    themes: tuple[ThemeAssignment, ...] = ()
    targets: tuple[Target, ...] = ()
    policies: tuple[PolicyReference, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    responsible: tuple[Responsibility, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    institutions: tuple[InstitutionMention, ...] = ()
    deadline: str | None = None
    deadline_span: Span | None = None

    @property
    def text(self) -> str:
        """The item's words, label and heading included."""
        return self.span.quote


@dataclass(frozen=True)
class Plan:
    """A document understood. The flat tuples hold everything in text order; each item holds its own share."""

    document: Document
    facts: Facts
    sections: tuple[Section, ...] = ()
    items: tuple[Item, ...] = ()
    targets: tuple[Target, ...] = ()
    policies: tuple[PolicyReference, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    responsible: tuple[Responsibility, ...] = ()
    marks: tuple[TextMark, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    left_aside: tuple[LeftAside, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    institutions: tuple[InstitutionMention, ...] = ()

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def item(self, item_id: str) -> Item:
        """The item of that id (``p4``); ``KeyError`` where there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def to_rdflib(self) -> rdflib.Graph:
        """The plan as an rdflib graph, with the policies, places and organisations that it names."""
        from yaodian.rdf.convert import to_rdflib

        return to_rdflib(self)

    def _repr_html_(self) -> str:
        from yaodian.notebook import plan_html

        return plan_html(self)

    def spans(self) -> Iterator[Span]:
        """Every span the plan rests on."""
        for section in self.sections:
            yield section.span
        for item in self.items:
            yield item.span
            yield item.heading_span
            yield from (m.span for m in item.measures)
            yield from (span for theme in item.themes for span in theme.evidence)
            yield from (item.deadline_span,) if item.deadline_span else ()
        for found in (self.targets, self.deliverables, self.policies, self.places, self.responsible, self.marks):
            yield from (thing.span for thing in found)
        yield from (institution.span for institution in self.institutions)
        for target in self.targets:
            yield from (span for span in (target.bindingness_span, target.deadline_span) if span)
        for decided in (self.deliverables, self.policies, self.responsible):
            yield from (span for thing in decided for span in thing.evidence)
        yield from (number.span for number in self.left_aside)
