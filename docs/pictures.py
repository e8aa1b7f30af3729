"""The pictures of map, site, report and check in the documentation, taken from a corpus of ``examples/``.

    python docs/pictures.py [--look FOLDER [INPUT ...]]

Needs Chromium, playwright, Chinese fonts, and a system with pseudo-terminals. Writes docs/images/map.png, map-dark.png,
map-phone.png, site.png, report.png, check.png.

With ``--look`` the pictures of the documentation stay, and FOLDER gets those to be looked at before a change lands: the
map in all its views and a page of each kind, in a large, a small and a phone's window, light and dark, zh and en, of
the examples or of the inputs given.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
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
    """A picture: its name, the page, what is done there, the window, and whether the page is taken in whole length."""

    name: str
    page: str
    script: str = ""
    size: tuple[int, int] = (1440, 900)
    scheme: str = "light"
    whole: bool = False


FINDINGS = "document.querySelector('.findings tbody').closest('article').querySelector('[id$=-text]').scrollIntoView()"
SHARED = "yaodian.select([...yaodian.data.nodes].filter(n => n.kind === 'theme').sort((a, b) => b.size - a.size)[0].id)"
SHOTS = (
    Shot("map", "corpus/map.html"),
    Shot("map-dark", "corpus/map.html", SHARED, scheme="dark"),
    Shot("map-phone", "corpus/map.html", size=(390, 844)),
    Shot("site", "site/index.html"),
    Shot("report", "corpus/report.html", FINDINGS),
)


WINDOWS = ((1440, 900), (1024, 768), (390, 844))
TABLE = "document.querySelector('#as-table').click()"
LEGEND = "document.querySelector('#drawer').click()"
LAYOUT = "document.querySelector('[data-layout={name}]').click()"
VIEWS = {
    "map": "",
    "map-node": SHARED,
    "map-table": TABLE,
    "map-network": LAYOUT.format(name="network"),
    "map-communities": LAYOUT.format(name="communities"),
    "map-legend": LEGEND,
}
KINDS = ("plan", "place", "theme", "policy", "indicator", "rule")
LONGEST = 5000
"""Pixels of a page in a picture to be looked at."""


def all_to_look_at(folder: Path) -> Iterator[Shot]:
    """The map in its views, the report and a page of each kind, in each window and both schemes."""
    pages = {name: f"site/{name}.html" for name in ("index", "quantities/index", "data/index")}
    for kind in KINDS:
        own = (path for path in (folder / "site" / kind).glob("*.html") if path.name != "index.html")
        largest = max(own, key=lambda path: path.stat().st_size, default=None)
        pages |= {f"{kind}/index": f"site/{kind}/index.html"} if kind != "plan" else {}
        pages |= {kind: largest.relative_to(folder).as_posix()} if largest else {}
    for size, scheme in product(WINDOWS, ("light", "dark")):
        english = (size[0] == WINDOWS[1][0]) == (scheme == "light")
        end = f"{size[0]}-{scheme}"
        for name, script in VIEWS.items():
            if name != "map-legend" or size == WINDOWS[-1]:
                yield Shot(f"{name}-{end}", f"corpus/map.html{'#lang=en' if english else ''}", script, size, scheme)
        yield Shot(f"report-{end}", "corpus/report.html", size=size, scheme=scheme, whole=True)
        for name, page in pages.items():
            shown = page.replace("site/", "site/en/", 1) if english else page
            yield Shot(f"{name.replace('/', '-')}-{end}", shown, size=size, scheme=scheme, whole=True)


def take(browser: Browser, shot: Shot, folder: Path, out: Path) -> None:
    """Open the page, run the script, write the picture."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
        offline=True,
    )
    page = context.new_page()
    file, mark, fragment = shot.page.partition("#")
    page.goto((folder / file).resolve().as_uri() + mark + fragment)
    if shot.script:
        page.evaluate(shot.script)
    page.wait_for_timeout(500)
    if shot.whole:
        height = min(LONGEST, int(page.evaluate("document.documentElement.scrollHeight")))
        page.set_viewport_size({"width": width, "height": max(height, shot.size[1])})
    page.screenshot(path=out / f"{shot.name}.png")
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

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--look", type=Path, metavar="FOLDER")
    parser.add_argument("inputs", nargs="*", type=Path, metavar="INPUT")
    options = parser.parse_args()
    if options.inputs and not options.look:
        parser.error("the pictures of the documentation are of the examples: give --look FOLDER as well")

    executable = browser_path()
    if executable is None:
        print("no Chromium is installed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        corpus = Path(folder) / "corpus"
        yaodian.build(options.inputs or [ROOT / "examples"], corpus)
        write(open_corpus(corpus), Path(folder) / "site")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        out = options.look or ROOT / "docs" / "images"
        out.mkdir(parents=True, exist_ok=True)
        for shot in all_to_look_at(Path(folder)) if options.look else SHOTS:
            take(browser, shot, Path(folder), out)
        if not options.look:
            take_check(browser)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
