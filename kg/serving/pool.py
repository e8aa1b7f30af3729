"""The worker processes: each answers one query at a time, and is killed and replaced where that takes too long.

The engine has no time-out of its own, a query of a few words can keep it busy for years, and one that is nested deeply
enough ends it: so whatever a query does to it, it does to a process that serves nobody else.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from yaodian.corpus.garbage import give_back
from yaodian.errors import CorpusError, YaodianError
from yaodian.serving.edition import Edition
from yaodian.serving.settings import Settings

PATIENCE = 0.5
"""The seconds of the processor after which a query makes way: its process gets what the others leave of it."""
_LOOKS_EVERY = 0.25
_NICEST = 19
_STRETCH = 4
"""How many times its time-out a query may last where others leave it little of the processor."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The format wanted for each kind of answer (see ``writing``); None where none will do."""

    rows: str | None = "json"
    boolean: str | None = "json"
    triples: str | None = "ttl"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as a client put it."""

    text: str
    forms: Forms = field(default_factory=Forms)
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: rows, boolean or triples, in that format; no format where none of those wanted can have it."""

    kind: str
    form: str
    content: bytes


class UnansweredError(YaodianError):
    """A query without an answer. ``why``: wrong, forbidden, large, time, busy or ended."""

    def __init__(self, why: str, message: str) -> None:
        super().__init__(message)
        self.why = why


class _LongError(Exception):
    """A query has had its share, and enough long ones run already: it waits for a place among these."""


class Pool:
    """Asks the edition of the corpus that is served now.

    Long queries, those that have had their share of the processor, may take half of the workers; the other half is
    kept for short ones. A query that proves long while that many run is stopped, and begins again when one of them
    ends.
    """

    def __init__(self, limits: Settings) -> None:
        self._limits = limits
        self._free = asyncio.Semaphore(limits.workers)
        self._long = asyncio.Semaphore(max(1, limits.workers // 2))
        self._idle: list[_Worker] = []
        self._waiting = 0

    async def start(self, edition: Edition) -> None:
        """Have a worker ready; ``CorpusError`` where the corpus cannot be opened."""
        self._idle.append(await self._started(edition))

    async def close(self) -> None:
        """End the workers that do nothing."""
        while self._idle:
            await self._idle.pop().end()

    async def ask(self, edition: Edition, asked: Asked) -> Answered:
        """The answer; ``UnansweredError`` where there is none, ``CorpusError`` where the index proves damaged."""
        with _Place(self._long) as place:
            try:
                return await self._asked(edition, asked, place)
            except _LongError:
                self._refuse_if_crowded()
                await self._queued(place.wait())
                return await self._asked(edition, asked, place)

    async def _asked(self, edition: Edition, asked: Asked, place: _Place) -> Answered:
        async with self._turn():
            worker = await self._taken(edition)
            try:
                answered = await self._answered(worker, asked, place)
            except BaseException:
                # Too late, dead, damaged, or the client has gone: this process is not asked again.
                await worker.end()
                raise
            await self._back(worker)
        if isinstance(answered, UnansweredError):
            raise answered
        return answered

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._free.locked():
            self._refuse_if_crowded()
        await self._queued(self._free.acquire())
        try:
            yield
        finally:
            self._free.release()

    def _refuse_if_crowded(self) -> None:
        if self._waiting >= self._limits.waiting:
            raise UnansweredError("busy", f"{self._waiting} requests are waiting already: try again in a moment")

    async def _queued(self, turn: Awaitable[Any]) -> None:
        self._waiting += 1
        try:
            await turn
        finally:
            self._waiting -= 1

    async def _taken(self, edition: Edition) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.edition is edition and worker.is_alive():
                return worker
            await worker.end()
        worker = await self._started(edition)
        give_back()
        return worker

    async def _started(self, edition: Edition) -> _Worker:
        command = (sys.executable, "-P", "-m", "yaodian.serving.worker")
        try:
            process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        except OSError as error:
            raise UnansweredError("busy", f"no process could be started ({error.strerror}): try again") from None
        worker = _Worker(process, edition)
        try:
            await worker.begin(self._limits.memory)
        except BaseException:
            await worker.end()
            raise
        return worker

    async def _back(self, worker: _Worker) -> None:
        if worker.made_way or worker.answers >= self._limits.recycle:
            await worker.end()
        else:
            self._idle.append(worker)

    async def _answered(self, worker: _Worker, asked: Asked, place: _Place) -> Answered | UnansweredError:
        limits = self._limits
        # The worker ends itself only where this process has died before it could.
        longest = limits.timeout * _STRETCH
        request = asdict(asked) | {"timeout": longest, "rows": limits.rows, "bytes": limits.bytes}
        try:
            async with asyncio.timeout(longest):
                header, content = await worker.asked(request, limits.timeout, place)
        except TimeoutError:
            raise UnansweredError("time", f"no answer after {limits.timeout} seconds: the query was stopped") from None
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            raise UnansweredError("ended", _death(limits)) from None
        if header.get("failure") == "damaged":
            raise CorpusError(header["message"])
        if "failure" in header:
            return UnansweredError(header["failure"], header["message"])
        return Answered(header["kind"], header["form"], content)


def _death(limits: Settings) -> str:
    return (
        f"the query was stopped: it is nested too deeply, or needs more memory than {limits.memory} MB; ask for less "
        "(one city or year, patterns that share a variable, LIMIT without ORDER BY)"
    )


def processor_seconds(pid: int) -> float | None:
    """What a process has had of the processor, None where the system (other than Linux) does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _Place:
    """A place among the long queries, which a query may come to need."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._is_ours = False

    def __enter__(self) -> _Place:
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_ours:
            self._places.release()

    async def taken(self) -> bool:
        """Take it unless none is free; whether it is ours now."""
        if not self._is_ours and not self._places.locked():
            await self.wait()
        return self._is_ours

    async def wait(self) -> None:
        """Take it when one is free."""
        await self._places.acquire()
        self._is_ours = True


class _Worker:
    """One process, the edition that it reads, and how many answers it has given."""

    def __init__(self, process: Process, edition: Edition) -> None:
        self._process = process
        self.edition = edition
        self.answers = 0
        self.made_way = False

    def is_alive(self) -> bool:
        return self._process.returncode is None

    async def begin(self, memory: int) -> None:
        index = str(self.edition.index) if self.edition.index else None
        await self._write({"folder": str(self.edition.folder), "index": index, "memory": memory})
        try:
            header, _ = await self._read()
        except (asyncio.IncompleteReadError, ValueError):
            raise CorpusError(f"{self.edition.folder}: the worker process ended before it opened the corpus") from None
        if "failure" in header:
            raise CorpusError(header["message"])

    async def asked(self, request: dict[str, Any], timeout: int, place: _Place) -> tuple[dict[str, Any], bytes]:
        """The answer; ``TimeoutError`` after so many seconds at work, ``_LongError`` where it must wait for a place."""
        watching = asyncio.ensure_future(self._watch(timeout, place))
        answering = asyncio.ensure_future(self._exchanged(request))
        try:
            await asyncio.wait((watching, answering), return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                watching.result()
            return await answering
        finally:
            watching.cancel()
            answering.cancel()

    async def _exchanged(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        await self._write(request)
        self.answers += 1
        return await self._read()

    async def _watch(self, timeout: int, place: _Place) -> None:
        """Raise where the query has been at work for too long; let the others go first once it has had its share.

        What it has had of the processor counts where the system tells it, else the time that has passed.
        """
        began, before = time.monotonic(), processor_seconds(self._process.pid)
        while True:
            await asyncio.sleep(_LOOKS_EVERY)
            now = processor_seconds(self._process.pid)
            spent = now - before if before is not None and now is not None else time.monotonic() - began
            if spent >= timeout:
                raise TimeoutError
            if spent >= PATIENCE and not self.made_way:
                self.made_way = True
                if not await place.taken():
                    raise _LongError
                with suppress(OSError, AttributeError):
                    os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICEST)

    async def _write(self, request: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        await self._process.stdin.drain()

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdout
        line = await self._process.stdout.readuntil(b"\n")
        header: dict[str, Any] = json.loads(line)
        return header, await self._process.stdout.readexactly(header["length"])

    async def end(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()
        await asyncio.shield(self._process.wait())
