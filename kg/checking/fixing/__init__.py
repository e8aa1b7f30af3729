"""Fixes: what is safe to change by definition, found again until nothing is left, and proved before it is offered.

Each round applies the fixes that the findings ask for, extracts and checks the outcome, and keeps only what made
findings go and brought no new one. So fixing twice is fixing once, and a fix never makes a draft worse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from yaodian.checking.findings import Finding
from yaodian.checking.fixing.edits import Edit, apart, applied, composed
from yaodian.checking.rules import RuleSet
from yaodian.model import Document, Plan

__all__ = ["Edit", "Fixed", "applied", "fix", "proposed"]

_MOST_ROUNDS = 12
Hindrance = Callable[[Edit], "str | None"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text after its fixes. ``edits`` lead to it from the document's; ``left`` are the findings that remain.

    ``refused`` are the edits of the document's text that its file cannot take, each with the reason.
    """

    text: str
    edits: tuple[Edit, ...]
    left: tuple[Finding, ...]
    refused: tuple[tuple[Edit, str], ...] = ()


def proposed(plan: Plan, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Edit]]:
    """The edits that the findings' rules (``yd:fix``) ask for, each with its finding."""
    by_fix: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.rule.fix:
            by_fix.setdefault(finding.rule.fix, []).append(finding)
    if not by_fix:
        return
    from yaodian.checking.fixing.fixers import FIXERS

    for name, members in by_fix.items():
        yield from FIXERS[name](plan, members)


def fix(
    document: Document, rules: RuleSet, only: Sequence[str] | None = None, hindrance: Hindrance | None = None
) -> Fixed:
    """Fix what the rules find in a document and can put right; ``only`` by rules of these codes or families.

    All ``rules`` are asked whether a fix brings something new. ``hindrance`` tells of an edit of the document's text
    why its file cannot take it, if so.

    Of a document that is no plain text, it is the text that is fixed (what ``yaodian extract --format text`` prints).
    """
    state = _State.of(document.text, rules)
    edits: list[Edit] = []
    refused: dict[Edit, str] = {}
    for _ in range(_MOST_ROUNDS):
        found = [finding for finding in state.findings if only is None or finding.rule.is_meant_by(*only)]
        wanted = apart(edit for _, edit in proposed(state.plan, found))
        possible, refused = _possible(edits, wanted, hindrance) if hindrance else (wanted, refused)
        accepted = _accepted(state, possible, rules)
        if accepted is None:
            break
        state, new = accepted
        edits = composed(edits, new)
    return Fixed(state.plan.text, tuple(edits), state.findings, tuple(refused.items()))


def _possible(done: list[Edit], new: list[Edit], hindrance: Hindrance) -> tuple[list[Edit], dict[Edit, str]]:
    """Of new edits, on the outcome of those that are done, the ones that the file takes; the others with the reason."""
    possible: list[Edit] = []
    refused: dict[Edit, str] = {}
    for edit in new:
        hindered = {each: reason for each in composed(done, [edit]) if (reason := hindrance(each))}
        refused |= hindered
        possible += [] if hindered else [edit]
    return possible, refused


@dataclass(frozen=True, slots=True)
class _State:
    plan: Plan
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, text: str, rules: RuleSet) -> _State:
        from yaodian.checking import check
        from yaodian.extraction import extract
        from yaodian.reading import read_bytes

        # With a byte order mark, so that one at the beginning of the text stays.
        plan = extract(read_bytes(text.encode("utf-8-sig", "replace"), "text.txt"))
        return cls(plan, check(plan, rules=rules))

    def counts(self) -> Counter[str]:
        return Counter(finding.code for finding in self.findings)


def _accepted(state: _State, edits: list[Edit], rules: RuleSet) -> tuple[_State, list[Edit]] | None:
    """What comes of the edits: of all together, else of those of one rule after another that hold; None: of none."""
    if not edits:
        return None
    if (after := _tried(state, edits, rules)) is not None:
        return after, edits
    for code in sorted({edit.code for edit in edits}):
        own = [edit for edit in edits if edit.code == code]
        if (after := _tried(state, own, rules)) is not None:
            return after, own
    return None


def _tried(state: _State, edits: list[Edit], rules: RuleSet) -> _State | None:
    """The state after the edits, None unless findings of each of their rules went and none of any rule came."""
    after = _State.of(applied(state.plan.text, edits), rules)
    before, now = state.counts(), after.counts()
    better = all(now[code] < before[code] for code in {edit.code for edit in edits})
    return after if better and not now - before else None
