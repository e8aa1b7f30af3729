"""The map: how long it takes to make, how large it is, and how long a browser needs to open it.

    python bench/bench_map.py [PLANS]

Draws invented corpora of three sizes (or of PLANS plans). Exits with 1 where a map of about 300 nodes is over the
budget: open to interactive in 1 s, 1 MB. The opening is measured where Chromium and playwright are installed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from offline_pages import browser_path
from page_source import Draft, MemoryCorpus, corpus, policy, target

from yaodian import maps

BUDGET_SECONDS, BUDGET_BYTES, ABOUT = 1.0, 1_000_000, 350
SIZES = (4, 20, 200)
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


def opened(page_file: Path) -> float | None:
    """Seconds from navigation to interactive, the median of some visits; None where there is no browser."""
    executable = browser_path()
    if executable is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        seconds = []
        for _ in range(RUNS):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(page_file.as_uri())
            seconds.append(page.evaluate("yaodian.ready") / 1000)
            page.close()
        browser.close()
    return sorted(seconds)[RUNS // 2]


def measure(plans: int, folder: Path) -> bool:
    """Draw, print a line, and tell whether the budget holds where it applies."""
    source, path = invented(plans), folder / f"{plans}.html"
    start = time.perf_counter()
    nodes = maps.draw(source, path)
    drawn, size, ready = time.perf_counter() - start, path.stat().st_size, opened(path)
    shown = f"{ready:5.2f} s to open" if ready is not None else "no browser"
    print(f"{plans:4} plans  {nodes:5} nodes  {drawn:6.2f} s to draw  {size / 1000:6.0f} kB  {shown}")
    return nodes > ABOUT or ((ready or 0) <= BUDGET_SECONDS and size <= BUDGET_BYTES)


def main() -> int:
    """Measure each size; 1 where a budget does not hold."""
    sizes = (int(sys.argv[1]),) if len(sys.argv) > 1 else SIZES
    with tempfile.TemporaryDirectory() as folder:
        maps.draw(invented(1), Path(folder) / "warm.html")
        kept = [measure(plans, Path(folder)) for plans in sizes]
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
