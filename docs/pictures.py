"""The pictures of map, site, report and check in the documentation, taken from a corpus of ``examples/``.

    python docs/pictures.py

Needs Chromium, playwright, Chinese fonts, and a system with pseudo-terminals. Writes docs/images/map.png, map-dark.png,
map-phone.png, site.png, report.png, check.png.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from offline_pages import browser_path

import yaodian
from yaodian.corpus import open_corpus
from yaodian.site import write

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
    Shot("map", "corpus/map.html"),
    Shot("map-dark", "corpus/map.html", SHARED, scheme="dark"),
    Shot("map-phone", "corpus/map.html", size=(390, 844)),
    Shot("site", "site/index.html"),
    Shot("report", "corpus/report.html", FINDINGS),
)


def take(browser: Browser, shot: Shot, folder: Path) -> None:
    """Open the page, run the script, write the picture."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
        offline=True,
    )
    page = context.new_page()
    page.goto((folder / shot.page).resolve().as_uri())
    if shot.script:
        page.evaluate(shot.script)
    page.wait_for_timeout(500)
    page.screenshot(path=ROOT / "docs" / "images" / f"{shot.name}.png")
    context.close()


CHECK = ("yaodian", "check", "examples/lanjiang-2023-draft.txt", "--rule", "YD-N", "--rule", "YD-T")
CHECK_LINES = 40
COLUMNS = 100
STYLES = {"1": "font-weight: bold", "31": "color: #ff7b72", "33": "color: #e3b341", "36": "color: #76e3ea"}
# A terminal gives quotation marks and dots one column, a Chinese font two.
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
@font-face { font-family: Narrow; src: local("DejaVu Sans Mono"); unicode-range: U+2018-2026; size-adjust: 83.06%; }
body { margin: 0; background: #0d1117; }
pre { margin: 0; padding: 16px 20px; width: max-content; color: #c9d1d9; }
pre { font: 15px/1.45 Narrow, "Noto Sans Mono CJK SC"; }
</style><pre>"""


def on_a_terminal(command: tuple[str, ...]) -> str:
    """What a command of this environment prints on a terminal, with its colours."""
    ours, theirs = os.openpty()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {"PATH": path, "COLUMNS": str(COLUMNS), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=theirs, stdin=theirs):
        os.close(theirs)
        said = b"".join(_parts(ours))
    os.close(ours)
    return said.decode("utf-8").replace("\r\n", "\n")


def _parts(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the end of a pseudo-terminal on Linux
            return
        if not part:
            return
        yield part


def coloured(screen: str) -> str:
    """A terminal's output as HTML: its colours become styles."""
    first, *more = re.split(r"\x1b\[(\d*)m", screen)
    parts, on = [html.escape(first)], list[str]()
    for code, text in zip(more[::2], more[1::2], strict=True):
        on = [] if code in ("", "0") else [*on, STYLES[code]]
        parts.append(f'<span style="{"; ".join(on)}">{html.escape(text)}</span>')
    return "".join(parts)


def take_check(browser: Browser) -> None:
    """The first findings of a check, as a terminal shows them."""
    lines = ["$ " + " ".join(CHECK), *on_a_terminal(CHECK).splitlines()]
    page = browser.new_context(device_scale_factor=1.5, offline=True).new_page()
    page.set_content(TERMINAL + coloured("\n".join(lines[:CHECK_LINES]).rstrip()))
    page.locator("pre").screenshot(path=ROOT / "docs" / "images" / "check.png")
    page.context.close()


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
        write(open_corpus(corpus), Path(folder) / "site")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            take(browser, shot, Path(folder))
        take_check(browser)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
