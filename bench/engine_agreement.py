"""Both SHACL engines on every text at hand: the compiled one must give what pySHACL, the reference, gives.

    python bench/engine_agreement.py               examples, drafts, gold, the rules' examples, the real plans
    python bench/engine_agreement.py FILE...       these files only
    python bench/engine_agreement.py --jobs 4      in several processes: pySHACL needs a minute for a plan
    python bench/engine_agreement.py --largest 9000 --done FILE
                                                   only texts of at most so many characters; what is in FILE is not
                                                   compared again, and what was compared is added to it

The smallest come first. Every rule is asked, whatever the profile. Findings are compared whole: places, fields,
fingerprints. Prints each difference, the way so far to the standard error, and exits with 1 where there is one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pyoxigraph

import yaodian
from yaodian.checking import Finding, check, default_rules
from yaodian.checking.engine import validator
from yaodian.checking.graph import PlanGraph
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
    """How many findings there are in a text, and what only one of the engines says.

    ``key`` stands for what was compared: shapes and graph. Where it is the same, so is the answer.
    """

    name: str
    findings: int
    differences: tuple[str, ...]
    key: str = ""


def cases(files: Sequence[Path] = ()) -> Iterator[Case]:
    """The files, else every text at hand."""
    for path in files or sorted(path for folder in FOLDERS for path in folder.glob("*") if path.suffix in ENDINGS):
        yield Case(path.name, path)
    if not files:
        for rule in default_rules().rules:
            yield Case(f"{rule.code} bad", example=rule.bad)
            yield Case(f"{rule.code} good", example=rule.good)


def compared(
    case: Case, done: Mapping[str, Comparison] = MappingProxyType({}), largest: int = sys.maxsize
) -> Comparison | None:
    """What the engines say of a text, and where they differ; ``done`` is taken over; None for a text too large."""
    if case.file is None and is_graph(case.example):
        return _compared_graphs(case, done)
    plan = yaodian.read_plan(case.file) if case.file else yaodian.extract(read_bytes(case.example.encode(), "例.txt"))
    if len(plan.document.text) > largest:
        return None
    key = _key(PlanGraph.of(plan).ntriples)
    if key in done:
        return replace(done[key], name=case.name)
    compiled, reference = (
        {_told(finding) for finding in check(plan, engine=engine, rules=default_rules())}
        for engine in ("shacl", "pyshacl")
    )
    return _comparison(case.name, compiled, reference, key)


def _compared_graphs(case: Case, done: Mapping[str, Comparison]) -> Comparison:
    triples = pyoxigraph.parse(case.example.encode(), pyoxigraph.RdfFormat.TURTLE)
    data = (pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"").decode()
    shapes, key = default_rules().shapes, _key(data)
    if key in done:
        return replace(done[key], name=case.name)
    compiled, reference = (
        {f"{result.shape} {result.focus} {result.value}" for result in validator(shapes, engine)(data)}
        for engine in ("shacl", "pyshacl")
    )
    return _comparison(case.name, compiled, reference, key)


def _key(graph: str) -> str:
    return hashlib.sha256(f"{default_rules().shapes}\n{graph}".encode()).hexdigest()


def _comparison(name: str, compiled: set[str], reference: set[str], key: str) -> Comparison:
    only = [f"only the compiled engine: {each}" for each in sorted(compiled - reference)]
    only += [f"only the reference: {each}" for each in sorted(reference - compiled)]
    return Comparison(name, len(reference), tuple(only), key)


def _told(finding: Finding) -> str:
    fields = ", ".join(f"{name}={value}" for name, value in sorted(finding.fields.items()))
    said = finding.result
    where = f"{finding.span.start}-{finding.span.end} {finding.fingerprint} {finding.item}"
    return f"{finding.code} {where} {said.focus} {said.component} {said.path} [{fields}]"


def load(path: Path | None) -> dict[str, Comparison]:
    """What was compared before, by what was compared."""
    lines = path.read_text("utf-8").splitlines() if path and path.exists() else []
    told = (json.loads(line) for line in lines)
    known = (Comparison(one["name"], one["findings"], tuple(one["differences"]), one["key"]) for one in told)
    return {one.key: one for one in known}


def _keep(one: Comparison, path: Path | None) -> None:
    if path:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--largest", type=int, default=sys.maxsize, help="characters of the largest text compared")
    parser.add_argument("--done", type=Path, help="what was compared before; what is compared now is added")
    options = parser.parse_args(arguments)
    begun, texts, findings, differences, larger = time.perf_counter(), 0, 0, 0, 0
    done = load(options.done)
    with ProcessPoolExecutor(options.jobs) as pool:
        asked = [pool.submit(compared, case, done, options.largest) for case in sorted(cases(options.files), key=_size)]
        for future in as_completed(asked):
            one = future.result()
            if one is None:
                larger += 1
                continue
            texts, findings, differences = texts + 1, findings + one.findings, differences + len(one.differences)
            print(f"{texts}: {one.name}, {one.findings} findings", file=sys.stderr, flush=True)
            for difference in one.differences:
                print(f"{one.name}: {difference}", flush=True)
            if one.key not in done:
                _keep(one, options.done)
    seconds = time.perf_counter() - begun
    print(f"{texts} texts, {findings} findings, {differences} differences, {larger} larger texts ({seconds:.0f} s)")
    return int(differences > 0)


def _size(case: Case) -> int:
    return case.file.stat().st_size if case.file else len(case.example)


if __name__ == "__main__":
    sys.exit(main())
