"""The build report: every plan with its outline, targets, policies and findings, quotes linked to the text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaodian.reports.render import Source


def write(corpus: Source, path: Path, *, lang: str = "zh") -> None:
    """Write the report on a corpus to ``path``."""
    from yaodian.pages import write_whole
    from yaodian.reports.render import pieces

    write_whole(path, pieces(corpus, lang))
