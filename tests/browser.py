"""A real browser for tests of pages: offline, every request and error counted. Skips where no Chromium is installed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from offline_pages import browser_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
DESKTOP = (1440, 900)
PATIENCE = 30.0
"""Seconds to wait for a page on a machine that does much else."""


@dataclass
class Visited:
    """An open page and what happened since it was opened."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def run(self, script: str, *arguments: Any) -> Any:
        """The value of a JavaScript expression or function."""
        return self.page.evaluate(script, *arguments)

    def until(self, script: str, *arguments: Any) -> None:
        """Wait until that holds: asked from here, since a page's own security policy forbids to ask within it."""
        patience = time.monotonic() + PATIENCE
        while not self.run(script, *arguments):
            assert time.monotonic() < patience, f"{script} {arguments} does not hold after {PATIENCE} seconds"
            self.page.wait_for_timeout(50)

    def click_node(self, node: str) -> None:
        """Click where the map draws a node."""
        box = self.page.locator("#canvas").bounding_box()
        assert box is not None
        place = self.run("id => yaodian.place(id)", node)
        self.page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])


Opener = Callable[..., Any]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Headless Chromium."""
    executable = browser_path()
    if executable is None:
        pytest.skip("no Chromium is installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=executable, headless=True, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Opener:
    """Open a file in a window of its own: ``with visit(path, size=(390, 844), color_scheme="dark") as visited``."""

    @contextmanager
    def opened(file: Path, fragment: str = "", size: tuple[int, int] = DESKTOP, **options: Any) -> Iterator[Visited]:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, offline=True, reduced_motion="reduce", **options
        )
        visited = Visited(context.new_page())
        visited.page.on("request", lambda request: visited.requests.append(request.url))
        visited.page.on("pageerror", lambda error: visited.errors.append(str(error)))
        visited.page.on("console", lambda said: visited.errors.append(said.text) if said.type == "error" else None)
        visited.page.goto(file.resolve().as_uri() + fragment, wait_until="load")
        yield visited
        context.close()

    return opened
