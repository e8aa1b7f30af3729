"""Plans made by hand and a corpus of them in memory, for tests of the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Store

from yaodian.corpus.manifest import Duplicate, Failure, Manifest, PlanRow, Toolchain
from yaodian.model import (
    Action,
    Document,
    Facts,
    Item,
    Plan,
    PolicyReference,
    Section,
    Span,
    Target,
    TargetStatus,
    ThemeAssignment,
)
from yaodian.ontology import lexicon, resource
from yaodian.rdf import nquads, plan_iri
from yaodian.rdf.iris import ID, VOCABULARY_GRAPH

HOSTILE = "</script><img src=x onerror=window.hacked=1>\"'`\u2028<a href=javascript:window.hacked=2>{{7*7}}&amp;"


@dataclass
class Draft:
    """A plan being written: each method adds words to the text and remembers what they are."""

    name: str
    code: str | None
    year: int | None
    title: str
    text: str = ""
    sections: list[Section] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    policies: list[PolicyReference] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.title_span = self.say(self.title)
        self.say("\n\n")

    def say(self, words: str) -> Span:
        """Add words."""
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text), words)

    def section(self, label: str, heading: str) -> None:
        """Begin a section."""
        span = self.say(f"{label}、{heading}")
        self.say("\n")
        self.sections.append(Section(label, label, label, len(self.sections) + 1, 1, heading, span, "plan"))

    def item(self, heading: str, body: Sequence[Target | PolicyReference | str], themes: Sequence[str] = ()) -> None:
        """Add an item; targets and policies in ``body`` have a quote instead of a place."""
        label, start = str(len(self.items) + 1), len(self.text)
        self.say(f"{label}.")
        heading_span = self.say(heading)
        self.say("。")
        for part in body:
            self.add(part, f"p{label}")
        span = Span(start, len(self.text), self.text[start:])
        self.say("\n")
        section = self.sections[-1].id if self.sections else None
        about = tuple(ThemeAssignment(code) for code in themes)
        self.items.append(
            Item(f"p{label}", label, int(label), heading, heading_span, span, section, "plan", themes=about)
        )

    def add(self, part: Target | PolicyReference | str, item: str | None = None) -> None:
        """Add words, a target or a policy; outside all items where none is given."""
        if isinstance(part, Target):
            self.targets.append(replace(part, id=f"t{len(self.targets)}", span=self.say(part.span.quote), item=item))
        elif isinstance(part, PolicyReference):
            self.policies.append(replace(part, id=f"r{len(self.policies)}", span=self.say(part.span.quote), item=item))
        else:
            self.say(part)

    def plan(self) -> Plan:
        """The finished plan."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        body = Span(0, len(self.text), self.text)
        document = Document(self.name, self.name, digest, "text/plain", "utf-8", self.text, body)
        facts = Facts(
            title=self.title, title_span=self.title_span, city_code=self.code, city=self.code, plan_year=self.year
        )
        items = tuple(
            replace(
                item,
                targets=tuple(t for t in self.targets if t.item == item.id),
                policies=tuple(p for p in self.policies if p.item == item.id),
            )
            for item in self.items
        )
        return Plan(document, facts, tuple(self.sections), items, tuple(self.targets), tuple(self.policies))


def target(quote: str, indicator: str, value: str = "3", status: TargetStatus = "planned") -> Target:
    """A target to put into an item's body."""
    return Target("", Span(0, 0, quote), Decimal(value), None, "eq", "所", indicator, status)


def policy(title: str, action: Action = "implement") -> PolicyReference:
    """A policy named in an item's body."""
    return PolicyReference("", Span(0, 0, title), title, action, title, title)


def two_plans() -> tuple[Plan, ...]:
    """Plans of two real cities that share themes and a policy; the words are invented."""
    first = Draft("甲.txt", "320400", 2023, "2023年教育工作要点")
    first.section("一", "扩大资源")
    first.item(
        "增加学位供给",
        [
            "新建学校",
            target("12所", "新建学校", "12"),
            "，新增学位",
            target("3000个", "新增学位", "3000"),
            "。落实《",
            policy("学前教育提升计划"),
            "》。",
        ],
        ["facilities"],
    )
    first.item("建强教师队伍", ["出台《", policy("教师轮岗办法", "issue"), "》。"], ["teachers", "equity"])
    second = Draft("乙.txt", "330100", 2024, "2024年教育工作要点")
    second.section("一", "回顾与打算")
    second.item("回顾去年", ["新建学校", target("8所", "新建学校", "8", "achieved"), "。"], ["facilities"])
    second.item(
        "办好学前教育",
        ["修订《", policy("学前教育提升计划", "revise"), "》，落实《", policy("学前教育提升计划"), "》。"],
        ["preschool", "teachers"],
    )
    return first.plan(), second.plan()


def hostile_plan() -> Plan:
    """A plan in which every string is an attack on a page."""
    draft = Draft(f"{HOSTILE}.txt", "320400", 2025, HOSTILE)
    draft.section("一", HOSTILE)
    draft.item(HOSTILE, [target(HOSTILE, HOSTILE), HOSTILE, policy(HOSTILE, "issue")], ["teachers"])
    return draft.plan()


@dataclass
class MemoryCorpus:
    """What the pages ask of a corpus, over a store in memory."""

    store: Store
    manifest: Manifest

    def select(self, question: str, /) -> Iterator[Mapping[str, Any]]:
        """The rows of a SELECT, as the corpus gives them."""
        solutions = self.store.query(question, prefixes=dict(lexicon("prefixes")), use_default_graph_as_union=True)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: getattr(solution[name], "value", None) for name in names}

    def nquads(self, row: PlanRow, /) -> bytes:
        """The plan's graph."""
        quads = self.store.quads_for_pattern(None, None, None, NamedNode(row.plan))
        return "".join(sorted(f"{quad} .\n" for quad in quads)).encode()


def corpus(
    plans: Iterable[Plan], *more: str, failed: Sequence[Failure] = (), rows: Mapping[str, Any] | None = None
) -> MemoryCorpus:
    """A corpus of these plans; ``more`` is N-Quads to load beside them."""
    store, known = Store(), []
    for entry in resource("").iterdir():
        if entry.name.endswith(".ttl"):
            store.load(entry.read_bytes(), RdfFormat.TURTLE, to_graph=NamedNode(VOCABULARY_GRAPH))
    for plan in plans:
        store.load(nquads(plan).encode(), RdfFormat.N_QUADS)
        known.append(_row(plan, rows or {}))
    for statements in more:
        store.load(statements.encode(), RdfFormat.N_QUADS)
    duplicates = (Duplicate("b.txt", "", "a.txt"),)
    return MemoryCorpus(store, Manifest(Toolchain("0", "", "", ""), tuple(known), tuple(failed), duplicates))


def _row(plan: Plan, more: Mapping[str, Any]) -> PlanRow:
    iri, facts, name = plan_iri(plan), plan.facts, plan.document.name
    slug = iri.removeprefix(f"{ID}plan/")
    counts = {"items": len(plan.items), "targets": len(plan.targets), "policies": len(plan.policies)}
    fixed = dict.fromkeys(("sections", "results", "places", "themes", "statements"), 0)
    known: dict[str, Any] = {
        **{"source": name, "name": name, "sha256": plan.document.sha256, "digest": "", "plan": iri},
        **{"slug": slug, "base_slug": slug, "title": facts.title, "city": facts.city, "city_code": facts.city_code},
        **{"province": None, "year": facts.plan_year, "kind": facts.kind, "status": facts.status},
    }
    return PlanRow(**known, **counts, **fixed, **more)
