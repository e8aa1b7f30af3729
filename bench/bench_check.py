"""How long a check takes: cold from the command line, and warm with both engines side by side.

    python bench/bench_check.py [PLAN...]

Without arguments the plans of ``examples/`` are checked. Each figure is the best of its rounds.
Exits with 1 where a cold check is over the budget.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaodian
from yaodian.checking import EngineName, check, default_rules
from yaodian.checking.graph import PlanGraph

BUDGET_MS = 1000
ROUNDS: dict[EngineName, int] = {"shacl": 10, "pyshacl": 1}
COLD = "import sys; from yaodian.cli import main; sys.exit(main())"


def best(work: Callable[[], object], rounds: int) -> float:
    """The shortest of some runs, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def cold(path: Path) -> float:
    """A check from the command line, interpreter start included."""
    command = [sys.executable, "-c", COLD, "check", str(path)]
    return best(lambda: subprocess.run(command, check=False, capture_output=True), 3)


def main(paths: list[Path]) -> int:
    """Print the table; 1 where a cold check is over the budget."""
    print(f"{len(default_rules().rules)} rules, milliseconds")
    print(
        f"{'plan':32} {'chars':>6} {'triples':>8} {'cold':>7} {'extract':>8} {'shacl':>7} {'pyshacl':>8} {'ratio':>6}"
    )
    slowest = 0.0
    for path in paths:
        plan = yaodian.read_plan(path)
        document = plan.document
        extraction = best(lambda document=document: yaodian.extract(document), 5)  # type: ignore[misc]
        warm = {e: best(lambda e=e, plan=plan: check(plan, engine=e), n) for e, n in ROUNDS.items()}  # type: ignore[misc]
        triples, started = len(PlanGraph.of(plan).triples), cold(path)
        slowest = max(slowest, started)
        print(
            f"{path.name:32} {len(plan.text):6} {triples:8} {started:7.0f} {extraction:8.0f}"
            f" {warm['shacl']:7.0f} {warm['pyshacl']:8.0f} {warm['pyshacl'] / warm['shacl']:6.0f}"
        )
    return int(slowest > BUDGET_MS)


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[1] / "examples"
    examples = sorted(path for path in here.iterdir() if path.suffix in (".txt", ".html"))
    sys.exit(main([Path(argument) for argument in sys.argv[1:]] or examples))
