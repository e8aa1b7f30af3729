"""Checkers of Chinese text beside ours: how long they take, and which planted defects they report.

autocorrect (PyPI ``autocorrect-py``, dependency group ``bench``) and zhlint (npm) look at spacing and punctuation.
zhlint is found where ``npm install --prefix bench zhlint`` puts it; node runs it, and takes its own time, without the
start of node. What a checker "reports" is a line with more reports on it than the clean text had there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import yaodian
from yaodian.reading import read_bytes

BENCH = Path(__file__).parent
CLEAN = BENCH.parent / "examples" / "yunchuan-2024.txt"
_ROUNDS = 5
_ZHLINT = """
import {run} from 'zhlint';
import {text as all} from 'node:stream/consumers';
const {texts, rounds} = JSON.parse(await all(process.stdin));
const lint = text => run(text, {rules: {preset: 'default'}}).validations;
const timed = text => { const start = performance.now(); lint(text); return performance.now() - start; };
const ms = Math.min(...Array.from({length: rounds}, () => timed(texts[0])));
const found = texts.map(text => lint(text).map(one => one.index));
process.stdout.write(JSON.stringify({ms, found}));
"""


class Peer(Protocol):
    """A checker: its name, how long it takes, and on which lines of each text it reports something."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def milliseconds(self, text: str) -> float:
        """The best of some runs over a text."""
        ...

    def lines(self, texts: list[str]) -> list[Counter[int]]:
        """How many reports there are on each line, numbered from 1, of each text."""
        ...


@dataclass(frozen=True, slots=True)
class Yaodian:
    """Our own checker, all rules of the profile for drafts."""

    name: str = "yaodian"

    def milliseconds(self, text: str) -> float:
        """See :class:`Peer`."""
        return _best(lambda: self._check(text))

    def lines(self, texts: list[str]) -> list[Counter[int]]:
        """See :class:`Peer`."""
        return [Counter(finding.place.line for finding in self._check(text)) for text in texts]

    def _check(self, text: str) -> Any:
        return yaodian.check(yaodian.extract(read_bytes(text.encode(), "plan.txt")))


@dataclass(frozen=True, slots=True)
class Autocorrect:
    """autocorrect's check of a plain text."""

    lint: Any
    name: str = "autocorrect"

    def milliseconds(self, text: str) -> float:
        """See :class:`Peer`."""
        return _best(lambda: self.lint(text, "plan.txt"))

    def lines(self, texts: list[str]) -> list[Counter[int]]:
        """See :class:`Peer`. A line that it would change is one report, of more characters the more it changes."""
        return [Counter({one.line: _changed(one.old, one.new) for one in self._lint(text)}) for text in texts]

    def _lint(self, text: str) -> Any:
        return self.lint(text, "plan.txt").lines


@dataclass(frozen=True, slots=True)
class Zhlint:
    """zhlint with its default rules, run by node."""

    node: str
    name: str = "zhlint"

    def milliseconds(self, text: str) -> float:
        """See :class:`Peer`."""
        return float(self._run([text])["ms"])

    def lines(self, texts: list[str]) -> list[Counter[int]]:
        """See :class:`Peer`."""
        found = self._run(texts)["found"]
        return [
            Counter(text.count("\n", 0, index) + 1 for index in places)
            for text, places in zip(texts, found, strict=True)
        ]

    def _run(self, texts: list[str]) -> Any:
        command = [self.node, "--input-type=module", "-e", _ZHLINT]
        asked = json.dumps({"texts": texts, "rounds": _ROUNDS})
        done = subprocess.run(command, input=asked, cwd=BENCH, capture_output=True, check=True, encoding="utf-8")
        return json.loads(done.stdout)


def peers() -> Iterator[Peer]:
    """Ours, and those that are installed; of the others it is told how to get them."""
    yield Yaodian()
    try:
        yield Autocorrect(import_module("autocorrect_py").lint_for)
    except ImportError:
        print("autocorrect is left out: uv run --group bench brings it")
    node = shutil.which("node")
    if node and (BENCH / "node_modules" / "zhlint").is_dir():
        yield Zhlint(node)
    else:
        print("zhlint is left out: it needs node, and npm install --prefix bench zhlint")


def reported(peer: Peer) -> dict[str, bool]:
    """Of each planted defect whether the checker reports it."""
    clean = CLEAN.read_text("utf-8")
    planted = {defect["name"]: _planted(clean, defect) for defect in _defects()}
    before, *after = peer.lines([clean, *(text for text, _ in planted.values())])
    return {name: lines[line] > before[line] for (name, (_, line)), lines in zip(planted.items(), after, strict=True)}


def _defects() -> list[dict[str, str]]:
    defects: list[dict[str, str]] = tomllib.loads((BENCH / "planted.toml").read_text("utf-8"))["defect"]
    return defects


def _planted(clean: str, defect: dict[str, str]) -> tuple[str, int]:
    """The text with the defect, and its line; ``ValueError`` where its place is not found exactly once."""
    if clean.count(defect["from"]) != 1:
        raise ValueError(f"planted.toml: {defect['name']}: {defect['from']!r} does not stand once in {CLEAN.name}")
    return clean.replace(defect["from"], defect["to"]), clean.count("\n", 0, clean.index(defect["from"])) + 1


def _changed(old: str, new: str) -> int:
    from difflib import SequenceMatcher

    return sum(tag != "equal" for tag, *_ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def tell_planted(checkers: Sequence[Peer]) -> None:
    """Print which checker reports which planted defect."""
    found = [reported(checker) for checker in checkers]
    print(f"{'planted defect':40}" + "".join(f"{checker.name:>13}" for checker in checkers))
    for name in (defect["name"] for defect in _defects()):
        print(f"{name:40}" + "".join(f"{'yes' if told[name] else '–':>13}" for told in found))
    print(f"{'reported':40}" + "".join(f"{sum(told.values()):>7} of {len(told)}" for told in found))
