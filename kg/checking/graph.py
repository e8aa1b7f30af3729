"""A plan's graph as a check needs it: as text for the engines, and by subject for the findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from yaodian.checking.peers import Peers, describe_peers
from yaodian.checking.requirements import requirements
from yaodian.model import Plan, Span
from yaodian.rdf import names, quads
from yaodian.rdf.iris import plan_iri
from yaodian.rdf.serialise import literal
from yaodian.rdf.terms import Literal, Quad, Term, Triple


@dataclass(frozen=True)
class PlanGraph:
    """One plan's statements, the shared ones that it needs among them."""

    plan: Plan
    triples: tuple[Triple, ...]

    @classmethod
    def of(cls, plan: Plan, peers: Peers | None = None, statements: Iterable[Quad] | None = None) -> PlanGraph:
        """The graph of ``plan``, what the national framework requires, and what its ``peers`` cover, if any.

        ``statements`` are the plan's own, where they are there already.
        """
        own = ((s, p, o) for s, p, o, _ in (quads(plan) if statements is None else statements))
        beside = describe_peers(peers, plan_iri(plan)) if peers else ()
        return cls(plan, (*own, *requirements(), *beside))

    @property
    def iri(self) -> str:
        """The plan's IRI."""
        return plan_iri(self.plan)

    @cached_property
    def ntriples(self) -> str:
        """The graph as N-Triples."""
        return "".join(
            [
                f"<{s}> <{p}> <{o}> .\n" if isinstance(o, str) else f"<{s}> <{p}> {literal(o)} .\n"
                for s, p, o in self.triples
            ]
        )

    @cached_property
    def _said(self) -> dict[str, list[tuple[str, Term]]]:
        """What is said of each subject."""
        said: dict[str, list[tuple[str, Term]]] = defaultdict(list)
        for subject, predicate, term in self.triples:
            said[subject].append((predicate, term))
        return dict(said)

    def one(self, subject: str, predicate: str) -> str | None:
        """The first value of a property, as plain text."""
        return next((_plain(term) for said, term in self._said.get(subject, ()) if said == predicate), None)

    @cached_property
    def _subjects(self) -> dict[tuple[str, str], str]:
        return {(p, o): s for s, p, o in self.triples if p == names.NEXT and isinstance(o, str)}

    def subject_of(self, predicate: str, term: str) -> str | None:
        """The subject that leads to ``term``, of a property that each thing has from at most one other."""
        return self._subjects.get((predicate, term))

    def literals(self, subject: str) -> Iterator[tuple[str, Literal]]:
        """The properties of a subject that have exactly one literal value, or one in each language, with it."""
        properties: dict[str, list[Term]] = {}
        for predicate, term in self._said.get(subject, ()):
            properties.setdefault(predicate, []).append(term)
        for predicate, terms in properties.items():
            values = [term for term in terms if isinstance(term, Literal)]
            if len(values) == len(terms) == len({value.language for value in values}):
                yield from ((predicate, value) for value in values)

    def is_a(self, subject: str, class_: str) -> bool:
        """Whether the subject has the class."""
        return (names.TYPE, class_) in self._said.get(subject, ())

    def span(self, node: str | None) -> Span | None:
        """The stretch of text that a span node stands for."""
        begin, end = (self.one(node, p) if node else None for p in (names.BEGIN, names.END))
        return self.plan.document.span(int(begin), int(end)) if begin and end else None


def _plain(term: Term) -> str:
    return term.value if isinstance(term, Literal) else term
