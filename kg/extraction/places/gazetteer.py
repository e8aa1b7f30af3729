"""The administrative divisions (GB/T 2260) and the names they go by, found in text in one pass."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, get_args

from ahocorasick_rs import AhoCorasick

from yaodian.errors import VocabularyError
from yaodian.model import AdminLevel
from yaodian.ontology import lexicon, resource

_AUTONOMOUS = "州县旗"
_LEVELS = frozenset(get_args(AdminLevel))
Form = Literal["full", "short", "compound"]


class Division(NamedTuple):
    """An administrative division; ``parent`` and ``successor`` are codes: of the one above, of the one today."""

    code: str
    name: str
    level: AdminLevel
    parent: str | None
    short: str | None = None
    successor: str | None = None

    @property
    def province(self) -> str:
        """The code of the province it lies in."""
        return f"{self.code[:2]}0000"


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at ``text[start:end]``, and what it may stand for."""

    start: int
    end: int
    name: str
    form: Form
    divisions: tuple[Division, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    by_code: dict[str, Division]
    by_parent: dict[str, tuple[Division, ...]]
    names: tuple[tuple[str, Form, tuple[Division, ...]], ...]
    automaton: AhoCorasick


def division(code: str) -> Division | None:
    """The division of that code, a former one too; None where there is none."""
    return _index().by_code.get(code)


def divisions_below(code: str) -> tuple[Division, ...]:
    """The divisions directly below that code, in the order of their codes."""
    return _index().by_parent.get(code, ())


def hits(text: str) -> Iterator[Hit]:
    """Every name that stands in ``text``, overlapping ones too, by start and the longest first."""
    index = _index()
    found = sorted(
        index.automaton.find_matches_as_indexes(text, overlapping=True),
        key=lambda match: (match[1], -match[2], match[0]),
    )
    for number, start, end in found:
        name, form, divisions = index.names[number]
        yield Hit(start, end, name, form, divisions)


@cache
def _index() -> _Index:
    rows = list(_rows())
    by_code = {row.code: row for row in reversed(rows)}
    names = tuple((name, form, tuple(found)) for (name, form), found in _names(rows, by_code).items())
    by_parent: dict[str, list[Division]] = defaultdict(list)
    for row in by_code.values():
        if row.parent and not row.successor:
            by_parent[row.parent].append(row)
    below = {code: tuple(sorted(found, key=lambda d: d.code)) for code, found in by_parent.items()}
    return _Index(by_code, below, names, AhoCorasick([name for name, _, _ in names]))


def _rows() -> Iterator[Division]:
    with resource("divisions.csv").open(encoding="utf-8") as lines:
        table = csv.reader(line for line in lines if not line.startswith("#"))
        next(table)
        for code, name, level, parent, short, _status, successor in table:
            if level not in _LEVELS:
                raise VocabularyError(f"divisions.csv: {code} has the unknown level {level!r}")
            yield Division(code, name, level, parent or None, short or None, successor or None)  # type: ignore[arg-type]


def _names(rows: list[Division], by_code: dict[str, Division]) -> dict[tuple[str, Form], list[Division]]:
    """The names; a division renamed under the same code answers to both."""
    names: dict[tuple[str, Form], list[Division]] = defaultdict(list)
    for row in rows:
        known = by_code[row.code]
        names[row.name, "full"].append(known)
        if row.short:
            names[row.short, "short"].append(known)
        if row.short and "自治" in row.name and row.name[-1] in _AUTONOMOUS:
            names[row.short + row.name[-1], "full"].append(known)
            names[f"{row.short}自治{row.name[-1]}", "full"].append(known)
    for name, code in lexicon("places")["contracted"].items():
        if by_code[code] not in names[name, "full"]:
            names[name, "full"].append(by_code[code])
    for name, codes in lexicon("places")["compounds"].items():
        names[name, "compound"].extend(by_code[code] for code in codes)
    return names
