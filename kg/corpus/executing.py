"""Who does the work of a build: this process, a pool of processes, or a cluster. The results are the same bytes."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from typing import TypeAlias, TypeVar

from yaodian.corpus.garbage import collected_rarely
from yaodian.corpus.manifest import PlanRow
from yaodian.corpus.processing import Broken, Task, broken, process

Thing = TypeVar("Thing")
Done: TypeAlias = tuple[Task, "PlanRow | Broken"]

FEWEST_FOR_POOL = 40
"""Fewer plans than these are read before a pool of processes would be ready."""
_LARGEST_BATCH = 25


def execute(
    tasks: Sequence[Task], jobs: int | None = 1, scheduler: str | None = None
) -> Generator[list[Done], None, None]:
    """All tasks done, a batch at a time, in any order; the plan files are staged.

    ``jobs`` is the number of processes (None: one a processor where there is enough to do), ``scheduler`` the address
    of a dask.distributed cluster to use instead. ``OSError`` where a plan file cannot be written.
    """
    if scheduler is not None:
        from yaodian.corpus.cluster import on_cluster

        return on_cluster(tasks, scheduler)
    number = jobs if jobs is not None else processors() if len(tasks) >= FEWEST_FOR_POOL else 1
    if number == 1 or len(tasks) < 2:
        return _here(tasks)
    from yaodian.corpus.pool import Job, in_pool

    return in_pool(Job(process, _lost), batches(tasks, min(_LARGEST_BATCH, len(tasks) // (number * 4) + 1)), number)


def _here(tasks: Sequence[Task]) -> Generator[list[Done], None, None]:
    with collected_rarely():
        for task in tasks:
            yield [(task, process(task))]


def _lost(task: Task) -> Broken:
    return broken(task.source, "the process that read it died: out of memory, or it was killed")


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def batches(things: Sequence[Thing], size: int) -> list[Sequence[Thing]]:
    """The things in stretches of that size."""
    return [things[start : start + size] for start in range(0, len(things), size)]
