"""What of a corpus is to be exported: the plans and the table that the user names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from yaodian.errors import YaodianError, listed
from yaodian.exports.formats import Export
from yaodian.exports.writing import goes_to_folder

if TYPE_CHECKING:
    from yaodian.corpus import Corpus

_TABULAR = ("csv", "excel", "parquet")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+", re.IGNORECASE)


def checked_table(form: Export, table: str | None, out: Path | None) -> None:
    """``YaodianError`` where a table is named for a form without tables, or none for a single stream of them."""
    if form.name not in _TABULAR:
        if table:
            raise YaodianError(f"--format {form.name} has no tables: leave out --table")
    elif not table and (out is None or not goes_to_folder(form, out)):
        raise YaodianError(
            f"--format {form.name} writes several tables: give --out FOLDER, or one of them with --table"
        )


def checked_plans(form: Export, corpus: Corpus, slugs: Iterable[str]) -> frozenset[str]:
    """The slugs of plans that there are; ``YaodianError`` for another one, or a form that holds all plans."""
    wanted, known = frozenset(slugs), [row.slug for row in corpus.plans]
    if wanted and form.name != "stratml":
        raise YaodianError(f"--format {form.name} holds the whole corpus: leave out --plan")
    for slug in sorted(wanted - set(known)):
        near = difflib.get_close_matches(slug, known, n=3, cutoff=0.5)
        raise YaodianError(f"there is no plan {slug!r}; there are: {listed(near or known, ', ')}")
    return wanted


def checked_license(iri: str | None) -> str | None:
    """The licence; ``YaodianError`` where it is no absolute IRI."""
    if iri and not _IRI.fullmatch(iri):
        raise YaodianError(f"--license {iri}: give an IRI, like https://creativecommons.org/licenses/by/4.0/")
    return iri
