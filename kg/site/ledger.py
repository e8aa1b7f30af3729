"""What is asked of a corpus once a plan and told on pages of many kinds: kept in a file, not in memory.

Asked for a page at a time, the same plans would be read again for each theme, policy and indicator that they name.
"""

from __future__ import annotations

import pickle
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import IO, Generic, TypeVar

from yaodian.comparing.statements import Statement, statements
from yaodian.corpus.manifest import PlanRow
from yaodian.reports.queries import about
from yaodian.site import queries
from yaodian.source import GraphSource, Row, select

T = TypeVar("T")


class Ledger(Generic[T]):
    """Entries of one kind: those of some plans, or those of them that are about one thing.

    ``ask`` gives the entries of a plan in the order of its text, and is called when they are wanted first; ``thing`` is
    what an entry is about. Memory holds where in the file each entry lies.
    """

    def __init__(self, file: IO[bytes], ask: Callable[[PlanRow], Iterable[T]], thing: Callable[[T], str]) -> None:
        self._file, self._ask, self._thing = file, ask, thing
        self._places: dict[str, array[int]] = {}
        self._about: dict[tuple[str, str], array[int]] = {}

    def of_plans(self, rows: Iterable[PlanRow]) -> Iterator[T]:
        """The entries of these plans, in their order; a plan at a time."""
        for row in rows:
            yield from self._read(self._asked(row))

    def about(self, thing: str, rows: Iterable[PlanRow]) -> Iterator[T]:
        """The entries of these plans that are about one thing, in their order; a plan at a time."""
        for row in rows:
            self._asked(row)
            yield from self._read(self._about.get((thing, row.plan), array("Q")))

    def _asked(self, row: PlanRow) -> array[int]:
        if row.plan not in self._places:
            places = self._places[row.plan] = array("Q")
            at = self._file.seek(0, 2)
            for one in self._ask(row):
                places.append(at)
                self._about.setdefault((self._thing(one), row.plan), array("Q")).append(at)
                at += self._file.write(pickle.dumps(one, pickle.HIGHEST_PROTOCOL))
        return self._places[row.plan]

    def _read(self, places: Iterable[int]) -> Iterator[T]:
        for place in places:
            self._file.seek(place)
            entry: T = pickle.load(self._file)
            yield entry


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The statements of a corpus by indicator, its items by theme, references by policy, and findings by rule."""

    statements: Ledger[Statement]
    items: Ledger[Row]
    references: Ledger[Row]
    findings: Ledger[Row]


@contextmanager
def ledgers(source: GraphSource) -> Iterator[Ledgers]:
    """The ledgers of a corpus; their file is gone when they are closed."""

    def asked(question: str) -> Callable[[PlanRow], list[Row]]:
        return lambda row: sorted(
            ({**one, "plan": row.plan} for one in select(source, about(question, row.plan))),
            key=lambda one: (int(one["start"]), one["thing"], sorted(one.items())),
        )

    with tempfile.TemporaryFile() as file:
        yield Ledgers(
            Ledger(file, lambda row: statements(source, [row]), attrgetter("indicator")),
            Ledger(file, asked(queries.ITEMS), itemgetter("theme")),
            Ledger(file, asked(queries.REFERENCES), itemgetter("policy")),
            Ledger(file, asked(queries.FINDINGS), itemgetter("code")),
        )
