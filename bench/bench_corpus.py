"""A corpus built, kept current and asked: what it costs, in one run.

    python bench/bench_corpus.py [PLANS]

Exits with 1 where we are over a budget. The plans are those of real cities' names and invented contents.
"""

from __future__ import annotations

import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from yaodian.corpus import build, named_queries, open_corpus
from yaodian.ontology import resource

HELP_MS, QUERY_MS, QUESTION_MS, WHOLE_MS, GROWTH = 150, 400, 100, 1000, 1.5
YEARS = range(2012, 2025)
MAIN = [sys.executable, "-c", "from yaodian.cli import main; main()"]
MEMORY = """
import json, resource, sys
from yaodian.corpus import build
build(sys.argv[1], sys.argv[2])
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
"""
ITEM = (
    "{n}.推进第{n}项工作。一是新建学校{n}所，增加学位3.1万个以上；二是培训教师{n}00人次，投入5000万元。"
    "落实《关于第{n}项工作的实施意见》，在{city}城区开展试点，持续完善体制机制，出台《{city}第{n}项工作办法》。\n"
)


def plan_text(city: str, year: int) -> str:
    """A plan of twenty items."""
    items = "".join(ITEM.format(n=n, city=city) for n in range(1, 21))
    return f"{city}教育局{year}年工作要点\n\n{year}年全市教育工作的总体要求是稳中求进。\n\n一、总体任务\n{items}"


def write_plans(folder: Path, number: int) -> Path:
    """That many plans, each of another city or year."""
    folder.mkdir()
    table = csv.DictReader(line for line in resource("divisions.csv").read_text("utf-8").splitlines() if line[0] != "#")
    cities = [row["name"] for row in table if row["level"] == "city" and row["status"] == "current"]
    pairs = [(city, year) for year in YEARS for city in cities][:number]
    for n, (city, year) in enumerate(pairs):
        (folder / f"{n:05}.txt").write_text(plan_text(city, year), "utf-8")
    return folder


def seconds(act: Callable[[], object], runs: int = 1) -> float:
    """The least time that ``act`` took."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)


def program(*arguments: str) -> float:
    """Milliseconds of a cold command."""
    return 1000 * seconds(lambda: subprocess.run([*MAIN, *arguments], capture_output=True, check=True), 5)


def peak_memory(source: Path, out: Path) -> float:
    """Megabytes that a build took at most."""
    run = subprocess.run([sys.executable, "-c", MEMORY, str(source), str(out)], capture_output=True, check=True)
    return float(json.loads(run.stdout)) / 1024


def main() -> int:
    """Print the figures; 1 where one is over its budget."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), number)


def _measure(folder: Path, number: int) -> int:
    source, out = write_plans(folder / "source", number), folder / "out"
    whole = seconds(lambda: build(source, out))
    nothing = seconds(lambda: build(source, out))
    (source / "00000.txt").write_text(plan_text("常州市", 2030), "utf-8")
    one = seconds(lambda: build(source, out))
    print(f"{number} plans: built in {whole:.1f} s, unchanged {nothing:.2f} s, one changed {one:.1f} s")
    over = _questions(out)
    help_ms, query_ms = program("--help"), program("query", "-d", str(out), "items-by-theme", "-p", "city=常州")
    print(f"cold: --help {help_ms:.0f} ms, query {query_ms:.0f} ms")
    return int(over or help_ms > HELP_MS or query_ms > QUERY_MS or _memory(folder, number))


def _questions(out: Path) -> bool:
    """The median of each question, of one city and of the whole corpus; whether one is over its budget."""
    corpus, over = open_corpus(out), []
    print(f"  {'question':28} {'one city':>10} {'all plans':>10}   (medians, ms)")
    for name, query in named_queries().items():
        has_city = any(parameter.name == "city" for parameter in query.parameters)
        needs_city = any(parameter.required for parameter in query.parameters)
        city = 1000 * median_seconds(partial(corpus.query, name, {"city": "石家庄"})) if has_city else None
        whole = None if needs_city else 1000 * median_seconds(partial(corpus.query, name))
        print(f"  {name:28} {_figure(city):>10} {_figure(whole):>10}", flush=True)
        if (city or 0) > QUESTION_MS or (whole or 0) > WHOLE_MS:
            over.append(name)
    print(f"  over {QUESTION_MS} ms for one city or {WHOLE_MS} ms for all plans: {', '.join(over) or 'none'}")
    return bool(over)


def _figure(ms: float | None) -> str:
    return "-" if ms is None else f"{ms:.0f}"


def median_seconds(act: Callable[[], object], enough: float = 5.0) -> float:
    """The median time of three runs of ``act``, or of fewer where they take long."""
    times: list[float] = []
    while len(times) < 3 and sum(times) < enough:
        times.append(seconds(act))
    return statistics.median(times)


def _memory(folder: Path, number: int) -> bool:
    few = peak_memory(write_plans(folder / "few", max(1, number // 4)), folder / "few-out")
    many = peak_memory(folder / "source", folder / "many-out")
    print(f"memory: {few:.0f} MB for {max(1, number // 4)} plans, {many:.0f} MB for {number}")
    return many > few * GROWTH


if __name__ == "__main__":
    raise SystemExit(main())
