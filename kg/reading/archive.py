"""Zip archives: each document in one is named ``archive.zip!/folder/plan.txt`` and read as if it lay in a folder.

Nothing is written to disk, so no name in an archive leads anywhere. Archives in archives are named, and refused when
they are read.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from itertools import count
from pathlib import Path, PurePosixPath

from yaodian.errors import ReadingError, shown
from yaodian.reading import limits
from yaodian.reading.files import bytes_of
from yaodian.reading.formats import is_document

MARK = "!/"
"""What parts an archive's path from the name of a document in it."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_UTF_8_NAME = 0x800
_ENCRYPTED = 0x1

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)

Members = Mapping[str, zipfile.ZipInfo]


def split(path: Path) -> tuple[Path, str] | None:
    """The archive and the document in it that a path names; None where it is an ordinary path."""
    name = str(path).replace("\\", "/")
    at = name.find(MARK)
    while at >= 0:
        if (archive := Path(name[:at])).is_file():
            return archive, name[at + len(MARK) :]
        at = name.find(MARK, at + 1)
    return None


def documents_in(path: Path) -> list[str]:
    """The names of the documents in the archive at ``path``, in order; none where it cannot be opened."""
    try:
        with _open(bytes_of(path)) as opened:
            return sorted(documents(opened))
    except ReadingError:
        return []


def member_bytes(archive: Path, name: str) -> bytes:
    """A document in the archive at that path; ``ReadingError`` where it is not there or may not be read."""
    whole = shown(f"{archive}{MARK}{name}")
    try:
        about = archive.stat()
        opened = _opened(archive, about.st_mtime_ns, about.st_size)
        found = documents(opened)
        if name not in found:
            raise ReadingError("there is no such document in this archive")
        return _content(opened, found[name])
    except OSError as error:
        raise ReadingError(f"{whole}: {error.strerror or error}") from error
    except ReadingError as error:
        raise ReadingError(f"{whole}: {error}") from None


def only_member(data: bytes, shown_name: str) -> tuple[str, bytes]:
    """The name and content of the one document of an archive; ``ReadingError`` where it has several, or none."""
    with _open(data) as opened:
        found = documents(opened)
        if len(found) == 1:
            ((name, info),) = found.items()
            return name, _content(opened, info)
    if not found:
        raise ReadingError("there is no document in this archive")
    first = shown(f"{shown_name}{MARK}{min(found)}")
    raise ReadingError(f"this archive holds {len(found)} documents: name one of them, such as {first}")


def documents(opened: zipfile.ZipFile) -> Members:
    """The documents of an archive by name: what a folder would give, folders and hidden files left out."""
    found: dict[str, zipfile.ZipInfo] = {}
    for info in opened.infolist():
        name = _name(info)
        parts = PurePosixPath(name).parts
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
        if is_document(name) and not hidden and not info.is_dir():
            found[_unused(name, found)] = info
    total = sum(info.file_size for info in found.values())
    if total > limits.ARCHIVE_LARGEST_UNPACKED:
        raise limits.beyond(f"this archive unpacks to more than {limits.ARCHIVE_LARGEST_UNPACKED >> 20} MB")
    return found


def _unused(name: str, used: Members) -> str:
    """The name, numbered as a file manager does where another member has it already: none hides another."""
    path = PurePosixPath(name)
    numbered = (str(path.with_stem(f"{path.stem} ({number})")) for number in count(2))
    return name if name not in used else next(other for other in numbered if other not in used)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name as Unicode: UTF-8, said or not, or GBK, as Chinese systems write it."""
    name = info.filename
    if not info.flag_bits & _UTF_8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


@lru_cache(maxsize=1)
def _opened(path: Path, changed: int, size: int) -> zipfile.ZipFile:
    """An archive whose documents are read one after the other: it is read once, and no file is kept open."""
    return _open(bytes_of(path))


def _open(data: bytes) -> zipfile.ZipFile:
    if data.count(_DIRECTORY_ENTRY) > limits.ARCHIVE_MOST_MEMBERS:
        raise limits.beyond(f"this archive holds more than {limits.ARCHIVE_MOST_MEMBERS:,} files")
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _DAMAGE as error:
        raise ReadingError(f"this archive is damaged: {error}") from error


def _content(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise ReadingError("this archive is encrypted: unpack it with its password first")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ReadingError("this is a link to another file: links in archives are not followed")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ReadingError("this file is packed by a method that is not read: pack it as usual")
    if info.file_size > max(limits.ZIP_RATIO_COUNTS_FROM, limits.ZIP_LARGEST_RATIO * info.compress_size):
        raise ReadingError(f"this file unpacks to more than {limits.ZIP_LARGEST_RATIO} times its size")
    try:
        with opened.open(info) as stream:
            data = stream.read(limits.LARGEST_FILE + 1)
    except _DAMAGE as error:
        raise ReadingError(f"this archive is damaged: {error}") from error
    if len(data) > limits.LARGEST_FILE:
        raise limits.beyond(f"larger than {limits.LARGEST_FILE >> 20} MB")
    return data
