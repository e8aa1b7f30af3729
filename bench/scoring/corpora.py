"""The annotated corpora: our own texts, always there, and the real plans, where they are at hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaodian
from scoring.comparing import compare
from scoring.figures import Sheet
from scoring.matching import Json
from yaodian.interchange import to_json

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "gold"
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and its annotation."""

    text: Path
    annotation: Path

    @property
    def name(self) -> str:
        """What the document is called in tables."""
        return self.annotation.stem


@dataclass(frozen=True, slots=True)
class Corpus:
    """Annotated texts under one name, in the order of their names."""

    name: str
    samples: tuple[Sample, ...]

    def digest(self) -> str:
        """The corpus' SHA-256, over its texts and annotations: it changes with any of them, and with nothing else."""
        lines = sorted(_line(path) for sample in self.samples for path in (sample.text, sample.annotation))
        return f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}"


def own(folder: Path = OWN) -> Corpus:
    """The texts written for this project."""
    return Corpus("own", tuple(Sample(path.with_suffix(".txt"), path) for path in sorted(folder.glob("*.json"))))


def shared(folder: Path = SHARED) -> Corpus | None:
    """The annotated ones of the real plans, which are not part of the project; None where they are absent."""
    samples = tuple(
        Sample(text, path)
        for path in sorted((folder / "gold").glob("*.json"))
        for text in sorted((folder / "seeds").glob(f"{path.stem}_*.txt"))
    )
    return Corpus("shared", samples) if samples else None


def at_hand(own_folder: Path = OWN, shared_folder: Path = SHARED) -> Iterator[Corpus]:
    """Every corpus that is there."""
    yield own(own_folder)
    real = shared(shared_folder)
    if real is not None:
        yield real


def extracted(text: Path) -> Json:
    """What ``extract`` and ``check`` print of a text, as one object."""
    plan = yaodian.read_plan(text)
    found = [
        {"start": finding.span.start, "end": finding.span.end, "code": finding.code} for finding in yaodian.check(plan)
    ]
    return {**to_json(plan), "findings": found}


def annotated(sample: Sample) -> Json:
    """The annotation of a sample."""
    data: Json = json.loads(sample.annotation.read_text("utf-8"))
    return data


def scored(corpus: Corpus) -> dict[str, Sheet]:
    """The figures of each document."""
    return {sample.name: compare(annotated(sample), extracted(sample.text)) for sample in corpus.samples}


def _line(path: Path) -> str:
    return f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
