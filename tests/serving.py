"""A real ``yaodian serve`` in a process of its own, on a free port, and plain HTTP to ask it with."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

HOSTILE = "<script>window.stolen=1</script><img src=x onerror=stolen=1>'\"&lt;{{7*7}}"
"""What a document may call itself."""
_MAIN = "from yaodian.cli import main; main()"


@dataclass(frozen=True)
class Reply:
    """A response, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    process: subprocess.Popen[str]

    def get(self, path: str, headers: Mapping[str, str] | None = None, **parameters: str) -> Reply:
        target = path + (f"?{urlencode(parameters)}" if parameters else "")
        return self.send("GET", target, None, headers)

    def post(self, path: str, body: bytes, content_type: str | None, **headers: str) -> Reply:
        typed = {"Content-Type": content_type} if content_type else {}
        return self.send("POST", path, body, {**typed, **headers})

    def ask(self, query: str, **headers: str) -> Reply:
        return self.post("/sparql", query.encode(), "application/sparql-query", **headers)

    def send(
        self, method: str, target: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        try:
            connection.putrequest(method, target, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
            for name, value in {**(headers or {}), **({"Content-Length": str(len(body))} if body else {})}.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def workers(self) -> set[int]:
        """The process ids of its workers (Linux)."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if not listed.exists():
            pytest.skip("the system does not tell the children of a process")
        return set(map(int, listed.read_text("ascii").split()))


@contextmanager
def running(corpus: Path, *options: str) -> Iterator[Server]:
    """``yaodian serve`` on a free port, ended afterwards."""
    command = [sys.executable, "-c", _MAIN, "serve", str(corpus), "--port", "0", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            assert said.startswith("serving at "), said
            yield Server(said.split()[2].rstrip("/"), process)
        finally:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
