"""One source becomes one plan file and one row of the manifest, whatever the other sources are."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yaodian.corpus.folder import Folder
from yaodian.corpus.manifest import Failure, PlanRow
from yaodian.corpus.rows import Filed, plan_row
from yaodian.corpus.sources import Source
from yaodian.errors import YaodianError, shown

if TYPE_CHECKING:
    from yaodian.model import Document


@dataclass(frozen=True, slots=True)
class Task:
    """A source to process, where its plan file is staged, and the user's theme scheme.

    ``content`` is what the source holds, where it is sent to a process that may not see the file.
    """

    source: Source
    folder: Folder
    themes: Path | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A source that could not be processed; ``trace`` is where it went wrong, for ``--debug``."""

    failure: Failure
    trace: str = ""


def process(task: Task) -> PlanRow | Broken:
    """Read, extract, check and describe one plan and stage its file; ``OSError`` where that cannot be written."""
    result = describe(task)
    if isinstance(result, Broken):
        return result
    row, text = result
    task.folder.stage_plan(text, row.digest)
    return row


def describe(task: Task) -> tuple[PlanRow, str] | Broken:
    """The row and the N-Quads of one plan; a document that breaks anything breaks nothing else."""
    try:
        return _described(task)
    except YaodianError as error:
        return broken(task.source, str(error), traceback.format_exc())
    except Exception as error:
        return broken(task.source, f"unexpected {type(error).__name__}: {error}", traceback.format_exc())


def broken(source: Source, message: str, trace: str = "") -> Broken:
    """What a source that gave no plan is reported as."""
    reason = " ".join(message.removeprefix(f"{shown(str(source.path))}: ").split())
    return Broken(Failure(source.shown, source.sha256(), reason), trace)


def _document(task: Task) -> Document:
    from yaodian.reading import read, read_bytes

    source = task.source
    if source.kept:
        from yaodian.corpus.keeping import kept_document

        return kept_document(source.kept, source.shown, task.content)
    if task.content is None:
        return read(source.path)
    return read_bytes(task.content, source.path.name, str(source.path))


def _described(task: Task) -> tuple[PlanRow, str]:
    from yaodian.checking import check_graph
    from yaodian.checking.graph import PlanGraph
    from yaodian.checking.results import finding_quads
    from yaodian.extraction import extract
    from yaodian.rdf import plan_iri, quads, slug
    from yaodian.rdf.iris import segment
    from yaodian.rdf.serialise import serialise

    plan = extract(_document(task), themes=task.themes)
    name = slug(plan)
    iri = plan_iri(plan, name)
    statements = list(quads(plan, name))
    findings = check_graph(PlanGraph.of(plan, statements=statements))
    described = {subject for subject, _, _, _ in statements}
    text = serialise([*statements, *finding_quads(iri, findings, described)])
    digest = hashlib.sha256(text.encode()).hexdigest()
    filed = Filed(iri, segment(name), segment(name), digest, text.count("\n"))
    return plan_row(task.source.shown, plan, filed, findings), text
