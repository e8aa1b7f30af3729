"""How long a check takes: cold from the command line, and warm with both engines side by side.

    python bench/bench_check.py [PLAN...]
    uv run --group bench python bench/bench_check.py [PLAN...]

Without arguments the plans of ``examples/`` are checked, and a text of ten thousand characters, which the budget is
for. Each figure is the best of its rounds. The parts of a warm check with the compiled engine are extraction, graph and
rules. autocorrect and zhlint, linters of spacing and punctuation in Chinese text, stand beside them where they are
installed (see ``check_peers``): what a check of characters alone takes, and which planted defects each reports. Exits
with 1 where a check is over its budget.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_extraction import sample
from check_peers import Peer, Yaodian, peers, tell_planted

import yaodian
from yaodian.checking import EngineName, check, default_rules
from yaodian.checking.graph import PlanGraph
from yaodian.model import Document, Plan

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BUDGET_SIZE, COLD_BUDGET_MS, WARM_BUDGET_MS = 10_000, 1000.0, 100.0
COLD_ROUNDS, WARM_ROUNDS, REFERENCE_ROUNDS = 3, 10, 1
COLD = "import sys; from yaodian.cli import main; sys.exit(main())"
HEADINGS = ("plan", "chars", "triples", "cold", "warm", "extract", "graph", "rules", "pyshacl")


@dataclass(frozen=True, slots=True)
class Timing:
    """What a check of one plan takes, in milliseconds; ``others`` are the times of other checkers."""

    plan: str
    size: int
    triples: int
    cold: float
    warm: float
    extraction: float
    graph: float
    rules: float
    reference: float
    others: tuple[float, ...]

    @property
    def kept(self) -> bool:
        """Whether both budgets hold; those of a longer text grow with it."""
        scale = max(1.0, self.size / BUDGET_SIZE)
        return self.cold <= COLD_BUDGET_MS * scale and self.warm <= WARM_BUDGET_MS * scale

    def row(self) -> str:
        """The line of the table."""
        figures = (self.cold, self.warm, self.extraction, self.graph, self.rules, self.reference)
        cells = "".join(f"{figure:9.0f}" for figure in figures)
        others = "".join(f"{other:13.1f}" for other in self.others)
        return f"{self.plan:32}{self.size:9}{self.triples:9}{cells}{others}"


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


def timed(path: Path, others: Sequence[Peer]) -> Timing:
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
        others=tuple(other.milliseconds(document.text) for other in others),
    )


def _whole(document: Document) -> object:
    return check(yaodian.extract(document))


def _checked(plan: Plan, engine: EngineName, rounds: int) -> float:
    return best(lambda: check(plan, engine=engine), rounds)


def main(paths: Iterable[Path]) -> int:
    """Print the table; 1 where a check is over its budget."""
    every = list(peers())
    others = [peer for peer in every if not isinstance(peer, Yaodian)]
    print(f"{len(default_rules().rules)} rules; milliseconds")
    headings = "".join(f"{heading:>9}" for heading in HEADINGS[1:])
    print(f"{HEADINGS[0]:32}{headings}" + "".join(f"{other.name:>13}" for other in others))
    timings = []
    for path in paths:
        timings.append(timed(path, others))
        print(timings[-1].row(), flush=True)
    over = [timing.plan for timing in timings if not timing.kept]
    print(
        f"budget: {COLD_BUDGET_MS:.0f} ms cold, {WARM_BUDGET_MS:.0f} ms warm for {BUDGET_SIZE:,} characters: "
        + (f"exceeded by {', '.join(over)}" if over else "kept")
    )
    print()
    tell_planted(every)
    return int(bool(over))


def _defaults(folder: Path) -> list[Path]:
    """The examples, and a text as long as the one that the budget is for."""
    text = folder / f"{BUDGET_SIZE}-characters.txt"
    text.write_text(sample(BUDGET_SIZE).text, encoding="utf-8")
    return [*sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".html")), text]


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        sys.exit(main([Path(argument) for argument in sys.argv[1:]] or _defaults(Path(temporary))))
