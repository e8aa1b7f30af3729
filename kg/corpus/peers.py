"""Which plans of a corpus a draft is compared with, and what they cover: read from the manifest alone.

What makes plans comparable is said in ``lexicons/peers.toml``.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from yaodian.checking.peers import Covered, Peers
from yaodian.corpus.folder import Folder
from yaodian.corpus.manifest import Manifest, PlanRow
from yaodian.corpus.opening import read_manifest
from yaodian.corpus.rows import level_of
from yaodian.corpus.sameness import words_digest
from yaodian.errors import CorpusError, shown
from yaodian.extraction.places import division
from yaodian.extraction.themes import scheme
from yaodian.model import Plan
from yaodian.ontology import lexicon
from yaodian.rdf.iris import theme_iri

_LANGUAGES = ("zh", "en")
_NO_PLACE = "unknown"


class Comparison:
    """The plans of a corpus, ready to be compared with any number of drafts."""

    def __init__(self, manifest: Manifest) -> None:
        self._rows = manifest.plans

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> Comparison:
        """The corpus in the folder at ``path``; ``CorpusError`` where there is none, or it cannot be compared with."""
        folder = Folder(Path(path))
        manifest, name = read_manifest(folder), shown(str(folder.path))
        if manifest.toolchain.themes:
            raise CorpusError(f"{name}: indexed by a theme scheme of its own, as drafts are not; build one without it")
        if any(row.themes and not row.subjects for row in manifest.plans):
            raise CorpusError(f"{name}: an earlier version built it, without the plans' themes; build it again")
        return cls(manifest)

    def peers(self, plan: Plan) -> Peers:
        """The plans that are comparable with ``plan``; without what they cover where there are too few."""
        chosen = self._chosen(plan)
        enough = int(lexicon("peers")["enough"])
        said = {language: _said(plan, chosen, language) for language in _LANGUAGES}
        return Peers(len(chosen), enough, said, tuple(_covered(chosen)) if len(chosen) >= enough else ())

    def _chosen(self, plan: Plan) -> list[PlanRow]:
        """One plan of each place, the nearest in time first; no farther away in time than it takes."""
        limits, words = lexicon("peers"), words_digest(plan.document.text)
        near: dict[str, tuple[int, PlanRow]] = {}
        for row in self._rows:
            if _is_comparable(row, plan) and row.sha256 != plan.document.sha256 and row.words != words:
                far = _years_between(row, plan)
                key = row.home or row.slug
                if far <= limits["farthest"] and (key not in near or _rank(far, row) < _rank(*near[key])):
                    near[key] = (far, row)
        ordered = sorted(near.values(), key=lambda found: _rank(*found))
        reach = max((far for far, _ in ordered[: limits["enough"]]), default=0)
        return [row for far, row in ordered if far <= reach]


def _is_comparable(row: PlanRow, plan: Plan) -> bool:
    itself = row.home == plan.facts.home and row.home is not None and row.year == _year(plan)
    return not itself and _kind(row.kind) == _kind(plan.facts.kind) and row.level == level_of(plan)


def _kind(kind: str) -> str:
    """Documents that plan are of one kind, whether they sum up the year before as well or not."""
    return "summary" if kind == "summary" else "plan"


def _year(plan: Plan) -> int | None:
    return plan.facts.plan_year or plan.facts.summary_year


def _years_between(row: PlanRow, plan: Plan) -> int:
    """The distance in years; none where the draft has no year, the greatest where only the row has none."""
    year = _year(plan)
    if year is None:
        return 0
    return abs(row.year - year) if row.year is not None else 10_000


def _rank(far: int, row: PlanRow) -> tuple[int, int, str]:
    """Nearest first, of two years as near the later one, then in the order of names."""
    return far, -(row.year or 0), row.slug


def _covered(rows: Sequence[PlanRow]) -> Iterable[Covered]:
    covering: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for code in row.subjects:
            covering[code].append(_called(row))
    for code, theme in scheme().items():
        if code in covering:
            yield Covered(theme_iri(code), {"zh": theme.zh, "en": theme.en}, tuple(covering[code]))


def _called(row: PlanRow) -> str:
    """The place and year of a plan; its title, or its file's name, where they are not known."""
    entry = division(row.home) if row.home else None
    place = entry.name if entry else row.city
    return f"{place} {row.year}" if place and row.year else " ".join((row.title or row.name).split())


def _said(plan: Plan, rows: Sequence[PlanRow], language: str) -> str:
    """The kind, level and years of what was compared."""
    said: dict[str, Any] = lexicon("peers")[language]
    years = [row.year for row in rows if row.year is not None] or [y for y in (_year(plan),) if y is not None]
    first, last = min(years, default=0), max(years, default=0)
    form = "any_year" if not years else "year" if first == last else "years"
    return str(said["compared"]).format(
        level=said["levels"][level_of(plan) or _NO_PLACE],
        kind=said["kinds"][_kind(plan.facts.kind)],
        years=said[form].format(first=first, last=last),
    )
