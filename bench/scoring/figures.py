"""The two kinds of figures, and sheets of them that add up over documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two sets agree: what both have, what the annotation has, what was extracted."""

    hit: int = 0
    gold: int = 0
    predicted: int = 0

    @property
    def precision(self) -> float:
        """The share of what was extracted that is annotated."""
        return self.hit / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        """The share of what is annotated that was extracted."""
        return self.hit / self.gold if self.gold else 1.0

    @property
    def value(self) -> float:
        """F1, the harmonic mean of the two."""
        both = self.precision + self.recall
        return round(2 * self.precision * self.recall / both, DIGITS) if both else 0.0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.hit + other.hit, self.gold + other.gold, self.predicted + other.predicted)


@dataclass(frozen=True, slots=True)
class Share:
    """How many are right of those looked at; ``good`` is no whole number where some are half right."""

    good: float = 0.0
    of: int = 0

    @property
    def value(self) -> float | None:
        """The share; None where there is nothing to look at."""
        return round(self.good / self.of, DIGITS) if self.of else None

    def __add__(self, other: Share) -> Share:
        return Share(self.good + other.good, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Miss:
    """One place where annotation and extraction differ, under the figure that it lowers."""

    doc: str
    figure: str
    words: str

    def __str__(self) -> str:
        return f"{self.doc}: {self.figure}: {self.words}"


@dataclass(slots=True)
class Sheet:
    """The figures of one document or of many, and what was missed."""

    doc: str = ""
    agreements: dict[str, Agreement] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def agree(self, name: str, more: Agreement) -> None:
        """Add to an agreement."""
        self.agreements[name] = self.agreements.get(name, Agreement()) + more

    def share(self, name: str, good: float, of: int = 1) -> None:
        """Add to a share."""
        self.shares[name] = self.shares.get(name, Share()) + Share(good, of)

    def miss(self, figure: str, words: str) -> None:
        """Note what was missed."""
        self.misses.append(Miss(self.doc, figure, words))

    def figure(self, name: str) -> Agreement | Share | None:
        """The figure of that name, None where no document has anything for it."""
        return self.agreements.get(name) or self.shares.get(name)

    def value(self, name: str) -> float | None:
        """The value of the figure of that name."""
        figure = self.figure(name)
        return None if figure is None else figure.value


def total(sheets: Iterable[Sheet]) -> Sheet:
    """One sheet for many documents: counts are added, not averages taken."""
    whole = Sheet()
    for sheet in sheets:
        for name, agreement in sheet.agreements.items():
            whole.agree(name, agreement)
        for name, share in sheet.shares.items():
            whole.share(name, share.good, share.of)
        whole.misses += sheet.misses
    return whole
