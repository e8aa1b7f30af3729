"""What was measured of the readers of one format."""

from __future__ import annotations

from dataclasses import dataclass

from side_by_side import speed
from side_by_side.documents import long_samples, samples
from side_by_side.fidelity import Fidelity, fidelity
from side_by_side.readers import OURS, Named, readers, timed

FLOORS = {"html": {"trafilatura": 5.0}, "docx": {"markitdown": 3.0}, "pdf": {"pypdfium2": 0.8}}
"""How many times the time of ours each of these must take at least."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The readers of a format, ours first, with fidelity, milliseconds over all files and over one in a new process."""

    kind: str
    readers: tuple[Named, ...]
    missing: tuple[str, ...]
    fidelity: tuple[Fidelity, ...]
    batch: tuple[float, ...]
    cold: tuple[float, ...]

    @property
    def floors(self) -> dict[str, float]:
        """The least times of ours, by reader."""
        return FLOORS[self.kind]

    def falls(self) -> list[str]:
        """What does not hold: a reader that ours is not fast enough beside, or that is more faithful."""
        found = []
        for reader, batch, counts in zip(self.readers[1:], self.batch[1:], self.fidelity[1:], strict=True):
            if batch < self.floors.get(reader.name, 0.0) * self.batch[0]:
                found.append(f"{self.kind}: {reader.name} takes {batch / self.batch[0]:.2f} times our time")
            ours = self.fidelity[0]
            if counts.kept > ours.kept or counts.numbered > ours.numbered or counts.foreign < ours.foreign:
                found.append(f"{self.kind}: {reader.name} is more faithful")
        return found


def compare(kind: str) -> Compared:
    """Measure the readers of a format."""
    found, missing = readers(kind)
    files = samples(kind)
    counts = [fidelity(reader.read, files) for reader in found]
    timing = [timed(kind) if reader.name == OURS else reader.read for reader in found]
    batch = speed.batches(timing, [*files, *long_samples(kind)])
    cold = [speed.cold(kind, reader.name, files[0]) for reader in found]
    return Compared(kind, tuple(found), tuple(missing), tuple(counts), tuple(batch), tuple(cold))
