"""A Word file's parts: read from the archive in memory, one by one, never written anywhere (ISO/IEC 29500-2).

A part is found by its relation to another, as the standard says; relations that lead out of the file are not followed.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from io import BytesIO

from yaodian.errors import ReadingError
from yaodian.reading import limits
from yaodian.reading.office_xml import Budget, Node, parse

USUAL_MAIN_PART = "word/document.xml"

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError, OSError)


@dataclass(slots=True)
class Parts:
    """The parts of an open file. Names are compared as the standard says: without regard to case."""

    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    budget: Budget = field(default_factory=Budget)
    relations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    unpacked: int = 0

    def main(self) -> str:
        """The name of the part that holds the document; ``ReadingError`` where there is none."""
        for name in (*self.related("", "officeDocument"), USUAL_MAIN_PART):
            if name.lower() in self.members:
                return name
        raise ReadingError("this is no Word document: the archive has no part with a document")

    def related(self, source: str, kind: str) -> list[str]:
        """The names of the parts that the part ``source`` (empty: the file) relates to as ``kind``, if they exist."""
        if source not in self.relations:
            self.relations[source] = list(self._relations_of(source))
        return [name for told, name in self.relations[source] if told == kind]

    def _relations_of(self, source: str) -> Iterator[tuple[str, str]]:
        folder, base = posixpath.split(source)
        part = f"{folder}/_rels/{base}.rels".lstrip("/")
        for relation in self.tree(part).all("rel:Relationship") if part.lower() in self.members else ():
            told = relation.attributes
            if told.get("TargetMode") != "External":
                name = posixpath.normpath(posixpath.join("/", folder, told.get("Target", ""))).lstrip("/")
                if name.lower() in self.members:
                    yield told.get("Type", "").rpartition("/")[2], name

    def tree(self, name: str, keep: Collection[str] = ()) -> Node:
        """The XML of a part that exists."""
        return parse(self.content(name), name, self.budget, keep)

    def content(self, name: str) -> bytes:
        """The bytes of a part that exists."""
        return self._read(self.members[name.lower()])

    def _read(self, member: zipfile.ZipInfo) -> bytes:
        self._allow(member)
        try:
            with self.archive.open(member) as file:
                data = file.read(limits.ZIP_LARGEST_UNPACKED - self.unpacked + 1)
        except _DAMAGE as error:
            raise ReadingError(f"its part {member.filename} cannot be unpacked ({_told(error)})") from None
        except RuntimeError:
            raise ReadingError("it is protected by a password") from None
        self.unpacked += len(data)
        if self.unpacked > limits.ZIP_LARGEST_UNPACKED:
            raise limits.beyond(f"it is larger than {limits.ZIP_LARGEST_UNPACKED >> 20} MB when unpacked")
        return data

    def _allow(self, member: zipfile.ZipInfo) -> None:
        if member.flag_bits & _ENCRYPTED:
            raise ReadingError("it is protected by a password")
        # Other methods unpack all at once, however much it comes to; the standard does not allow them.
        if member.compress_type not in _METHODS:
            raise ReadingError(f"its part {member.filename} is packed in a way that Office files are not")
        unpacked = member.file_size
        if unpacked > limits.ZIP_RATIO_COUNTS_FROM and unpacked > limits.ZIP_LARGEST_RATIO * member.compress_size:
            raise ReadingError(f"its part {member.filename} unpacks to over {limits.ZIP_LARGEST_RATIO} times its size")


def open_parts(data: bytes) -> Parts:
    """The parts of the file ``data``; ``ReadingError`` where it is no archive or goes beyond the limits."""
    # The directory is read as a whole: entries are counted first by the mark that each begins with.
    if data.count(_DIRECTORY_ENTRY) > limits.ZIP_MOST_PARTS:
        raise limits.beyond(f"it has more than {limits.ZIP_MOST_PARTS:,} parts")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _DAMAGE as error:
        raise ReadingError(f"it is damaged: the archive that it is cannot be opened ({_told(error)})") from None
    return Parts(archive, {_part_name(member.filename): member for member in archive.infolist()})


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _told(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
