"""Short names for plans: where several want the same, each gets a suffix, and its file is written under its new name.

No document is read for it again: the file is that of the other name with another IRI for the plan and all below it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from yaodian.corpus.folder import Folder
from yaodian.corpus.manifest import PlanRow
from yaodian.rdf.iris import ID, distinct_slug

Key = TypeVar("Key")

# A line of our canonical N-Quads: what stands in a literal is no IRI, whatever it looks like.
_LINE = re.compile(r'(<[^>]*> <[^>]*> )(<[^>]*>|".*"(?:@[\w-]+|\^\^<[^>]*>)?)( <[^>]*> \.)')


def named_apart(rows: Mapping[Key, PlanRow], folder: Folder) -> dict[Key, PlanRow]:
    """The rows with a suffix for each plan whose name others want too, and without one that is no longer needed."""
    wanted = Counter(row.base_slug for row in rows.values())
    return {key: _named(row, wanted[row.base_slug] > 1, folder) for key, row in rows.items()}


def _named(row: PlanRow, collides: bool, folder: Folder) -> PlanRow:
    slug = distinct_slug(row.base_slug, row.sha256) if collides else row.base_slug
    if slug == row.slug:
        return row
    plan = f"{ID}plan/{slug}"
    text = renamed(folder.plan_file(row.slug, row.digest).read_bytes().decode(), row.plan, plan)
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder.stage_plan(text, digest)
    return replace(row, plan=plan, slug=slug, digest=digest)


def renamed(nquads: str, old: str, new: str) -> str:
    """Our canonical N-Quads with the IRI ``new`` in the place of ``old``, which also begins all IRIs below it."""
    own = re.compile(f"<{re.escape(old)}(?=[>/#])")

    def line(statement: str) -> str:
        match = _LINE.fullmatch(statement)
        if match is None:
            raise ValueError(f"no line of canonical N-Quads: {statement[:80]!r}")
        return "".join(part if part.startswith('"') else own.sub(lambda _: f"<{new}", part) for part in match.groups())

    return "".join(sorted(f"{line(statement)}\n" for statement in nquads.split("\n")[:-1]))
