"""How long readers take over the same files, by turns in one run; and what the first file costs in a new process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from side_by_side.documents import Sample
from side_by_side.readers import Reader

ROUNDS = 9
COLD_ROUNDS = 3
_COLD = (
    "import sys; sys.path.insert(0, sys.argv[3]); from side_by_side.cold import read; read(*sys.argv[1:3], sys.argv[4])"
)


@dataclass(frozen=True, slots=True)
class Timing:
    """The best times of a reader over all files in milliseconds, and over one file in a new process."""

    batch: float
    cold: float


def batches(readers: Sequence[Reader], samples: Sequence[Sample]) -> list[float]:
    """For each reader the sum of its best wall-clock times over the files, in milliseconds; they take turns."""
    best = [[float("inf")] * len(samples) for _ in readers]
    for _ in range(ROUNDS):
        for number, sample in enumerate(samples):
            for who, read in enumerate(readers):
                best[who][number] = min(best[who][number], _milliseconds(read, sample.data))
    return [sum(times) for times in best]


def _milliseconds(read: Reader, data: bytes) -> float:
    start = time.perf_counter()
    read(data)
    return (time.perf_counter() - start) * 1000


def cold(kind: str, name: str, sample: Sample) -> float:
    """The milliseconds that a new Python process takes over one file, from its start to its end."""
    bench = str(Path(__file__).resolve().parents[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"document.{kind}"
        path.write_bytes(sample.data)
        command = [sys.executable, "-c", _COLD, kind, name, bench, str(path)]
        return min(_run(command) for _ in range(COLD_ROUNDS))


def _run(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000
