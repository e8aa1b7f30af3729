"""A corpus in other forms: RDF for stores, tables, networks, StratML, and a description of itself.

Every name is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yaodian.exports.formats import FORMATS, Export, Wish
    from yaodian.exports.writing import write_export

__all__ = ["FORMATS", "Export", "Wish", "write_export"]

_HOMES = {"FORMATS": "formats", "Export": "formats", "Wish": "formats", "write_export": "writing"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
