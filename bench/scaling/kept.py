"""The figures that were measured, in a file: by stage and number of plans, with the machine that they are from."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Figures = Mapping[str, float | None]


class Kept:
    """The figures in a file, written anew with each stage."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            content: dict[str, Any] = json.loads(file.read_text("utf-8"))
        except FileNotFoundError:
            content = {"machine": {}, "figures": {}}
        self.machine: dict[str, Any] = content["machine"]
        self._figures: dict[str, dict[str, Figures]] = content["figures"]
        self._load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0

    def put(self, stage: str, number: int, figures: Figures, *, partly: bool = False) -> None:
        """Keep what a stage measured; where that is ``partly`` all of it, beside what it measured before."""
        rounded = {name: value if value is None else float(f"{value:.4g}") for name, value in figures.items()}
        of_stage = self._figures.setdefault(stage, {})
        of_stage[str(number)] = {**(of_stage.get(str(number), {}) if partly else {}), **rounded}
        cores, python, system = os.cpu_count(), platform.python_version(), platform.system()
        load = max(self.machine.get("load", 0.0), round(self._load, 1))
        machine = platform.machine()
        self.machine = {"cores": cores, "python": python, "system": system, "processor": machine, "load": load}
        waiting = self._file.with_suffix(".new")
        content = {"machine": self.machine, "figures": self._figures}
        waiting.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
        waiting.replace(self._file)

    def of(self, stage: str) -> dict[int, Figures]:
        """The figures of a stage, by number of plans in rising order."""
        return {int(number): figures for number, figures in sorted(self._figures.get(stage, {}).items(), key=_by_size)}

    def points(self, stage: str, value: Callable[[int, Figures], float | None]) -> dict[int, float]:
        """One figure of a stage, by number of plans, where it is known."""
        found = {number: value(number, figures) for number, figures in self.of(stage).items()}
        return {number: one for number, one in found.items() if one is not None}


def _by_size(entry: tuple[str, object]) -> int:
    return int(entry[0])
