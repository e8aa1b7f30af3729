"""What was measured of the readers of one format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from side_by_side import speed
from side_by_side.documents import Sample, long_samples, samples
from side_by_side.fidelity import Fidelity, fidelity
from side_by_side.readers import TASKS, Named, readers, timed

FLOORS = {
    ("html", "trafilatura"): 5.0,
    ("docx", "markitdown"): 3.0,
    ("pdf", "pypdfium2"): 0.8,
}
"""How many times the time of ours each of these must take at least."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of a reader at a task: all files, one file in a new process; and its time in times of ours."""

    task: str
    name: str
    batch: float
    cold: float
    times: float
    floor: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """The readers of a format, ours first, with the fidelity of each; timings; and who is not installed."""

    kind: str
    readers: tuple[Named, ...]
    missing: tuple[str, ...]
    fidelity: tuple[Fidelity, ...]
    timings: tuple[Timing, ...]

    def falls(self) -> list[str]:
        """What does not hold: a reader that ours is not fast enough beside, or that is more faithful."""
        found = [
            f"{self.kind}: {t.name} takes {t.times:.2f} times our time, not {t.floor:g}"
            for t in self.timings
            if t.floor and t.times < t.floor
        ]
        ours, *others = self.fidelity
        for reader, counts in zip(self.readers[1:], others, strict=True):
            if counts.kept > ours.kept or counts.numbered > ours.numbered or counts.foreign < ours.foreign:
                found.append(f"{self.kind}: {reader.name} is more faithful")
        return found


def compare(kind: str) -> Compared:
    """Measure the readers of a format."""
    found, missing = readers(kind)
    files = samples(kind)
    counts = tuple(fidelity(reader.read, files) for reader in found)
    timings = tuple(timing for task in TASKS[kind] for timing in _timings(kind, task, files))
    return Compared(kind, tuple(found), tuple(missing), counts, timings)


def _timings(kind: str, task: str, files: Sequence[Sample]) -> Iterator[Timing]:
    named = timed(kind, task)
    batches = speed.batches(list(named.values()), [*files, *long_samples(kind)])
    for name, batch in zip(named, batches, strict=True):
        cold = speed.cold(kind, name, files[0])
        yield Timing(task, name, batch, cold, batch / batches[0], FLOORS.get((kind, name)))
