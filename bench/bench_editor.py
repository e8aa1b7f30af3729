"""The editor of ``yaodian serve``: how long a browser needs until a query can be typed.

    python bench/bench_editor.py [PLANS]

The time from the navigation until the editor takes the cursor, in a browser that has nothing of the page: the median
of some visits, in Chromium (playwright). Exits with 1 where it is over the budget.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from bench_corpus import write_plans
from bench_serve import MAIN, process
from offline_pages import browser_path
from playwright.sync_api import Browser, sync_playwright

from yaodian.corpus import build

BUDGET_MS, RUNS = 1000, 7
# It takes the cursor when the script has made it, and the first frame after that has been drawn.
READY = """() => new Promise(done => {
  const look = () => {
    const editor = document.querySelector(".cm-content[contenteditable=true]");
    if (!editor) return requestAnimationFrame(look);
    editor.focus();
    requestAnimationFrame(() => done([performance.now(), document.activeElement === editor]));
  };
  look();
})"""


def interactive(browser: Browser, address: str) -> float:
    """Milliseconds from the navigation until the editor has the cursor."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(address, wait_until="commit")
    passed, is_focused = page.evaluate(READY)
    context.close()
    assert is_focused
    return float(passed)


def main() -> int:
    """Print the figure; 1 where it is over the budget."""
    plans, executable = int(sys.argv[1]) if len(sys.argv) > 1 else 60, browser_path()
    if executable is None:
        print("no browser is installed: nothing is measured")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        build(write_plans(Path(folder) / "source", plans), Path(folder) / "out")
        with process([*MAIN, "serve", str(Path(folder) / "out"), "--port", "0"]) as server, sync_playwright() as driver:
            assert server.stdout
            address = server.stdout.readline().split()[2].rstrip("/") + "/sparql"
            browser = driver.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
            first, *later = [interactive(browser, address) for _ in range(RUNS)]
            browser.close()
    print(f"{plans} plans: editor interactive in {median(later):.0f} ms (median of {len(later)}), first {first:.0f} ms")
    return int(median(later) > BUDGET_MS)


if __name__ == "__main__":
    raise SystemExit(main())
