"""Clients that stop half-way: a request whose head does not come to its end, an answer that nobody takes.

Uvicorn waits for both without an end, and each such connection counts among those that it serves at a time: a few
hundred of them, and nobody else is answered (“slowloris”; RFC 9110 § 15.5.9 allows a server to close them).
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

ON_THE_WAY = 256 * 1024
"""The bytes of an answer that the system may hold for a client: while it takes these, it is not seen to take any."""


def patient(seconds: float) -> type[H11Protocol]:
    """The protocol that waits so long for the head of a request, and for the client to take any more of an answer."""
    return type("Patient", (_Patient,), {"seconds": seconds})


class _Patient(H11Protocol):
    seconds: ClassVar[float]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._head: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        with suppress(OSError):
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ON_THE_WAY)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._expect_head()
        else:
            self._head_is_there()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._expect_taking(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        super().resume_writing()
        self._all_is_taken()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        self._all_is_taken()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        # What comes byte by byte does not begin the time anew.
        if self._head is None:
            self._head = self.loop.call_later(self.seconds, self.transport.close)

    def _head_is_there(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _expect_taking(self, left: int) -> None:
        self._taking = self.loop.call_later(self.seconds, self._look, left)

    def _look(self, before: int) -> None:
        left = self.transport.get_write_buffer_size()
        if left >= before:
            self.transport.abort()
        else:
            self._expect_taking(left)

    def _all_is_taken(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None
