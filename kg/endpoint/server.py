"""Where a SPARQL server has its services, and who asks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from yaodian.errors import YaodianError
from yaodian.ontology import lexicon

PASSWORD = "YAODIAN_PASSWORD"
USER = "YAODIAN_USER"


class EndpointError(YaodianError):
    """A SPARQL server cannot be reached, refuses, or does not hold what it was sent."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name and a password; the password is in no representation of it."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Server:
    """The addresses of a server's services; ``timeout`` is for each request, ``retries`` for what may pass."""

    query: str
    update: str
    graph_store: str
    credentials: Credentials | None = None
    timeout: float = 60.0
    retries: int = 5


def server_kinds() -> tuple[str, ...]:
    """The servers whose addresses are known."""
    return tuple(lexicon("endpoints"))


def server(
    url: str,
    kind: str = "plain",
    *,
    credentials: Credentials | None = None,
    timeout: float = 60.0,
    retries: int = 5,
) -> Server:
    """The server at the address ``url``, with or without the ending of its query service.

    ``EndpointError`` where that is no address, or has a password in it.
    """
    _refuse_no_address(url)
    endings: Mapping[str, str] = lexicon("endpoints")[kind]
    base = url.rstrip("/").removesuffix(endings["query"])
    update, graph_store = base + endings["update"], base + endings["graph-store"]
    return Server(base + endings["query"], update, graph_store, credentials, timeout, retries)


def refuse_silent(to: Server, software: str) -> None:
    """``EndpointError`` where the software would never answer what is sent to the address of its queries."""
    for kind, told in lexicon("endpoints").items():
        if told.get("silent-elsewhere") and kind in software.lower() and to.query in (to.update, to.graph_store):
            raise EndpointError(
                f"{to.query}: this is a {kind.title()}, which loads at other addresses: give --server {kind}"
            )


def _refuse_no_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        has_host, has_secret = bool(parts.hostname) and parts.port != 0, parts.username is not None
    except ValueError:
        has_host, has_secret = False, "@" in url
    if has_secret:
        raise EndpointError(f"the address has a user or password in it: give --user, and the password in {PASSWORD}")
    if not has_host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise EndpointError(f"{url}: give the address of a SPARQL server, like https://example.org/sparql")


def credentials(user: str | None, password_file: Path | None) -> Credentials | None:
    """Who asks: the user named or of the environment, with the password of a file or of the environment."""
    name = user or os.environ.get(USER)
    if not name:
        if password_file:
            raise EndpointError(f"whose password is that? give --user, or set {USER}")
        return None
    if password_file is None:
        if PASSWORD not in os.environ:
            raise EndpointError(f"the password of {name} is missing: set {PASSWORD}, or give --password-file")
        return Credentials(name, os.environ[PASSWORD])
    try:
        lines = password_file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EndpointError(f"{password_file}: the password cannot be read") from error
    return Credentials(name, lines[0] if lines else "")
