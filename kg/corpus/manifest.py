"""The manifest: what a corpus is made of. It holds no clock and nothing of the machine: equal sources, equal bytes.

It is JSON with one entry a line, so that a manifest of many plans is written and read entry by entry. Before the
entries it names its own state, a digest of all else that stands in it: who asks the index needs to read no further.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from itertools import chain, islice
from typing import Any

from yaodian.corpus.versions import refuse_later
from yaodian.errors import CorpusError, LaterCorpusError

FORMAT = 2
_LISTS = ("plans", "failed", "duplicates")
_STATE, _ENTRIES = b' "state": ', b' "plans": [\n'
_NAME = re.compile("[0-9a-f]{16}")
_FILE_NAME = re.compile(r"[^/\\\0]+")
_MOST_LINES = 50
# Few words that many rows share are held once.
_SHARED = ("city", "city_code", "province", "kind", "status", "home", "level")


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What a plan's graph depends on beside its source: version and digests of code, vocabularies and rules.

    ``themes`` is the digest of the user's theme scheme, empty with the built-in one; ``ontology_version`` is what the
    ontology calls itself, empty in a corpus that is older than this record.
    """

    yaodian: str
    code: str
    ontology: str
    rules: str
    themes: str = ""
    ontology_version: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan of the corpus. ``digest`` is the SHA-256 of its N-Quads file; counts are of distinct things.

    ``slug`` is the last part of its IRI and the name of its file, ``base_slug`` the one it would have if no other
    plan wanted the same; ``words`` is the digest of the document's words (see ``sameness``). ``home`` is the division
    that the plan is for, ``level`` that division's, empty where it is not known; ``subjects`` are the codes of the
    themes that the plan's items are about, of what it plans where it plans anything.
    """

    source: str
    name: str
    sha256: str
    plan: str
    slug: str
    base_slug: str
    digest: str
    statements: int
    title: str | None
    city: str | None
    city_code: str | None
    province: str | None
    year: int | None
    kind: str
    status: str
    sections: int
    items: int
    targets: int
    results: int
    policies: int
    places: int
    themes: int
    findings: dict[str, int] = field(default_factory=dict)
    problems: tuple[dict[str, str], ...] = ()
    words: str = ""
    home: str | None = None
    level: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """A source that gave no plan, and why, in one line."""

    source: str
    sha256: str | None
    error: str


@dataclass(frozen=True, slots=True, order=True)
class Duplicate:
    """A source with the same content, or the same words, as another one, which stands for both."""

    source: str
    sha256: str
    duplicate_of: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a manifest says before its entries: with which tools the corpus was made, and the name of its state."""

    toolchain: Toolchain
    digest: str


@dataclass(frozen=True)
class Manifest:
    """The state of a corpus: plans sorted by slug, failures and duplicates by source."""

    toolchain: Toolchain
    plans: tuple[PlanRow, ...] = ()
    failed: tuple[Failure, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()

    def lines(self) -> Iterator[bytes]:
        """The manifest as it stands in its file, line by line."""
        yield from self._head()
        yield _STATE + _json(self.digest) + b",\n"
        yield from self._entries()

    def _head(self) -> Iterator[bytes]:
        yield b"{\n"
        for key, value in {"format": FORMAT, **asdict(self.toolchain)}.items():
            yield b" " + _json({key: value})[1:-1] + b",\n"

    def _entries(self) -> Iterator[bytes]:
        for name in _LISTS:
            yield f' "{name}": [\n'.encode()
            before = b""
            for entry in getattr(self, name):
                yield before + b"  " + _json({field.name: getattr(entry, field.name) for field in fields(entry)})
                before = b",\n"
            end = b"" if name == _LISTS[-1] else b","
            yield (b"\n" if before else b"") + b" ]" + end + b"\n"
        yield b"}\n"

    @property
    def encoded(self) -> bytes:
        """The manifest as it stands in its file."""
        return b"".join(self.lines())

    @cached_property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that name this state."""
        whole = hashlib.sha256()
        for line in chain(self._head(), self._entries()):
            whole.update(line)
        return _name(whole)

    @property
    def files(self) -> dict[str, str]:
        """The digest of each plan file, by its slug."""
        return {row.slug: row.digest for row in self.plans}


def _name(content: hashlib._Hash) -> str:
    return content.hexdigest()[:16]


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")


def decode_manifest(data: Iterable[bytes] | bytes, where: str) -> Manifest:
    """The manifest in ``data`` (a file's lines, or all of it), read from the folder ``where``.

    ``LaterCorpusError`` where a later version made it, ``CorpusError`` where it is no manifest.
    """
    try:
        return _streamed(iter(data.splitlines(keepends=True) if isinstance(data, bytes) else data), where)
    except LaterCorpusError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise CorpusError(
            f"{where}: manifest.json is damaged; build the corpus again: yaodian build SOURCE... --out {where}"
        ) from error


def decode_head(lines: Iterable[bytes], where: str) -> Head | None:
    """The head of a manifest, of whose lines no more is read; None where they are not as we write them, or older.

    ``LaterCorpusError`` where a later version made it.
    """
    head = _head_lines(islice(lines, _MOST_LINES))
    if not head or head[-1] != _ENTRIES:
        return None
    try:
        content = json.loads(b"".join(head) + b"]}")
        _refuse_later(content, where)
        state = content.get("state")
        is_name = isinstance(state, str) and _NAME.fullmatch(state)
        return Head(_toolchain(content), state) if is_name else None
    except LaterCorpusError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _head_lines(lines: Iterator[bytes]) -> list[bytes]:
    """The lines up to the one that begins the entries, or all where there is none."""
    head: list[bytes] = []
    for line in lines:
        head.append(line)
        if line == _ENTRIES:
            break
    return head


def _streamed(lines: Iterator[bytes], where: str) -> Manifest:
    """The manifest read entry by entry; in whole where the lines are not as we write them (an older form, an edit)."""
    whole = hashlib.sha256()
    lines = _digested(lines, whole)
    head = _head_lines(lines)
    if not head or head[-1] != _ENTRIES or (following := next(lines, b"")) == b"  {\n":
        rest = chain(head, [following] if head and head[-1] == _ENTRIES else [], lines)
        return _manifest(json.loads(b"".join(rest)), where)
    content = json.loads(b"".join(head) + b"]}")
    _refuse_later(content, where)
    lines = chain([following], lines)
    plans = tuple(map(decode_row, _entries(lines)))
    content["failed"] = list(_section(lines, "failed"))
    content["duplicates"] = list(_section(lines, "duplicates"))
    if next(lines, b"") != b"}\n":
        raise ValueError("it does not end as a manifest does")
    manifest = _with_plans(plans, content)
    digest = _name(whole)
    if content.get("state", digest) != digest:
        raise ValueError("it is of another state than it says")
    manifest.__dict__["digest"] = digest  # what `digest` would work out from the entries
    return manifest


def _digested(lines: Iterable[bytes], whole: hashlib._Hash) -> Iterator[bytes]:
    """The lines, each added to the digest as it passes; the line that tells the digest is no part of it."""
    for line in lines:
        if not line.startswith(_STATE):
            whole.update(line)
        yield line


def _entries(lines: Iterator[bytes]) -> Iterator[Any]:
    """The entries of a list, up to the line that ends it."""
    for line in lines:
        if line.startswith(b" ]"):
            return
        yield json.loads(line.rstrip(b",\n"))
    raise ValueError("it breaks off")


def _section(lines: Iterator[bytes], name: str) -> Iterator[Any]:
    if next(lines, b"").strip() != f'"{name}": ['.encode():
        raise ValueError(f"it has no {name}")
    return _entries(lines)


def _refuse_later(content: dict[str, Any], where: str) -> None:
    form = content["format"]
    if not isinstance(form, int):
        raise ValueError("its format is no number")
    refuse_later(where, form, FORMAT, str(content.get("yaodian", "")), str(content.get("ontology_version", "")))


def _manifest(content: dict[str, Any], where: str) -> Manifest:
    _refuse_later(content, where)
    return _with_plans(tuple(map(decode_row, content["plans"])), content)


def _with_plans(plans: tuple[PlanRow, ...], content: dict[str, Any]) -> Manifest:
    return Manifest(
        _toolchain(content),
        plans,
        tuple(Failure(**failure) for failure in content["failed"]),
        tuple(Duplicate(**duplicate) for duplicate in content["duplicates"]),
    )


def _toolchain(content: dict[str, Any]) -> Toolchain:
    known = [f.name for f in fields(Toolchain) if f.name in content or f.name not in ("themes", "ontology_version")]
    tools = {name: content[name] for name in known}
    if not all(isinstance(value, str) for value in tools.values()):
        raise TypeError("it names no versions")
    return Toolchain(**tools)


def decode_row(row: dict[str, Any]) -> PlanRow:
    """A plan's row as it stands in JSON; ``ValueError``, ``TypeError`` or ``KeyError`` where it is none."""
    # Both name files: no corpus that somebody sends may lead out of its folder.
    if not _FILE_NAME.fullmatch(row["slug"]) or not _FILE_NAME.fullmatch(row["digest"]):
        raise ValueError("its plans have no names that files can have")
    shared = {name: sys.intern(row[name]) for name in _SHARED if row.get(name) is not None}
    if row["base_slug"] == row["slug"]:
        shared["base_slug"] = row["slug"]
    lists = {name: tuple(row.get(name, ())) for name in ("problems", "subjects")}
    return PlanRow(**{**row, **shared, **lists})
