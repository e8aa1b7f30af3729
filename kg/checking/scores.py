"""How complete a plan is, for people and for programs. The formula is that of :mod:`yaodian.completeness`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from yaodian.checking.language import words
from yaodian.checking.snippet import columns
from yaodian.completeness import PARTS, ItemScore, completeness
from yaodian.locales import Language
from yaodian.model import Plan
from yaodian.terminal import visible

_STATED, _LACKING = "✓", "·"
_LONGEST_HEADING = 24


def score_lines(plan: Plan, language: Language, *, by_item: bool = False) -> Iterator[str]:
    """The plan's score in one line, and a table of its items where that is wanted; nothing where none plans."""
    score, said = completeness(plan), words(language)["score"]
    if score is None:
        return
    parts = said["between"].join(f"{said[part]} {_percent(value)}" for part, value in score.parts.items())
    file = visible(plan.document.source)
    yield said["line"].format(file=file, value=_percent(score.value), parts=parts)
    if by_item:
        heads = [said[part] for part in PARTS]
        yield "  ".join([" " * (4 - columns(said["whole"])) + said["whole"], *heads, said["item"]])
        widths = [columns(head) for head in heads]
        yield from (_row(item, widths, max(4, columns(said["whole"]))) for item in score.items)


def _row(score: ItemScore, widths: list[int], first: int) -> str:
    marks = (_STATED if score.states[part] else _LACKING for part in PARTS)
    cells = [mark + " " * (width - 1) for mark, width in zip(marks, widths, strict=True)]
    heading = score.item.heading
    cut = heading if len(heading) <= _LONGEST_HEADING else f"{heading[:_LONGEST_HEADING]}…"
    return "  ".join([_percent(score.value).rjust(first), *cells, visible(f"{score.item.label} {cut}")])


def _percent(value: Decimal) -> str:
    return f"{value:.0%}"


def score_data(plan: Plan) -> dict[str, Any] | None:
    """The score as JSON has it: shares from 0 to 1; None where no item plans."""
    score = completeness(plan)
    if score is None:
        return None
    return {
        "value": float(score.value),
        "parts": {part: float(value) for part, value in score.parts.items()},
        "items": [
            {"item": item.item.id, "value": float(item.value), "states": [part for part in PARTS if item.states[part]]}
            for item in score.items
        ],
    }
