"""The links of a site, followed as files: every one has to lead to a file, and to a name within it.

``python tests/site_links.py FOLDER`` prints each link that leads nowhere and exits 1 where there is one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Page(HTMLParser):
    """The names and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.names.append(value or "")
            elif name in ("href", "src"):
                self.links.append(value or "")


def read(path: Path) -> _Page:
    """What a page names and where it leads."""
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return page


def dead_links(folder: Path) -> Iterator[str]:
    """Each link that leads to no file of the folder, or to no name within one, and each name given twice."""
    pages = {path.resolve(): read(path) for path in folder.rglob("*.html")}
    for path, page in pages.items():
        own = path.relative_to(folder.resolve())
        yield from (f"{own}: two are called {name}" for name in {n for n in page.names if page.names.count(n) > 1})
        for link in page.links:
            parts = urlsplit(link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if parts.scheme or parts.netloc or not target.is_file() or not target.is_relative_to(folder.resolve()):
                yield f"{own}: {link}"
            elif parts.fragment and unquote(parts.fragment) not in pages[target].names:
                yield f"{own}: {link}: no such name"


if __name__ == "__main__":
    found = list(dead_links(Path(sys.argv[1])))
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(found))
