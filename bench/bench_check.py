"""How long a check takes: cold from the command line, and warm with both engines side by side.

    python bench/bench_check.py [PLAN...]
    uv run --group bench python bench/bench_check.py [PLAN...]

Without arguments the plans of ``examples/`` are checked, and a text of ten thousand characters, which the budget is
for. Each figure is the best of its rounds. The parts of a warm check with the compiled engine are extraction, graph and
rules. autocorrect, a linter of spacing and punctuation in Chinese text, stands beside them where it is installed: it
finds other things, and tells what a check of characters alone takes. Exits with 1 where a check is over its budget.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_extraction import sample

import yaodian
from yaodian.checking import EngineName, check, default_rules
from yaodian.checking.graph import PlanGraph
from yaodian.model import Document, Plan

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BUDGET_SIZE, COLD_BUDGET_MS, WARM_BUDGET_MS = 10_000, 1000.0, 100.0
COLD_ROUNDS, WARM_ROUNDS, REFERENCE_ROUNDS, PEER_ROUNDS = 3, 10, 1, 5
COLD = "import sys; from yaodian.cli import main; sys.exit(main())"
HEADINGS = ("plan", "chars", "triples", "cold", "warm", "extract", "graph", "rules", "pyshacl", "autocorrect")
Linter = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Timing:
    """What a check of one plan takes, in milliseconds; ``peer`` is autocorrect's time, None where it is missing."""

    plan: str
    size: int
    triples: int
    cold: float
    warm: float
    extraction: float
    graph: float
    rules: float
    reference: float
    peer: float | None

    @property
    def kept(self) -> bool:
        """Whether both budgets hold; those of a longer text grow with it."""
        scale = max(1.0, self.size / BUDGET_SIZE)
        return self.cold <= COLD_BUDGET_MS * scale and self.warm <= WARM_BUDGET_MS * scale

    def row(self) -> str:
        """The line of the table."""
        figures = (self.cold, self.warm, self.extraction, self.graph, self.rules, self.reference)
        cells = "".join(f"{figure:9.0f}" for figure in figures)
        return f"{self.plan:32}{self.size:9}{self.triples:9}{cells}{_told(self.peer):>13}"


def _told(peer: float | None) -> str:
    return "–" if peer is None else f"{peer:.1f}"


def best(work: Callable[[], object], rounds: int) -> float:
    """The shortest of some runs, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def cold(path: Path) -> float:
    """A check from the command line, interpreter start included; compiled modules are kept, as installed ones are."""
    command = [sys.executable, "-c", COLD, "check", str(path)]
    with TemporaryDirectory() as kept:
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": kept}
        return best(lambda: subprocess.run(command, check=False, capture_output=True, env=environment), 1 + COLD_ROUNDS)


def autocorrect() -> Linter | None:
    """autocorrect's check of a plain text; None where it is not installed."""
    try:
        lint_for = import_module("autocorrect_py").lint_for
    except ImportError as error:
        print(f"autocorrect is left out: {error}")
        return None
    return lambda text: lint_for(text, "plan.txt")


def timed(path: Path, peer: Linter | None) -> Timing:
    """All that is measured of one plan."""
    document = yaodian.read(path)
    plan = yaodian.extract(document)
    extraction = best(lambda: yaodian.extract(document), WARM_ROUNDS)
    graph = best(lambda: PlanGraph.of(plan).ntriples, WARM_ROUNDS)
    return Timing(
        plan=path.name,
        size=len(document.text),
        triples=len(PlanGraph.of(plan).triples),
        cold=cold(path),
        warm=best(lambda: _whole(document), WARM_ROUNDS),
        extraction=extraction,
        graph=graph,
        rules=_checked(plan, "shacl", WARM_ROUNDS) - graph,
        reference=_checked(plan, "pyshacl", REFERENCE_ROUNDS) - graph,
        peer=best(lambda: peer(document.text), PEER_ROUNDS) if peer else None,
    )


def _whole(document: Document) -> object:
    return check(yaodian.extract(document))


def _checked(plan: Plan, engine: EngineName, rounds: int) -> float:
    return best(lambda: check(plan, engine=engine), rounds)


def main(paths: Iterable[Path]) -> int:
    """Print the table; 1 where a check is over its budget."""
    peer = autocorrect()
    print(f"{len(default_rules().rules)} rules; milliseconds")
    print(f"{HEADINGS[0]:32}" + "".join(f"{heading:>9}" for heading in HEADINGS[1:-1]) + f"{HEADINGS[-1]:>13}")
    timings = []
    for path in paths:
        timings.append(timed(path, peer))
        print(timings[-1].row(), flush=True)
    over = [timing.plan for timing in timings if not timing.kept]
    print(
        f"budget: {COLD_BUDGET_MS:.0f} ms cold, {WARM_BUDGET_MS:.0f} ms warm for {BUDGET_SIZE:,} characters: "
        + (f"exceeded by {', '.join(over)}" if over else "kept")
    )
    return int(bool(over))


def _defaults(folder: Path) -> list[Path]:
    """The examples, and a text as long as the one that the budget is for."""
    text = folder / f"{BUDGET_SIZE}-characters.txt"
    text.write_text(sample(BUDGET_SIZE).text, encoding="utf-8")
    return [*sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".html")), text]


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        sys.exit(main([Path(argument) for argument in sys.argv[1:]] or _defaults(Path(temporary))))
