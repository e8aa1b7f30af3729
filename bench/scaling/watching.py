"""Another process, watched from here: how long it takes, and the most memory that it and its own processes take."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_EVERY = 0.1


@dataclass
class Watched:
    """What a process took: seconds, and megabytes at its peak; of its children the one that took most."""

    seconds: float = 0.0
    own: float = 0.0
    children: dict[int, float] = field(default_factory=dict)
    said: str = ""

    @property
    def child(self) -> float:
        """Megabytes of the largest child."""
        return max(self.children.values(), default=0.0)


def python(script: str, *arguments: object) -> Watched:
    """Run a script, watch it, and keep what it prints; ``RuntimeError`` where it fails."""
    return watched([sys.executable, "-c", script, *map(str, arguments)])


def watched(command: Sequence[str]) -> Watched:
    """Run a command to its end (Linux: memory is read from /proc, elsewhere it is 0)."""
    seen, began = Watched(), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            look(seen, process.pid)
            time.sleep(_EVERY)
        seen.seconds = time.perf_counter() - began
        assert process.stdout
        seen.said = process.stdout.read()
    if process.returncode:
        raise RuntimeError(f"{command[:3]} ended with {process.returncode}")
    return seen


def look(seen: Watched, pid: int) -> None:
    """Add what the process and its children have taken so far."""
    seen.own = max(seen.own, peak(pid))
    for child in _children(pid):
        seen.children[child] = max(seen.children.get(child, 0.0), peak(child))


def peak(pid: int) -> float:
    """Megabytes that a process had resident at most, 0 where that is not known."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _children(pid: int) -> list[int]:
    """The children of all its threads."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text("ascii").split())
        except OSError:
            continue
    return found


def megabytes(path: Path) -> float:
    """What a file, or all in a folder, takes."""
    files = [path] if path.is_file() else (file for file in path.rglob("*") if file.is_file())
    return sum(file.stat().st_size for file in files) / 1e6
