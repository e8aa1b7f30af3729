"""A build on a dask.distributed cluster: sources are sent out, rows and plan files come back and are staged here.

The workers need no file system in common with this machine, but the same yaodian: a batch is refused where its code,
vocabularies or rules differ, since the corpus would not be one.
"""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any

from yaodian.corpus.executing import Done, batches
from yaodian.corpus.manifest import PlanRow, Toolchain
from yaodian.corpus.processing import Broken, Task, broken, describe
from yaodian.errors import CorpusError, ReadingError, YaodianError
from yaodian.reading import content_of

_BATCH = 50
_IN_FLIGHT = 3
_CONNECT = 10
"""Plans a batch, batches a worker that are under way at one time, seconds to wait for the scheduler."""

Packed = tuple[Toolchain, list[tuple[PlanRow, bytes] | Broken]]


def on_cluster(tasks: Sequence[Task], scheduler: str) -> Generator[list[Done], None, None]:
    """The tasks done by the cluster at that address; ``CorpusError`` where it cannot be used."""
    distributed = _distributed()
    try:
        _check_address(scheduler)
        client = distributed.Client(scheduler, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{scheduler}: no dask scheduler answers there ({error})") from error
    with client:
        yield from _gathered(distributed, client, tasks)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise YaodianError("dask.distributed is not installed; install it with: pip install 'yaodian[dask]'") from None
    return distributed


def _check_address(scheduler: str) -> None:
    """``ValueError`` where it is no address to connect to; a client that is given one fails twice, aloud."""
    from distributed.comm import parse_address, parse_host_port
    from distributed.comm.registry import get_backend
    from distributed.security import Security

    scheme, place = parse_address(scheduler)
    get_backend(scheme)
    parse_host_port(place)
    if scheme == "tls" and Security().get_connection_args("client")["ssl_context"] is None:
        raise ValueError("tls: needs certificates, see distributed.comm.tls in the settings of dask")


def _gathered(distributed: Any, client: Any, tasks: Sequence[Task]) -> Iterator[list[Done]]:
    """Batches sent while there is room, taken as they are done."""
    waiting = iter(_sized(tasks, client))
    batch_of: dict[Any, Sequence[Task]] = {}
    room = _IN_FLIGHT * max(1, len(client.scheduler_info()["workers"]))
    results = distributed.as_completed(loop=client.loop)

    def send(batch: Sequence[Task]) -> None:
        future = client.submit(work, [_with_content(task) for task in batch], pure=False, retries=0)
        batch_of[future.key] = batch
        results.add(future)

    for _, batch in zip(range(room), waiting, strict=False):
        send(batch)
    for future in results:
        batch = batch_of.pop(future.key)
        if future.status != "finished" and len(batch) > 1:
            for task in batch:
                send([task])
            continue
        yield _unpacked(future, batch)
        future.release()
        if (following := next(waiting, None)) is not None:
            send(following)


def _sized(tasks: Sequence[Task], client: Any) -> list[Sequence[Task]]:
    """Batches that leave each worker several: one that dies then costs little."""
    threads = sum(client.nthreads().values()) or 1
    return batches(tasks, max(1, min(_BATCH, len(tasks) // (threads * 4))))


def _with_content(task: Task) -> Task:
    """A task that can be done where the source does not lie; where it cannot be read, doing it says why."""
    kept = task.source.kept
    try:
        return replace(task, content=kept.file.read_bytes() if kept else content_of(task.source.path))
    except (ReadingError, FileNotFoundError):
        return task


def work(tasks: Sequence[Task]) -> Packed:
    """What a worker does with a batch: the rows, with the plan files compressed, and with which tools."""
    from yaodian.corpus.toolchain import toolchain

    done = (describe(task) for task in tasks)
    return toolchain(tasks[0].themes), [
        one if isinstance(one, Broken) else (one[0], zlib.compress(one[1].encode(), 1)) for one in done
    ]


def _unpacked(future: Any, batch: Sequence[Task]) -> list[Done]:
    if future.status != "finished":
        error = future.exception()
        (task,) = batch
        return [(task, broken(task.source, f"the cluster could not read it: {error}"))]
    from yaodian.corpus.toolchain import toolchain

    tools, results = future.result()
    if tools != toolchain(batch[0].themes):
        raise CorpusError(
            f"the cluster's workers have another yaodian ({tools.yaodian}, code {tools.code}; here "
            f"{toolchain().yaodian}, {toolchain().code}): install the same on all of them"
        )
    return [(task, _staged(task, result)) for task, result in zip(batch, results, strict=True)]


def _staged(task: Task, result: tuple[PlanRow, bytes] | Broken) -> PlanRow | Broken:
    if isinstance(result, Broken):
        return result
    row, packed = result
    task.folder.stage_plan(zlib.decompress(packed).decode(), row.digest)
    return row
