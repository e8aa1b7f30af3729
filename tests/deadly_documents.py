"""Reading plans in a process that the document itself can end, as a decoder that runs out of memory would."""

from __future__ import annotations

import os
import signal

from yaodian.corpus.manifest import PlanRow
from yaodian.corpus.processing import Broken, Task, process

DEADLY = "deadly.txt"


def process_or_die(task: Task) -> PlanRow | Broken:
    """What the build makes of the document; the end of this process where it is called deadly."""
    if task.source.name == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return process(task)
