"""The map beside pyvis' own page of the same graph: how large it is, and how long a browser needs to open it.

    python bench/bench_map.py [PLANS] [--write]

Draws invented corpora of about 300, 1,500 and 10,000 nodes (or of PLANS plans). Exits with 1 where a map of about 300
nodes is over the budget (open to interactive in 1 s, 1 MB), or a larger one needs more than 3 s to open. The opening is
measured where Chromium and playwright are installed. ``--write`` renews the table of docs/maps.md and docs/maps.zh.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from offline_pages import browser_path
from page_source import Draft, MemoryCorpus, corpus, policy, target
from pyvis.network import Network
from scoring.page import filled

from yaodian import maps
from yaodian.maps.condense import LIMIT
from yaodian.maps.graph import in_one_language, read

ROOT = Path(__file__).resolve().parents[1]
BUDGET_SECONDS, BUDGET_BYTES, ABOUT, LARGER_SECONDS = 1.0, 1_000_000, 350, 3.0
SIZES = (6, 28, 215)
PAGES = {"docs/maps.md": "en", "docs/maps.zh.md": "zh"}
HEADS = {
    "en": "| nodes | drawn | made in | size | opens in | pyvis: size | pyvis: opens in | pyvis: asks for |",
    "zh": "| 节点 | 画出 | 生成 | 大小 | 打开 | pyvis：大小 | pyvis：打开 | pyvis：向外请求 |",
}
THEMES = (
    "party",
    "teachers",
    "facilities",
    "preschool",
    "compulsory",
    "vocational",
    "safety",
    "moral",
    "sports",
    "arts",
)
RUNS = 5
PATIENCE = 120
"""Seconds that pyvis' page is given to lay the graph out."""


def invented(plans: int) -> MemoryCorpus:
    """A corpus of plans with 24 items each, as dense as real ones."""
    drafts = []
    for p in range(plans):
        draft = Draft(f"{p}.txt", f"32{p % 13:02}00" if p % 13 else "320100", 2014 + p // 13, f"第{p}号工作要点")
        for i in range(24):
            goals = [target(f"{p + i}所", f"新建第{n}类学校") for n in range(i % 3)]
            named = policy(f"关于第{(p * 7 + i) % 300}项工作的实施意见")
            draft.item(f"推进第{i}项重点工作，" * 3, ["持续完善体制机制，" * 12, *goals, named],
                       [THEMES[(p + i) % 10], THEMES[i * 3 % 10]])  # fmt: skip
        drafts.append(draft.plan())
    return corpus(drafts)


@dataclass(frozen=True, slots=True)
class Opened:
    """Seconds from navigation to interactive, None where that did not come; how many files were asked for besides."""

    seconds: float | None
    asked: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one corpus; ``theirs`` is None where pyvis was not tried."""

    nodes: int
    drawn: int
    made: float
    size: int
    ours: Opened | None
    their_size: int | None = None
    theirs: Opened | None = None

    @property
    def holds(self) -> bool:
        """Whether the budgets hold."""
        seconds = (self.ours and self.ours.seconds) or 0
        if self.nodes > ABOUT:
            return seconds <= LARGER_SECONDS
        return seconds <= BUDGET_SECONDS and self.size <= BUDGET_BYTES

    def row(self) -> str:
        """A row of the table."""
        ours, theirs = (_seconds(each) for each in (self.ours, self.theirs))
        size = "–" if self.their_size is None else f"{self.their_size / 1000:,.0f} kB"
        asked = "–" if self.theirs is None else str(self.theirs.asked)
        own = f"{self.nodes:,} | {self.drawn:,} | {self.made:.1f} s | {self.size / 1000:,.0f} kB | {ours}"
        return f"| {own} | {size} | {theirs} | {asked} |"


def _seconds(opened: Opened | None) -> str:
    if opened is None:
        return "–"
    return f"> {PATIENCE} s" if opened.seconds is None else f"{opened.seconds:.2f} s"


def opened(page_file: Path, is_ready: str, runs: int) -> Opened | None:
    """How a browser without a network opens a page, the median of some visits; None where there is no browser."""
    executable = browser_path()
    if executable is None:
        return None
    from playwright.sync_api import TimeoutError as TooLong
    from playwright.sync_api import sync_playwright

    seconds, asked = list[float](), set[str]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(runs):
            page = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}).new_page()
            page.on("request", lambda request: asked.add(request.url))
            try:
                page.goto(page_file.as_uri(), timeout=PATIENCE * 1000)
                page.wait_for_function(is_ready, timeout=PATIENCE * 1000)
                seconds.append(page.evaluate("window.yaodian ? yaodian.ready : performance.now()") / 1000)
            except TooLong:
                break
            page.context.close()
        browser.close()
    return Opened(median(seconds) if seconds else None, len(asked - {page_file.as_uri()}))


def as_pyvis_does(source: MemoryCorpus, path: Path) -> None:
    """The same graph, by pyvis alone as its documentation says, with everything in one file."""
    graph, net = read(source), Network(directed=True, cdn_resources="in_line")
    for node in graph:
        net.add_node(node, label=in_one_language(graph.nodes[node]["label"]))
    net.add_edges(list(graph.edges))
    path.write_text(net.generate_html(), encoding="utf-8")


def measure(plans: int, folder: Path) -> Measured:
    """Draw a corpus both ways, and open what was drawn."""
    source, path, other = invented(plans), folder / f"{plans}.html", folder / f"{plans}-pyvis.html"
    nodes, start = len(read(source)), time.process_time()
    drawn = maps.draw(source, path)
    made = time.process_time() - start
    own = nodes, drawn, made, path.stat().st_size, opened(path, "window.yaodian", RUNS)
    if nodes > LIMIT:
        return Measured(*own)
    as_pyvis_does(source, other)
    return Measured(*own, other.stat().st_size, opened(other, "window.network && network.physics.ready", 1))


def table(found: Sequence[Measured], lang: str) -> str:
    """The figures in Markdown."""
    head = HEADS[lang]
    return "\n".join([head, "| ---: " * (head.count("|") - 1) + "|", *(one.row() for one in found)]) + "\n"


def main(arguments: list[str]) -> int:
    """Measure each size; 1 where a budget does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", nargs="*", type=int, metavar="PLANS")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    if options.write and options.plans:
        parser.error("--write takes all sizes: the page shows them together")
    with tempfile.TemporaryDirectory() as folder:
        maps.draw(invented(1), Path(folder) / "warm.html")
        found = [measure(plans, Path(folder)) for plans in options.plans or SIZES]
    print(table(found, "en"))
    for name, lang in PAGES.items() if options.write else ():
        page = ROOT / name
        page.write_text(filled(page.read_text("utf-8"), "bench", table(found, lang)), encoding="utf-8")
    return int(not all(one.holds for one in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
