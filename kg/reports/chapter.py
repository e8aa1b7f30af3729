"""What the report says of one plan, read from the graph: facts, outline, tables, and the text with its marks."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from yaodian.reports import queries
from yaodian.reports.marking import Line, Mark, lines
from yaodian.source import ID, GraphSource, Row, select

Names = Mapping[str, Mapping[str, str]]
_T = TypeVar("_T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing of the plan: its anchor, its place in the text, and the row of what is known of it."""

    name: str
    start: int
    end: int
    row: Row

    @property
    def at(self) -> str:
        """The anchor of its place in the text."""
        return f"at-{self.name}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A section or item of the outline, with the themes (name and IRI) and responsible units of an item."""

    entry: Entry
    is_item: bool
    level: int
    themes: tuple[tuple[str, str], ...] = ()
    responsible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a place: how sure it is, what is wrong, what to do."""

    entry: Entry
    severity: str
    message: str
    advice: str


@dataclass(frozen=True)
class Chapter:
    """One plan."""

    name: str
    facts: Row
    issuers: tuple[str, ...]
    outline: tuple[Heading, ...]
    quantities: tuple[Entry, ...]
    references: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    lines: tuple[Line, ...]
    items: Mapping[str, Entry] = field(default_factory=dict)


def anchor(iri: str) -> str:
    """An IRI of ours as a name within the page."""
    return iri.removeprefix(ID).replace("/", "-").replace("%", ".")


def read(source: GraphSource, plan: str, names: Names, lang: str) -> Chapter:
    """The chapter of a plan, in the order of its text."""
    ask = _Asker(source, plan)
    facts = next(iter(ask.rows(queries.FACTS)), {})
    items = ask.entries(queries.ITEMS)
    quantities, references = ask.entries(queries.QUANTITIES), ask.entries(queries.REFERENCES)
    findings, sections = _findings(ask, lang), ask.entries(queries.SECTIONS)
    text = facts.get("words", "")
    marks = [
        *(_heading_mark(text, entry) for entry in (*sections, *items)),
        *(Mark(e.start, e.end, e.row["class"].rpartition("#")[2].lower(), e.name) for e in quantities),
        *(Mark(e.start, e.end, "policy", e.name) for e in references),
        *(Mark(f.entry.start, f.entry.end, f"finding {f.severity}", f.entry.name) for f in findings),
        *(Mark(e.start, e.end, "place") for e in ask.entries(queries.PLACES)),
    ]
    return Chapter(
        name=anchor(plan),
        facts=facts,
        issuers=tuple(row["name"] for row in ask.rows(queries.ISSUERS)),
        outline=_outline(sections, items, ask, names, lang),
        quantities=quantities,
        references=references,
        findings=findings,
        lines=tuple(lines(text, marks, _body(facts))),
        items={entry.row["thing"]: entry for entry in items},
    )


def _body(facts: Row) -> tuple[int, int] | None:
    return (int(facts["from"]), int(facts["to"])) if "from" in facts else None


@dataclass(frozen=True, slots=True)
class _Asker:
    source: GraphSource
    plan: str

    def rows(self, pattern: str) -> list[Row]:
        """The rows about the plan, in an order that does not depend on the store."""
        return sorted(select(self.source, queries.about(pattern, self.plan)), key=lambda row: sorted(row.items()))

    def entries(self, pattern: str) -> tuple[Entry, ...]:
        """The things found, in text order, each once."""
        found = {row["thing"]: row for row in self.rows(pattern)}
        made = (Entry(anchor(iri), int(row["start"]), int(row["end"]), row) for iri, row in found.items())
        return tuple(sorted(made, key=lambda entry: (entry.start, entry.end, entry.name)))


def _findings(ask: _Asker, lang: str) -> tuple[Finding, ...]:
    said: dict[tuple[str, str], str] = {}
    for row in ask.rows(queries.SAID):
        if row.get("language") == lang:
            said[row["thing"], row["kind"].rpartition("#")[2]] = row["words"]
    return tuple(
        Finding(
            entry,
            entry.row["severity"].rpartition("#")[2].lower(),
            said.get((entry.row["thing"], "resultMessage"), ""),
            said.get((entry.row["thing"], "advice"), ""),
        )
        for entry in ask.entries(queries.FINDINGS)
    )


def _heading_mark(text: str, entry: Entry) -> Mark:
    """A section's or item's label and heading, as far as they stand together at its start."""
    title = entry.row.get("title", "")
    reach = entry.start + len(entry.row.get("label", "")) + len(title) + 8
    at = text.find(title, entry.start, reach) if title else -1
    return Mark(entry.start, at + len(title) if at >= 0 else min(entry.end, entry.start + 1), "heading", entry.name)


def _outline(
    sections: Iterable[Entry], items: Iterable[Entry], ask: _Asker, names: Names, lang: str
) -> tuple[Heading, ...]:
    about = ((row["thing"], row["theme"]) for row in ask.rows(queries.THEMES))
    themes = _gathered((thing, (named(names, theme, lang), theme)) for thing, theme in about)
    units = ask.entries(queries.RESPONSIBLE)
    # A name may stand over a line end.
    responsible = _gathered((unit.row["owner"], "".join(unit.row["quote"].split())) for unit in units)
    headings = [Heading(entry, False, int(entry.row.get("level", 1))) for entry in sections]
    for entry in items:
        thing = entry.row["thing"]
        headings.append(Heading(entry, True, 0, themes.get(thing, ()), responsible.get(thing, ())))
    return tuple(sorted(headings, key=lambda heading: (heading.entry.start, heading.is_item)))


def named(names: Names, concept: str, lang: str) -> str:
    """What a concept is called: in that language, else in Chinese, else by its code."""
    known = names.get(concept, {})
    return known.get(lang) or known.get("zh") or concept.rpartition("/")[2]


def _gathered(pairs: Iterable[tuple[str, _T]]) -> dict[str, tuple[_T, ...]]:
    found: dict[str, dict[_T, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}
