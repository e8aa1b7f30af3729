"""The site: a corpus as a folder of pages that any web server serves, and that opens from disk.

A page for each plan, city, theme, policy, indicator and rule, at the path that its IRI has; see ``addresses``.
"""

from __future__ import annotations

from yaodian.site.shelf import Changes
from yaodian.site.writing import write

__all__ = ["Changes", "write"]
