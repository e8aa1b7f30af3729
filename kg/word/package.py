"""A Word file as an archive of parts (ISO/IEC 29500-2): all parts as they were, but for those that are given anew."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import quoteattr

from yaodian.reading.docx_parts import Parts
from yaodian.reading.office_xml import Budget, parse
from yaodian.word.editing import appended
from yaodian.word.tracing import as_utf8

CONTENT_TYPES = "[Content_Types].xml"
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of what is new: archives know none before it, and the same draft gives the same file."""


def rewritten(parts: Parts, new: Mapping[str, bytes]) -> bytes:
    """The file with those parts in the place of the ones of that name, or after all others."""
    waiting = {name.lower(): (name, content) for name, content in new.items()}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in parts.archive.infolist():
            _, content = waiting.pop(_plain(info.filename), ("", None))
            archive.writestr(_entry(info), parts.archive.read(info) if content is None else content)
        for name, content in waiting.values():
            archive.writestr(_new_entry(name), content)
    return buffer.getvalue()


def archive_of(parts: Mapping[str, bytes]) -> bytes:
    """A file of those parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(_new_entry(name), content)
    return buffer.getvalue()


def with_part_declared(parts: Parts, source: str, name: str, kind: str, content_type: str) -> dict[str, bytes]:
    """The parts to write anew so that the part ``source`` relates to the new part ``name``, which is of that type."""
    types, relations = _named(parts, CONTENT_TYPES), relations_of(source)
    target = posixpath.relpath(name, posixpath.dirname(source) or ".")
    known = as_utf8(parts.content(relations)) if relations.lower() in parts.members else _NO_RELATIONS
    taken = {node.attributes.get("Id") for node in parse(known, relations, Budget()).children}
    identity = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    relation = f'<Relationship Id="{identity}" Type={quoteattr(kind)} Target={quoteattr(target)}/>'
    override = f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(content_type)}/>"
    return {
        types: _with_child(as_utf8(parts.content(types)), types, override),
        relations: _with_child(known, relations, relation),
    }


def relations_of(name: str) -> str:
    """The name of the part that holds the relations of a part."""
    folder, base = posixpath.split(name)
    return f"{folder}/_rels/{base}.rels".lstrip("/")


def _with_child(data: bytes, name: str, child: str) -> bytes:
    """The part with another child; it has the prefix that the root has."""
    root = parse(data, name, Budget())
    prefix = data[root.begin + 1 : root.begin + 60].split(b">")[0].split()[0].rpartition(b":")[0]
    return appended(data, root, child.replace("<", f"<{prefix.decode()}:" if prefix else "<").encode())


def _named(parts: Parts, name: str) -> str:
    return parts.members[name.lower()].filename


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The entry as it was, but for what is said of its bytes."""
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type, entry.external_attr, entry.comment = info.compress_type, info.external_attr, info.comment
    entry.create_system = info.create_system
    return entry


def _new_entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
    return entry
