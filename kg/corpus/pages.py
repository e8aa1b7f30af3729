"""The pages beside a corpus, report and map: made for one state of it, and made again where they do not fit."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from yaodian.corpus.folder import PAGES, PAGES_RECORD, Folder
from yaodian.corpus.manifest import Manifest
from yaodian.corpus.opening import Corpus


def stage_pages(folder: Folder, manifest: Manifest) -> None:
    """Write report and map for this state where they wait until it begins."""
    from yaodian import maps, reports

    waiting = folder.staged_pages(manifest.digest)
    waiting.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(folder, manifest)
    for name, write in zip(PAGES, (reports.write, maps.write), strict=True):
        write(corpus, waiting / name)
    record = _record(waiting, manifest)
    (waiting / PAGES_RECORD).write_text(record, "utf-8")


def pages_match(folder: Folder, manifest: Manifest) -> bool:
    """Whether the pages in the folder were made for this state and are as they were made."""
    try:
        return (folder.path / PAGES_RECORD).read_text("utf-8") == _record(folder.path, manifest)
    except (OSError, ValueError):
        return False


def _record(where: Path, manifest: Manifest) -> str:
    digests = {name: hashlib.sha256((where / name).read_bytes()).hexdigest() for name in PAGES}
    return json.dumps({"manifest": manifest.digest, **digests}) + "\n"
