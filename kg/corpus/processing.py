"""One source becomes one plan file and one row of the manifest, whatever the other sources are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from yaodian.corpus.folder import Folder
from yaodian.corpus.manifest import Failure, PlanRow
from yaodian.corpus.rows import Filed, plan_row
from yaodian.corpus.sources import Source
from yaodian.errors import YaodianError, shown


@dataclass(frozen=True, slots=True)
class Task:
    """A source to process, where its plan file is staged, and the user's theme scheme."""

    source: Source
    folder: Folder
    themes: Path | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A source that could not be processed, and what was raised."""

    failure: Failure
    cause: Exception


def process(task: Task) -> PlanRow | Broken:
    """Read, extract, check and describe one plan; a document that breaks any of it breaks nothing else."""
    try:
        row, text = _described(task)
    except YaodianError as error:
        return _broken(task.source, str(error), error)
    except Exception as error:
        return _broken(task.source, f"unexpected {type(error).__name__}: {error}", error)
    task.folder.stage_plan(text, row.digest)
    return row


def _broken(source: Source, message: str, cause: Exception) -> Broken:
    reason = " ".join(message.removeprefix(f"{shown(str(source.path))}: ").split())
    return Broken(Failure(source.shown, source.sha256(), reason), cause)


def _described(task: Task) -> tuple[PlanRow, str]:
    from yaodian.checking import check
    from yaodian.checking.results import finding_quads
    from yaodian.extraction import extract
    from yaodian.rdf import plan_iri, quads, slug
    from yaodian.rdf.iris import segment
    from yaodian.rdf.serialise import serialise
    from yaodian.reading import read

    plan = extract(read(task.source.path), themes=task.themes)
    findings = tuple(check(plan))
    name = slug(plan)
    iri = plan_iri(plan, name)
    statements = list(quads(plan, name))
    described = {subject for subject, _, _, _ in statements}
    text = serialise([*statements, *finding_quads(iri, findings, described)])
    digest = hashlib.sha256(text.encode()).hexdigest()
    filed = Filed(iri, segment(name), segment(name), digest, text.count("\n"))
    return plan_row(task.source.shown, plan, filed, findings), text
