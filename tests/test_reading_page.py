"""docs/reading.md and its translation are current, and our reader is as faithful as they say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from scoring.page import block
from side_by_side import page
from side_by_side.documents import samples
from side_by_side.fidelity import fidelity
from side_by_side.readers import OURS, readers

STALE = "run: uv run --group bench python bench/bench_reading.py --write"


@pytest.mark.parametrize("language", page.FILES)
def test_the_limits_are_those_of_the_readers(language: str) -> None:
    assert block("limits", page.FILES[language].read_text("utf-8")) == page.limits_table(language), (
        "run: uv run python bench/bench_reading.py --limits"
    )


def test_every_limit_is_told_in_both_languages() -> None:
    assert {name for name, _, _ in page.limits()} <= set(page.WORDS["zh"]["limits"])


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_our_figures_are_those_of_the_page(kind: str) -> None:
    (ours, *_), _ = readers(kind)
    counts = fidelity(ours.read, samples(kind))
    written = block("fidelity", page.FILES["en"].read_text("utf-8"))
    (row,) = [line for line in written.split("\n") if line.startswith(f"| {kind} | {OURS} ")]
    assert f"({counts.kept}/{counts.paragraphs})" in row, STALE
    assert f"| {counts.foreign} |" in row, STALE
