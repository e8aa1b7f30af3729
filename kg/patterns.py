"""Regular expressions that are compiled once and kept: most of the time a command takes to start went into them.

What ``re`` makes of an expression is kept in a file of the user's cache folder, as Python keeps what it makes of a
module; the next process hands it to ``re``'s matcher as it is. The file holds no program: the matcher checks each code
that it is given. Where there is no such file, where it is damaged or of another Python, or where it cannot be written,
expressions are compiled as ever. ``YAODIAN_CACHE`` names another folder; empty, nothing is kept.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import sys
from array import array
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, cast
from zlib import crc32

FOLDER_VARIABLE = "YAODIAN_CACHE"
_LARGEST = 4 << 20
"""A file of more bytes has outlived several versions: it is begun anew with what one process needs."""
_HEAD = 12
"""The bytes before the index: the checksum, and how long the index is."""
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Code:
    """What an expression became: the matcher's code, all its flags, the number of its groups, the named ones."""

    code: bytes
    flags: int
    groups: int
    named: Mapping[str, int]


_made: dict[_Key, _Code] = {}


def compiled(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Do what ``re.compile`` does, sooner where an earlier process has done it; ``re.error`` as there.

    For expressions of the program and its vocabularies: those made of a document's words would fill the file.
    """
    return _compiled(expression, int(flags))


@cache
def _compiled(expression: str, flags: int) -> re.Pattern[str]:
    with suppress(_Unlike, RuntimeError, TypeError):
        code = _kept().get((expression, flags))
        if code is None:
            code = _made[expression, flags] = _code_of(expression, flags)
        return _pattern(expression, code)
    return re.compile(expression, flags)


def any_of(words: Iterable[str]) -> str:
    """The expression of any of these words, the longest first, else in the order given; a set has to be sorted."""
    return "|".join(re.escape(word) for word in sorted(dict.fromkeys(words), key=len, reverse=True))


class _Unlike(Exception):
    """This Python's ``re`` is not built as the one that this module knows."""


@cache
def _modules() -> tuple[ModuleType, ModuleType, ModuleType]:
    """The matcher, the parser and the compiler within ``re``; ``_Unlike`` where they are not to be had."""
    if sys.implementation.name != "cpython" or array("I").itemsize != 4:
        raise _Unlike
    try:
        return import_module("_sre"), import_module("re._parser"), import_module("re._compiler")
    except ImportError as error:
        raise _Unlike from error


def _code_of(expression: str, flags: int) -> _Code:
    _, parser, compiler = _modules()
    try:
        parsed = parser.parse(expression, flags)
        words = compiler._code(parsed, flags)
        state = parsed.state
        return _Code(array("I", words).tobytes(), flags | state.flags, state.groups - 1, dict(state.groupdict))
    except AttributeError as error:
        raise _Unlike from error


def _pattern(expression: str, code: _Code) -> re.Pattern[str]:
    """The pattern of a code, made as ``re._compiler.compile`` makes it."""
    names: list[str | None] = [None] * (code.groups + 1)
    for name, number in code.named.items():
        names[number] = name
    words = array("I", code.code).tolist()
    made = _modules()[0].compile(expression, code.flags, words, code.groups, dict(code.named), tuple(names))
    return cast("re.Pattern[str]", made)


@cache
def _kept() -> dict[_Key, _Code]:
    """What earlier processes have kept; empty where there is nothing to be had."""
    file = _file()
    if file is None:
        return {}
    atexit.register(_keep, file)
    with suppress(OSError, ValueError, KeyError, TypeError):
        return _read(file.read_bytes())
    return {}


def _keep(file: Path) -> None:
    """Add what this process has compiled; of two that do so at once the later one stands, and the next adds more."""
    if not _made:
        return
    from yaodian.output import write_file

    content = _written(_kept() | _made)
    if len(content) > _LARGEST:
        content = _written(_made)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_file(file, [content])


def _file() -> Path | None:
    """The file of this Python; None where nothing is to be kept, or where the user has no folder."""
    with suppress(_Unlike, RuntimeError):
        matcher = _modules()[0]
        folder = _folder()
        python = f"{sys.implementation.cache_tag}-{sys.hexversion:x}-{matcher.MAGIC}-{sys.byteorder}"
        return folder / f"patterns-{python}.bin" if folder else None
    return None


def _folder() -> Path | None:
    """Where programs of this user keep what they can make again: the custom of each system."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named is not None:
        return Path(named) if named else None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "yaodian" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "yaodian"
    # XDG Base Directory Specification: a path that is not absolute is to be ignored.
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (stated if stated.is_absolute() else Path.home() / ".cache") / "yaodian"


def _written(codes: Mapping[_Key, _Code]) -> bytes:
    """An index in JSON (the expressions, how long the code of each is), the codes behind it, a checksum before it."""
    ordered = [(*key, codes[key]) for key in sorted(codes)]
    index = [
        [expression, flags, len(code.code), code.flags, code.groups, dict(code.named)]
        for expression, flags, code in ordered
    ]
    head = json.dumps(index).encode("ascii")
    body = b"".join(code.code for _, _, code in ordered)
    rest = len(head).to_bytes(8, "little") + head + body
    return crc32(rest).to_bytes(4, "little") + rest


def _read(content: bytes) -> dict[_Key, _Code]:
    """What :func:`_written` has written; ``ValueError`` where it is anything else."""
    if crc32(content[4:]) != int.from_bytes(content[:4], "little"):
        raise ValueError
    start = _HEAD + int.from_bytes(content[4:_HEAD], "little")
    codes: dict[_Key, _Code] = {}
    index: list[Any] = json.loads(content[_HEAD:start])
    for expression, flags, length, all_flags, groups, named in index:
        codes[expression, flags] = _Code(content[start : start + length], all_flags, groups, named)
        start += length
    return codes
