"""A build that is killed leaves the former state or the new one, and the next build makes up for it."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from corpus_texts import contents, plan_text, three_plans, write_plans
from killed_build import kill_build, kill_build_after, steps_of_build

from yaodian.corpus import build, open_corpus, verify
from yaodian.errors import CorpusError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork and can be killed")

# The moments, as the step before which the build dies, and the state that has to be found then.
MOMENTS = {
    "a plan is staged": (r"open /\.staged/plans/", "old"),
    "the index gets its name": (r"os\.rename /store/\.making-", "old"),
    "the map is written": (r"open .*map\.html", "old"),
    "the manifest waits": (r"open /\.staged/manifest\.json", "old"),
    "the manifest takes effect": (r"os\.rename /\.staged/manifest\.json", "old"),
    "the first plan moves": (r"os\.rename /\.staged/plans/", "new"),
    "the report moves": (r"os\.rename /\.staged/pages/[^/]+/report\.html", "new"),
    "a plan is removed": (r"os\.remove /plans/", "new"),
    "the old index is removed": (r"os\.rmdir /store/[0-9a-f]", "new"),
    "all is in its place": (r"os\.rmdir /\.staged$", "new"),
}


@dataclass
class States:
    """The sources after a change, the corpus before it and after it, the steps between, and the time they took."""

    source: Path
    old: Path
    new: Path
    steps: list[str]
    seconds: float

    def step(self, pattern: str) -> int:
        """The number of the first step like that, counted from 1."""
        return next(n for n, step in enumerate(self.steps, 1) if re.match(pattern, step))


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> States:
    folder = tmp_path_factory.mktemp("kill")
    source, old, new = three_plans(folder / "source"), folder / "old", folder / "new"
    build(source, old)
    write_plans(source, shaoxing=plan_text(number=13), jinhua=plan_text("金华市", 2024, "义乌市", 9))
    (source / "luoyang.txt").unlink()
    shutil.copytree(old, new)
    began = time.monotonic()
    steps = steps_of_build(source, new)
    return States(source, old, new, steps, time.monotonic() - began)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_build_leaves_one_whole_state(states: States, moment: str, tmp_path: Path) -> None:
    pattern, expected = MOMENTS[moment]
    out = tmp_path / "out"
    shutil.copytree(states.old, out)
    kill_build(states.source, out, states.step(pattern))
    _assert_same_corpus(out, states.old if expected == "old" else states.new)
    build(states.source, out)
    assert contents(out) == contents(states.new)
    assert len(list((out / "store").iterdir())) == 1


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_killed_at_any_time(states: States, share: float, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(states.old, out)
    kill_build_after(states.source, out, share * states.seconds)
    is_new = open_corpus(out).manifest == open_corpus(states.new).manifest
    _assert_same_corpus(out, states.new if is_new else states.old)
    build(states.source, out)
    assert contents(out) == contents(states.new)


def test_killed_again_and_again_each_build_goes_on_and_nothing_is_lost(states: States, tmp_path: Path) -> None:
    """At eight moments in a row; what a killed build had made is not made again, and no half plan is ever seen."""
    out, chance = tmp_path / "out", random.Random(20)
    shutil.copytree(states.old, out)
    for _ in range(8):
        kill_build_after(states.source, out, chance.random() * states.seconds)
        is_new = open_corpus(out).manifest == open_corpus(states.new).manifest
        _assert_same_corpus(out, states.new if is_new else states.old)
        assert {flaw.code for flaw in verify(out).flaws} <= {"build-unfinished", "source-changed"}
    build(states.source, out)
    assert contents(out) == contents(states.new)
    assert verify(out).flaws == ()


def test_build_goes_on_where_one_was_killed(states: States, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(states.old, out)
    kill_build(states.source, out, states.step(r"os\.rename /store/\.making-"))
    staged = {path.name: path.stat().st_mtime_ns for path in (out / ".staged/plans").iterdir()}
    assert len(staged) == 2
    kill_build(states.source, out, 1)
    open_corpus(out)
    assert {path.name: path.stat().st_mtime_ns for path in (out / ".staged/plans").iterdir()} == staged


def test_killed_first_build_leaves_no_corpus_and_is_made_up_for(states: States, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kill_build(states.source, out, 12)
    with pytest.raises(CorpusError, match="no corpus there"):
        open_corpus(out)
    build(states.source, out)
    assert contents(out) == contents(states.new)


def _assert_same_corpus(out: Path, expected: Path) -> None:
    found, wanted = open_corpus(out), open_corpus(expected)
    assert found.manifest == wanted.manifest
    for row in found.plans:
        assert hashlib.sha256(found.nquads(row)).hexdigest() == row.digest
    count = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    assert list(found.select(count)) == list(wanted.select(count))
