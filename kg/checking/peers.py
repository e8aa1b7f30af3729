"""What comparable plans cover, as facts beside the plan's own: the rule on coverage looks at them (RDF Data Cube)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yaodian.rdf import names
from yaodian.rdf.terms import Literal, Triple, integer

_EXAMPLES = 3
_BETWEEN = {"zh": "、", "en": "; "}


@dataclass(frozen=True, slots=True)
class Covered:
    """A theme by its IRI, its name in each language, and what the plans with an item on it are called."""

    theme: str
    name: Mapping[str, str]
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Peers:
    """The plans that a draft is compared with: how many, which (``said``, by language), and what they cover.

    ``covered`` is empty where they are too few to compare with; ``enough`` is how many it takes.
    """

    plans: int
    enough: int
    said: Mapping[str, str]
    covered: tuple[Covered, ...] = ()

    @property
    def too_few(self) -> bool:
        """Whether there are not enough plans to say what is usual."""
        return self.plans < self.enough


def describe_peers(peers: Peers, plan: str) -> Iterator[Triple]:
    """An observation for each theme that any of the peers of the plan of that IRI covers."""
    for covered in peers.covered:
        iri = f"{plan}/peers/{covered.theme.rsplit('/', 1)[-1]}"
        yield iri, names.TYPE, names.PEER_COVERAGE
        yield iri, names.PART_OF, plan
        yield iri, names.SUBJECT, covered.theme
        yield iri, names.COVERED_BY, integer(len(covered.plans))
        yield iri, names.OUT_OF, integer(peers.plans)
        for language, between in _BETWEEN.items():
            examples = between.join(covered.plans[:_EXAMPLES])
            yield iri, names.PREF_LABEL, Literal(covered.name[language], language)
            yield iri, names.COMPARED, Literal(peers.said[language], language)
            yield iri, names.EXAMPLES, Literal(examples, language)
