"""The name of a Word file by its type (ISO/IEC 29500-2): one whose name and type differ is not opened by Word."""

from __future__ import annotations

import posixpath
from pathlib import Path

from yaodian.errors import NotWritableError
from yaodian.reading.docx_parts import Parts, open_parts
from yaodian.word.package import CONTENT_TYPES

_WORD_TYPE, _MACRO_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml", "application/vnd.ms-word"
_ENDINGS = {
    f"{_WORD_TYPE}.document.main+xml": ".docx",
    f"{_WORD_TYPE}.template.main+xml": ".dotx",
    f"{_MACRO_TYPE}.document.macroEnabled.main+xml": ".docm",
    f"{_MACRO_TYPE}.template.macroEnabledTemplate.main+xml": ".dotm",
}
_WITH_MACROS = (".docm", ".dotm")


def refuse_misnamed(data: bytes, path: Path) -> None:
    """``NotWritableError`` where the Word file ``data`` must have another ending than ``path`` has."""
    ending, given = ending_of(open_parts(data)), path.suffix.lower()
    if ending and given != ending and given in _ENDINGS.values():
        holds = "holds macros, and " if ending in _WITH_MACROS else ""
        raise NotWritableError(
            f"{path}: the draft {holds}is {ending} by its type; Word opens it under such a name only: "
            f"{path.with_suffix(ending).name}"
        )


def ending_of(parts: Parts) -> str | None:
    """The ending that Word wants for the type of a file's main part; None where the type is none of Word's."""
    part = f"/{parts.main()}".lower()
    told = [node.attributes for node in parts.tree(CONTENT_TYPES).children]
    own = [each for each in told if each.get("PartName", "").lower() == part]
    by_extension = [each for each in told if each.get("Extension", "?").lower() == posixpath.splitext(part)[1][1:]]
    return _ENDINGS.get((own or by_extension or [{}])[0].get("ContentType", ""))
