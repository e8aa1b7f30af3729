"""A draft that was checked: its plan, and what was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from yaodian.checking.findings import Finding
from yaodian.checking.rules import Rule
from yaodian.filenames import readable
from yaodian.model import Document, Item, Plan


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan with the findings on it, in text order; ``accepted`` is what JSON says of those that were left out.

    ``file`` is the draft as the command line names it.
    """

    plan: Plan
    findings: tuple[Finding, ...]
    file: str = ""
    accepted: Mapping[str, object] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """The draft's text and where it came from."""
        return self.plan.document

    @property
    def title(self) -> str:
        """What the draft is called: by its title, else by its file's name."""
        return " ".join((self.plan.facts.title or "").split()) or readable(self.document.name)

    @property
    def by_item(self) -> list[tuple[Item | None, Sequence[Finding]]]:
        """The findings in text order, those together that lie in the same item, or in none."""
        known = {item.id: item for item in self.plan.items}
        groups = groupby(self.findings, key=lambda finding: finding.item)
        return [(known.get(item or ""), tuple(members)) for item, members in groups]


def heading(item: Item) -> str:
    """An item's label and heading as they are printed, on one line."""
    reach = max(item.heading_span.end - item.span.start, len(item.label))
    return " ".join(item.span.quote[:reach].split())


def rules_of(checked: Iterable[Checked]) -> tuple[Rule, ...]:
    """The rules that found something, by their codes."""
    found = {finding.rule.code: finding.rule for one in checked for finding in one.findings}
    return tuple(found[code] for code in sorted(found))
