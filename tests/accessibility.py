"""What axe-core finds on a page that keeps people from using it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from browser import Visited

AXE = Path(__file__).parent / "data" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")


def barriers(visited: Visited) -> list[str]:
    """The serious and critical violations: rule, and where on the page. The page has to be open with ``bypass_csp``."""
    visited.page.add_script_tag(path=AXE)
    found = visited.run("axe.run().then(({ violations }) => violations)")
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
