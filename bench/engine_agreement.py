"""Both SHACL engines on every text at hand: the compiled one must give what pySHACL, the reference, gives.

    python bench/engine_agreement.py               examples, drafts, gold, the rules' examples, the real plans
    python bench/engine_agreement.py FILE...       these files only
    python bench/engine_agreement.py --jobs 4      in several processes: pySHACL needs seconds for a plan

Every rule is asked, whatever the profile. Findings are compared whole: places, fields, fingerprints. Prints each
difference, the way so far to the standard error, and exits with 1 where there is a difference.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

import yaodian
from yaodian.checking import Finding, check, default_rules
from yaodian.checking.engine import validator
from yaodian.checking.handbook import is_graph
from yaodian.reading import read_bytes

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FOLDERS = (ROOT / "examples", ROOT / "docs" / "drafts", ROOT / "tests" / "gold", SHARED / "seeds", SHARED / "corpus")
ENDINGS = frozenset((".txt", ".html", ".docx", ".pdf"))


@dataclass(frozen=True, slots=True)
class Case:
    """A text: a file, or an example of a rule as it stands in the shapes."""

    name: str
    file: Path | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many findings there are in a text, and what only one of the engines says."""

    name: str
    findings: int
    differences: tuple[str, ...]


def cases(files: Sequence[Path] = ()) -> Iterator[Case]:
    """The files, else every text at hand."""
    for path in files or sorted(path for folder in FOLDERS for path in folder.glob("*") if path.suffix in ENDINGS):
        yield Case(path.name, path)
    if not files:
        for rule in default_rules().rules:
            yield Case(f"{rule.code} bad", example=rule.bad)
            yield Case(f"{rule.code} good", example=rule.good)


def compared(case: Case) -> Comparison:
    """What the engines say of a text, and where they differ."""
    if case.file is None and is_graph(case.example):
        return _compared_graphs(case)
    plan = yaodian.read_plan(case.file) if case.file else yaodian.extract(read_bytes(case.example.encode(), "例.txt"))
    compiled, reference = (
        {_told(finding) for finding in check(plan, engine=engine, rules=default_rules())}
        for engine in ("shacl", "pyshacl")
    )
    return _comparison(case.name, compiled, reference)


def _compared_graphs(case: Case) -> Comparison:
    triples = pyoxigraph.parse(case.example.encode(), pyoxigraph.RdfFormat.TURTLE)
    data = (pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"").decode()
    shapes = default_rules().shapes
    compiled, reference = (
        {f"{result.shape} {result.focus} {result.value}" for result in validator(shapes, engine)(data)}
        for engine in ("shacl", "pyshacl")
    )
    return _comparison(case.name, compiled, reference)


def _comparison(name: str, compiled: set[str], reference: set[str]) -> Comparison:
    only = [f"only the compiled engine: {each}" for each in sorted(compiled - reference)]
    only += [f"only the reference: {each}" for each in sorted(reference - compiled)]
    return Comparison(name, len(reference), tuple(only))


def _told(finding: Finding) -> str:
    fields = ", ".join(f"{name}={value}" for name, value in sorted(finding.fields.items()))
    said = finding.result
    where = f"{finding.span.start}-{finding.span.end} {finding.fingerprint} {finding.item}"
    return f"{finding.code} {where} {said.focus} {said.component} {said.path} [{fields}]"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args(arguments)
    begun, texts, findings, differences = time.perf_counter(), 0, 0, 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for one in pool.map(compared, cases(options.files)):
            texts, findings, differences = texts + 1, findings + one.findings, differences + len(one.differences)
            print(f"{texts}: {one.name}, {one.findings} findings", file=sys.stderr, flush=True)
            for difference in one.differences:
                print(f"{one.name}: {difference}", flush=True)
    seconds = time.perf_counter() - begun
    print(f"{texts} texts, {findings} findings, {differences} differences ({seconds:.0f} s)")
    return int(differences > 0)


if __name__ == "__main__":
    sys.exit(main())
