"""Requests to a SPARQL server: kept-open connections, checked certificates, and patience with what may pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from yaodian.endpoint.server import EndpointError, Server
from yaodian.terminal import visible

if TYPE_CHECKING:
    import requests

_PASSING = (429, 502, 503, 504)
_LONGEST_WAIT = 30
_CONNECTING = 10.0
_SHOWN, _READ = 300, 4000
# Servers explain themselves in pages; an IRI in angle brackets is no tag.
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!doctype[^<>]*>", re.IGNORECASE)
_UNAUTHORISED, _FORBIDDEN, _FAILED = 401, 403, 400


class Refused(EndpointError):
    """The server answered, but did not do what was asked; ``status`` is its HTTP status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Connection:
    """A server, spoken to. Basic or digest authentication is used as the server asks for it (RFC 7617, RFC 7616).

    ``software`` is what the server last called itself (RFC 9110, section 10.2.4).
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.software = ""
        self._session = _session(server.retries)

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def send(self, method: str, url: str, **options: Any) -> bytes:
        """The body of the answer; ``Refused`` for a status of failure, ``EndpointError`` where none comes."""
        answer = self._sent(method, url, options)
        self.software = answer.headers.get("Server", "")
        if answer.status_code == _UNAUTHORISED and self._authenticate(answer):
            answer = self._sent(method, url, options)
        if answer.status_code >= _FAILED:
            raise Refused(self._failure(url, answer), answer.status_code)
        return answer.content

    def ask(self, query: str, accepted: str) -> bytes:
        """The answer to a query (SPARQL 1.1 Protocol, query via POST with parameters: Virtuoso hangs on the other)."""
        return self.send("POST", self.server.query, data={"query": query}, headers={"Accept": accepted})

    def _sent(self, method: str, url: str, options: Mapping[str, Any]) -> requests.Response:
        import requests

        timeout = (min(_CONNECTING, self.server.timeout), self.server.timeout)
        try:
            return self._session.request(method, url, timeout=timeout, **options)
        except requests.exceptions.SSLError as error:
            raise EndpointError(f"{url}: its certificate is not trusted: {_reason(error)}") from None
        except requests.exceptions.RequestException as error:
            reason = _reason(error)
            if isinstance(error, requests.exceptions.Timeout) or "timed out" in reason:
                raise EndpointError(f"{url}: no answer within {self.server.timeout:g} seconds") from None
            raise EndpointError(f"{url}: cannot be reached: {reason}") from None

    def _authenticate(self, answer: requests.Response) -> bool:
        """Take up the scheme that the server asks for; False where there is nothing to try."""
        from requests.auth import HTTPBasicAuth, HTTPDigestAuth

        who = self.server.credentials
        if who is None or self._session.auth is not None:
            return False
        asked = answer.headers.get("WWW-Authenticate", "").lower()
        if "digest" in asked:
            self._session.auth = HTTPDigestAuth(who.user, who.password)
        else:
            self._session.auth = HTTPBasicAuth(who.user.encode(), who.password.encode())
        return True

    def _failure(self, url: str, answer: requests.Response) -> str:
        status = f"{answer.status_code} {answer.reason or ''}".strip()
        if answer.status_code in (_UNAUTHORISED, _FORBIDDEN):
            known = self.server.credentials is not None
            advice = "the user may not do this, or the password is wrong" if known else "give --user and a password"
            return f"{url}: {status}: {advice}"
        words = _MARKUP.sub(" ", answer.content[:_READ].decode("utf-8", "replace"))
        said = " ".join(visible(words).split())[:_SHOWN]
        if self.server.credentials and self.server.credentials.password:
            said = said.replace(self.server.credentials.password, "***")
        return f"{url}: {status}{f': {said}' if said else ''}"


def _session(retries: int) -> requests.Session:
    import requests
    from urllib3.util import Retry

    patience = Retry(
        total=retries,
        read=min(retries, 1),
        status_forcelist=_PASSING,
        allowed_methods=None,
        backoff_factor=0.5,
        backoff_max=_LONGEST_WAIT,
        raise_on_status=False,
        respect_retry_after_header=False,  # a server could ask for hours
    )
    session = requests.Session()
    session.headers["User-Agent"] = "yaodian"
    for scheme in ("https://", "http://"):
        session.mount(scheme, requests.adapters.HTTPAdapter(max_retries=patience))
    return session


def _reason(error: BaseException) -> str:
    """The innermost cause in one line, without the request that it happened to."""
    while inner := [cause for cause in error.args if isinstance(cause, BaseException)]:
        error = inner[0]
    reason = getattr(error, "reason", None)
    if isinstance(reason, BaseException):
        return _reason(reason)
    words = visible(str(error)).rpartition(": ")[2]
    return words or type(error).__name__
