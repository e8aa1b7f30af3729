"""What a check found, written for people and for programs: a module a format, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import PurePath

from yaodian.checking.formats.checked import Checked
from yaodian.errors import YaodianError
from yaodian.locales import Language

__all__ = ["BINARY", "FORMATS", "ONE_DRAFT", "Checked", "format_of", "write"]

FORMATS: dict[str, tuple[str, ...]] = {
    "json": (".json",),
    "sarif": (".sarif",),
    "junit": (".xml",),
    "github": (),
    "csv": (".csv",),
    "excel": (),
    "ttl": (".ttl",),
    "md": (".md",),
    "html": (".html", ".htm"),
    "docx": (".docx", ".docm"),
}
"""The formats, each with the endings of file names that ask for it."""
BINARY = frozenset(("docx",))
"""The formats that are nothing to look at on a terminal."""
ONE_DRAFT = frozenset(("docx",))
"""The formats that hold one draft."""


def format_of(name: str | PurePath) -> str | None:
    """The format that a file's name asks for; None where its ending is that of none."""
    ending = PurePath(name).suffix.lower()
    return next((form for form, endings in FORMATS.items() if ending in endings), None)


def write(form: str, checked: Sequence[Checked], language: Language) -> bytes:
    """The findings on drafts in the format ``form``: the same bytes for the same drafts, findings and language.

    Raises ``YaodianError`` where there is no such format, or it cannot hold these drafts.
    """
    if form not in FORMATS:
        raise YaodianError(f"there is no format {form!r}; there are: {', '.join(FORMATS)}")
    if form in ONE_DRAFT and len(checked) != 1:
        raise YaodianError(f"the format {form} holds one draft, and {len(checked)} were checked")
    written: bytes = import_module(f"yaodian.checking.formats.{form}").write(checked, language)
    return written
