"""Floors under the figures: they rise by a command, and fall only with a reason that stays on record.

``tests/gold/floors.toml`` holds them, a table a corpus, pinned to that corpus' digest.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scoring.corpora import OWN, Corpus
from scoring.figures import Sheet

FILE = OWN / "floors.toml"
GATED = (
    "items", "item headings", "item ends", "item parts", "sections", "section headings",
    "targets (loose)", "targets (strict)", "target spans", "target totals", "indicator words",
    "policies", "policy actions", "places", "place levels", "responsible", "responsible roles",
    "themes", "meta", "anomalies seen",
)  # fmt: skip
RENEW = 'python bench/accuracy.py --renew --reason "…" --write'
HEAD = """\
# The accuracy floors: `pytest` fails where a figure falls below its floor. Written by `python bench/accuracy.py`:
#   --raise-floors                    the floors rise to the figures of today, where those are higher
#   --lower FIGURE --reason "…"       one floor falls to today's figure; the reason is kept below
#   --renew --reason "…"              the texts or annotations were changed on purpose
# What the figures mean: docs/accuracy.md. Floors hold for exactly one corpus, the one with this digest.
"""


class FloorsError(Exception):
    """The floors cannot be changed in the way that is asked for."""


@dataclass(frozen=True, slots=True)
class Change:
    """A floor that fell, or a corpus that changed, and why."""

    what: str
    before: float | str
    after: float | str
    reason: str


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one corpus."""

    digest: str
    figures: Mapping[str, float] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure below its floor."""

    figure: str
    floor: float
    value: float

    def __str__(self) -> str:
        return f"{self.figure} {self.value:.4f} is below its floor {self.floor:.4f}"


def load(path: Path) -> dict[str, Floors]:
    """The floors by corpus; none where there is no file."""
    if not path.exists():
        return {}
    tables = tomllib.loads(path.read_text("utf-8"))
    return {
        name: Floors(table["digest"], table["floors"], tuple(Change(**each) for each in table.get("changes", [])))
        for name, table in tables.items()
    }


def save(floors: Mapping[str, Floors], path: Path) -> None:
    """Write the floors."""
    path.write_text(HEAD + "".join(_table(name, floors[name]) for name in sorted(floors)), encoding="utf-8")


def falls(sheet: Sheet, floors: Floors) -> list[Fall]:
    """The figures below their floors; one that is no longer there has fallen to nothing."""
    values = {name: sheet.value(name) or 0.0 for name in floors.figures}
    return [Fall(name, floor, values[name]) for name, floor in floors.figures.items() if values[name] < floor]


def unchanged(corpus: Corpus, floors: Floors) -> bool:
    """Whether the floors were set for the corpus as it is."""
    return corpus.digest() == floors.digest


def raised(sheet: Sheet, floors: Floors) -> Floors:
    """Floors at today's figures where those are higher; new figures get one."""
    today = {name: value for name in GATED if (value := sheet.value(name)) is not None}
    highest = {name: max(value, floors.figures.get(name, 0.0)) for name, value in today.items()}
    return replace(floors, figures={**floors.figures, **highest})


def lowered(sheet: Sheet, floors: Floors, names: Iterable[str], reason: str) -> Floors:
    """Floors that fall to today's figures, the reason on record; those that hold stay."""
    _demand(reason)
    fallen = [fall for fall in falls(sheet, floors) if fall.figure in set(names)]
    changes = tuple(Change(fall.figure, fall.floor, fall.value, reason) for fall in fallen)
    figures = {**floors.figures, **{fall.figure: fall.value for fall in fallen}}
    return replace(floors, figures=figures, changes=floors.changes + changes)


def renewed(corpus: Corpus, floors: Floors, reason: str) -> Floors:
    """The same floors for the corpus as it is now, the reason on record."""
    _demand(reason)
    digest = corpus.digest()
    if digest == floors.digest:
        return floors
    change = Change("corpus", floors.digest, digest, reason)
    return replace(floors, digest=digest, changes=(*floors.changes, change))


def _demand(reason: str) -> None:
    if not reason.strip():
        raise FloorsError('say why: --reason "…"')


def _table(name: str, floors: Floors) -> str:
    lines = [f"\n[{name}]", f"digest = {_quoted(floors.digest)}", f"\n[{name}.floors]"]
    lines += [f"{_quoted(figure)} = {floors.figures[figure]}" for figure in _ordered(floors.figures)]
    for change in floors.changes:
        lines += [f"\n[[{name}.changes]]", f"what = {_quoted(change.what)}"]
        lines += [f"before = {_written(change.before)}", f"after = {_written(change.after)}"]
        lines += [f"reason = {_quoted(change.reason)}"]
    return "\n".join(lines) + "\n"


def _ordered(figures: Mapping[str, float]) -> Sequence[str]:
    return sorted(figures, key=lambda name: GATED.index(name) if name in GATED else len(GATED))


def _written(value: float | str) -> str:
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(value: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for the slash of DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
