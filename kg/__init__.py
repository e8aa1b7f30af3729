"""Yaodian: Chinese municipal work plans (工作要点) as an RDF knowledge graph.

>>> import yaodian
>>> plan = yaodian.read_plan("plan.txt")        # doctest: +SKIP
>>> plan.items[0].targets, yaodian.check(plan)  # doctest: +SKIP
>>> yaodian.open("build").query("SELECT …")     # doctest: +SKIP

Every name below is imported when it is first used: ``import yaodian`` itself loads nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from yaodian.checking import check
    from yaodian.corpus import build
    from yaodian.corpus import open_corpus as open
    from yaodian.extraction import extract
    from yaodian.model import Document, Plan, Span
    from yaodian.reading import read

    __version__: str

__all__ = ["Document", "Plan", "Span", "__version__", "build", "check", "extract", "open", "read", "read_plan"]

_HOMES = {
    "Document": ("yaodian.model", "Document"),
    "Plan": ("yaodian.model", "Plan"),
    "Span": ("yaodian.model", "Span"),
    "build": ("yaodian.corpus", "build"),
    "check": ("yaodian.checking", "check"),
    "extract": ("yaodian.extraction", "extract"),
    "open": ("yaodian.corpus", "open_corpus"),
    "read": ("yaodian.reading", "read"),
}


def read_plan(source: str | Path, *, themes: Path | None = None, marks: bool = True) -> Plan:
    """Read the file at ``source`` (``-``: standard input) and extract its plan; options: see :func:`extract`."""
    from yaodian.extraction import extract
    from yaodian.reading import read

    return extract(read(source), themes=themes, marks=marks)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("yaodian")
    elif name in _HOMES:
        module, attribute = _HOMES[name]
        value = getattr(import_module(module), attribute)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
