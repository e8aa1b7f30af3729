"""Damage real structures at random and read them: no traceback, no hang, no memory beyond the limits.

    python bench/fuzz_reading.py [FORMAT...] [--inputs 50000] [--seed 1] [--log FILE] [--keep FOLDER]

Each input is one of the tests' fixtures with a few changes (see fuzz_damage.py). Of what was read, the places of some
offsets are looked up; each tenth is extracted, and each span of its plan compared with the text. An input counts as a
crash where anything but a ``ReadingError`` of one line comes out, and as slow beyond 5 seconds, LibreOffice's start
apart. Inputs are read by processes of their own, some hundreds each, so that memory is measured, and a process that
dies names its input.

``--log`` keeps what was done: a run that was broken off goes on from there, and one that is done is printed again.
``--keep`` writes down the inputs that were crashes or slow. Without ``--office`` old Office files are minimal and
refused as where there is no LibreOffice; with it LibreOffice makes them, keeps them in that folder, and turns them when
they are damaged (see fuzz_office.py). Exits with 1 on any crash, slow input, or more than 1 GB of memory.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import fuzz_office
import fuzz_seeds
from fuzz_damage import FORMATS, damaged
from fuzz_process import ended, lines_of

from yaodian.corpus.sources import find_sources
from yaodian.errors import ReadingError
from yaodian.extraction import extract
from yaodian.model import Document
from yaodian.reading import legacy, read, read_bytes

SLOW = 5.0
GIVEN_UP = 100.0
"""The seconds without a word after which a process is ended and its input counted as one that hangs."""
BATCH = 500
MOST_MEGABYTES = 1024
ADDRESS_SPACE = 4 << 30
EXTRACTED = 10
"""Each so-many-th input that was read is extracted."""
FINE = ("read", "refused")
TURNED = "turned"
"""What LibreOffice made of the inputs of a batch, in its folder."""


@dataclass(slots=True)
class Batch:
    """What came of some inputs of a format: how often what, the longest time, the most memory."""

    kind: str
    seed: int
    first: int
    inputs: int
    outcomes: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    slowest: float = 0.0
    megabytes: int = 0
    office: fuzz_office.Turned = field(default_factory=fuzz_office.Turned)


def input_of(kind: str, seed: int, number: int, office: Path | None) -> bytes:
    """The input of that number: the same at every run, with LibreOffice of the same version."""
    sound = fuzz_office.seeds(kind, office) if _by_office(kind, office) else fuzz_seeds.seeds(kind)
    return damaged(sound, random.Random(f"{kind}-{seed}-{number}"), kind)


def _by_office(kind: str, office: Path | None) -> bool:
    return office is not None and kind in fuzz_office.KINDS


# In the process that reads


def read_batch(kind: str, seed: int, first: int, inputs: int, office: Path | None) -> None:
    """Read inputs and print a line for each."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    if not office:
        legacy.office = lambda: None  # type: ignore[assignment]
    starts = fuzz_office.starts()
    for number in range(first, first + inputs):
        data = input_of(kind, seed, number, office)
        if office:
            legacy._converted = fuzz_office.reading_of(f"{number}", office / TURNED)
        started = time.perf_counter()
        outcome = _outcome(data, kind, number)
        print(json.dumps([number, time.perf_counter() - started - sum(starts), outcome]), flush=True)
        starts.clear()


def _outcome(data: bytes, kind: str, number: int) -> str:
    try:
        for document in _documents(data, kind):
            _follow(document, number)
    except ReadingError as error:
        return "refused" if len(str(error).splitlines()) == 1 else "refused in several lines"
    except (Exception, MemoryError) as error:
        return f"crash: {type(error).__name__}: {error}"[:160]
    return "read"


def _documents(data: bytes, kind: str) -> Iterator[Document]:
    """The document of an input; of an archive each document that it names."""
    if kind != "zip":
        yield read_bytes(data, f"plan.{kind}")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plans.zip")
        path.write_bytes(data)
        for source in find_sources([path], Path(folder, "out")).sources:
            yield read(source.path)


def _follow(document: Document, number: int) -> None:
    """What comes after reading: places, and of some inputs the plan."""
    rng = random.Random(number)
    for offset in (0, len(document.text), *(rng.randrange(len(document.text)) for _ in range(5))):
        str(document.place(offset)), document.origin(offset)
    for problem in document.problems:
        assert len(problem.message.splitlines()) == 1, "a problem of several lines"
    if number % EXTRACTED == 0:
        plan = extract(document)
        assert all(plan.text[span.start : span.end] == span.quote for span in plan.spans()), "a span beside its text"


# In the process that counts


def run_batch(batch: Batch, keep: Path | None, office: Path | None) -> Batch:
    """Read a batch by processes of their own: one, and another after each that died or hung."""
    if office and _by_office(batch.kind, office):
        batch.office = _turned(batch, keep, office)
    outcomes: Counter[str] = Counter()
    number, end = batch.first, batch.first + batch.inputs
    while number < end:
        process = _started(batch, number, end - number, office)
        for read_number, seconds, said in map(json.loads, lines_of(process, GIVEN_UP)):
            batch.seconds += seconds
            batch.slowest = max(batch.slowest, seconds)
            outcome = f"slow: {said}" if seconds > SLOW else said
            outcomes[outcome] += 1
            _keep(batch, read_number, outcome, keep, office)
            number = read_number + 1
        batch.megabytes = max(batch.megabytes, ended(process))
        if number < end:
            outcomes["crash: the process died or hung"] += 1
            _keep(batch, number, "died", keep, office)
            number += 1
    batch.outcomes = dict(outcomes)
    return batch


def _turned(batch: Batch, keep: Path | None, office: Path) -> fuzz_office.Turned:
    shutil.rmtree(office / TURNED, ignore_errors=True)
    (office / TURNED).mkdir(parents=True)
    numbers = range(batch.first, batch.first + batch.inputs)
    inputs = {f"{number}": input_of(batch.kind, batch.seed, number, office) for number in numbers}
    found = fuzz_office.turn(inputs, office / TURNED)
    for number, why in found.alone.items():
        _keep(batch, int(number), f"LibreOffice {why}", keep, office)
    return found


def _started(batch: Batch, first: int, inputs: int, office: Path | None) -> subprocess.Popen[bytes]:
    told = [batch.kind, "--batch", f"{first}", "--inputs", f"{inputs}", "--seed", f"{batch.seed}"]
    command = [sys.executable, __file__, *told, *(["--office", str(office)] if office else [])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)


def _keep(batch: Batch, number: int, outcome: str, keep: Path | None, office: Path | None) -> None:
    if keep and outcome not in FINE:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{batch.kind}-{batch.seed}-{number}.{batch.kind}").write_bytes(
            input_of(batch.kind, batch.seed, number, office)
        )
        with (keep / "outcomes.txt").open("a", encoding="utf-8") as file:
            file.write(f"{batch.kind}-{batch.seed}-{number}: {outcome}\n")


def batches(kinds: Sequence[str], inputs: int, seed: int, log: Path | None) -> Iterator[tuple[Batch, bool]]:
    """The batches of a run, and whether each was done before."""
    lines = log.read_text("utf-8").splitlines() if log and log.exists() else []
    done = {(batch.kind, batch.seed, batch.first): batch for batch in map(_told, lines)}
    for kind in kinds:
        for first in range(0, inputs, BATCH):
            before = done.get((kind, seed, first))
            yield before or Batch(kind, seed, first, min(BATCH, inputs - first)), before is not None


def _told(line: str) -> Batch:
    told = json.loads(line)
    return Batch(**told | {"office": fuzz_office.Turned(**told.get("office", {}))})


def table(found: Sequence[Batch]) -> str:
    """What came of a run, format by format, as a table in Markdown."""
    lines = [
        "| format | inputs | read | refused | crashes | slow | ms an input | slowest, s | peak memory, MB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for kind in dict.fromkeys(batch.kind for batch in found):
        mine = [batch for batch in found if batch.kind == kind]
        outcomes = sum((Counter(batch.outcomes) for batch in mine), Counter[str]())
        slow = sum(count for outcome, count in outcomes.items() if outcome.startswith("slow"))
        crashes = outcomes.total() - slow - outcomes["read"] - outcomes["refused"]
        each = 1000 * sum(batch.seconds for batch in mine) / outcomes.total()
        slowest, peak = max(batch.slowest for batch in mine), max(batch.megabytes for batch in mine)
        counts = (outcomes.total(), outcomes["read"], outcomes["refused"], crashes, slow)
        lines.append(f"| {kind} | {' | '.join(f'{n:,}' for n in counts)} | {each:.1f} | {slowest:.2f} | {peak:,} |")
    return "\n".join(lines)


def office_table(found: Sequence[Batch]) -> str:
    """How LibreOffice fared, format by format, as a table in Markdown; empty where it was not asked."""
    lines = [
        "| format | given to LibreOffice | died | stalled | slow | ms a file | peak memory, MB |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    asked = [batch for batch in found if batch.office.files]
    for kind in dict.fromkeys(batch.kind for batch in asked):
        mine = [batch.office for batch in asked if batch.kind == kind]
        why = Counter(reason for turned in mine for reason in turned.alone.values())
        files, peak = sum(turned.files for turned in mine), max(turned.megabytes for turned in mine)
        each = 1000 * sum(turned.seconds for turned in mine) / files
        counts = " | ".join(f"{why[reason]:,}" for reason in (fuzz_office.DIED, fuzz_office.STALLED, fuzz_office.SLOW))
        lines.append(f"| {kind} | {files:,} | {counts} | {each:.0f} | {peak:,} |")
    return "\n".join(lines) if asked else ""


def is_bad(batch: Batch) -> bool:
    """Whether a batch had a crash, a slow input, or took too much memory."""
    return batch.megabytes > MOST_MEGABYTES or any(outcome not in FINE for outcome in batch.outcomes)


def run(told: argparse.Namespace) -> int:
    """Run all formats asked for; 1 where any input crashed, hung, or took too much memory."""
    found = []
    for batch, is_done in batches(told.formats or FORMATS, told.inputs, told.seed, told.log):
        found.append(batch if is_done else run_batch(batch, told.keep, told.office))
        if told.log and not is_done:
            with told.log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(batch), ensure_ascii=False) + "\n")
    print(table(found), office_table(found), sep="\n\n")
    for batch in found:
        for outcome, count in batch.outcomes.items():
            if outcome not in FINE:
                print(f"{batch.kind} {batch.first}…: {count} × {outcome}")
    return int(any(map(is_bad, found)))


def main() -> int:
    """Read one batch, as a process of a run, or run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", choices=[*FORMATS, []], default=[])
    parser.add_argument("--inputs", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--office", type=lambda told: Path(told).resolve(), metavar="FOLDER")
    parser.add_argument("--batch", type=int, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.batch is None:
        return run(told)
    read_batch(told.formats[0], told.seed, told.batch, told.inputs, told.office)
    return 0


if __name__ == "__main__":
    sys.exit(main())
