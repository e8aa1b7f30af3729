"""The manifest: what a corpus is made of. It holds no clock and nothing of the machine: equal sources, equal bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import Any

from yaodian.errors import CorpusError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What a plan's graph depends on beside its source: version and digests of code, vocabularies and rules.

    ``themes`` is the digest of the user's theme scheme, empty with the built-in one.
    """

    yaodian: str
    code: str
    ontology: str
    rules: str
    themes: str = ""


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


@dataclass(frozen=True)
class Manifest:
    """The state of a corpus: plans sorted by slug, failures and duplicates by source."""

    toolchain: Toolchain
    plans: tuple[PlanRow, ...] = ()
    failed: tuple[Failure, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()

    @cached_property
    def encoded(self) -> bytes:
        """The manifest as it stands in its file."""
        content = {
            "format": FORMAT,
            **asdict(self.toolchain),
            "plans": [asdict(row) for row in self.plans],
            "failed": [asdict(failure) for failure in self.failed],
            "duplicates": [asdict(duplicate) for duplicate in self.duplicates],
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")

    @cached_property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that name this state."""
        return hashlib.sha256(self.encoded).hexdigest()[:16]

    @property
    def files(self) -> dict[str, str]:
        """The digest of each plan file, by its slug."""
        return {row.slug: row.digest for row in self.plans}


def decode_manifest(data: bytes, where: str) -> Manifest:
    """The manifest in ``data``, read from the folder ``where``; ``CorpusError`` where it is no such thing."""
    try:
        content = json.loads(data)
        form = content["format"]
        if form == FORMAT:
            return _manifest(content)
    except (ValueError, TypeError, KeyError) as error:
        raise CorpusError(f"{where}: manifest.json is damaged; build the corpus again") from error
    raise CorpusError(f"{where}: manifest.json has format {form}, not {FORMAT}; build the corpus again")


def _manifest(content: dict[str, Any]) -> Manifest:
    toolchain = Toolchain(
        **{f.name: content[f.name] for f in fields(Toolchain) if f.name != "themes" or f.name in content}
    )
    return Manifest(
        toolchain,
        tuple(_plan_row(row) for row in content["plans"]),
        tuple(Failure(**failure) for failure in content["failed"]),
        tuple(Duplicate(**duplicate) for duplicate in content["duplicates"]),
    )


def _plan_row(content: dict[str, Any]) -> PlanRow:
    lists = {name: tuple(content.get(name, ())) for name in ("problems", "subjects")}
    return PlanRow(**{**content, **lists})
