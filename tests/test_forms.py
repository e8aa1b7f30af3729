"""Whatever the outer form, the items, headings, ends, parts and sections found are those that were written."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from forms import AXES, WrittenItem, axes_of, some_form, write

from yaodian.extraction import extract
from yaodian.model import Plan
from yaodian.reading import read_bytes

EACH, GROUPS = 20, 20


def found(plan: Plan) -> list[WrittenItem]:
    """The items that were found, as those are told that were written."""
    labels = {section.id: section.label for section in plan.sections}
    return [
        WrittenItem(item.part, "".join(item.heading.split("\n")), item.text, labels.get(item.section or ""))
        for item in plan.items
    ]


@pytest.mark.parametrize("group", range(GROUPS))
def test_what_is_found_is_what_was_written(group: int) -> None:
    for seed in range(group * EACH, (group + 1) * EACH):
        form = some_form(Random(seed))
        written = write(form, Random(seed))
        plan = extract(read_bytes(written.text.encode(), "plan.txt"), marks=False)
        assert found(plan) == written.items, (seed, form, written.text)
        headings = [section.heading for section in plan.sections]
        assert headings == written.sections, (seed, form, written.text)


def test_every_two_choices_that_go_together_meet() -> None:
    met = {pair for seed in range(EACH * GROUPS) for pair in combinations(axes_of(some_form(Random(seed))), 2)}
    every = {((a, x), (b, y)) for (a, xs), (b, ys) in combinations(AXES.items(), 2) for x in xs for y in ys}
    assert len(met) > 0.85 * len(every)
