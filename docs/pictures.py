"""The pictures of map and report in the documentation, taken from a corpus of ``examples/``.

    python docs/pictures.py

Needs Chromium, playwright and Chinese fonts. Writes docs/images/map.png, map-dark.png, map-phone.png, report.png.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from offline_pages import browser_path

import yaodian

if TYPE_CHECKING:
    from playwright.sync_api import Browser


ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the page, the part of it, and the window."""

    name: str
    page: str
    script: str = ""
    size: tuple[int, int] = (1440, 900)
    scheme: str = "light"


FINDINGS = "document.querySelector('.findings tbody').closest('article').querySelector('[id$=-text]').scrollIntoView()"
SHARED = "yaodian.select([...yaodian.data.nodes].filter(n => n.kind === 'theme').sort((a, b) => b.size - a.size)[0].id)"
SHOTS = (
    Shot("map", "map.html"),
    Shot("map-dark", "map.html", SHARED, scheme="dark"),
    Shot("map-phone", "map.html", size=(390, 844)),
    Shot("report", "report.html", FINDINGS),
)


def take(browser: Browser, shot: Shot, corpus: Path) -> None:
    """Open the page, run the script, write the picture."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
        offline=True,
    )
    page = context.new_page()
    page.goto((corpus / shot.page).resolve().as_uri())
    if shot.script:
        page.evaluate(shot.script)
    page.wait_for_timeout(500)
    page.screenshot(path=ROOT / "docs" / "images" / f"{shot.name}.png")
    context.close()


def main() -> int:
    """Build the corpus and take all pictures; 2 where there is no browser."""
    from playwright.sync_api import sync_playwright

    executable = browser_path()
    if executable is None:
        print("no Chromium is installed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        corpus = Path(folder) / "corpus"
        yaodian.build([ROOT / "examples"], corpus)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            take(browser, shot, corpus)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
