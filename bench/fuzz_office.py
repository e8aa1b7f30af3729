"""Old Office files for bench/fuzz_reading.py, turned by LibreOffice many at a time: one by one a start takes 2 seconds.

What it makes of an input is laid down where the process that reads finds it. Over an input at which LibreOffice dies,
is slow or stalls it is started anew, by the process that reads and for that one alone, as at every reading.
"""

from __future__ import annotations

import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import fuzz_seeds
from fuzz_process import ended, lines_of

from yaodian.reading import legacy
from yaodian.reading.legacy import CALC, WRITER, Legacy
from yaodian.reading.sniffing import DOC, XLS, sniff

KINDS = ("doc", "wps", "xls")
MOST_FILES = 240
"""The files that one process of LibreOffice is given: it takes some 245, and leaves the others in silence."""
LONG = 3.0
"""The seconds beyond which a file is turned again by itself: it may take more than 5 with the start of LibreOffice."""
START = 10.0
"""The seconds that LibreOffice may take to start on a machine with other work."""
PATIENCE = 12.0
"""The seconds without a word after which LibreOffice is ended, and goes on with the others."""
_converted, _wait_for_start = legacy._converted, legacy._wait_for_start
DIED, STALLED, SLOW = "died", "stalled", "was slow"
_OF = {DOC: WRITER, XLS: CALC}
_SAID = re.compile(rb"convert .*/(\w+)\.\w+ -> |Error: source file could not be loaded")


@dataclass(slots=True)
class Turned:
    """How some files fared: the names of those that are to be turned by themselves, and why; time and memory."""

    alone: dict[str, str] = field(default_factory=dict)
    files: int = 0
    seconds: float = 0.0
    megabytes: int = 0


@cache
def seeds(kind: str, folder: Path) -> list[bytes]:
    """The sound files of a kind; made where the folder does not have them yet."""
    kept = folder / kind
    if not kept.exists():
        kept.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as made:
            for number, data in enumerate(fuzz_seeds.office_seeds(kind, Path(made))):
                (kept / f"{number:02}.{kind}").write_bytes(data)
    return [path.read_bytes() for path in sorted(kept.iterdir())]


def turn(inputs: Mapping[str, bytes], folder: Path) -> Turned:
    """Turn those of the inputs that LibreOffice would be asked for; what it makes stands in the folder afterwards."""
    found = Turned()
    (folder / legacy.MADE).mkdir()
    sources: dict[Legacy, list[str]] = {WRITER: [], CALC: []}
    for name, data in inputs.items():
        if kind := _OF.get(sniff(data)):
            sources[kind].append(name)
    for kind, names in sources.items():
        with tempfile.TemporaryDirectory() as at:
            rest = [Path(at, f"{name}{kind.suffix}") for name in names]
            for path in rest:
                path.write_bytes(inputs[path.stem])
            found.files += len(rest)
            while rest:
                rest = rest[_turned(rest[:MOST_FILES], kind, folder, found) :]
    for name in found.alone:
        _alone(name, folder).touch()
    return found


def reading_of(name: str, folder: Path) -> Callable[[bytes, Legacy], bytes]:
    """What reading takes for turning the input of that name: LibreOffice itself only where it was to do it alone."""
    if _alone(name, folder).exists():
        return _converted
    return lambda data, kind: legacy.result(name, kind, folder)


def starts() -> list[float]:
    """The seconds that LibreOffice takes to start for this process from now on: a start more, a number more."""
    took: list[float] = []

    def timed(process: subprocess.Popen[bytes], sign: Path) -> None:
        begun = time.perf_counter()
        try:
            _wait_for_start(process, sign)
        finally:
            took.append(time.perf_counter() - begun)

    legacy._wait_for_start = timed
    return took


def _turned(files: Sequence[Path], kind: Legacy, folder: Path, found: Turned) -> int:
    """Turn files by one process; how many of them are done with, the one that it died of among them."""
    started = before = time.perf_counter()
    numbers = {path.stem: number for number, path in enumerate(files)}
    begun, saved = 0, None
    with tempfile.TemporaryDirectory(dir=folder) as name:
        process = legacy.start(files, kind, Path(name), subprocess.PIPE)
        for said in filter(None, map(_SAID.match, lines_of(process, PATIENCE))):
            saved = said[1] and said[1].decode()
            number = numbers[saved] if saved else begun
            if time.perf_counter() - before > LONG + (START if not begun else 0):
                # Of two files, one was saved and the other opened in that time.
                found.alone.update({path.stem: SLOW for path in files[max(0, begun - 1) : number + 1]})
            begun, before = number + 1, time.perf_counter()
        found.megabytes = max(found.megabytes, ended(process))
        code = process.returncode
        legacy.end(process)
        made = {path.stem: path for path in Path(name, legacy.MADE).glob("*." + kind.target.partition(":")[0])}
        for path in made.values():
            path.replace(folder / legacy.MADE / path.name)
    found.seconds += time.perf_counter() - started
    at = begun - 1 if code and saved and saved not in made else begun
    if at == len(files):
        return at
    found.alone[files[at].stem] = STALLED if code == -signal.SIGKILL else DIED
    return at + 1


def _alone(name: str, folder: Path) -> Path:
    return folder / f"{name}.alone"
