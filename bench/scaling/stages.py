"""The stages of the measurement: each makes what it needs, measures it for one number of plans, and says figures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scaling.asking import Engine, medians
from scaling.nation import change_texts, write_graphs, write_texts
from scaling.virtuoso import is_installed, virtuoso
from scaling.watching import megabytes, python
from yaodian.corpus import open_corpus
from yaodian.exports.formats import FORMATS

Figures = dict[str, float | None]
LENGTHS = LONG, SHORT = 10_000, 2_700
"""Characters of a plan: what the budgets are for, and what plans of cities have on average."""
CHANGED = 0.01
JOBS = (1, 2)
COLD_RUNS = 5
RDFLIB_SECONDS = 600.0
HELD = ("graphml", "gexf")
"""Forms that are held in memory, as docs/exports.md says: those who open them have to as well."""
MAIN = "from yaodian.cli import main; main()"
BUILD = """
import sys, time, json
from yaodian.corpus import build
began, read, told = time.perf_counter(), 0.0, 0.0
def progress(done, total, upcoming):
    global read, told
    read = time.perf_counter() - began
    if done == total or read > told + 5:
        told = read
        print(f"\\r    {done:,} of {total:,}", end="", file=sys.stderr, flush=True)
report = build(sys.argv[1], sys.argv[2], jobs=int(sys.argv[3]), pages=False, progress=progress)
print("\\r", end="", file=sys.stderr)
print(json.dumps({"plans": len(report.plans), "built": len(report.built), "reading": read,
                  "all": time.perf_counter() - began, "failed": len(report.failed)}))
"""
LOAD = """
import sys, time, json
from pathlib import Path
from yaodian.corpus import open_corpus
from yaodian.exports.formats import FORMATS
corpus, began = open_corpus(sys.argv[1]), time.perf_counter()
assert corpus.index()
print(json.dumps(time.perf_counter() - began))
"""
EXPORT = """
import contextlib, os, sys
from yaodian.cli import run
corpus, form, out = sys.argv[1:]
with contextlib.redirect_stderr(open(os.devnull, "w")):
    code = run(["export", corpus, "--format", form, "--out", out])
sys.exit(code)
"""
RAW = """
import sys, time, json
from pathlib import Path
from pyoxigraph import RdfFormat, Store
began, store = time.perf_counter(), Store(sys.argv[2])
for file in sys.argv[3:]:
    store.bulk_load(path=file, format=RdfFormat.N_QUADS)
store.flush()
loaded = time.perf_counter() - began
store.optimize()
print(json.dumps([loaded, time.perf_counter() - began]))
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the corpora lie, how many plans they have and of which lengths, and how long a question may take."""

    folder: Path
    number: int
    patience: float
    lengths: tuple[int, ...] = LENGTHS

    def texts(self, size: int) -> Path:
        """The texts of that size."""
        return self.folder / f"texts-{size}-{self.number}"

    def built(self, size: int) -> Path:
        """The corpus that is built of them."""
        return self.folder / f"built-{size}-{self.number}"

    @property
    def graphs(self) -> Path:
        """The corpus of graphs, made where it is missing."""
        out = self.folder / f"graphs-{SHORT}-{self.number}"
        if not (out / "manifest.json").exists():
            shutil.rmtree(out, ignore_errors=True)
            write_graphs(out, self.number, SHORT)
        return out


def build(place: Place) -> Figures:
    """Texts to a corpus, check included, with one process and with two; the short ones are not kept."""
    figures: Figures = {}
    for size in place.lengths:
        write_texts(place.texts(size), place.number, size)
        for jobs in JOBS:
            figures |= _built(place, size, jobs)
    shutil.rmtree(place.built(SHORT), ignore_errors=True)
    return figures | _sizes(place) if LONG in place.lengths else figures


def _sizes(place: Place) -> Figures:
    """What the corpus of the long texts takes on the disk."""
    figures: Figures = {}
    corpus = open_corpus(place.built(LONG))
    figures["plan files, MB"] = megabytes(corpus.path / "plans")
    figures["index, MB"] = megabytes(corpus.path / "store")
    figures["manifest, MB"] = megabytes(corpus.path / "manifest.json")
    figures["statements"] = float(sum(row.statements for row in corpus.plans))
    return figures


def _built(place: Place, size: int, jobs: int) -> Figures:
    shutil.rmtree(place.built(size), ignore_errors=True)
    seen = python(BUILD, place.texts(size), place.built(size), jobs)
    said = json.loads(seen.said)
    if said["plans"] != place.number:
        raise RuntimeError(f"{said['plans']} of {place.number} texts became plans, {said['failed']} failed")
    label = f"{size} characters, {jobs} process{'es' * (jobs > 1)}"
    return {
        f"{label}: reading, s": said["reading"],
        f"{label}: all, s": said["all"],
        f"{label}: main, MB": seen.own,
        f"{label}: worker, MB": seen.child,
    }


def change(place: Place) -> Figures:
    """The same corpus built again: with nothing changed, and with one in a hundred texts changed."""
    texts, out = write_texts(place.texts(LONG), place.number, LONG), place.built(LONG)
    python(BUILD, texts, out, JOBS[-1])  # made where it is missing, or of another version
    same = json.loads(python(BUILD, texts, out, 1).said)
    number = change_texts(texts, CHANGED)
    changed = json.loads(python(BUILD, texts, out, 1).said)
    if same["built"] or changed["built"] != number:
        raise RuntimeError(f"{same['built']} plans of none, {changed['built']} of {number} were built again")
    return {"nothing changed, s": same["all"], "changed": float(number), "one in a hundred changed, s": changed["all"]}


def load(place: Place) -> Figures:
    """All plan files into the index, and the same files into a raw store: all at once, and file by file."""
    corpus = place.graphs
    shutil.rmtree(corpus / "store", ignore_errors=True)
    ours = python(LOAD, corpus)
    whole = place.folder / "all.nq"
    with whole.open("wb") as all_files:
        for file in sorted(corpus.glob("plans/*.nq")):
            all_files.write(file.read_bytes())
    raw = python(RAW, corpus, place.folder / "raw", whole)
    shutil.rmtree(place.folder / "raw")
    loaded, merged = json.loads(raw.said)
    statements = sum(row.statements for row in open_corpus(corpus).plans)
    figures: Figures = {
        "statements": float(statements),
        "plan files, MB": megabytes(whole),
        "index, MB": megabytes(corpus / "store"),
        "index, s": json.loads(ours.said),
        "index, memory, MB": ours.own,
        "raw bulk_load, s": loaded,
        "raw bulk_load and merged, s": merged,
        "raw bulk_load, memory, MB": raw.own,
    }
    whole.unlink()
    return figures


def query(place: Place) -> Figures:
    """The medians of the named questions, from the index."""
    index = open_corpus(place.graphs).index()
    assert index
    return medians(Engine("embedded", str(index)), place.patience, _tell)


def cold(place: Place) -> Figures:
    """``yaodian query`` from the command line, interpreter and worker included: the best of some runs."""
    corpus = place.graphs
    open_corpus(corpus).index()
    command = [sys.executable, "-c", MAIN, "query", "-d", str(corpus), "-e", "ASK { ?p a yd:Plan }"]
    runs = [_seconds_of(command) for _ in range(COLD_RUNS)]
    return {"query, ms": 1000 * min(runs), "manifest, MB": megabytes(corpus / "manifest.json")}


def _seconds_of(command: list[str]) -> float:
    import time

    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def served(place: Place) -> Figures:
    """The same corpus pushed to a Virtuoso 7, and the medians of the named questions there."""
    if not is_installed():
        print("    left out: Virtuoso 7 is not installed (Debian: virtuoso-opensource-7-bin)", file=sys.stderr)
        return {}
    shutil.rmtree(place.folder / "virtuoso", ignore_errors=True)
    with virtuoso(place.folder / "virtuoso", place.patience) as server:
        push = [sys.executable, "-c", MAIN, "push", server.url, "--server", "virtuoso", "--user", "dba", "-d"]
        os.environ["YAODIAN_PASSWORD"] = "dba"
        figures: Figures = {"push, s": _seconds_of([*push, str(place.graphs), "--timeout", "3600"])}
        figures |= medians(Engine("endpoint", server.url), place.patience, _tell)
        return {**figures, "memory, MB": server.memory, "disk, MB": server.disk}


def with_rdflib(place: Place) -> Figures:
    """The same corpus in memory with rdflib, and the medians of as many named questions as it answers in ten minutes.

    Each is given a tenth of the patience, as all has to be read again after one that was stopped.
    """
    return medians(Engine("rdflib", str(place.graphs)), place.patience / 10, _tell, RDFLIB_SECONDS)


def export(place: Place) -> Figures:
    """The peak memory of an export, in every form that is said to be written plan by plan."""
    corpus = place.graphs
    open_corpus(corpus).index()
    figures: Figures = {}
    for name, form in FORMATS.items():
        if name not in HELD:
            _tell(name)
            out = place.folder / f"export-{name}{'' if form.folder else form.ending}"
            seen = python(EXPORT, corpus, name, out)
            figures |= {f"{name}, s": seen.seconds, f"{name}, memory, MB": seen.own}
            shutil.rmtree(out) if out.is_dir() else out.unlink()
    return figures


def _tell(label: str) -> None:
    print(f"\r    {label:60}", end="\r", file=sys.stderr, flush=True)


STAGES: dict[str, Callable[[Place], Figures]] = {
    "build": build,
    "change": change,
    "load": load,
    "cold": cold,
    "export": export,
    "query": query,
    "virtuoso": served,
    "rdflib": with_rdflib,
}
