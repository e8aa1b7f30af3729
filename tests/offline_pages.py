"""Open built pages in headless Chromium and count what they ask the network for: it has to be nothing.

``python tests/offline_pages.py PAGE...`` prints a line a page and exits 1 where a page makes a request or fails.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True, slots=True)
class Visit:
    """What happened when a page was opened."""

    title: str
    requests: tuple[str, ...]
    errors: tuple[str, ...]


def browser_path() -> str | None:
    """The installed Chromium, None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def visit(browser: Browser, page_file: Path) -> Visit:
    """Open one file, let its scripts run, and tell what it asked for besides itself."""
    own = page_file.resolve().as_uri()
    requests, errors = list[str](), list[str]()
    # Offline as well: a request that slips past the count fails.
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("request", lambda r: requests.append(r.url) if r.url.split("#")[0] != own and _leaves(r.url) else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto(own, wait_until="load")
    page.wait_for_timeout(500)
    title = page.title()
    context.close()
    return Visit(title, tuple(requests), tuple(errors))


def _leaves(url: str) -> bool:
    return not url.startswith(("data:", "blob:"))


def main(pages: list[str]) -> int:
    """Visit every page; 1 where one makes a request or fails, 2 where there is no browser."""
    from playwright.sync_api import sync_playwright

    executable = browser_path()
    if executable is None:
        print("no Chromium is installed", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        visits = {page: visit(browser, Path(page)) for page in pages}
        browser.close()
    for page, seen in visits.items():
        print(f"{page}: “{seen.title}”, {len(seen.requests)} requests, {len(seen.errors)} errors")
        for line in (*seen.requests, *seen.errors):
            print(f"  {line}")
    return int(any(seen.requests or seen.errors for seen in visits.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
