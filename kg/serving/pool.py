"""The worker processes: each answers one query at a time, and is killed and replaced where that takes too long.

The engine has no time-out of its own, a query of a few words can keep it busy for years, and one that is nested deeply
enough ends it: so whatever a query does to it, it does to a process that serves nobody else.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from yaodian.errors import CorpusError, YaodianError
from yaodian.serving.edition import Edition
from yaodian.serving.settings import Settings

PATIENCE = 0.5
"""The seconds of the processor after which a query makes way: its process gets what the others leave of it."""
_LOOKS_EVERY = 0.25
_NICEST = 19


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


class Pool:
    """Asks the edition of the corpus that is served now."""

    def __init__(self, limits: Settings) -> None:
        self._limits = limits
        self._free = asyncio.Semaphore(limits.workers)
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
        async with self._turn():
            worker = await self._taken(edition)
            try:
                answered = await self._answered(worker, asked)
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
        if self._free.locked() and self._waiting >= self._limits.waiting:
            raise UnansweredError("busy", f"{self._waiting} requests are waiting already: try again in a moment")
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()

    async def _taken(self, edition: Edition) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.edition is edition and worker.is_alive():
                return worker
            await worker.end()
        return await self._started(edition)

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

    async def _answered(self, worker: _Worker, asked: Asked) -> Answered | UnansweredError:
        limits = self._limits
        request = asdict(asked) | {"timeout": limits.timeout, "rows": limits.rows, "bytes": limits.bytes}
        try:
            async with asyncio.timeout(limits.timeout):
                header, content = await worker.asked(request)
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

    async def asked(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        making_way = asyncio.ensure_future(self._make_way())
        try:
            await self._write(request)
            self.answers += 1
            return await self._read()
        finally:
            making_way.cancel()

    async def _make_way(self) -> None:
        """Let the others go first, once the query has had its share; where the system tells and can do that."""
        before = processor_seconds(self._process.pid)
        while before is not None and not self.made_way:
            await asyncio.sleep(_LOOKS_EVERY)
            now = processor_seconds(self._process.pid)
            if now is not None and now - before >= PATIENCE:
                self.made_way = True
                with suppress(OSError):
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
